#include "deliver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "hash.h"
#include "process.h"

struct delivery {
	json_t *in, *out;
	size_t line; /* of IN in the input */
	size_t twin; /* an earlier one with the same id, or its own place */
	struct text mail;
	struct envelope envelope;
	struct fail fail;
	when_t tried; /* first time, or 0: never */
	bool go;      /* it may leave */
};

int
deliver_open(struct deliver *d, const char *roster, const char *store,
    const char *ledger, const char *spec, struct fail *f)
{
	if (ledger == NULL)
		return fail(f, EX_USAGE,
		    "-l ledger is needed: without it a mail could go out "
		    "twice");
	d->journal.ledger = ledger;
	d->batch = process_alloc(DELIVER_BATCH * sizeof *d->batch);
	if (when_now(d->now, &d->recipient.now, f) != 0 ||
	    recipient_open(&d->recipient, roster, store, f) != 0)
		return f->code;
	return post_open(&d->post, spec, d->dry, f);
}

/* Is it for this vendor and nobody else? */
static int
deliver_envelope(struct deliver *d, struct delivery *e, struct fail *f)
{
	const char *to = record_str(e->in, "to");
	const struct key *key;
	struct packet p;

	if (!recipient_is_open(e->in))
		return recipient_key(&d->recipient, record_str(e->in, "fpr"),
			   &key, f) != 0 ?
		    f->code :
		    recipient_mail(
			e->mail.p, e->mail.n, to, key, &e->envelope, &p, f);
	if (envelope_open(&e->envelope, e->mail.p, e->mail.n, f) != 0)
		return f->code;
	return strcmp(e->envelope.to, to) == 0 ?
	    0 :
	    fail(f, EX_NOPERM, "not sealed: the mail is to another address");
}

static int
deliver_mail(struct deliver *d, struct delivery *e, struct fail *f)
{
	const char *sha, *id;
	char hash[HASH_LEN];

	if ((recipient_is_open(e->in) ?
		    recipient_reader(&d->recipient, e->in, f) :
		    recipient_row(&d->recipient, e->in, f)) != 0 ||
	    record_need(e->in, "mail_sha256", &sha, f) != 0 ||
	    record_need(e->in, "message_id", &id, f) != 0 ||
	    record_bytes(e->in, "mail_b64", &e->mail, f) != 0)
		return f->code;
	hash_sha256(e->mail.p, e->mail.n, hash);
	if (strcmp(hash, sha) != 0)
		return fail(f, EX_NOPERM,
		    "field 'mail_sha256' is not the hash of the mail");
	if (deliver_envelope(d, e, f) != 0)
		return f->code;
	if (strcmp(e->envelope.message_id, id) != 0)
		return fail(
		    f, EX_NOPERM, "field 'message_id' is not that of the mail");
	return 0;
}

static int
deliver_rank(const char *tlp)
{
	static const char *const rank[] = { "CLEAR", "GREEN", "AMBER",
		"AMBER+STRICT" };
	size_t i;

	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		if (strcmp(rank[i], tlp) == 0)
			break;
	return (int)i;
}

/* What the ledger knows of this notice. */
static int
deliver_past(struct deliver *d, struct delivery *e, struct fail *f)
{
	const char *id = record_str(e->in, "id");
	const json_t *notice = journal_of(&d->journal, "notice", id);
	const json_t *tried = journal_of(&d->journal, "try", id);
	const char *at, *as, *to;

	if (notice != NULL &&
	    deliver_rank(gate_tlp(e->in)) < deliver_rank(gate_tlp(notice)))
		return fail(f, EX_NOPERM,
		    "its TLP label is looser than that of the notice");
	if (tried == NULL)
		return 0;
	at = record_str(tried, "tried_at");
	as = record_str(tried, "message_id");
	to = record_str(tried, "to");
	if (at == NULL || as == NULL || to == NULL)
		return fail(f, EX_DATAERR, "the ledger has a broken try of it");
	if (strcmp(to, e->envelope.to) != 0)
		return fail(f, EX_NOPERM,
		    "in doubt: tried at %s to another address", at);
	if (strcmp(as, e->envelope.message_id) != 0)
		return fail(f, EX_NOPERM,
		    "in doubt: tried at %s with another Message-ID", at);
	if (d->hold)
		return fail(f, EX_TEMPFAIL,
		    "in doubt: tried at %s, never confirmed", at);
	if (!when_parse(at, &e->tried))
		return fail(f, EX_DATAERR, "the ledger has a broken try of it");
	return 0;
}

static void
deliver_check(struct deliver *d, struct delivery *e)
{
	const json_t *sent =
	    journal_of(&d->journal, "sent", record_str(e->in, "id"));

	if (recipient_id(e->in, &e->fail) != 0)
		return;
	if (sent != NULL)
		e->out = json_copy((json_t *)sent);
	else if (deliver_mail(d, e, &e->fail) == 0)
		e->go = deliver_past(d, e, &e->fail) == 0;
}

/* `try` or `sent`. */
static json_t *
deliver_fact(const struct delivery *e, const char *type)
{
	static const char *const same[] = { "case", "vendor", "to",
		"message_id", "mail_sha256" };
	json_t *r = record_new(type, record_str(e->in, "id"));
	size_t i;

	for (i = 0; i < sizeof same / sizeof same[0]; i++)
		record_set(r, same[i], record_str(e->in, same[i]));
	return r;
}

/* Keep a `try` of every mail that may leave, on disk. */
static int
deliver_try(struct deliver *d, struct stream *s, when_t now, struct fail *f)
{
	char at[WHEN_LEN];
	json_t *r;
	size_t i;

	when_format(now, at);
	for (i = 0; i < d->n; i++) {
		if (!d->batch[i].go)
			continue;
		r = deliver_fact(&d->batch[i], "try");
		record_set(r, "tried_at", at);
		ledger_add(&s->ledger, r);
		json_decref(r);
	}
	return ledger_sync(&s->ledger, f);
}

static void
deliver_sent(struct deliver *d, struct delivery *e, const struct parcel *p)
{
	char at[WHEN_LEN];
	when_t now;

	e->fail = p->fail;
	if (e->fail.code != 0 || when_now(d->now, &now, &e->fail) != 0)
		return;
	when_format(now, at);
	e->out = deliver_fact(e, "sent");
	if (p->found)
		record_set(e->out, "mail_sha256",
		    record_str(
			journal_of(&d->journal, "try", record_str(e->in, "id")),
			"mail_sha256"));
	record_set(e->out, "via", d->post.via);
	record_set(e->out, "sent_at", at);
}

static struct parcel
deliver_parcel(const struct delivery *e, when_t now)
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

/* NOW is the time that the `try` of these mails says. */
static void
deliver_hand_over(struct deliver *d, when_t now)
{
	struct parcel *parcel = process_alloc(d->n * sizeof *parcel);
	size_t i, n = 0;

	for (i = 0; i < d->n; i++)
		if (d->batch[i].go)
			parcel[n++] = deliver_parcel(&d->batch[i], now);
	post_hand_over(&d->post, parcel, n);
	for (i = n = 0; i < d->n; i++)
		if (d->batch[i].go)
			deliver_sent(d, &d->batch[i], &parcel[n++]);
	free(parcel);
}

static void
deliver_pretend(struct deliver *d)
{
	struct delivery *e;
	size_t i;

	for (i = 0; i < d->n; i++) {
		e = &d->batch[i];
		if (!e->go && e->out == NULL)
			continue;
		text_addf(&d->said, "%s: %s to %s by %s\n",
		    record_str(e->in, "id"),
		    e->go ? "would go" : "went already",
		    record_str(e->in, "to"), d->post.via);
		json_decref(e->out);
		e->out = json_incref(e->in);
	}
}

static int
deliver_send(struct deliver *d, struct stream *s, struct fail *f)
{
	when_t now;
	size_t i;

	if (when_now(d->now, &now, f) != 0)
		return f->code;
	journal_clear(&d->journal);
	for (i = 0; i < d->n; i++)
		journal_ask(&d->journal, record_str(d->batch[i].in, "id"));
	if (journal_look(&d->journal, f) != 0)
		return f->code;
	for (i = 0; i < d->n; i++)
		if (d->batch[i].twin == i)
			deliver_check(d, &d->batch[i]);
	if (d->dry) {
		deliver_pretend(d);
		return 0;
	}
	if (deliver_try(d, s, now, f) != 0)
		return f->code;
	deliver_hand_over(d, now);
	return 0;
}

static void
deliver_put(struct deliver *d, struct stream *s, struct delivery *e)
{
	const struct delivery *of = &d->batch[e->twin];
	size_t line = s->input.line;

	if (of->fail.code == 0) {
		stream_put(s, json_copy(of->out));
		return;
	}
	s->fail = of->fail;
	s->input.line = e->line;
	stream_reject(s, e->in);
	s->input.line = line;
}

static void
deliver_flush(struct deliver *d, struct stream *s)
{
	struct fail f = FAIL_INIT;
	struct delivery *e;
	size_t i;
	bool held = !d->dry;

	if (stream_flush(s) != 0)
		fail(&f, EX_TEMPFAIL, "nothing can be kept");
	else if (!held || journal_lock(&d->journal, &f) == 0)
		deliver_send(d, s, &f);
	for (i = 0; i < d->n; i++) {
		e = &d->batch[i];
		if (e->out == NULL && e->fail.code == 0 && e->twin == i)
			e->fail = f;
	}
	for (i = 0; i < d->n; i++)
		deliver_put(d, s, &d->batch[i]);
	stream_flush(s);
	if (held)
		journal_unlock(&d->journal);
	for (i = 0; i < d->n; i++) {
		e = &d->batch[i];
		json_decref(e->in);
		json_decref(e->out);
		text_release(&e->mail);
	}
	d->n = d->octets = 0;
}

/* Is another record for us here, directly behind this one? */
static bool
deliver_more(struct stream *s)
{
	struct fail f = FAIL_INIT;
	const char *p, *type;
	size_t n, len;

	return input_more(&s->input, &p, &n, &f) &&
	    record_type(p, n, &type, &len, &f) == 0 &&
	    record_among(s->prog->takes, type, len);
}

void
deliver_record(struct deliver *d, struct stream *s, const json_t *sealed)
{
	struct delivery *e = &d->batch[d->n];
	const char *id = record_str(sealed, "id"), *mail;

	*e = (struct delivery){ .in = json_incref((json_t *)sealed),
		.line = s->input.line };
	while (strcmp(record_str(d->batch[e->twin].in, "id"), id) != 0)
		e->twin++;
	mail = record_str(sealed, "mail_b64");
	d->octets += mail == NULL ? 0 : strlen(mail);
	d->n++;
	if (d->n == post_batch(&d->post, DELIVER_BATCH) ||
	    d->octets > DELIVER_OCTETS || !deliver_more(s))
		deliver_flush(d, s);
}

void
deliver_release(struct deliver *d)
{
	recipient_release(&d->recipient);
	journal_release(&d->journal);
	post_release(&d->post);
	text_release(&d->said);
	free(d->batch);
	*d = (struct deliver)DELIVER_INIT;
}
