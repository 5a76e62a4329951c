#include "reading.h"

#include <string.h>
#include <strings.h>

#include "canon.h"
#include "frame.h"
#include "limit.h"
#include "packet.h"
#include "pin.h"
#include "protect.h"
#include "sender.h"

/* EX_DATAERR is about the mail and becomes a verdict; the rest goes up. */
static int
settle(struct reading *r, struct fail *f)
{
	if (f->code != EX_DATAERR)
		return f->code;
	verdict_refused(&r->verdict, f);
	*f = (struct fail)FAIL_INIT;
	return 0;
}

/* gpg has answered: look its key up, and judge. */
static int
decide(struct reading *r, unsigned version, struct fail *f)
{
	struct evidence e = { &r->signature, version, record_str(r->row, "fpr"),
		r->at };

	if (r->signature.fpr[0] != '\0' &&
	    pin_signer(r->store, e.pinned, &r->signature, f) != 0)
		return f->code;
	return verdict_judge(&r->verdict, &e) ? 0 : sender_other(r, f);
}

/* Packets that nobody reads: too many, or no such. */
static bool
unreadable(struct reading *r, const struct fail *f, const char *what)
{
	if (strncmp(f->why, "toolarge", 8) == 0)
		verdict_refused(&r->verdict, f);
	else
		verdict_set(&r->verdict, "malformed", "%s", what);
	return false;
}

static bool
is_one(struct reading *r, const struct packet_signature *s)
{
	return s->count == 1 ||
	    verdict_set(
		&r->verdict, "ambiguous", "it holds more than one signature");
}

/* Exactly one signature packet, in a row of nothing else. */
static bool
one_packet(struct reading *r, const char *p, size_t n, unsigned *version)
{
	struct packet_signature s;
	struct fail f = FAIL_INIT;

	if (packet_signature(p, n, &s, &f) != 0)
		return unreadable(r, &f, "the signature cannot be read");
	*version = s.version;
	return is_one(r, &s);
}

/* These octets are read: as they are, because nobody signed them yet. */
static void
hold(struct reading *r, const struct text *t, bool entity)
{
	text_clear(&r->covered);
	text_add(&r->covered, t->p, t->n);
	r->entity = entity;
}

/* These octets are signed: in the one form that is hashed. */
static bool
cover(struct reading *r, const struct text *t, bool entity)
{
	text_clear(&r->covered);
	canon_text(t->p, t->n, &r->covered);
	r->entity = entity;
	return canon_lines(r->covered.p, r->covered.n) ||
	    verdict_set(&r->verdict, "malformed",
		"a CR in what is signed ends no line");
}

/* multipart/signed: a detached signature over the octets of a part. */
static int
judge_detached(struct reading *r, const struct message *outer,
    const struct message *m, struct fail *f)
{
	unsigned version = 0;
	bool known;

	if (!cover(r, &m->covered, true))
		return 0;
	if (sender_find(r, outer, &known, f) != 0)
		return f->code;
	if (!known || !one_packet(r, m->pgp.p, m->pgp.n, &version))
		return 0;
	if (keyring_verify(r->keyring, r->row_home.p, &m->pgp, &m->covered,
		&r->signature, f) != 0)
		return settle(r, f);
	return decide(r, version, f);
}

static bool
is_jis(const char *charset)
{
	return charset != NULL && strncasecmp(charset, "iso-2022-jp", 11) == 0;
}

/* gpg's answer to a frame: what it covers, and whose it is. */
static int
open_frame(struct reading *r, const struct text *frame, unsigned version,
    struct fail *f)
{
	struct text plain = TEXT_INIT;
	int code;

	code = keyring_open(
	    r->keyring, r->row_home.p, frame, &r->signature, &plain, f);
	if (code != 0) {
		text_wipe(&r->covered);
		code = settle(r, f);
	} else if (cover(r, &plain, false))
		code = decide(r, version, f);
	text_wipe(&plain);
	return code;
}

/* A clearsigned frame: covered is what gpg gives back of it. */
static int
judge_frame(struct reading *r, const struct message *outer,
    const struct text *pgp, const char *charset, struct fail *f)
{
	struct text frame;
	const char *block;
	unsigned version = 0;
	struct frame at;
	bool known;
	int code = 0;

	if (!frame_signed(pgp->p, pgp->n, &at)) {
		verdict_set(&r->verdict, "partial", "not one clearsigned text");
		return 0;
	}
	text_clear(&r->covered);
	frame_text(pgp->p, &at, &r->covered);
	r->entity = false;
	text_clear(&r->charset);
	text_puts(&r->charset, charset == NULL ? "" : charset);
	if (limit_signed_text(pgp->p, pgp->n, is_jis(charset), f) != 0)
		return settle(r, f);
	frame = (struct text){ pgp->p + at.from, at.n, 0 };
	block = strstr(
	    pgp->p + at.text + at.text_n, "-----BEGIN PGP SIGNATURE-----");
	if (block == NULL)
		verdict_set(&r->verdict, "malformed", "it has no signature");
	else if ((code = sender_find(r, outer, &known, f)) == 0 && known &&
	    one_packet(r, block, strlen(block), &version))
		code = open_frame(r, &frame, version, f);
	return code;
}

/* What was encrypted without a signature of its own. */
static int
judge_inside(struct reading *r, const struct message *outer,
    const struct text *plain, struct fail *f)
{
	struct message m = MESSAGE_INIT;
	int code = 0;

	if (message_parse(&m, plain->p, plain->n, f) != 0)
		code = settle(r, f);
	else if (m.shape == MESSAGE_PLAIN)
		verdict_set(&r->verdict, "unsigned", "encrypted, not signed");
	else if (m.shape == MESSAGE_SIGNED)
		code = judge_detached(r, outer, &m, f);
	else if (m.shape == MESSAGE_CLEARSIGNED)
		code = judge_frame(r, outer, &m.pgp, m.charset.p, f);
	else if (m.shape == MESSAGE_PARTIAL)
		verdict_set(&r->verdict, "partial", "%s", m.why);
	else
		verdict_set(&r->verdict, "unsupported",
		    "encrypted inside the encryption");
	message_release(&m);
	return code;
}

static int
judge_inside_text(struct reading *r, const struct message *outer,
    const struct text *plain, struct fail *f)
{
	struct frame at;

	if (frame_signed(plain->p, plain->n, &at))
		return judge_frame(r, outer, plain, outer->charset.p, f);
	if (frame_any(plain->p, plain->n))
		verdict_set(&r->verdict, "partial",
		    "a signature covers only a part of the encrypted text");
	else
		verdict_set(&r->verdict, "unsigned", "encrypted, not signed");
	return 0;
}

/* One encrypted message, for keys alone, protected against changes. */
static bool
may_decrypt(struct reading *r, const struct message *m)
{
	struct packet p;
	struct fail f = FAIL_INIT;

	if (packet_message(m->pgp.p, m->pgp.n, &p, &f) != 0)
		return unreadable(
		    r, &f, "the encrypted message cannot be read");
	if (p.passwords > 0)
		return verdict_set(
		    &r->verdict, "unsupported", "encrypted with a password");
	if (!p.integrity)
		return verdict_set(&r->verdict, "malformed",
		    "encrypted without protection against changes");
	if (r->home == NULL)
		return verdict_set(&r->verdict, "unsupported",
		    "encrypted, and no home of the centre is given");
	return true;
}

/* BARE is what was under the encryption: a text with its signature, or not. It
 * is wiped as soon as it was read; a mail may be in memory a few times. */
static int
judge_decrypted(struct reading *r, const struct message *m, struct text *bare,
    const struct packet_signature *s, struct fail *f)
{
	struct text plain = TEXT_INIT;
	bool entity = m->shape == MESSAGE_ENCRYPTED, known;
	int code;

	if (sender_find(r, m, &known, f) != 0)
		return f->code;
	code = keyring_open(r->keyring, known ? r->row_home.p : r->home, bare,
	    &r->signature, &plain, f);
	text_wipe(bare);
	if (code != 0) {
		text_wipe(&plain);
		return settle(r, f);
	}
	text_puts(&r->charset, m->charset.n > 0 ? m->charset.p : "");
	if (s->count == 0) {
		hold(r, &plain, entity);
		code = entity ? judge_inside(r, m, &plain, f) :
				judge_inside_text(r, m, &plain, f);
	} else if (cover(r, &plain, entity) && known && is_one(r, s))
		code = decide(r, s->version, f);
	text_wipe(&plain);
	return code;
}

/* Gpg sees the packets that we have seen, and no others. */
static int
judge_packets(struct reading *r, const struct message *m, struct text *inner,
    struct fail *f)
{
	struct text bare = TEXT_INIT;
	struct packet_signature s;
	int code = packet_inside(inner->p, inner->n, &s, &bare, f);

	text_wipe(inner);
	if (code == 0)
		code = judge_decrypted(r, m, &bare, &s, f);
	else
		code = settle(r, f);
	text_wipe(&bare);
	return code;
}

static int
judge_encrypted(struct reading *r, const struct message *m, struct fail *f)
{
	struct text inner = TEXT_INIT;
	int code;

	r->encrypted = true;
	if (!may_decrypt(r, m))
		return 0;
	code = keyring_decrypt(r->keyring, r->home, &m->pgp, &inner, f);
	if (code == 0)
		code = judge_packets(r, m, &inner, f);
	else if (code == EX_NOPERM) {
		verdict_set(&r->verdict, "unsupported",
		    "encrypted for no key of the centre");
		*f = (struct fail)FAIL_INIT;
		code = 0;
	} else
		code = settle(r, f);
	text_wipe(&inner);
	return code;
}

static int
judge_shape(struct reading *r, const struct message *m, struct fail *f)
{
	switch (m->shape) {
	case MESSAGE_SIGNED:
		return judge_detached(r, m, m, f);
	case MESSAGE_CLEARSIGNED:
		return judge_frame(r, m, &m->pgp, m->charset.p, f);
	case MESSAGE_ENCRYPTED:
	case MESSAGE_ARMORED:
		return judge_encrypted(r, m, f);
	case MESSAGE_PARTIAL:
		verdict_set(&r->verdict, "partial", "%s", m->why);
		return 0;
	case MESSAGE_FOREIGN:
		verdict_set(&r->verdict, "unsupported",
		    "signed or encrypted by something else than OpenPGP");
		return 0;
	case MESSAGE_PLAIN:
		break;
	}
	verdict_set(&r->verdict, "unsigned", "no signature in it");
	return 0;
}

int
reading_judge(struct reading *r, const struct message *m, struct fail *f)
{
	int code = judge_shape(r, m, f);

	if (code == 0 && verdict_authentic(&r->signature)) {
		hash_sha256(r->covered.p, r->covered.n, r->covered_sha256);
		r->covered_n = r->covered.n;
	}
	if (code != 0 || !r->entity)
		return code;
	if (message_parse(&r->inner, r->covered.p, r->covered.n, f) != 0) {
		message_release(&r->inner);
		r->entity = false;
		text_wipe(&r->covered);
		return settle(r, f);
	}
	r->inner.doubted = true;
	if (!verdict_passed(&r->verdict) || !protect_says(&r->inner))
		return 0;
	return protect_check(&r->inner, r->lookup, r->row, &r->verdict, f);
}

void
reading_release(struct reading *r)
{
	message_release(&r->inner);
	text_release(&r->row_home);
	text_wipe(&r->covered);
	text_release(&r->charset);
}
