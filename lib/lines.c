#include "lines.h"

#include <string.h>

#include "process.h"
#include "text.h"

static bool
lines_in(unsigned c, const unsigned *set)
{
	for (; *set != 0; set++)
		if (c == *set)
			return true;
	return false;
}

static bool
lines_blank(unsigned c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == 0xa0 || c == 0x3000;
}

void
lines_trim(const char **p, size_t *n)
{
	const char *end = *p + *n, *at, *last = *p;
	bool begun = false;

	for (at = *p; at < end;) {
		const char *here = at;

		if (lines_blank(text_char(&at)))
			continue;
		if (!begun)
			*p = here;
		begun = true;
		last = at;
	}
	if (!begun)
		*p = last = end;
	*n = (size_t)(last - *p);
}

static void
lines_unquote(struct line *x)
{
	const char *end = x->raw + x->raw_n, *at;
	unsigned c;

	x->p = x->raw;
	for (at = x->raw; at < end;) {
		c = text_char(&at);
		if (c == '>' || c == 0xff1e) {
			x->depth++;
			x->p = at;
		} else if (!lines_blank(c))
			break;
	}
	x->n = (size_t)(end - x->p);
	lines_trim(&x->p, &x->n);
	if (x->n == 0)
		x->use = LINE_BLANK;
}

int
lines_split(const char *text, size_t n, struct line **line, size_t *count,
    struct fail *f)
{
	const char *at = text, *end = text + n, *lf;
	size_t lines = 1;

	if (n > LINES_TEXT)
		return fail(f, EX_DATAERR,
		    "toolarge: the text has more than %d octets", LINES_TEXT);
	for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		lines++;
	if (lines > LINES_MAX)
		return fail(f, EX_DATAERR,
		    "toolarge: the text has more than %d lines", LINES_MAX);
	*line = process_alloc(lines * sizeof **line);
	memset(*line, 0, lines * sizeof **line);
	for (*count = 0, at = text; at < end; ++*count) {
		lf = memchr(at, '\n', (size_t)(end - at));
		if (lf == NULL)
			lf = end;
		(*line)[*count].raw = at;
		(*line)[*count].raw_n = (size_t)(lf - at);
		lines_unquote(&(*line)[*count]);
		at = lf < end ? lf + 1 : end;
	}
	return 0;
}

static bool
lines_digit(unsigned c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* "1." "1)" "(1)" and the like in full width: behind it, or P. */
static const char *
lines_number(const char *p, const char *end)
{
	static const unsigned open[] = { '(', '[', 0xff08, 0xff3b, 0 };
	static const unsigned close[] = { '.', ')', ']', ':', 0xff09, 0xff0e,
		0xff1a, 0xff3d, 0x3001, 0 };
	const char *at = p, *here = p;
	int digits = 0;
	unsigned c = 0;

	while (at < end && digits < 3) {
		here = at;
		c = text_char(&at);
		if (lines_digit(c))
			digits++;
		else if (digits > 0 || here != p || !lines_in(c, open))
			break;
	}
	while (digits > 0 && lines_blank(c) && at < end)
		c = text_char(&at);
	return digits > 0 && digits < 3 && lines_in(c, close) ? at : p;
}

const char *
lines_front(const char *p, const char *end, bool *numbered)
{
	static const unsigned bullet[] = { '-', '*', '+', '#', 0x2022, 0x30fb,
		0xff65, 0x25cf, 0x25cb, 0x25a0, 0x25a1, 0x25c6, 0x25c7, 0x25bc,
		0x25bd, 0x25b6, 0x25b7, 0x2605, 0x2606, 0x25ce, 0x203b, 0xff0a,
		0xff0d, 0x2212, 0xb7, 0 };
	const char *at = p, *next;
	unsigned c;
	int i;

	*numbered = false;
	for (i = 0; i < LINES_FRONT && p < end;) {
		at = p;
		c = text_char(&at);
		if (lines_blank(c)) {
			p = at;
			continue;
		}
		i++;
		next = lines_number(p, end);
		if (next != p || (c >= 0x2460 && c <= 0x2473)) {
			*numbered = true;
			p = next != p ? next : at;
		} else if (lines_in(c, bullet))
			p = at;
		else
			break;
	}
	return p;
}

const char *
lines_find(
    enum lines_mark kind, const char *p, const char *end, const char **after)
{
	static const unsigned colon[] = { ':', 0xff1a, 0xfe55, 0xfe13, 0 };
	static const unsigned bracket[] = { ')', ']', 0xff09, 0xff3d, 0x3011,
		0 };
	bool blank = false;
	const char *here;
	unsigned c;

	for (*after = p; *after < end;) {
		here = *after;
		c = text_char(after);
		if (kind == LINES_COLON && lines_in(c, colon))
			return here;
		if (kind == LINES_BRACKET && lines_in(c, bracket))
			return here;
		if (kind == LINES_GAP && lines_blank(c) && (blank || c == '\t'))
			return here;
		blank = lines_blank(c);
	}
	return NULL;
}

const char *
lines_part(const char **p, const char *end, size_t *n)
{
	static const unsigned sign[] = { '(', ')', '[', ']', '<', '>', '/',
		0xff08, 0xff09, 0xff0f, 0xff3b, 0xff3d, 0x3008, 0x3009, 0x300c,
		0x300d, 0x3010, 0x3011, 0x3014, 0x3015, 0 };
	const char *from = *p, *at;

	if (from >= end)
		return NULL;
	for (at = from; at < end; *p = at)
		if (lines_in(text_char(&at), sign))
			break;
	*n = (size_t)(*p - from);
	*p = at;
	return from;
}
