#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "file.h"
#include "record.h"
#include "route.h"

/*
 * probe-route ROSTER COST <CASES: routes the cases, each line "case vendor" on
 * stdout, and appends to COST what that took without loading: microseconds of
 * CPU, and the rows of the list.
 */

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static void
show(const json_t *all)
{
	json_t *out, *one;
	size_t i, k;

	json_array_foreach(all, i, out)
		json_array_foreach(out, k, one)
			printf("%s %s\n", record_str(one, "case"),
			    record_str(one, "vendor"));
}

int
main(int argc, char **argv)
{
	struct route route = ROUTE_INIT;
	struct text in = TEXT_INIT;
	struct fail f = FAIL_INIT;
	json_t *cases = json_array(), *all = json_array(), *one, *out;
	int64_t began;
	FILE *cost;
	size_t i;

	route.dry = true;
	if (argc != 3 || file_slurp(0, FILE_MAX, &in, &f) != 0 ||
	    route_load(&route, argv[1], NULL, NULL, NULL, &f) != 0)
		return EX_USAGE;
	for (char *p = in.p, *lf; (lf = strchr(p, '\n')) != NULL; p = lf + 1)
		json_array_append_new(
		    cases, record_parse(p, (size_t)(lf - p), &f));
	began = now();
	json_array_foreach(cases, i, one) {
		if (route_record(&route, one, &out, &f) != 0)
			return EX_DATAERR;
		json_array_append_new(all, out);
	}
	began = now() - began;
	show(all);
	cost = fopen(argv[2], "ae");
	if (cost == NULL)
		return EX_CANTCREAT;
	fprintf(cost, "%" PRId64 " %zu\n", began, route.roster.n);
	fclose(cost);
	json_decref(cases);
	json_decref(all);
	route_release(&route);
	text_release(&in);
	return 0;
}
