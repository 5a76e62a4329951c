#ifndef VC_VERDICT_H
#define VC_VERDICT_H

#include <stdbool.h>

#include "key.h"

/*
 * The rules of a verdict: what the facts of a signature are worth. A rule is a
 * small function; the first that does not hold gives the word. What a mail
 * must look like before there are facts is verify's part.
 *
 * Invariant: `why` is our own words; nothing in it comes from a mail.
 */

enum {
	VERDICT_AGE = 14 * 24 * 3600, /* a signature older is `replay` */
	VERDICT_AHEAD = 5 * 60,	      /* one that much later is `future` */
	VERDICT_WHY = 160,	      /* octets of the reason, NUL included */
};

struct verdict {
	const char *word; /* one of the closed set of verify.h; static */
	char why[VERDICT_WHY];
};

/* What a signature is judged by. */
struct evidence {
	const struct signature *signature;
	unsigned version;   /* of the signature packet */
	const char *pinned; /* fingerprint in the sender's row */
	when_t at;	    /* when the mail came */
};

/* Set word and reason. Returns, as passed(), if the word is `signed`. */
bool verdict_set(struct verdict *v, const char *word, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

bool verdict_passed(const struct verdict *v);

/* The word of "WORD: reason" (message.h): why octets are no mail, or have no
 * author. `malformed` for any other. */
void verdict_refused(struct verdict *v, const struct fail *f);

/* Judge. Returns true when the word is `signed`. */
bool verdict_judge(struct verdict *v, const struct evidence *e);

/* True when the octets were signed by the key named, whatever it is worth. */
bool verdict_authentic(const struct signature *s);

#endif
