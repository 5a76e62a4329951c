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

static void
put(void *stream, const struct text *out)
{
	stream_write(stream, out->p, out->n);
}

int
main(int argc, char **argv)
{
	static char nothing[] = "/dev/null", *none[] = { nothing, NULL };
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct standing standing = STANDING_INIT;
	json_t *in;

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
	report_print(&report, &standing, records, put, &s);
	standing_release(&standing);
	return stream_close(&s);
}
