#include "protect.h"

#include <string.h>
#include <strings.h>

#include "intake.h"
#include "lookup.h"
#include "part.h"

/* A field of the header, and what a record has of it. From is the first. */
static const struct field {
	const char *name, *key[3];
} fields[] = {
	{ "From", { "from", "from_address" } },
	{ "To", { "to" } },
	{ "Subject", { "subject" } },
	{ "Date", { "date_at" } },
	{ "Message-ID", { "message_id" } },
	{ "In-Reply-To", { "in_reply_to" } },
};

enum {
	FIELDS = sizeof fields / sizeof fields[0],
};

static bool
says(const struct message *m, const char *param, const char *value)
{
	struct text t = TEXT_INIT, label = TEXT_INIT;
	bool is = part_param(m->raw, m->mime.part, "Content-Type", param, &t,
		      &label) &&
	    t.n > 0 && strcasecmp(t.p, value) == 0;

	text_release(&t);
	text_release(&label);
	return is;
}

bool
protect_says(const struct message *entity)
{
	return says(entity, "hp", "clear") || says(entity, "hp", "cipher") ||
	    says(entity, "protected-headers", "v1");
}

static size_t
count(const struct message *entity, const struct field *field)
{
	return message_field(entity, field->name, NULL, NULL);
}

/* The author: none, or one mailbox of the row. */
static int
check_from(const struct message *entity, struct lookup *l, const json_t *row,
    struct verdict *v, struct fail *f)
{
	struct text from = TEXT_INIT;
	struct fail why = FAIL_INIT;
	const json_t *inner;
	int code = 0;

	if (count(entity, &fields[0]) == 0)
		return 0;
	if (message_from(entity, &from, &why) != 0)
		verdict_refused(v, &why);
	else if ((code = lookup_address(l, from.p, &inner, f)) == 0 &&
	    inner != row)
		verdict_set(v, "mismatch",
		    "the From inside the signature is not of the vendor that"
		    " signed");
	text_release(&from);
	return code;
}

static void
check_single(const struct message *entity, struct verdict *v)
{
	size_t i;

	for (i = 0; i < FIELDS; i++)
		if (count(entity, &fields[i]) > 1)
			verdict_set(v, "malformed",
			    "a field of the signed header stands twice");
}

int
protect_check(const struct message *entity, struct lookup *l, const json_t *row,
    struct verdict *v, struct fail *f)
{
	int code = check_from(entity, l, row, v, f);

	if (code == 0 && verdict_passed(v))
		check_single(entity, v);
	return code;
}

/* What INNER has of the field goes into TO, and what FROM has of it goes. */
static void
move(const struct field *field, const json_t *inner, json_t *from, json_t *to)
{
	json_t *value;
	size_t k;

	for (k = 0; field->key[k] != NULL; k++) {
		value = json_object_get(inner, field->key[k]);
		if (value == NULL || from != to)
			json_object_del(from, field->key[k]);
		if (value != NULL)
			json_object_set(to, field->key[k], value);
	}
}

static void
move_all(const struct message *entity, size_t first, const json_t *inner,
    json_t *from, json_t *to)
{
	size_t i;

	for (i = first; i < FIELDS; i++)
		if (count(entity, &fields[i]) > 0)
			move(&fields[i], inner, from, to);
}

static bool
differs(const json_t *a, const json_t *b, const char *key)
{
	const char *s = record_str(a, key), *t = record_str(b, key);

	return s != NULL && t != NULL && strcmp(s, t) != 0;
}

void
protect_sign(const struct message *entity, bool encrypted, json_t *claimed,
    json_t *into, json_t *flag)
{
	json_t *inner = json_object();

	intake_header(entity, inner, flag);
	if (differs(inner, claimed, "from_address"))
		intake_flag(flag, "from-differs");
	if (!encrypted && differs(inner, claimed, "subject"))
		intake_flag(flag, "subject-differs");
	move_all(entity, 0, inner, claimed, into);
	json_decref(inner);
}

void
protect_claim(const struct message *entity, json_t *claimed, json_t *flag)
{
	json_t *inner = json_object();

	intake_header(entity, inner, flag);
	move_all(entity, 1, inner, claimed, claimed);
	json_decref(inner);
}
