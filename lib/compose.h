#ifndef VC_COMPOSE_H
#define VC_COMPOSE_H

#include "enclosure.h"
#include "when.h"

/*
 * A notice as mail: the entity that is sealed, and the mail around it.
 *
 * The entity carries its own From, To, Subject, Date and Message-ID, says so
 * with hp="cipher", and tells in HP-Outer fields what stands outside (RFC
 * 9788); readers from before the RFC look for protected-headers="v1". The TLP
 * label is in the Subject and directly above the text. Outside, the Subject is
 * a constant and a hash of the notice's id; ids and boundaries are hashes, too.
 * Nothing is random: the same notice at the same time makes the same octets.
 *
 * A letter that is `open` is signed and not encrypted (RFC 3156, 5): its
 * Subject stands outside, too, the entity says hp="clear" and has no
 * attachment, and its text is base64, which nothing on the way rewrites. What
 * is for `all` names no reader inside: only From, Date and Subject. Else text
 * in ASCII flows (flow.h), and other text is base64.
 *
 * Invariant: all lines end in CRLF, none is longer than 998 octets, and no
 * field of a notice can add a header line.
 */

enum {
	COMPOSE_MAX = 7 << 20,	   /* octets to seal; then a record holds it */
	COMPOSE_SUBJECT = 2 << 10, /* octets of a notice's subject */
};

struct compose {
	const char *from, *to;	    /* bare addresses, checked */
	const char *id, *thread;    /* of the notice; its lineage */
	const char *tlp;	    /* a label of gate_tlp() */
	const char *subject, *text; /* UTF-8; text with LF */
	const json_t *attachment;   /* as of enclosure.h, or NULL */
	const struct folder *files; /* where their files are, or NULL */
	when_t date;
	bool open;
	bool all; /* open, and what is signed is the same for all readers */
};

/* Append the entity that is to be sealed or signed. EX_DATAERR: the subject or
 * an attachment is not fit to be mailed. Else as enclosure_part(). */
int compose_entity(const struct compose *c, struct text *out, struct fail *f);

/* Append the whole mail around the sealed entity ARMOR. */
void compose_mail(
    const struct compose *c, const struct text *armor, struct text *out);

/* The same around the open ENTITY and its detached signature ARMOR, which was
 * made with the hash MICALG. EX_DATAERR: the subject. */
int compose_open(const struct compose *c, const struct text *entity,
    const struct text *armor, const char *micalg, struct text *out,
    struct fail *f);

#endif
