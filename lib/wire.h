#ifndef VC_WIRE_H
#define VC_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"

/*
 * A TCP connection to a server, with TLS (GnuTLS) or without, on which nothing
 * waits for ever.
 *
 * Invariant: every wait ends at the deadline that wire_until() set, and no more
 * than WIRE_OCTETS are read under one deadline. TLS is there only when the
 * server's certificate was made for the host by an authority that we trust;
 * there is no way on without.
 */

enum {
	WIRE_OCTETS = 64 << 10, /* read at most under one deadline */
	WIRE_BUFFER = 4096,	/* octets that wait in each direction */
	WIRE_CONNECT = 60, /* seconds at most for a connection and for TLS */
};

struct gnutls_session_int;
struct gnutls_certificate_credentials_st;

struct wire {
	int fd;
	struct gnutls_session_int *tls; /* NULL: in the clear */
	struct gnutls_certificate_credentials_st *trust;
	int64_t until; /* ms of the monotonic clock */
	size_t left;   /* octets that may still be read */
	char in[WIRE_BUFFER], out[WIRE_BUFFER];
	size_t in_at, in_n, out_n;
};

#define WIRE_INIT \
	{ \
		.fd = -1 \
	}

/* Connect within SECONDS. EX_TEMPFAIL: no such host, nobody answers. */
int wire_connect(struct wire *w, const char *host, const char *port,
    unsigned seconds, struct fail *f);

/*
 * Begin TLS as a client within SECONDS. The certificate must be for HOST, and
 * from an authority in the PEM file CA (NULL: those of the system). EX_NOINPUT
 * and EX_CONFIG: the file; EX_TEMPFAIL: anything else, and then the connection
 * is of no use.
 */
int wire_tls(struct wire *w, const char *host, const char *ca, unsigned seconds,
    struct fail *f);

/* All reads and writes from now on have SECONDS together. */
void wire_until(struct wire *w, unsigned seconds);

/*
 * 0, or an errno: ETIMEDOUT, EMSGSIZE (too much), EPROTO (TLS), ... At the end
 * of what the server sends *got is 0. What is written is sent with the next
 * read or flush.
 */
int wire_read(struct wire *w, void *p, size_t n, size_t *got);
int wire_write(struct wire *w, const void *p, size_t n);
int wire_flush(struct wire *w);

/* Did the server say something that nobody asked for, or close? */
bool wire_stirs(struct wire *w);

/* close: the authorities stay, for the next connection. */
void wire_close(struct wire *w);
void wire_release(struct wire *w);

#endif
