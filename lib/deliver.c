#include "deliver.h"

#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "process.h"

enum {
	DELIVER_MOST = 1000000, /* the number of -M */
	DELIVER_WAIT = 3600,	/* seconds of -W */
};

static int
deliver_number(
    const char *s, const char *option, long max, long *n, struct fail *f)
{
	if (s == NULL || (text_count(s, max, n) && *n > 0))
		return 0;
	return fail(f, EX_USAGE, "option '%s' wants a number from 1 to %ld",
	    option, max);
}

/* What was asked for in numbers and addresses. */
static int
deliver_asked(struct deliver *d, struct fail *f)
{
	long wait = SMTP_WAIT;

	if (pace_read(&d->pace, d->rate, f) != 0 ||
	    deliver_number(
		d->most, "-M", DELIVER_MOST, &d->post.smtp.most, f) != 0 ||
	    deliver_number(d->wait, "-W", DELIVER_WAIT, &wait, f) != 0)
		return f->code;
	d->post.smtp.dialog.wait = (unsigned)wait;
	if (d->proof != NULL && !envelope_address(d->proof))
		return fail(f, EX_USAGE,
		    "option '-p' wants a bare address such as "
		    "vuls@centre.example");
	return 0;
}

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
	if (deliver_asked(d, f) != 0 ||
	    when_now(d->now, &d->recipient.now, f) != 0 ||
	    recipient_open(&d->recipient, roster, store, f) != 0)
		return f->code;
	return post_open(&d->post, spec, d->password, d->dry, f);
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

/* Fail all of batch[i..end) that may leave. */
static void
deliver_stop(struct deliver *d, size_t i, size_t end, const struct fail *f)
{
	for (; i < end; i++) {
		if (!d->batch[i].go)
			continue;
		d->batch[i].go = false;
		d->batch[i].fail = *f;
	}
}

/* What is known, on disk. */
static int
deliver_keep(struct stream *s, struct fail *f)
{
	return stream_flush(s) == 0 ?
	    0 :
	    fail(f, EX_TEMPFAIL, "nothing can be kept");
}

/* Keep a `try` of each, on disk, with all that is known of those before. */
static int
deliver_try(struct deliver *d, struct stream *s, size_t i, size_t end,
    when_t *now, struct fail *f)
{
	json_t *r;

	if (when_now(d->now, now, f) != 0)
		return f->code;
	for (; i < end; i++) {
		if (!d->batch[i].go)
			continue;
		r = delivery_try(&d->batch[i], *now);
		ledger_add(&s->ledger, r);
		json_decref(r);
	}
	return deliver_keep(s, f);
}

static void
deliver_hand_over(
    struct deliver *d, struct stream *s, size_t i, size_t end, when_t tried)
{
	struct parcel *parcel = process_alloc((end - i) * sizeof *parcel);
	struct fail f = FAIL_INIT;
	when_t now = tried;
	size_t k, n = 0;
	json_t *r;

	for (k = i; k < end; k++)
		if (d->batch[k].go)
			parcel[n++] = delivery_parcel(&d->batch[k], tried);
	post_hand_over(&d->post, parcel, n);
	when_now(d->now, &now, &f);
	for (k = i, n = 0; k < end; k++) {
		if (!d->batch[k].go)
			continue;
		r = delivery_end(
		    &d->batch[k], &parcel[n++], &d->journal, d->post.via, now);
		if (r != NULL)
			ledger_add(&s->ledger, r);
		json_decref(r);
	}
	free(parcel);
}

/* Batch[i..end) leaves together. */
static void
deliver_group(struct deliver *d, struct stream *s, size_t i, size_t end)
{
	struct fail f = FAIL_INIT;
	when_t now;
	size_t k = i;

	while (k < end && !d->batch[k].go)
		k++;
	if (k < end &&
	    post_ready(&d->post, d->batch[k].envelope.from, &f) == 0 &&
	    deliver_try(d, s, i, end, &now, &f) == 0) {
		pace_mark(&d->pace);
		deliver_hand_over(d, s, i, end, now);
	}
	if (f.code != 0)
		deliver_stop(d, i, end, &f);
	for (; i < end; i++)
		deliver_put(d, s, &d->batch[i]);
}

static void
deliver_pretend(struct deliver *d, struct stream *s)
{
	struct delivery *e;
	size_t i;

	for (i = 0; i < d->n; i++) {
		e = &d->batch[i];
		if (e->go || e->out != NULL) {
			text_addf(&d->said, "%s: %s to %s by %s\n",
			    record_str(e->in, "id"),
			    e->go ? "would go" : "went already",
			    record_str(e->in, "to"), d->post.via);
			json_decref(e->out);
			e->out = json_incref(e->in);
		}
		deliver_put(d, s, e);
	}
}

/* Look up, in the ledger as it is now, what is known of the batch. */
static void
deliver_look(struct deliver *d)
{
	struct fail f = FAIL_INIT;
	size_t i;

	journal_clear(&d->journal);
	for (i = 0; i < d->n; i++)
		journal_ask(&d->journal, record_str(d->batch[i].in, "id"));
	journal_look(&d->journal, &f);
	for (i = 0; i < d->n; i++) {
		d->batch[i].fail = f;
		if (f.code == 0 && d->batch[i].twin == i)
			delivery_check(&d->batch[i], &d->recipient, &d->journal,
			    d->hold, d->again);
	}
}

static void
deliver_send(struct deliver *d, struct stream *s)
{
	const size_t group = post_together(&d->post) ? d->n : 1;
	size_t i;

	if (d->dry)
		deliver_pretend(d, s);
	for (i = 0; i < d->n && !d->dry; i += group)
		deliver_group(d, s, i, i + group < d->n ? i + group : d->n);
}

static void
deliver_flush(struct deliver *d, struct stream *s)
{
	struct fail f = FAIL_INIT;
	size_t i;

	if (deliver_keep(s, &f) == 0 && !d->dry) {
		pace_wait(&d->pace);
		journal_lock(&d->journal, &f);
	}
	if (f.code == 0)
		deliver_look(d);
	for (i = 0; i < d->n && f.code != 0; i++)
		d->batch[i].fail = f;
	deliver_send(d, s);
	stream_flush(s);
	if (!d->dry)
		journal_unlock(&d->journal);
	for (i = 0; i < d->n; i++)
		delivery_release(&d->batch[i]);
	d->n = d->octets = 0;
}

/* May it go to the coordinator, at an address of the centre's own? */
static int
deliver_provable(struct deliver *d, struct delivery *e)
{
	struct fail *f = &e->fail;

	if (recipient_id(e->in, f) != 0 ||
	    delivery_read(e, &d->recipient, f) != 0)
		return f->code;
	return strcasecmp(
		   strchr(d->proof, '@'), strchr(e->envelope.from, '@')) == 0 ?
	    0 :
	    fail(f, EX_NOPERM,
		"option '-p': a proof goes to an address at '%s' only",
		strchr(e->envelope.from, '@') + 1);
}

static int
deliver_copy(struct deliver *d, struct stream *s, struct delivery *e)
{
	struct fail *f = &e->fail;
	struct parcel p;
	when_t now;

	if (when_now(d->now, &now, f) != 0)
		return f->code;
	p = delivery_parcel(e, now);
	p.to = d->proof;
	p.word[strlen(p.word) - 1] = 'p';
	if (post_ready(&d->post, p.from, f) != 0)
		return f->code;
	post_hand_over(&d->post, &p, 1);
	json_decref(delivery_end(e, &p, &d->journal, d->post.via, now));
	if (f->code != 0)
		return f->code;
	record_set(e->out, "type", "proof");
	record_set(e->out, "to", d->proof);
	stream_put(s, json_incref(e->out));
	return 0;
}

static int
deliver_proof(struct deliver *d, struct stream *s, struct delivery *e)
{
	if (deliver_provable(d, e) != 0)
		return e->fail.code;
	if (!d->dry)
		return deliver_copy(d, s, e);
	text_addf(&d->said, "%s: a proof would go to %s by %s\n",
	    record_str(e->in, "id"), d->proof, d->post.via);
	return 0;
}

static void
deliver_prove(struct deliver *d, struct stream *s, const json_t *sealed)
{
	struct delivery e = { .in = json_incref((json_t *)(uintptr_t)sealed) };
	struct text line = TEXT_INIT;

	if (!d->proved && deliver_proof(d, s, &e) != 0) {
		s->fail = e.fail;
		stream_reject(s, sealed);
	} else {
		d->proved = true;
		record_line(sealed, &line);
		stream_write(s, line.p, line.n);
	}
	text_release(&line);
	delivery_release(&e);
}

void
deliver_record(struct deliver *d, struct stream *s, const json_t *sealed)
{
	const size_t most = d->pace.every != 0 ? 1 : DELIVER_BATCH;
	struct delivery *e = &d->batch[d->n];
	const char *id = record_str(sealed, "id"), *mail;

	if (d->proof != NULL) {
		deliver_prove(d, s, sealed);
		return;
	}
	*e = (struct delivery){ .in = json_incref((json_t *)(uintptr_t)sealed),
		.line = s->input.line };
	while (strcmp(record_str(d->batch[e->twin].in, "id"), id) != 0)
		e->twin++;
	mail = record_str(sealed, "mail_b64");
	d->octets += mail == NULL ? 0 : strlen(mail);
	d->n++;
	if (d->n == most || d->octets > DELIVER_OCTETS || !ahead(s))
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
