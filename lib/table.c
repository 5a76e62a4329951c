#include "table.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "process.h"

#define BOM "\xEF\xBB\xBF"

struct reader {
	const char *path;
	const char *const *column;
	size_t known;		    /* columns in COLUMN */
	size_t place[TABLE_COLUMN]; /* column of the file -> index in COLUMN */
	size_t columns;		    /* of the file; 0: first row not read yet */
	const char *cell[TABLE_COLUMN];
	size_t start[TABLE_COLUMN]; /* of the cells of this row, in text */
	size_t cells;
	struct text text; /* the cells of this row, each with its NUL */
	size_t line;	  /* where this row begins */
	int (*take)(void *, const struct table_row *, struct fail *);
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
	fail_in(r->f, "%s:%zu", r->path, r->line);
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
	for (size_t i = 0; i < r->cells; i++) {
		const char *name = r->text.p + r->start[i];
		size_t k = 0;

		while (k < r->known && strcmp(r->column[k], name) != 0)
			k++;
		if (k == r->known)
			return fail(
			    r->f, EX_DATAERR, "unknown column '%s'", name);
		for (size_t j = 0; j < i; j++)
			if (r->place[j] == k)
				return fail(r->f, EX_DATAERR,
				    "column '%s' is there twice", name);
		r->place[i] = k;
	}
	r->columns = r->cells;
	for (size_t i = 0; i < r->columns; i++)
		if (r->place[i] == 0)
			return 0;
	return fail(r->f, EX_DATAERR, "column '%s' is missing", r->column[0]);
}

static int
body(struct reader *r)
{
	struct table_row row = { r->line, r->cell };

	if (r->cells != r->columns)
		return fail(r->f, EX_DATAERR, "%zu cells under %zu columns",
		    r->cells, r->columns);
	memset(r->cell, 0, sizeof r->cell);
	for (size_t i = 0; i < r->cells; i++) {
		const char *s = r->text.p + r->start[i];

		r->cell[r->place[i]] = is_guarded(s) ? s + 1 : s;
	}
	return r->take(r->arg, &row, r->f);
}

static void
on_row(int end, void *arg)
{
	struct reader *r = arg;

	(void)end;
	if (r->code == 0 && (r->columns == 0 ? head(r) : body(r)) != 0)
		say(r);
	r->cells = 0;
	r->ended = true;
	text_clear(&r->text);
}

/* Up to and with the next CR, LF or CRLF. */
static size_t
line_len(const char *p, size_t n)
{
	const char *lf = memchr(p, '\n', n);
	size_t len = lf != NULL ? (size_t)(lf - p) + 1 : n;
	const char *cr = memchr(p, '\r', len);

	if (cr != NULL && cr + 1 < p + n && cr[1] != '\n')
		return (size_t)(cr - p) + 1;
	return len;
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
		size_t len = line_len(p, n);

		line++;
		if (fed == 0)
			r->line = line;
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
		p += len;
		n -= len;
	}
	if (csv_fini(csv, on_cell, on_row, r) != 0)
		return fault(r, "a quoted cell is not closed");
	return r->code;
}

static int
check_text(const char *path, const struct text *t, struct fail *f)
{
	const char *nul = memchr(t->p, '\0', t->n);
	size_t good = text_utf8(t->p, t->n), line = 1;
	const char *why = "not UTF-8; save the table as 'CSV UTF-8'";

	if (nul != NULL && (size_t)(nul - t->p) < good) {
		good = (size_t)(nul - t->p);
		why = "a NUL octet";
	}
	if (good == t->n)
		return 0;
	for (size_t i = 0; i < good; i++)
		line += t->p[i] == '\n';
	return fail(f, EX_DATAERR, "%s:%zu: %s", path, line, why);
}

static int
read_text(struct reader *r, const struct text *t)
{
	struct csv_parser csv;
	size_t bom = t->n >= 3 && memcmp(t->p, BOM, 3) == 0 ? 3 : 0;

	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return fail(r->f, EX_SOFTWARE, "libcsv does not start");
	csv_set_space_func(&csv, keep_blanks);
	feed(r, &csv, t->p + bom, t->n - bom);
	csv_free(&csv);
	if (r->code == 0 && r->columns == 0)
		return fail(
		    r->f, EX_DATAERR, "%s: no row that names columns", r->path);
	return r->code;
}

int
table_read(const char *path, const char *const *column,
    int (*take)(void *, const struct table_row *, struct fail *), void *arg,
    struct fail *f)
{
	struct reader r = { .path = path,
		.column = column,
		.take = take,
		.arg = arg,
		.f = f,
		.text = TEXT_INIT };
	struct text t = TEXT_INIT;
	int code;

	while (column[r.known] != NULL && r.known < TABLE_COLUMN)
		r.known++;
	code = file_read(path, TABLE_MAX, &t, f);
	if (code == 0 && t.n == 0)
		code =
		    fail(f, EX_DATAERR, "%s: no row that names columns", path);
	if (code == 0)
		code = check_text(path, &t, f);
	if (code == 0)
		code = read_text(&r, &t);
	text_release(&r.text);
	text_release(&t);
	return code;
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

static void
add_item(json_t *list, struct text *item)
{
	size_t from = 0;

	while (from < item->n && item->p[from] == ' ')
		from++;
	while (item->n > from && item->p[item->n - 1] == ' ')
		item->n--;
	if (item->n > from)
		json_array_append_new(
		    list, json_stringn(item->p + from, item->n - from));
	text_clear(item);
}

json_t *
table_split(const char *cell)
{
	json_t *list = json_array();
	struct text item = TEXT_INIT;

	for (const char *s = cell; s != NULL && *s != '\0'; s++) {
		if (*s == '|') {
			add_item(list, &item);
			continue;
		}
		if (*s == '\\' && (s[1] == '|' || s[1] == '\\'))
			s++;
		text_add(&item, s, 1);
	}
	add_item(list, &item);
	text_release(&item);
	return list;
}

void
table_join(const json_t *list, struct text *out)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		if (i > 0)
			text_add(out, "|", 1);
		for (const char *s = json_string_value(item);
		     s != NULL && *s != '\0'; s++) {
			if (*s == '|' || *s == '\\')
				text_add(out, "\\", 1);
			text_add(out, s, 1);
		}
	}
}
