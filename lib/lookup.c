#include "lookup.h"

#include <stdio.h>
#include <string.h>

#include "seek.h"

typedef const char *seek(const char *p, size_t n, const char *word);

int
lookup_open(struct lookup *l, const char *path, struct fail *f)
{
	bool table = false;

	*l = (struct lookup)LOOKUP_INIT;
	if (path == NULL)
		return 0;
	text_puts(&l->path, path);
	l->asked = json_object();
	l->read = json_object();
	return roster_begin(&l->roster, l->path.p, &table, f);
}

static int
take(void *arg, const struct table_row *cells, struct fail *f)
{
	struct lookup *l = arg;
	char at[24];

	snprintf(at, sizeof at, "%zu", cells->at);
	if (json_object_get(l->read, at) != NULL)
		return 0;
	if (roster_add(&l->roster, cells, f) != 0)
		return f->code;
	json_object_set_new(l->read, at, json_true());
	return 0;
}

/* Read the rows in which WORD stands, once. */
static int
ask(struct lookup *l, seek *how, const char *word, struct fail *f)
{
	int code;

	if (word == NULL || *word == '\0' ||
	    json_object_get(l->asked, word) != NULL)
		return 0;
	code = table_find(&l->roster.table, how, word, take, l, f);
	if (code == EX_DATAERR)
		code = f->code = EX_CONFIG;
	if (code == 0)
		json_object_set_new(l->asked, word, json_true());
	return code;
}

static int
ask_domain(struct lookup *l, const char *address, struct fail *f)
{
	const char *at = address == NULL ? NULL : strchr(address, '@');

	return at == NULL ? 0 : ask(l, seek_word, at + 1, f);
}

/* Read whatever may own what this row owns. */
static int
settle(struct lookup *l, const json_t *row, struct fail *f)
{
	const json_t *contact = json_object_get(row, "contact");
	json_t *mail, *domain;
	size_t i;

	if (ask(l, seek_word, record_str(row, "vendor"), f) != 0 ||
	    ask_domain(l, record_str(row, "email"), f) != 0 ||
	    ask_domain(l, record_str(contact, "email"), f) != 0)
		return f->code;
	json_array_foreach(json_object_get(row, "mail"), i, mail)
		if (ask_domain(l, record_str(mail, "email"), f) != 0)
			return f->code;
	json_array_foreach(json_object_get(row, "domain"), i, domain)
		if (ask(l, seek_word, json_string_value(domain), f) != 0)
			return f->code;
	return ask(l, seek_digits, record_str(row, "fpr"), f);
}

static bool
is_table(const struct lookup *l)
{
	return l->roster.table.mapped != NULL;
}

/* A ledger is folded whole, with the first question. */
static int
load(struct lookup *l, struct fail *f)
{
	if (l->loaded || l->path.n == 0 || is_table(l))
		return 0;
	roster_release(&l->roster);
	if (roster_load(&l->roster, l->path.p, f) != 0)
		return f->code;
	l->loaded = true;
	return 0;
}

static int
give(struct lookup *l, const json_t *found, const json_t **row, struct fail *f)
{
	if (found != NULL && is_table(l) && settle(l, found, f) != 0)
		return f->code;
	*row = found;
	return 0;
}

int
lookup_address(
    struct lookup *l, const char *address, const json_t **row, struct fail *f)
{
	*row = NULL;
	if (load(l, f) != 0 || (is_table(l) && ask_domain(l, address, f) != 0))
		return f->code;
	return give(l, roster_by_address(&l->roster, address), row, f);
}

int
lookup_fpr(
    struct lookup *l, const char *fpr, const json_t **row, struct fail *f)
{
	*row = NULL;
	if (load(l, f) != 0 ||
	    (is_table(l) && ask(l, seek_digits, fpr, f) != 0))
		return f->code;
	return give(l, roster_by_fpr(&l->roster, fpr), row, f);
}

void
lookup_release(struct lookup *l)
{
	roster_release(&l->roster);
	text_release(&l->path);
	json_decref(l->asked);
	json_decref(l->read);
	*l = (struct lookup)LOOKUP_INIT;
}
