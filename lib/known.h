#ifndef VC_KNOWN_H
#define VC_KNOWN_H

#include "label.h"

/*
 * Is it one of the words of a form (label.h)? A key is what fold_bare() makes
 * of a line behind its bullets and number, or of its first LABEL_LINE octets.
 */

/* The fields that p[0..n) can mean: a label in one language or in two, as
 * "住所 (Mail address)"; *two says so. 0: it is no label. */
label_set known_fields(
    const struct label *l, const char *p, size_t n, bool *two);

/* The section that a heading opens, or -1. */
int known_heading(const struct label *l, const char *p, size_t n);

/* Could a line with this key begin with a label, or a note; or a heading? */
bool known_may(const struct label *l, const char *key);

/* True for the key of a line of the map: l->ignore (the blank form itself has
 * it), l->end (a greeting), l->same ("同上"). OPEN: beginnings count, too. */
bool known_line(const json_t *map, const char *key, bool open);

#endif
