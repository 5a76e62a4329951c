#ifndef VC_ENCODED_H
#define VC_ENCODED_H

#include "charset.h"

/*
 * The encoded words of a header (RFC 2047): =?charset?B|Q?text?=. Also where
 * the world puts them against the rule: glued to each other or to text, with
 * blanks inside, without padding. And made, for a header of our own.
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
 * Append S, a line of UTF-8, for a header. Up to its first word that is not
 * ASCII, is long, or could be taken for an encoded one it stays as it is; from
 * there on it is words of UTF-8 in base64, each of whole characters and at most
 * 72 octets, with a blank between.
 */
void encoded_put(struct text *out, const char *s);

/*
 * Append a body decoded as charset_decode() does, for a person and a parser:
 * every line end becomes LF, controls but LF and TAB become '?', a byte order
 * mark is left out. A body over ENCODED_BODY is left out with CHARSET_LONG.
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
