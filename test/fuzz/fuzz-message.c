/* message, intake, protect: whatever is asked of a mail, and of the entity in
 * it. */

#include "fuzz.h"

#include "intake.h"
#include "mailbox.h"
#include "protect.h"
#include "schema.h"

static void
check_field(const struct message *m, const char *name)
{
	struct text t = TEXT_INIT;
	unsigned flags = 0;
	size_t i;

	message_field(m, name, &t, &flags);
	must(text_utf8(t.p, t.n) == t.n);
	for (i = 0; i < t.n; i++)
		must((unsigned char)t.p[i] >= ' ' && t.p[i] != 0x7f);
	text_release(&t);
}

static void
check_from(const struct message *m)
{
	struct text from = TEXT_INIT, again = TEXT_INIT;
	struct fail f = FAIL_INIT;

	if (message_from(m, &from, &f) == 0) {
		must(mailbox_read(from.p, from.n, &again) == MAILBOX_ONE);
		must(strcmp(from.p, again.p) == 0);
	} else {
		must(f.code == EX_DATAERR && from.n == 0);
		must(strncmp(f.why, "ambiguous-from: ", 16) == 0 ||
		    strncmp(f.why, "bad-from: ", 10) == 0);
	}
	text_release(&from);
	text_release(&again);
}

static void
check_attachments(const struct message *m)
{
	struct message_attachment a;
	unsigned flags = 0;
	size_t i;

	for (i = 0; message_attachment(m, i, &a, &flags); i++) {
		must(i <= MIME_PARTS && a.media_type != NULL);
		must(a.octets.n <= m->n);
		must(!text_hidden(a.name.p, a.name.n));
		must(a.name.n == 0 || strchr(".-", a.name.p[0]) == NULL);
		must(a.name.n == 0 || strpbrk(a.name.p, "/\\") == NULL);
		text_release(&a.name);
		text_wipe(&a.octets);
	}
}

static void
check_text(const struct message *m)
{
	struct text t = TEXT_INIT;
	unsigned flags = 0;
	size_t i;

	message_text(m, &t, &flags);
	must(text_utf8(t.p, t.n) == t.n);
	for (i = 0; i < t.n; i++)
		must((unsigned char)t.p[i] >= ' ' || t.p[i] == '\n' ||
		    t.p[i] == '\t');
	text_release(&t);
}

/* A field is signed or claimed, never both. */
static void
check_protected(const struct message *outer, const struct message *inner)
{
	json_t *claimed = json_object(), *into = json_object();
	json_t *flag = json_array(), *value;
	const char *key;

	intake_header(outer, claimed, flag);
	protect_sign(inner, false, claimed, into, flag);
	json_object_foreach(into, key, value)
		must(json_object_get(claimed, key) == NULL);
	protect_claim(inner, claimed, flag);
	json_decref(claimed);
	json_decref(into);
	json_decref(flag);
}

static void
check_message(const char *raw, size_t n, const struct message *outer)
{
	static const char *const names[] = { "From", "To", "Subject",
		"Message-ID", "In-Reply-To" };
	struct message m = MESSAGE_INIT;
	struct fail f = FAIL_INIT;
	char at[WHEN_LEN];
	when_t t, u;
	size_t i;

	if (message_parse(&m, raw, n, &f) == 0) {
		for (i = 0; i < 5; i++)
			check_field(&m, names[i]);
		check_from(&m);
		check_attachments(&m);
		check_text(&m);
		if (message_date(&m, &t)) {
			when_format(t, at);
			must(when_parse(at, &u) && u == t);
		}
		if (outer != NULL && protect_says(&m))
			check_protected(outer, &m);
		if (m.shape == MESSAGE_SIGNED && outer == NULL)
			check_message(m.covered.p, m.covered.n, &m);
	}
	message_release(&m);
}

/* What comes in has a record that may leave. */
static void
check_record(const char *raw, size_t n)
{
	json_t *mail = record_new("mail",
	    "mail/0123456789abcdef0123456789"
	    "abcdef");
	json_t *out = NULL, *again;
	struct text line = TEXT_INIT;
	struct fail f = FAIL_INIT;

	record_set_bytes(mail, "raw_b64", raw, n);
	must(intake_message(mail, &out, &f) == 0);
	must(schema_check(out, &f) == 0);
	record_line(out, &line);
	again = record_parse(line.p, line.n - 1, &f);
	must(again != NULL && json_equal(out, again));
	json_decref(again);
	json_decref(out);
	json_decref(mail);
	text_release(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *raw = fuzz_copy(data, n);

	check_message(raw, n, NULL);
	check_record(raw, n);
	free(raw);
	return 0;
}
