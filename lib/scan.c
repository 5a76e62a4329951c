#include "scan.h"

#include <stdint.h>
#include <string.h>

#include "cell.h"
#include "rows.h"

void
scan_table(struct scan *s, const struct table *t)
{
	*s = (struct scan){ .table = t };
	s->next.longest = s->again.longest = TABLE_FIELD;
}

void
scan_text(struct scan *s, struct table *t, const struct text *rows,
    const char *const *column)
{
	*t = (struct table){ .p = rows->p, .n = rows->n, .column = column };
	for (; column[t->columns] != NULL; t->columns++)
		t->place[t->columns] = t->columns;
	*s = (struct scan){ .table = t };
	s->next.longest = s->again.longest = SIZE_MAX;
}

/* Cells by index in COLUMN; false: one stands under no column. */
static bool
place(
    const struct table *t, const struct cells *c, const char **cell, bool *any)
{
	*any = false;
	for (size_t i = 0; i < c->n; i++) {
		char *s = cell_read(c->cell[i], c->size[i]);

		*any = *any || *s != '\0';
		if (t->place[i] >= TABLE_COLUMN && *s != '\0')
			return false;
		cell[t->place[i]] = s;
	}
	return true;
}

/* Octets of the row at AT, or 0: libcsv must look at it. */
static size_t
read_row(const struct table *t, struct cells *c, size_t at, const char **cell,
    bool *any)
{
	size_t n = cells_row(c, t->p + at, t->n - at);

	if (n == 0 || c->n != t->columns ||
	    (n > TABLE_ROW && c->longest == TABLE_FIELD))
		return 0;
	return place(t, c, cell, any) ? n : 0;
}

const struct table_row *
scan_row(struct scan *s, size_t at)
{
	bool any;

	s->row = (struct table_row){ at, s->cell[1] };
	return read_row(s->table, &s->again, at, s->cell[1], &any) == 0 ?
	    NULL :
	    &s->row;
}

/* A row that only libcsv can read: how many octets it has. */
static int
judge(const struct table *t, size_t at, size_t *n, table_take *take, void *arg,
    struct fail *f)
{
	*n = rows_end(t->p, t->n, at) - at;
	return table_part(t, at, *n, take, arg, f);
}

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

int
scan_rows(struct scan *s, table_take *take, void *arg, struct fail *f)
{
	const struct table *t = s->table;
	struct table_row row = { 0, s->cell[0] };
	bool any;
	size_t n;

	for (row.at = t->body; row.at < t->n; row.at += n) {
		n = 1;
		if (is_end(t->p[row.at]))
			continue;
		n = read_row(t, &s->next, row.at, s->cell[0], &any);
		if (n == 0) {
			if (judge(t, row.at, &n, take, arg, f) != 0)
				return f->code;
		} else if (any && take(arg, &row, f) != 0) {
			return t->path == NULL ? f->code :
						 fail_in(f, "%s:%zu", t->path,
						     rows_number(t->p, row.at));
		}
	}
	return 0;
}

void
scan_release(struct scan *s)
{
	text_release(&s->next.text);
	text_release(&s->again.text);
	*s = (struct scan)SCAN_INIT;
}
