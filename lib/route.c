#include "route.h"

#include <stdio.h>
#include <string.h>

#include "gate.h"

/* A case while it is routed. */
struct job {
	const json_t *case_;
	const char *id;
	long long revision;
	const struct match *match;
	size_t meant; /* vendors that it is about */
};

int
route_load(struct route *r, const char *roster, const char *template,
    const char *now, struct fail *f)
{
	if (roster == NULL)
		return fail(f, EX_USAGE, "no vendor list: use '-r'");
	if (when_now(now, &r->now, f) != 0 ||
	    roster_load(&r->roster, roster, f) != 0)
		return f->code;
	r->letter.folder = template;
	r->untold = json_array();
	match_load(&r->match, &r->roster);
	return 0;
}

static json_t *
make(const struct job *job, const char *vendor, const json_t *row)
{
	struct text id = TEXT_INIT;
	json_t *notice, *why = match_why(job->match, vendor);
	char day[WHEN_LEN];
	when_t t;

	text_addf(&id, "%s/%s/%lld", job->id, vendor, job->revision);
	notice = record_new("notice", id.p);
	text_release(&id);
	record_set(notice, "case", job->id);
	record_set(notice, "vendor", vendor);
	record_set(notice, "to", record_str(row, "email"));
	record_set(notice, "fpr", record_str(row, "fpr"));
	record_set(notice, "language", record_str(row, "language"));
	record_set(notice, "tlp", gate_tlp(job->case_));
	if (gate_publish_at(job->case_, &t)) {
		when_format(t, day);
		record_set(notice, "publish_at", day);
	}
	if (why != NULL)
		json_object_set(notice, "why", why);
	return notice;
}

/* WHY is "token: what is wrong"; the vendor's id is put between. */
static void
untold(
    struct route *r, const struct job *job, const char *vendor, const char *why)
{
	const char *colon = strchr(why, ':');
	struct text t = TEXT_INIT;
	json_t *one = json_object();

	text_add(&t, why, (size_t)(colon - why));
	text_addf(&t, ": vendor '%s'%s", vendor, colon + 1);
	record_set(one, "why", t.p);
	text_release(&t);
	json_object_set_new(
	    one, "of", make(job, vendor, roster_vendor(&r->roster, vendor)));
	json_array_append_new(r->untold, one);
}

/* Whom the case names, though nobody in the list has that id. */
static void
untold_strangers(struct route *r, const struct job *job)
{
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(job->case_, "vendor"), i, e)
		if (json_is_string(e) &&
		    roster_vendor(&r->roster, json_string_value(e)) == NULL)
			untold(r, job, json_string_value(e),
			    "unregistered: is not in the vendor list");
}

static bool
is_named(const struct job *job, const json_t *row)
{
	const char *id = record_str(row, "vendor");

	return record_has(job->case_, "vendor", id);
}

/* By role: a CSIRT or an operator is meant only when named. */
static bool
is_meant(const struct job *job, const json_t *row)
{
	return record_is(row, "role", "vendor") || is_named(job, row);
}

/* Is the case about nothing but this vendor's own products? */
static bool
is_own(const struct job *job, const json_t *row)
{
	const char *id = record_str(row, "vendor");
	const json_t *product = json_object_get(job->case_, "product");
	json_t *e;
	size_t i;

	if (job->meant > 1)
		return false;
	json_array_foreach(json_object_get(job->case_, "vendor"), i, e)
		if (!json_is_string(e) || strcmp(json_string_value(e), id) != 0)
			return false;
	json_array_foreach(product, i, e)
		if (!match_by(job->match, id, "product", i) &&
		    (!is_named(job, row) || json_object_get(e, "vendor")))
			return false;
	return json_array_size(product) > 0 || is_named(job, row);
}

/* Why not this one, who was hit? NULL: nothing against it. */
static const char *
against(const struct route *r, const struct job *job, const json_t *row)
{
	struct fail f = FAIL_INIT;

	if (!is_meant(job, row))
		return "role: is told only what names it";
	if (!roster_registered(row))
		return "unregistered: is not registered";
	if (record_is(row, "kind", "individual") && !is_own(job, row) &&
	    gate_publish(job->case_, r->now, &f) != 0)
		return "individual: is told of its own products alone";
	if (record_str(row, "fpr") == NULL)
		return "unpinned: has no confirmed key";
	if (record_str(row, "email") == NULL)
		return "no-address: has no address to write to";
	return NULL;
}

static json_t *
explain(const struct job *job, const json_t *row, const char *why)
{
	const char *vendor = record_str(row, "vendor");
	json_t *list = json_copy(match_why(job->match, vendor)), *route;
	struct text id = TEXT_INIT;

	if (list == NULL)
		list = json_array();
	json_array_append_new(list, json_stringn(why, strcspn(why, ":")));
	text_addf(&id, "%s/%s/route", job->id, vendor);
	route = record_new("route", id.p);
	text_release(&id);
	record_set(route, "case", job->id);
	record_set(route, "vendor", vendor);
	json_object_set_new(route, "chosen", json_false());
	json_object_set_new(route, "why", list);
	return route;
}

/* Must a person hear that this one was not told? Not when policy means it. */
static bool
is_fault(const struct job *job, const json_t *row, const char *why)
{
	return is_named(job, row) || strncmp(why, "unpinned", 8) == 0 ||
	    strncmp(why, "no-address", 10) == 0;
}

static int
tell(
    struct route *r, struct job *job, json_t *out, size_t *told, struct fail *f)
{
	const char *vendor, *why;
	json_t *notice, *view;
	int code;

	for (size_t i = 0; i < r->roster.n; i++) {
		const json_t *row = roster_row(&r->roster, i);

		vendor = record_str(row, "vendor");
		why = match_why(job->match, vendor) == NULL ?
		    "no-match" :
		    against(r, job, row);
		if (why != NULL && strchr(why, ':') != NULL &&
		    is_fault(job, row, why))
			untold(r, job, vendor, why);
		if (why != NULL && r->explain)
			json_array_append_new(out, explain(job, row, why));
		if (why != NULL)
			continue;
		notice = make(job, vendor, row);
		json_array_append_new(out, notice);
		view = match_view(job->match, job->case_, vendor);
		code = letter_write(&r->letter, view, row, notice, f);
		json_decref(view);
		if (code != 0)
			return code;
		++*told;
	}
	return 0;
}

static int
route_all(struct route *r, struct job *job, json_t *out, struct fail *f)
{
	const char *vendor;
	json_t *why;
	size_t told = 0;

	untold_strangers(r, job);
	json_object_foreach(job->match->hit, vendor, why)
		job->meant += is_meant(job, roster_vendor(&r->roster, vendor));
	if (tell(r, job, out, &told, f) != 0)
		return f->code;
	if (told == 0 && json_array_size(r->untold) == 0)
		return fail(f, EX_NO, "%s: nobody to tell", job->id);
	return 0;
}

int
route_case(struct route *r, const json_t *case_, json_t **out, struct fail *f)
{
	struct job job = { .case_ = case_,
		.id = record_str(case_, "id"),
		.match = &r->match };
	const json_t *n = json_object_get(case_, "revision_n");
	int code;

	*out = json_array();
	json_array_clear(r->untold);
	if (!gate_case_id(job.id))
		return fail(f, EX_DATAERR, "the case has no usable id");
	if (!record_is(case_, "state", "embargoed") &&
	    !record_is(case_, "state", "public"))
		return fail(f, EX_NOPERM,
		    "%s: a case in state '%s' is told "
		    "to nobody",
		    job.id, record_str(case_, "state"));
	job.revision = n == NULL ? 1 : json_integer_value(n);
	match_case(&r->match, case_);
	code = route_all(r, &job, *out, f);
	if (code != 0 && code != EX_NO) {
		json_array_clear(*out);
		json_array_clear(r->untold);
	}
	return code;
}

json_t *
route_untold(struct route *r, struct fail *f)
{
	json_t *one = json_array_get(r->untold, 0);
	json_t *of = json_incref(json_object_get(one, "of"));

	if (one == NULL)
		return NULL;
	fail(f, EX_NOPERM, "%s", record_str(one, "why"));
	json_array_remove(r->untold, 0);
	return of;
}

void
route_release(struct route *r)
{
	match_release(&r->match);
	roster_release(&r->roster);
	letter_release(&r->letter);
	json_decref(r->untold);
	r->untold = NULL;
}
