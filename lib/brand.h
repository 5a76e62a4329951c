#ifndef VC_BRAND_H
#define VC_BRAND_H

#include "text.h"

/*
 * What names a product to machines: a package URL (purl, ECMA-427) or a CPE
 * (NISTIR 7695, as a URI of 2.2 or a string of 2.3). Its comparison key is
 * what stays the same from version to version: type, namespace and name of a
 * package, vendor and product of a CPE.
 *
 * Invariant: what cannot be read, and a CPE that stands for any vendor or any
 * product, has no key: it means nobody.
 */

enum {
	BRAND_MAX = 4096, /* octets of one that is read */
};

/* True for what begins as a purl or a CPE does, readable or not. */
bool brand_is(const char *s);

/*
 * Append the comparison key, "pkg:deb/debian/bind9" or "cpe:isc:bind". False
 * when there is none; KEY is as before. No key of fold.h looks like it.
 */
bool brand_key(const char *s, struct text *key);

#endif
