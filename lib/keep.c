#include "keep.h"

#include <limits.h>
#include <string.h>

#include "case.h"
#include "kept.h"
#include "rule.h"

/* Who decided it and why, each one line. */
static int
decided(const json_t *r, struct fail *f)
{
	static const char *const said[] = { "by", "why" };
	const char *s;
	size_t i;

	for (i = 0; i < sizeof said / sizeof *said; i++) {
		s = record_str(r, said[i]);
		if (s[strspn(s, " ")] == '\0' || text_hidden(s, strlen(s)))
			return fail(f, EX_DATAERR,
			    "field '%s' is not one line of text", said[i]);
	}
	return 0;
}

static bool
is_future(const struct keep *k, const char *time)
{
	when_t at;

	return !when_parse(time, &at) || at > k->now;
}

static int
ended(const struct keep *k, const json_t *r, struct fail *f)
{
	const char *case_ = record_str(r, "case"), *id = record_str(r, "id");
	size_t n = strlen(case_);

	if (strncmp(id, case_, n) != 0 || strcmp(id + n, "/embargo-ended") != 0)
		return fail(f, EX_DATAERR,
		    "field 'id' is not that of the case with '/embargo-ended' "
		    "behind it");
	if (json_object_get(k->cases, case_) == NULL)
		return fail(
		    f, EX_DATAERR, "case '%s' is not in the ledger", case_);
	if (decided(r, f) != 0)
		return f->code;
	if (is_future(k, record_str(r, "ended_at")))
		return fail(f, EX_DATAERR,
		    "field 'ended_at' is in the future: an embargo is over "
		    "when it has ended");
	return 0;
}

/* One that names nobody, or nobody that there can be, would do nothing. */
static int
go_ahead(const struct keep *k, const json_t *r, struct fail *f)
{
	static const char behind[] = "/go-ahead/";
	const char *case_ = record_str(r, "case"), *id = record_str(r, "id");
	const json_t *vendor = json_object_get(r, "vendor"), *e;
	size_t i, n = strlen(case_);
	long number;

	if (strncmp(id, case_, n) != 0 ||
	    strncmp(id + n, behind, sizeof behind - 1) != 0 ||
	    !text_count(id + n + sizeof behind - 1, LONG_MAX, &number))
		return fail(f, EX_DATAERR,
		    "field 'id' is not that of the case with '/go-ahead/' and "
		    "a number behind it");
	if (json_array_size(vendor) == 0)
		return fail(f, EX_DATAERR,
		    "field 'vendor' names nobody: a go-ahead is for the "
		    "vendors that it names");
	json_array_foreach(vendor, i, e)
		if (!json_is_string(e) ||
		    !text_token(json_string_value(e), "._+-", 64))
			return fail(f, EX_DATAERR,
			    "field 'vendor[%zu]' is not the id of a vendor", i);
	if (decided(r, f) != 0)
		return f->code;
	if (is_future(k, record_str(r, "decided_at")))
		return fail(f, EX_DATAERR,
		    "field 'decided_at' is in the future: it is kept once it "
		    "is decided");
	return 0;
}

int
keep_check(const struct keep *k, const json_t *r, struct fail *f)
{
	if (record_is(r, "type", "case"))
		return case_check(r, f);
	if (record_is(r, "type", "embargo-ended"))
		return ended(k, r, f);
	if (record_is(r, "type", "go-ahead"))
		return go_ahead(k, r, f);
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
