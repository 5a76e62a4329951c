#include "wire.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

enum {
	WIRE_CA = 4 << 20, /* octets of a file of certificates */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
wire_until(struct wire *w, unsigned seconds)
{
	w->until = now_ms() + (int64_t)seconds * 1000;
	w->left = WIRE_OCTETS;
}

/* Wait for EVENTS on FD. 0, ETIMEDOUT, or an errno. */
static int
wire_wait(const struct wire *w, int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left;
	int n;

	for (;;) {
		left = w->until - now_ms();
		if (left <= 0)
			return ETIMEDOUT;
		n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return errno;
	}
}

/* One address of the host. 0, or an errno. */
static int
wire_try(struct wire *w, const struct addrinfo *a)
{
	int fd = socket(a->ai_family,
	    a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol);
	socklen_t len = sizeof(int);
	int e = 0;

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
		e = errno == EINPROGRESS ? wire_wait(w, fd, POLLOUT) : errno;
		if (e == 0 &&
		    getsockopt(fd, SOL_SOCKET, SO_ERROR, &e, &len) != 0)
			e = errno;
	}
	if (e == 0)
		w->fd = fd;
	else
		close(fd);
	return e;
}

int
wire_connect(struct wire *w, const char *host, const char *port,
    unsigned seconds, struct fail *f)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV };
	struct addrinfo *all, *a;
	int e = getaddrinfo(host, port, &hints, &all);

	if (e != 0)
		return fail(f, EX_TEMPFAIL, "cannot find the host '%s': %s",
		    host, e == EAI_SYSTEM ? strerror(errno) : gai_strerror(e));
	wire_until(w, seconds < WIRE_CONNECT ? seconds : WIRE_CONNECT);
	e = ENOENT;
	for (a = all; a != NULL && e != 0; a = a->ai_next)
		e = wire_try(w, a);
	freeaddrinfo(all);
	if (e != 0)
		return fail(f, EX_TEMPFAIL, "cannot connect to '%s:%s': %s",
		    host, port, strerror(e));
	return 0;
}

/* Read the authorities to trust. */
static int
wire_trust(struct wire *w, const char *ca, struct fail *f)
{
	struct text pem = TEXT_INIT;
	gnutls_datum_t d;
	int n;

	if (w->trust != NULL)
		return 0;
	if (ca != NULL && file_read(ca, WIRE_CA, &pem, f) != 0)
		return f->code;
	if (gnutls_certificate_allocate_credentials(&w->trust) < 0)
		process_nomem();
	d = (gnutls_datum_t){ (unsigned char *)pem.p, (unsigned)pem.n };
	n = ca == NULL ? gnutls_certificate_set_x509_system_trust(w->trust) :
			 gnutls_certificate_set_x509_trust_mem(
			     w->trust, &d, GNUTLS_X509_FMT_PEM);
	text_release(&pem);
	if (n > 0)
		return 0;
	gnutls_certificate_free_credentials(w->trust);
	w->trust = NULL;
	return ca == NULL ?
	    fail(f, EX_CONFIG,
		"the system trusts no certificates: option '-C' names some") :
	    fail(f, EX_CONFIG, "'%s' has no certificates in PEM", ca);
}

static int
wire_session(struct wire *w, const char *host)
{
	int e = gnutls_init(
	    &w->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);

	if (e == 0)
		e = gnutls_set_default_priority(w->tls);
	if (e == 0)
		e = gnutls_credentials_set(
		    w->tls, GNUTLS_CRD_CERTIFICATE, w->trust);
	if (e == 0)
		e = gnutls_server_name_set(
		    w->tls, GNUTLS_NAME_DNS, host, strlen(host));
	if (e == 0) {
		gnutls_session_set_verify_cert(w->tls, host, 0);
		gnutls_transport_set_int(w->tls, w->fd);
	}
	return e;
}

static int
wire_turn(struct wire *w)
{
	const short events =
	    gnutls_record_get_direction(w->tls) ? POLLOUT : POLLIN;

	return wire_wait(w, w->fd, events);
}

/* Why the certificate was not accepted, in GnuTLS' words, without its dot. */
static int
wire_untrusted(struct wire *w, const char *host, struct fail *f)
{
	unsigned status = gnutls_session_get_verify_cert_status(w->tls);
	gnutls_datum_t why = { NULL, 0 };
	size_t n;

	gnutls_certificate_verification_status_print(
	    status, GNUTLS_CRT_X509, &why, 0);
	n = why.data == NULL ? 0 : why.size;
	while (n > 0 && strchr(" .\n", why.data[n - 1]) != NULL)
		n--;
	fail(f, EX_TEMPFAIL, "the certificate of '%s' is not trusted: %.*s",
	    host, (int)n, why.data == NULL ? "" : (const char *)why.data);
	gnutls_free(why.data);
	return f->code;
}

int
wire_tls(struct wire *w, const char *host, const char *ca, unsigned seconds,
    struct fail *f)
{
	int e, late = 0;

	if (wire_trust(w, ca, f) != 0)
		return f->code;
	wire_until(w, seconds < WIRE_CONNECT ? seconds : WIRE_CONNECT);
	e = wire_session(w, host);
	while (e == 0 && (e = gnutls_handshake(w->tls)) < 0 &&
	    gnutls_error_is_fatal(e) == 0 && (late = wire_turn(w)) == 0)
		e = 0;
	if (e == 0)
		return 0;
	if (e == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
		return wire_untrusted(w, host, f);
	return fail(f, EX_TEMPFAIL, "no TLS with '%s': %s", host,
	    late != 0 ? strerror(late) : gnutls_strerror(e));
}

/* What a TLS call gave, as an errno; EAGAIN: wait and call again. */
static int
wire_errno(ssize_t n)
{
	if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
		return EAGAIN;
	if (n == GNUTLS_E_PREMATURE_TERMINATION || n == GNUTLS_E_PUSH_ERROR)
		return ECONNRESET;
	return EPROTO;
}

/*
 * A call on the connection gave R < 0; in the clear it waits for EVENTS. 0 when
 * it is to be called again, or an errno.
 */
static int
wire_again(struct wire *w, ssize_t r, short events)
{
	int e = w->tls != NULL ? wire_errno(r) : errno;

	if (e == EINTR)
		return 0;
	if (e != EAGAIN && e != EWOULDBLOCK)
		return e;
	return w->tls != NULL ? wire_turn(w) : wire_wait(w, w->fd, events);
}

/* Fill the empty buffer. *got 0: the server says no more. */
static int
wire_fill(struct wire *w)
{
	ssize_t r;
	int e;

	for (;;) {
		r = w->tls != NULL ?
		    gnutls_record_recv(w->tls, w->in, sizeof w->in) :
		    recv(w->fd, w->in, sizeof w->in, 0);
		if (r >= 0)
			break;
		e = wire_again(w, r, POLLIN);
		if (e != 0)
			return e;
	}
	w->in_at = 0;
	w->in_n = (size_t)r;
	return 0;
}

int
wire_read(struct wire *w, void *p, size_t n, size_t *got)
{
	int e = wire_flush(w);

	*got = 0;
	if (e == 0 && w->left == 0)
		e = EMSGSIZE;
	if (e == 0 && w->in_at == w->in_n)
		e = wire_fill(w);
	if (e != 0)
		return e;
	if (n > w->in_n - w->in_at)
		n = w->in_n - w->in_at;
	if (n > w->left)
		n = w->left;
	memcpy(p, w->in + w->in_at, n);
	w->in_at += n;
	w->left -= n;
	*got = n;
	return 0;
}

static int
wire_send(struct wire *w, const char *p, size_t n)
{
	ssize_t r;
	int e;

	while (n > 0) {
		r = w->tls != NULL ? gnutls_record_send(w->tls, p, n) :
				     send(w->fd, p, n, MSG_NOSIGNAL);
		if (r >= 0) {
			p += r;
			n -= (size_t)r;
			continue;
		}
		e = wire_again(w, r, POLLOUT);
		if (e != 0)
			return e;
	}
	return 0;
}

int
wire_flush(struct wire *w)
{
	int e = wire_send(w, w->out, w->out_n);

	w->out_n = 0;
	return e;
}

int
wire_write(struct wire *w, const void *p, size_t n)
{
	int e = 0;

	if (n > sizeof w->out - w->out_n)
		e = wire_flush(w);
	if (e != 0 || n > sizeof w->out)
		return e != 0 ? e : wire_send(w, p, n);
	memcpy(w->out + w->out_n, p, n);
	w->out_n += n;
	return 0;
}

bool
wire_stirs(struct wire *w)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	char c;

	if (w->fd < 0 || w->in_at < w->in_n || poll(&p, 1, 0) < 0)
		return true;
	if (w->tls == NULL || p.revents == 0)
		return p.revents != 0;
	/* With TLS 1.3 there may be tickets, which are nobody's words. */
	return gnutls_record_recv(w->tls, &c, 1) != GNUTLS_E_AGAIN;
}

void
wire_close(struct wire *w)
{
	if (w->tls != NULL)
		gnutls_deinit(w->tls);
	w->tls = NULL;
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->in_at = w->in_n = w->out_n = 0;
}

void
wire_release(struct wire *w)
{
	wire_close(w);
	if (w->trust != NULL)
		gnutls_certificate_free_credentials(w->trust);
	w->trust = NULL;
}
