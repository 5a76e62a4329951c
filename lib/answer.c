#include "answer.h"

#include <string.h>

#include "filing.h"
#include "fold.h"
#include "form.h"

static struct label answer_label = LABEL_INIT;

int
answer_load(const char *name, struct fail *f)
{
	answer_release();
	return label_load(&answer_label, name, f);
}

static int
answer_need(
    const json_t *form, const char *field, const char **value, struct fail *f)
{
	const json_t *v = json_object_get(form, field);
	const char *problem = record_str(v, "problem");

	*value = record_str(v, "value");
	if (*value != NULL)
		return 0;
	return fail(f, EX_DATAERR, "field '%s' of the form: %s", field,
	    problem == NULL ? "missing" : problem);
}

static bool
answer_same(const json_t *a, const json_t *b, const char *field, bool name)
{
	const char *x = form_value(a, field), *y = form_value(b, field);
	struct text k = TEXT_INIT, m = TEXT_INIT;
	bool same;

	if (x == NULL || y == NULL)
		return x == y && !name;
	fold_bare(&k, x, strlen(x));
	fold_bare(&m, y, strlen(y));
	same = k.n == m.n && (k.n == 0 || memcmp(k.p, m.p, k.n) == 0);
	text_release(&k);
	text_release(&m);
	return same;
}

static void
answer_doubt(json_t *block)
{
	json_t *status = json_object_get(block, "status");

	json_object_del(status, "value");
	json_object_set_new(status, "problem", json_string("ambiguous"));
}

/* Nothing but the name: what a notice asks for, quoted beside the answer. */
static bool
answer_asked(const json_t *block)
{
	const char *problem =
	    record_str(json_object_get(block, "status"), "problem");

	return json_object_size(block) == 2 && problem != NULL &&
	    strcmp(problem, "missing") == 0;
}

/* One product with two statuses, and no versions that tell them apart. */
static void
answer_pair(json_t *list, size_t i, size_t k)
{
	json_t *a = json_array_get(list, i), *b = json_array_get(list, k);

	if (i == k || !answer_same(a, b, "name", true))
		return;
	if (answer_asked(a))
		json_array_remove(list, i);
	else if (!answer_asked(b) && answer_same(a, b, "affected", false) &&
	    !answer_same(a, b, "status", true)) {
		answer_doubt(a);
		answer_doubt(b);
	}
}

static void
answer_products(const json_t *form)
{
	json_t *list = json_object_get(form, "product");
	size_t i, k;

	for (i = json_array_size(list); i-- > 0;)
		for (k = json_array_size(list); k-- > 0;)
			answer_pair(list, i, k);
}

/* The record with `case` in its place, after type and id. New. */
static json_t *
answer_case(const json_t *r, const char *id)
{
	json_t *copy = record_new(record_str(r, "type"), record_str(r, "id"));

	record_set(copy, "case", id);
	json_object_update_missing(copy, (json_t *)r);
	return copy;
}

static int
answer_check(json_t **r, struct fail *f)
{
	const json_t *form = filing_form(*r);
	const char *id, *vendor, *signer = record_str(*r, "vendor");
	json_t *signed_;

	json_object_del(*r, "case");
	if (form == NULL)
		return 0;
	if (answer_need(form, "case", &id, f) != 0 ||
	    answer_need(form, "vendor", &vendor, f) != 0)
		return f->code;
	answer_products(form);
	if (!filing_signed(*r))
		return 0;
	if (signer == NULL || strcmp(signer, vendor) != 0)
		return fail(f, EX_NOPERM,
		    "the form speaks for '%s', the signature is of '%s'",
		    vendor, signer == NULL ? "" : signer);
	signed_ = answer_case(*r, id);
	json_decref(*r);
	*r = signed_;
	return 0;
}

int
answer_record(const json_t *in, json_t **status, struct fail *f)
{
	json_t *r;

	if (answer_label.data == NULL && answer_load("status", f) != 0)
		return f->code;
	if (filing_record(&answer_label, "status", in, &r, f) != 0)
		return f->code;
	if (answer_check(&r, f) != 0) {
		json_decref(r);
		return f->code;
	}
	*status = r;
	return 0;
}

void
answer_release(void)
{
	label_release(&answer_label);
}
