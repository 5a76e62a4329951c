#include "packet.h"

#include <string.h>

enum {
	TAG_PKESK = 1,
	TAG_SIGNATURE = 2,
	TAG_SKESK = 3,
	TAG_COMPRESSED = 8,
	TAG_ENCRYPTED = 9,
	TAG_LITERAL = 11,
	TAG_PROTECTED = 18,
	TAG_AEAD = 20,
	PARTIAL_MIN = 512, /* octets of a first partial length (4.2.2.4) */
};

/* A packet; body[0..n) is its first run of octets, all of it but for data. */
struct unit {
	unsigned tag;
	const unsigned char *body;
	size_t n;
};

struct walk {
	const unsigned char *p, *end;
	size_t count;
};

struct line {
	const char *p;
	size_t n; /* without line end and trailing blanks */
};

static bool
next_line(const char **p, const char *end, struct line *l)
{
	const char *lf;

	if (*p == end)
		return false;
	lf = memchr(*p, '\n', (size_t)(end - *p));
	l->p = *p;
	l->n = (size_t)((lf == NULL ? end : lf) - *p);
	*p = lf == NULL ? end : lf + 1;
	while (l->n > 0 && strchr(" \t\r", l->p[l->n - 1]) != NULL &&
	    l->p[l->n - 1] != '\0')
		l->n--;
	return true;
}

static bool
line_is(const struct line *l, const char *edge, const char *kind)
{
	size_t e = strlen(edge), k = strlen(kind);

	return l->n == e + k + 5 && memcmp(l->p, edge, e) == 0 &&
	    memcmp(l->p + e, kind, k) == 0 &&
	    memcmp(l->p + e + k, "-----", 5) == 0;
}

static bool
line_is_header(const struct line *l)
{
	static const char *const known[] = { "Version", "Comment", "MessageID",
		"Hash", "Charset" };
	size_t i, n;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		n = strlen(known[i]);
		if (l->n > n && memcmp(l->p, known[i], n) == 0 &&
		    l->p[n] == ':')
			return true;
	}
	return false;
}

static unsigned
crc24(const char *p, size_t n)
{
	unsigned crc = 0xb704ce;
	int i;

	for (; n > 0; n--) {
		crc ^= (unsigned)(unsigned char)*p++ << 16;
		for (i = 0; i < 8; i++) {
			crc <<= 1;
			if ((crc & 0x1000000) != 0)
				crc ^= 0x1864cfb;
		}
	}
	return crc & 0xffffff;
}

/* The lines between the header and the end: base64, perhaps a checksum. */
static bool
armor_body(const char **p, const char *end, const char *kind, struct text *b64,
    struct text *sum)
{
	struct line l;

	while (next_line(p, end, &l)) {
		if (line_is(&l, "-----END PGP ", kind))
			return true;
		if (sum->n > 0 || l.n == 0 || l.n > PACKET_ARMOR_LINE)
			return false;
		if (l.p[0] == '=' && l.n == 5)
			text_add(sum, l.p + 1, 4);
		else
			text_add(b64, l.p, l.n);
	}
	return false;
}

static bool
armor_head(const char **p, const char *end, const char *kind)
{
	struct line l;

	do
		if (!next_line(p, end, &l))
			return false;
	while (l.n == 0);
	if (!line_is(&l, "-----BEGIN PGP ", kind))
		return false;
	while (next_line(p, end, &l))
		if (l.n == 0)
			return true;
		else if (!line_is_header(&l))
			return false;
	return false;
}

static bool
only_blank(const char *p, const char *end)
{
	struct line l;

	while (next_line(&p, end, &l))
		if (l.n > 0)
			return false;
	return true;
}

static bool
sum_holds(const struct text *sum, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	const unsigned char *s;
	bool good;

	if (sum->n == 0)
		return true;
	good = text_unb64(&t, sum->p, sum->n) && t.n == 3;
	if (good) {
		s = (const unsigned char *)t.p;
		good = crc24(p, n) ==
		    ((unsigned)s[0] << 16 | (unsigned)s[1] << 8 | s[2]);
	}
	text_release(&t);
	return good;
}

int
packet_unarmor(
    const char *p, size_t n, const char *kind, struct text *out, struct fail *f)
{
	struct text b64 = TEXT_INIT, sum = TEXT_INIT;
	const char *end = p + n;
	size_t start = out->n;
	bool good;

	good = n > 0 && armor_head(&p, end, kind) &&
	    armor_body(&p, end, kind, &b64, &sum) && b64.n > 0 &&
	    only_blank(p, end) && text_unb64(out, b64.p, b64.n) &&
	    sum_holds(&sum, out->p + start, out->n - start);
	text_release(&b64);
	text_release(&sum);
	if (!good)
		return fail(
		    f, EX_DATAERR, "not one armoured block of kind '%s'", kind);
	return 0;
}

static bool
take(struct walk *w, size_t n, const unsigned char **at)
{
	if ((size_t)(w->end - w->p) < n)
		return false;
	*at = w->p;
	w->p += n;
	return true;
}

static bool
big_endian(struct walk *w, size_t octets, size_t *n)
{
	const unsigned char *at;

	*n = 0;
	if (!take(w, octets, &at))
		return false;
	while (octets-- > 0)
		*n = *n << 8 | *at++;
	return true;
}

static bool
tag_is_data(unsigned tag)
{
	return tag == TAG_COMPRESSED || tag == TAG_ENCRYPTED ||
	    tag == TAG_LITERAL || tag == TAG_PROTECTED || tag == TAG_AEAD;
}

/* A new-format length (RFC 4880, 4.2.2). */
static bool
new_length(struct walk *w, size_t *n, bool *partial)
{
	size_t a, b;

	*partial = false;
	if (!big_endian(w, 1, &a))
		return false;
	if (a == 255)
		return big_endian(w, 4, n);
	if (a >= 224) {
		*partial = true;
		*n = (size_t)1 << (a & 31);
		return true;
	}
	*n = a;
	if (a < 192)
		return true;
	if (!big_endian(w, 1, &b))
		return false;
	*n = ((a - 192) << 8) + b + 192;
	return true;
}

static bool
new_body(struct walk *w, struct unit *u)
{
	const unsigned char *more;
	bool partial;
	size_t n;

	if (!new_length(w, &u->n, &partial))
		return false;
	if (partial && (!tag_is_data(u->tag) || u->n < PARTIAL_MIN))
		return false;
	if (!take(w, u->n, &u->body))
		return false;
	while (partial)
		if (!new_length(w, &n, &partial) || !take(w, n, &more))
			return false;
	return true;
}

static bool
old_body(struct walk *w, struct unit *u, unsigned type)
{
	if (type == 3) { /* until the end; only data may */
		u->n = (size_t)(w->end - w->p);
		return tag_is_data(u->tag) && take(w, u->n, &u->body);
	}
	return big_endian(w, (size_t)1 << type, &u->n) &&
	    take(w, u->n, &u->body);
}

static bool
walk_next(struct walk *w, struct unit *u)
{
	size_t head;

	if (++w->count > PACKET_COUNT || !big_endian(w, 1, &head) ||
	    (head & 0x80) == 0)
		return false;
	if ((head & 0x40) != 0) {
		u->tag = (unsigned)head & 0x3f;
		return new_body(w, u);
	}
	u->tag = (unsigned)(head >> 2) & 0x0f;
	return old_body(w, u, (unsigned)head & 3);
}

/* Binary as it is, else out of its armor, which HELD then holds. */
static int
walk_open(struct walk *w, const char *p, size_t n, const char *kind,
    struct text *held, struct fail *f)
{
	if (n == 0 || ((unsigned char)p[0] & 0x80) == 0) {
		if (packet_unarmor(p, n, kind, held, f) != 0)
			return f->code;
		p = held->p;
		n = held->n;
	}
	w->p = (const unsigned char *)p;
	w->end = w->p + n;
	w->count = 0;
	return 0;
}

/* A public-key encrypted session key, version 3 (RFC 4880, 5.1). */
static bool
session_key(const struct unit *u, struct packet *out)
{
	struct text hex = TEXT_INIT;

	if (u->n < 10 || u->body[0] != 3 || out->keys == PACKET_KEYS)
		return false;
	text_hex(&hex, u->body + 1, 8);
	memcpy(out->key_id[out->keys++], hex.p, 17);
	text_release(&hex);
	return true;
}

static bool
message_walk(struct walk *w, struct packet *out)
{
	struct unit u;

	while (walk_next(w, &u)) {
		if (u.tag == TAG_PKESK) {
			if (!session_key(&u, out))
				return false;
		} else if (u.tag == TAG_SKESK) {
			out->passwords++;
		} else {
			out->integrity = u.tag == TAG_AEAD ||
			    (u.tag == TAG_PROTECTED && u.n > 0 &&
				(u.body[0] == 1 || u.body[0] == 2));
			return (out->integrity || u.tag == TAG_ENCRYPTED) &&
			    out->keys + out->passwords > 0 && w->p == w->end;
		}
	}
	return false;
}

int
packet_message(const char *p, size_t n, struct packet *out, struct fail *f)
{
	struct text held = TEXT_INIT;
	struct walk w = { 0 };
	bool good;

	*out = (struct packet){ 0 };
	if (walk_open(&w, p, n, "MESSAGE", &held, f) != 0) {
		text_release(&held);
		return f->code;
	}
	good = message_walk(&w, out);
	text_release(&held);
	if (!good)
		return fail(f, EX_DATAERR, "not one encrypted message");
	return 0;
}

/* Versions 3 and 4 (RFC 4880, 5.2.2 and 5.2.3). */
static bool
signature_fields(const struct unit *u, struct packet_signature *out)
{
	const unsigned char *b = u->body;

	if (u->tag != TAG_SIGNATURE || u->n < 4)
		return false;
	if (out->count++ > 0)
		return true;
	out->version = b[0];
	if (b[0] == 3 && u->n < 17)
		return false;
	out->algorithm = b[0] == 3 ? b[15] : b[2];
	out->hash = b[0] == 3 ? b[16] : b[3];
	return true;
}

int
packet_signature(
    const char *p, size_t n, struct packet_signature *out, struct fail *f)
{
	struct text held = TEXT_INIT;
	struct walk w = { 0 };
	struct unit u = { 0 };
	bool good;

	*out = (struct packet_signature){ 0 };
	if (walk_open(&w, p, n, "SIGNATURE", &held, f) != 0) {
		text_release(&held);
		return f->code;
	}
	do
		good = walk_next(&w, &u) && signature_fields(&u, out);
	while (good && w.p < w.end);
	text_release(&held);
	if (!good)
		return fail(f, EX_DATAERR, "not a signature");
	return 0;
}
