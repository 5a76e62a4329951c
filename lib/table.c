#include "table.h"

#include <csv.h>
#include <string.h>

#include "cell.h"
#include "file.h"
#include "process.h"
#include "rows.h"
#include "seek.h"

/* In place of an index: columns of the file that are none of ours. */
enum {
	NAMELESS = TABLE_COLUMN,
	UNKNOWN,
};

struct reader {
	const struct table *table;
	size_t from;	    /* what is read begins here in the table */
	struct table *head; /* while the first row is read */
	const char *cell[TABLE_COLUMN];
	size_t start[TABLE_COLUMN]; /* of the cells of this row, in text */
	size_t cells;
	struct text text; /* the cells of this row, each with its NUL */
	const char *end;  /* of what is read */
	size_t line, at;  /* where this row begins, from `from` on */
	table_take *take;
	void *arg;
	struct fail *f;
	int code;   /* once not 0, the rest is not looked at */
	bool bad;   /* nothing more is to be said of this row */
	bool ended; /* the line at hand ended a row */
};

/* Tell a fault, or let it be collected: 0 then. */
static int
table_fault(const struct table *t, struct fail *f)
{
	return t->fault == NULL ? f->code : t->fault(t->arg, f);
}

static int
keep_blanks(unsigned char c)
{
	(void)c;
	return 0;
}

/* A fault of this row: 0 when it was taken to be told with others. */
static int
say(struct reader *r)
{
	const struct table *t = r->table;

	fail_in(
	    r->f, "%s:%zu", t->path, rows_number(t->p, r->from) + r->line - 1);
	r->bad = true;
	return r->code = table_fault(t, r->f);
}

static void
on_cell(void *p, size_t n, void *arg)
{
	struct reader *r = arg;

	if (r->code != 0 || r->bad)
		return;
	if (n > TABLE_FIELD) {
		fail(r->f, EX_DATAERR, "a cell is longer than %d octets",
		    TABLE_FIELD);
		say(r);
		return;
	}
	if (r->cells == TABLE_COLUMN) {
		fail(r->f, EX_DATAERR, "more than %d columns", TABLE_COLUMN);
		say(r);
		return;
	}
	r->start[r->cells++] = r->text.n;
	text_add(&r->text, p, n);
	text_add(&r->text, "", 1);
}

/* Which column the cell I of the first row names. */
static int
name_column(struct reader *r, size_t i)
{
	struct table *t = r->head;
	const char *name = r->cell[i];
	size_t k = 0;

	t->place[i] = *name == '\0' ? NAMELESS : UNKNOWN;
	if (*name == '\0')
		return 0;
	while (t->column[k] != NULL && strcmp(t->column[k], name) != 0)
		k++;
	if (t->column[k] == NULL)
		return fail(r->f, EX_DATAERR, "unknown column '%s'", name);
	for (size_t j = 0; j < i; j++)
		if (t->place[j] == k)
			return fail(r->f, EX_DATAERR,
			    "column '%s' is there twice", name);
	t->place[i] = k;
	return 0;
}

static int
head(struct reader *r)
{
	struct table *t = r->head;
	bool first = false;

	for (size_t i = 0; i < r->cells; i++) {
		if (name_column(r, i) != 0 && say(r) != 0)
			return r->code;
		first = first || t->place[i] == 0;
	}
	t->columns = r->cells;
	if (first)
		return 0;
	fail(r->f, EX_DATAERR, "column '%s' is missing", t->column[0]);
	say(r);
	return r->code = EX_DATAERR;
}

static int
body(struct reader *r)
{
	const struct table *t = r->table;
	const char *cell[UNKNOWN + 1] = { NULL };
	struct table_row row = { r->from + r->at, cell };

	if (r->cells != t->columns)
		return fail(r->f, EX_DATAERR, "%zu cells under %zu columns",
		    r->cells, t->columns);
	for (size_t i = 0; i < r->cells; i++) {
		if (t->place[i] == NAMELESS && *r->cell[i] != '\0')
			return fail(r->f, EX_DATAERR,
			    "cell %zu stands under no name of a column", i + 1);
		cell[t->place[i]] = r->cell[i];
	}
	return r->take(r->arg, &row, r->f);
}

/* A row of nothing but empty cells is none. */
static bool
cells_in(struct reader *r)
{
	bool any = false;

	for (size_t i = 0; i < r->cells; i++) {
		size_t end = i + 1 < r->cells ? r->start[i + 1] : r->text.n;

		r->cell[i] =
		    cell_read(r->text.p + r->start[i], end - 1 - r->start[i]);
		any = any || *r->cell[i] != '\0';
	}
	return any;
}

static void
on_row(int end, void *arg)
{
	struct reader *r = arg;

	(void)end;
	if (r->code == 0 && !r->bad && cells_in(r)) {
		if (r->head != NULL)
			head(r);
		else if (body(r) != 0)
			say(r);
	}
	r->cells = 0;
	r->ended = true;
	r->bad = false;
	text_clear(&r->text);
}

static int
fault(struct reader *r, const char *why)
{
	fail(r->f, EX_DATAERR, "%s", why);
	return say(r);
}

static void
start(struct csv_parser *csv)
{
	if (csv_init(csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		process_nomem();
	csv_set_space_func(csv, keep_blanks);
}

/* A row that cannot be cut into cells was told: go on behind its first line. */
static const char *
skip(struct reader *r, struct csv_parser *csv)
{
	const char *p = r->table->p + r->from + r->at;

	r->cells = 0;
	r->bad = false;
	text_clear(&r->text);
	r->ended = true;
	csv_free(csv);
	start(csv);
	return p + rows_line(p, (size_t)(r->end - p));
}

/* What is wrong with LEN octets more of a row that has FED so far, or NULL. */
static const char *
feed(struct reader *r, struct csv_parser *csv, const char *p, size_t len)
{
	size_t fed = (size_t)(p - r->table->p) + len - r->from - r->at;

	if (fed > TABLE_ROW)
		return "a row is longer than 1 MiB";
	r->ended = fed == len && strchr("\r\n", *p) != NULL;
	if (csv_parse(csv, p, len, on_cell, on_row, r) != len)
		return "a quote in the wrong place";
	if (r->code == 0 && p + len == r->end &&
	    csv_fini(csv, on_cell, on_row, r) != 0)
		return "a quoted cell is not closed";
	return NULL;
}

/*
 * libcsv tells no line numbers, so it gets one line at a time; a row is over
 * when its callback came. Empty lines are no rows and have no callback.
 */
static int
feed_all(struct reader *r, struct csv_parser *csv)
{
	const char *p = r->table->p + r->from, *why;
	size_t line = 0, len;

	r->ended = true;
	for (; p < r->end && r->code == 0; p += len) {
		len = rows_line(p, (size_t)(r->end - p));
		line++;
		if (r->ended) {
			r->line = line;
			r->at = (size_t)(p - r->table->p) - r->from;
		}
		why = feed(r, csv, p, len);
		if (why == NULL)
			continue;
		if (fault(r, why) != 0 || r->head != NULL)
			return r->code = EX_DATAERR;
		p = skip(r, csv);
		line = r->line;
		len = 0;
	}
	return r->code;
}

/* Read N octets of the table from FROM on, whole rows. */
static int
read_rows(struct reader *r, size_t from, size_t n)
{
	struct csv_parser csv;

	r->from = from;
	r->end = r->table->p + from + n;
	start(&csv);
	feed_all(r, &csv);
	csv_free(&csv);
	text_release(&r->text);
	return r->code;
}

/* Each line that is no text. */
static int
tell_octets(const struct table *t, struct fail *f)
{
	struct saved_at at = { 0, 0 };
	const char *why;

	while ((why = saved_fault(&t->saved, &at)) != NULL) {
		fail(f, EX_DATAERR, "%s:%zu: %s", t->path, at.line, why);
		if (table_fault(t, f) != 0)
			return f->code;
	}
	return EX_DATAERR;
}

static int
open_text(struct table *t, struct fail *f)
{
	const char *p;

	if (file_map(t->path, TABLE_MAX, &p, &t->size, f) != 0)
		return f->code;
	t->mapped = p;
	if (!saved_open(&t->saved, p, t->size))
		return tell_octets(t, f);
	t->p = t->saved.p;
	t->n = t->saved.n;
	return 0;
}

int
table_open(struct table *t, const char *path, const char *const *column,
    struct fail *f)
{
	struct reader r = { .table = t, .head = t, .f = f, .text = TEXT_INIT };
	size_t from;

	*t = (struct table){
		.path = path,
		.column = column,
		.saved = SAVED_INIT,
		.fault = t->fault,
		.arg = t->arg,
	};
	if (open_text(t, f) != 0)
		return f->code != 0 ? f->code : EX_DATAERR;
	while (t->columns == 0 && (from = t->body) < t->n) {
		t->body = rows_end(t->p, t->n, from);
		if (read_rows(&r, from, t->body - from) != 0)
			return r.code;
	}
	if (t->columns > 0)
		return 0;
	fail(f, EX_DATAERR, "%s: no row that names columns", path);
	table_fault(t, f);
	return EX_DATAERR;
}

int
table_part(const struct table *t, size_t from, size_t n, table_take *take,
    void *arg, struct fail *f)
{
	struct reader r = { .table = t, .take = take, .arg = arg, .f = f };

	return read_rows(&r, from, n);
}

int
table_rows(const struct table *t, table_take *take, void *arg, struct fail *f)
{
	return table_part(t, t->body, t->n - t->body, take, arg, f);
}

int
table_find(struct table *t,
    const char *(*seek)(const char *p, size_t n, const char *word),
    const char *word, table_take *take, void *arg, struct fail *f)
{
	size_t from = t->body, end;
	const char *at;

	while ((at = seek(t->p + from, t->n - from, word)) != NULL) {
		if (t->known > from && t->p + t->known <= at)
			from = t->known;
		from = rows_begin(t->p, from, (size_t)(at - t->p));
		t->known = from;
		end = rows_end(t->p, t->n, from);
		if (table_part(t, from, end - from, take, arg, f) != 0)
			return f->code;
		from = end;
	}
	return 0;
}

void
table_close(struct table *t)
{
	if (t->mapped != NULL)
		file_unmap(t->mapped, t->size);
	saved_release(&t->saved);
	*t = (struct table)TABLE_INIT;
}

static void
write_cell(struct text *out, const char *s)
{
	struct text cell = TEXT_INIT;
	size_t n;

	text_addf(&cell, "%s%s", cell_needs_guard(s) ? "'" : "", s);
	n = 2 * cell.n + 2;
	if (cell.p[strcspn(cell.p, ",\"\r\n")] == '\0')
		text_add(out, cell.p, cell.n);
	else
		out->n += csv_write(text_room(out, n), n, cell.p, cell.n);
	text_add(out, "", 0);
	text_release(&cell);
}

void
table_write(struct text *out, const char *const *cell, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			text_add(out, ",", 1);
		write_cell(out, cell[i] != NULL ? cell[i] : "");
	}
	text_add(out, "\n", 1);
}
