#include "owed.h"

#include <string.h>

#include "enrol.h"
#include "fold.h"
#include "items.h"
#include "mailing.h"
#include "order.h"
#include "roster.h"
#include "table.h"

#define BOM "\xEF\xBB\xBF"

static const char *const columns[] = { "vendor", "state", "next", "paper",
	"key", "confirm", "on_file" };

enum {
	COLUMNS = sizeof columns / sizeof *columns,
};

static int
load_table(struct enrol *e, const char *path, struct fail *f)
{
	struct roster r = ROSTER_INIT;

	if (enrol_open(e, NULL, f) != 0)
		return f->code;
	if (roster_load(&r, path, f) != 0) {
		enrol_release(e);
		return f->code;
	}
	for (size_t i = 0; i < r.n; i++)
		enrol_row(e, roster_new_row(&r, i));
	roster_release(&r);
	return 0;
}

int
owed_load(struct enrol *e, const char *path, struct fail *f)
{
	struct roster r = ROSTER_INIT;
	bool table = false;
	int code = roster_begin(&r, path, &table, f);

	roster_release(&r);
	if (code != 0)
		return code;
	return table ? load_table(e, path, f) : enrol_load(e, path, f);
}

/* The ids at the key of each name of the row: NAMES gets them, or FOUND. */
static void
each_name(const json_t *row, json_t *names, json_t *found)
{
	const char *id = record_str(row, "vendor"), *lang;
	json_t *ids, *name;
	struct text key = TEXT_INIT;

	json_object_foreach(json_object_get(row, "name"), lang, name) {
		text_clear(&key);
		if (json_is_string(name))
			fold_name(&key, json_string_value(name),
			    json_string_length(name));
		if (key.n == 0)
			continue;
		ids = json_object_get(names, key.p);
		if (ids == NULL && found == NULL) {
			ids = json_array();
			json_object_set_new(names, key.p, ids);
		}
		if (found != NULL)
			json_array_extend(found, ids);
		else
			json_array_append_new(ids, json_string(id));
	}
	text_release(&key);
}

/* The other vendors of the same name, each once. */
static json_t *
on_file(const json_t *row, json_t *names)
{
	json_t *all = json_array(), *one = json_object();
	const char *id, *own = record_str(row, "vendor");
	json_t *e;
	size_t i;

	each_name(row, names, all);
	json_object_set_new(one, "on_file", json_array());
	json_array_foreach(all, i, e) {
		id = json_string_value(e);
		if (strcmp(id, own) != 0 && !record_has(one, "on_file", id))
			json_array_append(json_object_get(one, "on_file"), e);
	}
	e = json_incref(json_object_get(one, "on_file"));
	json_decref(one);
	json_decref(all);
	return e;
}

/* NULL: it owes nothing. */
static json_t *
entry(const struct enrol *e, const json_t *row, json_t *names,
    const json_t *waiting)
{
	const char *id = record_str(row, "vendor");
	const char *state = record_str(row, "state");
	const json_t *order = enrol_order(e, id);
	enum order next = order_rank(state);
	bool on_way = next != 0 && next != ORDER_STEPS;
	json_t *confirm = json_object_get(waiting, id), *o;

	if (strcmp(state, "withdrawn") == 0 || (!on_way && confirm == NULL))
		return NULL;
	o = json_object();
	record_set(o, "vendor", id);
	record_set(o, "state", state);
	if (on_way) {
		record_set(o, "next", order_name(order_next(order, next)));
		json_object_set_new(o, "paper",
		    order_missing(order, json_object_get(row, "paper")));
		json_object_set_new(o, "on_file", on_file(row, names));
	}
	if (record_str(row, "fpr") == NULL)
		record_set(o, "key", "unconfirmed");
	json_object_set(o, "confirm", confirm);
	return o;
}

static json_t *
list_all(const struct enrol *e)
{
	json_t *out = json_array(), *names = json_object(), *row, *o;
	json_t *waiting = enrol_waiting(e);
	const char *id;

	json_object_foreach(e->vendor, id, row)
		if (!record_is(row, "state", "withdrawn"))
			each_name(row, names, NULL);
	json_object_foreach(e->vendor, id, row) {
		o = entry(e, row, names, waiting);
		if (o != NULL)
			json_array_append_new(out, o);
	}
	row = json_object_get(waiting, "");
	if (row != NULL)
		json_array_append_new(out, json_pack("{s:O}", "confirm", row));
	json_decref(names);
	json_decref(waiting);
	return out;
}

/* {"missing":[names of papers],"unconfirmed":true} */
static json_t *
papers(const struct enrol *e, const json_t *o)
{
	json_t *about = json_object(), *missing = json_array(), *one;
	size_t i;

	json_array_foreach(json_object_get(o, "paper"), i, one)
		json_array_append(missing,
		    (json_t *)order_paper(e->table, json_string_value(one)));
	json_object_set_new(about, "missing", missing);
	json_array_foreach(json_object_get(o, "confirm"), i, one)
		if (strncmp(json_string_value(one), "key/", 4) == 0)
			json_object_set_new(about, "unconfirmed", json_true());
	return about;
}

/* Who took the last step lately, on the day of that step. */
static void
registered(const struct enrol *e, when_t now, json_t *due)
{
	const char *id, *at;
	char day[WHEN_DAY];
	json_t *row, *v, *about;
	when_t t;

	json_object_foreach(e->vendor, id, row) {
		v = json_object_get(json_object_get(e->stand, id), "done");
		at = record_str(
		    json_object_get(v, order_name(ORDER_AGREE)), "done_at");
		if (at == NULL || !when_parse(at, &t) ||
		    !roster_registered(row) ||
		    now - t > (when_t)OWED_TELL * 24 * 3600)
			continue;
		when_day(t, day);
		about = json_object();
		record_set(about, "fpr", record_str(row, "fpr"));
		mailing_add(due, row, "registered", day, about);
	}
}

static json_t *
letters(const struct enrol *e, const json_t *list, when_t now)
{
	json_t *due = json_array(), *o, *row;
	enum order next;
	char day[WHEN_DAY];
	size_t i;

	when_day(now, day);
	json_array_foreach(list, i, o) {
		row = json_object_get(e->vendor, record_str(o, "vendor"));
		next = order_find(record_str(o, "next"));
		if (next == ORDER_SHOWN || next == ORDER_IN)
			mailing_add(due, row, "papers", day, papers(e, o));
		else if (next == ORDER_MEETING)
			mailing_add(due, row, "meeting", day, json_object());
	}
	registered(e, now, due);
	return due;
}

static void
put_table(const json_t *list, struct text *out)
{
	struct text item[COLUMNS] = { { NULL, 0, 0 } };
	const char *cell[COLUMNS];
	const json_t *v;
	json_t *o;
	size_t i, k;

	text_puts(out, BOM);
	table_write(out, columns, COLUMNS);
	json_array_foreach(list, i, o) {
		for (k = 0; k < COLUMNS; k++) {
			v = json_object_get(o, columns[k]);
			text_clear(&item[k]);
			if (json_is_array(v))
				items_join(v, &item[k]);
			cell[k] =
			    json_is_array(v) ? item[k].p : json_string_value(v);
		}
		table_write(out, cell, COLUMNS);
	}
	for (k = 0; k < COLUMNS; k++)
		text_release(&item[k]);
}

int
owed_ask(const char *path, when_t now, struct text *out, json_t **due,
    struct fail *f)
{
	struct enrol e = ENROL_INIT;
	json_t *list;

	if (owed_load(&e, path, f) != 0)
		return f->code;
	list = list_all(&e);
	if (due != NULL)
		*due = letters(&e, list, now);
	else
		put_table(list, out);
	json_decref(list);
	enrol_release(&e);
	return 0;
}
