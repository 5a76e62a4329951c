#include "change.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "row.h"

static const char *const fields[] = { "email", "contact", "mail", "domain" };

enum {
	FIELDS = sizeof fields / sizeof *fields,
};

void
change_id(const json_t *r, char out[CHANGE_ID])
{
	json_t *what = json_object();
	char sha[HASH_LEN], *s;

	record_set(what, "vendor", record_str(r, "vendor"));
	for (size_t i = 0; i < FIELDS; i++)
		json_object_set(what, fields[i], json_object_get(r, fields[i]));
	s = json_dumps(what, JSON_COMPACT | JSON_SORT_KEYS);
	hash_sha256(s, strlen(s), sha);
	memcpy(out, "change/", 7);
	memcpy(out + 7, sha, 32);
	out[CHANGE_ID - 1] = '\0';
	free(s);
	json_decref(what);
}

static bool
is_empty(const json_t *v)
{
	return v == NULL || (json_is_string(v) && json_string_length(v) == 0) ||
	    (json_is_array(v) && json_array_size(v) == 0);
}

static bool
differs(const json_t *a, const json_t *b)
{
	return is_empty(a) ? !is_empty(b) : !json_equal(a, b);
}

const char *
change_of(const json_t *r, const json_t *row)
{
	const json_t *contact = json_object_get(r, "contact");

	if (contact != NULL &&
	    differs(json_object_get(contact, "email"),
		json_object_get(json_object_get(row, "contact"), "email")))
		return "contact.email";
	for (size_t i = 0; i < FIELDS; i++) {
		const json_t *v = json_object_get(r, fields[i]);

		if (v != NULL && v != contact &&
		    differs(v, json_object_get(row, fields[i])))
			return fields[i];
	}
	return NULL;
}

int
change_check(const json_t *r, struct fail *f)
{
	size_t n = 0;

	for (size_t i = 0; i < FIELDS; i++)
		n += json_object_get(r, fields[i]) != NULL;
	if (n == 0)
		return fail(f, EX_DATAERR,
		    "it changes none of email, contact, mail and domain");
	return row_check(r, f);
}

void
change_take(json_t *row, const json_t *r)
{
	for (size_t i = 0; i < FIELDS; i++) {
		json_t *v = json_object_get(r, fields[i]);

		if (v != NULL && is_empty(v))
			json_object_del(row, fields[i]);
		else if (v != NULL)
			json_object_set(row, fields[i], v);
	}
}
