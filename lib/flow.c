#include "flow.h"

#include <string.h>

/* Would a reader, or a mailer on the way, see more in it than its words? */
static bool
is_stuffed(const char *p, size_t n)
{
	return n > 0 &&
	    (*p == ' ' || *p == '>' || (n >= 5 && memcmp(p, "From ", 5) == 0));
}

static bool
is_signature(const char *p, size_t n)
{
	return n == 3 && memcmp(p, "-- ", 3) == 0;
}

/* May the line go on behind its octet K - 1? What is "-- " is never soft. */
static bool
breaks(const char *p, size_t k)
{
	return p[k - 1] == ' ' && !is_signature(p, k);
}

/* How much of the line p[0..n), which is too long, goes into the next one of
 * ROOM octets: if possible so that no blank begins what is left. */
static size_t
piece(const char *p, size_t n, size_t room)
{
	size_t k;

	for (k = room; k > 0; k--)
		if (breaks(p, k) && p[k] != ' ')
			return k;
	for (k = room; k > 0; k--)
		if (breaks(p, k))
			return k;
	for (k = room + 1; k < n; k++)
		if (breaks(p, k))
			return k;
	return n;
}

static bool
put_line(struct text *out, const char *p, size_t n)
{
	size_t k, stuff;

	if (!is_signature(p, n))
		while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t'))
			n--;
	do {
		stuff = is_stuffed(p, n);
		k = n + stuff > FLOW_LINE ? piece(p, n, FLOW_LINE - stuff) : n;
		if (k + stuff > FLOW_MAX)
			return false;
		text_add(out, " ", stuff);
		text_add(out, p, k);
		text_puts(out, "\r\n");
		p += k;
		n -= k;
	} while (n > 0);
	return true;
}

static bool
is_ascii(const char *p, size_t n)
{
	unsigned char c;

	while (n-- > 0) {
		c = (unsigned char)*p++;
		if ((c < ' ' && c != '\n' && c != '\t') || c >= 0x7f)
			return false;
	}
	return true;
}

bool
flow_write(struct text *out, const char *p, size_t n)
{
	const char *lf, *end = p + n;
	struct text all = TEXT_INIT;
	bool good = is_ascii(p, n);

	for (; good && p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		good = put_line(&all, p, (size_t)(lf - p));
	}
	if (good)
		text_add(out, all.p, all.n);
	text_wipe(&all);
	return good;
}
