#ifndef VC_RULE_H
#define VC_RULE_H

#include "enrol.h"

/*
 * What registration asks for before a record may be kept.
 *
 * A step comes after the one before it in its row of order.h, "meeting" after
 * all papers of the row, "agree" after a key that another person confirmed than
 * the one who brought it. A `vendor` record may bring in a vendor that nobody
 * knows, as it stands; later it may suspend it, let it withdraw and change its
 * data, but neither take a step for it nor change its key or its addresses.
 * Those change by `key` and `change`, and a `confirm` by another person.
 */

/* May the record be kept now? Types that it does not know always may.
 * EX_DATAERR: the reason names the step, the paper or the person missing. */
int rule_check(const struct enrol *e, const json_t *r, struct fail *f);

#endif
