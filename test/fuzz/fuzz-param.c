/* param and part: parameters of a field, and the name of an attachment. */

#include "fuzz.h"

#include "param.h"
#include "part.h"

enum {
	NAME = 200, /* octets, part.h */
};

static void
check_params(const char *p, size_t n)
{
	const char *at = p, *end = p + n, *before;
	struct text t = TEXT_INIT;
	struct param q;

	must(param_blanks(p, end) <= end);
	for (before = at; param_next(&at, end, &q); before = at) {
		must(at > before && at <= end);
		must(q.name >= p && q.name + q.name_n <= end);
		must(q.value >= q.name + q.name_n && q.value <= end);
		must(q.value_n <= (size_t)(end - q.value));
		text_clear(&t);
		param_value(&t, &q);
		must(t.n <= q.value_n);
		must(t.n == 0 || memchr(t.p, '\n', t.n) == NULL);
	}
	text_release(&t);
}

static void
check_find(const char *p, size_t n, const char *name)
{
	struct text out = TEXT_INIT, label = TEXT_INIT;

	if (param_find(p, n, name, &out, &label))
		must(out.n + label.n <= n);
	else
		must(out.n == 0 && label.n == 0);
	text_release(&out);
	text_release(&label);
}

/* The value as the one field of a part. */
static void
check_name(const char *field, const char *p, size_t n)
{
	struct text raw = TEXT_INIT, name = TEXT_INIT;
	struct mime_part part = { .parent = -1 };

	text_addf(&raw, "%s:", field);
	text_add(&raw, p, n);
	part.body = part.end = raw.n;
	part_name(raw.p, &part, &name);
	must(name.n <= NAME && text_utf8(name.p, name.n) == name.n);
	must(name.n == 0 || strpbrk(name.p, "/\\") == NULL);
	must(name.n == 0 || strchr(".-", name.p[0]) == NULL);
	must(!text_hidden(name.p, name.n));
	text_release(&raw);
	text_release(&name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);

	check_params(p, n);
	check_find(p, n, "boundary");
	check_find(p, n, "filename");
	check_find(p, n, "name");
	check_name("Content-Disposition", p, n);
	check_name("Content-Type", p, n);
	free(p);
	return 0;
}
