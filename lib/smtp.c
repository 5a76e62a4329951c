#include "smtp.h"

#include <errno.h>
#include <mailutils/mailutils.h>
#include <mailutils/smtp.h>
#include <mailutils/sys/stream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "process.h"

enum {
	SMTP_BYE = 5,	     /* seconds that a server has for QUIT */
	SMTP_SLOWEST = 4096, /* octets of a mail in a second */
};

/* Our connection as a stream of libmailutils. */
struct carrier {
	struct _mu_stream stream;
	struct wire *wire;
};

static struct wire *
wire_of(struct _mu_stream *stream)
{
	return ((struct carrier *)(void *)stream)->wire;
}

static int
carrier_read(struct _mu_stream *stream, char *p, size_t n, size_t *got)
{
	return wire_read(wire_of(stream), p, n, got);
}

static int
carrier_write(struct _mu_stream *stream, const char *p, size_t n, size_t *done)
{
	const int e = wire_write(wire_of(stream), p, n);

	*done = e == 0 ? n : 0;
	return e;
}

static mu_stream_t
carrier_new(struct wire *w)
{
	struct carrier *c = (struct carrier *)(void *)_mu_stream_create(
	    sizeof *c, MU_STREAM_READ | MU_STREAM_WRITE);

	if (c == NULL)
		process_nomem();
	c->wire = w;
	c->stream.read = carrier_read;
	c->stream.write = carrier_write;
	c->stream.flags |= _MU_STR_OPEN;
	mu_stream_set_buffer(&c->stream, mu_buffer_line, 0);
	return &c->stream;
}

/* libmailutils speaks to stderr; here the ledger is the log. */
static void
smtp_silence(void)
{
	static bool done;
	mu_stream_t null;

	if (!done && mu_nullstream_create(&null, MU_STREAM_WRITE) == 0)
		mu_strerr = null;
	done = true;
}

static void
smtp_close(struct smtp *s)
{
	if (s->mu != NULL)
		mu_smtp_destroy(&s->mu);
	s->mu = NULL;
	s->sent = 0;
	wire_close(&s->wire);
}

/* The last reply: its code, and its words for a person. */
static void
smtp_words(struct smtp *s, char code[4], char reply[SMTP_REPLY])
{
	const char *p = NULL;
	struct text t = TEXT_INIT;

	code[0] = '\0';
	if (mu_smtp_replcode(s->mu, code) != 0 ||
	    mu_smtp_sget_reply(s->mu, &p) != 0 || p == NULL)
		p = "";
	text_mask(&t, p, strnlen(p, SMTP_REPLY - 1), false);
	snprintf(reply, SMTP_REPLY, "%.3s %.*s", code, SMTP_REPLY - 6,
	    t.p == NULL ? "" : t.p);
	text_release(&t);
}

/* The connection is of no use any more. */
static int
smtp_lost(struct smtp *s, int e, struct fail *f)
{
	smtp_close(s);
	if (e == ETIMEDOUT)
		return fail(f, EX_TEMPFAIL,
		    "'%s' did not answer within %u seconds", s->server.place,
		    s->wait);
	if (e == EMSGSIZE)
		return fail(f, EX_TEMPFAIL, "'%s' says more than %d octets",
		    s->server.place, WIRE_OCTETS);
	return fail(
	    f, EX_TEMPFAIL, "the connection to '%s' was lost", s->server.place);
}

/*
 * What a command came to, when it came to RC. 0: as it should. REFUSED is the
 * code of a 5xx. After 421, and after what is no answer, the connection ends.
 */
static int
smtp_came(
    struct smtp *s, int rc, int refused, char reply[SMTP_REPLY], struct fail *f)
{
	const char *what = refused == EX_CONFIG ? "refuses the user" :
	    refused == EX_NOUSER		? "refuses the address" :
	    refused == EX_UNAVAILABLE		? "refuses the mail" :
						  "says";
	char code[4];

	if (rc != 0 && rc != MU_ERR_REPLY)
		return smtp_lost(s, rc, f);
	smtp_words(s, code, reply);
	if (rc == 0)
		return 0;
	if (code[0] == '5')
		return fail(
		    f, refused, "'%s' %s: %s", s->server.place, what, reply);
	fail(f, EX_TEMPFAIL, "'%s' says: %s", s->server.place, reply);
	if (code[0] != '4' || strcmp(code, "421") == 0)
		smtp_close(s);
	return f->code;
}

/* The same, and the answer must be a 2xx. */
static int
smtp_said(struct smtp *s, int rc, int refused, struct fail *f)
{
	char reply[SMTP_REPLY];

	if (smtp_came(s, rc, refused, reply, f) != 0)
		return f->code;
	return reply[0] == '2' ?
	    0 :
	    fail(f, EX_TEMPFAIL, "'%s' says: %s", s->server.place, reply);
}

/* A command of our own words; what follows may be a secret. */
static int
smtp_say(struct smtp *s, const char *words, const struct text *secret)
{
	int rc;

	wire_until(&s->wire, s->wait);
	rc = mu_smtp_write(
	    s->mu, "%s%s\r\n", words, secret == NULL ? "" : secret->p);
	return rc != 0 ? rc : mu_smtp_response(s->mu);
}

static int
smtp_ehlo(struct smtp *s, struct fail *f)
{
	wire_until(&s->wire, s->wait);
	return smtp_said(s, mu_smtp_ehlo(s->mu), EX_TEMPFAIL, f);
}

/* RFC 3207. What stands behind the answer already is nobody's we know. */
static int
smtp_starttls(struct smtp *s, struct fail *f)
{
	if (mu_smtp_capa_test(s->mu, "STARTTLS", NULL) != 0)
		return fail(f, EX_TEMPFAIL,
		    "'%s' does not offer STARTTLS: nothing is sent in the "
		    "clear",
		    s->server.place);
	if (smtp_said(s, smtp_say(s, "STARTTLS", NULL), EX_TEMPFAIL, f) != 0)
		return f->code;
	if (wire_stirs(&s->wire))
		return fail(f, EX_TEMPFAIL, "'%s' says more than STARTTLS asks",
		    s->server.place);
	if (wire_tls(&s->wire, s->server.host, s->ca, s->wait, f) != 0)
		return f->code;
	return smtp_ehlo(s, f);
}

/* RFC 4954, with PLAIN (RFC 4616) or else LOGIN. */
static int
smtp_auth(struct smtp *s, struct fail *f)
{
	const struct server *to = &s->server;
	struct text plain = TEXT_INIT, b64 = TEXT_INIT;
	const char *offer = "";
	int rc;

	if (mu_smtp_capa_test(s->mu, "AUTH", &offer) != 0)
		return fail(f, EX_CONFIG,
		    "'%s' does not ask who we are: "
		    "no AUTH",
		    to->place);
	if (strcasestr(offer, "PLAIN") != NULL) {
		text_add(&plain, "", 1);
		text_add(&plain, to->user, strlen(to->user) + 1);
		text_add(&plain, to->password.p, to->password.n);
		text_b64(&b64, plain.p, plain.n);
		rc = smtp_say(s, "AUTH PLAIN ", &b64);
	} else {
		text_b64(&plain, to->user, strlen(to->user));
		text_b64(&b64, to->password.p, to->password.n);
		rc = smtp_say(s, "AUTH LOGIN", NULL);
		if (rc == 0)
			rc = smtp_say(s, "", &plain);
		if (rc == 0)
			rc = smtp_say(s, "", &b64);
	}
	text_wipe(&plain);
	text_wipe(&b64);
	return smtp_said(s, rc, EX_CONFIG, f);
}

/* How we are called (RFC 5321, 4.1.1.1). */
static void
smtp_name(struct smtp *s, const char *from)
{
	char host[256] = "";

	if (gethostname(host, sizeof host - 1) != 0 ||
	    strchr(host, '.') == NULL || !text_token(host, ".-", 255))
		snprintf(host, sizeof host, "%s", strchr(from, '@') + 1);
	if (mu_smtp_set_param(s->mu, MU_SMTP_PARAM_DOMAIN, host) != 0)
		process_nomem();
}

static int
smtp_greeted(struct smtp *s, struct fail *f)
{
	wire_until(&s->wire, s->wait);
	if (smtp_said(s, mu_smtp_open(s->mu), EX_TEMPFAIL, f) != 0 ||
	    smtp_ehlo(s, f) != 0)
		return f->code;
	if (!s->server.at_once && !s->server.here && smtp_starttls(s, f) != 0)
		return f->code;
	return s->server.user[0] == '\0' ? 0 : smtp_auth(s, f);
}

static int
smtp_connect(struct smtp *s, const char *from, struct fail *f)
{
	const struct server *to = &s->server;

	smtp_silence();
	if (wire_connect(&s->wire, to->host, to->port, s->wait, f) != 0)
		return f->code;
	if (to->at_once &&
	    wire_tls(&s->wire, to->host, s->ca, s->wait, f) != 0) {
		smtp_close(s);
		return f->code;
	}
	if (mu_smtp_create(&s->mu) != 0 ||
	    mu_smtp_set_carrier(s->mu, carrier_new(&s->wire)) != 0)
		process_nomem();
	smtp_name(s, from);
	if (smtp_greeted(s, f) != 0)
		smtp_close(s);
	return f->code;
}

static void
smtp_quit(struct smtp *s)
{
	if (s->mu == NULL)
		return;
	wire_until(&s->wire, s->wait < SMTP_BYE ? s->wait : SMTP_BYE);
	mu_smtp_quit(s->mu);
	smtp_close(s);
}

int
smtp_ready(struct smtp *s, const char *from, struct fail *f)
{
	if (s->mu != NULL && s->most > 0 && s->sent >= s->most)
		smtp_quit(s);
	if (s->mu != NULL && wire_stirs(&s->wire))
		smtp_close(s);
	return s->mu != NULL ? 0 : smtp_connect(s, from, f);
}

/*
 * MAIL, RCPT, DATA and the mail. What libmailutils sends last is the dot: when
 * the sending of all fails, the server never had it whole.
 */
static int
smtp_offer(struct smtp *s, const char *from, const char *to,
    const struct text *lf, char reply[SMTP_REPLY], struct fail *f)
{
	mu_stream_t mail;
	int rc;

	wire_until(&s->wire, s->wait);
	rc = mu_smtp_capa_test(s->mu, "SIZE", NULL) == 0 ?
	    mu_smtp_mail_basic(s->mu, from, "SIZE=%zu", lf->n) :
	    mu_smtp_mail_basic(s->mu, from, NULL);
	if (smtp_came(s, rc, EX_UNAVAILABLE, reply, f) != 0)
		return f->code;
	wire_until(&s->wire, s->wait);
	rc = mu_smtp_rcpt_basic(s->mu, to, NULL);
	if (smtp_came(s, rc, EX_NOUSER, reply, f) != 0)
		return f->code;
	if (mu_static_memory_stream_create(&mail, lf->p, lf->n) != 0)
		process_nomem();
	wire_until(&s->wire, s->wait + (unsigned)(lf->n / SMTP_SLOWEST));
	rc = mu_smtp_send_stream(s->mu, mail);
	if (rc == 0)
		rc = wire_flush(&s->wire);
	mu_stream_unref(mail);
	return smtp_came(s, rc, EX_UNAVAILABLE, reply, f);
}

/* The answer to the dot, which makes the mail the server's. */
static enum smtp_end
smtp_taken(struct smtp *s, char reply[SMTP_REPLY], struct fail *f)
{
	reply[0] = '\0';
	wire_until(&s->wire, s->wait * SMTP_DOT);
	if (smtp_came(s, mu_smtp_dot(s->mu), EX_UNAVAILABLE, reply, f) == 0) {
		s->sent++;
		return SMTP_TAKEN;
	}
	smtp_close(s); /* libmailutils cannot go on after a refused dot */
	return reply[0] == '4' ? SMTP_LATER :
	    reply[0] == '5'    ? SMTP_NEVER :
				 SMTP_DOUBT;
}

enum smtp_end
smtp_send(struct smtp *s, const char *from, const char *to,
    const struct text *lf, char reply[SMTP_REPLY], struct fail *f)
{
	const bool used = s->sent > 0;
	struct fail again = FAIL_INIT;

	reply[0] = '\0';
	if (smtp_offer(s, from, to, lf, reply, f) == 0)
		return smtp_taken(s, reply, f);
	/* A server that had enough of this connection may take it in another.
	 */
	if (used && s->mu == NULL && smtp_ready(s, from, &again) == 0) {
		*f = again;
		if (smtp_offer(s, from, to, lf, reply, f) == 0)
			return smtp_taken(s, reply, f);
	}
	wire_until(&s->wire, s->wait);
	if (s->mu != NULL && mu_smtp_rset(s->mu) != 0)
		smtp_close(s);
	return f->code == EX_TEMPFAIL ? SMTP_LATER : SMTP_NEVER;
}

void
smtp_release(struct smtp *s)
{
	smtp_quit(s);
	wire_release(&s->wire);
	server_release(&s->server);
}
