#include "schema.h"

#include <string.h>

#include "hash.h"
#include "types.h"
#include "when.h"

/* Is `word` one of `words`, which are between blanks? */
static bool
schema_word(const char *words, const char *word)
{
	size_t n = strlen(word);
	const char *at = words;

	if (n == 0 || strchr(word, ' ') != NULL)
		return false;
	while ((at = strstr(at, word)) != NULL) {
		if (at > words && at[-1] == ' ' && at[n] == ' ')
			return true;
		at++;
	}
	return false;
}

static bool
schema_hex(const char *s, const char *digits, size_t n)
{
	return strlen(s) == n && strspn(s, digits) == n;
}

static bool
schema_string(const struct types_field *d, const char *s)
{
	when_t t;

	if (*s == '\0' && (d->is & GOES) != 0)
		return true;
	switch (d->form) {
	case F_TOKEN:
		return d->words != NULL ? schema_word(d->words, s) :
					  text_token(s, "._+-", 64);
	case F_ID:
		return *s != '\0' && strlen(s) <= 200 &&
		    strchr(s, ' ') == NULL && !text_hidden(s, strlen(s));
	case F_WHEN:
		return when_parse(s, &t);
	case F_FPR:
		return schema_hex(s, "0123456789ABCDEF", 40);
	case F_SHA256:
		return hash_is(s);
	default:
		return true;
	}
}

static bool
schema_form(const struct types_field *d, const json_t *v)
{
	switch (d->form) {
	case F_COUNT:
		return json_is_integer(v) && json_integer_value(v) >= 0;
	case F_BOOL:
		return json_is_boolean(v);
	case F_LIST:
		return json_is_array(v);
	case F_OBJECT:
		return json_is_object(v);
	default:
		return json_is_string(v) &&
		    schema_string(d, json_string_value(v));
	}
}

static const char *
schema_wants(const struct types_field *d)
{
	static const char *const wants[] = {
		[F_TEXT] = "text",
		[F_TOKEN] = "a known word",
		[F_ID] = "an id without blanks",
		[F_WHEN] = "a time such as 2008-07-08T18:45:59Z",
		[F_FPR] = "40 upper-case hex digits",
		[F_SHA256] = "64 lower-case hex digits",
		[F_B64] = "base64",
		[F_COUNT] = "a whole number",
		[F_BOOL] = "true or false",
		[F_LIST] = "an array",
		[F_OBJECT] = "an object",
	};

	return wants[d->form];
}

int
schema_check(const json_t *r, struct fail *f)
{
	static const struct types_field id = { "id", F_ID, 0, NULL };
	const char *type = record_str(r, "type");
	const struct types *t = types_find(type);
	const struct types_field *d;
	const json_t *v;

	if (t == NULL)
		return fail(f, EX_DATAERR, "type '%s' is unknown",
		    type == NULL ? "" : type);
	v = json_object_get(r, "id");
	if (v != NULL && !schema_form(&id, v))
		return fail(
		    f, EX_DATAERR, "field 'id' is not an id without blanks");
	for (d = t->field; d->name != NULL; d++) {
		v = json_object_get(r, d->name);
		if (v == NULL && (d->is & NEED) != 0)
			return fail(
			    f, EX_DATAERR, "field '%s' is missing", d->name);
		if (v != NULL && !schema_form(d, v))
			return fail(f, EX_DATAERR, "field '%s' is not %s",
			    d->name, schema_wants(d));
	}
	return 0;
}

static bool
schema_bytes(const char *key)
{
	size_t n = strlen(key);

	return n >= 4 && strcmp(key + n - 4, "_b64") == 0;
}

static bool
schema_bulk(const struct types *t, const char *key)
{
	const struct types_field *d;

	if (schema_bytes(key))
		return true;
	if (t == NULL)
		return strcmp(key, "type") != 0 && strcmp(key, "id") != 0;
	if (schema_word(t->inner, key))
		return true;
	for (d = t->field; d->name != NULL; d++)
		if (strcmp(d->name, key) == 0)
			return (d->is & BULK) != 0;
	return t->closed && strcmp(key, "type") != 0 && strcmp(key, "id") != 0;
}

/* A copy of what is inside a field, without the type's inner bulk. */
static json_t *
schema_inner(const struct types *t, const json_t *v)
{
	const char *key;
	json_t *copy, *e;
	size_t i;

	if (json_is_array(v)) {
		copy = json_array();
		json_array_foreach(v, i, e)
			json_array_append_new(copy, schema_inner(t, e));
		return copy;
	}
	if (!json_is_object(v))
		return json_incref((json_t *)v);
	copy = json_object();
	json_object_foreach((json_t *)v, key, e)
		if (!schema_bytes(key) && !schema_word(t->inner, key))
			json_object_set_new(copy, key, schema_inner(t, e));
	return copy;
}

json_t *
schema_fact(const json_t *r)
{
	const struct types *t = types_find(record_str(r, "type"));
	json_t *fact = record_new(NULL, NULL), *e;
	const char *key;

	json_object_foreach((json_t *)r, key, e)
		if (!schema_bulk(t, key))
			json_object_set_new(fact, key, schema_inner(t, e));
	return fact;
}
