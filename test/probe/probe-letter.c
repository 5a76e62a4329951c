/*
 * lib/letter as a filter: {"kind":..,"case":..,"vendor":..,"notice":..} on
 * stdin, the notice with its letter on stdout. probe-letter [FOLDER]
 */
#include "letter.h"

#include <stdio.h>
#include <unistd.h>

#include "file.h"

int
main(int argc, char **argv)
{
	struct letter letter = LETTER_INIT;
	struct text in = TEXT_INIT, out = TEXT_INIT;
	struct fail f = FAIL_INIT;
	json_t *all, *notice;
	const char *kind;
	int rc;

	letter.folder = argc > 1 ? argv[1] : NULL;
	if (file_slurp(0, FILE_MAX, &in, &f) != 0)
		return 74;
	all = json_loadb(in.p, in.n, 0, NULL);
	notice = json_object_get(all, "notice");
	kind = record_str(all, "kind");
	rc = letter_write(&letter, kind == NULL ? "disclosure" : kind,
	    json_object_get(all, "case"), json_object_get(all, "vendor"),
	    notice, &f);
	if (rc == 0) {
		record_line(notice, &out);
		file_write(1, out.p, out.n);
	} else
		fprintf(stderr, "%s\n", f.why);
	json_decref(all);
	letter_release(&letter);
	text_release(&in);
	text_release(&out);
	return rc;
}
