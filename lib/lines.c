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
	static const unsigned quote[] = { '>', '|', 0xff1e, 0xff5c, 0xbb,
		0x226b, 0x300b, 0x2502, 0x2503, 0 };
	const char *end = x->raw + x->raw_n, *at;
	unsigned c;

	x->p = x->raw;
	for (at = x->raw; at < end;) {
		c = text_char(&at);
		if (lines_in(c, quote)) {
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
lines_split(const char *text, size_t n, enum lines_flow flow,
    struct line **line, size_t *count, struct fail *f)
{
	struct line *x;
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
		x = *line + *count;
		x->raw = at;
		x->raw_n = (size_t)(lf - at);
		lines_unquote(x);
		x->soft = flow != LINES_FIXED && lf > at && lf[-1] == ' ' &&
		    !(x->n == 2 && memcmp(x->p, "--", 2) == 0);
		at = lf < end ? lf + 1 : end;
	}
	return 0;
}

static bool
lines_digit(unsigned c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* A letter that counts things: kana, Latin, or one of a Roman number. */
static bool
lines_letter(unsigned c, bool more)
{
	static const unsigned roman[] = { 'i', 'v', 'x', 'I', 'V', 'X', 0 };
	unsigned low = c >= 0xff21 ? (c - 0xfee0) | 0x20 : c | 0x20;

	if (more)
		return lines_in(c, roman);
	return (low >= 'a' && low <= 'z') || (c >= 0x30a2 && c <= 0x30f3) ||
	    (c >= 0xff71 && c <= 0xff9d);
}

/* Numbers of one character: circled, Roman, in brackets. */
static bool
lines_counter(unsigned c)
{
	return (c >= 0x2160 && c <= 0x217f) || (c >= 0x2460 && c <= 0x24ff) ||
	    (c >= 0x2776 && c <= 0x2793) || (c >= 0x3220 && c <= 0x3229);
}

/*
 * The digits of a number, "1" or "1-2" or "1.2.3", or letters that stand in
 * for it: behind them, or P. *digits: they were digits.
 */
static const char *
lines_count(const char *p, const char *end, bool *digits)
{
	static const unsigned joint[] = { '-', '.', 0x2010, 0x2212, 0xff0d,
		0xff0e, 0 };
	const char *at = p, *next;
	int run = 0, count;
	unsigned c = 0;

	for (count = 0; count < LINES_FRONT && at < end; count++) {
		next = at;
		c = text_char(&next);
		if (lines_digit(c) && run < 2)
			run++;
		else if (count > 0 && run > 0 && lines_in(c, joint) &&
		    next < end &&
		    lines_digit(text_char(&(const char *){ next })))
			run = 0;
		else
			break;
		at = next;
	}
	*digits = at != p;
	for (count = 0; !*digits && count < 4 && at < end; count++) {
		next = at;
		if (!lines_letter(text_char(&next), count > 0))
			break;
		at = next;
	}
	return at;
}

/* "1." "1)" "(1)" "1-1" "(ア)" "a." and the like in full width: behind it, or
 * P. Letters need a bracket or a dot behind them, digits at least a blank. */
static const char *
lines_number(const char *p, const char *end)
{
	static const unsigned open[] = { '(', '[', '<', 0xff08, 0xff1c, 0xff3b,
		0x3008, 0x3010, 0 };
	static const unsigned close[] = { '.', ')', ']', '>', ',', 0xff09,
		0xff0c, 0xff0e, 0xff1e, 0xff3d, 0x3001, 0x3009, 0x3011, 0 };
	static const unsigned colon[] = { ':', 0xff1a, 0 };
	const char *at = p, *from = p, *next = p;
	bool digits, blank = false;
	unsigned c;

	c = text_char(&next);
	if (lines_in(c, open))
		from = next;
	at = lines_count(from, end, &digits);
	if (at == from)
		return p;
	for (next = at; next < end; at = next) {
		c = text_char(&next);
		if (lines_in(c, close) || (digits && lines_in(c, colon)))
			return next;
		if (!lines_blank(c))
			break;
		blank = true;
	}
	return digits && blank && from == p ? at : p;
}

const char *
lines_front(const char *p, const char *end, bool *numbered)
{
	static const unsigned bullet[] = { '-', '*', '+', '#', '_', '=', 0xb7,
		0x2022, 0x203b, 0x2192, 0x21d2, 0x2212, 0x25a0, 0x25a1, 0x25aa,
		0x25b6, 0x25b7, 0x25bc, 0x25bd, 0x25c6, 0x25c7, 0x25cb, 0x25ce,
		0x25cf, 0x2605, 0x2606, 0x2713, 0x2714, 0x30fb, 0xff0a, 0xff0d,
		0xff65, 0 };
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
		next = lines_counter(c) ? at : lines_number(p, end);
		if (next != p) {
			*numbered = true;
			p = next;
		} else if (lines_in(c, bullet))
			p = at;
		else
			break;
	}
	return p;
}

void
lines_lead(const char **p, size_t *n, bool prose)
{
	static const unsigned arrow[] = { ':', 0xff1a, 0x2192, 0x21d2, 0x27a1,
		0x21e8, 0 };
	static const unsigned dot[] = { 0x203b, 0x2022, 0x25a0, 0x25aa, 0x25b6,
		0x25c6, 0x25c7, 0x25cb, 0x25ce, 0x25cf, 0x30fb, 0xff65, 0 };
	const char *end = *p + *n, *at = *p, *from;
	unsigned c;

	while (at < end) {
		from = at;
		c = text_char(&at);
		if ((c == '-' || c == '=') && at < end && *at == '>')
			at++;
		else if (!prose && (c == '-' || c == '*' || c == '+') &&
		    at < end && *at == ' ')
			continue;
		else if (!lines_in(c, arrow) && !lines_blank(c) &&
		    (prose || !lines_in(c, dot))) {
			*p = from;
			*n = (size_t)(end - from);
			return;
		}
	}
	*p = end;
	*n = 0;
}

const char *
lines_find(
    enum lines_mark kind, const char *p, const char *end, const char **after)
{
	static const unsigned colon[] = { ':', ';', '=', '?', 0xff1a, 0xff1f,
		0xfe55, 0xfe13, 0x2236, 0xff1b, 0xff1d, 0x2192, 0x21d2, 0 };
	static const unsigned bracket[] = { ')', ']', 0xff09, 0xff3d, 0x3011,
		0x3015, 0x300d, 0x300f, 0xff1e, '>', 0 };
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
		if (kind == LINES_GAP && lines_blank(c) &&
		    (blank || c == '\t' || c == 0x3000))
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
