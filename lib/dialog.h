#ifndef VC_DIALOG_H
#define VC_DIALOG_H

#include "text.h"
#include "wire.h"

/*
 * Commands and replies (RFC 5321, 4.2) on a connection, as the low level of
 * libmailutils reads and writes them. The only place that knows libmailutils.
 *
 * Invariant: a reply is what was waited for or a failure, and `mu` is NULL as
 * soon as the connection is of no use any more.
 */

enum {
	DIALOG_REPLY = 256, /* octets of a server's words, NUL included */
};

struct _mu_smtp;

struct dialog {
	struct wire wire;
	struct _mu_smtp *mu;
	const char *place; /* "host:port", for messages; borrowed */
	unsigned wait;	   /* seconds for a reply */
};

#define DIALOG_INIT \
	{ \
		.wire = WIRE_INIT \
	}

/* Begin on the connected wire: read the greeting, say EHLO as NAME.
 * EX_TEMPFAIL. */
int dialog_begin(struct dialog *d, const char *name, struct fail *f);

/* EHLO once more, in TLS. EX_TEMPFAIL. */
int dialog_ehlo(struct dialog *d, struct fail *f);

/* Did the server offer EXTENSION, and with which words? "": without; NULL: it
 * did not. Borrowed. */
const char *dialog_offers(const struct dialog *d, const char *extension);

/* Write the command LINE; what follows it may be a SECRET, or NULL. 0, or an
 * errno. It is sent when a reply is waited for. */
int dialog_write(struct dialog *d, const char *line, const struct text *secret);

/*
 * Wait for a reply of the class WANT ('2', '3'); REPLY: its code and its words,
 * masked, "" when there was none. A 5xx is REFUSED, all else EX_TEMPFAIL. After
 * 421, and after what is no answer, the connection ends.
 */
int dialog_answer(struct dialog *d, char want, int refused,
    char reply[DIALOG_REPLY], struct fail *f);

/* Both, within `wait` seconds, when no word of the reply counts. */
int dialog_say(struct dialog *d, const char *line, const struct text *secret,
    char want, int refused, struct fail *f);

/* The connection was lost with this errno. Returns EX_TEMPFAIL. */
int dialog_lost(struct dialog *d, int e, struct fail *f);

void dialog_close(struct dialog *d);

#endif
