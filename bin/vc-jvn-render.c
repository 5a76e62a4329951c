#include <stddef.h>

#include "opt.h"
#include "page.h"
#include "roster.h"
#include "stream.h"

static const char *lang = "ja", *format = "html", *site, *list, *folder, *now;
static bool draft;

static const struct opt opts[] = {
	{ 'B', "base", "address", NULL, &site,
	    "the site where the page will stand", "VC_SITE" },
	{ 'L', "language", "ja|en", NULL, &lang, "language of the page", NULL },
	{ OPT_ROSTER(&list) },
	{ OPT_TEMPLATE(&folder) },
	{ 'd', "draft", NULL, &draft, NULL,
	    "make a marked draft, published or not", NULL },
	{ 'f', "format", "format", NULL, &format,
	    "html, text, rss, rss-old, atom, vuldef or csaf", NULL },
	{ OPT_NOW(&now) },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-jvn-render",
	.does = "make the page of a case",
	.operand = "[file ...]",
	.takes = "case status sent",
	.gives = "none",
	.opt = opts,
	.sink = true,
};

static int
render(struct stream *s, struct page *page, struct face *face,
    struct roster *roster)
{
	struct text out = TEXT_INIT;
	json_t *in;

	if (face_load(face, format, folder, &s->fail) != 0 ||
	    page_load(page, site, &s->fail) != 0 ||
	    (list != NULL && roster_load(roster, list, &s->fail) != 0))
		return stream_fail(s);
	page->roster = list == NULL ? NULL : roster;
	while ((in = stream_next(s)) != NULL)
		if (page_add(page, in, &s->fail) != 0)
			stream_reject(s, in);
	if (page_render(page, face, lang, now, draft, &out, &s->fail) != 0) {
		text_release(&out);
		return stream_fail(s);
	}
	stream_write(s, out.p, out.n);
	text_release(&out);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct page page = PAGE_INIT;
	struct face face = FACE_INIT;
	struct roster roster = ROSTER_INIT;
	int code;

	if (stream_open(&s, &prog, operand) != 0)
		return stream_fail(&s);
	code = render(&s, &page, &face, &roster);
	page_release(&page);
	face_release(&face);
	roster_release(&roster);
	return code;
}
