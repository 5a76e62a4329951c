#ifndef VC_FLOW_H
#define VC_FLOW_H

#include <stdbool.h>

#include "text.h"

/*
 * Text as format=flowed (RFC 3676, 4): a long line is broken behind a blank,
 * where a reader joins it again, and a line that begins with a blank, a > or
 * "From " has one more blank in front, so that nothing is taken for a quote and
 * no mailer stuffs it otherwise. The line "-- " is kept for what it is.
 *
 * Invariant: read by the rules of RFC 3676, without DelSp, it is the text
 * again, but for the blanks at the ends of its lines. It is ASCII, its lines
 * end in CRLF, and those that are no single word have at most FLOW_LINE octets.
 */

enum {
	FLOW_LINE = 78, /* octets of a line, with what is stuffed */
	FLOW_MAX = 998, /* of a line that is one word (RFC 5322, 2.1.1) */
};

/*
 * Append the text p[0..n), whose lines end in LF. False, and OUT is as before:
 * it is not ASCII, has controls other than TAB, or a word that no line holds.
 */
bool flow_write(struct text *out, const char *p, size_t n);

#endif
