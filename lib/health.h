#ifndef VC_HEALTH_H
#define VC_HEALTH_H

#include "roster.h"
#include "when.h"

/*
 * Which keys of the vendor list need somebody's care, before a mailing and not
 * during it: the list behind vc-roster -K. It asks the key store (pin.h) and
 * starts no gpg.
 *
 *	missing		registered, and no key is pinned
 *	unpinned	the key store does not have it: ours to mend
 *	revoked expired disabled weak cannot-encrypt	as key_reason()
 *	expiring	nothing can be encrypted to it in 60, 30 or 7 days
 */

/* *OUT: the `health` record of the key of ROW at NOW, new, or NULL when it is
 * well. EX_CONFIG: as below. */
int health_row(const json_t *row, const char *store, when_t now, json_t **out,
    struct fail *f);

/* The record that says WORD of the key of ROW, without a time. New. */
json_t *health_new(const json_t *row, const char *word);

/*
 * Append what is not well at NOW, in the order of the list, without who
 * withdrew: as `health` RECORDS, or as a table with a BOM and a row that names
 * the columns. With DUE: give instead the letters that ask for a better key,
 * for mailing.h, new; one for each key and stage, because the word in its id is
 * the day on which the key ends and the stage, and where there is no day the
 * key itself. EX_CONFIG: a file of the store holds another key than it says.
 */
int health_ask(const struct roster *r, const char *store, when_t now,
    bool records, struct text *out, json_t **due, struct fail *f);

#endif
