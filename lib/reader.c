#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "apart.h"
#include "cut.h"
#include "fold.h"
#include "known.h"
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
reader_enter(struct reader *r, int section, bool heading, int depth)
{
	const struct label_section *s = &r->label->section[section];
	label_set mine = reader_mine(r, section);

	if (s->repeat && (r->seen & mine) != 0 &&
	    (heading || (r->seen >> s->first & 1) != 0)) {
		r->block[section]++;
		r->seen &= ~mine;
	}
	r->section = section;
	r->at[section] = (struct reader_place){ true, depth, r->mail };
}

static bool
reader_here(const struct reader *r, const struct reader_place *at, int depth)
{
	return at->begun && at->depth == depth && at->mail == r->mail;
}

/* May a label in a line of this depth begin its section, or go on with it? */
static bool
reader_goes_on(const struct reader *r, int field, int depth)
{
	int section = r->label->field[field].section;
	const struct label_section *s = &r->label->section[section];
	const struct reader_place *at = &r->at[section];

	if ((depth == 0 && r->mail == 0) || reader_here(r, at, depth))
		return true;
	if (s->repeat)
		return field == s->first && reader_here(r, &r->headed, depth);
	return field == s->first || !at->begun || !r->ended;
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

static bool
reader_single(const struct reader *r, size_t i)
{
	const struct label_field *field = &r->label->field[r->line[i].field];

	switch (field->kind) {
	case LABEL_TEXT:
	case LABEL_PROSE:
	case LABEL_LIST:
		return false;
	case LABEL_TOKEN:
		return field->word == NULL;
	default:
		return true;
	}
}

/* Line I is the last of the answer to the label in line LABEL. */
static void
reader_answer(struct reader *r, size_t label, size_t i)
{
	r->answered = true;
	r->depth = r->line[i].depth;
	r->tail = i;
	r->tail_of = label;
	if (reader_single(r, label))
		reader_close(r);
}

/* The label in line I, which ends in line END, is open. */
static void
reader_open(struct reader *r, size_t i, size_t end)
{
	struct line *x = &r->line[i];
	int section = r->label->field[x->field].section;

	if (x->field == r->label->section[section].first ||
	    !r->at[section].begun)
		reader_enter(r, section, false, x->depth);
	r->section = section;
	r->seen |= 1u << x->field;
	r->off = READER_NO;
	x->block = r->block[section];
	r->labels++;
	r->open = i;
	r->gap = false;
	r->answered = false;
	r->depth = x->depth;
	if (x->v_n > 0 && !value_rule(x->v, x->v_n))
		reader_answer(r, i, end);
}

/* Lines that are a label, 0: none. */
static size_t
reader_label(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];
	const struct label *l = r->label;
	bool gap = r->section >= 0 && r->off == READER_NO && !r->colon;
	struct cut cut = { 0 };
	int field = -1;
	size_t end;

	if (!known_may(l, x->key))
		return 0;
	cut = cut_line(l, x, gap);
	if (cut.set == 0 && i + 1 < r->lines)
		cut = cut_wrapped(l, x, gap);
	if (cut.set != 0)
		field = reader_means(r, cut.set);
	if (field < 0 || (r->off == READER_RULED && !cut.clear) ||
	    !reader_goes_on(r, field, x->depth))
		return 0;
	cut_repeated(l, 1u << field, &cut.v, &cut.v_n);
	end = cut.wrapped ? i + 1 : i;
	if (cut.wrapped) {
		r->line[end].use = LINE_WRAPPED;
		r->line[end].owner = i;
	}
	r->colon = r->colon || !cut.gap;
	x->use = LINE_LABEL;
	x->field = field;
	x->v = cut.v;
	x->v_n = cut.v_n;
	x->doubt =
	    l->field[field].kind != LABEL_PROSE && cut_mixed(l, cut.v, cut.v_n);
	reader_open(r, i, end);
	return end - i + 1;
}

/* A greeting, right below an answer that is more than prose. */
static bool
reader_greets(const struct reader *r, size_t label, size_t i)
{
	const struct line *x = &r->line[i];

	return r->label->field[r->line[label].field].kind != LABEL_PROSE &&
	    known_line(r->label->end, x->key, true);
}

/* Right below an answer: may the line be another one? It is not quoted, and
 * the answer is; or there is to be one of a kind, and the line is one, too. */
static bool
reader_doubts(const struct reader *r, size_t i)
{
	const struct line *x = &r->line[i];
	const struct label_field *field;
	const char *p = x->p;
	size_t n = x->n;
	bool second;
	json_t *v;

	if (r->tail + 1 != i || reader_greets(r, r->tail_of, i))
		return false;
	field = &r->label->field[r->line[r->tail_of].field];
	if (x->depth < r->depth &&
	    (field->kind != LABEL_TOKEN || field->word != NULL))
		return true;
	if (!reader_single(r, r->tail_of))
		return false;
	lines_lead(&p, &n, false);
	v = value_judge(field, p, n);
	second = json_object_get(v, "value") != NULL;
	json_decref(v);
	return second;
}

/* The line above another mail, or the first two of its header. */
static bool
reader_quotes(const struct reader *r, size_t i)
{
	const json_t *quote = r->label->quote;

	return known_line(quote, r->line[i].key, false) ||
	    (r->open == r->lines && i + 1 < r->lines &&
		known_line(quote, r->line[i].key, true) &&
		known_line(quote, r->line[i + 1].key, true));
}

/* A line below a label: its answer, more of it, or nothing of ours. */
static void
reader_more(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];

	if (reader_doubts(r, i)) {
		r->line[r->tail_of].doubt = true;
		x->use = LINE_VALUE;
		x->owner = r->tail_of;
		reader_close(r);
		return;
	}
	if (reader_quotes(r, i)) {
		r->mail++;
		r->ended = true;
		reader_close(r);
		return;
	}
	r->ended = r->ended || known_line(r->label->end, x->key, true);
	if (r->open == r->lines)
		return;
	if (r->answered &&
	    (x->depth != r->depth || reader_greets(r, r->open, i))) {
		reader_close(r);
		return;
	}
	x->use = LINE_VALUE;
	x->owner = r->open;
	if (!r->answered)
		r->line[r->open].gap = r->gap;
	reader_answer(r, r->open, i);
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
	r->ended = r->ended || signature;
	if (signature)
		r->off = READER_SIGNATURE;
	else if (r->off == READER_NO && r->section >= 0 &&
	    r->section == r->label->sections - 1 &&
	    (r->seen & reader_mine(r, r->section)) != 0)
		r->off = READER_RULED;
	r->off_depth = x->depth;
	return true;
}

/* Returns how many lines it was. */
static size_t
reader_line(struct reader *r, size_t i)
{
	struct line *x = &r->line[i];
	size_t n, k, left = r->lines - i;
	enum line_use use = LINE_HEADING;
	int section;

	if (reader_around(r, i))
		return 1;
	n = cut_heading(r->label, x, left, &section);
	if (n > 0) {
		reader_close(r);
		reader_enter(r, section, true, x->depth);
		r->headed = r->at[section];
		r->off = READER_NO;
	} else if (r->off == READER_SIGNATURE) {
		return 1;
	} else if ((n = cut_ignored(r->label, x, left)) > 0) {
		use = LINE_IGNORED;
		if (r->answered)
			reader_close(r);
	} else if ((n = reader_label(r, i)) > 0) {
		return n;
	} else {
		reader_more(r, i);
		return 1;
	}
	for (k = 0; k < n; k++)
		x[k].use = use;
	return n;
}

/* The keys of all lines, by which most are known to be no label. */
static void
reader_keys(struct reader *r)
{
	const char *p, *end;
	struct line *x;
	bool numbered;
	size_t i;

	for (i = 0; i < r->lines; i++) {
		x = &r->line[i];
		end = x->p + x->n;
		p = lines_front(x->p, end, &numbered);
		if (end - p > LABEL_LINE)
			for (end = p + LABEL_LINE; (*end & 0xc0) == 0x80;)
				end--;
		x->owner = r->keys.n;
		fold_bare(&r->keys, p, (size_t)(end - p));
		text_add(&r->keys, "", 1);
	}
	for (i = 0; i < r->lines; i++)
		r->line[i].key = r->keys.p + r->line[i].owner;
}

int
reader_read(struct reader *r, const struct label *label, const char *text,
    size_t n, enum lines_flow flow, struct fail *f)
{
	size_t i = 0;

	*r = (struct reader){ .label = label, .flow = flow, .section = -1 };
	if (lines_split(text, n, flow, &r->line, &r->lines, f) != 0)
		return f->code;
	reader_close(r);
	r->tail = r->lines;
	reader_keys(r);
	while (i < r->lines)
		i += reader_line(r, i);
	apart_check(r);
	return 0;
}

void
reader_release(struct reader *r)
{
	free(r->line);
	r->line = NULL;
	text_wipe(&r->keys);
}
