#include "sheet.h"

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
