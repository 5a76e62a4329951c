#include "seek.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
	BLOCK = 16, /* octets looked at together */
	ROUND = 255 /* blocks whose counts fit an octet each */
};

typedef unsigned char block __attribute__((vector_size(BLOCK)));

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
}

static bool
is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool
is_inner(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("._+-", c) != NULL);
}

static block
all(unsigned char c)
{
	return (block){ 0 } + c;
}

static block
load(const char *p)
{
	block b;

	memcpy(&b, p, sizeof b);
	return b;
}

static bool
is_zero(block b)
{
	uint64_t w[BLOCK / 8];

	memcpy(w, &b, sizeof w);
	return (w[0] | w[1]) == 0;
}

static bool
same(const char *p, const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (lower(p[i]) != lower(word[i]))
			return false;
	return true;
}

/* Does the word of N octets stand at AT, by itself, in [p..end)? */
static bool
stands(
    const char *p, const char *end, const char *at, const char *word, size_t n)
{
	return same(at, word, n) && (at == p || !is_inner(at[-1])) &&
	    (at + n == end || !is_inner(at[n]));
}

const char *
seek_word(const char *p, size_t n, const char *word)
{
	const char *end = p + n, *at = p;
	size_t len = strlen(word), i;
	block first, last, fold_first, fold_last;

	if (len == 0 || len > n)
		return NULL;
	first = all(lower(word[0]));
	last = all(lower(word[len - 1]));
	fold_first = all(is_letter(word[0]) ? 0x20 : 0);
	fold_last = all(is_letter(word[len - 1]) ? 0x20 : 0);
	for (; (size_t)(end - at) >= len - 1 + BLOCK; at += BLOCK) {
		block a = load(at) | fold_first;
		block b = load(at + len - 1) | fold_last;

		if (is_zero((block)(a == first) & (block)(b == last)))
			continue;
		for (i = 0; i < BLOCK; i++)
			if (stands(p, end, at + i, word, len))
				return at + i;
	}
	for (; (size_t)(end - at) >= len; at++)
		if (stands(p, end, at, word, len))
			return at;
	return NULL;
}

static bool
spells(const char *p, const char *end, const char *digits)
{
	for (; p < end && *digits != '\0'; p++) {
		if (*p == ' ')
			continue;
		if (lower(*p) != lower(*digits))
			return false;
		digits++;
	}
	return *digits == '\0';
}

const char *
seek_digits(const char *p, size_t n, const char *digits)
{
	const char *end = p + n;

	for (; p < end && *digits != '\0'; p++)
		if (lower(*p) == lower(*digits) && spells(p, end, digits))
			return p;
	return NULL;
}

size_t
seek_count(const char *p, size_t n, char c)
{
	const char *end = p + n;
	block sum, want = all((unsigned char)c);
	size_t count = 0, i;

	while ((size_t)(end - p) >= BLOCK) {
		sum = all(0);
		for (i = 0; i < ROUND && (size_t)(end - p) >= BLOCK; i++) {
			sum -= (block)(load(p) == want);
			p += BLOCK;
		}
		for (i = 0; i < BLOCK; i++)
			count += sum[i];
	}
	for (; p < end; p++)
		count += *p == c;
	return count;
}
