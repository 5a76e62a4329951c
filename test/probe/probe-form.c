#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "form.h"
#include "label.h"

/* The text on stdin, read by the labels named, as fixed text or as what the
 * second argument says: the form, or the reason. */
int
main(int argc, char **argv)
{
	struct label label = LABEL_INIT;
	struct text text = TEXT_INIT, line = TEXT_INIT;
	struct fail f = FAIL_INIT;
	json_t *form;

	enum lines_flow flow = LINES_FIXED;

	if (argc < 2)
		return EX_USAGE;
	if (argc > 2)
		flow =
		    strcmp(argv[2], "delsp") == 0 ? LINES_DELSP : LINES_FLOWED;
	if (label_load(&label, argv[1], &f) == 0 &&
	    file_slurp(0, FILE_MAX, &text, &f) == 0 &&
	    text_utf8(text.p, text.n) != text.n)
		fail(&f, EX_DATAERR, "no UTF-8");
	if (f.code == 0 &&
	    form_parse(&label, text.p, text.n, flow, &form, &f) == 0) {
		record_line(form, &line);
		fwrite(line.p, 1, line.n, stdout);
		json_decref(form);
	}
	if (f.code != 0)
		fprintf(stderr, "probe-form: %s\n", f.why);
	label_release(&label);
	text_release(&text);
	text_release(&line);
	return f.code;
}
