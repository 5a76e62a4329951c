#ifndef VC_CANON_H
#define VC_CANON_H

#include "text.h"

/*
 * Text in the one form that is hashed: every line ends in CRLF (RFC 4880
 * section 5.2.4 and 7.1, RFC 3156 section 5). So the same signed text has the
 * same octets, whatever line ends a mail had on its way.
 */

/* Append with every line end made CRLF, and nothing else changed. */
void canon_text(const char *p, size_t n, struct text *out);

/*
 * True when every CR stands before a LF. gpg trims any number of them at the
 * end of a line, so of a text with others many forms have one signature.
 */
bool canon_lines(const char *p, size_t n);

#endif
