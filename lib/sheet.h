#ifndef VC_SHEET_H
#define VC_SHEET_H

#include "roster.h"

/*
 * The vendor list on paper: what vc-roster(1) prints. All append to OUT.
 */

/* The list as a table, with a BOM, so that spreadsheets read it as UTF-8. */
void sheet_table(const struct roster *r, struct text *out);

/* The list as `vendor` records, a line each. */
void sheet_records(const struct roster *r, struct text *out);

#endif
