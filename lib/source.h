#ifndef VC_SOURCE_H
#define VC_SOURCE_H

#include "hash.h"
#include "page.h"

/*
 * What a note is made from, as a hash: its case, its answers, who was told, and
 * the names of all these vendors; not the time.
 *
 * Invariant: the order in which the records came changes nothing.
 */

/* Add it to H, for the case that P holds. */
void source_digest(const struct page *p, struct hash *h);

/* The names of a vendor, {"ja":..,"en":..}. New. */
json_t *source_vendor(const struct page *p, const char *vendor);

#endif
