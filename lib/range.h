#ifndef VC_RANGE_H
#define VC_RANGE_H

#include "record.h"

/*
 * Versions of a product that are affected: {"eq":"8"}, or ends of which either
 * may be open, {"ge":"9.0","lt":"9.4.2-P1"}. What is newer than what, only the
 * maker of the product can say; the form can be judged without.
 */

/* What is wrong with the form of a range, for behind the name of its field; or
 * NULL: nothing. */
const char *range_wrong(const json_t *range);

#endif
