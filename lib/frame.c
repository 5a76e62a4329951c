#include "frame.h"

#include <string.h>

#define BEGIN_SIGNED "-----BEGIN PGP SIGNED MESSAGE-----"
#define BEGIN_SIGNATURE "-----BEGIN PGP SIGNATURE-----"
#define END_SIGNATURE "-----END PGP SIGNATURE-----"
#define BEGIN_MESSAGE "-----BEGIN PGP MESSAGE-----"
#define END_MESSAGE "-----END PGP MESSAGE-----"

struct lines {
	const char *p;
	size_t n, pos; /* pos: where the next line begins */
	const char *line;
	size_t line_n; /* without blanks and line end */
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
next_line(struct lines *l)
{
	const char *q;

	if (l->pos >= l->n)
		return false;
	l->line = l->p + l->pos;
	q = memchr(l->line, '\n', l->n - l->pos);
	l->pos = q == NULL ? l->n : (size_t)(q + 1 - l->p);
	l->line_n = (size_t)(l->p + l->pos - l->line);
	while (l->line_n > 0 && blank(l->line[l->line_n - 1]))
		l->line_n--;
	return true;
}

static bool
line_is(const struct lines *l, const char *s)
{
	return l->line_n == strlen(s) && memcmp(l->line, s, l->line_n) == 0;
}

static bool
skip_empty(struct lines *l)
{
	while (next_line(l))
		if (l->line_n > 0)
			return true;
	return false;
}

static size_t
line_at(const struct lines *l)
{
	return (size_t)(l->line - l->p);
}

/* To the END line of a block without lines that begin with a dash. */
static bool
skip_block(struct lines *l, const char *end)
{
	while (next_line(l)) {
		if (line_is(l, end))
			return true;
		if (l->line_n > 0 && l->line[0] == '-')
			return false;
	}
	return false;
}

static bool
close_frame(struct lines *l, struct frame *at)
{
	at->n = l->pos - at->from;
	return !skip_empty(l);
}

bool
frame_signed(const char *p, size_t n, struct frame *at)
{
	struct lines l = { .p = p, .n = n };

	*at = (struct frame){ 0 };
	if (!skip_empty(&l) || !line_is(&l, BEGIN_SIGNED))
		return false;
	at->from = line_at(&l);
	while (next_line(&l) && l.line_n > 0)
		if (l.line_n < 6 || memcmp(l.line, "Hash: ", 6) != 0)
			return false;
	at->text = l.pos;
	while (next_line(&l)) {
		if (line_is(&l, BEGIN_SIGNATURE))
			break;
		if (l.line[0] == '-' &&
		    (l.line + 1 >= p + n || l.line[1] != ' '))
			return false;
	}
	if (l.pos >= n)
		return false;
	at->text_n = line_at(&l) - at->text;
	return skip_block(&l, END_SIGNATURE) && close_frame(&l, at);
}

bool
frame_message(const char *p, size_t n, struct frame *at)
{
	struct lines l = { .p = p, .n = n };

	*at = (struct frame){ 0 };
	if (!skip_empty(&l) || !line_is(&l, BEGIN_MESSAGE))
		return false;
	at->from = line_at(&l);
	return skip_block(&l, END_MESSAGE) && close_frame(&l, at);
}

bool
frame_any(const char *p, size_t n)
{
	static const char *const begins[] = { "SIGNED MESSAGE", "SIGNATURE",
		"MESSAGE" };
	struct lines l = { .p = p, .n = n };
	size_t i, k;

	while (next_line(&l)) {
		if (l.line_n < 15 || memcmp(l.line, "-----BEGIN PGP ", 15) != 0)
			continue;
		for (i = 0; i < 3; i++) {
			k = strlen(begins[i]);
			if (l.line_n >= 15 + k &&
			    memcmp(l.line + 15, begins[i], k) == 0)
				return true;
		}
	}
	return false;
}

void
frame_text(const char *p, const struct frame *at, struct text *out)
{
	struct lines l = { .p = p + at->text, .n = at->text_n };
	size_t skip;

	while (next_line(&l)) {
		skip = l.line[0] == '-' ? 2 : 0;
		text_add(
		    out, l.line + skip, (size_t)(l.p + l.pos - l.line) - skip);
	}
}
