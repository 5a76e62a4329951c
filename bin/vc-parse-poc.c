#include <stddef.h>

#include "onfile.h"
#include "poc.h"
#include "stream.h"

static const char *form = "poc", *list;
static struct onfile file = ONFILE_INIT;

static const struct opt options[] = {
	{ 'F', "form", "form", NULL, &form,
	    "words of the form: label/FORM.json", NULL },
	{ OPT_ROSTER(&list) },
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
	    poc_load(form, &s.fail) != 0 ||
	    onfile_load(&file, list, opt_common.ledger, &s.fail) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL)
		if (onfile_record(&file, in, &out, &s.fail) != 0)
			stream_reject(&s, in);
		else
			stream_put(&s, out);
	onfile_release(&file);
	poc_release();
	return stream_close(&s);
}
