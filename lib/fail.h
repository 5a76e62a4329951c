#ifndef VC_FAIL_H
#define VC_FAIL_H

#include <sysexits.h>

/*
 * Why something did not work, and what the caller does about it.
 *
 * A function that can fail takes a struct fail, and ends with
 * `return fail(f, EX_..., "...")`: the code is decided where the cause is
 * known and travels unchanged to the exit status (vc(7), EXIT STATUS).
 * Invariant: `why` is safe to show. Control characters of strangers are '?'
 * in it, and it never holds the text of a case or of a mail.
 */

enum {
	FAIL_WHY = 512, /* octets of a reason, NUL included; longer is cut */
	EX_NO = 1,	/* an answer of "no", not a failure */
};

struct fail {
	int code; /* 0 or EX_... */
	char why[FAIL_WHY];
};

#define FAIL_INIT \
	{ \
		0, "" \
	}

/* Set the reason. Returns CODE. Lower case, no full stop, names in 'quotes'. */
int fail(struct fail *f, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Put a place in front of the reason: "line 2" + ": " + why. Returns code. */
int fail_in(struct fail *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * A system call failed: "cannot WHAT 'PATH': " + strerror(errno). A cause that
 * passes by itself (disk full, quota, memory, descriptors, lock) gives
 * EX_TEMPFAIL, every other gives CODE. Returns what it gave.
 */
int fail_sys(struct fail *f, int code, const char *what, const char *path);

/* The worse of two exit codes: 75 beats all, else the higher. vc(7). */
int fail_worse(int a, int b);

#endif
