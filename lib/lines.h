#ifndef VC_LINES_H
#define VC_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"

/*
 * The lines of a mail's text, as a reader sees them: how deep they are quoted,
 * and what they say without quote marks and blanks around. The text is
 * borrowed and must be valid UTF-8 with LF.
 */

enum {
	LINES_TEXT = 1 << 20, /* octets of the text */
	LINES_MAX = 10000,
	LINES_FRONT = 8, /* bullets and numbers in front of a label */
};

enum lines_flow { /* what the mailer did to the lines (RFC 3676) */
	LINES_FIXED,
	LINES_FLOWED, /* one that ends in a blank goes on in the next */
	LINES_DELSP,  /* and that blank was added, too */
};

enum line_use {
	LINE_UNKNOWN,
	LINE_BLANK,
	LINE_IGNORED, /* ruled, or a line of the blank form */
	LINE_HEADING,
	LINE_LABEL,
	LINE_WRAPPED, /* of a label: the rest of it, and its answer */
	LINE_VALUE,
};

struct line {
	const char *raw, *p; /* as it came; without quotes and blanks */
	size_t raw_n, n;
	const char *key; /* for its reader: fold_bare() of its beginning */
	int depth;	 /* quote marks */
	bool soft;	 /* flowed: the next line goes on */
	enum line_use use;
	size_t owner; /* of a VALUE or WRAPPED: index of its label's line */
	/* of a LABEL: */
	int field, block;
	const char *v; /* what stands beside it */
	size_t v_n;
	bool gap;   /* a blank line stands before its answer */
	bool doubt; /* a line right below may be another answer */
};

/* *line is for free(). EX_DATAERR: "toolarge: ...". */
int lines_split(const char *text, size_t n, enum lines_flow flow,
    struct line **line, size_t *count, struct fail *f);

/* Step over blanks, bullets and numbering. *numbered: a number. */
const char *lines_front(const char *p, const char *end, bool *numbered);

/* Cut what leads an answer: colons, arrows, and unless it is PROSE, bullets. */
void lines_lead(const char **p, size_t *n, bool prose);

/* Cut blanks at both ends: what is left begins at *p and has *n octets. */
void lines_trim(const char **p, size_t *n);

/* Where a label may end: the next character of `kind` in p..end, or NULL;
 * *after is behind it. */
enum lines_mark {
	LINES_COLON,   /* or what is typed for one: ; = ? and an arrow */
	LINES_BRACKET, /* that closes */
	LINES_GAP,     /* a tab, a wide blank, or two blanks */
};
const char *lines_find(
    enum lines_mark kind, const char *p, const char *end, const char **after);

/* The next part of *p..end between brackets and slashes, which may be empty: *n
 * octets; *p is behind it. NULL at the end. */
const char *lines_part(const char **p, const char *end, size_t *n);

#endif
