#include "message.h"

#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "body.h"
#include "canon.h"
#include "encoded.h"
#include "frame.h"
#include "limit.h"
#include "mailbox.h"
#include "part.h"
#include "wrapper.h"

/* The octets of a part without its transfer encoding (RFC 2045 section 6). */
static void
octets(const struct message *m, size_t i, struct text *out)
{
	static const char cte[] = "Content-Transfer-Encoding";
	const struct mime_part *part = &m->mime.part[i];
	const char *p = m->raw + part->body;
	size_t n = part->end - part->body;
	bool b64 = part_begins(m->raw, part, cte, "base64");
	GMimeEncoding enc;

	text_add(out, "", 0);
	if (!b64 && !part_begins(m->raw, part, cte, "quoted-printable")) {
		text_add(out, p, n);
		return;
	}
	g_mime_encoding_init_decode(&enc,
	    b64 ? GMIME_CONTENT_ENCODING_BASE64 :
		  GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	text_room(out, g_mime_encoding_outlen(&enc, n));
	out->n += g_mime_encoding_flush(&enc, p, n, out->p + out->n);
	out->p[out->n] = '\0';
}

/* GMime leaves the CR of the last delimiter's line end in the part when a CRLF
 * mail does not end in one; that octet is no content. */
static bool
leaf_agrees(const char *raw, const struct mime_part *part, GMimeObject *o)
{
	GMimeDataWrapper *content;
	GMimeStream *s;

	if (!GMIME_IS_PART(o))
		return false;
	content = g_mime_part_get_content(GMIME_PART(o));
	if (content == NULL)
		return part->body == part->end;
	s = g_mime_data_wrapper_get_stream(content);
	return s->bound_start == (gint64)part->body &&
	    (s->bound_end == (gint64)part->end ||
		(s->bound_end == (gint64)part->end + 1 &&
		    memcmp(raw + part->end, "\r\n", 2) == 0));
}

/* Does GMime see the part *i and all below it where our scan does? At most
 * MIME_DEPTH deep, because our own tree is. */
static bool
agrees(const struct message *m, size_t *i, GMimeObject *o)
{
	const struct mime_part *part = &m->mime.part[*i];
	GMimeMessage *inner;
	int k;

	if (o == NULL || ++*i > m->mime.n)
		return false;
	if (part->kind == MIME_LEAF)
		return leaf_agrees(m->raw, part, o);
	if (part->kind == MIME_MESSAGE) {
		if (!GMIME_IS_MESSAGE_PART(o))
			return false;
		inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
		return inner != NULL &&
		    agrees(m, i, g_mime_message_get_mime_part(inner));
	}
	if (!GMIME_IS_MULTIPART(o) ||
	    g_mime_multipart_get_count(GMIME_MULTIPART(o)) != part->children)
		return false;
	for (k = 0; k < part->children; k++)
		if (!agrees(
			m, i, g_mime_multipart_get_part(GMIME_MULTIPART(o), k)))
			return false;
	return true;
}

static bool
gmime_agrees(const struct message *m)
{
	GMimeStream *s;
	GMimeParser *parser;
	GMimeMessage *mail;
	bool same = false;
	size_t i = 0;

	g_mime_init();
	s = g_mime_stream_mem_new_with_buffer(m->raw, m->n);
	parser = g_mime_parser_new_with_stream(s);
	mail = g_mime_parser_construct_message(parser, NULL);
	if (mail != NULL) {
		same = agrees(m, &i, g_mime_message_get_mime_part(mail));
		same = same && i == m->mime.n;
		g_object_unref(mail);
	}
	g_object_unref(parser);
	g_object_unref(s);
	return same;
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

int
message_parse(struct message *m, const char *raw, size_t n, struct fail *f)
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
	if (m->shape != MESSAGE_PLAIN && !gmime_agrees(m))
		return fail(f, EX_DATAERR,
		    "malformed: two readers see different parts");
	return 0;
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

static bool
gmime_address(const char *value, const char *want)
{
	InternetAddressList *list;
	InternetAddress *one = NULL;
	bool same = false;

	g_mime_init();
	list = internet_address_list_parse(NULL, value);
	if (list != NULL && internet_address_list_length(list) == 1)
		one = internet_address_list_get_address(list, 0);
	if (one != NULL && INTERNET_ADDRESS_IS_MAILBOX(one))
		same = strcmp(internet_address_mailbox_get_addr(
				  INTERNET_ADDRESS_MAILBOX(one)),
			   want) == 0;
	if (list != NULL)
		g_object_unref(list);
	return same;
}

int
message_from(const struct message *m, struct text *out, struct fail *f)
{
	struct text line = TEXT_INIT, one = TEXT_INIT;
	struct mime_field field;
	size_t n = part_field(m->raw, m->mime.part, "From", &field);
	enum mailbox how;

	if (n != 1)
		return fail(
		    f, EX_DATAERR, "ambiguous-from: %zu From fields", n);
	mime_unfold(&line, field.value, field.value_n);
	how = mailbox_read(line.p, line.n, &one);
	if (how == MAILBOX_ONE && !gmime_address(line.p, one.p))
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
	GDateTime *date;

	if (part_field(m->raw, m->mime.part, "Date", &field) != 1)
		return false;
	g_mime_init();
	mime_unfold(&line, field.value, field.value_n);
	date = g_mime_utils_header_decode_date(line.p);
	text_release(&line);
	if (date == NULL)
		return false;
	*t = g_date_time_to_unix(date);
	g_date_time_unref(date);
	return true;
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

void
message_encode_words(const char *s, bool phrase, struct text *out)
{
	char *p;

	g_mime_init();
	p = phrase ? g_mime_utils_header_encode_phrase(NULL, s, "UTF-8") :
		     g_mime_utils_header_encode_text(NULL, s, "UTF-8");
	text_puts(out, p == NULL ? "" : p);
	g_free(p);
}
