#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "value.h"

static void
reader_close(struct reader *r)
{
	r->open = r->lines;
}

static label_set
reader_mine(const struct reader *r, int section)
{
	const struct label_section *s = &r->label->section[section];

	return (label_set)((1u << s->end) - (1u << s->first));
}

/* A heading, or the first field again, begins another block. */
static void
reader_enter(struct reader *r, int section, bool heading)
{
	const struct label_section *s = &r->label->section[section];
	label_set mine = reader_mine(r, section);

	if (s->repeat && (r->seen & mine) != 0 &&
	    (heading || (r->seen >> s->first & 1) != 0)) {
		r->block[section]++;
		r->seen &= ~mine;
	}
	r->section = section;
}

/* Of the fields that a label can mean, the one that it means here, or -1. */
static int
reader_means(const struct reader *r, label_set set)
{
	int i, only = -1, count = 0;

	for (i = 0; i < r->label->fields; i++) {
		if ((set >> i & 1) == 0)
			continue;
		if (r->label->field[i].section == r->section)
			return i;
		only = i;
		count++;
	}
	return count == 1 ? only : -1;
}

/*
 * Cut a line in label and answer. Not 0: the fields it can mean; *clear: it
 * has its number, or the label in two languages.
 */
static label_set
reader_cut(const struct label *l, struct line *x, bool *clear)
{
	const char *end = x->p + x->n, *at;
	const char *p = lines_front(x->p, end, clear);
	label_set set = 0;
	bool two = false;

	x->v = end;
	if ((at = lines_find(LINES_COLON, p, end, &x->v)) != NULL)
		set = label_fields(l, p, (size_t)(at - p), &two);
	else {
		x->v = end;
		set = label_fields(l, p, x->n - (size_t)(p - x->p), &two);
	}
	if (set == 0 && lines_find(LINES_BRACKET, p, end, &x->v) != NULL) {
		set = label_fields(l, p, (size_t)(x->v - p), &two);
		if (!two && *p != '[' && strncmp(p, "\xe3\x80\x90", 3) != 0)
			set = 0;
	}
	if (set == 0 && *clear &&
	    (at = lines_find(LINES_GAP, p, end, &x->v)) != NULL)
		set = label_fields(l, p, (size_t)(at - p), &two);
	*clear = *clear || two;
	x->v_n = (size_t)(end - x->v);
	lines_trim(&x->v, &x->v_n);
	return set;
}

static bool
reader_single(const struct reader *r, size_t i)
{
	switch (r->label->field[r->line[i].field].kind) {
	case LABEL_TEXT:
	case LABEL_PROSE:
	case LABEL_LIST:
		return false;
	default:
		return true;
	}
}

static bool
reader_label(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];
	bool clear;
	label_set set = reader_cut(r->label, x, &clear);
	int field = set == 0 ? -1 : reader_means(r, set), section;

	if (field < 0 || (r->off == READER_RULED && !clear))
		return false;
	section = r->label->field[field].section;
	if (field == r->label->section[section].first)
		reader_enter(r, section, false);
	r->section = section;
	r->seen |= 1u << field;
	r->off = READER_NO;
	x->use = LINE_LABEL;
	x->field = field;
	x->block = r->block[section];
	r->labels++;
	r->open = i;
	r->gap = false;
	r->answered = x->v_n > 0 && !value_rule(x->v, x->v_n);
	r->depth = x->depth;
	if (r->answered && reader_single(r, i))
		reader_close(r);
	return true;
}

/* A greeting, right below an answer that is more than prose. */
static bool
reader_greets(const struct reader *r, size_t i)
{
	const struct line *x = &r->line[i];

	return r->answered &&
	    r->label->field[r->line[r->open].field].kind != LABEL_PROSE &&
	    label_knows(r->label->end, x->p, x->n);
}

/* A line below a label: its answer, more of it, or nothing of ours. */
static void
reader_more(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];

	if (r->open == r->lines)
		return;
	if ((r->answered && x->depth != r->depth) || reader_greets(r, i)) {
		reader_close(r);
		return;
	}
	x->use = LINE_VALUE;
	x->owner = r->open;
	if (!r->answered)
		r->line[r->open].gap = r->gap;
	r->answered = true;
	r->depth = x->depth;
	if (reader_single(r, r->open))
		reader_close(r);
}

/* Blank lines, rules and signatures. True when there is no more to say. */
static bool
reader_around(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];
	bool signature = x->n == 2 && memcmp(x->p, "--", 2) == 0;

	if (r->off != READER_NO && x->use != LINE_BLANK &&
	    x->depth != r->off_depth)
		r->off = READER_NO;
	if (x->use != LINE_BLANK && !signature && !value_rule(x->p, x->n))
		return false;
	r->gap = true;
	if (r->answered || x->use != LINE_BLANK)
		reader_close(r);
	if (x->use == LINE_BLANK)
		return true;
	x->use = LINE_IGNORED;
	if (signature)
		r->off = READER_SIGNATURE;
	else if (r->off == READER_NO && r->section >= 0 &&
	    r->section == r->label->sections - 1 &&
	    (r->seen & reader_mine(r, r->section)) != 0)
		r->off = READER_RULED;
	r->off_depth = x->depth;
	return true;
}

static void
reader_line(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];
	const char *end = x->p + x->n, *p;
	bool numbered;
	int section;

	if (reader_around(r, i))
		return;
	p = lines_front(x->p, end, &numbered);
	section = label_heading(r->label, p, (size_t)(end - p));
	if (section >= 0) {
		reader_close(r);
		reader_enter(r, section, true);
		r->off = READER_NO;
		x->use = LINE_HEADING;
	} else if (r->off == READER_SIGNATURE) {
		return;
	} else if (label_knows(r->label->ignore, p, (size_t)(end - p))) {
		x->use = LINE_IGNORED;
		if (r->answered)
			reader_close(r);
	} else if (!reader_label(r, i))
		reader_more(r, i);
}

/*
 * An answer that a blank line parts from its label may be the text after the
 * form. The last one of a section counts only when the others look like that.
 */
static void
reader_gaps(struct reader *r)
{
	const struct line *x, *next;
	size_t i, k;
	bool near = false;

	for (i = 0; i < r->lines; i++) {
		x = &r->line[i];
		if ((x->use == LINE_LABEL && x->v_n > 0) ||
		    (x->use == LINE_VALUE && !r->line[x->owner].gap))
			near = true;
	}
	for (i = 0; near && i < r->lines; i++) {
		x = &r->line[i];
		if (x->use != LINE_LABEL || !x->gap)
			continue;
		for (k = i + 1; k < r->lines; k++)
			if (r->line[k].use == LINE_LABEL ||
			    r->line[k].use == LINE_HEADING)
				break;
		next = k < r->lines ? &r->line[k] : NULL;
		if (next != NULL && next->use == LINE_LABEL &&
		    next->block == x->block &&
		    r->label->field[next->field].section ==
			r->label->field[x->field].section)
			continue;
		for (k = i + 1; k < r->lines; k++)
			if (r->line[k].use == LINE_VALUE &&
			    r->line[k].owner == i)
				r->line[k].use = LINE_UNKNOWN;
	}
}

int
reader_read(struct reader *r, const struct label *label, const char *text,
    size_t n, struct fail *f)
{
	size_t i;

	*r = (struct reader){ .label = label, .section = -1 };
	if (lines_split(text, n, &r->line, &r->lines, f) != 0)
		return f->code;
	reader_close(r);
	for (i = 0; i < r->lines; i++)
		reader_line(r, i);
	reader_gaps(r);
	return 0;
}

void
reader_release(struct reader *r)
{
	free(r->line);
	r->line = NULL;
}
