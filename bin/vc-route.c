#include "route.h"
#include "stream.h"

static const char *roster, *templates, *cases, *now;
static struct route route = ROUTE_INIT;

static const struct opt options[] = {
	{ 'c', "case", "case", NULL, &cases, "the cases that reports are about",
	    NULL },
	{ 'm', "most", "number", NULL, &route.most,
	    "refuse a case that would reach more vendors", "VC_MAX" },
	{ OPT_NOW(&now) },
	{ 'n', "dry-run", NULL, &route.dry, NULL,
	    "only what differs from the last run; keep nothing", NULL },
	{ OPT_ROSTER(&roster) },
	{ OPT_TEMPLATE(&templates) },
	{ 'x', "explain", NULL, &route.explain, NULL,
	    "say of each vendor not chosen why not", NULL },
	{ 'y', "yes", NULL, &route.yes, NULL,
	    "let a case reach more than '-m' says", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-route",
	.does = "decide which vendors to tell about a case, and why",
	.operand = "[case ...]",
	.takes = "case report announcement",
	.gives = "notice route",
	.opt = options,
};

static void
tell(struct stream *s, json_t *out, int code)
{
	struct text said = TEXT_INIT;
	json_t *one;

	stream_put_all(s, out);
	while ((one = route_untold(&route, &s->fail)) != NULL) {
		stream_reject(s, one);
		json_decref(one);
	}
	if (code == 0)
		return;
	text_puts(&said, s->fail.why);
	stream_say(s, &said);
	text_release(&said);
	stream_no(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	json_t *in, *out;
	int code;

	if (roster == NULL)
		opt_usage(&prog, "no vendor list: use '-r'");
	route.ledger = opt_common.ledger;
	if (route.dry)
		opt_common.ledger = NULL;
	if (stream_open(&s, &prog, operand) != 0 ||
	    route_load(&route, roster, templates, cases, now, &s.fail) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL) {
		if (route_again(&route, in) && stream_flush(&s) != 0)
			break;
		code = route_record(&route, in, &out, &s.fail);
		if (code == 0 || code == EX_NO) {
			tell(&s, out, code);
			continue;
		}
		json_decref(out);
		stream_reject(&s, in);
	}
	route_release(&route);
	return stream_close(&s);
}
