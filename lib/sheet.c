#include "sheet.h"

#include "items.h"
#include "order.h"
#include "row.h"
#include "table.h"

#define BOM "\xEF\xBB\xBF"

void
sheet_table(const struct roster *r, struct text *out)
{
	text_puts(out, BOM);
	row_head(out);
	for (size_t i = 0; i < r->n; i++) {
		json_t *row = roster_new_row(r, i);

		row_write(row, out);
		json_decref(row);
	}
}

void
sheet_records(const struct roster *r, struct text *out)
{
	for (size_t i = 0; i < r->n; i++) {
		json_t *row = roster_new_row(r, i);

		record_line(row, out);
		json_decref(row);
	}
}

/* The row of an applicant: what is next, and what is missing for it. */
static void
owed(const json_t *row, struct text *out)
{
	enum order n = order_rank(record_str(row, "state"));
	const char *cell[5];
	struct text paper = TEXT_INIT;
	json_t *missing;

	if (n == 0 || n == ORDER_STEPS)
		return;
	missing = order_missing(json_object_get(row, "paper"));
	items_join(missing, &paper);
	json_decref(missing);
	cell[0] = record_str(row, "vendor");
	cell[1] = record_str(row, "state");
	cell[2] = order_name(n);
	cell[3] = paper.p;
	cell[4] = record_str(row, "fpr") == NULL ? "unconfirmed" : "";
	table_write(out, cell, sizeof cell / sizeof *cell);
	text_release(&paper);
}

void
sheet_owed(const struct roster *r, struct text *out)
{
	static const char *const head[] = { "vendor", "state", "next", "paper",
		"key" };

	text_puts(out, BOM);
	table_write(out, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < r->n; i++) {
		json_t *row = roster_new_row(r, i);

		owed(row, out);
		json_decref(row);
	}
}
