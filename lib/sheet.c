#include "sheet.h"

#include "items.h"
#include "order.h"
#include "row.h"
#include "table.h"

#define BOM "\xEF\xBB\xBF"

void
sheet_table(const struct roster *r, struct text *out)
{
	const char *id;
	json_t *row;

	text_puts(out, BOM);
	row_head(out);
	json_object_foreach(r->vendor, id, row)
		row_write(row, out);
}

void
sheet_records(const struct roster *r, struct text *out)
{
	const char *id;
	json_t *row;

	json_object_foreach(r->vendor, id, row)
		record_line(row, out);
}

void
sheet_owed(const struct roster *r, struct text *out)
{
	static const char *const head[] = { "vendor", "state", "next", "paper",
		"key" };
	const char *cell[sizeof head / sizeof *head];
	const char *id;
	json_t *row;

	text_puts(out, BOM);
	table_write(out, head, sizeof head / sizeof *head);
	json_object_foreach(r->vendor, id, row) {
		enum order n = order_rank(record_str(row, "state"));
		struct text paper = TEXT_INIT;
		json_t *missing;

		if (n == 0 || n == ORDER_STEPS)
			continue;
		missing = order_missing(json_object_get(row, "paper"));
		items_join(missing, &paper);
		json_decref(missing);
		cell[0] = id;
		cell[1] = record_str(row, "state");
		cell[2] = order_name(n);
		cell[3] = paper.p;
		cell[4] = record_str(row, "fpr") == NULL ? "unconfirmed" : "";
		table_write(out, cell, sizeof head / sizeof *head);
		text_release(&paper);
	}
}
