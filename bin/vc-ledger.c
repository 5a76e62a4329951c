#include <stdio.h>
#include <string.h>

#include "keep.h"
#include "kept.h"
#include "stream.h"

static const struct opt options[] = {
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-ledger",
	.does = "check records and keep them, or walk the chain of a ledger",
	.operand = "[verify file | file ...]",
	.takes = "*",
	.gives = "*",
	.opt = options,
};

static int
verify(struct stream *s, const char *path)
{
	char last[65], said[128];
	size_t lines;
	int n;

	s->prog = &prog;
	if (kept_verify(path, &lines, last, &s->fail) != 0)
		return stream_fail(s);
	n = snprintf(said, sizeof said, "%zu %s\n", lines, last);
	stream_write(s, said, (size_t)n);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct keep keep = KEEP_INIT;
	json_t *in;

	if (operand[0] != NULL && strcmp(operand[0], "verify") == 0) {
		if (operand[1] == NULL || operand[2] != NULL)
			opt_usage(&prog, "verify takes one file");
		return verify(&s, operand[1]);
	}
	if (opt_common.ledger == NULL)
		opt_usage(&prog, "option '-l' is needed: where to keep");
	if (stream_open(&s, &prog, operand) != 0 ||
	    keep_load(&keep, opt_common.ledger, &s.fail) != 0) {
		keep_release(&keep);
		return stream_fail(&s);
	}
	while ((in = stream_next(&s)) != NULL) {
		if (keep_check(&keep, in, &s.fail) != 0) {
			stream_reject(&s, in);
			continue;
		}
		keep_take(&keep, in);
		stream_pass(&s);
	}
	keep_release(&keep);
	return stream_close(&s);
}
