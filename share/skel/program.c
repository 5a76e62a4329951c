#include "stream.h"

static const struct opt options[] = {
	{ .letter = 0 },
};

static const struct prog prog = {
	.name = "@NAME@",
	.does = "pass on cases",
	.operand = "[file ...]",
	.takes = "case",
	.gives = "case",
	.opt = options,
};

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;

	if (stream_open(&s, &prog, operand) != 0)
		return stream_fail(&s);
	while (stream_next(&s) != NULL)
		stream_pass(&s);
	return stream_close(&s);
}
