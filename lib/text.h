#ifndef VC_TEXT_H
#define VC_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A growing string of octets, and what is asked of strings everywhere: is it
 * UTF-8, is it safe to show, how does it look as hex or base64.
 *
 * Invariant: p is NULL or ends in a NUL that n does not count. Running out of
 * memory ends the process with 75 (process_nomem), so nothing here fails.
 */

struct text {
	char *p;
	size_t n, cap;
};

#define TEXT_INIT \
	{ \
		NULL, 0, 0 \
	}

void text_add(struct text *t, const void *p, size_t n);
void text_puts(struct text *t, const char *s);
void text_addf(struct text *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Make it empty and keep the memory; room() gives space for N octets more. */
void text_clear(struct text *t);
char *text_room(struct text *t, size_t n);

/* Free; wipe() overwrites first (decrypted text, mail). */
void text_release(struct text *t);
void text_wipe(struct text *t);

/* How many octets of p[0..n) are whole, valid UTF-8 (RFC 3629): n = all. */
size_t text_utf8(const char *p, size_t n);

/* Decode one character of valid UTF-8 at *p and step over it. */
unsigned text_char(const char **p);

/*
 * Append for a person's eye: C0, C1, DEL become '?', bidi controls and
 * zero-width characters become [U+202E], bad UTF-8 becomes U+FFFD. LF and TAB
 * stay when `lines` is true.
 */
void text_mask(struct text *t, const char *p, size_t n, bool lines);

/* True when p[0..n) has such a character: refused in names and ids. */
bool text_hidden(const char *p, size_t n);

/* Append as base64 (RFC 4648, padded, no line ends) or upper-case hex. */
void text_b64(struct text *t, const void *p, size_t n);
void text_hex(struct text *t, const void *p, size_t n);

/* Append the octets of strict base64. False when it is not; t is as before. */
bool text_unb64(struct text *t, const char *p, size_t n);

/* What a digit of base64 or of hex stands for, or -1. */
int text_b64_digit(char c);
int text_hex_digit(char c);

/*
 * True when s is 1..max characters of A-Z a-z 0-9 and of `also`, and begins
 * with a letter or a digit: tokens, ids, parts of file names.
 */
bool text_token(const char *s, const char *also, size_t max);

/* A decimal count 0..max in the whole of s. False when it is not. */
bool text_count(const char *s, long max, long *out);

#endif
