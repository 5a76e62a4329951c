#include "envelope.h"

#include <string.h>

#include "mime.h"

enum {
	FROM,
	TO,
	DATE,
	MESSAGE_ID,
	IN_REPLY_TO,
	REFERENCES,
	SUBJECT,
	MIME_VERSION,
	CONTENT_TYPE,
	FIELDS
};

static const char *const name[FIELDS] = { "From", "To", "Date", "Message-ID",
	"In-Reply-To", "References", "Subject", "MIME-Version",
	"Content-Type" };

static bool
is_alnum(char c)
{
	unsigned letter = ((unsigned char)c | 0x20u) - 'a';

	return letter < 26 || (unsigned char)c - (unsigned)'0' < 10;
}

/* N characters of HEX, no more. */
static bool
envelope_hex(const char *s, size_t n)
{
	return strspn(s, "0123456789abcdef") == n && s[n] == '\0';
}

static bool
envelope_label(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || n > 63 || s[0] == '-' || s[n - 1] == '-')
		return false;
	for (i = 0; i < n; i++)
		if (s[i] != '-' && !is_alnum(s[i]))
			return false;
	return true;
}

static bool
envelope_host(const char *s)
{
	size_t n;

	for (;; s += n + 1) {
		n = strcspn(s, ".");
		if (!envelope_label(s, n))
			return false;
		if (s[n] == '\0')
			return true;
	}
}

bool
envelope_address(const char *s)
{
	size_t n, i;

	if (s == NULL || strlen(s) >= ENVELOPE_ADDRESS)
		return false;
	n = strcspn(s, "@");
	if (n == 0 || n > 64 || s[n] == '\0' || s[n - 1] == '.' ||
	    !is_alnum(s[0]))
		return false;
	for (i = 0; i < n; i++)
		if (!is_alnum(s[i]) &&
		    (strchr("._+-", s[i]) == NULL ||
			(s[i] == '.' && s[i + 1] == '.')))
			return false;
	return envelope_host(s + n + 1);
}

/* Every line ends in CRLF, no CR or LF is bare, none is longer than
 * ENVELOPE_LINE, and no octet is NUL or 8-bit. */
static bool
envelope_octets(const char *p, size_t n)
{
	size_t i, line = 0;

	for (i = 0; i < n; i++) {
		if (p[i] == '\0' || (unsigned char)p[i] >= 0x80)
			return false;
		if (p[i] == '\n')
			return false;
		if (p[i] != '\r') {
			if (++line > ENVELOPE_LINE)
				return false;
			continue;
		}
		if (i + 1 == n || p[++i] != '\n')
			return false;
		line = 0;
	}
	return line == 0;
}

void
envelope_body(const char *boundary, struct text *head, struct text *tail)
{
	text_addf(head,
	    "--%s\r\n"
	    "Content-Type: application/pgp-encrypted\r\n"
	    "\r\n"
	    "Version: 1\r\n"
	    "\r\n"
	    "--%s\r\n"
	    "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n"
	    "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n"
	    "\r\n",
	    boundary, boundary);
	text_addf(tail, "\r\n--%s--\r\n", boundary);
}

void
envelope_signature(const char *boundary, struct text *head, struct text *middle,
    struct text *tail)
{
	text_addf(head, "--%s\r\n", boundary);
	text_addf(middle,
	    "\r\n--%s\r\n"
	    "Content-Type: application/pgp-signature; "
	    "name=\"signature.asc\"\r\n"
	    "\r\n",
	    boundary);
	text_addf(tail, "\r\n--%s--\r\n", boundary);
}

/* Fill value[] with the fields of the header, each once and all there. */
static int
envelope_fields(
    const char *p, const char *end, struct text *value, struct fail *f)
{
	struct mime_field field;
	size_t i;

	while (mime_field(&p, end, &field)) {
		for (i = 0; i < FIELDS; i++)
			if (mime_is(&field, name[i]))
				break;
		if (i == FIELDS)
			return fail(f, EX_NOPERM,
			    "not sealed: a header field '%.*s'",
			    (int)(field.name_n < 64 ? field.name_n : 64),
			    field.name);
		if (value[i].p != NULL)
			return fail(f, EX_NOPERM,
			    "not sealed: two header fields '%s'", name[i]);
		text_puts(&value[i], "");
		mime_unfold(&value[i], field.value, field.value_n);
	}
	if (p != end)
		return fail(f, EX_NOPERM, "not sealed: the header is not one");
	for (i = 0; i < FIELDS; i++)
		if (value[i].p == NULL)
			return fail(f, EX_NOPERM,
			    "not sealed: no header field '%s'", name[i]);
	return 0;
}

/* "<32 hex@domain>" */
static bool
envelope_id(const struct text *value, const char *domain)
{
	char hex[33];
	size_t n = strlen(domain);

	if (value->n != 1 + 32 + 1 + n + 1 || value->p[0] != '<')
		return false;
	memcpy(hex, value->p + 1, 32);
	hex[32] = '\0';
	return envelope_hex(hex, 32) && value->p[33] == '@' &&
	    memcmp(value->p + 34, domain, n) == 0 &&
	    value->p[value->n - 1] == '>';
}

static bool
envelope_subject(const char *s, bool open)
{
	size_t n = strlen(ENVELOPE_SUBJECT);

	if (open)
		return strncmp(s, ENVELOPE_LABEL, strlen(ENVELOPE_LABEL)) == 0;
	return strncmp(s, ENVELOPE_SUBJECT, n) == 0 &&
	    envelope_hex(s + n, ENVELOPE_SUBJECT_HEX);
}

/* The name of the first field that tells more than it may, or NULL. */
static const char *
envelope_told(struct text *v, bool open)
{
	const char *domain;
	int i;

	if (!envelope_address(v[FROM].p))
		return name[FROM];
	if (!envelope_address(v[TO].p))
		return name[TO];
	domain = strchr(v[FROM].p, '@') + 1;
	for (i = MESSAGE_ID; i <= REFERENCES; i++)
		if (!envelope_id(&v[i], domain))
			return name[i];
	if (!envelope_subject(v[SUBJECT].p, open))
		return name[SUBJECT];
	if (v[DATE].n > 40 ||
	    strspn(v[DATE].p, "0123456789 ,:+JFMASONDSTWabcdeghilnoprtuvy") !=
		v[DATE].n)
		return name[DATE];
	if (strcmp(v[MIME_VERSION].p, "1.0") != 0)
		return name[MIME_VERSION];
	return NULL;
}

/* TYPE, then the boundary as the rest: "=_" and 32 hex digits. */
static bool
envelope_type(
    const char *value, const char *type, char boundary[ENVELOPE_BOUNDARY])
{
	const size_t n = strlen(type);

	if (strncmp(value, type, n) != 0 || strlen(value) != n + 1 + 34 + 1 ||
	    strncmp(value + n, "\"=_", 3) != 0 || value[n + 35] != '"')
		return false;
	memcpy(boundary, value + n + 1, ENVELOPE_BOUNDARY - 1);
	boundary[ENVELOPE_BOUNDARY - 1] = '\0';
	return envelope_hex(boundary + 2, 32);
}

/* The hash is named in front: it is the signature's, and not asked for. */
static bool
envelope_open_type(const char *value, char boundary[ENVELOPE_BOUNDARY])
{
	static const char front[] = "multipart/signed; micalg=\"pgp-sha";
	static const char type[] =
	    "\"; protocol=\"application/pgp-signature\"; boundary=";
	const size_t n = sizeof front - 1;
	size_t digits;

	if (strncmp(value, front, n) != 0)
		return false;
	digits = strspn(value + n, "0123456789");
	return digits == 3 && envelope_type(value + n + 3, type, boundary);
}

static int
envelope_armor(struct envelope *e, const char *boundary, const char *body,
    size_t n, struct fail *f)
{
	struct text head = TEXT_INIT, tail = TEXT_INIT;
	bool good;

	envelope_body(boundary, &head, &tail);
	good = n > head.n + tail.n && memcmp(body, head.p, head.n) == 0 &&
	    memcmp(body + n - tail.n, tail.p, tail.n) == 0;
	e->armor = body + head.n;
	e->armor_n = good ? n - head.n - tail.n : 0;
	text_release(&head);
	text_release(&tail);
	if (!good)
		return fail(f, EX_NOPERM,
		    "not sealed: the body is not one OpenPGP message");
	return 0;
}

static int
envelope_header(struct envelope *e, struct text *value, const char *mail,
    const char *end, bool open, char boundary[ENVELOPE_BOUNDARY],
    struct fail *f)
{
	const char *type, *wrong;

	if (envelope_fields(mail, end, value, f) != 0)
		return f->code;
	type = value[CONTENT_TYPE].p == NULL ? "" : value[CONTENT_TYPE].p;
	if (!(open ? envelope_open_type(type, boundary) :
		     envelope_type(type, ENVELOPE_TYPE, boundary)))
		return fail(f, EX_NOPERM,
		    open ? "not sealed: the body is not one signed text" :
			   "not sealed: the body is not one OpenPGP message");
	wrong = envelope_told(value, open);
	if (wrong != NULL)
		return fail(f, EX_NOPERM,
		    "not sealed: header field '%s' is not as we write it",
		    wrong);
	memcpy(e->from, value[FROM].p, value[FROM].n + 1);
	memcpy(e->to, value[TO].p, value[TO].n + 1);
	memcpy(e->message_id, value[MESSAGE_ID].p, value[MESSAGE_ID].n + 1);
	return 0;
}

/* Is it an entity with one text in base64 that begins with its label? */
static bool
envelope_clear(const char *p, size_t n)
{
	static const char fields[] =
	    "\r\nContent-Type: text/plain; charset=UTF-8; hp=\"clear\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n";
	static const char label[] = "TLP:CLEAR\r\n"; /* 16 digits and more */
	const char *body = memmem(p, n, "\r\n\r\n", 4);
	const char *end = memmem(p, n, fields, sizeof fields - 1);
	struct text said = TEXT_INIT;
	bool good = end != NULL && end + sizeof fields - 1 == body + 4 &&
	    text_unb64(&said, body + 4, 16) && said.n >= sizeof label - 1 &&
	    memcmp(said.p, label, sizeof label - 1) == 0;

	text_release(&said);
	return good;
}

/* The parts of an open letter. */
static int
envelope_parts(struct envelope *e, const char *boundary, const char *body,
    size_t n, struct fail *f)
{
	struct text head = TEXT_INIT, middle = TEXT_INIT, tail = TEXT_INIT;
	const char *sign;
	bool good;

	envelope_signature(boundary, &head, &middle, &tail);
	sign = memmem(body, n, middle.p, middle.n);
	good = sign != NULL && n > head.n + tail.n &&
	    memcmp(body, head.p, head.n) == 0 && sign > body + head.n &&
	    sign + middle.n < body + n - tail.n &&
	    memcmp(body + n - tail.n, tail.p, tail.n) == 0 &&
	    envelope_clear(body + head.n, (size_t)(sign - body) - head.n);
	if (good) {
		e->armor = sign + middle.n;
		e->armor_n = (size_t)(body + n - tail.n - e->armor);
		good = memmem(e->armor, e->armor_n, boundary,
			   strlen(boundary)) == NULL;
	}
	text_release(&head);
	text_release(&middle);
	text_release(&tail);
	if (!good)
		return fail(f, EX_NOPERM,
		    "not sealed: the body is not one signed text");
	return 0;
}

static int
envelope_any(
    struct envelope *e, const char *mail, size_t n, bool open, struct fail *f)
{
	struct text value[FIELDS] = { TEXT_INIT };
	char boundary[ENVELOPE_BOUNDARY];
	const char *end;
	int code, i;

	memset(e, 0, sizeof *e);
	if (n > ENVELOPE_MAX || !envelope_octets(mail, n))
		return fail(f, EX_NOPERM,
		    "not sealed: octets or lines that no mail may have");
	end = memmem(mail, n, "\r\n\r\n", 4);
	if (end == NULL)
		return fail(f, EX_NOPERM, "not sealed: no body");
	code = envelope_header(e, value, mail, end + 2, open, boundary, f);
	n -= (size_t)(end + 4 - mail);
	if (code == 0)
		code = open ? envelope_parts(e, boundary, end + 4, n, f) :
			      envelope_armor(e, boundary, end + 4, n, f);
	for (i = 0; i < FIELDS; i++)
		text_release(&value[i]);
	return code;
}

int
envelope_read(struct envelope *e, const char *mail, size_t n, struct fail *f)
{
	return envelope_any(e, mail, n, false, f);
}

int
envelope_open(struct envelope *e, const char *mail, size_t n, struct fail *f)
{
	return envelope_any(e, mail, n, true, f);
}
