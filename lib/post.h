#ifndef VC_POST_H
#define VC_POST_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "maildir.h"
#include "smtp.h"

/*
 * How a mail leaves us:
 *
 *	maildir:DIR	a Maildir, made when its parent is there
 *	sendmail:[PATH]	a sendmail program, /usr/sbin/sendmail when not named
 *	smtp://SERVER	a mail server, or smtps: server.h
 *
 * Invariant: a parcel without a failure is whole and on disk, or was taken by
 * sendmail with 0, or by the server with 250. Mails go out with LF line ends
 * where a file is, with CRLF where SMTP is, as each world wants them.
 */

enum {
	POST_WAIT = 300, /* seconds that sendmail may take for a mail */
};

struct post {
	const char *via;  /* "maildir", "sendmail" or "smtp", static */
	const char *path; /* borrowed from the SPEC */
	struct maildir maildir;
	struct smtp smtp;
};

#define POST_INIT \
	{ \
		.maildir = MAILDIR_INIT, .smtp = SMTP_INIT \
	}

/* One mail for one address, and what became of it. */
struct parcel {
	const char *mail; /* CRLF line ends */
	size_t n;
	const char *from, *to;
	char word[64]; /* "TIME.HASH": its name in a Maildir, now and again */
	bool again;    /* it may be there from a try that was cut off */
	bool found;    /* it was: that one counts, not this */
	enum smtp_end end; /* what is known; SMTP_TAKEN only without a fail */
	char reply[DIALOG_REPLY]; /* the server's last words, or "" */
	struct fail fail;
};

/*
 * Understand SPEC; NULL is sendmail. PASSWORD: the file of a server's user, or
 * NULL. DRY: make no Maildir. EX_USAGE: no such transport; EX_CANTCREAT,
 * EX_UNAVAILABLE: it is not there; else as server_read().
 */
int post_open(struct post *p, const char *spec, const char *password, bool dry,
    struct fail *f);

/*
 * May more than one parcel be handed over between `try` and `sent`? Where a
 * second run can find them again.
 */
bool post_together(const struct post *p);

/* Be ready for a parcel from FROM: as smtp_ready(). Before any `try`. */
int post_ready(struct post *p, const char *from, struct fail *f);

/*
 * Hand over N parcels; .fail and .end of each say what became of it.
 * EX_TEMPFAIL: try again (disk full, sendmail or the server says so, or does
 * not end); else sendmail's code, or as smtp_send().
 */
void post_hand_over(struct post *p, struct parcel *parcel, size_t n);

void post_release(struct post *p);

#endif
