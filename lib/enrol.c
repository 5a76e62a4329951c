#include "enrol.h"

#include <string.h>

#include "change.h"
#include "kept.h"
#include "order.h"
#include "row.h"
#include "rule.h"

static json_t *
need(json_t *table, const char *id)
{
	json_t *v = json_object_get(table, id);

	if (v == NULL) {
		v = json_object();
		json_object_set_new(table, id, v);
	}
	return v;
}

bool
enrol_knows(const struct enrol *e, const char *vendor)
{
	return vendor != NULL && json_object_get(e->vendor, vendor) != NULL;
}

const json_t *
enrol_order(const struct enrol *e, const char *vendor)
{
	const json_t *v =
	    vendor == NULL ? NULL : json_object_get(e->stand, vendor);

	return order_row(
	    e->table, record_str(v, "kind"), record_str(v, "begun_at"));
}

json_t *
enrol_waiting(const struct enrol *e)
{
	json_t *out = json_object(), *k, *ids;
	const char *id, *vendor;

	json_object_foreach(e->second, id, k) {
		vendor = record_str(k, "vendor");
		if (json_object_get(k, "counted") != NULL)
			continue;
		if (vendor == NULL)
			vendor = "";
		ids = json_object_get(out, vendor);
		if (ids == NULL) {
			ids = json_array();
			json_object_set_new(out, vendor, ids);
		}
		json_array_append_new(ids, json_string(id));
	}
	return out;
}

static void
set_state(json_t *v, const char *state)
{
	record_set(v, "state", state);
	if (order_rank(state) != 0)
		record_set(v, "reached", state);
}

static void
add_paper(json_t *v, const char *word)
{
	json_t *in = json_object_get(v, "paper");

	if (in == NULL) {
		in = json_array();
		json_object_set_new(v, "paper", in);
	}
	if (word != NULL && !record_has(v, "paper", word))
		json_array_append_new(in, json_string(word));
}

/* A document of a paper stands for the paper. */
static void
add_papers(struct enrol *e, const char *id, const json_t *r)
{
	json_t *v = json_object_get(e->stand, id), *one, *missing;
	size_t i;

	json_array_foreach(json_object_get(r, "paper"), i, one)
		add_paper(v, json_string_value(one));
	json_array_foreach(json_object_get(r, "document"), i, one)
		add_paper(v, record_str(one, "paper"));
	missing =
	    order_missing(enrol_order(e, id), json_object_get(v, "paper"));
	if (json_array_size(missing) == 0 &&
	    order_rank(record_str(v, "reached")) == ORDER_IN)
		set_state(v, order_state(ORDER_IN));
	json_decref(missing);
}

/* The last document of a paper is the one that counts. */
static void
add_documents(json_t *row, const json_t *r)
{
	json_t *all = json_object_get(row, "document"), *one, *old;
	size_t i, k;

	json_array_foreach(json_object_get(r, "document"), i, one) {
		if (all == NULL) {
			all = json_array();
			json_object_set_new(row, "document", all);
		}
		json_array_foreach(all, k, old)
			if (record_is(old, "paper", record_str(one, "paper")))
				break;
		if (k < json_array_size(all))
			json_array_set(all, k, one);
		else
			json_array_append(all, one);
	}
}

/* Papers are added to, and addresses are not here to change. */
static void
take_row(json_t *row, const json_t *r)
{
	json_t *fields = json_copy((json_t *)r);

	json_object_del(fields, "document");
	row_take(row, fields);
	json_decref(fields);
	add_documents(row, r);
}

static void
take_poc(struct enrol *e, const json_t *poc)
{
	json_t *form = json_object_get(json_object_get(poc, "signed"), "form");

	if (form == NULL)
		form = json_object_get(json_object_get(poc, "claimed"), "form");
	if (form == NULL)
		need(e->form, record_str(poc, "id"));
	else
		json_object_set(e->form, record_str(poc, "id"), form);
}

/* Papers, keys and changes of before are gone. */
static void
forget(struct enrol *e, const char *id)
{
	const char *key;
	json_t *k;
	void *next;

	if (json_object_get(e->stand, id) == NULL)
		return;
	json_object_foreach_safe(e->second, next, key, k)
		if (record_is(k, "vendor", id))
			json_object_del(e->second, key);
	json_object_del(e->stand, id);
}

/* Who applies begins anew. */
static void
begin(struct enrol *e, const json_t *r)
{
	const char *id = record_str(r, "vendor");
	json_t *row =
	    row_apply(r, json_object_get(e->form, record_str(r, "of")));

	forget(e, id);
	record_set(need(e->stand, id), "begun_at", record_str(r, "done_at"));
	json_object_set_new(e->vendor, id, row);
}

static void
take_step(struct enrol *e, const json_t *r)
{
	const char *id = record_str(r, "vendor");
	enum order step = order_find(record_str(r, "step"));
	json_t *v = json_object_get(e->stand, id), *done;

	if (!enrol_knows(e, id) || record_is(v, "state", "withdrawn"))
		begin(e, r);
	else if (step != ORDER_IN &&
	    step < order_rank(record_str(v, "reached")))
		return;
	else
		take_row(json_object_get(e->vendor, id), r);
	v = json_object_get(e->stand, id);
	record_set(v, "kind", record_str(r, "kind"));
	done = json_object();
	record_set(done, "by", record_str(r, "by"));
	record_set(done, "done_at", record_str(r, "done_at"));
	json_object_set_new(need(v, "done"), order_name(step), done);
	if (step == ORDER_IN)
		add_papers(e, id, r);
	else
		set_state(v, order_state(step));
}

/* Who brings it first has brought it; its owner changes when one withdrew. */
static void
take_second(struct enrol *e, const json_t *r)
{
	json_t *k = need(e->second, record_str(r, "id"));
	const char *id = record_str(r, "vendor");

	if (id != NULL && !record_is(k, "vendor", id)) {
		json_object_del(k, "by");
		json_object_del(k, "counted");
		record_set(k, "vendor", id);
		need(e->stand, id);
	}
	if (record_str(k, "by") == NULL)
		record_set(k, "by", record_str(r, "by"));
	if (record_is(r, "type", "change"))
		json_object_set(k, "change", (json_t *)r);
}

/* A confirm counts once: the same one again changes nothing back. */
static void
take_confirm(struct enrol *e, const json_t *r)
{
	const char *of = record_str(r, "of"), *id;
	json_t *k = json_object_get(e->second, of), *seen;
	struct text mark = TEXT_INIT;

	if (k == NULL)
		return;
	text_addf(
	    &mark, "%s %s", record_str(r, "by"), record_str(r, "confirmed_at"));
	seen = need(k, "confirmed");
	id = record_str(k, "vendor");
	if (json_object_get(seen, mark.p) == NULL) {
		json_object_set_new(seen, mark.p, json_true());
		json_object_set_new(k, "counted", json_true());
		if (id != NULL && strncmp(of, "key/", 4) == 0)
			record_set(need(e->stand, id), "pin", of + 4);
		else if (id != NULL)
			change_take(json_object_get(e->vendor, id),
			    json_object_get(k, "change"));
	}
	text_release(&mark);
}

void
enrol_row(struct enrol *e, json_t *row)
{
	const char *id = record_str(row, "vendor");
	const char *fpr = record_str(row, "fpr");
	struct text key = TEXT_INIT;
	json_t *k;

	json_object_set_new(e->vendor, id, row);
	k = need(e->stand, id);
	set_state(k, record_str(row, "state"));
	record_set(k, "kind", record_str(row, "kind"));
	add_papers(e, id, row);
	if (fpr != NULL) {
		text_addf(&key, "key/%s", fpr);
		k = need(e->second, key.p);
		record_set(k, "vendor", id);
		json_object_set_new(k, "counted", json_true());
		record_set(json_object_get(e->stand, id), "pin", fpr);
		text_release(&key);
	}
}

/* A vendor that nobody knew comes in as it stands, with its key. */
static void
take_vendor(struct enrol *e, const json_t *r)
{
	const char *id = record_str(r, "vendor");

	if (!enrol_knows(e, id))
		enrol_row(e, row_apply(r, NULL));
	else
		take_row(json_object_get(e->vendor, id), r);
	if (record_str(r, "state") != NULL)
		set_state(
		    json_object_get(e->stand, id), record_str(r, "state"));
	record_set(
	    json_object_get(e->stand, id), "kind", record_str(r, "kind"));
	add_papers(e, id, r);
}

bool
enrol_take(struct enrol *e, const json_t *r)
{
	struct fail f = FAIL_INIT;

	if (rule_check(e, r, &f) != 0)
		return false;
	if (record_is(r, "type", "poc"))
		take_poc(e, r);
	else if (record_is(r, "type", "step"))
		take_step(e, r);
	else if (record_is(r, "type", "key") || record_is(r, "type", "change"))
		take_second(e, r);
	else if (record_is(r, "type", "confirm"))
		take_confirm(e, r);
	else if (record_is(r, "type", "vendor"))
		take_vendor(e, r);
	return true;
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	enrol_take(arg, r);
	return 0;
}

int
enrol_open(struct enrol *e, const char *ledger, struct fail *f)
{
	const struct kept kept = { .path = ledger, .types = ENROL_TYPES };

	*e = (struct enrol){ NULL, json_object(), json_object(), json_object(),
		json_object() };
	if (order_load(&e->table, f) == 0 &&
	    (ledger == NULL || kept_fold(&kept, take, e, f) == 0))
		return 0;
	enrol_release(e);
	return f->code;
}

/* What the steps say overrules what a row says of itself. */
static void
settle(struct enrol *e)
{
	const json_t *v;
	const char *id;
	json_t *row;

	json_object_foreach(e->vendor, id, row) {
		v = json_object_get(e->stand, id);
		record_set(row, "state", record_str(v, "state"));
		if (record_str(v, "pin") == NULL)
			json_object_del(row, "fpr");
		record_set(row, "fpr", record_str(v, "pin"));
		json_object_set(row, "paper", json_object_get(v, "paper"));
	}
}

static int
hear(void *arg, const json_t *r, struct fail *f)
{
	struct enrol *e = arg;
	const char *id = record_str(r, "vendor");
	const char *at = record_str(r, "signed_at"), *last;
	json_t *row = id == NULL ? NULL : json_object_get(e->vendor, id);

	(void)f;
	if (row == NULL || at == NULL || !record_is(r, "verdict", "signed"))
		return 0;
	last = record_str(row, "heard_at");
	if (last == NULL || strcmp(last, at) < 0)
		record_set(row, "heard_at", at);
	return 0;
}

int
enrol_load(struct enrol *e, const char *ledger, struct fail *f)
{
	const struct kept heard = { .path = ledger,
		.types = "message poc status",
		.word = "\"verdict\":\"signed\"" };

	if (enrol_open(e, ledger, f) != 0)
		return f->code;
	settle(e);
	if (kept_fold(&heard, hear, e, f) == 0)
		return 0;
	enrol_release(e);
	return f->code;
}

void
enrol_release(struct enrol *e)
{
	json_decref(e->table);
	json_decref(e->vendor);
	json_decref(e->stand);
	json_decref(e->form);
	json_decref(e->second);
	*e = (struct enrol)ENROL_INIT;
}
