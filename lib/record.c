#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "process.h"

int
record_type(
    const char *line, size_t n, const char **type, size_t *len, struct fail *f)
{
	static const char head[] = "{\"type\":\"";
	const size_t h = sizeof head - 1;
	size_t i;

	if (n < h || memcmp(line, head, h) != 0)
		return fail(f, EX_DATAERR,
		    "a record must begin with {\"type\":\"...\"");
	for (i = h; i < n && i - h <= RECORD_TYPE; i++)
		if ((line[i] < 'a' || line[i] > 'z') && line[i] != '-' &&
		    line[i] != '_')
			break;
	if (i == h || i - h > RECORD_TYPE || i + 1 >= n || line[i] != '"' ||
	    (line[i + 1] != ',' && line[i + 1] != '}'))
		return fail(
		    f, EX_DATAERR, "the type is no word of a-z, - and _");
	*type = line + h;
	*len = i - h;
	return 0;
}

bool
record_among(const char *types, const char *type, size_t len)
{
	const char *at = types;
	size_t n;

	for (; *at != '\0'; at += n + (at[n] == ' ')) {
		n = strcspn(at, " ");
		if ((n == 1 && *at == '*') ||
		    (n == len && memcmp(at, type, n) == 0))
			return true;
	}
	return false;
}

static int record_check(const json_t *v, int depth, struct fail *f);

static int
record_check_object(const json_t *v, int depth, struct fail *f)
{
	const char *key;
	json_t *e;

	json_object_foreach((json_t *)v, key, e) {
		if (strlen(key) > RECORD_KEY)
			return fail(f, EX_DATAERR,
			    "a key is longer than %d octets", RECORD_KEY);
		if (record_check(e, depth + 1, f) != 0)
			return f->code;
	}
	return 0;
}

static int
record_check(const json_t *v, int depth, struct fail *f)
{
	json_t *e;
	size_t i;

	if (depth > RECORD_DEPTH)
		return fail(
		    f, EX_DATAERR, "nested deeper than %d", RECORD_DEPTH);
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return record_check_object(v, depth, f);
	case JSON_ARRAY:
		json_array_foreach(v, i, e)
			if (record_check(e, depth + 1, f) != 0)
				return f->code;
		return 0;
	case JSON_STRING:
		if (json_string_length(v) > RECORD_STRING)
			return fail(f, EX_DATAERR,
			    "a string is longer than %d octets", RECORD_STRING);
		return 0;
	case JSON_REAL:
		return fail(f, EX_DATAERR,
		    "a number has a fraction: records hold integers and "
		    "strings");
	case JSON_NULL:
		return fail(
		    f, EX_DATAERR, "a value is null: leave the field out");
	default:
		return 0;
	}
}

static int
record_syntax(const char *line, size_t n, const json_error_t *e, struct fail *f)
{
	size_t good = text_utf8(line, n);

	if (good < n)
		return fail(f, EX_DATAERR, "octet %zu is no UTF-8", good + 1);
	if (memchr(line, '\0', n) != NULL)
		return fail(f, EX_DATAERR, "octet %zu is NUL",
		    (size_t)((const char *)memchr(line, '\0', n) - line) + 1);
	switch (json_error_code(e)) {
	case json_error_duplicate_key:
		return fail(f, EX_DATAERR, "a key stands twice in one object");
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return fail(f, EX_DATAERR, "a string holds NUL");
	case json_error_numeric_overflow:
		return fail(f, EX_DATAERR, "a number is too big");
	default:
		return fail(
		    f, EX_DATAERR, "no JSON: wrong at octet %d", e->position);
	}
}

static void
record_memory(void)
{
	static bool set;

	if (!set)
		json_set_alloc_funcs(process_alloc, free);
	set = true;
}

json_t *
record_parse(const char *line, size_t n, struct fail *f)
{
	const char *type, *id;
	json_error_t e;
	size_t len;
	json_t *r;

	record_memory();
	if (n > RECORD_MAX) {
		fail(f, EX_DATAERR, "longer than %d octets", RECORD_MAX);
		return NULL;
	}
	r = json_loadb(line, n, JSON_REJECT_DUPLICATES, &e);
	if (r == NULL) {
		record_syntax(line, n, &e, f);
		return NULL;
	}
	if (record_type(line, n, &type, &len, f) != 0 ||
	    record_check(r, 1, f) != 0)
		goto wrong;
	id = record_str(r, "id");
	if ((id == NULL || *id == '\0') &&
	    strcmp(record_str(r, "type"), "reject") != 0 &&
	    strcmp(record_str(r, "type"), "torn") != 0) {
		fail(f, EX_DATAERR, "field 'id' is missing");
		goto wrong;
	}
	return r;
wrong:
	json_decref(r);
	return NULL;
}

json_t *
record_new(const char *type, const char *id)
{
	json_t *r;

	record_memory();
	r = json_object();
	record_set(r, "type", type);
	record_set(r, "id", id);
	return r;
}

const char *
record_str(const json_t *r, const char *key)
{
	return json_string_value(json_object_get(r, key));
}

int
record_need(const json_t *r, const char *key, const char **s, struct fail *f)
{
	*s = record_str(r, key);
	if (*s == NULL || **s == '\0')
		return fail(f, EX_DATAERR, "field '%s' is missing", key);
	return 0;
}

bool
record_is(const json_t *r, const char *key, const char *s)
{
	const char *v = record_str(r, key);

	return v != NULL && strcmp(v, s) == 0;
}

void
record_set(json_t *r, const char *key, const char *s)
{
	if (s != NULL)
		json_object_set_new(r, key, json_string(s));
}

bool
record_has(const json_t *r, const char *key, const char *s)
{
	const char *e;
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(r, key), i, v) {
		e = json_string_value(v);
		if (e != NULL && strcmp(e, s) == 0)
			return true;
	}
	return false;
}

/* 0: an octet that goes out as it is; 1: not so; 2: it may begin a character
 * that a terminal obeys or nobody sees (text_hidden). */
static const unsigned char *
record_line_kinds(void)
{
	static const unsigned char leads[] = { 0xc2, 0xd8, 0xe1, 0xe2, 0xef,
		0xf3 };
	static unsigned char kind[256];

	if (kind['"'] == 0) {
		memset(kind, 1, 0x20);
		kind['"'] = kind['\\'] = kind[0x7f] = 1;
		for (size_t i = 0; i < sizeof leads; i++)
			kind[leads[i]] = 2;
	}
	return kind;
}

static void
record_line_escape(unsigned c, struct text *out)
{
	if (c == '"' || c == '\\')
		text_addf(out, "\\%c", (char)c);
	else if (c == '\n')
		text_add(out, "\\n", 2);
	else if (c == '\t')
		text_add(out, "\\t", 2);
	else if (c > 0xffff)
		text_addf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
		    0xdc00 + (c & 0x3ff));
	else
		text_addf(out, "\\u%04x", c);
}

static void
record_line_string(const char *s, size_t n, struct text *out)
{
	const unsigned char *kind = record_line_kinds();
	const char *end = s + n, *from = s, *p;
	unsigned c;

	text_room(out, n + 2);
	text_add(out, "\"", 1);
	while (s < end) {
		p = s;
		if (kind[(unsigned char)*s] == 0) {
			s++;
			continue;
		}
		c = text_char(&s);
		if (kind[(unsigned char)*p] == 2 &&
		    !text_hidden(p, (size_t)(s - p)))
			continue;
		text_add(out, from, (size_t)(p - from));
		record_line_escape(c, out);
		from = s;
	}
	text_add(out, from, (size_t)(end - from));
	text_add(out, "\"", 1);
}

static void
record_line_value(const json_t *v, struct text *out)
{
	const char *key, *comma = "";
	json_t *e;
	size_t i;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		text_add(out, "{", 1);
		json_object_foreach((json_t *)v, key, e) {
			text_puts(out, comma);
			record_line_string(key, strlen(key), out);
			text_add(out, ":", 1);
			record_line_value(e, out);
			comma = ",";
		}
		text_add(out, "}", 1);
		break;
	case JSON_ARRAY:
		text_add(out, "[", 1);
		json_array_foreach(v, i, e) {
			text_puts(out, comma);
			record_line_value(e, out);
			comma = ",";
		}
		text_add(out, "]", 1);
		break;
	case JSON_STRING:
		record_line_string(
		    json_string_value(v), json_string_length(v), out);
		break;
	case JSON_INTEGER:
		text_addf(out, "%lld", (long long)json_integer_value(v));
		break;
	default:
		text_puts(out, json_is_true(v) ? "true" : "false");
	}
}

void
record_line(const json_t *r, struct text *out)
{
	record_line_value(r, out);
	text_add(out, "\n", 1);
}

int
record_bytes(const json_t *r, const char *key, struct text *out, struct fail *f)
{
	const json_t *v = json_object_get(r, key);

	if (!json_is_string(v))
		return fail(f, EX_DATAERR, "field '%s' is missing", key);
	if (!text_unb64(out, json_string_value(v), json_string_length(v)))
		return fail(f, EX_DATAERR, "field '%s' is no base64", key);
	return 0;
}

void
record_set_bytes(json_t *r, const char *key, const void *p, size_t n)
{
	struct text t = TEXT_INIT;

	text_b64(&t, p, n);
	text_add(&t, "", 0);
	json_object_set_new(r, key, json_stringn_nocheck(t.p, t.n));
	text_release(&t);
}

json_t *
record_mail(const struct text *raw, size_t n, const char *sha)
{
	struct text id = TEXT_INIT;
	json_t *r;

	text_addf(&id, "mail/%.32s", sha);
	r = record_new("mail", id.p);
	text_release(&id);
	if (raw != NULL) {
		record_set_bytes(r, "raw_b64", raw->p, raw->n);
	} else {
		json_object_set_new(r, "raw_n", json_integer((json_int_t)n));
		json_object_set_new(r, "too_large", json_true());
	}
	return r;
}
