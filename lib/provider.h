#ifndef VC_PROVIDER_H
#define VC_PROVIDER_H

#include "catalog.h"

/*
 * What a CSAF provider has beside its documents (CSAF 2.0, section 7): for each
 * language a list of them (index.txt), when each changed (changes.csv) and a
 * ROLIE feed; and provider-metadata.json, which names these.
 *
 * Invariant: the order of the catalog, which is sorted; no time of its own.
 */

/* Append the list, LANG's. */
void provider_index(
    const struct catalog *c, enum words_lang lang, struct text *out);
void provider_changes(
    const struct catalog *c, enum words_lang lang, struct text *out);

/* Append the feed at BASE, with a slash at its end. LABEL: label/page.json. */
void provider_feed(const struct catalog *c, const json_t *label,
    const char *base, enum words_lang lang, struct text *out);

/* Append the metadata. */
void provider_metadata(const struct catalog *c, const json_t *label,
    const char *base, struct text *out);

#endif
