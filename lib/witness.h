#ifndef VC_WITNESS_H
#define VC_WITNESS_H

#include "enrol.h"

/*
 * What needs two persons: the rules of rule.h about keys, changes and their
 * confirmation. Two names are one person when they differ in nothing but case,
 * width, blanks and signs.
 *
 * All give 0, or EX_DATAERR with what is missing.
 */

/* May the `key`, `change` or `confirm` record be kept now? */
int witness_key(const struct enrol *e, const json_t *r, struct fail *f);
int witness_change(const struct enrol *e, const json_t *r, struct fail *f);
int witness_confirm(const struct enrol *e, const json_t *r, struct fail *f);

/* The `by` of R names somebody; WHAT is told in front of the reason. */
int witness_person(const json_t *r, const char *what, struct fail *f);

/* May VENDOR (NULL: the centre) have the key or change of that ID? Not when it
 * is another's. */
int witness_owner(
    const struct enrol *e, const char *id, const char *vendor, struct fail *f);

/*
 * R, a `step` or `vendor` record, leaves the addresses of VENDOR alone. While
 * nobody has confirmed a key of it, a step may name domains.
 */
int witness_addresses(
    const struct enrol *e, const json_t *r, const char *vendor, struct fail *f);

#endif
