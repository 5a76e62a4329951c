#include <stddef.h>

#include "opt.h"
#include "page.h"
#include "roster.h"
#include "stream.h"

static const char *lang = "ja", *list, *folder, *now;
static bool draft;

static const struct opt opts[] = {
	{ 'L', "language", "ja|en", NULL, &lang, "language of the page", NULL },
	{ 'r', "roster", "roster", NULL, &list, "names of the vendors",
	    "VC_ROSTER" },
	{ 't', "template", "folder", NULL, &folder, "folder of the templates",
	    "VC_TEMPLATE" },
	{ 'd', "draft", NULL, &draft, NULL,
	    "make a marked draft, published or not", NULL },
	{ 'N', "now", "time", NULL, &now, "take this for the time (tests)",
	    NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-jvn-render",
	.does = "make the page of a case",
	.operand = "[file ...]",
	.takes = "case status sent",
	.gives = "",
	.opt = opts,
	.sink = true,
};

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct page page = PAGE_INIT;
	struct roster roster = ROSTER_INIT;
	struct text html = TEXT_INIT;
	json_t *in;
	int code;

	if (stream_open(&s, &prog, operand) != 0 ||
	    page_load(&page, lang, folder, &s.fail) != 0 ||
	    (list != NULL && roster_load(&roster, list, &s.fail) != 0))
		return stream_fail(&s);
	page.roster = list == NULL ? NULL : &roster;
	while ((in = stream_next(&s)) != NULL)
		if (page_add(&page, in, &s.fail) != 0)
			stream_reject(&s, in);
	if (page_render(&page, now, draft, &html, &s.fail) != 0) {
		code = stream_fail(&s);
	} else {
		stream_write(&s, html.p, html.n);
		code = stream_close(&s);
	}
	text_release(&html);
	page_release(&page);
	roster_release(&roster);
	return code;
}
