#ifndef VC_MESSAGE_H
#define VC_MESSAGE_H

#include "hash.h"
#include "mime.h"
#include "when.h"

/*
 * A received mail, or an entity found inside one, over its raw octets
 * (borrowed: they must outlive it). Our own scan cuts it; where GMime
 * (second.h) disagrees about a mail with OpenPGP in it, it is malformed.
 *
 * Invariant: `covered` is what came, with every line end made CRLF and nothing
 * else changed (RFC 3156 section 5).
 */

enum message_shape {
	MESSAGE_PLAIN,	     /* no OpenPGP in it */
	MESSAGE_CLEARSIGNED, /* text/plain that is one clearsigned frame */
	MESSAGE_SIGNED,	     /* multipart/signed (RFC 3156) of two children */
	MESSAGE_ENCRYPTED,   /* multipart/encrypted (RFC 3156) */
	MESSAGE_ARMORED,     /* text/plain that is one PGP MESSAGE */
	MESSAGE_PARTIAL,     /* OpenPGP elsewhere; `why` says what is wrong */
	MESSAGE_FOREIGN,     /* signed or encrypted by something else: S/MIME */
};

struct message {
	const char *raw; /* from its header on: an mbox line is skipped */
	size_t n;
	struct mime mime;
	enum message_shape shape;
	const char *why;     /* PARTIAL: in our own words, else NULL */
	struct text covered; /* SIGNED: the octets that the signature covers */
	struct text pgp;     /* for gpg: transfer-, never charset-decoded */
	struct text charset; /* CLEARSIGNED, ARMORED: of the text, or "" */
	bool doubted;	     /* GMime is asked about each From, plain or not */
	bool presumed;	     /* message_presume(): it is asked about none */
};

#define MESSAGE_INIT \
	{ \
		.raw = NULL \
	}

struct message_attachment {
	struct text name;	/* last path component, masked; may be "" */
	const char *media_type; /* borrowed from the message */
	struct text octets;	/* transfer-decoded, never charset-decoded */
	char sha256[HASH_LEN];
};

/* Limits first, then read. EX_DATAERR "toolarge: ..." or "malformed: ...".
 * presume() is for who will hear later if GMime sees a signed mail as we do:
 * not agreed(), and what came of it is nothing; parse() it. */
int message_parse(struct message *m, const char *raw, size_t n, struct fail *f);
int message_presume(struct message *m, const char *p, size_t n, struct fail *f);
bool message_agreed(struct message *m);
void message_release(struct message *m);

/* Append the first field NAME decoded (charset_words) to OUT, which may be
 * NULL. Returns how many there are; *flags (may be NULL) gets charset_flags. */
size_t message_field(const struct message *m, const char *name,
    struct text *out, unsigned *flags);

/* The author, local@domain: exactly one From field with exactly one mailbox,
 * ASCII. EX_DATAERR "ambiguous-from: ..." or "bad-from: ...". */
int message_from(const struct message *m, struct text *out, struct fail *f);

/* The Date field. False when there is not one, or it is no date. */
bool message_date(const struct message *m, when_t *t);

/* Append the first text/plain part, UTF-8 and LF. False: no such part. */
bool message_text(const struct message *m, struct text *out, unsigned *flags);

/* The I-th attachment (0...), false after the last. Release name, wipe octets.
 */
bool message_attachment(const struct message *m, size_t i,
    struct message_attachment *a, unsigned *flags);

#endif
