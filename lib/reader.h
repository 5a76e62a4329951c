#ifndef VC_READER_H
#define VC_READER_H

#include "label.h"
#include "lines.h"

/*
 * Which line of a text is what: label, answer, heading, or nothing of ours.
 *
 * Invariant: an answer is below or beside its label. A blank line ends it, and
 * so do another quote depth, a rule, a signature and any line of the blank
 * form; an answer that a blank line parts from its label counts at the end of
 * a section only when the other answers look like that. A label in text that
 * is quoted, or below "Original Message", does not go on with what was begun
 * elsewhere: a case that is quoted below the form is no part of an answer.
 */

enum reader_off {
	READER_NO,
	READER_RULED,	  /* a rule in the last section: a signature, or a form
			   * with rules; only clear labels count */
	READER_SIGNATURE, /* after "-- " */
};

struct reader_place { /* of a heading, or where a section was begun */
	bool begun;
	int depth, mail; /* mail: how many mails are above in the text */
};

struct reader {
	const struct label *label;
	enum lines_flow flow;
	struct line *line;
	size_t lines, labels; /* labels: lines that have one */
	struct text keys;     /* what line[].key borrows */
	int section;	      /* where we are, or -1 */
	size_t open;	      /* line of the label that waits, or `lines` */
	bool answered, gap;
	bool colon;	      /* a label had more than a gap behind it */
	int depth;	      /* of the answer */
	size_t tail, tail_of; /* its last line so far, and its label's */
	int block[LABEL_SECTIONS];
	label_set seen; /* labels in the current block of each section */
	enum reader_off off;
	int off_depth;
	struct reader_place at[LABEL_SECTIONS], headed;
	int mail;
	bool ended; /* a greeting, a signature or another mail came */
};

/* Read a text; TEXT and LABEL are borrowed. EX_DATAERR: too large. */
int reader_read(struct reader *r, const struct label *label, const char *text,
    size_t n, enum lines_flow flow, struct fail *f);

void reader_release(struct reader *r);

#endif
