#ifndef VC_WRAPPER_H
#define VC_WRAPPER_H

#include "mime.h"
#include "text.h"

/*
 * multipart/signed and multipart/encrypted (RFC 1847, RFC 3156): is the whole
 * mail such a wrapper, and nothing but it?
 */

/*
 * What is wrong with a mail whose whole is a wrapper, in our own words, or
 * NULL: exactly two parts, the second of type SECOND, the protocol PROTOCOL
 * (or none named), not transfer-encoded, its end there and nothing after it.
 * What stands before the first part is allowed: nobody reads it.
 */
const char *wrapper_fault(const char *raw, size_t n, const struct mime *m,
    const char *protocol, const char *second);

/* True when the whole is S/MIME (RFC 8551). */
bool wrapper_foreign(const struct mime *m);

#endif
