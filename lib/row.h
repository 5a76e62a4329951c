#ifndef VC_ROW_H
#define VC_ROW_H

#include "record.h"
#include "table.h"

/*
 * A row of the vendor list: a `vendor` record, out of a table or out of the
 * papers of an applicant, and back into a table.
 *
 * Invariant: a row has vendor, kind, role, state and language. What it does not
 * say counts as the least: kind individual, role vendor, state applied. Its
 * addresses can be mailed to, and no name in it has hidden characters.
 */

enum row_column { /* in the order in which they are written */
	ROW_VENDOR,
	ROW_NAME_JA,
	ROW_NAME_EN,
	ROW_KIND,
	ROW_ROLE,
	ROW_STATE,
	ROW_EMAIL,
	ROW_PHONE,
	ROW_ADDRESS,
	ROW_LANGUAGE,
	ROW_FPR,
	ROW_PRODUCT,
	ROW_KEYWORD,
	ROW_DOMAIN,
	ROW_REGION,
	ROW_CONSENT,
	ROW_PAPER,
	ROW_CONTACT_NAME,
	ROW_CONTACT_EMAIL,
	ROW_CONTACT_PHONE,
	ROW_CONTACT_TITLE,
	ROW_CONTACT_AFFILIATION,
	ROW_MAIL,
	ROW_CLEARANCE,
	ROW_AGREEMENT,
	ROW_DIRECT,
	ROW_DOCUMENT,
	ROW_HEARD_AT,
	ROW_COLUMNS
};

/* Their names, NULL at the end. */
extern const char *const row_column[];

/* A new row out of a table, or NULL with EX_DATAERR; and one that was read
 * before, without looking at it again. */
json_t *row_read(const struct table_row *cells, struct fail *f);
json_t *row_again(const struct table_row *cells);

/* Append the row that names the columns, or a row. */
void row_head(struct text *out);
void row_write(const json_t *row, struct text *out);

/*
 * A new row for who applies with STEP and the form of its poc record; fields of
 * the form that no row may hold are left out.
 */
json_t *row_apply(const json_t *step, const json_t *form);

/* Take over the fields of a `vendor` or `step` record that a row has; an empty
 * one takes the row's away. */
void row_take(json_t *row, const json_t *r);

/*
 * May a row hold the fields of R? EX_DATAERR: an address or a domain that is
 * none, a hidden character, a list of other things than text.
 */
int row_check(const json_t *r, struct fail *f);

#endif
