#ifndef VC_SHEET_H
#define VC_SHEET_H

#include "faults.h"
#include "roster.h"
#include "stream.h"

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
 * Write OUT (released) and close S. A table goes in SET: "cp932", or "utf-8",
 * which is the same without BOM. Cells with a character that CP932 lacks are
 * EX_DATAERR, all of them told, and nothing is written.
 */
int sheet_put(struct text *out, const char *set, struct stream *s);

/* Close S, which failed by faults_end(): they are all told. */
int sheet_refuse(struct faults *faults, struct stream *s);

#endif
