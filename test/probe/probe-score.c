/*
 * lib/score as a filter: for each CVSS vector on stdin its version, score and
 * rating, or what is wrong with it.
 */
#include "score.h"

#include <stdio.h>
#include <string.h>

int
main(void)
{
	struct score s;
	struct fail f;
	char line[1024];

	while (fgets(line, sizeof line, stdin) != NULL) {
		f = (struct fail)FAIL_INIT;
		line[strcspn(line, "\n")] = '\0';
		if (score_read(line, &s, &f) != 0)
			printf("%d %s\n", f.code, f.why);
		else
			printf("%s %s %s\n", s.version, s.text, s.rating);
	}
	return 0;
}
