#include "roster.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "enrol.h"
#include "file.h"
#include "row.h"

static bool
in_state(const json_t *row, const char *state)
{
	const char *s = record_str(row, "state");

	return s != NULL && strcmp(s, state) == 0;
}

bool
roster_registered(const json_t *vendor)
{
	return in_state(vendor, "registered");
}

/* "local@Domain" with the domain in lower case; with LOCAL 0: "@domain". */
static void
address_key(const char *address, bool local, char out[ROSTER_ADDRESS + 1])
{
	const char *at = strchr(address, '@');
	size_t n = 0;

	for (const char *s = local ? address : at; *s != '\0'; s++)
		out[n++] = s < at ? *s : (char)tolower((unsigned char)*s);
	out[n] = '\0';
}

static int
own(json_t *table, const char *key, json_t *row, const char *what, bool dry,
    struct fail *f)
{
	json_t *owner = json_object_get(table, key);

	if (owner != NULL && owner != row)
		return fail(f, EX_CONFIG, "%s of vendor '%s' belongs to '%s'",
		    what, record_str(row, "vendor"),
		    record_str(owner, "vendor"));
	if (!dry)
		json_object_set(table, key, row);
	return 0;
}

static int
own_address(struct roster *r, json_t *row, const char *address,
    const char *what, bool dry, struct fail *f)
{
	char key[ROSTER_ADDRESS + 1];

	if (address == NULL || strlen(address) > ROSTER_ADDRESS)
		return 0;
	address_key(address, true, key);
	return own(r->address, key, row, what, dry, f);
}

static int
own_domain(
    struct roster *r, json_t *row, const char *domain, bool dry, struct fail *f)
{
	char address[ROSTER_ADDRESS + 2], key[ROSTER_ADDRESS + 1];
	int n = snprintf(address, sizeof address, "@%s", domain);

	if (n > ROSTER_ADDRESS)
		return 0;
	address_key(address, false, key);
	return own(r->address, key, row, "domain", dry, f);
}

/* The addresses and the key of a row become its own; DRY: could they? */
static int
own_each(struct roster *r, json_t *row, bool dry, struct fail *f)
{
	const char *fpr = record_str(row, "fpr");
	const json_t *contact = json_object_get(row, "contact");
	json_t *e;
	size_t i;

	if (in_state(row, "withdrawn"))
		return 0;
	if (own_address(r, row, record_str(row, "email"), "email", dry, f) !=
		0 ||
	    own_address(r, row, record_str(contact, "email"), "contact.email",
		dry, f) != 0)
		return f->code;
	json_array_foreach(json_object_get(row, "mail"), i, e)
		if (own_address(
			r, row, record_str(e, "email"), "mail", dry, f) != 0)
			return f->code;
	json_array_foreach(json_object_get(row, "domain"), i, e)
		if (own_domain(r, row, json_string_value(e), dry, f) != 0)
			return f->code;
	return fpr == NULL ? 0 : own(r->fpr, fpr, row, "fpr", dry, f);
}

static int
own_all(struct roster *r, json_t *row, struct fail *f)
{
	return own_each(r, row, true, f) != 0 ? f->code :
						own_each(r, row, false, f);
}

int
roster_add(struct roster *r, json_t *row, struct fail *f)
{
	const char *id = record_str(row, "vendor");
	int code;

	if (json_object_get(r->vendor, id) != NULL)
		code = fail(f, EX_CONFIG, "vendor '%s' is there twice", id);
	else
		code = own_all(r, row, f);
	if (code == 0) {
		json_object_set(r->vendor, id, row);
		json_array_append(r->list, row);
		r->n++;
	}
	json_decref(row);
	return code;
}

static int
take_cells(void *arg, const struct table_row *cells, struct fail *f)
{
	json_t *row = row_read(cells, f);

	return row == NULL ? f->code : roster_add(arg, row, f);
}

static int
load_ledger(struct roster *r, const char *path, struct fail *f)
{
	struct enrol e = ENROL_INIT;
	const char *id;
	json_t *row;
	int code = enrol_load(&e, path, f);

	json_object_foreach(e.vendor, id, row) {
		if (roster_add(r, json_incref(row), f) != 0) {
			code = fail_in(f, "%s", path);
			break;
		}
	}
	enrol_release(&e);
	return code;
}

static int
load_table(struct roster *r, const char *path, struct fail *f)
{
	struct table t = TABLE_INIT;
	int code = table_open(&t, path, row_column, f);

	if (code == 0)
		code = table_rows(&t, take_cells, r, f);
	table_close(&t);
	if (code == EX_DATAERR)
		code = f->code = EX_CONFIG;
	return code;
}

int
roster_begin(struct roster *r, const char *path, bool *table, struct fail *f)
{
	FILE *fp;
	int c;

	if (file_trusted(path, f) != 0)
		return f->code;
	fp = fopen(path, "rbe");
	if (fp == NULL)
		return fail_sys(f, EX_NOINPUT, "open", path);
	c = fgetc(fp);
	fclose(fp);
	*table = c != '{' && c != EOF;
	r->list = json_array();
	r->vendor = json_object();
	r->address = json_object();
	r->fpr = json_object();
	return 0;
}

int
roster_load(struct roster *r, const char *path, struct fail *f)
{
	bool table = false;
	int code;

	if (roster_begin(r, path, &table, f) != 0)
		return f->code;
	code = table ? load_table(r, path, f) : load_ledger(r, path, f);
	if (code != 0)
		roster_release(r);
	return code;
}

const json_t *
roster_row(const struct roster *r, size_t i)
{
	return json_array_get(r->list, i);
}

json_t *
roster_new_row(const struct roster *r, size_t i)
{
	return json_incref(json_array_get(r->list, i));
}

const json_t *
roster_vendor(const struct roster *r, const char *id)
{
	return id == NULL ? NULL : json_object_get(r->vendor, id);
}

const json_t *
roster_by_fpr(const struct roster *r, const char *fpr)
{
	return fpr == NULL ? NULL : json_object_get(r->fpr, fpr);
}

const json_t *
roster_by_address(const struct roster *r, const char *address)
{
	const char *at = address == NULL ? NULL : strchr(address, '@');
	char key[ROSTER_ADDRESS + 1];
	const json_t *row;

	if (at == NULL || at == address || strchr(at + 1, '@') != NULL ||
	    strlen(address) > ROSTER_ADDRESS)
		return NULL;
	for (const char *s = address; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~')
			return NULL;
	address_key(address, true, key);
	row = json_object_get(r->address, key);
	if (row != NULL)
		return row;
	address_key(address, false, key);
	return json_object_get(r->address, key);
}

void
roster_release(struct roster *r)
{
	json_decref(r->list);
	json_decref(r->vendor);
	json_decref(r->address);
	json_decref(r->fpr);
	*r = (struct roster)ROSTER_INIT;
}
