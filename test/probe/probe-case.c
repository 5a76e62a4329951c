/*
 * lib/case as a filter: for each record on stdin, "ok" or why it is none.
 */
#include "case.h"

#include <stdio.h>
#include <stdlib.h>

int
main(void)
{
	struct fail f;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	json_t *r;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		f = (struct fail)FAIL_INIT;
		r = record_parse(line, (size_t)n - 1, &f);
		if (r == NULL || case_check(r, &f) != 0)
			printf("%d %s\n", f.code, f.why);
		else
			printf("ok\n");
		json_decref(r);
	}
	free(line);
	return 0;
}
