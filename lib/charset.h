#ifndef VC_CHARSET_H
#define VC_CHARSET_H

#include <stddef.h>

#include "text.h"

/*
 * Characters of strangers, into UTF-8. Labels are an alias whitelist; what
 * Japanese mail calls Shift_JIS is read as CP932, EUC-JP as eucJP-ms, and
 * ISO-2022-JP by a state machine over CP932, so that circled digits and
 * half-width kana arrive. Nothing is ever repaired in silence: the flags say.
 *
 * Invariant: what is appended is valid UTF-8.
 */

enum charset_flag {
	CHARSET_GUESSED = 1, /* no label (or us-ascii that was none): guessed */
	CHARSET_LOSSY = 2,   /* octets became U+FFFD */
	CHARSET_UNKNOWN = 4, /* label not in the list: only ASCII was read */
	CHARSET_LONG = 8,    /* over ENCODED_BODY (encoded.h): left out */
};

/*
 * Append p[0..n) decoded; LABEL may be NULL or "". Line ends and controls stay
 * as they are, but ESC, SO and SI of ISO-2022-JP. Returns charset_flag bits.
 */
unsigned charset_decode(
    const char *label, const char *p, size_t n, struct text *out);

#endif
