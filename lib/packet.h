#ifndef VC_PACKET_H
#define VC_PACKET_H

#include <stdbool.h>

#include "fail.h"
#include "text.h"

/*
 * The outside of OpenPGP data (RFC 4880, 4 and 6): armor, packet headers, and
 * the few fields that lie open. Nothing is decrypted and no other library is
 * asked, so that a sealed mail is judged by other eyes than those that made it.
 *
 * Invariant: what is accepted is accounted for to the last octet.
 */

enum {
	PACKET_KEYS = 16, /* session keys of one message */
	PACKET_SIGNATURES = 16,
	PACKET_OUT = 16 << 20, /* octets that come out of a compressed one */
};

/* An encrypted message: for whom, and how it is protected. */
struct packet {
	char key_id[PACKET_KEYS][17]; /* 16 upper-case hex, in order */
	size_t keys;		      /* public-key session keys */
	size_t passwords;	      /* symmetric session keys */
	bool integrity;		      /* MDC or AEAD, not bare CFB */
};

/* The signature packets of a detached or clearsigned signature. */
struct packet_signature {
	size_t count;
	unsigned version, algorithm, hash; /* of the first; RFC 4880, 9 */
};

/* An armoured or binary message: session keys, then one encrypted packet, then
 * the end. EX_DATAERR for every other sequence, "toolarge: ..." for too many.
 */
int packet_message(const char *p, size_t n, struct packet *out, struct fail *f);

/* An armoured or binary row of signature packets and nothing else. EX_DATAERR,
 * "toolarge: ..." for too many. */
int packet_signature(
    const char *p, size_t n, struct packet_signature *out, struct fail *f);

/*
 * What was inside an encryption: one text with or without signatures, perhaps
 * compressed as a whole. BARE gets its packets without the compression. So
 * nothing is beside the text that gpg could print as well, such as a key.
 * EX_DATAERR "toolarge: ..." or "malformed: ...".
 */
int packet_inside(const char *p, size_t n, struct packet_signature *out,
    struct text *bare, struct fail *f);

#endif
