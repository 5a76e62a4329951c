#include "armor.h"

#include <string.h>

struct line {
	const char *p;
	size_t n; /* without line end and trailing blanks */
};

static bool
next_line(const char **p, const char *end, struct line *l)
{
	const char *lf;

	if (*p == end)
		return false;
	lf = memchr(*p, '\n', (size_t)(end - *p));
	l->p = *p;
	l->n = (size_t)((lf == NULL ? end : lf) - *p);
	*p = lf == NULL ? end : lf + 1;
	while (l->n > 0 && strchr(" \t\r", l->p[l->n - 1]) != NULL &&
	    l->p[l->n - 1] != '\0')
		l->n--;
	return true;
}

static bool
line_is(const struct line *l, const char *edge, const char *kind)
{
	size_t e = strlen(edge), k = strlen(kind);

	return l->n == e + k + 5 && memcmp(l->p, edge, e) == 0 &&
	    memcmp(l->p + e, kind, k) == 0 &&
	    memcmp(l->p + e + k, "-----", 5) == 0;
}

static bool
line_is_header(const struct line *l)
{
	static const char *const known[] = { "Version", "Comment", "MessageID",
		"Hash", "Charset" };
	size_t i, n;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		n = strlen(known[i]);
		if (l->n > n && memcmp(l->p, known[i], n) == 0 &&
		    l->p[n] == ':')
			return true;
	}
	return false;
}

static unsigned
crc24(const char *p, size_t n)
{
	unsigned crc = 0xb704ce;
	int i;

	for (; n > 0; n--) {
		crc ^= (unsigned)(unsigned char)*p++ << 16;
		for (i = 0; i < 8; i++) {
			crc <<= 1;
			if ((crc & 0x1000000) != 0)
				crc ^= 0x1864cfb;
		}
	}
	return crc & 0xffffff;
}

/* The lines between the header and the end: base64, perhaps a checksum. */
static bool
armor_body(const char **p, const char *end, const char *kind, struct text *b64,
    struct text *sum)
{
	struct line l;

	while (next_line(p, end, &l)) {
		if (line_is(&l, "-----END PGP ", kind))
			return true;
		if (sum->n > 0 || l.n == 0 || l.n > ARMOR_LINE)
			return false;
		if (l.p[0] == '=' && l.n == 5)
			text_add(sum, l.p + 1, 4);
		else
			text_add(b64, l.p, l.n);
	}
	return false;
}

static bool
armor_head(const char **p, const char *end, const char *kind)
{
	struct line l;

	do
		if (!next_line(p, end, &l))
			return false;
	while (l.n == 0);
	if (!line_is(&l, "-----BEGIN PGP ", kind))
		return false;
	while (next_line(p, end, &l))
		if (l.n == 0)
			return true;
		else if (!line_is_header(&l))
			return false;
	return false;
}

static bool
only_blank(const char *p, const char *end)
{
	struct line l;

	while (next_line(&p, end, &l))
		if (l.n > 0)
			return false;
	return true;
}

static bool
sum_holds(const struct text *sum, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	const unsigned char *s;
	bool good;

	if (sum->n == 0)
		return true;
	good = text_unb64(&t, sum->p, sum->n) && t.n == 3;
	if (good) {
		s = (const unsigned char *)t.p;
		good = crc24(p, n) ==
		    ((unsigned)s[0] << 16 | (unsigned)s[1] << 8 | s[2]);
	}
	text_release(&t);
	return good;
}

int
armor_decode(
    const char *p, size_t n, const char *kind, struct text *out, struct fail *f)
{
	struct text b64 = TEXT_INIT, sum = TEXT_INIT;
	const char *end = p + n;
	size_t start = out->n;
	bool good;

	good = n > 0 && armor_head(&p, end, kind) &&
	    armor_body(&p, end, kind, &b64, &sum) && b64.n > 0 &&
	    only_blank(p, end) && text_unb64(out, b64.p, b64.n) &&
	    sum_holds(&sum, out->p + start, out->n - start);
	text_release(&b64);
	text_release(&sum);
	if (!good)
		return fail(
		    f, EX_DATAERR, "not one armoured block of kind '%s'", kind);
	return 0;
}

/* Where the END line begins, unless a checksum stands before it; else n. */
static size_t
unsummed_end(const char *p, size_t n, const char *kind)
{
	const char *at = p, *from = p, *end = p + n;
	struct line l = { p, 0 }, last;

	do {
		last = l;
		from = at;
		if (!next_line(&at, end, &l))
			return n;
	} while (!line_is(&l, "-----END PGP ", kind));
	return last.n == 5 && last.p[0] == '=' ? n : (size_t)(from - p);
}

bool
armor_unsummed(
    const char *p, size_t n, const char *kind, size_t *at, char line[ARMOR_SUM])
{
	struct text octets = TEXT_INIT, sum = TEXT_INIT;
	struct fail f = FAIL_INIT;
	unsigned char c[3];
	unsigned crc;
	bool is;

	*at = unsummed_end(p, n, kind);
	is = *at < n && armor_decode(p, n, kind, &octets, &f) == 0;
	if (is) {
		crc = crc24(octets.p, octets.n);
		c[0] = (unsigned char)(crc >> 16);
		c[1] = (unsigned char)(crc >> 8 & 0xff);
		c[2] = (unsigned char)(crc & 0xff);
		text_puts(&sum, "=");
		text_b64(&sum, c, 3);
		text_puts(&sum, "\n");
		memcpy(line, sum.p, ARMOR_SUM);
	}
	text_wipe(&octets);
	text_release(&sum);
	return is;
}
