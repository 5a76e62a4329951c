#include "keep.h"

#include <string.h>

#include "case.h"
#include "kept.h"
#include "rule.h"

static int
ended(const struct keep *k, const json_t *r, struct fail *f)
{
	static const char *const said[] = { "by", "why" };
	const char *case_ = record_str(r, "case"), *id = record_str(r, "id");
	const char *s;
	size_t i, n = strlen(case_);
	when_t at;

	if (strncmp(id, case_, n) != 0 || strcmp(id + n, "/embargo-ended") != 0)
		return fail(f, EX_DATAERR,
		    "field 'id' is not that of the case with '/embargo-ended' "
		    "behind it");
	if (json_object_get(k->cases, case_) == NULL)
		return fail(
		    f, EX_DATAERR, "case '%s' is not in the ledger", case_);
	for (i = 0; i < sizeof said / sizeof *said; i++) {
		s = record_str(r, said[i]);
		if (s[strspn(s, " ")] == '\0' || text_hidden(s, strlen(s)))
			return fail(f, EX_DATAERR,
			    "field '%s' is not one line of text", said[i]);
	}
	if (!when_parse(record_str(r, "ended_at"), &at) || at > k->now)
		return fail(f, EX_DATAERR,
		    "field 'ended_at' is in the future: an embargo is over "
		    "when it has ended");
	return 0;
}

int
keep_check(const struct keep *k, const json_t *r, struct fail *f)
{
	if (record_is(r, "type", "case"))
		return case_check(r, f);
	if (record_is(r, "type", "embargo-ended"))
		return ended(k, r, f);
	return rule_check(&k->enrol, r, f);
}

void
keep_take(struct keep *k, const json_t *r)
{
	if (record_is(r, "type", "case"))
		json_object_set_new(k->cases, record_str(r, "id"), json_true());
	else
		enrol_take(&k->enrol, r);
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	keep_take(arg, r);
	return 0;
}

int
keep_load(struct keep *k, const char *ledger, struct fail *f)
{
	const struct kept all = { .path = ledger,
		.types = ENROL_TYPES " case" };

	k->cases = record_new(NULL, NULL);
	if (when_now(NULL, &k->now, f) != 0 ||
	    enrol_open(&k->enrol, NULL, f) != 0)
		return f->code;
	return kept_fold(&all, take, k, f);
}

void
keep_release(struct keep *k)
{
	enrol_release(&k->enrol);
	json_decref(k->cases);
	*k = (struct keep)KEEP_INIT;
}
