#ifndef VC_MERGE_H
#define VC_MERGE_H

#include "record.h"

/*
 * A field of a record that somebody edited in a form that does not show it
 * exactly: what was edited is taken, what was only shown otherwise is kept.
 */

/* Are two values the same? NULL is the same as NULL alone. */
bool merge_equal(const json_t *a, const json_t *b);

/* The values of both, by key; where they differ, those of A. New. */
json_t *merge_both(const json_t *a, const json_t *b);

/*
 * What is to be where OLD is, was shown as WAS, and IS came back; each may be
 * NULL for nothing. An object keeps the values, and an array the items, that
 * came back as they were shown. What is to be nothing is "", [] or {}. New.
 */
json_t *merge_field(const json_t *old, const json_t *was, const json_t *is);

#endif
