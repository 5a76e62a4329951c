#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "intake.h"
#include "process.h"

/* All that a mail says, and what is asked of it, once. */
static int
once(const struct text *raw, struct text *said, struct fail *f)
{
	struct message m = MESSAGE_INIT;
	json_t *o = json_object(), *flag = json_array(), *list = json_array();

	if (message_parse(&m, raw->p, raw->n, f) == 0) {
		intake_header(&m, o, flag);
		intake_text(&m, o, flag);
		intake_attachments(&m, list, flag);
	}
	json_object_set_new(o, "attachment", list);
	text_clear(said);
	record_line(o, said);
	message_release(&m);
	json_decref(o);
	json_decref(flag);
	return f->code;
}

/*
 * probe-walk N <mail: read the mail N times, as one that came anew: parts,
 * header, text, attachments. Prints what the last time gave.
 */
int
main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	struct text raw = TEXT_INIT, said = TEXT_INIT;
	struct fail f = FAIL_INIT;

	process_start("probe-walk", 0);
	if (file_slurp(0, FILE_MAX, &raw, &f) != 0)
		return f.code;
	text_add(&raw, "", 0);
	while (n-- > 0 && f.code == 0)
		once(&raw, &said, &f);
	printf("%s", f.code == 0 ? said.p : f.why);
	text_release(&raw);
	text_release(&said);
	return f.code;
}
