/* record and schema: a line, as a record, its line again, and its fact. */

#include "fuzz.h"

#include "schema.h"

/* No octets of a mail are in a fact, however deep. */
static void
check_fact(const json_t *v)
{
	const char *key;
	const json_t *e;
	size_t i;

	json_array_foreach(v, i, e)
		check_fact(e);
	json_object_foreach((json_t *)v, key, e) {
		must(strlen(key) < 4 ||
		    strcmp(key + strlen(key) - 4, "_b64") != 0);
		check_fact(e);
	}
}

static void
check_record(const json_t *r)
{
	struct text line = TEXT_INIT, twice = TEXT_INIT;
	struct fail f = FAIL_INIT;
	json_t *again, *fact, *same;

	record_line(r, &line);
	must(memchr(line.p, '\n', line.n) == line.p + line.n - 1);
	again = record_parse(line.p, line.n - 1, &f);
	must(again != NULL && json_equal(r, again));
	record_line(again, &twice);
	must(line.n == twice.n && memcmp(line.p, twice.p, line.n) == 0);
	schema_check(r, &f);
	fact = schema_fact(r);
	check_fact(fact);
	same = schema_fact(fact);
	must(json_equal(fact, same));
	json_decref(again);
	json_decref(fact);
	json_decref(same);
	text_release(&line);
	text_release(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *lf = n == 0 ? NULL : memchr(data, '\n', n);
	struct fail f = FAIL_INIT;
	const char *type;
	json_t *r;
	size_t len;
	char *p;

	if (lf != NULL)
		n = (size_t)(lf - data);
	p = fuzz_copy(data, n);
	r = record_parse(p, n, &f);
	if (r != NULL) {
		must(record_type(p, n, &type, &len, &f) == 0);
		must(len == strlen(record_str(r, "type")));
		must(memcmp(type, record_str(r, "type"), len) == 0);
		check_record(r);
	} else {
		must(f.code == EX_DATAERR && f.why[0] != '\0');
	}
	json_decref(r);
	free(p);
	return 0;
}
