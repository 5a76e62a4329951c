#ifndef VC_POST_H
#define VC_POST_H

#include <stddef.h>

#include "fail.h"

/*
 * How a mail leaves us:
 *
 *	maildir:DIR	a Maildir, made when its parent is there
 *	sendmail:[PATH]	a sendmail program, /usr/sbin/sendmail when not named
 *
 * Invariant: a parcel without a failure is whole and on disk, or was taken by
 * sendmail with 0. A name in a Maildir tells the time and nothing of the mail.
 * Mails go out with LF line ends, as both worlds want them.
 */

enum {
	POST_WAIT = 300,    /* seconds that sendmail may take for a mail */
	POST_SYNC_EACH = 3, /* more files than that are synced all together */
	POST_PATH = 4096,
};

struct post {
	const char *via; /* "maildir" or "sendmail", static */
	char path[POST_PATH];
	int tmp, fresh; /* folders tmp and new, or -1 */
	unsigned long count;
};

#define POST_INIT                                                              \
	{                                                                      \
		.tmp = -1, .fresh = -1                                         \
	}

/* One mail for one address, and what became of it. */
struct parcel {
	const char *mail; /* CRLF line ends */
	size_t n;
	const char *from, *to;
	struct fail fail;
};

/*
 * Understand SPEC; NULL is sendmail. EX_USAGE: no such transport;
 * EX_CANTCREAT, EX_UNAVAILABLE: it is not there.
 */
int post_open(struct post *p, const char *spec, struct fail *f);

/*
 * Hand over N parcels; each .fail says what became of it. EX_TEMPFAIL: try
 * again (disk full, sendmail says so or does not end); else sendmail's code.
 */
void post_hand_over(struct post *p, struct parcel *parcel, size_t n);

void post_release(struct post *p);

#endif
