#include "packet.h"

#include <string.h>

#include "walk.h"

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
	if (!good)
		return fail(f, EX_DATAERR, "not a signature");
	return 0;
}
