#include "stream.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"
#include "process.h"
#include "schema.h"

static void
stream_line_out(const struct stream *s, const char *p, size_t n)
{
	struct text t = TEXT_INIT;

	text_mask(&t, p, n, false);
	dprintf(2, "%s: %s\n", s->prog->name, t.p);
	text_release(&t);
}

/* PLACE: WHY on stderr. A record of stdin is at "line N". */
static void
stream_tell(const struct stream *s, bool placed)
{
	struct text t = TEXT_INIT;

	if (placed && s->input.place != NULL)
		text_addf(&t, "%s: ", s->input.place);
	if (placed && !s->mail && s->input.line > 0)
		text_addf(&t, "line %zu: ", s->input.line);
	text_puts(&t, s->fail.why);
	stream_line_out(s, t.p, t.n);
	text_release(&t);
}

void
stream_say(struct stream *s, struct text *said)
{
	const char *p, *lf;

	for (p = said->p; p != NULL && *p != '\0'; p = lf + (*lf != '\0')) {
		lf = strchrnul(p, '\n');
		if (!opt_common.quiet)
			stream_line_out(s, p, (size_t)(lf - p));
	}
	text_clear(said);
}

static void
stream_progress(struct stream *s)
{
	time_t now;

	if (opt_common.quiet || s->shown < 0)
		return;
	now = time(NULL);
	if (s->shown == 0)
		s->shown = isatty(2) ? now : -1;
	if (s->shown > 0 && now - s->shown >= 1) {
		dprintf(2, "\r%s: %zu records", s->prog->name, s->seen);
		s->shown = now;
	}
}

static int
stream_output(struct stream *s)
{
	bool closed;

	if (file_write(1, s->out.p, s->out.n) == 0)
		return 0;
	closed = errno == EPIPE;
	fail(&s->fail, EX_IOERR, "cannot write to standard output: %s",
	    strerror(errno));
	if (!closed)
		stream_tell(s, false);
	return EX_IOERR;
}

int
stream_flush(struct stream *s)
{
	int rc;

	if (s->broken)
		return s->code;
	rc = ledger_sync(&s->ledger, &s->fail);
	if (rc != 0)
		stream_tell(s, false);
	else if (s->out.n > 0)
		rc = stream_output(s);
	if (s->out.cap > 2 * STREAM_BATCH)
		text_wipe(&s->out);
	text_clear(&s->out);
	if (rc != 0) {
		s->broken = true;
		s->code = fail_worse(s->code, rc);
	}
	return rc;
}

static void
stream_wait(void *arg)
{
	stream_flush(arg);
}

/* An input that could not be opened or read is told, and the next is tried. */
static void
stream_input_failed(struct stream *s)
{
	if (s->input.code == 0)
		return;
	stream_tell(s, false);
	s->code = fail_worse(s->code, s->input.code);
	s->input.code = s->fail.code = 0;
}

void
stream_count(struct stream *s)
{
	s->seen++;
	stream_progress(s);
}

static bool
stream_input(struct stream *s)
{
	while (!input_next(&s->input, &s->fail)) {
		if (s->input.code == 0)
			return false;
		stream_input_failed(s);
	}
	s->mail = s->prog->mail;
	return true;
}

int
stream_open(struct stream *s, const struct prog *p, char **operand)
{
	s->prog = p;
	s->input.wait = stream_wait;
	s->input.arg = s;
	if (opt_common.ledger != NULL &&
	    ledger_open(&s->ledger, opt_common.ledger, &s->fail) != 0)
		return s->fail.code;
	process_fence(p->may, opt_common.ledger, opt_common.into);
	if (input_open(&s->input, operand, &s->fail) != 0)
		return s->fail.code;
	if (s->input.operand != NULL)
		stream_input(s);
	else
		s->mail = p->mail &&
		    !input_begins(&s->input, "{\"type\":\"", &s->fail);
	return 0;
}

void
stream_write(struct stream *s, const void *p, size_t n)
{
	text_add(&s->out, p, n);
	if (s->out.n > STREAM_BATCH)
		stream_flush(s);
}

static void
stream_go_by(struct stream *s, const char *p, size_t n)
{
	if (!s->prog->sink)
		stream_write(s, p, n + 1);
}

void
stream_put(struct stream *s, json_t *out)
{
	if (out == NULL)
		return;
	if (s->ledger.fd >= 0)
		ledger_add(&s->ledger, out);
	if (!s->prog->sink || s->gives)
		record_line(out, &s->out);
	if (s->out.n > STREAM_BATCH)
		stream_flush(s);
	json_decref(out);
}

void
stream_put_all(struct stream *s, json_t *outs)
{
	json_t *out;
	size_t i;

	json_array_foreach(outs, i, out)
		stream_put(s, json_incref(out));
	json_decref(outs);
}

void
stream_pass(struct stream *s)
{
	if (s->ledger.fd >= 0)
		ledger_add(&s->ledger, s->in);
	stream_write(s, s->input.p, s->input.n + 1);
}

void
stream_no(struct stream *s)
{
	s->no = true;
}

/* Steals OF; NULL: no reject. */
static void
stream_refuse(struct stream *s, json_t *of)
{
	json_t *r = of == NULL ? NULL : record_new("reject", NULL);

	record_set(r, "by", s->prog->name);
	json_object_set_new(r, "code", json_integer(s->fail.code));
	record_set(r, "why", s->fail.why);
	json_object_set_new(r, "of", of);
	stream_tell(s, !s->apart);
	s->code = fail_worse(s->code, s->fail.code);
	s->refused++;
	stream_put(s, r);
}

void
stream_reject(struct stream *s, const json_t *in)
{
	stream_refuse(s, in == NULL ? NULL : schema_fact(in));
}

/* Refuse a line that is no record: only its number and hash are told. */
static void
stream_refuse_line(struct stream *s, const char *p, size_t n)
{
	json_t *of = record_new(NULL, NULL);
	char sha[HASH_LEN];

	json_object_set_new(
	    of, "line_n", json_integer((json_int_t)s->input.line));
	if (p != NULL) {
		hash_sha256(p, n, sha);
		record_set(of, "line_sha256", sha);
	}
	stream_refuse(s, of);
}

static const char *
stream_refuses(const struct stream *s, const char *type, size_t len)
{
	const struct refuse *r = s->prog->refuses;

	for (; r != NULL && r->type != NULL; r++)
		if (strlen(r->type) == len && memcmp(r->type, type, len) == 0)
			return r->why;
	return NULL;
}

/* The code of a reject that a program before us made counts here, too. */
static void
stream_ride(struct stream *s, const json_t *r)
{
	json_int_t code = json_integer_value(json_object_get(r, "code"));

	s->code = fail_worse(
	    s->code, code > 0 && code < 126 ? (int)code : EX_DATAERR);
}

/* Look at a line. True when s->in now holds a record for the program. */
static bool
stream_line(struct stream *s, const char *p, size_t n)
{
	const char *type, *why;
	bool takes, rides;
	size_t len;

	if (record_type(p, n, &type, &len, &s->fail) != 0) {
		stream_refuse_line(s, p, n);
		return false;
	}
	takes = record_among(s->prog->takes, type, len);
	rides = record_among("reject", type, len);
	why = stream_refuses(s, type, len);
	if (!takes && !rides && why == NULL) {
		stream_go_by(s, p, n);
		return false;
	}
	s->in = record_parse(p, n, &s->fail);
	if (s->in == NULL) {
		stream_refuse_line(s, p, n);
		return false;
	}
	if (rides)
		stream_ride(s, s->in);
	if (why != NULL)
		fail(&s->fail, EX_NOPERM, "a %.*s is refused here: %s",
		    (int)len, type, why);
	if (why == NULL && !takes)
		stream_go_by(s, p, n);
	else if (why == NULL && schema_check(s->in, &s->fail) == 0) {
		if (n > STREAM_BATCH && strcmp(s->prog->takes, "*") != 0)
			input_forget(&s->input);
		return true;
	} else
		stream_reject(s, s->in);
	json_decref(s->in);
	s->in = NULL;
	return false;
}

/* The next line of this input. *more: it has not ended. */
static bool
stream_step(struct stream *s, bool *more)
{
	switch (input_line(&s->input, &s->fail)) {
	case INPUT_LINE:
		return stream_line(s, s->input.p, s->input.n);
	case INPUT_CUT:
		fail(&s->fail, EX_DATAERR,
		    "no newline at the end: the input was cut off");
		stream_refuse_line(s, s->input.p, s->input.n);
		return false;
	case INPUT_LONG:
		fail(&s->fail, EX_DATAERR, "longer than %d octets", RECORD_MAX);
		stream_refuse_line(s, NULL, 0);
		return false;
	default:
		*more = false;
		return false;
	}
}

/* The rest of this input is one mail. */
static bool
stream_mail(struct stream *s)
{
	char sha[HASH_LEN];
	struct text raw = TEXT_INIT;
	size_t n;

	if (!input_mail(&s->input, &raw, &n, sha, &s->fail))
		return false;
	s->in = record_mail(n <= INPUT_MAIL_MAX ? &raw : NULL, n, sha);
	text_wipe(&raw);
	return true;
}

json_t *
stream_next(struct stream *s)
{
	bool got, more;

	json_decref(s->in);
	s->in = NULL;
	while (s->input.fd >= 0 && !s->broken) {
		more = !s->mail;
		got = s->mail ? stream_mail(s) : stream_step(s, &more);
		stream_input_failed(s);
		if (got) {
			stream_count(s);
			return s->in;
		}
		if (!more && !stream_input(s))
			break;
	}
	return NULL;
}

int
stream_fail(struct stream *s)
{
	stream_tell(s, false);
	s->code = fail_worse(s->code, s->fail.code);
	return stream_close(s);
}

int
stream_close(struct stream *s)
{
	int code;

	if (s->shown > 0)
		dprintf(2, "\r\033[K");
	stream_flush(s);
	if (opt_common.verbose && s->prog != NULL &&
	    strcmp(s->prog->takes, "none") != 0)
		dprintf(2, "%s: %zu taken, %zu refused\n", s->prog->name,
		    s->seen, s->refused);
	code = s->code != 0 ? s->code : s->no ? EX_NO : 0;
	json_decref(s->in);
	ledger_release(&s->ledger);
	input_release(&s->input);
	text_wipe(&s->out);
	return code;
}
