#include "mailing.h"

#include "kept.h"
#include "notice.h"

void
mailing_add(json_t *due, const json_t *row, const char *kind, const char *word,
    json_t *about)
{
	json_t *one = json_object();

	json_object_set(one, "row", (json_t *)row);
	record_set(one, "kind", kind);
	record_set(one, "word", word);
	json_object_set_new(one, "about", about);
	json_array_append_new(due, one);
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	struct mailing *m = arg;

	(void)f;
	json_object_set_new(m->sent, record_str(r, "id"), json_true());
	return 0;
}

/* What was sent. */
static int
look(struct mailing *m, const char *ledger, struct fail *f)
{
	const struct kept sent = { .path = ledger,
		.types = "sent",
		.word = "\"sent\",\"id\":\"vendor/" };

	m->sent = json_object();
	return ledger == NULL ? 0 : kept_fold(&sent, take, m, f);
}

/* *NOTICE is NULL when it was sent. */
static int
write_one(struct mailing *m, const json_t *due, json_t **notice, struct fail *f)
{
	const json_t *about = json_object_get(due, "about");
	const json_t *row = json_object_get(due, "row");
	const char *kind = record_str(due, "kind");
	json_t *n = notice_plain(row, kind, record_str(due, "word"));

	*notice = NULL;
	if (json_object_get(m->sent, record_str(n, "id")) != NULL) {
		json_decref(n);
		return 0;
	}
	if (record_str(row, "email") == NULL)
		fail(f, EX_DATAERR, "%s: no address to write to",
		    record_str(row, "vendor"));
	else if (letter_write(&m->letter, kind, about, row, n, f) == 0)
		*notice = n;
	if (*notice != NULL)
		return 0;
	json_decref(n);
	return f->code;
}

int
mailing_put(
    struct mailing *m, const char *ledger, json_t *due, struct stream *s)
{
	json_t *one, *notice;
	size_t i;

	if (look(m, ledger, &s->fail) != 0) {
		json_decref(due);
		return stream_fail(s);
	}
	json_array_foreach(due, i, one)
		if (write_one(m, one, &notice, &s->fail) != 0)
			stream_reject(s, json_object_get(one, "row"));
		else
			stream_put(s, notice);
	json_decref(due);
	return stream_close(s);
}

void
mailing_release(struct mailing *m)
{
	letter_release(&m->letter);
	json_decref(m->sent);
	*m = (struct mailing)MAILING_INIT;
}
