/*
 * lib/template as a filter: probe-template [-e html|xml|text] FOLDER NAME
 * renders the template NAME below FOLDER ("" is the one shipped) with the JSON
 * object on stdin.
 */
#include "template.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

int
main(int argc, char **argv)
{
	static const char *const kind[] = { "html", "xml", "text" };
	struct template t = TEMPLATE_INIT;
	struct text in = TEXT_INIT, out = TEXT_INIT;
	struct fail f = FAIL_INIT;
	enum template_escape e = TEMPLATE_HTML;
	json_t *context = NULL;
	int rc, i;

	if (argc == 5 && strcmp(argv[1], "-e") == 0)
		for (i = 0; i < 3; i++)
			if (strcmp(argv[2], kind[i]) == 0)
				e = (enum template_escape)i;
	if (argc < 3)
		return 64;
	rc = template_load(&t, *argv[argc - 2] == '\0' ? NULL : argv[argc - 2],
	    argv[argc - 1], &f);
	if (rc == 0)
		rc = file_slurp(0, FILE_MAX, &in, &f);
	if (rc == 0) {
		context = json_loadb(in.p, in.n, JSON_ALLOW_NUL, NULL);
		rc = template_render(&t, context, e, &out, &f);
	}
	if (rc == 0)
		file_write(1, out.p, out.n);
	else
		fprintf(stderr, "%s\n", f.why);
	json_decref(context);
	template_release(&t);
	text_release(&in);
	text_release(&out);
	return rc;
}
