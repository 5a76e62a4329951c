#include "health.h"

#include <string.h>

#include "mailing.h"
#include "pin.h"
#include "table.h"

#define BOM "\xEF\xBB\xBF"

static const char *const columns[] = { "vendor", "state", "health", "days",
	"expires_at", "fpr" };

enum {
	COLUMNS = sizeof columns / sizeof *columns,
	DAY = 24 * 3600,
};

static const int stages[] = { 7, 30, 60 };

/* The stage of a key that ends at END, or 0: it has time. */
static int
stage(when_t end, when_t now)
{
	for (size_t i = 0; end != 0 && i < sizeof stages / sizeof *stages; i++)
		if (end - now <= (when_t)stages[i] * DAY)
			return stages[i];
	return 0;
}

static json_t *
entry(const json_t *row, const char *word, when_t end)
{
	struct text id = TEXT_INIT;
	char at[WHEN_LEN];
	json_t *o;

	text_addf(&id, "vendor/%s/health", record_str(row, "vendor"));
	o = record_new("health", id.p);
	record_set(o, "vendor", record_str(row, "vendor"));
	record_set(o, "state", record_str(row, "state"));
	record_set(o, "health", word);
	record_set(o, "fpr", record_str(row, "fpr"));
	if (end != 0) {
		when_format(end, at);
		record_set(o, "expires_at", at);
	}
	text_release(&id);
	return o;
}

json_t *
health_new(const json_t *row, const char *word)
{
	return entry(row, word, 0);
}

int
health_row(const json_t *row, const char *store, when_t now, json_t **out,
    struct fail *f)
{
	const char *fpr = record_str(row, "fpr"), *reason;
	struct key key;
	int days;

	*out = NULL;
	if (fpr == NULL && roster_registered(row))
		*out = entry(row, "missing", 0);
	if (fpr == NULL)
		return 0;
	if (!pin_is(store, fpr)) {
		*out = entry(row, "unpinned", 0);
		return 0;
	}
	if (pin_read(store, fpr, now, &key, f) != 0)
		return f->code;
	reason = key_reason(&key, now);
	days = stage(key.ends, now);
	if (reason != NULL) {
		*out =
		    entry(row, reason, key.expired ? key.expires : (when_t)0);
	} else if (days != 0) {
		*out = entry(row, "expiring", key.ends);
		json_object_set_new(*out, "days_n", json_integer(days));
	}
	return 0;
}

static int
list_all(const struct roster *r, const char *store, when_t now, json_t **list,
    struct fail *f)
{
	json_t *row, *one;
	int code = 0;

	*list = json_array();
	for (size_t i = 0; i < r->n && code == 0; i++) {
		row = roster_new_row(r, i);
		one = NULL;
		if (!record_is(row, "state", "withdrawn"))
			code = health_row(row, store, now, &one, f);
		if (one != NULL)
			json_array_append_new(*list, one);
		json_decref(row);
	}
	if (code != 0)
		json_decref(*list);
	return code;
}

static void
put_table(const json_t *list, struct text *out)
{
	const char *cell[COLUMNS];
	struct text days = TEXT_INIT;
	const json_t *n;
	json_t *o;
	size_t i, k;

	text_puts(out, BOM);
	table_write(out, columns, COLUMNS);
	json_array_foreach(list, i, o) {
		for (k = 0; k < COLUMNS; k++)
			cell[k] = record_str(o, columns[k]);
		n = json_object_get(o, "days_n");
		text_clear(&days);
		if (n != NULL)
			text_addf(&days, "%d", (int)json_integer_value(n));
		cell[3] = days.p;
		table_write(out, cell, COLUMNS);
	}
	text_release(&days);
}

/* "2026-11-22-30", "2026-11-22-expired", "revoked-04AB5590E6A5856E...". */
static void
word_of(const json_t *o, struct text *out)
{
	const char *at = record_str(o, "expires_at");
	const char *health = record_str(o, "health");
	const char *fpr = record_str(o, "fpr");
	const json_t *n = json_object_get(o, "days_n");

	if (at != NULL)
		text_addf(out, "%.10s-", at);
	if (n != NULL)
		text_addf(out, "%d", (int)json_integer_value(n));
	else
		text_puts(out, health);
	if (at == NULL && fpr != NULL)
		text_addf(out, "-%s", fpr);
}

static json_t *
letters(const json_t *list, const struct roster *r)
{
	json_t *due = json_array(), *o, *about;
	struct text word = TEXT_INIT;
	const char *health;
	size_t i;

	json_array_foreach(list, i, o) {
		health = record_str(o, "health");
		if (strcmp(health, "unpinned") == 0 ||
		    record_is(o, "state", "suspended"))
			continue;
		about = json_object();
		record_set(about, "reason", health);
		record_set(about, "fpr", record_str(o, "fpr"));
		record_set(about, "expires_at", record_str(o, "expires_at"));
		json_object_set(about, "days_n", json_object_get(o, "days_n"));
		text_clear(&word);
		word_of(o, &word);
		mailing_add(due, roster_vendor(r, record_str(o, "vendor")),
		    "key", word.p, about);
	}
	text_release(&word);
	return due;
}

int
health_ask(const struct roster *r, const char *store, when_t now, bool records,
    struct text *out, json_t **due, struct fail *f)
{
	json_t *list, *o;
	size_t i;

	if (list_all(r, store, now, &list, f) != 0)
		return f->code;
	if (due != NULL)
		*due = letters(list, r);
	else if (!records)
		put_table(list, out);
	else
		json_array_foreach(list, i, o)
			record_line(o, out);
	json_decref(list);
	return 0;
}
