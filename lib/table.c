#include "table.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "process.h"
#include "rows.h"
#include "seek.h"

#define BOM "\xEF\xBB\xBF"

struct reader {
	const struct table *table;
	size_t from;	    /* what is read begins here in the table */
	struct table *head; /* while the first row is read */
	const char *cell[TABLE_COLUMN];
	size_t start[TABLE_COLUMN]; /* of the cells of this row, in text */
	size_t cells;
	struct text text; /* the cells of this row, each with its NUL */
	size_t line, at;  /* where this row begins, from `from` on */
	size_t fed;	  /* octets given to libcsv */
	table_take *take;
	void *arg;
	struct fail *f;
	int code;   /* once not 0, the rest is not looked at */
	bool ended; /* the line at hand ended a row */
};

static int
keep_blanks(unsigned char c)
{
	(void)c;
	return 0;
}

static int
say(struct reader *r)
{
	fail_in(r->f, "%s:%zu", r->table->path,
	    rows_number(r->table->p, r->from) + r->line - 1);
	return r->code = r->f->code;
}

/* One of = + - @ TAB CR, or U+FF1D FF0B FF0D FF20. */
static bool
is_formula(const char *s)
{
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B",
		"\xEF\xBC\x8D", "\xEF\xBC\xA0" };

	if (*s != '\0' && strchr("=+-@\t\r", *s) != NULL)
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(s, wide[i], 3) == 0)
			return true;
	return false;
}

/* A cell that was guarded, or looks like one that was: the ' come in pairs. */
static bool
is_guarded(const char *s)
{
	return *s == '\'' && is_formula(s + strspn(s, "'"));
}

static void
on_cell(void *p, size_t n, void *arg)
{
	struct reader *r = arg;

	if (r->code != 0)
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

static int
head(struct reader *r)
{
	struct table *t = r->head;

	for (size_t i = 0; i < r->cells; i++) {
		const char *name = r->text.p + r->start[i];
		size_t k = 0;

		while (t->column[k] != NULL && strcmp(t->column[k], name) != 0)
			k++;
		if (t->column[k] == NULL)
			return fail(
			    r->f, EX_DATAERR, "unknown column '%s'", name);
		for (size_t j = 0; j < i; j++)
			if (t->place[j] == k)
				return fail(r->f, EX_DATAERR,
				    "column '%s' is there twice", name);
		t->place[i] = k;
	}
	t->columns = r->cells;
	for (size_t i = 0; i < t->columns; i++)
		if (t->place[i] == 0)
			return 0;
	return fail(r->f, EX_DATAERR, "column '%s' is missing", t->column[0]);
}

static int
body(struct reader *r)
{
	const struct table *t = r->table;
	struct table_row row = { r->from + r->at, r->cell };

	if (r->cells != t->columns)
		return fail(r->f, EX_DATAERR, "%zu cells under %zu columns",
		    r->cells, t->columns);
	memset(r->cell, 0, sizeof r->cell);
	for (size_t i = 0; i < r->cells; i++) {
		const char *s = r->text.p + r->start[i];

		r->cell[t->place[i]] = is_guarded(s) ? s + 1 : s;
	}
	return r->take(r->arg, &row, r->f);
}

static void
on_row(int end, void *arg)
{
	struct reader *r = arg;

	(void)end;
	if (r->code == 0 && (r->head != NULL ? head(r) : body(r)) != 0)
		say(r);
	r->cells = 0;
	r->ended = true;
	text_clear(&r->text);
}

static int
fault(struct reader *r, const char *why)
{
	fail(r->f, EX_DATAERR, "%s", why);
	return say(r);
}

/*
 * libcsv tells no line numbers, so it gets one line at a time; a row is over
 * when its callback came. Empty lines are no rows and have no callback.
 */
static int
feed(struct reader *r, struct csv_parser *csv, const char *p, size_t n)
{
	size_t fed = 0, line = 0;

	while (n > 0) {
		size_t len = rows_line(p, n);

		line++;
		if (fed == 0) {
			r->line = line;
			r->at = r->fed;
		}
		fed += len;
		if (fed > TABLE_ROW)
			return fault(r, "a row is longer than 1 MiB");
		r->ended = fed == len && strchr("\r\n", *p) != NULL;
		if (csv_parse(csv, p, len, on_cell, on_row, r) != len)
			return fault(r, "a quote in the wrong place");
		if (r->code != 0)
			return r->code;
		if (r->ended)
			fed = 0;
		r->fed += len;
		p += len;
		n -= len;
	}
	if (csv_fini(csv, on_cell, on_row, r) != 0)
		return fault(r, "a quoted cell is not closed");
	return r->code;
}

static int
check_text(struct reader *r, size_t n)
{
	const char *p = r->table->p + r->from, *nul = memchr(p, '\0', n);
	size_t good = text_utf8(p, n);
	const char *why = "not UTF-8; save the table as 'CSV UTF-8'";

	if (nul != NULL && (size_t)(nul - p) < good) {
		good = (size_t)(nul - p);
		why = "a NUL octet";
	}
	if (good == n)
		return 0;
	r->line = 1 + seek_count(p, good, '\n');
	return fault(r, why);
}

/* Read N octets of the table from FROM on, whole rows. */
static int
read_rows(struct reader *r, size_t from, size_t n)
{
	struct csv_parser csv;

	r->from = from;
	r->line = 1;
	r->fed = 0;
	if (check_text(r, n) != 0)
		return r->code;
	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return fail(r->f, EX_SOFTWARE, "libcsv does not start");
	csv_set_space_func(&csv, keep_blanks);
	feed(r, &csv, r->table->p + from, n);
	csv_free(&csv);
	text_release(&r->text);
	return r->code;
}

int
table_open(struct table *t, const char *path, const char *const *column,
    struct fail *f)
{
	struct reader r = { .table = t, .head = t, .f = f, .text = TEXT_INIT };
	const char *p;
	size_t bom, from;

	*t = (struct table)TABLE_INIT;
	t->path = path;
	t->column = column;
	if (file_map(path, TABLE_MAX, &p, &t->n, f) != 0)
		return f->code;
	t->mapped = p;
	bom = t->n >= 3 && memcmp(p, BOM, 3) == 0 ? 3 : 0;
	t->p = p + bom;
	t->n -= bom;
	while (t->columns == 0 && (from = t->body) < t->n) {
		t->body = rows_end(t->p, t->n, from);
		if (read_rows(&r, from, t->body - from) != 0)
			return f->code;
	}
	if (t->columns > 0)
		return 0;
	return fail(f, EX_DATAERR, "%s: no row that names columns", path);
}

int
table_rows(const struct table *t, table_take *take, void *arg, struct fail *f)
{
	struct reader r = {
		.table = t, .take = take, .arg = arg, .f = f, .text = TEXT_INIT
	};

	return read_rows(&r, t->body, t->n - t->body);
}

int
table_find(struct table *t,
    const char *(*seek)(const char *p, size_t n, const char *word),
    const char *word, table_take *take, void *arg, struct fail *f)
{
	struct reader r = { .table = t, .take = take, .arg = arg, .f = f };
	size_t from = t->body, end;
	const char *at;

	while ((at = seek(t->p + from, t->n - from, word)) != NULL) {
		if (t->known > from && t->p + t->known <= at)
			from = t->known;
		from = rows_begin(t->p, from, (size_t)(at - t->p));
		t->known = from;
		end = rows_end(t->p, t->n, from);
		if (read_rows(&r, from, end - from) != 0)
			return r.code;
		from = end;
	}
	return 0;
}

void
table_close(struct table *t)
{
	if (t->mapped != NULL)
		file_unmap(
		    t->mapped, t->n + (size_t)(t->p - (const char *)t->mapped));
	*t = (struct table)TABLE_INIT;
}

static void
write_cell(struct text *out, const char *s)
{
	struct text cell = TEXT_INIT;
	size_t n;
	char *p;

	if (is_formula(s) || is_guarded(s))
		text_add(&cell, "'", 1);
	text_puts(&cell, s);
	if (cell.n == 0 || cell.p[strcspn(cell.p, ",\"\r\n")] == '\0') {
		text_add(out, cell.p, cell.n);
	} else {
		n = csv_write(NULL, 0, cell.p, cell.n);
		p = process_alloc(n);
		csv_write(p, n, cell.p, cell.n);
		text_add(out, p, n);
		free(p);
	}
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
