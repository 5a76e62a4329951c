#ifndef VC_TAG_H
#define VC_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "text.h"

/*
 * The source of one template file as a row of tags and the literals between
 * them. The language is that of template.h. A tag alone on its line takes the
 * line with it, except for variables; literals end with their line.
 *
 * Invariant: in a row that tag_read() gave, each section knows its end.
 */

enum {
	TAG_NAME = 64,	/* octets of a name */
	TAG_DEPTH = 32, /* sections inside each other */
};

enum tag_kind {
	TAG_LITERAL,
	TAG_VALUE,
	TAG_RAW,
	TAG_SECTION,
	TAG_INVERTED,
	TAG_CLOSE,
	TAG_PARTIAL,
	TAG_COMMENT,
};

struct tag {
	enum tag_kind kind;
	bool begins;   /* literal: at the begin of a line */
	const char *p; /* the literal, or the name; borrowed from the source */
	size_t n;
	unsigned line;
	size_t to; /* section: index of its end; partial: the caller's */
	const char
	    *blank; /* partial alone on its line: what stands before it */
	size_t blank_n;
};

/*
 * Read the source p[0..n) of the file NAME into ROW, an array of struct tag.
 * EX_CONFIG: "NAME:LINE: " and what is wrong.
 */
int tag_read(const char *name, const char *p, size_t n, struct text *row,
    struct fail *f);

/* The array that ROW holds, and its length. */
struct tag *tag_row(const struct text *row);
size_t tag_count(const struct text *row);

#endif
