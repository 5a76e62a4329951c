#include "verify.h"

#include <string.h>

#include "answer.h"
#include "finding.h"
#include "hash.h"
#include "intake.h"
#include "poc.h"

typedef int parse(struct message *m, const char *raw, size_t n, struct fail *f);

bool
verify_passed(const json_t *r)
{
	return record_is(r, "verdict", "signed");
}

/* A record of type mail with the octets of IN and nothing else of it. */
static json_t *
mail_of(const json_t *in, const struct text *raw)
{
	char sha[HASH_LEN];
	struct text id = TEXT_INIT;
	json_t *mail;

	hash_sha256(raw->p, raw->n, sha);
	text_addf(&id, "mail/%.32s", sha);
	mail = record_new("mail", id.p);
	json_object_set(mail, "raw_b64", json_object_get(in, "raw_b64"));
	text_release(&id);
	return mail;
}

/* Keep the attachments that the record lists: those of the covered entity,
 * else those of the mail. */
static int
keep(struct folder *to, const struct reading *r, const struct message *m,
    const json_t *out, struct fail *f)
{
	const struct message *of = finding_source(r, m);

	if (to == NULL || of == NULL)
		return 0;
	return intake_keep(of, json_object_get(out, "attachment"), to, f);
}

/* Only a text that is signed so far is worth a look into the ledger. */
static int
look_back(struct verify *v, struct reading *r, const char *id, struct fail *f)
{
	bool again;

	if (!verdict_passed(&r->verdict))
		return 0;
	if (replay_look(&v->replay, r->covered_sha256,
		record_str(r->row, "vendor"), id, &again, f) != 0)
		return f->code;
	if (again)
		verdict_set(&r->verdict, "replay",
		    "the same signed text came before in another mail");
	return 0;
}

/* A mail that was read: not 0 is never about the mail. *out stays NULL when it
 * was read as GMime does not: whatever came of it is nothing. */
static int
judge_read(struct verify *v, struct reading *r, struct message *m,
    const json_t *plain, json_t **out, struct fail *f)
{
	int code = reading_judge(r, m, f);

	if (!message_agreed(m)) {
		*f = (struct fail)FAIL_INIT;
		return 0;
	}
	if (code != 0 || look_back(v, r, record_str(plain, "id"), f) != 0)
		return f->code;
	*out = finding_record(r, m, plain);
	return keep(v->folder, r, m, *out, f);
}

static bool
has_armor(const struct text *raw)
{
	static const char begin[] = "-----BEGIN PGP ";

	return memmem(raw->p, raw->n, begin, sizeof begin - 1) != NULL;
}

/* The mail, as PARSE reads it, as a message with its verdict, `error` when not
 * 0. */
static int
judge_parsed(struct verify *v, const json_t *mail, const struct text *raw,
    parse *parse_mail, json_t **out, struct fail *f)
{
	struct reading r = READING_INIT;
	struct message m = MESSAGE_INIT;
	struct fail refused = FAIL_INIT;
	json_t *plain;
	bool read;
	int code = 0;

	read = raw != NULL && parse_mail(&m, raw->p, raw->n, &refused) == 0;
	plain = intake_read(mail, read ? &m : NULL, &refused);
	r.keyring = &v->keyring;
	r.lookup = v->lookup;
	r.store = v->store;
	r.home = v->home;
	r.at = v->at;
	if (read) {
		code = judge_read(v, &r, &m, plain, out, f);
	} else {
		if (raw == NULL)
			verdict_set(&r.verdict, "toolarge", "more than 10 MiB");
		else
			verdict_refused(&r.verdict, &refused);
		*out = finding_record(&r, NULL, plain);
	}
	if (code != 0) {
		json_decref(*out);
		*out = finding_error(plain, f);
	}
	json_decref(plain);
	message_release(&m);
	reading_release(&r);
	return code;
}

/* GMime is asked after gpg, which it would make dear to start; and where it
 * sees another mail, all is judged again, as GMime's answers have it. */
static int
judge(struct verify *v, const json_t *mail, const struct text *raw,
    json_t **out, struct fail *f)
{
	int code;

	if (v->store != NULL && raw != NULL && has_armor(raw))
		keyring_start(&v->keyring);
	code = judge_parsed(v, mail, raw, message_presume, out, f);
	if (code == 0 && *out == NULL)
		code = judge_parsed(v, mail, raw, message_parse, out, f);
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
		mail = mail_of(in, &raw);
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
	if (code != 0)
		return code;
	keep_others(in, *out);
	replay_note(&v->replay, *out);
	return 0;
}

void
verify_release(struct verify *v)
{
	keyring_release(&v->keyring);
	replay_release(&v->replay);
	poc_release();
	answer_release();
}
