#include "encoded.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum {
	LABEL = 64, /* octets of a charset label, NUL included */
	WORD = 72,  /* octets of a word that we make; RFC 2047, 2: at most 75 */
	HELD = 45,  /* octets of text that it holds */
};

struct word {
	char label[LABEL];
	bool base64;
	const char *text;
	size_t n;
};

struct line {
	struct text *out;
	struct text join; /* octets of adjacent words of one charset */
	char label[LABEL];
	struct text plain; /* scratch */
	unsigned flags;
};

static void
put_clean(struct text *out, const char *p, size_t n)
{
	const char *end = p + n, *q;
	unsigned c;

	for (; p < end; p = q) {
		q = p;
		c = text_char(&q);
		if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
		    c == 0x2029)
			text_add(out, " ", 1);
		else
			text_add(out, p, (size_t)(q - p));
	}
}

static void
put(struct line *l, const char *label, const char *p, size_t n)
{
	text_clear(&l->plain);
	l->flags |= charset_decode(label, p, n, &l->plain);
	put_clean(l->out, l->plain.p, l->plain.n);
}

static void
flush(struct line *l)
{
	if (l->join.n > 0)
		put(l, l->label, l->join.p, l->join.n);
	text_clear(&l->join);
}

static bool
from_base64(const char *p, size_t n, struct text *out)
{
	uint32_t w = 0;
	size_t i, k = 0;
	char c;

	while (n > 0 && p[n - 1] == '=')
		n--;
	for (i = 0; i < n; i++) {
		if (p[i] == ' ')
			continue;
		if (text_b64_digit(p[i]) < 0)
			return false;
		w = (w << 6 | (uint32_t)text_b64_digit(p[i])) & 0xffffff;
		if (k++ % 4 == 0)
			continue;
		c = (char)(w >> (6 - 2 * ((k - 1) % 4)));
		text_add(out, &c, 1);
	}
	return k % 4 != 1;
}

static bool
from_quoted(const char *p, size_t n, struct text *out)
{
	size_t i;
	char c;

	for (i = 0; i < n; i++) {
		c = p[i] == '_' ? ' ' : p[i];
		if (c == '=') {
			if (n - i < 3 || text_hex_digit(p[i + 1]) < 0 ||
			    text_hex_digit(p[i + 2]) < 0)
				return false;
			c = (char)(text_hex_digit(p[i + 1]) << 4 |
			    text_hex_digit(p[i + 2]));
			i += 2;
		}
		text_add(out, &c, 1);
	}
	return true;
}

/* The word at p, after "=?": its octets with the closing "?=", or 0. */
static size_t
read_word(const char *p, size_t n, struct word *w)
{
	const char *q = memchr(p, '?', n), *end = p + n, *star, *t;
	size_t len;

	if (q == NULL || q == p || end - q < 5 || q[2] != '?')
		return 0;
	w->base64 = q[1] == 'B' || q[1] == 'b';
	if (!w->base64 && q[1] != 'Q' && q[1] != 'q')
		return 0;
	star = memchr(p, '*', (size_t)(q - p));
	len = (size_t)((star == NULL ? q : star) - p);
	if (len == 0 || len >= LABEL)
		return 0;
	memcpy(w->label, p, len);
	w->label[len] = '\0';
	w->text = q + 3;
	t = memchr(w->text, '?', (size_t)(end - w->text));
	if (t == NULL || t + 1 >= end || t[1] != '=')
		return 0;
	w->n = (size_t)(t - w->text);
	return (size_t)(t + 2 - p);
}

static bool
take_word(struct line *l, const struct word *w)
{
	size_t before;

	if (strcasecmp(l->label, w->label) != 0)
		flush(l);
	before = l->join.n;
	if (!(w->base64 ? from_base64(w->text, w->n, &l->join) :
			  from_quoted(w->text, w->n, &l->join)) ||
	    (charset_decode(w->label, "?", 1, &l->plain) & CHARSET_UNKNOWN)) {
		l->join.n = before;
		flush(l);
		l->flags |= CHARSET_UNKNOWN;
		return false;
	}
	memcpy(l->label, w->label, LABEL);
	return true;
}

static bool
only_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		p++;
	return p == end;
}

unsigned
encoded_words(const char *p, size_t n, struct text *out)
{
	struct line l = { .out = out };
	const char *from = p, *end = p + n, *s = p;
	bool after = false;
	struct word w;
	size_t len;

	text_room(out, n);
	while (s < end) {
		len = 0;
		if (end - s > 2 && s[0] == '=' && s[1] == '?')
			len = read_word(s + 2, (size_t)(end - s - 2), &w);
		if (len == 0) {
			s++;
			continue;
		}
		if (!after || !only_blanks(from, s)) {
			flush(&l);
			put(&l, NULL, from, (size_t)(s - from));
		}
		after = take_word(&l, &w);
		from = after ? s + 2 + len : s;
		s += 2 + len;
	}
	flush(&l);
	put(&l, NULL, from, (size_t)(end - from));
	text_release(&l.join);
	text_release(&l.plain);
	return l.flags;
}

/* May the word p[0..n) stand in a header as it is? */
static bool
is_plain(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] < '!' || p[i] > '~')
			return false;
	return n <= WORD && memmem(p, n, "=?", 2) == NULL;
}

/* How much of S goes into one word: whole characters. */
static size_t
fits(const char *s)
{
	size_t n = strnlen(s, HELD + 1);

	while (n > HELD || (s[n] & 0xC0) == 0x80)
		n--;
	return n;
}

void
encoded_put(struct text *out, const char *s)
{
	const char *blank = "";
	size_t n, lead;

	for (; *s != '\0'; s += n) {
		lead = strspn(s, " ");
		n = lead + strcspn(s + lead, " ");
		if (!is_plain(s + lead, n - lead))
			break;
		text_add(out, s, n);
		blank = " ";
	}
	if (*blank != '\0' && *s == ' ')
		s++;
	for (; *s != '\0'; s += n) {
		n = fits(s);
		text_addf(out, "%s=?UTF-8?B?", blank);
		text_b64(out, s, n);
		text_puts(out, "?=");
		blank = " ";
	}
}

static void
put_lines(struct text *out, const char *s, const char *end)
{
	const char *q;
	unsigned c;

	for (; s < end; s = q) {
		q = s;
		c = text_char(&q);
		if (c == '\r') {
			if (q == end || *q != '\n')
				text_add(out, "\n", 1);
		} else if (c == '\n' || c == '\t') {
			text_add(out, s, 1);
		} else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
			text_add(out, "?", 1);
		} else {
			text_add(out, s, (size_t)(q - s));
		}
	}
}

unsigned
encoded_body(const char *label, const char *p, size_t n, struct text *out)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct text plain = TEXT_INIT;
	unsigned flags;
	bool marked;

	if (n > ENCODED_BODY)
		return CHARSET_LONG;
	flags = charset_decode(label, p, n, &plain);
	marked = plain.n >= 3 && memcmp(plain.p, mark, 3) == 0;
	if (plain.n > ENCODED_BODY)
		flags |= CHARSET_LONG;
	else if (plain.n > 0)
		put_lines(out, plain.p + (marked ? 3 : 0), plain.p + plain.n);
	text_wipe(&plain);
	return flags;
}

const char *
encoded_evident(const char *p, size_t n)
{
	bool high = false;
	size_t i;

	for (i = 0; i < n && !high; i++)
		high = (p[i] & 0x80) != 0;
	if (high)
		return text_utf8(p, n) == n ? "utf-8" : NULL;
	return n > 0 && memchr(p, 0x1b, n) != NULL ? "iso-2022-jp" : "us-ascii";
}
