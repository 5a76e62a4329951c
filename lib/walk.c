#include "walk.h"

#include "armor.h"

enum {
	PARTIAL_MIN = 512, /* octets of a first partial length (4.2.2.4) */
};

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
	u->parts = partial;
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

bool
walk_ended(const struct walk *w)
{
	return w->p == w->end;
}

bool
walk_next(struct walk *w, struct unit *u)
{
	size_t head;

	u->parts = false;
	if (walk_ended(w) || ++w->count > WALK_PACKETS ||
	    !big_endian(w, 1, &head) || (head & 0x80) == 0)
		return false;
	if ((head & 0x40) != 0) {
		u->tag = (unsigned)head & 0x3f;
		return new_body(w, u);
	}
	u->tag = (unsigned)(head >> 2) & 0x0f;
	return old_body(w, u, (unsigned)head & 3);
}

void
walk_body(const struct walk *w, const struct unit *u, struct text *out)
{
	struct walk rest = { .p = u->body + u->n, .end = w->p };
	const unsigned char *more;
	bool partial = u->parts;
	size_t n;

	text_add(out, u->body, u->n);
	while (
	    partial && new_length(&rest, &n, &partial) && take(&rest, n, &more))
		text_add(out, more, n);
}

int
walk_open(
    struct walk *w, const char *p, size_t n, const char *kind, struct fail *f)
{
	*w = (struct walk){ 0 };
	if (n == 0 || ((unsigned char)p[0] & 0x80) == 0) {
		if (armor_decode(p, n, kind, &w->held, f) != 0)
			return f->code;
		p = w->held.p;
		n = w->held.n;
	}
	w->p = (const unsigned char *)p;
	w->end = w->p + n;
	return 0;
}

void
walk_release(struct walk *w)
{
	text_wipe(&w->held);
}
