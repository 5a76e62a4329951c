#ifndef VC_SAVED_H
#define VC_SAVED_H

#include "text.h"

/*
 * A table as a spreadsheet saved it: UTF-8, with or without a BOM, else CP932.
 * What is valid as UTF-8 is UTF-8; the other way round, half of all Japanese
 * text would be taken for half-width kana.
 *
 * Invariant: text is valid UTF-8 without NUL, and nothing of the file is lost.
 */

struct saved {
	const char *p; /* UTF-8 without BOM: in the file, or in own */
	size_t n;
	struct text own; /* when it was CP932 */
	bool cp932;	 /* it is, or was meant to be */
	enum {
		SAVED_TEXT,
		SAVED_OCTETS,
		SAVED_NUL,
		SAVED_WIDE
	} as;
};

#define SAVED_INIT \
	{ \
		.own = TEXT_INIT \
	}

/* Take p[0..n), which stays the caller's. False: it is no such text. */
bool saved_open(struct saved *s, const char *p, size_t n);

/* A line that is no text; from {0, 0} on. */
struct saved_at {
	size_t line, next; /* its number; where the next one begins */
};

/* Why it is no text: what is wrong with the next such line, or NULL. */
const char *saved_fault(const struct saved *s, struct saved_at *at);

void saved_release(struct saved *s);

/*
 * Append p[0..n), valid UTF-8, in CP932. Returns the octets that could be: n =
 * all. U+301C, U+2212, U+2016, U+2014, U+00A2, U+00A3 and U+00AC share their
 * place with the character that CP932 is read as; U+00A5 and U+203E would come
 * back as a backslash and a tilde, and are refused.
 */
size_t saved_cp932(const char *p, size_t n, struct text *out);

/* The same there and back: how p[0..n) looks to who reads it in CP932. */
size_t saved_seen(const char *p, size_t n, struct text *out);

#endif
