#include "edit.h"

#include <stdint.h>
#include <string.h>

#include "cell.h"
#include "cells.h"
#include "change.h"
#include "merge.h"
#include "owed.h"
#include "row.h"
#include "rows.h"
#include "rule.h"
#include "schema.h"
#include "sheet.h"

static size_t
line(const struct edit *e, size_t at)
{
	return rows_number(e->table.p, at);
}

static size_t
begins(const struct edit *e, const char *id)
{
	return (size_t)json_integer_value(json_object_get(e->at, id));
}

/* Something is wrong with the row that begins at AT. */
static void
fault(struct edit *e, size_t at, struct fail *f)
{
	if (e->faults.n < FAULTS_SHOWN)
		fail_in(f, "%s:%zu", e->table.path, line(e, at));
	faults_add(&e->faults, f);
}

/*
 * The row of CELLS, as far as they are right, and in GOOD those that are; the
 * others are faults. NULL: it has no id. New.
 */
static json_t *
read_row(
    struct edit *e, const struct table_row *cells, const struct table_row *good)
{
	const char *one[TABLE_COLUMN] = { "x" };
	struct table_row single = { cells->at, one };
	struct fail f = FAIL_INIT;
	json_t *row = row_read(cells, &f), *r;

	for (size_t i = 0; row_column[i] != NULL; i++) {
		one[i] = good->cell[i] = cells->cell[i];
		f = (struct fail)FAIL_INIT;
		r = row != NULL ? NULL : row_read(&single, &f);
		if (f.code != 0) {
			fault(e, cells->at, &f);
			good->cell[i] = NULL;
		}
		json_decref(r);
		one[i] = i == 0 ? "x" : NULL;
	}
	return row != NULL || good->cell[0] == NULL ? row : row_read(good, &f);
}

/* ROW as it is when it was printed and is read; what it says stands in C. */
static void
read_printed(const json_t *row, struct cells *c, const char **cell)
{
	struct text csv = TEXT_INIT;

	c->longest = SIZE_MAX;
	row_write(row, &csv);
	cells_row(c, csv.p, csv.n);
	for (size_t i = 0; i < c->n; i++)
		cell[i] = cell_read(c->cell[i], c->size[i]);
	text_release(&csv);
}

/* What column I of ROW says to who reads it in CP932. */
static const char *
through_cp932(struct edit *e, const struct table_row *cells, size_t i,
    const char *cell, struct text *seen)
{
	struct fail f = FAIL_INIT;
	size_t n = strlen(cell), good = saved_seen(cell, n, seen);
	const char *lost = cell + good;

	text_puts(seen, "");
	if (good == n)
		return seen->p;
	fail(&f, EX_DATAERR,
	    "%s of vendor '%s' has U+%04X, which CP932 lacks; save the table "
	    "as 'CSV UTF-8'",
	    row_column[i], cells->cell[0], text_char(&lost));
	fault(e, cells->at, &f);
	return cells->cell[i];
}

/* In CP932 a spreadsheet writes a question mark for what it cannot. */
static void
doubt(struct edit *e, const struct table_row *cells, const char *const *was)
{
	struct fail f = FAIL_INIT;

	for (size_t i = 0; e->table.saved.cp932 && row_column[i] != NULL; i++) {
		const char *is = cells->cell[i];

		if (is == NULL || strchr(is, '?') == NULL ||
		    (was != NULL && strcmp(was[i], is) == 0))
			continue;
		fail(&f, EX_DATAERR,
		    "%s of vendor '%s' has a '?', which may stand for what "
		    "CP932 lacks; save the table as 'CSV UTF-8'",
		    row_column[i], cells->cell[0]);
		fault(e, cells->at, &f);
	}
}

/* The row OLD of the list, as it was shown in the columns of the table. New. */
static json_t *
shown(struct edit *e, const struct table_row *cells, const json_t *old)
{
	const char *cell[TABLE_COLUMN] = { NULL };
	struct table_row was = { cells->at, cell };
	struct text set[TABLE_COLUMN] = { TEXT_INIT };
	struct cells printed = CELLS_INIT;
	struct fail f = FAIL_INIT;
	json_t *row;

	read_printed(old, &printed, cell);
	for (size_t i = 0; row_column[i] != NULL; i++)
		if (cells->cell[i] == NULL)
			cell[i] = NULL;
		else if (e->table.saved.cp932)
			cell[i] = through_cp932(e, cells, i, cell[i], &set[i]);
	doubt(e, cells, cell);
	row = row_read(&was, &f);
	for (size_t i = 0; i < TABLE_COLUMN; i++)
		text_release(&set[i]);
	text_release(&printed.text);
	return row != NULL ? row : json_deep_copy(old);
}

static void
put(struct edit *e, size_t at, json_t *r)
{
	struct fail f = FAIL_INIT;

	if (schema_check(r, &f) != 0 || rule_check(&e->enrol, r, &f) != 0) {
		fault(e, at, &f);
	} else {
		enrol_take(&e->enrol, r);
		record_line(r, &e->record);
	}
}

/* Why a field that was edited cannot be edited so, or NULL. */
static const char *
forbidden(const struct table_row *cells, const char *key)
{
	static const char *const not [][2] = {
		{ "fpr", "a key comes in by 'vc-roster -a'" },
		{ "paper", "papers come in by a 'step' record" },
		{ "document", "papers come in by a 'step' record" },
		{ "heard_at", "it is the time of a mail" },
	};

	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		if (strcmp(not [i][0], key) == 0)
			return not [i][1];
	for (size_t i = 0; row_column[i] != NULL; i++)
		if (strcmp(key, "state") == 0 &&
		    strcmp(row_column[i], key) == 0 && *cells->cell[i] == '\0')
			return "write 'suspended' or 'withdrawn'";
	return NULL;
}

static bool
needs_two(const char *key, const json_t *old, const json_t *now)
{
	if (strcmp(key, "contact") == 0)
		return !merge_equal(json_object_get(old, "email"),
		    json_object_get(now, "email"));
	return strcmp(key, "email") == 0 || strcmp(key, "mail") == 0 ||
	    strcmp(key, "domain") == 0;
}

/* The fields that differ: into ROW, or into CHANGE, which needs two persons. */
static void
differ(struct edit *e, const struct table_row *cells, const json_t *old,
    const json_t *was, const json_t *is, json_t *row, json_t *change)
{
	json_t *all = merge_both(was, is), *v;
	struct fail f = FAIL_INIT;
	const char *key, *why;

	json_object_foreach(all, key, v) {
		const json_t *before = json_object_get(old, key), *now;

		now = json_object_get(is, key);
		if (merge_equal(json_object_get(was, key), now))
			continue;
		why = forbidden(cells, key);
		if (why != NULL) {
			fail(&f, EX_DATAERR,
			    "%s of vendor '%s' is not edited: %s", key,
			    cells->cell[0], why);
			fault(e, cells->at, &f);
			continue;
		}
		v = merge_field(before, json_object_get(was, key), now);
		json_object_set_new(
		    needs_two(key, before, v) ? change : row, key, v);
	}
	json_decref(all);
}

static void
put_difference(struct edit *e, size_t at, json_t *row, json_t *change)
{
	char id[CHANGE_ID];
	size_t least = 3;

	if (json_object_size(row) > least) {
		record_set(row, "by", e->by);
		put(e, at, row);
	}
	if (json_object_size(change) > least) {
		change_id(change, id);
		record_set(change, "id", id);
		record_set(change, "by", e->by);
		put(e, at, change);
	}
}

/* Another row of the table is to have the same. */
static void
told_twice(void *arg, const char *id, const char *what, const char *holder)
{
	struct edit *e = arg;
	struct fail f = FAIL_INIT;

	fail(&f, EX_DATAERR, "%s of vendor '%s' belongs to '%s' of line %zu",
	    what, id, holder, line(e, begins(e, holder)));
	fault(e, begins(e, id), &f);
}

/* ID of the list has as yet what HOLDER is edited to have. */
static void
told_yet(void *arg, const char *id, const char *what, const char *holder)
{
	struct edit *e = arg;
	bool here = json_object_get(e->at, id) != NULL;
	struct fail f = FAIL_INIT;

	fail(&f, EX_DATAERR, "%s of vendor '%s' is that of '%s'%s", what,
	    holder, id,
	    here ? " until a change of it is confirmed" :
		   ", which is not in this table");
	fault(e, begins(e, holder), &f);
}

static void
hold(struct edit *e, const json_t *row, bool make, holder_told *told)
{
	const char *cell[TABLE_COLUMN] = { NULL };
	const struct table_row cells = { 0, cell };
	struct cells printed = CELLS_INIT;

	read_printed(row, &printed, cell);
	holder_row(&e->holder, &cells, make, told, e);
	text_release(&printed.text);
}

static void
compare(struct edit *e, const struct table_row *cells, json_t *is)
{
	const char *id = record_str(is, "vendor");
	const json_t *old = json_object_get(e->enrol.vendor, id);
	json_t *was = shown(e, cells, old), *then = json_deep_copy(old);
	json_t *row = record_new("vendor", record_str(is, "id"));
	json_t *change = record_new("change", "");

	record_set(row, "vendor", id);
	record_set(change, "vendor", id);
	differ(e, cells, old, was, is, row, change);
	row_take(then, row);
	change_take(then, change);
	hold(e, then, true, told_twice);
	put_difference(e, cells->at, row, change);
	json_decref(was);
	json_decref(then);
	json_decref(row);
	json_decref(change);
}

static void
bring_in(struct edit *e, const struct table_row *cells, json_t *row)
{
	doubt(e, cells, NULL);
	hold(e, row, true, told_twice);
	record_set(row, "by", e->by);
	put(e, cells->at, row);
}

static int
take(void *arg, const struct table_row *cells, struct fail *f)
{
	const char *good[TABLE_COLUMN] = { NULL };
	struct table_row right = { cells->at, good };
	struct edit *e = arg;
	json_t *row = read_row(e, cells, &right);
	const json_t *at = json_object_get(e->at, record_str(row, "vendor"));

	if (at != NULL)
		fail(f, EX_DATAERR, "vendor '%s' is in line %zu already",
		    good[0], line(e, (size_t)json_integer_value(at)));
	if (at != NULL || row == NULL) {
		json_decref(row);
		return f->code;
	}
	json_object_set_new(
	    e->at, good[0], json_integer((json_int_t)cells->at));
	if (json_object_get(e->enrol.vendor, good[0]) != NULL)
		compare(e, &right, row);
	else
		bring_in(e, &right, row);
	json_decref(row);
	return 0;
}

/* Who is not in the table stays, and who gives up an address has it yet. */
static void
hold_rest(struct edit *e)
{
	const char *id;
	json_t *row;

	json_object_foreach(e->enrol.vendor, id, row) {
		if (json_object_get(e->at, id) == NULL)
			text_addf(&e->notes,
			    "%s: vendor '%s' is not in this table, and stays "
			    "as it is\n",
			    e->table.path, id);
		hold(e, row, false, told_yet);
	}
}

static void
release(struct edit *e)
{
	json_decref(e->at);
	text_release(&e->record);
	text_release(&e->notes);
	faults_release(&e->faults);
	enrol_release(&e->enrol);
	table_close(&e->table);
	holder_release(&e->holder);
	*e = (struct edit)EDIT_INIT;
}

static int
compare_all(struct edit *e, const char *list, struct fail *f)
{
	e->at = json_object();
	e->table.fault = faults_add;
	e->table.arg = &e->faults;
	if (owed_load(&e->enrol, list, f) != 0)
		return f->code;
	if (table_open(&e->table, e->path, row_column, f) == 0 &&
	    table_rows(&e->table, take, e, f) == 0)
		hold_rest(e);
	return f->code != 0 ? f->code : faults_end(&e->faults, EX_DATAERR, f);
}

int
edit_put(struct edit *e, const char *list, const char *by, struct stream *s)
{
	int code;

	e->by = by;
	if (compare_all(e, list, &s->fail) != 0) {
		code = sheet_refuse(&e->faults, s);
	} else {
		if (opt_common.verbose)
			stream_say(s, &e->notes);
		code = sheet_put(&e->record, NULL, s);
	}
	release(e);
	return code;
}
