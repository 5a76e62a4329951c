#include "finding.h"

#include <stdlib.h>
#include <string.h>

#include "encoded.h"
#include "intake.h"
#include "protect.h"

enum {
	FINDING_DAY = 24 * 3600, /* the Date field may differ that much */
};

/* The value at KEY for us to change: a copy, or NONE, which it steals. */
static json_t *
own(json_t *r, const char *key, json_t *none)
{
	const json_t *v = json_object_get(r, key);
	json_t *mine =
	    v == NULL ? json_incref(none) : json_copy((json_t *)(uintptr_t)v);

	json_object_set_new(r, key, mine);
	json_decref(none);
	return mine;
}

static bool
is_address_octet(char c)
{
	return c != '\0' && strchr(" \t<>,;()\"", c) == NULL;
}

/* Is the address in the text, whole and not as a part of another? */
static bool
names(const char *text, const char *address)
{
	const char *p;
	size_t n = strlen(address);

	for (p = text; (p = strstr(p, address)) != NULL; p++)
		if ((p == text || !is_address_octet(p[-1])) &&
		    !is_address_octet(p[n]))
			return true;
	return false;
}

/* What is odd beside the verdict and may matter to a person. */
static void
put_flags(const struct reading *r, const struct message *m, json_t *flag)
{
	struct text from = TEXT_INIT, reply = TEXT_INIT;
	struct fail f = FAIL_INIT;
	when_t date;

	if (r->encrypted)
		intake_flag(flag, "encrypted");
	if (message_from(m, &from, &f) == 0 &&
	    message_field(m, "Reply-To", &reply, NULL) > 0 &&
	    !names(reply.p, from.p))
		intake_flag(flag, "replyto-differs");
	if (verdict_authentic(&r->signature) && message_date(m, &date) &&
	    llabs(date - r->signature.created) > FINDING_DAY)
		intake_flag(flag, "date-differs");
	text_release(&from);
	text_release(&reply);
}

static void
put_facts(const struct reading *r, json_t *out)
{
	const struct signature *s = &r->signature;
	char at[WHEN_LEN];

	record_set(out, "verdict", r->verdict.word);
	record_set(out, "why", r->verdict.why);
	if (!verdict_authentic(s))
		return;
	if (verdict_passed(&r->verdict))
		record_set(out, "vendor", record_str(r->row, "vendor"));
	record_set(out, "primary_fpr", s->primary);
	record_set(out, "signer_fpr", s->fpr);
	when_format(s->created, at);
	record_set(out, "signed_at", at);
	record_set(out, "covered_sha256", r->covered_sha256);
	json_object_set_new(
	    out, "covered_n", json_integer((json_int_t)r->covered_n));
}

/*
 * Text that is no MIME entity. Its charset stands in a header that nobody
 * signed, so it counts only for octets that do not show theirs, and that is
 * told.
 */
static void
put_bare(const struct reading *r, json_t *into, json_t *flag)
{
	const char *label = encoded_evident(r->covered.p, r->covered.n);

	if (r->covered.n == 0)
		return;
	if (label == NULL && verdict_passed(&r->verdict))
		intake_flag(flag, "charset-unsigned");
	if (label == NULL)
		label = r->charset.n > 0 ? r->charset.p : "";
	intake_decoded(into, "text", label, r->covered.p, r->covered.n, flag);
}

static void
put_attachments(const struct reading *r, json_t *out, json_t *flag)
{
	json_t *array = json_array();

	intake_attachments(&r->inner, array, flag);
	if (json_array_size(array) > 0)
		json_object_set(out, "attachment", array);
	else
		json_object_del(out, "attachment");
	json_decref(array);
}

/* The text out of what is covered, under `signed` or `claimed`. */
static void
put_text(const struct reading *r, json_t *out, json_t *flag)
{
	json_t *into, *claimed = own(out, "claimed", json_object());

	if (verdict_passed(&r->verdict)) {
		json_object_del(claimed, "text");
		json_object_del(claimed, "attached");
		into = own(out, "signed", json_object());
	} else if (r->encrypted)
		into = claimed;
	else
		return;
	if (!r->entity) {
		put_bare(r, into, flag);
		json_object_del(out, "attachment");
		return;
	}
	if (protect_says(&r->inner) && into == claimed)
		protect_claim(&r->inner, claimed, flag);
	else if (protect_says(&r->inner))
		protect_sign(&r->inner, r->encrypted, claimed, into, flag);
	intake_text(&r->inner, into, flag);
	put_attachments(r, out, flag);
}

const struct message *
finding_source(const struct reading *r, const struct message *m)
{
	if (!r->encrypted && !verdict_passed(&r->verdict))
		return m;
	return r->entity ? &r->inner : NULL;
}

/* The whole record: our fields first, then those of the mail. */
json_t *
finding_record(
    const struct reading *r, const struct message *m, const json_t *plain)
{
	json_t *out = record_new("message", record_str(plain, "id"));
	json_t *flag;

	put_facts(r, out);
	json_object_update_missing(out, (json_t *)(uintptr_t)plain);
	flag = own(out, "flag", json_array());
	if (m != NULL) {
		put_flags(r, m, flag);
		put_text(r, out, flag);
	}
	return out;
}

json_t *
finding_error(const json_t *plain, const struct fail *f)
{
	json_t *out = record_new("message", record_str(plain, "id"));

	record_set(out, "verdict", "error");
	record_set(out, "why", f->why);
	json_object_update_missing(out, (json_t *)(uintptr_t)plain);
	json_object_del(out, "attachment");
	return out;
}
