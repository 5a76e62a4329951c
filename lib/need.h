#ifndef VC_NEED_H
#define VC_NEED_H

#include "policy.h"

/*
 * Need to know: a case as one vendor may see it. The letter and its JSON
 * attachment are made of this and of nothing else of the case.
 *
 * Invariant: a field that this module does not know is not in it, nor what
 * `restriction` keeps: `need-to-know` (and `poc` and `exploit` always) stays
 * with who has the field in `clearance`, `private` and any other word with
 * nobody. Nobody reads who else is told, what of others is affected before
 * publication, or more of a finder than the finder agreed to.
 */

/*
 * Can the case be told as its restriction wants it? EX_NOPERM: it restricts a
 * field that every letter says, such as `id` or `tlp`.
 */
int need_check(const json_t *case_, struct fail *f);

/*
 * The case for this row, new; what is in it is shared with the case. WHOLE: the
 * vendor may read of it now; else it was told before, and only hears what
 * becomes of the case: its id, title and dates.
 */
json_t *need_view(const struct policy *p, const json_t *row, bool whole);

#endif
