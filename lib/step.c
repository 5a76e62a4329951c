#include "step.h"

#include <stdio.h>
#include <string.h>

#include "kept.h"
#include "order.h"
#include "rule.h"

static json_t *
find(const json_t *table, const char *id)
{
	return id == NULL ? NULL : json_object_get(table, id);
}

static json_t *
need(json_t **table, const char *id)
{
	json_t *v;

	if (*table == NULL)
		*table = record_new(NULL, NULL);
	v = json_object_get(*table, id);
	if (v == NULL) {
		v = json_object();
		json_object_set_new(*table, id, v);
	}
	return v;
}

static bool
same(const json_t *a, const json_t *b, const char *key)
{
	const char *s = record_str(a, key);

	return s != NULL && record_is(b, key, s);
}

int
step_check(const struct step *s, const json_t *r, struct fail *f)
{
	return rule_check(s, r, f);
}

static void
set_state(json_t *v, const char *state)
{
	record_set(v, "state", state);
	if (order_rank(state) != 0)
		record_set(v, "reached", state);
}

static void
add_papers(json_t *v, const json_t *paper)
{
	json_t *in = json_object_get(v, "paper"), *missing, *e;
	size_t i;

	if (in == NULL) {
		in = json_array();
		json_object_set_new(v, "paper", in);
	}
	json_array_foreach(paper, i, e)
		if (!record_has(v, "paper", json_string_value(e)))
			json_array_append(in, e);
	missing = order_missing(in);
	if (json_array_size(missing) == 0 &&
	    order_rank(record_str(v, "reached")) == ORDER_IN)
		set_state(v, order_state(ORDER_IN));
	json_decref(missing);
}

/* Who withdrew and comes back begins anew, papers and keys included. */
static void
forget(struct step *s, const char *id)
{
	const char *key;
	json_t *k;
	void *next;

	json_object_foreach_safe(s->key, next, key, k)
		if (record_is(k, "vendor", id))
			json_object_del(s->key, key);
	json_object_clear(need(&s->vendor, id));
}

static void
take_step(struct step *s, const json_t *r)
{
	const char *id = record_str(r, "vendor");
	enum order step = order_find(record_str(r, "step"));
	json_t *v = need(&s->vendor, id), *done;

	if (record_is(v, "state", "withdrawn"))
		forget(s, id);
	else if (step != ORDER_IN &&
	    step < order_rank(record_str(v, "reached")))
		return;
	done = json_object();
	record_set(done, "by", record_str(r, "by"));
	record_set(done, "done_at", record_str(r, "done_at"));
	json_object_set_new(need(&v, "done"), order_name(step), done);
	if (step == ORDER_IN)
		add_papers(v, json_object_get(r, "paper"));
	else if (order_rank(record_str(v, "reached")) == step)
		set_state(v, order_state(step));
	if (step == ORDER_APPLY)
		record_set(v, "by", record_str(r, "by"));
}

static void
take_key(struct step *s, const json_t *r)
{
	json_t *k = need(&s->key, record_str(r, "id"));

	if (same(k, r, "vendor"))
		return;
	json_object_clear(k);
	record_set(k, "vendor", record_str(r, "vendor"));
	record_set(k, "by", record_str(r, "by"));
}

static void
pin(struct step *s, const char *key)
{
	json_t *k = find(s->key, key);

	if (k == NULL || json_is_true(json_object_get(k, "confirmed")))
		return;
	json_object_set_new(k, "confirmed", json_true());
	record_set(need(&s->vendor, record_str(k, "vendor")), "pin",
	    key + strlen("key/"));
}

static void
take_vendor(struct step *s, const json_t *r)
{
	const char *id = record_str(r, "vendor");
	const char *fpr = record_str(r, "fpr");
	bool known = find(s->vendor, id) != NULL;
	json_t *v = need(&s->vendor, id);
	char key[80];

	set_state(v, record_str(r, "state"));
	add_papers(v, json_object_get(r, "paper"));
	if (known || fpr == NULL)
		return;
	snprintf(key, sizeof key, "key/%s", fpr);
	record_set(need(&s->key, key), "vendor", id);
	pin(s, key);
}

bool
step_take(struct step *s, const json_t *r)
{
	struct fail f = FAIL_INIT;

	if (step_check(s, r, &f) != 0)
		return false;
	if (record_is(r, "type", "poc"))
		need(&s->poc, record_str(r, "id"));
	else if (record_is(r, "type", "step"))
		take_step(s, r);
	else if (record_is(r, "type", "key"))
		take_key(s, r);
	else if (record_is(r, "type", "confirm"))
		pin(s, record_str(r, "of"));
	else if (record_is(r, "type", "vendor"))
		take_vendor(s, r);
	return true;
}

const char *
step_state(const struct step *s, const char *vendor)
{
	return record_str(find(s->vendor, vendor), "state");
}

const char *
step_pin(const struct step *s, const char *vendor)
{
	return record_str(find(s->vendor, vendor), "pin");
}

const json_t *
step_paper(const struct step *s, const char *vendor)
{
	return json_object_get(find(s->vendor, vendor), "paper");
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	step_take(arg, r);
	return 0;
}

int
step_load(struct step *s, const char *ledger, struct fail *f)
{
	const struct kept steps = { .path = ledger, .types = STEP_TYPES };

	return kept_fold(&steps, take, s, f);
}

void
step_release(struct step *s)
{
	json_decref(s->vendor);
	json_decref(s->poc);
	json_decref(s->key);
	*s = (struct step)STEP_INIT;
}
