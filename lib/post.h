#ifndef VC_POST_H
#define VC_POST_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "maildir.h"

/*
 * How a mail leaves us:
 *
 *	maildir:DIR	a Maildir, made when its parent is there
 *	sendmail:[PATH]	a sendmail program, /usr/sbin/sendmail when not named
 *
 * Invariant: a parcel without a failure is whole and on disk, or was taken by
 * sendmail with 0. Mails go out with LF line ends, as both worlds want them.
 */

enum {
	POST_WAIT = 300, /* seconds that sendmail may take for a mail */
};

struct post {
	const char *via;  /* "maildir" or "sendmail", static */
	const char *path; /* borrowed from the SPEC */
	struct maildir maildir;
};

#define POST_INIT \
	{ \
		.maildir = MAILDIR_INIT \
	}

/* One mail for one address, and what became of it. */
struct parcel {
	const char *mail; /* CRLF line ends */
	size_t n;
	const char *from, *to;
	char word[64]; /* "TIME.HASH": its name in a Maildir, now and again */
	bool again;    /* it may be there from a try that was cut off */
	bool found;    /* it was: that one counts, not this */
	struct fail fail;
};

/*
 * Understand SPEC; NULL is sendmail. DRY: make no Maildir. EX_USAGE: no such
 * transport; EX_CANTCREAT, EX_UNAVAILABLE: it is not there.
 */
int post_open(struct post *p, const char *spec, bool dry, struct fail *f);

/*
 * How many parcels may be handed over between `try` and `sent`: as many as a
 * second run can find again, and one where it cannot.
 */
size_t post_batch(const struct post *p, size_t most);

/*
 * Hand over N parcels; each .fail says what became of it. EX_TEMPFAIL: try
 * again (disk full, sendmail says so or does not end); else sendmail's code.
 */
void post_hand_over(struct post *p, struct parcel *parcel, size_t n);

void post_release(struct post *p);

#endif
