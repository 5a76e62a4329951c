#ifndef VC_TRANSFER_H
#define VC_TRANSFER_H

#include "text.h"

/*
 * Octets made fit for mail (RFC 2045): line ends and base64; and what came in
 * base64 or quoted-printable, read back.
 *
 * Invariant: what is made for mail is ASCII, its lines end in CRLF and have at
 * most TRANSFER_LINE octets (but for transfer_crlf, which cuts nothing).
 */

enum {
	TRANSFER_LINE = 76,
};

/* LF or CRLF to CRLF, one at the end, too; a CR elsewhere stays. And back. */
void transfer_crlf(struct text *out, const char *p, size_t n);
void transfer_lf(struct text *out, const char *p, size_t n);

/* Base64 in lines. */
void transfer_base64(struct text *out, const char *p, size_t n);

/*
 * Append the octets of a body, as GMime reads them, at most n. Base64 ends at
 * its first =; what is no digit does not count, and what is left over without a
 * = is dropped. In quoted-printable a = that begins nothing stays, and so do
 * the two octets behind it.
 */
void transfer_unbase64(struct text *out, const char *p, size_t n);
void transfer_unquoted(struct text *out, const char *p, size_t n);

#endif
