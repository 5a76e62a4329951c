#include "cut.h"

#include <string.h>

#include "known.h"

/* At one of the first colons or gaps of p..end: what is before is a label. */
static bool
cut_at(const struct label *l, enum lines_mark mark, const char *p,
    const char *end, struct cut *cut, bool *two)
{
	const char *at, *from = p;
	int i;

	for (i = 0; i < CUT_TRIES; i++) {
		at = lines_find(mark, from, end, &cut->v);
		if (at == NULL)
			break;
		cut->set = known_fields(l, p, (size_t)(at - p), two);
		if (cut->set != 0)
			return true;
		from = cut->v;
	}
	return false;
}

static bool
cut_opens(const char *p)
{
	static const char *const bracket[] = { "[", "<", "\xe3\x80\x90",
		"\xe3\x80\x94", "\xe3\x80\x8c", "\xe3\x80\x8e", "\xef\xbc\xbb",
		"\xef\xbc\x9c" };
	size_t i;

	for (i = 0; i < sizeof bracket / sizeof *bracket; i++)
		if (strncmp(p, bracket[i], strlen(bracket[i])) == 0)
			return true;
	return false;
}

/* "[label] answer", or "label (in two languages) answer". */
static bool
cut_bracket(const struct label *l, const char *p, const char *end,
    struct cut *cut, bool *two)
{
	if (lines_find(LINES_BRACKET, p, end, &cut->v) == NULL)
		return false;
	cut->set = known_fields(l, p, (size_t)(cut->v - p), two);
	if (!*two && !cut_opens(p))
		cut->set = 0;
	return cut->set != 0;
}

/* How many signs make what follows them bold: "*label", "**1. label". */
static size_t
cut_stars(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && (p[n] == '*' || p[n] == '_') && p[n] == *p)
		n++;
	return p + n < end && p[n] != ' ' ? n : 0;
}

/* "*label:* answer": what made the label bold is no part of the answer. */
static void
cut_bold(const struct line *x, const char *p, struct cut *cut)
{
	size_t bold = cut_stars(x->p, x->p + x->n);
	char sign = *x->p;

	while (bold == 0 && p > x->p && (p[-1] == '*' || p[-1] == '_'))
		p--;
	if (bold == 0) {
		bold = cut_stars(p, x->p + x->n);
		sign = *p;
	}
	for (; bold > 0 && cut->v_n > 0 && sign == *cut->v; bold--) {
		cut->v++;
		cut->v_n--;
	}
	while (bold > 0 && cut->v_n > 0 && sign == cut->v[cut->v_n - 1]) {
		cut->v_n--;
		bold--;
	}
	lines_trim(&cut->v, &cut->v_n);
}

struct cut
cut_line(const struct label *l, const struct line *x, bool gap)
{
	struct cut cut = { 0 };
	const char *end = x->p + x->n;
	const char *p = lines_front(x->p, end, &cut.clear);
	bool two = false;

	if (!cut_at(l, LINES_COLON, p, end, &cut, &two)) {
		cut.v = end;
		cut.set = known_fields(l, p, (size_t)(end - p), &two);
	}
	if (cut.set == 0 && !cut_bracket(l, p, end, &cut, &two) &&
	    (cut.clear || gap))
		cut.gap = cut_at(l, LINES_GAP, p, end, &cut, &two);
	cut.clear = cut.clear || two;
	cut.v_n = (size_t)(end - cut.v);
	lines_trim(&cut.v, &cut.v_n);
	cut_bold(x, p, &cut);
	lines_lead(&cut.v, &cut.v_n, true);
	return cut;
}

/* X and the next MORE lines as one, in JOINED; a mailer that quotes what it
 * has wrapped may leave the rest without marks. */
static bool
cut_join(const struct line *x, size_t more, struct text *joined)
{
	size_t i;

	text_clear(joined);
	text_add(joined, x->p, x->n);
	for (i = 1; i <= more; i++) {
		if (x[i].use == LINE_BLANK || x[i].depth > x->depth ||
		    x[i].n > LABEL_LINE)
			return false;
		text_add(joined, x[i].p, x[i].n);
	}
	return x->n <= LABEL_LINE;
}

struct cut
cut_wrapped(const struct label *l, const struct line *x, bool gap)
{
	struct text joined = TEXT_INIT;
	struct cut cut = { 0 };
	struct line both = { 0 };

	if (known_may(l, x->key) && cut_join(x, 1, &joined)) {
		both.p = joined.p;
		both.n = joined.n;
		cut = cut_line(l, &both, gap);
	}
	if (cut.set != 0 && cut.v <= joined.p + x->n)
		cut.set = 0;
	if (cut.set != 0 && !cut.clear && cut_line(l, x + 1, false).set != 0)
		cut.set = 0;
	if (cut.set != 0)
		cut.v = x[1].p + ((size_t)(cut.v - joined.p) - x->n);
	cut.wrapped = true;
	text_release(&joined);
	return cut;
}

void
cut_repeated(const struct label *l, label_set set, const char **v, size_t *n)
{
	struct line rest = { 0 };
	struct cut cut;

	rest.p = *v;
	rest.n = *n;
	if (*n == 0)
		return;
	cut = cut_line(l, &rest, false);
	if ((cut.set & set) == 0 || cut.v_n == 0)
		return;
	*v = cut.v;
	*n = cut.v_n;
}

/* The last word of p..end: behind its last blank, comma or slash. */
static const char *
cut_word(const char *p, const char *end)
{
	const char *at, *from, *word = p;
	unsigned c;

	for (at = p; at < end;) {
		from = at;
		c = text_char(&at);
		if (c == ' ' || c == '\t' || c == 0x3000 || c == '/' ||
		    c == 0xff0f || c == ',' || c == 0x3001 || c == 0xff0c)
			word = at;
		else if (c == '(' || c == 0xff08)
			word = from;
	}
	return word;
}

bool
cut_mixed(const struct label *l, const char *v, size_t n)
{
	const char *end = v + n, *at, *from = v, *after;
	bool two;
	int i;

	for (i = 0; i < CUT_TRIES; i++) {
		at = lines_find(LINES_COLON, from, end, &after);
		if (at == NULL || at - from > LABEL_LINE)
			break;
		while (at > from && at[-1] == ' ')
			at--;
		from = cut_word(from, at);
		if (known_fields(l, from, (size_t)(at - from), &two) != 0)
			return true;
		from = after;
	}
	return false;
}

size_t
cut_heading(
    const struct label *l, const struct line *x, size_t lines, int *section)
{
	struct text joined = TEXT_INIT;
	const char *p, *end;
	bool numbered;
	size_t more;

	*section = -1;
	if (!known_may(l, x->key))
		return 0;
	for (more = 0; more < 2 && more < lines && *section < 0; more++) {
		if (!cut_join(x, more, &joined))
			break;
		end = joined.p + joined.n;
		p = lines_front(joined.p, end, &numbered);
		*section = known_heading(l, p, (size_t)(end - p));
	}
	text_release(&joined);
	return *section < 0 ? 0 : more;
}

size_t
cut_ignored(const struct label *l, const struct line *x, size_t lines)
{
	struct text keys = TEXT_INIT;
	size_t n = 0;
	bool found;

	do {
		text_puts(&keys, x[n++].key);
		found = known_line(l->ignore, keys.p, false);
	} while (!found && n < CUT_WRAP && n < lines &&
	    x[n].depth <= x->depth && x[n].use != LINE_BLANK);
	text_release(&keys);
	return found ? n : known_line(l->ignore, x->key, true) ? 1 : 0;
}
