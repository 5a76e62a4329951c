#include "dialog.h"

#include <errno.h>
#include <mailutils/mailutils.h>
#include <mailutils/smtp.h>
#include <mailutils/sys/stream.h>
#include <stdio.h>
#include <string.h>

#include "process.h"

/* Our connection as a stream of libmailutils. */
struct carrier {
	struct _mu_stream stream;
	struct wire *wire;
	size_t column; /* in the line of a reply that is being read */
};

static struct carrier *
carrier_of(struct _mu_stream *stream)
{
	return (struct carrier *)(void *)stream;
}

/* Three digits, then a blank, a hyphen or the line's end (RFC 5321, 4.2). */
static bool
carrier_reply(struct carrier *c, const char *p, size_t n)
{
	static const char *const may[] = { "2345", "012345", "0123456789",
		" -\r\n" };

	for (; n > 0; n--, p++) {
		if (c->column < 4 &&
		    (*p == '\0' || strchr(may[c->column], *p) == NULL))
			return false;
		c->column = *p == '\n' ? 0 : c->column + 1;
	}
	return true;
}

/* libmailutils takes any number for a code, and what the connection ends in
 * for a line. */
static int
carrier_read(struct _mu_stream *stream, char *p, size_t n, size_t *got)
{
	struct carrier *c = carrier_of(stream);
	const int e = wire_read(c->wire, p, n, got);

	if (e != 0)
		return e;
	if (*got == 0)
		return ECONNRESET;
	return carrier_reply(c, p, *got) ? 0 : EBADMSG;
}

static int
carrier_write(struct _mu_stream *stream, const char *p, size_t n, size_t *done)
{
	const int e = wire_write(carrier_of(stream)->wire, p, n);

	*done = e == 0 ? n : 0;
	return e;
}

static mu_stream_t
carrier_new(struct wire *w)
{
	struct carrier *c = (struct carrier *)(void *)_mu_stream_create(
	    sizeof *c, MU_STREAM_READ | MU_STREAM_WRITE);

	if (c != NULL) {
		c->wire = w;
		c->column = 0;
		c->stream.read = carrier_read;
		c->stream.write = carrier_write;
		c->stream.flags |= _MU_STR_OPEN;
		mu_stream_set_buffer(&c->stream, mu_buffer_line, 0);
	} else
		process_nomem();
	return &c->stream;
}

/* libmailutils tells people what it does; here the ledger is the log. */
static void
dialog_silence(void)
{
	static bool done;
	mu_stream_t null;

	if (!done && mu_nullstream_create(&null, MU_STREAM_WRITE) == 0)
		mu_strerr = null;
	done = true;
}

void
dialog_close(struct dialog *d)
{
	if (d->mu != NULL)
		mu_smtp_destroy(&d->mu);
	d->mu = NULL;
	wire_close(&d->wire);
}

int
dialog_lost(struct dialog *d, int e, struct fail *f)
{
	dialog_close(d);
	if (e == ETIMEDOUT)
		return fail(f, EX_TEMPFAIL,
		    "'%s' did not answer within %u seconds", d->place, d->wait);
	if (e == EMSGSIZE)
		return fail(f, EX_TEMPFAIL, "'%s' says more than %d octets",
		    d->place, WIRE_OCTETS);
	return fail(f, EX_TEMPFAIL,
	    e == EBADMSG ? "'%s' says what is no reply" :
			   "the connection to '%s' was lost",
	    d->place);
}

/* The last reply: its code, and its words for a person. */
static void
dialog_words(struct dialog *d, char code[4], char reply[DIALOG_REPLY])
{
	const char *p = NULL;
	struct text t = TEXT_INIT;
	size_t n;

	code[0] = '\0';
	if (mu_smtp_replcode(d->mu, code) != 0 ||
	    mu_smtp_sget_reply(d->mu, &p) != 0 || p == NULL)
		p = "";
	text_mask(&t, p, strcspn(p, "\n"), false);
	n = t.n < DIALOG_REPLY - 5 ? t.n : DIALOG_REPLY - 5;
	while (n > 0 && n < t.n && (t.p[n] & 0xc0) == 0x80)
		n--; /* not within a character */
	snprintf(reply, DIALOG_REPLY, n == 0 ? "%.3s" : "%.3s %.*s", code,
	    (int)n, t.p);
	text_release(&t);
}

/* What came of a call of libmailutils that ended with RC. */
static int
dialog_came(struct dialog *d, int rc, char want, int refused,
    char reply[DIALOG_REPLY], struct fail *f)
{
	const char *what = refused == EX_CONFIG ? "refuses the user" :
	    refused == EX_NOUSER		? "refuses the address" :
	    refused == EX_UNAVAILABLE		? "refuses the mail" :
						  "says";
	char code[4];

	reply[0] = '\0';
	if (rc != 0 && rc != MU_ERR_REPLY)
		return dialog_lost(d, rc, f);
	dialog_words(d, code, reply);
	if (code[0] == want)
		return 0;
	if (code[0] == '5')
		return fail(f, refused, "'%s' %s: %s", d->place, what, reply);
	fail(f, EX_TEMPFAIL, "'%s' says: %s", d->place, reply);
	if (code[0] != '4' || strcmp(code, "421") == 0)
		dialog_close(d);
	return f->code;
}

int
dialog_ehlo(struct dialog *d, struct fail *f)
{
	char reply[DIALOG_REPLY];

	wire_until(&d->wire, d->wait);
	return dialog_came(d, mu_smtp_ehlo(d->mu), '2', EX_TEMPFAIL, reply, f);
}

int
dialog_begin(struct dialog *d, const char *name, struct fail *f)
{
	mu_stream_t carrier = carrier_new(&d->wire);
	char reply[DIALOG_REPLY];

	dialog_silence();
	if (mu_smtp_create(&d->mu) != 0 ||
	    mu_smtp_set_carrier(d->mu, carrier) != 0 ||
	    mu_smtp_set_param(d->mu, MU_SMTP_PARAM_DOMAIN, name) != 0)
		process_nomem();
	mu_stream_unref(carrier); /* the other has one of its own */
	wire_until(&d->wire, d->wait);
	if (dialog_came(d, mu_smtp_open(d->mu), '2', EX_TEMPFAIL, reply, f) !=
	    0)
		return f->code;
	return dialog_ehlo(d, f);
}

const char *
dialog_offers(const struct dialog *d, const char *extension)
{
	const char *words = NULL;

	if (mu_smtp_capa_test(d->mu, extension, &words) != 0)
		return NULL;
	return words == NULL ? "" : words;
}

int
dialog_write(struct dialog *d, const char *line, const struct text *secret)
{
	return mu_smtp_write(
	    d->mu, "%s%s\r\n", line, secret == NULL ? "" : secret->p);
}

int
dialog_answer(struct dialog *d, char want, int refused,
    char reply[DIALOG_REPLY], struct fail *f)
{
	return dialog_came(d, mu_smtp_response(d->mu), want, refused, reply, f);
}

int
dialog_say(struct dialog *d, const char *line, const struct text *secret,
    char want, int refused, struct fail *f)
{
	char reply[DIALOG_REPLY];
	int e;

	wire_until(&d->wire, d->wait);
	e = dialog_write(d, line, secret);
	return e != 0 ? dialog_lost(d, e, f) :
			dialog_answer(d, want, refused, reply, f);
}
