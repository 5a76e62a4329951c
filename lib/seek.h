#ifndef VC_SEEK_H
#define VC_SEEK_H

#include <stddef.h>

/*
 * Few octets among many, some of them at a time: several gigabytes a second.
 * Whoever looks for a name by this reads what stands around it properly.
 */

/*
 * The first place where WORD (not "") stands by itself, letters of ASCII
 * compared without case, or NULL. Right beside it is no letter, digit or any of
 * . _ + -, of which ids, domains and local parts are made.
 */
const char *seek_word(const char *p, size_t n, const char *word);

/* The same for digits of hex, between which blanks may stand. */
const char *seek_digits(const char *p, size_t n, const char *digits);

/* How often the octet C stands there. */
size_t seek_count(const char *p, size_t n, char c);

#endif
