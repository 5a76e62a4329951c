#include "enrol.h"

#include <string.h>

#include "kept.h"
#include "row.h"

static void
take_form(struct enrol *e, const json_t *poc)
{
	json_t *form = json_object_get(json_object_get(poc, "signed"), "form");

	if (form == NULL)
		form = json_object_get(json_object_get(poc, "claimed"), "form");
	if (form != NULL)
		json_object_set(e->form, record_str(poc, "id"), form);
}

static void
take_step(struct enrol *e, const json_t *r, bool began)
{
	const char *id = record_str(r, "vendor");
	const char *step = record_str(r, "step");
	const char *of = record_str(r, "of");

	if (strcmp(step, "apply") != 0)
		row_take(json_object_get(e->vendor, id), r);
	else if (!began)
		json_object_set_new(
		    e->vendor, id, row_apply(r, json_object_get(e->form, of)));
}

static void
take_vendor(struct enrol *e, const json_t *r)
{
	const char *id = record_str(r, "vendor");
	json_t *row = json_object_get(e->vendor, id);

	if (row == NULL)
		json_object_set_new(e->vendor, id, row_apply(r, NULL));
	else
		row_take(row, r);
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	struct enrol *e = arg;
	const char *type = record_str(r, "type");
	const char *state = step_state(&e->step, record_str(r, "vendor"));
	bool began = state != NULL && strcmp(state, "withdrawn") != 0;

	(void)f;
	if (!step_take(&e->step, r))
		return 0;
	if (strcmp(type, "poc") == 0)
		take_form(e, r);
	else if (strcmp(type, "step") == 0)
		take_step(e, r, began);
	else if (strcmp(type, "vendor") == 0)
		take_vendor(e, r);
	return 0;
}

static void
settle(struct enrol *e)
{
	const char *id;
	json_t *row;

	json_object_foreach(e->vendor, id, row) {
		record_set(row, "state", step_state(&e->step, id));
		if (step_pin(&e->step, id) == NULL)
			json_object_del(row, "fpr");
		record_set(row, "fpr", step_pin(&e->step, id));
		if (step_paper(&e->step, id) != NULL)
			json_object_set(
			    row, "paper", (json_t *)step_paper(&e->step, id));
	}
}

int
enrol_load(struct enrol *e, const char *ledger, struct fail *f)
{
	const struct kept steps = { .path = ledger, .types = STEP_TYPES };

	*e = (struct enrol){ json_object(), json_object(), STEP_INIT };
	if (kept_fold(&steps, take, e, f) != 0) {
		enrol_release(e);
		return f->code;
	}
	settle(e);
	return 0;
}

void
enrol_release(struct enrol *e)
{
	json_decref(e->vendor);
	json_decref(e->form);
	step_release(&e->step);
	*e = (struct enrol)ENROL_INIT;
}
