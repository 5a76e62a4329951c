#ifndef VC_OWED_H
#define VC_OWED_H

#include "enrol.h"
#include "when.h"

/*
 * What each applicant still owes, and what waits for a second person here: the
 * list behind vc-roster -m.
 */

enum {
	OWED_TELL = 30, /* days after which a registration is no news */
};

/* The vendors of a list, a ledger or a table. As enrol_load(), roster_load().
 */
int owed_load(struct enrol *e, const char *path, struct fail *f);

/*
 * Append what the vendors of the list at PATH, a ledger or a table, owe at NOW,
 * in the order of the list, as a table with a BOM and a row that names the
 * columns. With DUE: give instead the letters that ask for it, for mailing.h,
 * new: the papers that are missing, the meeting, and what tells who registered
 * in the last OWED_TELL days. As enrol_load() and roster_load().
 */
int owed_ask(const char *path, when_t now, struct text *out, json_t **due,
    struct fail *f);

#endif
