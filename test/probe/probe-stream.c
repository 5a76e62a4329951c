/* The stream layer as a filter: parse every record of its types, write it. */
#include "stream.h"

static const struct opt options[] = {
	{ 0 },
};

static const struct refuse refuses[] = {
	{ "notice", "not sealed" },
	{ NULL, NULL },
};

static const struct prog prog = {
	.name = "probe-stream",
	.does = "parse and write",
	.operand = "[file ...]",
	.takes = "sent case vendor",
	.gives = "sent case vendor",
	.refuses = refuses,
	.opt = options,
};

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	json_t *in;

	if (stream_open(&s, &prog, operand) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL)
		stream_put(&s, json_incref(in));
	return stream_close(&s);
}
