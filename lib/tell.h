#ifndef VC_TELL_H
#define VC_TELL_H

#include "route.h"

/*
 * The notices of one case: match.h says whom it means, policy.h who of these
 * may be told, need.h what of it, told.h which letter it is. Here they are put
 * together, and whoever is not told gets its reason.
 */

/* Is this a case of which vendors hear? EX_NOPERM: a draft, or withdrawn. */
int tell_may(const json_t *case_, struct fail *f);

/* Append the notices of a case to OUT; as route_record(). */
int tell_case(
    struct route *r, const json_t *case_, json_t *out, struct fail *f);

/* Put NOTICE, which is stolen, with WORD and WORDS of policy.h before a
 * person: route_untold() gives it. */
void tell_untold(
    struct route *r, json_t *notice, const char *word, const char *words);

#endif
