#ifndef VC_SHEET_H
#define VC_SHEET_H

#include "faults.h"
#include "roster.h"

/*
 * The vendor list on paper: what vc-roster(1) prints. All append to OUT.
 */

/* The list as a table, with a BOM, so that spreadsheets read it as UTF-8. */
void sheet_table(const struct roster *r, struct text *out);

/* The list as `vendor` records, a line each. */
void sheet_records(const struct roster *r, struct text *out);

/* What a table can be printed in, by the name that -e gives; NULL is the
 * default. False: it is none of them. */
bool sheet_knows(const char *set);

/*
 * Put such a table, in UTF-8 with a BOM, into SET: "cp932", or "utf-8", which
 * is the same without BOM. Each cell with a character that CP932 lacks is a
 * fault, and then the table is of no use.
 */
void sheet_encode(const char *set, struct text *out, struct faults *faults);

#endif
