#include "rule.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "order.h"
#include "row.h"

static json_t *
find(const json_t *table, const char *id)
{
	return id == NULL ? NULL : json_object_get(table, id);
}

static bool
same(const json_t *a, const json_t *b, const char *key)
{
	const char *s = record_str(a, key);

	return s != NULL && record_is(b, key, s);
}

/* "the papers 'a', 'b' and 'c'" */
static void
list_missing(const json_t *paper, struct text *out)
{
	json_t *missing = order_missing(paper), *e;
	size_t n = json_array_size(missing), i;

	text_puts(out, n == 1 ? "the paper " : "the papers ");
	json_array_foreach(missing, i, e) {
		if (i > 0)
			text_puts(out, i + 1 < n ? ", " : " and ");
		text_addf(out, "'%s'", json_string_value(e));
	}
	json_decref(missing);
}

static int
too_early(const json_t *v, const char *id, const char *what, struct fail *f)
{
	enum order n = order_rank(record_str(v, "reached"));
	struct text t = TEXT_INIT;

	if (n == ORDER_IN)
		list_missing(json_object_get(v, "paper"), &t);
	else
		text_addf(&t, "the step '%s'", order_name(n));
	fail(f, EX_DATAERR, "%s: %s needs %s first", id, what, t.p);
	text_release(&t);
	return f->code;
}

static int
anew(const char *id, struct fail *f)
{
	return fail(f, EX_DATAERR,
	    "%s: withdrew, and begins again with the step 'apply'", id);
}

static int
check_fields(const json_t *r, const char *id, struct fail *f)
{
	json_t *e;
	size_t i;

	if (row_check(r, f) != 0)
		return fail_in(f, "%s", id);
	json_array_foreach(json_object_get(r, "paper"), i, e)
		if (!order_paper(json_string_value(e)))
			return fail(f, EX_DATAERR,
			    "%s: paper[%zu] is none of the seven papers", id,
			    i);
	return 0;
}

static int
check_apply(
    const struct step *s, const json_t *r, const char *id, struct fail *f)
{
	const char *of = record_str(r, "of");

	if (of == NULL)
		return fail(f, EX_DATAERR,
		    "%s: step 'apply' names no poc record in 'of'", id);
	if (find(s->poc, of) == NULL)
		return fail(f, EX_DATAERR,
		    "%s: poc record '%s' is not in the ledger", id, of);
	return 0;
}

static int
check_agree(const struct step *s, const char *id, struct fail *f)
{
	const char *key;
	json_t *k;

	if (record_str(find(s->vendor, id), "pin") != NULL)
		return 0;
	json_object_foreach(s->key, key, k)
		if (record_is(k, "vendor", id))
			return fail(f, EX_DATAERR,
			    "%s: step 'agree' needs a second person to "
			    "confirm '%s' first",
			    id, key);
	return fail(
	    f, EX_DATAERR, "%s: step 'agree' needs a 'key' record first", id);
}

static int
check_order(const struct step *s, const json_t *r, enum order step,
    const char *id, struct fail *f)
{
	const json_t *v = find(s->vendor, id);
	const json_t *done = find(json_object_get(v, "done"), order_name(step));
	enum order n = order_rank(record_str(v, "reached"));
	char what[32];

	snprintf(what, sizeof what, "step '%s'", order_name(step));
	if (record_is(v, "state", "withdrawn"))
		return step == ORDER_APPLY ? check_apply(s, r, id, f) :
					     anew(id, f);
	if (step > n)
		return too_early(v, id, what, f);
	if (step < n && step != ORDER_IN &&
	    !(same(done, r, "by") && same(done, r, "done_at")))
		return fail(
		    f, EX_DATAERR, "%s: %s was taken already", id, what);
	if (step == ORDER_APPLY)
		return check_apply(s, r, id, f);
	if (step == ORDER_IN &&
	    json_array_size(json_object_get(r, "paper")) == 0)
		return fail(f, EX_DATAERR, "%s: %s names no paper", id, what);
	return step == ORDER_AGREE ? check_agree(s, id, f) : 0;
}

static int
check_step(const struct step *s, const json_t *r, struct fail *f)
{
	const char *id, *name;
	char want[160];
	enum order step;

	if (record_need(r, "vendor", &id, f) != 0 ||
	    record_need(r, "step", &name, f) != 0)
		return f->code;
	step = order_find(name);
	if (step == ORDER_STEPS)
		return fail(
		    f, EX_DATAERR, "%s: step '%s' is unknown", id, name);
	snprintf(want, sizeof want, "vendor/%s/step/%s", id, name);
	if (!record_is(r, "id", want))
		return fail(f, EX_DATAERR, "%s: the id is not '%s'", id, want);
	if (check_fields(r, id, f) != 0)
		return f->code;
	return check_order(s, r, step, id, f);
}

static int
check_owner(
    const struct step *s, const char *key, const char *id, struct fail *f)
{
	const char *owner = record_str(find(s->key, key), "vendor");

	if (owner == NULL || strcmp(owner, id) == 0 ||
	    record_is(find(s->vendor, owner), "state", "withdrawn"))
		return 0;
	return fail(
	    f, EX_DATAERR, "%s: '%s' belongs to vendor '%s'", id, key, owner);
}

static int
check_key(const struct step *s, const json_t *r, struct fail *f)
{
	const char *id, *fpr;
	char want[80];

	if (record_need(r, "vendor", &id, f) != 0 ||
	    record_need(r, "fpr", &fpr, f) != 0)
		return f->code;
	snprintf(want, sizeof want, "key/%s", fpr);
	if (!record_is(r, "id", want))
		return fail(f, EX_DATAERR, "%s: the id is not '%s'", id, want);
	return check_owner(s, want, id, f);
}

/* Who brought the key; a key without a name was brought by who took "apply". */
static const char *
brought_by(const struct step *s, const json_t *key)
{
	const char *by = record_str(key, "by");

	return by != NULL ?
	    by :
	    record_str(find(s->vendor, record_str(key, "vendor")), "by");
}

static int
check_confirm(const struct step *s, const json_t *r, struct fail *f)
{
	const char *of, *by, *first;
	const json_t *k;

	if (record_need(r, "of", &of, f) != 0 ||
	    record_need(r, "by", &by, f) != 0)
		return f->code;
	if (strncmp(of, "key/", 4) != 0)
		return 0;
	k = find(s->key, of);
	if (k == NULL)
		return fail(f, EX_DATAERR, "key '%s' is not in the ledger", of);
	first = brought_by(s, k);
	if (first == NULL)
		return fail(f, EX_DATAERR,
		    "'%s' does not say who brought it: add 'by' to it", of);
	if (strcasecmp(first, by) == 0)
		return fail(f, EX_DATAERR,
		    "'%s' was brought by '%s': another person confirms it", of,
		    first);
	return 0;
}

static int
check_vendor(const struct step *s, const json_t *r, struct fail *f)
{
	const char *id, *state = record_str(r, "state");
	const char *fpr = record_str(r, "fpr");
	const json_t *v;
	char what[48], key[80];

	if (record_need(r, "vendor", &id, f) != 0)
		return f->code;
	snprintf(key, sizeof key, "vendor/%s", id);
	if (!record_is(r, "id", key))
		return fail(f, EX_DATAERR, "%s: the id is not '%s'", id, key);
	if (check_fields(r, id, f) != 0)
		return f->code;
	v = find(s->vendor, id);
	snprintf(key, sizeof key, "key/%s", fpr != NULL ? fpr : "");
	if (v == NULL)
		return fpr == NULL ? 0 : check_owner(s, key, id, f);
	if (fpr != NULL && !record_is(v, "pin", fpr))
		return fail(f, EX_DATAERR,
		    "%s: 'fpr' changes by the records 'key' and 'confirm'", id);
	if (record_is(v, "state", "withdrawn") && state != NULL &&
	    !record_is(r, "state", "withdrawn"))
		return anew(id, f);
	snprintf(what, sizeof what, "state '%s'", state != NULL ? state : "");
	if (order_rank(state) > order_rank(record_str(v, "reached")))
		return too_early(v, id, what, f);
	return 0;
}

int
rule_check(const struct step *s, const json_t *r, struct fail *f)
{
	if (record_is(r, "type", "step"))
		return check_step(s, r, f);
	if (record_is(r, "type", "key"))
		return check_key(s, r, f);
	if (record_is(r, "type", "confirm"))
		return check_confirm(s, r, f);
	if (record_is(r, "type", "vendor"))
		return check_vendor(s, r, f);
	return 0;
}
