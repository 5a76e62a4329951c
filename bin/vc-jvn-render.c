#include <stddef.h>

#include "opt.h"
#include "page.h"
#include "roster.h"
#include "site.h"
#include "stream.h"

static const char *lang, *format, *base, *list, *folder, *now, *into;
static bool draft;

static const struct opt opts[] = {
	{ 'B', "base", "address", NULL, &base,
	    "the site where the page will stand", "VC_SITE" },
	{ 'L', "language", "ja|en", NULL, &lang, "language of the page", NULL },
	{ OPT_ROSTER(&list) },
	{ OPT_TEMPLATE(&folder) },
	{ 'd', "draft", NULL, &draft, NULL,
	    "make a marked draft, published or not", NULL },
	{ 'f', "format", "format", NULL, &format,
	    "html, text, rss, rss-old, atom, vuldef, csaf, cve or vex", NULL },
	{ 'o', "output", "place", NULL, &into,
	    "write the whole site of all cases there", NULL },
	{ OPT_NOW(&now) },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-jvn-render",
	.does = "make the page of a case",
	.operand = "[file ...]",
	.takes =
	    "case notice try sent bounce message status embargo-ended route"
	    " go-ahead",
	.gives = "published",
	.opt = opts,
	.sink = true,
	.into = &into,
};

static int
render(struct stream *s, struct page *page, struct face *face,
    struct roster *roster)
{
	struct text out = TEXT_INIT;
	json_t *in;

	page->ledger = opt_common.ledger;
	if (face_load(face, format == NULL ? "html" : format, folder,
		&s->fail) != 0 ||
	    page_load(page, base, &s->fail) != 0 ||
	    (roster != NULL && roster_load(roster, list, &s->fail) != 0))
		return stream_fail(s);
	page->roster = roster;
	while ((in = stream_next(s)) != NULL)
		if (page_add(page, in, &s->fail) != 0)
			stream_reject(s, in);
	if (page_render(page, face, lang == NULL ? "ja" : lang, now, draft,
		&out, &s->fail) != 0) {
		text_release(&out);
		return stream_fail(s);
	}
	stream_write(s, out.p, out.n);
	text_release(&out);
	return stream_close(s);
}

static void
put(void *stream, json_t *r)
{
	stream_put(stream, r);
}

static int
publish(struct stream *s, struct site *site, struct roster *roster)
{
	const json_t *in, *of;

	if (draft || format != NULL || lang != NULL)
		opt_usage(&prog,
		    "a site has every language and format and no "
		    "draft: leave out -L, -f and -d");
	s->gives = true;
	if ((roster != NULL && roster_load(roster, list, &s->fail) != 0) ||
	    site_open(site, into, base, folder, opt_common.ledger, roster, now,
		&s->fail) != 0)
		return stream_fail(s);
	while ((in = stream_next(s)) != NULL)
		if (site_add(site, in, &of, &s->fail) != 0) {
			s->apart = of != in;
			stream_reject(s, of);
			s->apart = false;
		}
	s->apart = true;
	if (site_last(site, &of, &s->fail) != 0)
		stream_reject(s, of);
	if (site_commit(site, s->refused, put, s, &s->fail) != 0)
		return stream_fail(s);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct page page = PAGE_INIT;
	struct face face = FACE_INIT;
	struct site site = SITE_INIT;
	struct roster roster = ROSTER_INIT, *r = list == NULL ? NULL : &roster;
	int code;

	if (stream_open(&s, &prog, operand) != 0)
		return stream_fail(&s);
	code =
	    into != NULL ? publish(&s, &site, r) : render(&s, &page, &face, r);
	page_release(&page);
	face_release(&face);
	site_release(&site);
	roster_release(&roster);
	return code;
}
