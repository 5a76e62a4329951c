#include "replay.h"

#include <string.h>

#include "kept.h"

enum {
	REPLAY_ID = 5 + 32, /* "mail/" and 32 digits */
};

struct look {
	const char *sha256;
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
	    record_str(r, "id") != NULL;
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	struct look *look = arg;

	(void)f;
	if (look->first[0] == '\0' && is_signed(r) &&
	    record_is(r, "covered_sha256", look->sha256))
		mail_id(record_str(r, "id"), look->first);
	return 0;
}

int
replay_look(const struct replay *r, const char *sha256, const char *id,
    bool *again, struct fail *f)
{
	struct look look = { .sha256 = sha256 };
	const struct kept mails = {
		.path = r->ledger,
		.types = "message poc status",
		.word = sha256,
	};
	const char *met;

	*again = false;
	if (r->ledger == NULL)
		return 0;
	if (kept_fold(&mails, take, &look, f) != 0)
		return f->code;
	met = look.first[0] != '\0' ? look.first : record_str(r->met, sha256);
	*again = met != NULL && strcmp(met, id) != 0;
	return 0;
}

void
replay_note(struct replay *r, const json_t *record)
{
	char id[REPLAY_ID + 1];
	const char *sha256;

	if (r->ledger == NULL || !is_signed(record))
		return;
	if (r->met == NULL)
		r->met = json_object();
	sha256 = record_str(record, "covered_sha256");
	mail_id(record_str(record, "id"), id);
	if (record_str(r->met, sha256) == NULL)
		record_set(r->met, sha256, id);
}

void
replay_release(struct replay *r)
{
	json_decref(r->met);
	*r = (struct replay)REPLAY_INIT;
}
