#include "roster.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "enrol.h"
#include "file.h"
#include "glance.h"
#include "process.h"
#include "row.h"

enum {
	LEAST = 64, /* rows */
};

bool
roster_registered(const json_t *vendor)
{
	return record_is(vendor, "state", "registered");
}

const struct table_row *
roster_cells(const struct roster *r, size_t i)
{
	return scan_row(r->scan, r->at[i]);
}

json_t *
roster_new_row(const struct roster *r, size_t i)
{
	return row_again(roster_cells(r, i));
}

const json_t *
roster_row(const struct roster *r, size_t i)
{
	if (r->row[i] == NULL)
		r->row[i] = roster_new_row(r, i);
	return r->row[i];
}

/* The row that owns the key, or NULL. */
static bool
find(const struct roster *r, enum claim_kind kind, uint32_t hash, const char *p,
    size_t n, uint32_t *number)
{
	struct claims other = CLAIMS_INIT;
	bool found = false;
	size_t at = 0;

	while (!found && index_next(&r->owner, hash, &at, number)) {
		claims_of(&other, roster_cells(r, *number));
		found = claims_have(&other, kind, p, n);
	}
	claims_release(&other);
	return found;
}

static const json_t *
owner(const struct roster *r, enum claim_kind kind, const char *p, size_t n)
{
	uint32_t number;

	if (!find(r, kind, index_hash((char)kind, p, n), p, n, &number))
		return NULL;
	return roster_row(r, number);
}

/* Does another row own what this one claims? */
static int
check(const struct roster *r, const char *id, struct fail *f)
{
	const struct claims *c = &r->claims;
	const struct claim *one;
	uint32_t number;

	for (one = c->one; one < c->one + c->n; one++) {
		if (!find(r, one->kind, one->hash, c->keys.p + one->at, one->n,
			&number))
			continue;
		if (one->kind == CLAIM_ID)
			return fail(
			    f, EX_DATAERR, "vendor '%s' is there twice", id);
		return fail(f, EX_DATAERR, "%s of vendor '%s' belongs to '%s'",
		    one->what, id, roster_cells(r, number)->cell[ROW_VENDOR]);
	}
	return 0;
}

static void *
grown(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n, size);
	if (p == NULL)
		process_nomem();
	return p;
}

/* Begin with a row: what it claims, so that the index is at hand below. */
static void
begin(struct roster *r, const struct table_row *cells)
{
	claims_of(&r->claims, cells);
	for (size_t i = 0; i < r->claims.n; i++)
		index_soon(&r->owner, r->claims.one[i].hash);
}

static int
add(struct roster *r, const struct table_row *cells, struct fail *f)
{
	const struct claims *c = &r->claims;

	if (check(r, cells->cell[ROW_VENDOR], f) != 0)
		return f->code;
	if (r->n == r->room) {
		r->room = r->room == 0 ? LEAST : 2 * r->room;
		r->at = grown(r->at, r->room, sizeof *r->at);
		r->row = grown(r->row, r->room, sizeof *r->row);
	}
	r->at[r->n] = cells->at;
	r->row[r->n] = NULL;
	for (size_t i = 0; i < c->n; i++)
		index_add(&r->owner, c->one[i].hash, (uint32_t)r->n);
	r->n++;
	return 0;
}

int
roster_add(struct roster *r, const struct table_row *cells, struct fail *f)
{
	json_t *row;

	begin(r, cells);
	if (!glance_row(cells, &r->claims.item)) {
		row = row_read(cells, f);
		if (row == NULL)
			return f->code;
		json_decref(row);
	}
	return add(r, cells, f);
}

static int
take_read(void *arg, const struct table_row *cells, struct fail *f)
{
	return roster_add(arg, cells, f);
}

/* What the ledger holds was looked at when it was kept. */
static int
take_held(void *arg, const struct table_row *cells, struct fail *f)
{
	begin(arg, cells);
	return add(arg, cells, f);
}

/* The rows that a ledger makes become a table in memory. */
static int
load_ledger(struct roster *r, const char *path, struct fail *f)
{
	struct enrol e = ENROL_INIT;
	const char *id;
	json_t *row;

	if (enrol_load(&e, path, f) != 0)
		return f->code;
	json_object_foreach(e.vendor, id, row)
		row_write(row, &r->held);
	enrol_release(&e);
	scan_text(r->scan, &r->table, &r->held, row_column);
	if (scan_rows(r->scan, take_held, r, f) == 0)
		return 0;
	fail_in(f, "%s", path);
	return f->code = EX_CONFIG;
}

int
roster_begin(struct roster *r, const char *path, bool *table, struct fail *f)
{
	FILE *fp;
	int c, code = 0;

	*r = (struct roster)ROSTER_INIT;
	if (file_trusted(path, f) != 0)
		return f->code;
	fp = fopen(path, "rbe");
	if (fp == NULL)
		return fail_sys(f, EX_NOINPUT, "open", path);
	c = fgetc(fp);
	if (ferror(fp))
		code = fail_sys(f, EX_NOINPUT, "read", path);
	fclose(fp);
	if (code != 0)
		return code;
	*table = c != '{' && c != EOF;
	if (*table)
		code = table_open(&r->table, path, row_column, f);
	r->scan = process_alloc(sizeof *r->scan);
	scan_table(r->scan, &r->table);
	return code == EX_DATAERR ? (f->code = EX_CONFIG) : code;
}

int
roster_load(struct roster *r, const char *path, struct fail *f)
{
	bool table = false;
	int code = roster_begin(r, path, &table, f);

	if (code == 0)
		code = table ? scan_rows(r->scan, take_read, r, f) :
			       load_ledger(r, path, f);
	if (code == EX_DATAERR && table)
		code = f->code = EX_CONFIG;
	if (code != 0)
		roster_release(r);
	return code;
}

bool
roster_find(const struct roster *r, const char *id, uint32_t *i)
{
	size_t n = id == NULL ? 0 : strlen(id);

	return n > 0 &&
	    find(r, CLAIM_ID, index_hash(CLAIM_ID, id, n), id, n, i);
}

const json_t *
roster_vendor(const struct roster *r, const char *id)
{
	uint32_t i;

	return roster_find(r, id, &i) ? roster_row(r, i) : NULL;
}

const json_t *
roster_by_fpr(const struct roster *r, const char *fpr)
{
	return fpr == NULL ? NULL : owner(r, CLAIM_FPR, fpr, strlen(fpr));
}

const json_t *
roster_by_address(const struct roster *r, const char *address)
{
	const char *at = address == NULL ? NULL : strchr(address, '@');
	char key[CLAIM_ADDRESS + 1];
	const json_t *row;

	if (at == NULL || at == address || strchr(at + 1, '@') != NULL ||
	    strlen(address) > CLAIM_ADDRESS)
		return NULL;
	for (const char *s = address; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~')
			return NULL;
	row = owner(r, CLAIM_MAIL, key, claim_address(address, true, key));
	if (row != NULL)
		return row;
	return owner(r, CLAIM_MAIL, key, claim_address(address, false, key));
}

void
roster_release(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++)
		json_decref(r->row[i]);
	free(r->row);
	free(r->at);
	if (r->scan != NULL)
		scan_release(r->scan);
	free(r->scan);
	table_close(&r->table);
	text_release(&r->held);
	index_release(&r->owner);
	claims_release(&r->claims);
	*r = (struct roster)ROSTER_INIT;
}
