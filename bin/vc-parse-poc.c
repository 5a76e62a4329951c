#include <stddef.h>

#include "poc.h"
#include "stream.h"

static const char *form = "poc";

static const struct opt options[] = {
	{ 'F', "form", "form", NULL, &form,
	    "words of the form: label/FORM.json", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-parse-poc",
	.does = "read the point-of-contact form of a mail",
	.operand = "[mail ...]",
	.takes = "mail message",
	.gives = "poc",
	.opt = options,
	.mail = true,
};

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	json_t *in, *out;

	if (stream_open(&s, &prog, operand) != 0 ||
	    poc_load(form, &s.fail) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL)
		if (poc_record(in, &out, &s.fail) != 0)
			stream_reject(&s, in);
		else
			stream_put(&s, out);
	poc_release();
	return stream_close(&s);
}
