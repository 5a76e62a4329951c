#ifndef VC_RULE_H
#define VC_RULE_H

#include "step.h"

/*
 * What registration asks for before a record may be kept: the rules behind
 * step_check().
 *
 * A step comes after the one before it; "meeting" after all seven papers;
 * "agree" after a key that another person confirmed than the one who brought
 * it. A `vendor` record may bring in a vendor that the ledger does not know, as
 * it stands; later it may suspend it, let it withdraw and change its data, but
 * neither take a step for it nor change its key. A key belongs to one vendor.
 */

/* EX_DATAERR; the reason says which step, paper or person is missing. */
int rule_check(const struct step *s, const json_t *r, struct fail *f);

#endif
