#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

static void
fail_set(struct fail *f, const char *s)
{
	struct text t = TEXT_INIT;
	size_t n;

	text_mask(&t, s, strlen(s), false);
	n = t.n < FAIL_WHY ? t.n : FAIL_WHY - 1;
	memcpy(f->why, t.p, n);
	f->why[text_utf8(f->why, n)] = '\0';
	text_release(&t);
}

int
fail(struct fail *f, int code, const char *fmt, ...)
{
	char why[2 * FAIL_WHY];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	fail_set(f, why);
	f->code = code;
	return code;
}

int
fail_in(struct fail *f, const char *fmt, ...)
{
	char why[2 * FAIL_WHY];
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(why, FAIL_WHY, fmt, ap);
	va_end(ap);
	n = strlen(why);
	snprintf(why + n, sizeof why - n, ": %s", f->why);
	fail_set(f, why);
	return f->code;
}

static int
fail_passes(int err)
{
	switch (err) {
	case ENOSPC:
	case EDQUOT:
	case ENOMEM:
	case EMFILE:
	case ENFILE:
	case EAGAIN:
	case EINTR:
	case EBUSY:
	case ETIMEDOUT:
	case ENOLCK:
		return 1;
	default:
		return 0;
	}
}

int
fail_sys(struct fail *f, int code, const char *what, const char *path)
{
	int err = errno;

	return fail(f, fail_passes(err) ? EX_TEMPFAIL : code,
	    "cannot %s '%s': %s", what, path, strerror(err));
}

int
fail_worse(int a, int b)
{
	if (a == EX_TEMPFAIL || b == EX_TEMPFAIL)
		return EX_TEMPFAIL;
	return a > b ? a : b;
}
