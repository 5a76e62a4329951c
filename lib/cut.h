#ifndef VC_CUT_H
#define VC_CUT_H

#include "label.h"
#include "lines.h"

/*
 * Where a label ends and its answer begins. A label ends at a colon, at the
 * bracket that closes it, at the end of its line, or, when nothing else can be
 * meant, at a tab or two blanks; it may be in two languages, and a mailer may
 * have broken it over two lines.
 */

enum {
	CUT_TRIES = 4, /* signs at which a label may end, looked at in a line */
	CUT_WRAP = 3,  /* lines over which a line of `ignore` may be wrapped */
};

struct cut {
	label_set set; /* the fields it can mean; 0: it is no label */
	const char *v; /* what stands beside it, borrowed */
	size_t v_n;
	bool clear;   /* it has its number, or two languages */
	bool gap;     /* nothing but a gap is behind it */
	bool wrapped; /* it goes on in the next line, where v is */
};

/* GAP: a label may end at a gap without having a number, too. */
struct cut cut_line(const struct label *l, const struct line *x, bool gap);

/* The same for a label that goes on in the line after X. */
struct cut cut_wrapped(const struct label *l, const struct line *x, bool gap);

/* An answer that begins with one of the labels SET and a colon: without it. */
void cut_repeated(
    const struct label *l, label_set set, const char **v, size_t *n);

/* Is there one more label, and its colon, within an answer? */
bool cut_mixed(const struct label *l, const char *v, size_t n);

/* X and lines below it are one heading, or one line of `ignore`: how many
 * lines; 0: no. */
size_t cut_heading(
    const struct label *l, const struct line *x, size_t lines, int *section);
size_t cut_ignored(const struct label *l, const struct line *x, size_t lines);

#endif
