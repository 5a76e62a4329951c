#ifndef VC_SMTP_H
#define VC_SMTP_H

#include "dialog.h"
#include "server.h"

/*
 * A mail server that mails are handed over to with SMTP (RFC 5321).
 *
 * Invariant: nothing but the greeting, EHLO and STARTTLS is said before TLS
 * stands and the certificate is right, unless the server is `here` (server.h).
 */

enum {
	SMTP_WAIT = 300, /* seconds for a reply (RFC 5321, 4.5.3.2) */
	SMTP_DOT = 2,	 /* times as long for the one to a whole mail */
};

struct smtp {
	struct server server;
	const char *ca;	 /* file of authorities, or NULL; borrowed */
	long most, sent; /* mails in one connection; most 0: no limit */
	struct dialog dialog;
};

#define SMTP_INIT \
	{ \
		.server = SERVER_INIT, .dialog = DIALOG_INIT, \
	}

/* What became of a mail. */
enum smtp_end {
	SMTP_TAKEN,
	SMTP_LATER, /* surely not taken; later perhaps (4xx, no connection) */
	SMTP_NEVER, /* surely not taken, and refused for good (5xx) */
	SMTP_DOUBT, /* lost after the final dot: nobody knows */
};

/*
 * Be connected, in TLS, and known to the server, so that mails can be handed
 * over; does nothing when all that still stands. We are called by the name of
 * this machine, or when it has no whole one by the domain of FROM. EX_TEMPFAIL;
 * EX_CONFIG when the server refuses the user, and for the file `ca`.
 */
int smtp_ready(struct smtp *s, const char *from, struct fail *f);

/*
 * Hand over a MAIL (lines that end in CRLF, no other CR or LF) from FROM to TO,
 * both bare addresses in the grammar of envelope_address(). REPLY: the server's
 * last words: "250 2.0.0 Ok". Not SMTP_TAKEN: f says why; EX_TEMPFAIL,
 * EX_NOUSER when the address is refused, EX_UNAVAILABLE when the mail is.
 */
enum smtp_end smtp_send(struct smtp *s, const char *from, const char *to,
    const struct text *mail, char reply[DIALOG_REPLY], struct fail *f);

/* Say QUIT, and close. */
void smtp_release(struct smtp *s);

#endif
