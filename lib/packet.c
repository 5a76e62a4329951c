#include "packet.h"

#include <string.h>

#include "bunzip.h"
#include "walk.h"

/* A public-key encrypted session key, version 3 (RFC 4880, 5.1). */
static bool
session_key(const struct unit *u, struct packet *out)
{
	struct text hex = TEXT_INIT;

	if (u->n < 10 || u->body[0] != 3)
		return false;
	if (out->keys++ >= PACKET_KEYS)
		return false;
	text_hex(&hex, u->body + 1, 8);
	memcpy(out->key_id[out->keys - 1], hex.p, 17);
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
			    out->keys + out->passwords > 0 && walk_ended(w);
		}
	}
	return false;
}

int
packet_message(const char *p, size_t n, struct packet *out, struct fail *f)
{
	struct walk w = { 0 };
	bool good;

	*out = (struct packet){ 0 };
	if (walk_open(&w, p, n, "MESSAGE", f) != 0) {
		walk_release(&w);
		return f->code;
	}
	good = message_walk(&w, out);
	walk_release(&w);
	if (out->keys > PACKET_KEYS)
		return fail(f, EX_DATAERR,
		    "toolarge: more than %d session keys", PACKET_KEYS);
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
		return out->count <= PACKET_SIGNATURES;
	out->version = b[0];
	if (b[0] == 3 && u->n < 17)
		return false;
	out->algorithm = b[0] == 3 ? b[15] : b[2];
	out->hash = b[0] == 3 ? b[16] : b[3];
	return true;
}

static int
too_many(struct fail *f)
{
	return fail(f, EX_DATAERR, "toolarge: more than %d signatures",
	    PACKET_SIGNATURES);
}

int
packet_signature(
    const char *p, size_t n, struct packet_signature *out, struct fail *f)
{
	struct walk w = { 0 };
	struct unit u = { 0 };
	bool good;

	*out = (struct packet_signature){ 0 };
	if (walk_open(&w, p, n, "SIGNATURE", f) != 0) {
		walk_release(&w);
		return f->code;
	}
	do
		good = walk_next(&w, &u) && signature_fields(&u, out);
	while (good && !walk_ended(&w));
	walk_release(&w);
	if (out->count > PACKET_SIGNATURES)
		return too_many(f);
	if (!good)
		return fail(f, EX_DATAERR, "not a signature");
	return 0;
}

/* What a compressed packet holds (RFC 4880, 5.6 and 9.3). */
static int
expand(const struct text *body, struct text *out, struct fail *f)
{
	enum inflate how = INFLATE_BAD;
	const char *p = body->p + 1;
	size_t n = body->n - 1;

	if (body->n > 0 && (body->p[0] == 1 || body->p[0] == 2))
		how = inflate_octets(p, n, body->p[0] == 2, PACKET_OUT, out);
	else if (body->n > 0 && body->p[0] == 3)
		how = bunzip_octets(p, n, PACKET_OUT, out);
	if (how == INFLATE_FULL)
		return fail(f, EX_DATAERR,
		    "toolarge: more than %d octets come out of it", PACKET_OUT);
	if (how == INFLATE_BAD)
		return fail(f, EX_DATAERR, "malformed: it is badly compressed");
	return 0;
}

/* The packets as they are, or, when they are compressed as a whole, without
 * that. */
static int
bare_packets(const char *p, size_t n, struct text *bare, struct fail *f)
{
	struct text body = TEXT_INIT;
	struct walk w = { 0 };
	struct unit u;
	int code = walk_open(&w, p, n, "MESSAGE", f);

	if (code == 0 && walk_next(&w, &u) && u.tag == TAG_COMPRESSED &&
	    walk_ended(&w)) {
		walk_body(&w, &u, &body);
		code = expand(&body, bare, f);
	} else if (code == 0) {
		text_add(bare, w.held.n > 0 ? w.held.p : p,
		    w.held.n > 0 ? w.held.n : n);
	}
	text_wipe(&body);
	walk_release(&w);
	return code;
}

/* Signatures that are announced, a text, those signatures; or signatures and
 * a text; or a text (RFC 4880, 11.3). */
static bool
inside_walk(struct walk *w, struct packet_signature *out)
{
	size_t announced = 0, before = 0;
	bool text = false;
	struct unit u;

	do {
		if (!walk_next(w, &u))
			return false;
		if (u.tag == TAG_ANNOUNCED && !text && before == 0)
			announced++;
		else if (u.tag == TAG_LITERAL && !text)
			text = true;
		else if (!signature_fields(&u, out) || (!text && announced > 0))
			return false;
		else if (!text)
			before++;
	} while (!walk_ended(w));
	return text && out->count == announced + before;
}

int
packet_inside(const char *p, size_t n, struct packet_signature *out,
    struct text *bare, struct fail *f)
{
	struct walk w = { 0 };
	bool good;

	*out = (struct packet_signature){ 0 };
	if (bare_packets(p, n, bare, f) != 0)
		return f->code;
	w.p = (const unsigned char *)bare->p;
	w.end = w.p + bare->n;
	good = inside_walk(&w, out);
	if (good)
		return 0;
	text_wipe(bare);
	if (out->count > PACKET_SIGNATURES)
		return too_many(f);
	return fail(f, EX_DATAERR,
	    "malformed: what is encrypted is not one text, signed or not");
}
