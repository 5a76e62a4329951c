#include "smtp.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	SMTP_BYE = 5,	     /* seconds that a server has for QUIT */
	SMTP_SLOWEST = 4096, /* octets of a mail in a second */
	SMTP_LINE = 640,     /* octets of a command, NUL included */
};

/* RFC 3207. What stands behind the answer already came in the clear. */
static int
smtp_starttls(struct smtp *s, struct fail *f)
{
	struct dialog *d = &s->dialog;

	if (dialog_offers(d, "STARTTLS") == NULL)
		return fail(f, EX_TEMPFAIL,
		    "'%s' does not offer STARTTLS: nothing is sent in the "
		    "clear",
		    d->place);
	if (dialog_say(d, "STARTTLS", NULL, '2', EX_TEMPFAIL, f) != 0)
		return f->code;
	if (wire_stirs(&d->wire))
		return fail(f, EX_TEMPFAIL, "'%s' says more than STARTTLS asks",
		    d->place);
	if (wire_tls(&d->wire, s->server.host, s->ca, d->wait, f) != 0)
		return f->code;
	return dialog_ehlo(d, f);
}

/* RFC 4616 */
static int
smtp_plain(struct smtp *s, struct fail *f)
{
	const struct server *to = &s->server;
	struct text plain = TEXT_INIT, b64 = TEXT_INIT;

	text_add(&plain, "", 1);
	text_add(&plain, to->user, strlen(to->user) + 1);
	text_add(&plain, to->password.p, to->password.n);
	text_b64(&b64, plain.p, plain.n);
	dialog_say(&s->dialog, "AUTH PLAIN ", &b64, '2', EX_CONFIG, f);
	text_wipe(&plain);
	text_wipe(&b64);
	return f->code;
}

static int
smtp_login(struct smtp *s, struct fail *f)
{
	const struct server *to = &s->server;
	struct text user = TEXT_INIT, word = TEXT_INIT;
	struct dialog *d = &s->dialog;

	text_b64(&user, to->user, strlen(to->user));
	text_b64(&word, to->password.p, to->password.n);
	if (dialog_say(d, "AUTH LOGIN", NULL, '3', EX_CONFIG, f) == 0 &&
	    dialog_say(d, "", &user, '3', EX_CONFIG, f) == 0)
		dialog_say(d, "", &word, '2', EX_CONFIG, f);
	text_wipe(&user);
	text_wipe(&word);
	return f->code;
}

/* RFC 4954 */
static int
smtp_auth(struct smtp *s, struct fail *f)
{
	const char *offer = dialog_offers(&s->dialog, "AUTH");

	if (offer == NULL)
		return fail(f, EX_CONFIG,
		    "'%s' asks for no password: it does not offer AUTH",
		    s->dialog.place);
	return strcasestr(offer, "PLAIN") != NULL ? smtp_plain(s, f) :
						    smtp_login(s, f);
}

/* How we are called (RFC 5321, 4.1.1.1). */
static void
smtp_name(const char *from, char name[256])
{
	if (gethostname(name, 255) != 0 || strchr(name, '.') == NULL ||
	    !text_token(name, ".-", 255))
		snprintf(name, 256, "%s", strchr(from, '@') + 1);
}

static int
smtp_connect(struct smtp *s, const char *from, struct fail *f)
{
	const struct server *to = &s->server;
	struct dialog *d = &s->dialog;
	char name[256] = "";

	s->sent = 0;
	d->place = to->place;
	smtp_name(from, name);
	if (wire_connect(&d->wire, to->host, to->port, d->wait, f) != 0 ||
	    (to->at_once &&
		wire_tls(&d->wire, to->host, s->ca, d->wait, f) != 0) ||
	    dialog_begin(d, name, f) != 0 ||
	    (!to->at_once && !to->here && smtp_starttls(s, f) != 0) ||
	    (to->user[0] != '\0' && smtp_auth(s, f) != 0))
		dialog_close(d);
	return f->code;
}

static void
smtp_quit(struct smtp *s)
{
	struct fail f = FAIL_INIT;
	struct dialog *d = &s->dialog;
	const unsigned wait = d->wait;

	if (d->mu == NULL)
		return;
	d->wait = wait < SMTP_BYE ? wait : SMTP_BYE;
	dialog_say(d, "QUIT", NULL, '2', EX_TEMPFAIL, &f);
	d->wait = wait;
	dialog_close(d);
}

int
smtp_ready(struct smtp *s, const char *from, struct fail *f)
{
	struct dialog *d = &s->dialog;

	if (d->mu != NULL && s->most > 0 && s->sent >= s->most)
		smtp_quit(s);
	if (d->mu != NULL && wire_stirs(&d->wire))
		dialog_close(d);
	return d->mu != NULL ? 0 : smtp_connect(s, from, f);
}

/* The reply to the STEP-th of MAIL, RCPT and DATA. */
static void
smtp_answer(
    struct smtp *s, size_t step, char reply[DIALOG_REPLY], struct fail *f)
{
	static const int refused[] = { EX_UNAVAILABLE, EX_NOUSER,
		EX_UNAVAILABLE };
	static const char want[] = { '2', '2', '3' };
	struct dialog *d = &s->dialog;
	struct fail later = FAIL_INIT;
	char words[DIALOG_REPLY];

	if (d->mu == NULL)
		return;
	if (f->code == 0)
		dialog_answer(d, want[step], refused[step], reply, f);
	else if (dialog_answer(d, want[step], refused[step], words, &later) ==
		0 &&
	    step == 2)
		dialog_close(d); /* it waits for a mail that is not sent */
}

/* MAIL, RCPT and DATA, together where the server knows that (RFC 2920). */
static int
smtp_envelope(struct smtp *s, const char *from, const char *to, size_t size,
    char reply[DIALOG_REPLY], struct fail *f)
{
	struct dialog *d = &s->dialog;
	const bool together = dialog_offers(d, "PIPELINING") != NULL;
	char line[3][SMTP_LINE];
	size_t i;
	int e = 0;

	snprintf(line[0], SMTP_LINE,
	    dialog_offers(d, "SIZE") != NULL ? "MAIL FROM:<%s> SIZE=%zu" :
					       "MAIL FROM:<%s>",
	    from, size);
	snprintf(line[1], SMTP_LINE, "RCPT TO:<%s>", to);
	snprintf(line[2], SMTP_LINE, "DATA");
	wire_until(&d->wire, d->wait);
	for (i = 0; i < 3 && e == 0 && f->code == 0; i++) {
		e = dialog_write(d, line[i], NULL);
		if (e == 0 && !together)
			smtp_answer(s, i, reply, f);
	}
	if (e != 0)
		return dialog_lost(d, e, f);
	for (i = 0; i < 3 && together; i++)
		smtp_answer(s, i, reply, f);
	return f->code;
}

/*
 * The mail, transparent (RFC 5321, 4.5.2), and the dot. When the sending fails,
 * the server did not get the whole dot.
 */
static int
smtp_data(struct smtp *s, const struct text *mail, struct fail *f)
{
	struct wire *w = &s->dialog.wire;
	const char *p = mail->p, *end = p + mail->n, *lf;
	int e = 0;

	wire_until(w, s->dialog.wait + (unsigned)(mail->n / SMTP_SLOWEST));
	for (; e == 0 && p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (*p == '.')
			e = wire_write(w, ".", 1);
		if (e == 0)
			e = wire_write(w, p, (size_t)(lf - p) + 1);
	}
	if (e == 0)
		e = wire_write(w, ".\r\n", 3);
	if (e == 0)
		e = wire_flush(w);
	return e == 0 ? 0 : dialog_lost(&s->dialog, e, f);
}

static int
smtp_offer(struct smtp *s, const char *from, const char *to,
    const struct text *mail, char reply[DIALOG_REPLY], struct fail *f)
{
	if (smtp_envelope(s, from, to, mail->n, reply, f) != 0)
		return f->code;
	reply[0] = '\0';
	return smtp_data(s, mail, f);
}

/* The answer to the dot, which makes the mail the server's. */
static enum smtp_end
smtp_taken(struct smtp *s, char reply[DIALOG_REPLY], struct fail *f)
{
	wire_until(&s->dialog.wire, s->dialog.wait * SMTP_DOT);
	s->sent++;
	if (dialog_answer(&s->dialog, '2', EX_UNAVAILABLE, reply, f) == 0)
		return SMTP_TAKEN;
	return reply[0] == '4' ? SMTP_LATER :
	    reply[0] == '5'    ? SMTP_NEVER :
				 SMTP_DOUBT;
}

enum smtp_end
smtp_send(struct smtp *s, const char *from, const char *to,
    const struct text *mail, char reply[DIALOG_REPLY], struct fail *f)
{
	struct dialog *d = &s->dialog;
	struct fail again = FAIL_INIT;
	const bool used = s->sent > 0;

	reply[0] = '\0';
	if (smtp_offer(s, from, to, mail, reply, f) == 0)
		return smtp_taken(s, reply, f);
	/* A server that had enough of this connection may take it in another.
	 */
	if (used && d->mu == NULL && smtp_ready(s, from, &again) == 0) {
		*f = again;
		if (smtp_offer(s, from, to, mail, reply, f) == 0)
			return smtp_taken(s, reply, f);
	}
	if (d->mu != NULL &&
	    dialog_say(d, "RSET", NULL, '2', EX_TEMPFAIL, &again) != 0)
		dialog_close(d);
	return f->code == EX_TEMPFAIL ? SMTP_LATER : SMTP_NEVER;
}

void
smtp_release(struct smtp *s)
{
	smtp_quit(s);
	wire_release(&s->dialog.wire);
	server_release(&s->server);
}
