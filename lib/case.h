#ifndef VC_CASE_H
#define VC_CASE_H

#include "record.h"

/*
 * A case: a vulnerability with all that will be published about it
 * (vc-record(5), case). What its fields hold is checked here, once, for whoever
 * keeps, routes, reports or publishes it; what may be said of it to whom is
 * gate.h's.
 *
 * Its id is JVN# and 8 digits (of old, capitals too), JVNVU# and 8 (of old, 6)
 * digits, JVNTA# and 8 digits; of another centre or of old schemes, whatever
 * gate_case_id() lets by.
 *
 * Invariant: what case_check() lets by means what it says. A word that would be
 * taken for less than its writer meant (a restriction of a field that does not
 * exist, a range whose ends exclude each other, a score beside the wrong
 * vector) is refused, not passed over.
 */

/*
 * Is the case, or its fact, what its fields say? EX_DATAERR; the reason names
 * the field, such as product[0].range[1], and never its value.
 */
int case_check(const json_t *case_, struct fail *f);

#endif
