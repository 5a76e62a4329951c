#include "onfile.h"

#include <string.h>

#include "filing.h"
#include "fold.h"
#include "form.h"
#include "kept.h"
#include "poc.h"
#include "roster.h"

/* Append ID to the ids at the key of NAME. */
static void
onfile_add(json_t *map, const char *name, const char *id)
{
	struct text key = TEXT_INIT;
	json_t *ids;

	if (name != NULL)
		fold_name(&key, name, strlen(name));
	if (key.n > 0) {
		ids = json_object_get(map, key.p);
		if (ids == NULL) {
			ids = json_array();
			json_object_set_new(map, key.p, ids);
		}
		if (!record_has(map, key.p, id))
			json_array_append_new(ids, json_string(id));
	}
	text_release(&key);
}

int
onfile_load(
    struct onfile *o, const char *roster, const char *ledger, struct fail *f)
{
	struct roster r = ROSTER_INIT;
	const json_t *name;

	o->row = json_object();
	o->form = json_object();
	o->came = json_object();
	o->ledger = ledger;
	if (roster == NULL)
		return 0;
	if (roster_load(&r, roster, f) == 0)
		for (size_t i = 0; i < r.n; i++) {
			json_t *row = roster_new_row(&r, i);

			name = json_object_get(row, "name");
			onfile_add(o->row, record_str(name, "ja"),
			    record_str(row, "id"));
			onfile_add(o->row, record_str(name, "en"),
			    record_str(row, "id"));
			json_decref(row);
		}
	roster_release(&r);
	return f->code;
}

static const char *
onfile_name(const json_t *poc)
{
	const json_t *team = json_object_get(filing_form(poc), "team");

	return form_value(team, "organization");
}

static int
onfile_take(void *arg, const json_t *poc, struct fail *f)
{
	struct onfile *o = arg;
	const char *id = record_str(poc, "id");

	(void)f;
	if (id == NULL || json_object_get(o->came, id) != NULL)
		return 0;
	json_object_set_new(
	    o->came, id, json_integer((json_int_t)json_object_size(o->came)));
	onfile_add(o->form, onfile_name(poc), id);
	return 0;
}

static int
onfile_read(struct onfile *o, struct fail *f)
{
	const struct kept forms = { .path = o->ledger, .types = "poc" };

	if (o->read || o->ledger == NULL)
		return 0;
	o->read = true;
	return kept_fold(&forms, onfile_take, o, f);
}

/* The forms that came before this one, after the rows. */
static void
onfile_mark(const struct onfile *o, json_t *poc)
{
	const char *name = onfile_name(poc), *id;
	json_t *all = json_array(), *e;
	json_int_t own =
	    json_integer_value(json_object_get(o->came, record_str(poc, "id")));
	struct text key = TEXT_INIT;
	size_t i;

	if (name != NULL)
		fold_name(&key, name, strlen(name));
	if (key.n > 0) {
		json_array_extend(all, json_object_get(o->row, key.p));
		json_array_foreach(json_object_get(o->form, key.p), i, e) {
			id = json_string_value(e);
			if (json_integer_value(json_object_get(o->came, id)) <
			    own)
				json_array_append(all, e);
		}
	}
	text_release(&key);
	json_object_del(poc, "on_file");
	if (json_array_size(all) > 0)
		json_object_set(poc, "on_file", all);
	json_decref(all);
}

int
onfile_record(struct onfile *o, const json_t *in, json_t **poc, struct fail *f)
{
	if (poc_record(in, poc, f) != 0)
		return f->code;
	if (onfile_read(o, f) != 0) {
		json_decref(*poc);
		return f->code;
	}
	onfile_take(o, *poc, f);
	onfile_mark(o, *poc);
	return 0;
}

void
onfile_release(struct onfile *o)
{
	json_decref(o->row);
	json_decref(o->form);
	json_decref(o->came);
	*o = (struct onfile)ONFILE_INIT;
}
