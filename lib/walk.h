#ifndef VC_WALK_H
#define VC_WALK_H

#include <stdbool.h>

#include "fail.h"
#include "text.h"

/*
 * OpenPGP data as a row of packets (RFC 4880, 4). Old and new headers; lengths
 * that are partial or open are for data packets only.
 *
 * Invariant: when walk_next() says true, u->body[0..n) is inside the data.
 */

enum {
	WALK_PACKETS = 1024, /* packets in a row */
};

enum walk_tag {
	TAG_PKESK = 1, /* public-key encrypted session key */
	TAG_SIGNATURE = 2,
	TAG_SKESK = 3,	   /* symmetrically encrypted session key */
	TAG_ANNOUNCED = 4, /* one-pass signature: one follows the text */
	TAG_SECRET_KEY = 5,
	TAG_PUBLIC_KEY = 6,
	TAG_SECRET_SUBKEY = 7,
	TAG_COMPRESSED = 8,
	TAG_ENCRYPTED = 9,
	TAG_LITERAL = 11,
	TAG_PUBLIC_SUBKEY = 14,
	TAG_PROTECTED = 18,
	TAG_AEAD = 20,
};

/* A packet; body[0..n) is its first run of octets, all of it but for data. */
struct unit {
	unsigned tag;
	const unsigned char *body;
	size_t n;
	bool parts; /* more runs follow: walk_body() has them all */
};

struct walk {
	const unsigned char *p, *end; /* not yet walked */
	size_t count;
	struct text held; /* what came out of the armor */
};

/* Binary data (first bit set) as it is, else one armor block of this KIND.
 * Borrows p. EX_DATAERR. */
int walk_open(
    struct walk *w, const char *p, size_t n, const char *kind, struct fail *f);

/* False at the end, and for what is no packet: then p is not at the end. */
bool walk_next(struct walk *w, struct unit *u);

/* Append the whole body of the packet that walk_next() just gave. */
void walk_body(const struct walk *w, const struct unit *u, struct text *out);

bool walk_ended(const struct walk *w);

void walk_release(struct walk *w);

#endif
