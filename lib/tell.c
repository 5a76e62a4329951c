#include "tell.h"

#include <string.h>

#include "case.h"
#include "gate.h"
#include "notice.h"
#include "since.h"

/* A case while it is routed. */
struct job {
	const json_t *case_;
	const char *id;
	struct policy policy;
	json_t *owed; /* vendor -> kind: told before, to be told now */
	json_t *out;
	size_t told;
};

static json_t *
make(const struct route *r, const struct job *job, const char *vendor,
    const json_t *row, const char *kind, bool owed)
{
	json_t *notice =
	    notice_about(job->case_, r->told.at, vendor, row, kind, NULL);
	json_t *why = json_copy(match_why(job->policy.match, vendor));

	if (why == NULL)
		why = json_array();
	if (owed && !policy_reads(&job->policy, row))
		json_array_append_new(why, json_string("told"));
	if (json_array_size(why) > 0)
		json_object_set(notice, "why", why);
	json_decref(why);
	return notice;
}

/* Steals NOTICE: whom a person has to hear of. */
void
tell_untold(
    struct route *r, json_t *notice, const char *word, const char *words)
{
	struct text t = TEXT_INIT;
	json_t *one = json_object();

	text_addf(&t, "%s: vendor '%s' %s", word, record_str(notice, "vendor"),
	    words);
	record_set(one, "why", t.p);
	text_release(&t);
	json_object_set_new(one, "of", notice);
	json_array_append_new(r->untold, one);
}

/* Whom the case names or owes a letter, though the list has no such id. */
static void
untold_strangers(struct route *r, const struct job *job)
{
	static const char words[] = "is not in the vendor list";
	const char *vendor;
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(job->case_, "vendor"), i, e)
		if (json_is_string(e) &&
		    roster_vendor(&r->roster, json_string_value(e)) == NULL)
			tell_untold(r,
			    make(r, job, json_string_value(e), NULL,
				told_kind(&r->told, json_string_value(e),
				    job->policy.published),
				false),
			    "unregistered", words);
	json_object_foreach(job->owed, vendor, e)
		if (roster_vendor(&r->roster, vendor) == NULL &&
		    !record_has(job->case_, "vendor", vendor))
			tell_untold(r,
			    make(r, job, vendor, NULL, json_string_value(e),
				true),
			    "unregistered", words);
}

static json_t *
explain(
    struct route *r, const struct job *job, const json_t *row, const char *word)
{
	const char *vendor = record_str(row, "vendor");
	json_t *list = json_copy(match_why(job->policy.match, vendor)), *route;
	struct text id = TEXT_INIT;

	if (list == NULL)
		list = json_array();
	json_array_append_new(list, json_string(word));
	text_addf(&id, "%s/%s/route", job->id, vendor);
	route = record_new("route", id.p);
	text_release(&id);
	record_set(route, "case", job->id);
	record_set(route, "vendor", vendor);
	json_object_set_new(route, "chosen", json_false());
	json_object_set_new(route, "why", list);
	if (strcmp(word, "no-match") == 0 &&
	    (list = near_find(&r->near, row)) != NULL)
		json_object_set_new(route, "near", list);
	return route;
}

/* A vendor is told, or a person hears why not, or -x says it. */
static void
consider(struct route *r, struct job *job, const json_t *row)
{
	const char *vendor = record_str(row, "vendor");
	const char *kind = record_str(job->owed, vendor);
	bool owed = kind != NULL;
	const char *word =
	    owed ? policy_unreachable(row) : policy_against(&job->policy, row);

	if (!owed)
		kind = told_kind(&r->told, vendor, job->policy.published);
	if (word == NULL) {
		json_array_append_new(
		    job->out, make(r, job, vendor, row, kind, owed));
		job->told++;
		return;
	}
	if (strcmp(word, "no-match") != 0 &&
	    (owed || policy_fault(&job->policy, row, word)))
		tell_untold(r, make(r, job, vendor, row, kind, owed), word,
		    policy_words(word));
	if (r->explain)
		json_array_append_new(job->out, explain(r, job, row, word));
}

/* -x: all there are. */
static void
consider_list(struct route *r, struct job *job)
{
	json_t *row;

	near_case(&r->near, job->case_);
	for (size_t i = 0; i < r->roster.n; i++) {
		row = roster_new_row(&r->roster, i);
		consider(r, job, row);
		json_decref(row);
	}
}

/* All whom the case means, and all whom it owes a letter. */
static void
consider_meant(struct route *r, struct job *job)
{
	const char *vendor;
	const json_t *row;
	json_t *e;

	for (size_t i = 0; i < r->match.n; i++)
		consider(r, job, roster_row(&r->roster, r->match.row[i]));
	json_object_foreach(job->owed, vendor, e) {
		row = roster_vendor(&r->roster, vendor);
		if (row != NULL && match_why(&r->match, vendor) == NULL)
			consider(r, job, row);
	}
}

static int
write_letter(
    struct route *r, const struct job *job, json_t *notice, struct fail *f)
{
	const char *vendor = record_str(notice, "vendor");
	const json_t *row = roster_vendor(&r->roster, vendor);
	bool whole = job->policy.published || policy_reads(&job->policy, row);
	json_t *view = need_view(&job->policy, row, whole);
	int code;

	if (record_is(notice, "kind", "date-change"))
		record_set(view, "former_at", told_former(&r->told, vendor));
	code = letter_write(
	    &r->letter, record_str(notice, "kind"), view, row, notice, f);
	json_decref(view);
	return code;
}

static const char *
why_gone(void *arg, const char *vendor)
{
	const struct job *job = arg;
	const json_t *row = roster_vendor(job->policy.match->roster, vendor);

	return row == NULL ? "unregistered" : policy_against(&job->policy, row);
}

/* What of OUT a run prints; a dry one has no letters. */
static int
finish(struct route *r, struct job *job, struct fail *f)
{
	json_t *one;
	size_t i;

	if (r->most != NULL && !r->yes && job->told > (size_t)r->limit)
		return fail(f, EX_NOPERM,
		    "%s: would reach %zu vendors, more than %ld: use '-y'",
		    job->id, job->told, r->limit);
	if (r->dry)
		since_gone(&r->told, job->id, job->out, why_gone, job);
	if (r->dry)
		since_new(&r->told, job->out);
	json_array_foreach(job->out, i, one)
		if (!r->dry && record_is(one, "type", "notice") &&
		    write_letter(r, job, one, f) != 0)
			return f->code;
	if (job->told == 0 && json_array_size(r->untold) == 0)
		return fail(f, EX_NO, "%s: nobody to tell", job->id);
	return 0;
}

/* Is this a case of which vendors hear at all? */
int
tell_may(const json_t *case_, struct fail *f)
{
	const char *id = record_str(case_, "id");

	if (!gate_case_id(id))
		return fail(f, EX_DATAERR, "the case has no usable id");
	if (record_is(case_, "state", "embargoed") ||
	    record_is(case_, "state", "public"))
		return 0;
	return fail(f, EX_NOPERM, "%s: a case in state '%s' is told to nobody",
	    id, record_str(case_, "state"));
}

int
tell_case(struct route *r, const json_t *case_, json_t *out, struct fail *f)
{
	struct job job = {
		.case_ = case_, .id = record_str(case_, "id"), .out = out
	};
	int code;

	if (tell_may(case_, f) != 0)
		return f->code;
	if (case_check(case_, f) != 0 || need_check(case_, f) != 0 ||
	    told_read(&r->told, r->ledger, case_, r->dry, f) != 0)
		return f->code;
	match_case(&r->match, case_);
	policy_begin(&job.policy, case_, &r->match, r->now);
	job.owed = told_owed(&r->told, job.policy.published);
	untold_strangers(r, &job);
	if (r->explain)
		consider_list(r, &job);
	else
		consider_meant(r, &job);
	code = finish(r, &job, f);
	json_decref(job.owed);
	json_object_set_new(r->seen, job.id, json_true());
	return code;
}
