#ifndef VC_SCHEMA_H
#define VC_SCHEMA_H

#include "record.h"

/*
 * What a type of record holds: the table behind vc-record(5). A row is a field
 * with its form, whether it is needed, and whether it is bulk. The *fact* of a
 * record is the record without its bulk; facts may be kept and reported, bulk
 * only travels.
 *
 * Types that carry what must stay secret (mail, message, poc, status, case,
 * notice, sealed) have a closed fact: of them a field that the table does not
 * know is bulk, too. New fields are free in every type.
 */

/*
 * Is the record what its type says? EX_DATAERR: unknown type, field missing,
 * wrong form, unknown token; the reason names the field, not its value.
 */
int schema_check(const json_t *r, struct fail *f);

/* The fact of a record. New. Works for records that schema_check refuses. */
json_t *schema_fact(const json_t *r);

#endif
