#include "message.h"

#include <string.h>
#include <strings.h>

#include "body.h"
#include "canon.h"
#include "encoded.h"
#include "frame.h"
#include "limit.h"
#include "mailbox.h"
#include "part.h"
#include "second.h"
#include "transfer.h"
#include "wrapper.h"

/* The octets of a part without its transfer encoding (RFC 2045 section 6). */
static void
octets(const struct message *m, size_t i, struct text *out)
{
	static const char cte[] = "Content-Transfer-Encoding";
	const struct mime_part *part = &m->mime.part[i];
	const char *p = m->raw + part->body;
	size_t n = part->end - part->body;

	text_add(out, "", 0);
	if (part_begins(m->raw, part, cte, "base64"))
		transfer_unbase64(out, p, n);
	else if (part_begins(m->raw, part, cte, "quoted-printable"))
		transfer_unquoted(out, p, n);
	else
		text_add(out, p, n);
}

static bool
type_is(const struct message *m, size_t i, const char *type)
{
	return i < m->mime.n && strcmp(part_type(&m->mime.part[i]), type) == 0;
}

static bool
has_openpgp(const struct message *m)
{
	struct text t = TEXT_INIT;
	bool found = false;
	size_t i;

	for (i = 0; i < m->mime.n && !found; i++) {
		found = type_is(m, i, "application/pgp-signature") ||
		    type_is(m, i, "application/pgp-encrypted") ||
		    type_is(m, i, "application/pgp");
		if (found || m->mime.part[i].kind != MIME_LEAF ||
		    strncmp(part_type(&m->mime.part[i]), "text/", 5) != 0)
			continue;
		text_clear(&t);
		octets(m, i, &t);
		found = frame_any(t.p, t.n);
	}
	text_wipe(&t);
	return found;
}

static void
partial(struct message *m, const char *why)
{
	m->shape = MESSAGE_PARTIAL;
	m->why = why;
}

static void
shape_signed(struct message *m)
{
	const struct mime_part *first = &m->mime.part[1];
	const char *why = wrapper_fault(m->raw, m->n, &m->mime,
	    "application/pgp-signature", "application/pgp-signature");

	if (why != NULL) {
		partial(m, why);
		return;
	}
	m->shape = MESSAGE_SIGNED;
	canon_text(m->raw + first->head, first->end - first->head, &m->covered);
	octets(m, m->mime.n - 1, &m->pgp);
}

static void
shape_encrypted(struct message *m)
{
	const char *why = wrapper_fault(m->raw, m->n, &m->mime,
	    "application/pgp-encrypted", "application/octet-stream");

	if (why == NULL && !type_is(m, 1, "application/pgp-encrypted"))
		why = "its first part is of another type";
	if (why != NULL) {
		partial(m, why);
		return;
	}
	m->shape = MESSAGE_ENCRYPTED;
	octets(m, 2, &m->pgp);
}

static void
shape_text(struct message *m)
{
	struct text t = TEXT_INIT;
	struct frame at = { 0 };

	octets(m, 0, &t);
	if (!frame_any(t.p, t.n))
		m->shape = MESSAGE_PLAIN;
	else if (frame_signed(t.p, t.n, &at))
		m->shape = MESSAGE_CLEARSIGNED;
	else if (frame_message(t.p, t.n, &at))
		m->shape = MESSAGE_ARMORED;
	else
		partial(m, "the text is not one signed or encrypted whole");
	if (m->shape == MESSAGE_CLEARSIGNED || m->shape == MESSAGE_ARMORED)
		text_add(&m->pgp, t.p + at.from, at.n);
	part_charset(m->raw, m->mime.part, &m->charset);
	text_wipe(&t);
}

static void
find_shape(struct message *m)
{
	m->shape = MESSAGE_PLAIN;
	if (wrapper_foreign(&m->mime))
		m->shape = MESSAGE_FOREIGN;
	else if (type_is(m, 0, "multipart/signed"))
		shape_signed(m);
	else if (type_is(m, 0, "multipart/encrypted"))
		shape_encrypted(m);
	else if (type_is(m, 0, "text/plain"))
		shape_text(m);
	else if (has_openpgp(m))
		partial(m, "a part of it is signed or encrypted");
}

/* What our own scan sees, and nobody else was asked. */
static int
scan(struct message *m, const char *raw, size_t n, struct fail *f)
{
	size_t skip = mime_mbox(raw, n);

	*m = (struct message)MESSAGE_INIT;
	m->raw = raw + skip;
	m->n = n - skip;
	if (limit_check(m->raw, m->n, &m->mime, f) != 0)
		return f->code;
	find_shape(m);
	text_add(&m->covered, "", 0);
	text_add(&m->pgp, "", 0);
	text_add(&m->charset, "", 0);
	m->doubted = m->shape != MESSAGE_PLAIN;
	if (m->doubted && m->mime.cr)
		return fail(
		    f, EX_DATAERR, "malformed: a CR in a header ends no line");
	return 0;
}

static int
ask_second(const struct message *m, struct fail *f)
{
	if (second_parts(m->raw, m->n, &m->mime))
		return 0;
	return fail(
	    f, EX_DATAERR, "malformed: two readers see different parts");
}

int
message_parse(struct message *m, const char *raw, size_t n, struct fail *f)
{
	if (scan(m, raw, n, f) != 0)
		return f->code;
	return m->doubted ? ask_second(m, f) : 0;
}

/* Not of what is encrypted: nothing is decrypted before the two agree. */
int
message_presume(struct message *m, const char *p, size_t n, struct fail *f)
{
	if (scan(m, p, n, f) != 0)
		return f->code;
	m->presumed =
	    m->shape == MESSAGE_SIGNED || m->shape == MESSAGE_CLEARSIGNED;
	return m->doubted && !m->presumed ? ask_second(m, f) : 0;
}

bool
message_agreed(struct message *m)
{
	struct text from = TEXT_INIT;
	struct fail f = FAIL_INIT;
	bool ours, same;

	if (!m->presumed)
		return true;
	ours = message_from(m, &from, &f) == 0;
	m->presumed = false;
	same = second_parts(m->raw, m->n, &m->mime) &&
	    (!ours || message_from(m, &from, &f) == 0);
	text_release(&from);
	return same;
}

void
message_release(struct message *m)
{
	text_wipe(&m->covered);
	text_wipe(&m->pgp);
	text_release(&m->charset);
}

size_t
message_field(const struct message *m, const char *name, struct text *out,
    unsigned *flags)
{
	struct text line = TEXT_INIT;
	struct mime_field field;
	size_t n = part_field(m->raw, m->mime.part, name, &field);
	unsigned found;

	if (n > 0 && out != NULL) {
		mime_unfold(&line, field.value, field.value_n);
		found = encoded_words(line.p, line.n, out);
		if (flags != NULL)
			*flags |= found;
		text_release(&line);
	}
	return n;
}

int
message_from(const struct message *m, struct text *out, struct fail *f)
{
	struct text line = TEXT_INIT, one = TEXT_INIT;
	struct mime_field field;
	size_t n = part_field(m->raw, m->mime.part, "From", &field);
	enum mailbox how;
	bool sure;

	if (n != 1)
		return fail(
		    f, EX_DATAERR, "ambiguous-from: %zu From fields", n);
	mime_unfold(&line, field.value, field.value_n);
	how = mailbox_read(line.p, line.n, &one);
	sure = m->presumed || (!m->doubted && mailbox_plain(line.p, line.n));
	if (how == MAILBOX_ONE && !sure && !second_address(line.p, one.p))
		how = MAILBOX_BAD;
	if (how == MAILBOX_ONE)
		text_add(out, one.p, one.n);
	text_release(&line);
	text_release(&one);
	if (how == MAILBOX_MANY)
		return fail(f, EX_DATAERR,
		    "ambiguous-from: not exactly one mailbox in From");
	if (how == MAILBOX_BAD)
		return fail(
		    f, EX_DATAERR, "bad-from: no plain address in From");
	return 0;
}

bool
message_date(const struct message *m, when_t *t)
{
	struct text line = TEXT_INIT;
	struct mime_field field;
	bool good;

	if (part_field(m->raw, m->mime.part, "Date", &field) != 1)
		return false;
	mime_unfold(&line, field.value, field.value_n);
	good = when_mail(line.p, t) || second_date(line.p, t);
	text_release(&line);
	return good && *t <= WHEN_LAST;
}

bool
message_text(const struct message *m, struct text *out, unsigned *flags)
{
	struct text t = TEXT_INIT, label = TEXT_INIT, plain = TEXT_INIT;
	size_t i = body_text(m->raw, &m->mime);
	struct frame at;
	unsigned found;

	if (i == m->mime.n || m->shape == MESSAGE_ENCRYPTED ||
	    m->shape == MESSAGE_ARMORED)
		return false;
	octets(m, i, &t);
	part_charset(m->raw, &m->mime.part[i], &label);
	if (m->shape == MESSAGE_CLEARSIGNED && frame_signed(t.p, t.n, &at)) {
		frame_text(t.p, &at, &plain);
		found = encoded_body(label.p, plain.p, plain.n, out);
	} else {
		found = encoded_body(label.p, t.p, t.n, out);
	}
	if (flags != NULL)
		*flags |= found;
	text_wipe(&t);
	text_wipe(&plain);
	text_release(&label);
	return true;
}

bool
message_attachment(const struct message *m, size_t i,
    struct message_attachment *a, unsigned *flags)
{
	unsigned found;
	size_t k;

	if (m->shape == MESSAGE_ENCRYPTED)
		return false;
	k = body_attachment(m->raw, &m->mime, i);
	if (k == m->mime.n)
		return false;
	*a = (struct message_attachment){
		.name = TEXT_INIT,
		.media_type = part_type(&m->mime.part[k]),
		.octets = TEXT_INIT,
	};
	found = part_name(m->raw, &m->mime.part[k], &a->name);
	if (flags != NULL)
		*flags |= found;
	octets(m, k, &a->octets);
	hash_sha256(a->octets.p, a->octets.n, a->sha256);
	return true;
}
