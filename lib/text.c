#include "text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

static const char base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *
text_room(struct text *t, size_t n)
{
	size_t cap = t->cap;
	char *p;

	if (n > SIZE_MAX / 4 - t->n)
		process_nomem();
	if (t->n + n + 1 > cap) {
		cap = cap < 64 ? 64 : cap;
		cap += cap / 2;
		if (cap < t->n + n + 1)
			cap = t->n + n + 1;
		p = realloc(t->p, cap);
		if (p == NULL)
			process_nomem();
		t->p = p;
		t->cap = cap;
	}
	return t->p + t->n;
}

void
text_add(struct text *t, const void *p, size_t n)
{
	char *to = text_room(t, n);

	if (n > 0)
		memcpy(to, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void
text_puts(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void
text_addf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		process_nomem();
	text_room(t, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(t->p + t->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	t->n += (size_t)n;
}

void
text_clear(struct text *t)
{
	t->n = 0;
	if (t->p != NULL)
		t->p[0] = '\0';
}

void
text_release(struct text *t)
{
	free(t->p);
	*t = (struct text)TEXT_INIT;
}

void
text_wipe(struct text *t)
{
	if (t->p != NULL)
		explicit_bzero(t->p, t->cap);
	text_release(t);
}

/* Octets of the character at p, 0 when it is no valid UTF-8 (RFC 3629). */
static size_t
text_step(const unsigned char *p, size_t n)
{
	unsigned c = p[0], lo = 0x80, hi = 0xBF;
	size_t k, i;

	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	k = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	if (c == 0xE0)
		lo = 0xA0;
	else if (c == 0xED)
		hi = 0x9F;
	else if (c == 0xF0)
		lo = 0x90;
	else if (c == 0xF4)
		hi = 0x8F;
	if (n < k || p[1] < lo || p[1] > hi)
		return 0;
	for (i = 2; i < k; i++)
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	return k;
}

/* How many octets are characters of U+3000 to U+9FFF: kana and kanji, which
 * are all to be seen. */
static size_t
text_kanji(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0;

	while (n - i >= 3 && p[i] - 0xE3u <= 6 && (p[i + 1] & 0xC0) == 0x80 &&
	    (p[i + 2] & 0xC0) == 0x80)
		i += 3;
	return i;
}

size_t
text_utf8(const char *p, size_t n)
{
	const uint64_t high = 0x8080808080808080u;
	size_t i = 0, k;
	uint64_t w;

	while (i < n) {
		if (n - i >= sizeof w) {
			memcpy(&w, p + i, sizeof w);
			if ((w & high) == 0) {
				i += sizeof w;
				continue;
			}
		}
		k = text_kanji(p + i, n - i);
		if (k == 0)
			k = text_step((const unsigned char *)p + i, n - i);
		if (k == 0)
			break;
		i += k;
	}
	return i;
}

unsigned
text_char(const char **p)
{
	const unsigned char *s = (const unsigned char *)*p;
	unsigned c = s[0];

	if (c < 0x80) {
		*p += 1;
	} else if (c < 0xE0) {
		c = (c & 0x1Fu) << 6 | (s[1] & 0x3Fu);
		*p += 2;
	} else if (c < 0xF0) {
		c = (c & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
		*p += 3;
	} else {
		c = (c & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 |
		    (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
		*p += 4;
	}
	return c;
}

static bool
text_control(unsigned c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Bidi controls, zero-width characters, line separators, tags, BOM. */
static bool
text_invisible(unsigned c)
{
	return c == 0xAD || c == 0x61C || c == 0x180E ||
	    (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
	    (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	    (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

void
text_mask(struct text *t, const char *p, size_t n, bool lines)
{
	const char *end = p + n, *q;
	size_t k;
	unsigned c;

	while (p < end) {
		k = text_step((const unsigned char *)p, (size_t)(end - p));
		if (k == 0) {
			text_puts(t, "\xEF\xBF\xBD");
			p++;
			continue;
		}
		q = p;
		c = text_char(&q);
		if (lines && (c == '\n' || c == '\t'))
			text_add(t, p, 1);
		else if (text_control(c))
			text_puts(t, "?");
		else if (text_invisible(c))
			text_addf(t, "[U+%04X]", c);
		else
			text_add(t, p, k);
		p = q;
	}
	text_add(t, "", 0);
}

/* Eight octets of printable ASCII? No for some that are, yes for none else. */
static bool
text_printable(const char *p)
{
	const uint64_t one = 0x0101010101010101u, high = one << 7;
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return ((w | (w - one * 0x20) | (w + one)) & high) == 0;
}

bool
text_hidden(const char *p, size_t n)
{
	const char *end = p + n;
	unsigned c;
	size_t k;

	while (p < end) {
		if (end - p >= 8 && text_printable(p)) {
			p += 8;
			continue;
		}
		k = *p >= 0x20 && *p < 0x7F ? 1 :
					      text_kanji(p, (size_t)(end - p));
		p += k;
		if (k > 0)
			continue;
		if (text_step((const unsigned char *)p, (size_t)(end - p)) == 0)
			return true;
		c = text_char(&p);
		if (text_control(c) || text_invisible(c))
			return true;
	}
	return false;
}

void
text_b64(struct text *t, const void *p, size_t n)
{
	const unsigned char *s = p;
	char *to = text_room(t, (n + 2) / 3 * 4);
	uint32_t w;
	size_t i;

	for (i = 0; i < n; i += 3) {
		w = (uint32_t)s[i] << 16;
		if (i + 1 < n)
			w |= (uint32_t)s[i + 1] << 8;
		if (i + 2 < n)
			w |= s[i + 2];
		*to++ = base64[w >> 18];
		*to++ = base64[w >> 12 & 63];
		*to++ = i + 1 < n ? base64[w >> 6 & 63] : '=';
		*to++ = i + 2 < n ? base64[w & 63] : '=';
	}
	*to = '\0';
	t->n = (size_t)(to - t->p);
}

void
text_hex(struct text *t, const void *p, size_t n)
{
	static const char digit[] = "0123456789ABCDEF";
	const unsigned char *s = p;
	char *to = text_room(t, 2 * n);
	size_t i;

	for (i = 0; i < n; i++) {
		*to++ = digit[s[i] >> 4];
		*to++ = digit[s[i] & 15];
	}
	*to = '\0';
	t->n += 2 * n;
}

/* What each octet stands for, or -1. */
static const int *
text_b64_digits(void)
{
	static int digit[256];
	int i;

	if (digit['/'] == 0) {
		memset(digit, -1, sizeof digit);
		for (i = 0; i < 64; i++)
			digit[(unsigned char)base64[i]] = i;
	}
	return digit;
}

int
text_b64_digit(char c)
{
	return text_b64_digits()[(unsigned char)c];
}

int
text_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
text_unb64(struct text *t, const char *p, size_t n)
{
	const int *digit = text_b64_digits();
	const unsigned char *s = (const unsigned char *)p;
	size_t pad = 0, i;
	char *to = text_room(t, n / 4 * 3);
	uint32_t w;
	int bad = 0;

	if (n % 4 != 0)
		return false;
	if (n > 0 && p[n - 1] == '=')
		pad = p[n - 2] == '=' ? 2 : 1;
	for (i = 0; i + 4 <= n; i += 4) {
		int a = digit[s[i]], b = digit[s[i + 1]];
		int c = i + 4 == n && pad > 1 ? 0 : digit[s[i + 2]];
		int d = i + 4 == n && pad > 0 ? 0 : digit[s[i + 3]];

		bad |= a | b | c | d;
		w = (uint32_t)a << 18 | (uint32_t)b << 12 | (uint32_t)c << 6 |
		    (uint32_t)d;
		*to++ = (char)(w >> 16 & 0xFF);
		*to++ = (char)(w >> 8 & 0xFF);
		*to++ = (char)(w & 0xFF);
	}
	if (bad >= 0)
		t->n += n / 4 * 3 - pad;
	t->p[t->n] = '\0';
	return bad >= 0;
}

static bool
text_plain(char c)
{
	unsigned letter = ((unsigned char)c | 0x20u) - 'a';

	return letter < 26 || (unsigned char)c - (unsigned)'0' < 10;
}

bool
text_token(const char *s, const char *also, size_t max)
{
	size_t n = strlen(s), i;

	if (n == 0 || n > max || !text_plain(s[0]))
		return false;
	for (i = 0; i < n; i++)
		if (!text_plain(s[i]) && strchr(also, s[i]) == NULL)
			return false;
	return true;
}

bool
text_count(const char *s, long max, long *out)
{
	long v = 0;
	size_t i;

	for (i = 0; s[i] >= '0' && s[i] <= '9' && i < 18; i++)
		v = v * 10 + (s[i] - '0');
	if (i == 0 || s[i] != '\0' || v > max)
		return false;
	*out = v;
	return true;
}
