#include "delivery.h"

#include <stdio.h>
#include <string.h>

#include "gate.h"
#include "hash.h"

/* Is it for this vendor and nobody else? */
static int
delivery_envelope(struct delivery *e, struct recipient *r, struct fail *f)
{
	const char *to = record_str(e->in, "to");
	const struct key *key;
	struct packet p;

	if (!recipient_is_open(e->in))
		return recipient_key(r, record_str(e->in, "fpr"), &key, f) !=
			0 ?
		    f->code :
		    recipient_mail(
			r, e->mail.p, e->mail.n, to, key, &e->envelope, &p, f);
	if (envelope_open(&e->envelope, e->mail.p, e->mail.n, f) != 0)
		return f->code;
	return strcmp(e->envelope.to, to) == 0 ?
	    0 :
	    fail(f, EX_NOPERM, "not sealed: the mail is to another address");
}

int
delivery_read(struct delivery *e, struct recipient *r, struct fail *f)
{
	const char *sha, *id;
	char hash[HASH_LEN];

	if ((recipient_is_open(e->in) ? recipient_reader(r, e->in, f) :
					recipient_row(r, e->in, f)) != 0 ||
	    record_need(e->in, "mail_sha256", &sha, f) != 0 ||
	    record_need(e->in, "message_id", &id, f) != 0 ||
	    record_bytes(e->in, "mail_b64", &e->mail, f) != 0)
		return f->code;
	hash_sha256(e->mail.p, e->mail.n, hash);
	if (strcmp(hash, sha) != 0)
		return fail(f, EX_NOPERM,
		    "field 'mail_sha256' is not the hash of the mail");
	if (delivery_envelope(e, r, f) != 0)
		return f->code;
	if (strcmp(e->envelope.message_id, id) != 0)
		return fail(
		    f, EX_NOPERM, "field 'message_id' is not that of the mail");
	return 0;
}

static int
delivery_rank(const char *tlp)
{
	static const char *const rank[] = { "CLEAR", "GREEN", "AMBER",
		"AMBER+STRICT" };
	size_t i;

	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		if (strcmp(rank[i], tlp) == 0)
			break;
	return (int)i;
}

/* A try that nothing ended. */
static int
delivery_doubt(
    struct delivery *e, const json_t *tried, bool hold, struct fail *f)
{
	const char *at = record_str(tried, "tried_at");
	const char *as = record_str(tried, "message_id");
	const char *to = record_str(tried, "to");

	if (at == NULL || as == NULL || to == NULL)
		return fail(f, EX_DATAERR, "the ledger has a broken try of it");
	if (strcmp(to, e->envelope.to) != 0)
		return fail(f, EX_NOPERM,
		    "in doubt: tried at %s to another address", at);
	if (strcmp(as, e->envelope.message_id) != 0)
		return fail(f, EX_NOPERM,
		    "in doubt: tried at %s with another Message-ID", at);
	if (hold)
		return fail(f, EX_TEMPFAIL,
		    "in doubt: tried at %s, never confirmed", at);
	if (!when_parse(at, &e->tried))
		return fail(f, EX_DATAERR, "the ledger has a broken try of it");
	return 0;
}

/* What the ledger knows of this notice. */
static int
delivery_past(
    struct delivery *e, const struct journal *j, bool hold, struct fail *f)
{
	const char *id = record_str(e->in, "id");
	const json_t *notice = journal_of(j, "notice", id);
	const json_t *tried = journal_of(j, "try", id);

	if (notice != NULL &&
	    delivery_rank(gate_tlp(e->in)) < delivery_rank(gate_tlp(notice)))
		return fail(f, EX_NOPERM,
		    "its TLP label is looser than that of the notice");
	return tried == NULL ? 0 : delivery_doubt(e, tried, hold, f);
}

/* A bounce of the same address. */
static int
delivery_bounced(const struct delivery *e, const json_t *bounce, struct fail *f)
{
	const char *at = record_str(bounce, "bounced_at");
	const char *to = record_str(bounce, "to");
	const char *reply = record_str(bounce, "reply");

	if (at == NULL || to == NULL || !record_is(e->in, "to", to))
		return 0;
	return fail(f, EX_UNAVAILABLE,
	    "bounced at %s%s%s; option '-y' sends it again", at,
	    reply == NULL ? "" : ": ", reply == NULL ? "" : reply);
}

void
delivery_check(struct delivery *e, struct recipient *r, const struct journal *j,
    bool hold, bool again)
{
	const char *id = record_str(e->in, "id");
	const json_t *sent = journal_of(j, "sent", id);
	const json_t *bounce = journal_of(j, "bounce", id);

	if (recipient_id(e->in, &e->fail) != 0)
		return;
	if (sent != NULL && (bounce == NULL || !again))
		e->out = json_copy((json_t *)(uintptr_t)sent);
	else if (delivery_read(e, r, &e->fail) == 0 &&
	    (bounce == NULL || again ||
		delivery_bounced(e, bounce, &e->fail) == 0))
		e->go = delivery_past(e, j, hold, &e->fail) == 0;
}

static json_t *
delivery_fact(const struct delivery *e, const char *type)
{
	static const char *const same[] = { "case", "vendor", "to",
		"message_id", "mail_sha256" };
	json_t *r = record_new(type, record_str(e->in, "id"));
	size_t i;

	for (i = 0; i < sizeof same / sizeof same[0]; i++)
		record_set(r, same[i], record_str(e->in, same[i]));
	return r;
}

static json_t *
delivery_at(json_t *r, const char *name, when_t t)
{
	char at[WHEN_LEN];

	when_format(t, at);
	record_set(r, name, at);
	return r;
}

json_t *
delivery_try(const struct delivery *e, when_t now)
{
	return delivery_at(delivery_fact(e, "try"), "tried_at", now);
}

struct parcel
delivery_parcel(const struct delivery *e, when_t now)
{
	struct parcel p = { .mail = e->mail.p,
		.n = e->mail.n,
		.from = e->envelope.from,
		.to = e->envelope.to,
		.again = e->tried != 0 };
	char hash[HASH_LEN];

	hash_sha256(
	    e->envelope.message_id, strlen(e->envelope.message_id), hash);
	snprintf(p.word, sizeof p.word, "%lld.%.32s",
	    (long long)(p.again ? e->tried : now), hash);
	return p;
}

/* The server's words, when there are any. */
static void
delivery_reply(json_t *r, const char *reply)
{
	record_set(r, "reply", reply[0] == '\0' ? NULL : reply);
}

/* The code of RFC 3463 behind that of RFC 5321, when there is one. */
static void
delivery_status(json_t *r, const char *reply)
{
	const char *p = reply[0] == '\0' ? reply : reply + 4;
	const size_t n = strcspn(p, " ");
	char status[16];

	if (n < 5 || n >= sizeof status || strspn(p, "0123456789.") != n ||
	    p[1] != '.')
		return;
	snprintf(status, sizeof status, "%.*s", (int)n, p);
	record_set(r, "status", status);
}

static json_t *
delivery_refused(const struct delivery *e, const struct parcel *p, when_t now)
{
	const bool ever = p->end == SMTP_NEVER;
	json_t *r = delivery_fact(e, ever ? "bounce" : "deferred");

	json_object_del(r, "mail_sha256");
	if (ever)
		delivery_status(r, p->reply);
	delivery_reply(r, p->reply);
	return delivery_at(r, ever ? "bounced_at" : "deferred_at", now);
}

json_t *
delivery_end(struct delivery *e, const struct parcel *p,
    const struct journal *j, const char *via, when_t now)
{
	const char *id = record_str(e->in, "id");

	e->fail = p->fail;
	if (p->end == SMTP_DOUBT)
		return NULL;
	if (p->end != SMTP_TAKEN)
		return delivery_refused(e, p, now);
	e->out = delivery_fact(e, "sent");
	if (p->found)
		record_set(e->out, "mail_sha256",
		    record_str(journal_of(j, "try", id), "mail_sha256"));
	record_set(e->out, "via", via);
	delivery_reply(e->out, p->reply);
	delivery_at(e->out, "sent_at", now);
	return NULL;
}

void
delivery_release(struct delivery *e)
{
	json_decref(e->in);
	json_decref(e->out);
	text_release(&e->mail);
}
