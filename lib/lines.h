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

enum line_use {
	LINE_UNKNOWN,
	LINE_BLANK,
	LINE_IGNORED, /* ruled, or a line of the blank form */
	LINE_HEADING,
	LINE_LABEL,
	LINE_VALUE,
};

struct line {
	const char *raw, *p; /* as it came; without quotes and blanks */
	size_t raw_n, n;
	int depth; /* quote marks */
	enum line_use use;
	size_t owner; /* of a VALUE: index of its label's line */

	/* of a LABEL: */
	int field, block;
	const char *v; /* what stands beside it */
	size_t v_n;
	bool gap; /* a blank line stands before its answer */
};

/* *line is for free(). EX_DATAERR: "toolarge: ...". */
int lines_split(const char *text, size_t n, struct line **line, size_t *count,
    struct fail *f);

/* Step over blanks, bullets, asterisks and numbering. *numbered: a number. */
const char *lines_front(const char *p, const char *end, bool *numbered);

/* Cut blanks at both ends: what is left begins at *p and has *n octets. */
void lines_trim(const char **p, size_t *n);

/*
 * Where a label may end: the next character of `kind` in p..end, or NULL;
 * *after is behind it.
 */
enum lines_mark {
	LINES_COLON,
	LINES_BRACKET, /* that closes */
	LINES_GAP,     /* a tab, or two blanks */
};
const char *lines_find(
    enum lines_mark kind, const char *p, const char *end, const char **after);

/* The next part of *p..end between brackets and slashes, which may be empty:
 * *n octets; *p is behind it. NULL at the end. */
const char *lines_part(const char **p, const char *end, size_t *n);

#endif
