#include <stddef.h>

#include "answer.h"
#include "stream.h"

static const char *form = "status";

static const struct opt options[] = {
	{ 'F', "form", "form", NULL, &form,
	    "words of the form: label/FORM.json", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-parse-status",
	.does = "read the answer form of a vendor in a mail",
	.operand = "[mail ...]",
	.takes = "mail message",
	.gives = "status",
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
	    answer_load(form, &s.fail) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL)
		if (answer_record(in, &out, &s.fail) != 0)
			stream_reject(&s, in);
		else
			stream_put(&s, out);
	answer_release();
	return stream_close(&s);
}
