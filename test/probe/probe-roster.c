/*
 * lib/roster as a filter: probe-roster ROSTER prints for each address on stdin
 * the vendor that it belongs to, or "-".
 */
#include "roster.h"

#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	struct roster r = ROSTER_INIT;
	struct fail f = FAIL_INIT;
	char line[1024];
	const char *id;

	if (argc != 2)
		return EX_USAGE;
	if (roster_load(&r, argv[1], &f) != 0) {
		fprintf(stderr, "%s\n", f.why);
		return f.code;
	}
	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		id = record_str(roster_by_address(&r, line), "vendor");
		printf("%s\n", id == NULL ? "-" : id);
	}
	roster_release(&r);
	return 0;
}
