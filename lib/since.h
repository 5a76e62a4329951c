#ifndef VC_SINCE_H
#define VC_SINCE_H

#include "told.h"

/*
 * What a run has that the last one had not, and the other way round: the
 * answer of a dry run. The last run about a case is what the ledger has of its
 * highest revision.
 */

/*
 * Add to OUT, the notices and routes of a case, a `route` for each vendor that
 * had a notice in the last run and has none now: its `why` ends in "gone". WHY
 * gives what speaks against a vendor now, or NULL.
 */
void since_gone(const struct told *t, const char *case_, json_t *out,
    const char *(*why)(void *arg, const char *vendor), void *arg);

/* Take away from OUT what the ledger has as it is. */
void since_new(const struct told *t, json_t *out);

#endif
