#include "report.h"
#include "stream.h"

static const char *now;
static bool records;
static struct report report;

static const struct opt options[] = {
	{ 'D', "due", NULL, &report.due, NULL, "only what is due", NULL },
	{ 'j', "records", NULL, &records, NULL,
	    "print report records instead of a table", NULL },
	{ OPT_NOW(&now) },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-case",
	.does = "print how each case stands, and what is due",
	.operand = "[file ...]",
	.takes = "case notice try sent bounce message status embargo-ended",
	.gives = "report",
	.opt = options,
	.sink = true,
};

static int
print(struct stream *s, const struct standing *standing)
{
	struct text out = TEXT_INIT;
	json_t *list = report_list(&report, standing);

	if (records)
		report_records(list, &out);
	else
		report_lines(&report, list, &out);
	stream_write(s, out.p, out.n);
	text_release(&out);
	json_decref(list);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	static char nothing[] = "/dev/null", *none[] = { nothing, NULL };
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct standing standing = STANDING_INIT;
	json_t *in;
	int code;

	if (operand[0] == NULL && opt_common.ledger != NULL)
		operand = none;
	if (stream_open(&s, &prog, operand) != 0 ||
	    report_load(&report, now, &s.fail) != 0 ||
	    standing_load(&standing, opt_common.ledger, &s.fail) != 0) {
		standing_release(&standing);
		return stream_fail(&s);
	}
	while ((in = stream_next(&s)) != NULL)
		if (standing_add(&standing, in, &s.fail) != 0)
			stream_reject(&s, in);
	code = print(&s, &standing);
	standing_release(&standing);
	return code;
}
