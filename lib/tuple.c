#include "tuple.h"

#include <string.h>

#include "items.h"
#include "when.h"

static const struct tuple tuples[] = {
	{ "mail", { "role", "email", NULL } },
	{ "document", { "paper", "came_at", "sha256" } },
};

const struct tuple *
tuple_find(const char *field)
{
	for (size_t i = 0; i < sizeof tuples / sizeof *tuples; i++)
		if (strcmp(tuples[i].field, field) == 0)
			return &tuples[i];
	return NULL;
}

static size_t
count(const struct tuple *t)
{
	size_t n = 0;

	while (n < TUPLE_KEYS && t->key[n] != NULL)
		n++;
	return n;
}

static json_t *
split_item(const struct tuple *t, const char *s)
{
	json_t *o = json_object();
	size_t n, i;

	for (i = 0; i < count(t) && *s != '\0'; i++) {
		n = i + 1 == count(t) ? strlen(s) : strcspn(s, " ");
		json_object_set_new(o, t->key[i], json_stringn(s, n));
		s += n + strspn(s + n, " ");
	}
	return o;
}

json_t *
tuple_split(const struct tuple *t, const char *cell)
{
	json_t *texts = items_split(cell), *list = json_array(), *e;
	size_t i;

	json_array_foreach(texts, i, e)
		json_array_append_new(
		    list, split_item(t, json_string_value(e)));
	json_decref(texts);
	return list;
}

json_t *
tuple_join(const struct tuple *t, const json_t *list)
{
	json_t *texts = json_array(), *e;
	struct text item = TEXT_INIT;
	const char *s;
	size_t i, k;

	json_array_foreach(list, i, e) {
		text_clear(&item);
		for (k = 0; k < count(t); k++) {
			s = record_str(e, t->key[k]);
			text_addf(&item, "%s%s", k > 0 ? " " : "",
			    s == NULL ? "" : s);
		}
		json_array_append_new(texts, json_string(item.p));
	}
	text_release(&item);
	return texts;
}

static bool
is_sha256(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

static const char *
problem(const char *key, const char *s, tuple_wrong *wrong)
{
	when_t at;

	if (s == NULL || *s == '\0')
		return "is missing";
	if (strcmp(key, "came_at") == 0)
		return when_parse(s, &at) ?
		    NULL :
		    "is not a time such as 2008-07-08T18:45:59Z";
	if (strcmp(key, "sha256") == 0)
		return is_sha256(s) ? NULL : "is not 64 lower-case hex digits";
	return wrong(key, s);
}

int
tuple_check(const struct tuple *t, const json_t *item, size_t i,
    tuple_wrong *wrong, struct fail *f)
{
	const char *why;
	size_t k;

	for (k = 0; k < count(t); k++) {
		why = problem(t->key[k], record_str(item, t->key[k]), wrong);
		if (why != NULL)
			return fail(f, EX_DATAERR, "%s[%zu].%s %s", t->field, i,
			    t->key[k], why);
	}
	return 0;
}
