#include "witness.h"

#include <stdio.h>
#include <string.h>

#include "change.h"
#include "fold.h"

static json_t *
find(const json_t *table, const char *id)
{
	return id == NULL ? NULL : json_object_get(table, id);
}

/* Who it is, whatever the case, the width and the blanks of the name. */
static void
person(const char *by, struct text *out)
{
	if (by != NULL)
		fold_bare(out, by, strlen(by));
	text_puts(out, "");
}

int
witness_person(const json_t *r, const char *id, struct fail *f)
{
	struct text who = TEXT_INIT;
	const char *by;
	int code = record_need(r, "by", &by, f);

	if (code != 0)
		return code;
	person(by, &who);
	if (who.n == 0)
		code = fail(f, EX_DATAERR, "%s: 'by' names nobody", id);
	text_release(&who);
	return code;
}

int
witness_addresses(
    const struct enrol *e, const json_t *r, const char *id, struct fail *f)
{
	const char *what = change_of(r, find(e->vendor, id));
	bool step = record_is(r, "type", "step");

	if (what == NULL ||
	    (step && strcmp(what, "domain") == 0 &&
		record_str(find(e->stand, id), "pin") == NULL))
		return 0;
	return fail(f, EX_DATAERR,
	    "%s: '%s' changes by the records 'change' and 'confirm'", id, what);
}

int
witness_owner(
    const struct enrol *e, const char *key, const char *id, struct fail *f)
{
	const json_t *k = find(e->second, key);
	const char *owner = record_str(k, "vendor");

	if (k == NULL || (owner == NULL && id == NULL))
		return 0;
	if (owner == NULL)
		return fail(
		    f, EX_DATAERR, "%s: '%s' belongs to the centre", id, key);
	if (id == NULL)
		return fail(
		    f, EX_DATAERR, "'%s' belongs to vendor '%s'", key, owner);
	if (strcmp(owner, id) == 0 ||
	    record_is(find(e->stand, owner), "state", "withdrawn"))
		return 0;
	return fail(
	    f, EX_DATAERR, "%s: '%s' belongs to vendor '%s'", id, key, owner);
}

int
witness_key(const struct enrol *e, const json_t *r, struct fail *f)
{
	const char *id = record_str(r, "vendor"), *fpr;
	char want[80];

	if (record_need(r, "fpr", &fpr, f) != 0)
		return f->code;
	snprintf(want, sizeof want, "key/%s", fpr);
	if (record_is(r, "id", want))
		return witness_owner(e, want, id, f);
	fail(f, EX_DATAERR, "the id is not '%s'", want);
	return id == NULL ? f->code : fail_in(f, "%s", id);
}

int
witness_change(const struct enrol *e, const json_t *r, struct fail *f)
{
	char want[CHANGE_ID];
	const char *id;

	if (record_need(r, "vendor", &id, f) != 0)
		return f->code;
	change_id(r, want);
	if (!record_is(r, "id", want))
		return fail(f, EX_DATAERR, "%s: the id is not '%s'", id, want);
	if (!enrol_knows(e, id))
		return fail(
		    f, EX_DATAERR, "vendor '%s' is not in the ledger", id);
	if (record_is(find(e->stand, id), "state", "withdrawn"))
		return fail(f, EX_DATAERR,
		    "%s: withdrew, and begins again with the step 'apply'", id);
	if (witness_person(r, id, f) != 0)
		return f->code;
	return change_check(r, f) == 0 ? 0 : fail_in(f, "%s", id);
}

int
witness_confirm(const struct enrol *e, const json_t *r, struct fail *f)
{
	struct text first = TEXT_INIT, second = TEXT_INIT;
	const json_t *k;
	const char *of;
	int code = 0;

	if (record_need(r, "of", &of, f) != 0)
		return f->code;
	if (strncmp(of, "key/", 4) != 0 && strncmp(of, "change/", 7) != 0)
		return fail(f, EX_DATAERR,
		    "'%s' is neither a key nor a change: nothing to confirm",
		    of);
	k = find(e->second, of);
	if (k == NULL)
		return fail(f, EX_DATAERR, "%s '%s' is not in the ledger",
		    *of == 'k' ? "key" : "change", of);
	if (witness_person(r, of, f) != 0)
		return f->code;
	person(record_str(k, "by"), &first);
	person(record_str(r, "by"), &second);
	if (first.n == 0)
		code = fail(f, EX_DATAERR,
		    "'%s' does not say who brought it: add 'by' to it", of);
	else if (strcmp(first.p, second.p) == 0)
		code = fail(f, EX_DATAERR,
		    "'%s' was brought by '%s': another person confirms it", of,
		    record_str(k, "by"));
	text_release(&first);
	text_release(&second);
	return code;
}
