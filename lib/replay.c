#include "replay.h"

#include <string.h>

#include "kept.h"

enum {
	REPLAY_ID = 5 + 32, /* "mail/" and 32 digits */
};

struct look {
	const char *sha256, *vendor;
	char first[REPLAY_ID + 1]; /* the mail, or "" */
};

/* Records of one mail begin with its id: mail/HASH, mail/HASH/poc. */
static void
mail_id(const char *id, char out[REPLAY_ID + 1])
{
	size_t n = strnlen(id, REPLAY_ID);

	memcpy(out, id, n);
	out[n] = '\0';
}

static bool
is_signed(const json_t *r)
{
	return record_is(r, "verdict", "signed") &&
	    record_str(r, "covered_sha256") != NULL &&
	    record_str(r, "vendor") != NULL && record_str(r, "id") != NULL;
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	struct look *look = arg;

	(void)f;
	if (look->first[0] == '\0' && is_signed(r) &&
	    record_is(r, "covered_sha256", look->sha256) &&
	    record_is(r, "vendor", look->vendor))
		mail_id(record_str(r, "id"), look->first);
	return 0;
}

/* One vendor's text, as a key of what was met. */
static void
text_key(struct text *key, const char *sha256, const char *vendor)
{
	text_addf(key, "%s %s", sha256, vendor);
}

int
replay_look(const struct replay *r, const char *sha256, const char *vendor,
    const char *id, bool *again, struct fail *f)
{
	struct look look = { .sha256 = sha256, .vendor = vendor };
	const struct kept mails = {
		.path = r->ledger,
		.types = "message poc status",
		.word = sha256,
	};
	struct text key = TEXT_INIT;
	const char *met = look.first;
	int code;

	*again = false;
	if (r->ledger == NULL)
		return 0;
	code = kept_fold(&mails, take, &look, f);
	if (code == EX_DATAERR)
		f->code = EX_CONFIG;
	if (code != 0)
		return f->code;
	text_key(&key, sha256, vendor);
	if (look.first[0] == '\0')
		met = record_str(r->met, key.p);
	*again = met != NULL && strcmp(met, id) != 0;
	text_release(&key);
	return 0;
}

void
replay_note(struct replay *r, const json_t *record)
{
	struct text key = TEXT_INIT;
	char id[REPLAY_ID + 1];

	if (r->ledger == NULL || !is_signed(record))
		return;
	if (r->met == NULL)
		r->met = json_object();
	text_key(&key, record_str(record, "covered_sha256"),
	    record_str(record, "vendor"));
	mail_id(record_str(record, "id"), id);
	if (record_str(r->met, key.p) == NULL)
		record_set(r->met, key.p, id);
	text_release(&key);
}

void
replay_release(struct replay *r)
{
	json_decref(r->met);
	*r = (struct replay)REPLAY_INIT;
}
