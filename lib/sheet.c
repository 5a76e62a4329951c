#include "sheet.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "row.h"
#include "rows.h"
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

bool
sheet_knows(const char *set)
{
	return set == NULL || strcasecmp(set, "cp932") == 0 ||
	    strcasecmp(set, "utf-8") == 0;
}

/* Of the row that begins at ROW: the cell that p[at] stands in, from 0. */
static size_t
cell_at(const char *row, const char *at)
{
	bool quoted = false;
	size_t i = 0;

	for (; row < at; row++) {
		if (*row == '"')
			quoted = !quoted;
		i += *row == ',' && !quoted;
	}
	return i;
}

/* Cell I of a row without quotes, as far as it is asked for. */
static const char *
plain_cell(const char *row, size_t i, int *n)
{
	while (i-- > 0)
		row += strcspn(row, ",") + 1;
	*n = (int)strcspn(row, ",\n");
	return row;
}

/* Of the row that begins at ROW: p[at] has no place in CP932. */
static void
lacks(const char *head, const char *row, size_t cell, const char *at,
    struct faults *faults)
{
	struct fail f = FAIL_INIT;
	int n, m;
	const char *id = plain_cell(row, 0, &n);
	const char *name = plain_cell(head, cell, &m);

	fail(&f, EX_DATAERR,
	    "%.*s of vendor '%.*s' has U+%04X, which CP932 lacks; print the "
	    "table in UTF-8",
	    m, name, n, id, text_char(&at));
	faults_add(faults, &f);
}

/* A row; of each cell the first character that CP932 lacks is told. */
static void
row_cp932(const char *head, const char *row, size_t n, struct text *to,
    struct faults *faults)
{
	size_t at = 0, cell, told = SIZE_MAX;
	const char *next;

	while ((at += saved_cp932(row + at, n - at, to)) < n) {
		next = row + at;
		cell = cell_at(row, next);
		if (cell != told)
			lacks(head, row, cell, next, faults);
		told = cell;
		text_char(&next);
		at = (size_t)(next - row);
	}
}

static void
to_cp932(const char *p, size_t n, struct text *to, struct faults *faults)
{
	const char *head = p;
	size_t len;

	for (; n > 0; p += len, n -= len) {
		len = rows_end(p, n, 0);
		row_cp932(head, p, len, to, faults);
	}
}

static void
encode(const char *set, struct text *out, struct faults *faults)
{
	struct text to = TEXT_INIT;
	size_t bom = strlen(BOM);

	if (set == NULL)
		return;
	if (strcasecmp(set, "cp932") == 0)
		to_cp932(out->p + bom, out->n - bom, &to, faults);
	else
		text_add(&to, out->p + bom, out->n - bom);
	text_release(out);
	*out = to;
}

int
sheet_put(struct text *out, const char *set, struct stream *s)
{
	struct faults faults = FAULTS_INIT;

	encode(set, out, &faults);
	if (faults_end(&faults, EX_DATAERR, &s->fail) == 0)
		stream_write(s, out->p, out->n);
	text_release(out);
	return s->fail.code == 0 ? stream_close(s) : sheet_refuse(&faults, s);
}

int
sheet_refuse(struct faults *faults, struct stream *s)
{
	opt_common.quiet = false;
	stream_say(s, &faults->said);
	faults_release(faults);
	return stream_fail(s);
}
