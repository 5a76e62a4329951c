#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "mime.h"

int
input_open(struct input *in, char **operand, struct fail *f)
{
	text_add(&in->buf, "", 0);
	in->operand = operand;
	if (operand != NULL && *operand != NULL)
		return 0;
	in->operand = NULL;
	in->fd = fcntl(0, F_DUPFD_CLOEXEC, 3);
	if (in->fd < 0)
		return fail_sys(f, EX_IOERR, "read", "standard input");
	return 0;
}

bool
input_next(struct input *in, struct fail *f)
{
	if (in->fd >= 0)
		close(in->fd);
	text_clear(&in->buf);
	in->fd = -1;
	in->pos = in->line = 0;
	in->eof = false;
	in->code = 0;
	if (in->operand == NULL || *in->operand == NULL)
		return false;
	in->place = *in->operand++;
	in->fd = open(in->place, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		in->code = fail_sys(f, EX_NOINPUT, "open", in->place);
	return in->fd >= 0;
}

static bool
input_waits(const struct input *in)
{
	struct pollfd p = { .fd = in->fd, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

static void
input_fill(struct input *in, struct fail *f)
{
	ssize_t k;

	if (in->pos > 0) {
		memmove(in->buf.p, in->buf.p + in->pos, in->buf.n - in->pos);
		in->buf.n -= in->pos;
		in->pos = 0;
	}
	if (in->wait != NULL && input_waits(in))
		in->wait(in->arg);
	do
		k = read(in->fd, text_room(&in->buf, INPUT_READ), INPUT_READ);
	while (k < 0 && errno == EINTR);
	if (k < 0)
		in->code = fail(f, EX_IOERR, "cannot read %s: %s",
		    in->place != NULL ? in->place : "standard input",
		    strerror(errno));
	in->eof = k <= 0;
	in->buf.n += k > 0 ? (size_t)k : 0;
}

bool
input_begins(struct input *in, const char *head, struct fail *f)
{
	size_t n = strlen(head), k;

	for (;;) {
		k = in->buf.n < n ? in->buf.n : n;
		if (memcmp(in->buf.p, head, k) != 0)
			return false;
		if (k == n || in->eof)
			return k == n;
		input_fill(in, f);
	}
}

static enum input_got
input_long(struct input *in, struct fail *f)
{
	const char *lf = NULL;

	while (lf == NULL && !in->eof) {
		in->pos = in->buf.n;
		input_fill(in, f);
		lf = memchr(in->buf.p, '\n', in->buf.n);
	}
	in->pos = lf == NULL ? in->buf.n : (size_t)(lf + 1 - in->buf.p);
	return INPUT_LONG;
}

enum input_got
input_line(struct input *in, struct fail *f)
{
	const char *lf = NULL;
	size_t seen = 0;

	for (;;) {
		lf = memchr(in->buf.p + in->pos + seen, '\n',
		    in->buf.n - in->pos - seen);
		seen = lf != NULL ? (size_t)(lf - in->buf.p) - in->pos :
				    in->buf.n - in->pos;
		if (lf != NULL || in->eof || seen > INPUT_LINE_MAX)
			break;
		input_fill(in, f);
	}
	if (lf == NULL && seen == 0)
		return INPUT_END;
	in->line++;
	if (seen > INPUT_LINE_MAX && lf == NULL)
		return input_long(in, f);
	in->pos += seen + (lf != NULL);
	if (seen > INPUT_LINE_MAX)
		return INPUT_LONG;
	in->p = in->buf.p + in->pos - seen - (lf != NULL);
	in->n = seen;
	return lf != NULL ? INPUT_LINE : INPUT_CUT;
}

void
input_forget(struct input *in)
{
	struct text rest = TEXT_INIT;

	text_add(&rest, in->buf.p + in->pos, in->buf.n - in->pos);
	text_wipe(&in->buf);
	in->buf = rest;
	in->pos = 0;
}

bool
input_more(struct input *in, const char **p, size_t *n, struct fail *f)
{
	const char *lf;
	size_t seen = 0;

	for (;;) {
		*p = in->buf.p + in->pos;
		*n = in->buf.n - in->pos;
		lf = memchr(*p + seen, '\n', *n - seen);
		seen = *n;
		if (lf != NULL || in->eof || seen > INPUT_LINE_MAX ||
		    input_waits(in))
			break;
		input_fill(in, f);
	}
	*n = lf != NULL ? (size_t)(lf - *p) : 0;
	return lf != NULL;
}

/* The rest of a mail that is too long is counted and hashed, and not held. */
static size_t
input_rest(struct input *in, struct hash *h, struct fail *f)
{
	size_t n = 0;

	while (!in->eof) {
		text_clear(&in->buf);
		input_fill(in, f);
		hash_add(h, in->buf.p, in->buf.n);
		n += in->buf.n;
	}
	return n;
}

bool
input_mail(struct input *in, struct text *raw, size_t *n, char sha[HASH_LEN],
    struct fail *f)
{
	size_t skip;
	struct hash h;

	while ((skip = mime_mbox(in->buf.p, in->buf.n),
	    !in->eof && in->buf.n <= INPUT_MAIL_MAX + skip))
		input_fill(in, f);
	in->buf.n -= skip;
	memmove(in->buf.p, in->buf.p + skip, in->buf.n);
	hash_open(&h);
	hash_add(&h, in->buf.p, in->buf.n);
	*n = in->buf.n + input_rest(in, &h, f);
	hash_close(&h, sha);
	if (*n > 0 && *n <= INPUT_MAIL_MAX && in->code == 0) {
		*raw = in->buf;
		in->buf = (struct text)TEXT_INIT;
		text_add(&in->buf, "", 0);
	}
	text_clear(&in->buf);
	return *n > 0 && in->code == 0;
}

void
input_release(struct input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	text_wipe(&in->buf);
	*in = (struct input)INPUT_INIT;
}
