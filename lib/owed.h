#ifndef VC_OWED_H
#define VC_OWED_H

#include "enrol.h"

/*
 * What each applicant still owes, and what waits for a second person here: the
 * list behind vc-roster -m.
 */

/* The vendors of a ledger or a table, as enrol_load() or roster_load(). */
int owed_load(struct enrol *e, const char *path, struct fail *f);

/*
 * One entry for each vendor that owes something or that something waits for,
 * in the order of the list: {"vendor", "state", "next"?, "paper": [...],
 * "confirm": [...], "on_file": [...], "key": "unconfirmed"?}. New.
 */
json_t *owed_list(const struct enrol *e);

/* Append the list as a table, with a BOM and a row that names the columns. */
void owed_table(const json_t *list, struct text *out);

#endif
