#ifndef VC_ENVELOPE_H
#define VC_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "text.h"

/*
 * The outside of a sealed mail: all that the network sees of it. Read here
 * strictly, and not by what wrote it, before the mail may leave.
 *
 * Invariant: what is accepted is a header of nine known fields, each once, in
 * which all but addresses and date is a constant or a hash, and a body of
 * multipart/encrypted (RFC 3156, 4) that holds the version part, one armoured
 * block and nothing else, to the last octet; a letter that is open has its own
 * reader below. There is one From and one To, each
 * one bare address; no Cc, Bcc, Sender, Reply-To.
 */

#define ENVELOPE_SUBJECT "Encrypted notice " /* and hex digits */
#define ENVELOPE_LABEL "[TLP:CLEAR] "	     /* of a letter that is open */
#define ENVELOPE_TYPE \
	"multipart/encrypted; protocol=\"application/pgp-encrypted\"; " \
	"boundary="

enum {
	ENVELOPE_MAX = 10 << 20, /* octets of a mail */
	ENVELOPE_LINE = 998,	 /* octets of a line (RFC 5322, 2.1.1) */
	ENVELOPE_ADDRESS = 255,	 /* octets of an address, NUL included */
	ENVELOPE_ID = 320,	 /* octets of a Message-ID, NUL included */
	ENVELOPE_BOUNDARY = 35,	 /* "=_" and 32 hex digits, and NUL */
	ENVELOPE_SUBJECT_HEX = 16,
};

struct envelope {
	char from[ENVELOPE_ADDRESS], to[ENVELOPE_ADDRESS];
	char message_id[ENVELOPE_ID]; /* with its < and > */
	const char *armor;	      /* borrowed from the mail */
	size_t armor_n;
};

/*
 * Does S follow the grammar that we mail to: ASCII letters, digits and
 * ._+- before one @, dots neither doubled nor outside, a letter or digit in
 * front, host labels of letters, digits and inner hyphens?
 */
bool envelope_address(const char *s);

/* Append what stands before and after the armoured block in the body; and, of
 * an open letter, before its entity, between the two, and after. */
void envelope_body(const char *boundary, struct text *head, struct text *tail);
void envelope_signature(const char *boundary, struct text *head,
    struct text *middle, struct text *tail);

/* Read a whole sealed mail. EX_NOPERM when it is anything else. */
int envelope_read(
    struct envelope *e, const char *mail, size_t n, struct fail *f);

/*
 * Read a whole open letter, one that is signed and not encrypted: the same
 * fields, a Subject that begins with ENVELOPE_LABEL, multipart/signed (RFC
 * 3156, 5), and a text in base64 whose first line is TLP:CLEAR. Whose the
 * signature is, is not asked here. EX_NOPERM when it is anything else.
 */
int envelope_open(
    struct envelope *e, const char *mail, size_t n, struct fail *f);

#endif
