#ifndef VC_SERVER_H
#define VC_SERVER_H

#include <stdbool.h>

#include "fail.h"
#include "text.h"

/*
 * A mail server as a person names it:
 *
 *	smtp://[USER@]HOST[:PORT]	STARTTLS (RFC 3207), 25 when no port
 *	smtps://[USER@]HOST[:PORT]	TLS at once (RFC 8314), 465
 *
 * HOST is a name, an IPv4 address, or an IPv6 address in brackets. USER is all
 * before the last @; nothing in it is decoded.
 *
 * Invariant: a server is spoken to in the clear only when it is `here`: smtp,
 * and HOST the number of this machine, 127.0.0.1 or [::1]. There is no user
 * then. A password is never in an argument or in the environment.
 */

enum {
	SERVER_NAME = 256,     /* octets of a host or a user, NUL included */
	SERVER_PASSWORD = 512, /* octets of a password */
};

struct server {
	char host[SERVER_NAME], port[8], user[SERVER_NAME];
	char place[SERVER_NAME + 8]; /* "host:port", for messages */
	bool at_once;		     /* TLS before the first word */
	bool here;		     /* in the clear */
	struct text password;
};

#define SERVER_INIT \
	{ \
		.at_once = false \
	}

/*
 * Understand SPEC, and read the password of its user from the first line of the
 * file PASSWORD. EX_USAGE: it is none of the two; a user without a password, or
 * on this machine; a password without a user. EX_NOINPUT, EX_CONFIG: the file
 * is missing or empty, or others can read it.
 */
int server_read(
    struct server *s, const char *spec, const char *password, struct fail *f);

/* Does SPEC begin as one of the two does? */
bool server_is(const char *spec);

void server_release(struct server *s);

#endif
