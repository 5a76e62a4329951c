#include "seek.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
	BLOCK = 16,	  /* octets looked at together */
	ROUND = 255,	  /* blocks whose counts fit an octet each */
	SAMPLE = 2 << 10, /* octets from which is told which are rare */
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

/* All ones where the octets at P are C, letters without case. */
static block
equal(const char *p, char c)
{
	block fold = all(is_letter(c) ? 0x20 : 0);

	return (block)((load(p) | fold) == all(lower(c)));
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

/* Three places in the word whose octets are rare where we look. */
static void
choose(const char *p, size_t n, const char *word, size_t len, size_t place[3])
{
	size_t count[256] = { 0 }, i, k, seen, best;

	for (i = 0; i < n && i < SAMPLE; i++)
		count[lower(p[i])]++;
	for (k = 0; k < 3; k++) {
		best = SIZE_MAX;
		for (i = 0; i < len; i++) {
			seen = count[lower(word[i])];
			if ((k > 0 && place[0] == i) ||
			    (k > 1 && place[1] == i) || seen >= best)
				continue;
			best = seen;
			place[k] = i;
		}
		if (best == SIZE_MAX)
			place[k] = 0;
	}
}

const char *
seek_word(const char *p, size_t n, const char *word)
{
	const char *end = p + n, *at = p;
	size_t len = strlen(word), place[3], i;
	block hit;

	if (len == 0 || len > n)
		return NULL;
	choose(p, n, word, len, place);
	for (; (size_t)(end - at) >= len - 1 + BLOCK; at += BLOCK) {
		hit = equal(at + place[0], word[place[0]]) &
		    equal(at + place[1], word[place[1]]) &
		    equal(at + place[2], word[place[2]]);
		if (is_zero(hit))
			continue;
		for (i = 0; i < BLOCK; i++)
			if (hit[i] != 0 && stands(p, end, at + i, word, len))
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
	size_t len = strlen(digits), i;
	block hit;

	if (len < 2 || len > n)
		return NULL;
	for (; (size_t)(end - p) > BLOCK; p += BLOCK) {
		hit = equal(p, digits[0]) &
		    (equal(p + 1, digits[1]) | equal(p + 1, ' '));
		if (is_zero(hit))
			continue;
		for (i = 0; i < BLOCK; i++)
			if (hit[i] != 0 && spells(p + i, end, digits))
				return p + i;
	}
	for (; p < end; p++)
		if (spells(p, end, digits) && *p != ' ')
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
