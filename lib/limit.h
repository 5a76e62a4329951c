#ifndef VC_LIMIT_H
#define VC_LIMIT_H

#include <stddef.h>

#include "fail.h"
#include "mime.h"

/*
 * How much of a stranger's mail we are willing to read. One pass over the raw
 * octets, in linear time and constant stack, before any library sees them
 * (message_parse() does it by itself).
 *
 * Over a limit the answer is EX_DATAERR and a reason that begins with
 * "toolarge: "; a mail that no two readers would understand alike (a NUL, two
 * Content-Type fields, a multipart without boundary) is "malformed: ".
 */

enum {
	LIMIT_MAIL = 10 << 20,	  /* octets of a mail */
	LIMIT_HEADER = 64 << 10,  /* octets of one header block */
	LIMIT_FIELD = 8 << 10,	  /* octets of one field, unfolded */
	LIMIT_FIELDS = 200,	  /* fields of one header block */
	LIMIT_LINE = 8190,	  /* octets of a line without its end */
	LIMIT_SIGNED_LINE = 998,  /* the same in clearsigned text */
	LIMIT_WORDS = 64,	  /* RFC 2047 encoded words in a field */
	LIMIT_ADDRESSES = 64,	  /* addresses in a field */
	LIMIT_COMMENTS = 8,	  /* comments inside each other (RFC 5322) */
	LIMIT_DECODED = 16 << 20, /* octets of what was decrypted */
	/* depth, parts, boundaries, parameters, segments: mime.h */
};

/* Check all of raw[0..n). On success *m is its structure. */
int limit_check(const char *raw, size_t n, struct mime *m, struct fail *f);

/*
 * The octets of a clearsigned text: no line over 998, no C0 but LF, TAB, CR
 * before LF and ESC (only when ESC is true: ISO-2022-JP), no NUL.
 * EX_DATAERR "malformed: ..." else.
 */
int limit_signed_text(const char *p, size_t n, bool esc, struct fail *f);

#endif
