#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "alias.h"

enum {
	ROOM = 64 << 10,
};

static unsigned
replace(struct text *out)
{
	text_add(out, "\xef\xbf\xbd", 3);
	return CHARSET_LOSSY;
}

static unsigned
from_utf8(const char *p, size_t n, struct text *out)
{
	unsigned flags = 0;
	size_t good;

	while (n > 0) {
		good = text_utf8(p, n);
		text_add(out, p, good);
		if (good < n)
			flags |= replace(out), good++;
		p += good;
		n -= good;
	}
	return flags;
}

/* Convert until the end, or until what is no character: false, and errno. */
static bool
convert(iconv_t cd, char **in, size_t *left, struct text *out)
{
	size_t room;
	char *to;

	while (*left > 0) {
		room = *left < ROOM ? *left * 3 + 16 : ROOM;
		to = text_room(out, room);
		errno = 0;
		iconv(cd, in, left, &to, &room);
		out->n = (size_t)(to - out->p);
		out->p[out->n] = '\0';
		if (*left > 0 && errno != E2BIG)
			return false;
	}
	return true;
}

size_t
charset_convert(
    const char *from, const char *to, const char *p, size_t n, struct text *out)
{
	iconv_t cd = iconv_open(to, from);
	char *in = (char *)(uintptr_t)p;
	size_t left = n;

	if (cd == (iconv_t)-1)
		return 0;
	convert(cd, &in, &left, out);
	iconv_close(cd);
	return n - left;
}

/* Only for names of our table: what leaves is valid UTF-8. UNIT: octets to
 * step over where one from 0x80 on begins what is no character. */
static unsigned
from_iconv(
    const char *name, const char *p, size_t n, size_t unit, struct text *out)
{
	iconv_t cd = iconv_open("UTF-8", name);
	char *in = (char *)(uintptr_t)p;
	size_t left = n, step;
	unsigned flags = 0;

	if (cd == (iconv_t)-1)
		return CHARSET_UNKNOWN | from_utf8(p, n, out);
	while (!convert(cd, &in, &left, out)) {
		flags |= replace(out);
		if (errno == EINVAL)
			break;
		step = (*in & 0x80) != 0 && left >= unit ? unit : 1;
		in += step;
		left -= step;
	}
	iconv_close(cd);
	return flags;
}

enum set {
	SET_ASCII,
	SET_ROMAN,
	SET_KANA,
	SET_0208,
	SET_0212,
};

static const struct escape {
	const char *is;
	enum set set;
} escapes[] = {
	{ "(B", SET_ASCII },
	{ "(J", SET_ROMAN },
	{ "(H", SET_ROMAN },
	{ "(I", SET_KANA },
	{ "$@", SET_0208 },
	{ "$B", SET_0208 },
	{ "$(@", SET_0208 },
	{ "$(B", SET_0208 },
	{ "$(D", SET_0212 },
	{ NULL, 0 },
};

struct jis {
	enum set set;
	bool shift;	 /* SO seen: half-width kana until SI */
	struct text run; /* octets of CP932 or EUC-JP, not yet decoded */
	bool euc;
	unsigned flags;
	struct text *out;
};

static void
jis_flush(struct jis *j)
{
	if (j->run.n > 0)
		j->flags |= from_iconv(j->euc ? "EUC-JP-MS" : "CP932", j->run.p,
		    j->run.n, j->euc ? 3 : 2, j->out);
	text_clear(&j->run);
}

static void
jis_put(struct jis *j, bool euc, int a, int b)
{
	char c[3] = { (char)0x8f, (char)a, (char)b };

	if (euc != j->euc)
		jis_flush(j);
	j->euc = euc;
	text_add(&j->run, euc ? c : c + 1, euc ? 3 : b < 0 ? 1 : 2);
}

static void
jis_bad(struct jis *j)
{
	jis_flush(j);
	j->flags |= replace(j->out);
}

/* A character that iconv has otherwise, or not. */
static void
jis_puts(struct jis *j, const char *s)
{
	jis_flush(j);
	text_puts(j->out, s);
}

static void
jis_pair(struct jis *j, int h, int l)
{
	int a = (h - 0x21) / 2 + 0x81;

	if (j->set == SET_0212) {
		if (h == 0x22 && l == 0x43)
			jis_puts(j, "\xc2\xa6");
		else if (h > 0x74)
			jis_bad(j);
		else
			jis_put(j, true, h | 0x80, l | 0x80);
		return;
	}
	if (a > 0x9f)
		a += 0x40;
	jis_put(j, false, a, h & 1 ? l + 0x1f + (l >= 0x60) : l + 0x7e);
}

static size_t
jis_escape(struct jis *j, const char *p, size_t n)
{
	const struct escape *e;
	size_t len;

	if (n >= 3 && memcmp(p + 1, "&@", 2) == 0)
		return 3;
	for (e = escapes; e->is != NULL; e++) {
		len = strlen(e->is);
		if (n > len && memcmp(p + 1, e->is, len) == 0) {
			j->set = e->set;
			return len + 1;
		}
	}
	jis_bad(j);
	return 1;
}

/* One octet of a one-octet set. Kana of eight bits are no ISO-2022-JP, but
 * were sent as such. */
static void
jis_single(struct jis *j, int c)
{
	bool kana = j->shift || j->set == SET_KANA;

	if (c > 0xa0 && c < 0xe0) {
		j->flags |= CHARSET_GUESSED;
		jis_put(j, false, c, -1);
	} else if (c >= 0x80 || (kana && c >= 0x60 && c < 0x7f)) {
		jis_bad(j);
	} else if (kana && c > ' ' && c < 0x60) {
		jis_put(j, false, c | 0x80, -1);
	} else if (j->set == SET_ROMAN && (c == '\\' || c == '~')) {
		jis_puts(j, c == '~' ? "\xe2\x80\xbe" : "\xc2\xa5");
	} else {
		jis_put(j, false, c, -1);
	}
}

static size_t
jis_step(struct jis *j, const char *p, size_t n)
{
	int c = (unsigned char)p[0], d = n > 1 ? (unsigned char)p[1] : 0;
	bool two = j->set == SET_0208 || j->set == SET_0212;

	if (c == 0x1b)
		return jis_escape(j, p, n);
	if (c == 0x0e || c == 0x0f) {
		j->shift = c == 0x0e;
		return 1;
	}
	if (c == '\n') {
		j->set = SET_ASCII;
		j->shift = false;
	}
	if (!two || c <= ' ' || c == 0x7f) {
		jis_single(j, c);
		return 1;
	}
	if (c > 0x7f || d <= ' ' || d > 0x7e) {
		jis_bad(j);
		return 1;
	}
	jis_pair(j, c, d);
	return 2;
}

static bool
euc_half(unsigned char c)
{
	return c > 0xa0 && c < 0xff;
}

/* The same sets with the eighth bit, and shifts for one character. */
static size_t
euc_step(struct jis *j, const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t k = u[0] == 0x8f ? 3 : 2;

	if (u[0] < 0x80) {
		jis_put(j, false, u[0], -1);
		return 1;
	}
	if (n > 1 && u[0] == 0x8e && u[1] > 0xa0 && u[1] < 0xe0) {
		jis_put(j, false, u[1], -1);
		return 2;
	}
	if (n < k || !euc_half(u[k - 2]) || !euc_half(u[k - 1])) {
		jis_bad(j);
		return 1;
	}
	j->set = k == 3 ? SET_0212 : SET_0208;
	jis_pair(j, u[k - 2] & 0x7f, u[k - 1] & 0x7f);
	return k;
}

static unsigned
from_jis(const char *p, size_t n, bool euc, struct text *out)
{
	struct jis j = { .out = out };
	size_t i = 0;

	while (i < n)
		i += (euc ? euc_step : jis_step)(&j, p + i, n - i);
	jis_flush(&j);
	text_release(&j.run);
	return j.flags;
}

static bool
is_sjis(const unsigned char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] < 0x80 || (p[i] > 0xa0 && p[i] < 0xe0))
			continue;
		if (p[i] == 0x80 || p[i] == 0xa0 || p[i] > 0xfc || ++i == n ||
		    p[i] < 0x40 || p[i] == 0x7f || p[i] > 0xfc)
			return false;
	}
	return true;
}

static bool
is_euc(const unsigned char *p, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i += k) {
		k = p[i] < 0x80 ? 1 : p[i] == 0x8f ? 3 : 2;
		if (k > n - i || (k == 2 && p[i] < 0xa1 && p[i] != 0x8e) ||
		    (k > 1 && (p[i] == 0xff || p[i + 1] < 0xa1)) ||
		    (k > 2 && p[i + 2] < 0xa1))
			return false;
	}
	return true;
}

/* What is valid as EUC-JP reads as half-width kana in Shift_JIS: it is EUC. */
static unsigned
guess(const char *p, size_t n, struct text *out)
{
	const unsigned char *u = (const unsigned char *)p;
	bool high = false;
	size_t i;

	for (i = 0; i < n && !high; i++)
		high = u[i] >= 0x80;
	if (!high && (n == 0 || memchr(p, 0x1b, n) == NULL)) {
		text_add(out, p, n);
		return 0;
	}
	if (!high)
		return CHARSET_GUESSED | from_jis(p, n, false, out);
	if (text_utf8(p, n) == n)
		return CHARSET_GUESSED | from_utf8(p, n, out);
	if (is_euc(u, n))
		return CHARSET_GUESSED | from_jis(p, n, true, out);
	if (is_sjis(u, n))
		return CHARSET_GUESSED | from_iconv("CP932", p, n, 1, out);
	return CHARSET_GUESSED | from_utf8(p, n, out);
}

static unsigned
unknown(const char *p, size_t n, struct text *out)
{
	unsigned flags = CHARSET_UNKNOWN;
	size_t i, from = 0;

	for (i = 0; i < n; i++) {
		if ((p[i] & 0x80) == 0)
			continue;
		text_add(out, p + from, i - from);
		flags |= replace(out);
		from = i + 1;
	}
	text_add(out, p + from, n - from);
	return flags;
}

unsigned
charset_decode(const char *label, const char *p, size_t n, struct text *out)
{
	const struct alias *a;

	if (n == 0)
		return 0;
	if (label == NULL || label[0] == '\0')
		return guess(p, n, out);
	a = alias_find(label);
	if (a == NULL)
		return unknown(p, n, out);
	switch (a->kind) {
	case ALIAS_UTF8:
		return from_utf8(p, n, out);
	case ALIAS_ASCII:
		return guess(p, n, out);
	case ALIAS_JIS:
	case ALIAS_EUC:
		return from_jis(p, n, a->kind == ALIAS_EUC, out);
	default:
		return from_iconv(a->iconv, p, n, 1, out);
	}
}
