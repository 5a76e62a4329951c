#include "trial.h"

#include <string.h>

#include "health.h"

#define WORDS "This mail tries a key, and is not sent.\n"

static int
prove_signer(struct seal *seal, struct fail *f)
{
	struct text words = TEXT_INIT, armor = TEXT_INIT;
	char micalg[16];
	int code;

	text_puts(&words, WORDS);
	code = keyring_sign(&seal->recipient.keyring, seal->home, seal->signer,
	    &words, &armor, micalg, f);
	text_release(&words);
	text_release(&armor);
	return code;
}

/* It has no label, so it is RED, and never signed only. */
static json_t *
notice_for(const json_t *row)
{
	struct text id = TEXT_INIT;
	json_t *n;

	text_addf(&id, "vendor/%s/health/trial", record_str(row, "vendor"));
	n = record_new("notice", id.p);
	text_release(&id);
	record_set(n, "vendor", record_str(row, "vendor"));
	record_set(n, "to", record_str(row, "email"));
	record_set(n, "fpr", record_str(row, "fpr"));
	record_set(n, "subject", WORDS);
	record_set(n, "text", WORDS);
	return n;
}

static int
seal_for(struct seal *seal, const json_t *row, struct fail *f)
{
	json_t *notice, *sealed;
	struct sealing g;
	int code;

	if (record_str(row, "email") == NULL)
		return fail(f, EX_NOPERM, "no address to write to");
	notice = notice_for(row);
	seal_begin(seal, notice, &g);
	code = seal_end(seal, &g, &sealed, f);
	json_decref(notice);
	json_decref(sealed);
	return code;
}

/* What is to be said of the key when sealing ended with F; or NULL. */
static json_t *
health_of(const struct recipient *r, const json_t *row, const struct fail *f)
{
	static const char word[] = "cannot-encrypt";
	struct fail other = FAIL_INIT;
	json_t *health;

	if (f->code == EX_NOPERM && strncmp(f->why, word, strlen(word)) == 0)
		return health_new(row, word);
	if (health_row(row, r->store, r->now, &health, &other) != 0)
		return health_new(row, "unpinned");
	return health;
}

static int
try_row(struct seal *seal, const json_t *row, struct stream *s)
{
	struct fail *f = &s->fail;
	int code;

	f->code = 0;
	code = seal_for(seal, row, f);
	if (code == EX_TEMPFAIL || code == EX_UNAVAILABLE)
		return code;
	stream_put(s, health_of(&seal->recipient, row, f));
	stream_count(s);
	if (code == 0)
		return 0;
	fail_in(f, "%s", record_str(row, "vendor"));
	stream_reject(s, NULL);
	return 0;
}

int
trial_put(struct seal *seal, struct stream *s)
{
	const struct roster *r = &seal->recipient.roster;
	int code = prove_signer(seal, &s->fail);
	json_t *row;

	for (size_t i = 0; i < r->n && code == 0 && !s->broken; i++) {
		row = roster_new_row(r, i);
		if (roster_registered(row))
			code = try_row(seal, row, s);
		json_decref(row);
		stream_say(s, &seal->said);
	}
	return code == 0 ? stream_close(s) : stream_fail(s);
}
