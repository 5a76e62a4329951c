#ifndef VC_CHARSET_H
#define VC_CHARSET_H

#include <stddef.h>

#include "text.h"

/*
 * Characters of strangers, into UTF-8. Labels are a whitelist (alias.h). What
 * Japanese mail calls Shift_JIS is read as CP932; ISO-2022-JP and EUC-JP by a
 * state machine over CP932 and, for JIS X 0212, eucJP-ms, so that circled
 * digits, NEC's and IBM's kanji and half-width kana arrive: what the WHATWG's
 * Encoding Standard reads is read alike (share/doc/oddities names what
 * differs). Nothing is ever repaired in silence: the flags say.
 *
 * Invariant: what is appended is valid UTF-8.
 */

enum charset_flag {
	CHARSET_GUESSED = 1, /* no label, us-ascii that was none, or 8-bit kana
				in ISO-2022-JP: guessed */
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

/*
 * Strict, between two charsets by iconv's names: append p[0..n) converted, as
 * far as it has characters in both. Returns the octets that were read: n = all.
 */
size_t charset_convert(const char *from, const char *to, const char *p,
    size_t n, struct text *out);

#endif
