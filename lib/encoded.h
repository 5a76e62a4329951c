#ifndef VC_ENCODED_H
#define VC_ENCODED_H

#include "charset.h"

/*
 * The encoded words of a header (RFC 2047): =?charset?B|Q?text?=. Also where
 * the world puts them against the rule: glued to each other or to text, with
 * blanks inside, without padding.
 *
 * Invariant: what is appended is one line of valid UTF-8 without controls.
 */

enum {
	ENCODED_BODY = 1 << 20, /* octets of a body, so that a record holds */
};

/*
 * Append an unfolded header value decoded. Adjacent words of one charset are
 * joined before they are decoded; raw 8-bit octets are guessed; controls and
 * line ends of any origin become blanks; a word that cannot be decoded stays
 * as it was. Linear in n. Returns charset_flag bits.
 */
unsigned encoded_words(const char *p, size_t n, struct text *out);

/*
 * Append a body decoded as charset_decode() does, for a person and a parser:
 * every line end becomes LF, controls but LF and TAB become '?'. A body over
 * ENCODED_BODY is left out with CHARSET_LONG.
 */
unsigned encoded_body(
    const char *label, const char *p, size_t n, struct text *out);

/*
 * The charset that the octets themselves show: us-ascii, utf-8, iso-2022-jp (by
 * its ESC). NULL when only a label could tell. For text whose label nobody
 * signed. Static.
 */
const char *encoded_evident(const char *p, size_t n);

#endif
