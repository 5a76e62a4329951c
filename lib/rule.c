#include "rule.h"

#include <stdio.h>
#include <string.h>

#include "order.h"
#include "row.h"
#include "witness.h"

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
list_missing(const json_t *missing, struct text *out)
{
	size_t n = json_array_size(missing), i;
	json_t *e;

	text_puts(out, n == 1 ? "the paper " : "the papers ");
	json_array_foreach(missing, i, e) {
		if (i > 0)
			text_puts(out, i + 1 < n ? ", " : " and ");
		text_addf(out, "'%s'", json_string_value(e));
	}
}

/* Refuse WHAT when a paper of ROW is not in PAPER. */
static int
check_papers(const json_t *row, const json_t *paper, const char *id,
    const char *what, struct fail *f)
{
	json_t *missing = order_missing(row, paper);
	struct text t = TEXT_INIT;
	int code = 0;

	if (json_array_size(missing) > 0) {
		list_missing(missing, &t);
		code =
		    fail(f, EX_DATAERR, "%s: %s needs %s first", id, what, t.p);
	}
	text_release(&t);
	json_decref(missing);
	return code;
}

/* Refuse a step, or the state that it leads to, before NEXT was taken. */
static int
too_early(const struct enrol *e, const char *id, enum order next,
    const char *what, struct fail *f)
{
	const json_t *paper = json_object_get(find(e->stand, id), "paper");

	if (next == ORDER_IN &&
	    check_papers(enrol_order(e, id), paper, id, what, f) != 0)
		return f->code;
	return fail(f, EX_DATAERR, "%s: %s needs the step '%s' first", id, what,
	    order_name(next));
}

static int
anew(const char *id, struct fail *f)
{
	return fail(f, EX_DATAERR,
	    "%s: withdrew, and begins again with the step 'apply'", id);
}

static int
check_documents(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(r, "document"), i, one)
		if (order_paper(e->table, record_str(one, "paper")) == NULL)
			return fail(f, EX_DATAERR,
			    "%s: document[%zu].paper is no paper of "
			    "label/order.json",
			    id, i);
	return 0;
}

static int
check_fields(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	json_t *one;
	size_t i;

	if (row_check(r, f) != 0)
		return fail_in(f, "%s", id);
	json_array_foreach(json_object_get(r, "paper"), i, one)
		if (order_paper(e->table, json_string_value(one)) == NULL)
			return fail(f, EX_DATAERR,
			    "%s: paper[%zu] is no paper of label/order.json",
			    id, i);
	return check_documents(e, r, id, f);
}

/* Who came in as an individual owes the rest before it is told as others. */
static int
check_kind(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	const json_t *v = find(e->stand, id), *done = find(v, "done"), *row;
	const char *kind = record_str(r, "kind");
	json_t *paper;
	char what[32];
	int code;

	if (kind == NULL || find(done, "apply") == NULL ||
	    order_rank(record_str(v, "reached")) <= ORDER_IN)
		return 0;
	row = order_row(e->table, kind, record_str(v, "begun_at"));
	snprintf(what, sizeof what, "kind '%s'", kind);
	paper = json_array();
	json_array_extend(paper, json_object_get(v, "paper"));
	json_array_extend(paper, json_object_get(r, "paper"));
	code = check_papers(row, paper, id, what, f);
	json_decref(paper);
	if (code == 0 && order_next(row, ORDER_MEETING) == ORDER_MEETING &&
	    order_rank(record_str(v, "reached")) > ORDER_MEETING &&
	    find(done, "meeting") == NULL)
		code = fail(f, EX_DATAERR,
		    "%s: %s needs the step 'meeting' first", id, what);
	return code;
}

static int
check_apply(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	const char *of = record_str(r, "of");

	if (of == NULL)
		return fail(f, EX_DATAERR,
		    "%s: step 'apply' names no poc record in 'of'", id);
	if (find(e->form, of) == NULL)
		return fail(f, EX_DATAERR,
		    "%s: poc record '%s' is not in the ledger", id, of);
	return 0;
}

static int
check_agree(const struct enrol *e, const char *id, struct fail *f)
{
	const char *of;
	json_t *k;

	if (record_str(find(e->stand, id), "pin") != NULL)
		return 0;
	json_object_foreach(e->second, of, k)
		if (record_is(k, "vendor", id) && strncmp(of, "key/", 4) == 0)
			return fail(f, EX_DATAERR,
			    "%s: step 'agree' needs a second person to "
			    "confirm '%s' first",
			    id, of);
	return fail(
	    f, EX_DATAERR, "%s: step 'agree' needs a 'key' record first", id);
}

static int
check_order(const struct enrol *e, const json_t *r, enum order step,
    const char *id, struct fail *f)
{
	const json_t *v = find(e->stand, id);
	const json_t *done = find(json_object_get(v, "done"), order_name(step));
	const json_t *row = enrol_order(e, id);
	enum order n = order_rank(record_str(v, "reached"));
	char what[32];

	snprintf(what, sizeof what, "step '%s'", order_name(step));
	if (!enrol_knows(e, id) && step == ORDER_APPLY)
		return check_apply(e, r, id, f);
	if (record_is(v, "state", "withdrawn"))
		return step == ORDER_APPLY ? check_apply(e, r, id, f) :
					     anew(id, f);
	if (step > order_next(row, n))
		return too_early(e, id, order_next(row, n), what, f);
	if (step < n && step != ORDER_IN)
		return same(done, r, "by") && same(done, r, "done_at") ?
		    0 :
		    fail(f, EX_DATAERR, "%s: %s was taken already", id, what);
	if (record_is(v, "state", "suspended"))
		return fail(f, EX_DATAERR,
		    "%s: %s needs a 'vendor' record with its state first: it "
		    "is suspended",
		    id, what);
	if (order_next(row, step) != step)
		return fail(f, EX_DATAERR, "%s: %s is none of its registration",
		    id, what);
	if (step == ORDER_IN &&
	    json_array_size(json_object_get(r, "paper")) +
		    json_array_size(json_object_get(r, "document")) ==
		0)
		return fail(f, EX_DATAERR, "%s: %s names no paper", id, what);
	if (step > ORDER_IN &&
	    check_papers(row, json_object_get(v, "paper"), id, what, f) != 0)
		return f->code;
	if (step == ORDER_AGREE && check_agree(e, id, f) != 0)
		return f->code;
	return witness_addresses(e, r, id, f);
}

static int
check_step(const struct enrol *e, const json_t *r, struct fail *f)
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
	if (witness_person(r, id, f) != 0 || check_fields(e, r, id, f) != 0 ||
	    check_order(e, r, step, id, f) != 0)
		return f->code;
	return check_kind(e, r, id, f);
}

static int
check_known(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	const char *state = record_str(r, "state");
	const char *fpr = record_str(r, "fpr");
	const json_t *v = find(e->stand, id);
	enum order n = order_rank(record_str(v, "reached"));
	char what[48];

	if (fpr != NULL && !record_is(v, "pin", fpr))
		return fail(f, EX_DATAERR,
		    "%s: 'fpr' changes by the records 'key' and 'confirm'", id);
	if (record_is(v, "state", "withdrawn") && state != NULL &&
	    strcmp(state, "withdrawn") != 0)
		return anew(id, f);
	if (witness_addresses(e, r, id, f) != 0)
		return f->code;
	snprintf(what, sizeof what, "state '%s'", state != NULL ? state : "");
	if (order_rank(state) > n)
		return too_early(
		    e, id, order_next(enrol_order(e, id), n), what, f);
	return check_kind(e, r, id, f);
}

static int
check_vendor(const struct enrol *e, const json_t *r, struct fail *f)
{
	const char *id, *fpr = record_str(r, "fpr");
	const char *pin;
	char key[80];

	if (record_need(r, "vendor", &id, f) != 0)
		return f->code;
	snprintf(key, sizeof key, "vendor/%s", id);
	if (!record_is(r, "id", key))
		return fail(f, EX_DATAERR, "%s: the id is not '%s'", id, key);
	if (check_fields(e, r, id, f) != 0)
		return f->code;
	if (enrol_knows(e, id))
		return check_known(e, r, id, f);
	pin = record_str(find(e->stand, id), "pin");
	if (fpr != NULL && pin != NULL && strcmp(fpr, pin) != 0)
		return fail(f, EX_DATAERR,
		    "%s: 'fpr' changes by the records 'key' and 'confirm'", id);
	snprintf(key, sizeof key, "key/%s", fpr != NULL ? fpr : "");
	return fpr == NULL ? 0 : witness_owner(e, key, id, f);
}

int
rule_check(const struct enrol *e, const json_t *r, struct fail *f)
{
	static const struct {
		const char *type;
		int (*check)(
		    const struct enrol *, const json_t *, struct fail *);
	} checks[] = {
		{ "step", check_step },
		{ "key", witness_key },
		{ "change", witness_change },
		{ "confirm", witness_confirm },
		{ "vendor", check_vendor },
	};

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (record_is(r, "type", checks[i].type))
			return checks[i].check(e, r, f);
	return 0;
}
