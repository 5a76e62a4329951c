#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "hash.h"
#include "intake.h"
#include "param.h"
#include "poc.h"
#include "reading.h"

enum {
	VERIFY_DAY = 24 * 3600, /* the Date field may differ that much */
};

bool
verify_passed(const json_t *r)
{
	const char *verdict = record_str(r, "verdict");

	return verdict != NULL && strcmp(verdict, "signed") == 0;
}

/* A record of type mail with these octets and nothing else. */
static json_t *
mail_of(const struct text *raw)
{
	char sha[HASH_LEN];
	struct text id = TEXT_INIT;
	json_t *mail;

	hash_sha256(raw->p, raw->n, sha);
	text_addf(&id, "mail/%.32s", sha);
	mail = record_new("mail", id.p);
	record_set_bytes(mail, "raw_b64", raw->p, raw->n);
	text_release(&id);
	return mail;
}

static json_t *
array_in(json_t *r, const char *key)
{
	json_t *a = json_object_get(r, key);

	if (a == NULL) {
		a = json_array();
		json_object_set_new(r, key, a);
	}
	return a;
}

static json_t *
object_in(json_t *r, const char *key)
{
	json_t *o = json_object_get(r, key);

	if (o == NULL) {
		o = json_object();
		json_object_set_new(r, key, o);
	}
	return o;
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
	    llabs(date - r->signature.created) > VERIFY_DAY)
		intake_flag(flag, "date-differs");
	text_release(&from);
	text_release(&reply);
}

static void
put_facts(const struct reading *r, json_t *out)
{
	const struct signature *s = &r->signature;
	char at[WHEN_LEN], sha[HASH_LEN];

	record_set(out, "verdict", r->verdict.word);
	record_set(out, "why", r->verdict.why);
	if (!verdict_authentic(s))
		return;
	if (verify_passed(out))
		record_set(out, "vendor", record_str(r->row, "vendor"));
	record_set(out, "primary_fpr", s->primary);
	record_set(out, "signer_fpr", s->fpr);
	when_format(s->created, at);
	record_set(out, "signed_at", at);
	hash_sha256(r->covered.p, r->covered.n, sha);
	record_set(out, "covered_sha256", sha);
	json_object_set_new(
	    out, "covered_n", json_integer((json_int_t)r->covered.n));
}

/*
 * The Subject inside the signature, when the entity says that its header is
 * that of the mail: RFC 9788, and what mailers did before it.
 */
static void
put_subject(const struct message *entity, json_t *into)
{
	struct text type = TEXT_INIT, t = TEXT_INIT, label = TEXT_INIT;

	if (message_field(entity, "Content-Type", &type, NULL) == 1 &&
	    (param_find(type.p, type.n, "hp", &t, &label) ||
		param_find(type.p, type.n, "protected-headers", &t, &label))) {
		text_clear(&t);
		if (message_field(entity, "Subject", &t, NULL) == 1)
			record_set(into, "subject", t.p);
	}
	text_release(&type);
	text_release(&t);
	text_release(&label);
}

/* The text out of what is covered, under `signed` or `claimed`. */
static void
put_text(const struct reading *r, json_t *out, json_t *flag)
{
	json_t *into, *attachment, *claimed = object_in(out, "claimed");

	if (verify_passed(out)) {
		json_object_del(claimed, "text");
		into = object_in(out, "signed");
	} else if (r->encrypted)
		into = claimed;
	else
		return;
	if (!r->entity) {
		if (r->covered.n > 0)
			intake_decoded(into, "text",
			    r->charset.n > 0 ? r->charset.p : "", r->covered.p,
			    r->covered.n, flag);
		return;
	}
	if (into != claimed)
		put_subject(&r->inner, into);
	intake_text(&r->inner, into, flag);
	attachment = json_array();
	intake_attachments(&r->inner, attachment, flag);
	if (json_array_size(attachment) > 0)
		json_object_set(out, "attachment", attachment);
	else
		json_object_del(out, "attachment");
	json_decref(attachment);
}

/* The whole record: our fields first, then those of the mail. */
static json_t *
put_all(const struct reading *r, const struct message *m, json_t *plain)
{
	json_t *out = record_new("message", record_str(plain, "id"));
	json_t *flag = array_in(plain, "flag");

	put_facts(r, out);
	json_object_update_missing(out, plain);
	if (m != NULL) {
		put_flags(r, m, flag);
		put_text(r, out, flag);
	}
	return out;
}

/* Keep the attachments that put_all() listed: those of the covered entity,
 * else those of the mail. */
static int
keep(struct folder *to, const struct reading *r, const struct message *m,
    json_t **out, struct fail *f)
{
	bool inside = r->entity && (r->encrypted || verify_passed(*out));
	int code = 0;

	if (to != NULL)
		code = intake_keep(inside ? &r->inner : m,
		    json_object_get(*out, "attachment"), to, f);
	if (code != 0) {
		json_decref(*out);
		*out = NULL;
	}
	return code;
}

/* The mail as a message with its verdict. */
static int
judge(struct verify *v, const json_t *mail, const struct text *raw,
    json_t **out, struct fail *f)
{
	struct reading r = READING_INIT;
	struct message m = MESSAGE_INIT;
	json_t *plain = NULL;
	int code = intake_message(mail, &plain, f);

	if (code != 0)
		return code;
	r.keyring = &v->keyring;
	r.roster = v->roster;
	r.store = v->store;
	r.home = v->home;
	r.at = v->at;
	if (raw == NULL) {
		verdict_set(&r.verdict, "toolarge", "more than 10 MiB");
		*out = put_all(&r, NULL, plain);
	} else if (message_parse(&m, raw->p, raw->n, f) != 0) {
		reading_refused(&r.verdict, f);
		*f = (struct fail)FAIL_INIT;
		*out = put_all(&r, NULL, plain);
	} else if ((code = reading_judge(&r, &m, f)) == 0) {
		*out = put_all(&r, &m, plain);
		code = keep(v->folder, &r, &m, out, f);
	}
	json_decref(plain);
	message_release(&m);
	reading_release(&r);
	return code;
}

/* A record whose octets were too many to be kept. */
static bool
is_cut(const json_t *in)
{
	return json_object_get(in, "raw_b64") == NULL &&
	    (json_is_true(json_object_get(in, "too_large")) ||
		record_has(in, "flag", "toolarge"));
}

static int
judge_cut(struct verify *v, const json_t *in, json_t **out, struct fail *f)
{
	json_t *mail = record_new("mail", record_str(in, "id"));
	int code;

	json_object_set_new(mail, "too_large", json_true());
	json_object_set(mail, "raw_n", json_object_get(in, "raw_n"));
	code = judge(v, mail, NULL, out, f);
	json_decref(mail);
	return code;
}

static int
judge_octets(struct verify *v, const json_t *in, json_t **out, struct fail *f)
{
	struct text raw = TEXT_INIT;
	json_t *mail;
	int code;

	code = record_bytes(in, "raw_b64", &raw, f);
	if (code == 0) {
		mail = mail_of(&raw);
		code = judge(v, mail, &raw, out, f);
		json_decref(mail);
	}
	text_wipe(&raw);
	return code;
}

/* Read the form again out of the message, as the parser would have. */
static int
parse_again(const char *type, json_t **message, struct fail *f)
{
	json_t *out = NULL;
	int code = 0;

	if (strcmp(type, "poc") == 0)
		code = poc_record(*message, &out, f);
	else if (strcmp(type, "status") == 0)
		code = answer_record(*message, &out, f);
	else
		return 0;
	json_decref(*message);
	*message = code == 0 ? out : NULL;
	return code;
}

/* Fields that are neither ours nor the parsers': somebody else added them. */
static void
keep_others(const json_t *in, json_t *out)
{
	static const char *const ours[] = { "type", "id", "verdict", "why",
		"vendor", "primary_fpr", "signer_fpr", "signed_at", "flag",
		"covered_sha256", "covered_n", "claimed", "signed",
		"attachment", "case", "raw_b64", "raw_n", "too_large" };
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach((json_t *)(uintptr_t)in, key, value) {
		for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
			if (strcmp(key, ours[i]) == 0)
				break;
		if (i == sizeof(ours) / sizeof(ours[0]) &&
		    json_object_get(out, key) == NULL)
			json_object_set(out, key, value);
	}
}

int
verify_record(struct verify *v, const json_t *in, json_t **out, struct fail *f)
{
	int code;

	*out = NULL;
	if (is_cut(in))
		code = judge_cut(v, in, out, f);
	else
		code = judge_octets(v, in, out, f);
	if (code == 0)
		code = parse_again(record_str(in, "type"), out, f);
	if (code == 0)
		keep_others(in, *out);
	return code;
}

void
verify_release(struct verify *v)
{
	keyring_release(&v->keyring);
	poc_release();
	answer_release();
}
