#include "route.h"

#include <unistd.h>

#include "case.h"
#include "kept.h"
#include "notice.h"
#include "remind.h"
#include "tell.h"

static int
take_known(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	json_object_set(arg, record_str(r, "id"), (json_t *)(uintptr_t)r);
	return 0;
}

int
route_load(struct route *r, const char *roster, const char *template,
    const char *known, const char *now, struct fail *f)
{
	const struct kept cases = { .path = known, .types = "case" };

	if (roster == NULL)
		return fail(f, EX_USAGE, "no vendor list: use '-r'");
	if (r->most != NULL && !text_count(r->most, 1000000000, &r->limit))
		return fail(f, EX_USAGE, "option '-m' wants a number");
	if (when_now(now, &r->now, f) != 0 ||
	    roster_load(&r->roster, roster, f) != 0)
		return f->code;
	r->letter.folder = template;
	r->untold = json_array();
	r->known = json_object();
	r->seen = json_object();
	match_load(&r->match, &r->roster);
	if (known == NULL)
		return 0;
	if (access(known, R_OK) != 0)
		return fail_sys(f, EX_NOINPUT, "open", known);
	return kept_fold(&cases, take_known, r->known, f);
}

bool
route_again(const struct route *r, const json_t *in)
{
	const char *id = record_str(in, "id");

	return r->ledger != NULL && id != NULL &&
	    json_object_get(r->seen, id) != NULL;
}

/* A reminder, when one is due and its vendor can have it. */
static int
route_report(struct route *r, const json_t *report, json_t *out, struct fail *f)
{
	const char *id = record_str(report, "case");
	const char *vendor = record_str(report, "vendor"), *word;
	const json_t *case_ = json_object_get(r->known, id);
	const json_t *row = roster_vendor(&r->roster, vendor);
	json_t *notice, *about;
	char day[WHEN_DAY];
	int code;

	if (!remind_day(report, day))
		return 0;
	if (case_ == NULL)
		return fail(f, EX_DATAERR,
		    "the case of this report is not given: use '-c'");
	if (case_check(case_, f) != 0 || tell_may(case_, f) != 0 ||
	    told_read(&r->told, r->ledger, case_, false, f) != 0)
		return f->code;
	word = row == NULL ? "unregistered" : policy_unreachable(row);
	if (word != NULL)
		return fail(f, EX_NOPERM, "%s: vendor '%s' %s", word, vendor,
		    policy_words(word));
	code = remind_about(&r->told, case_, row, day, &notice, &about, f);
	if (code == 0)
		code =
		    letter_write(&r->letter, "reminder", about, row, notice, f);
	if (code == 0)
		json_array_append(out, notice);
	json_decref(notice);
	json_decref(about);
	return code;
}

/* To all who are registered, with a key or without: it is TLP:CLEAR. */
static int
route_announcement(
    struct route *r, const json_t *in, json_t *out, struct fail *f)
{
	const char *word = remind_announced(in, f);
	json_t *row, *notice;
	int code = word == NULL ? f->code : 0;

	for (size_t i = 0; code == 0 && i < r->roster.n; i++) {
		row = roster_new_row(&r->roster, i);
		notice = roster_registered(row) ?
		    notice_plain(row, "announcement", word) :
		    NULL;
		if (notice == NULL) {
			json_decref(row);
			continue;
		}
		if (record_str(row, "email") == NULL) {
			tell_untold(r, json_incref(notice), "no-address",
			    policy_words("no-address"));
		} else {
			code = letter_write(
			    &r->letter, "announcement", in, row, notice, f);
			json_array_append(out, notice);
		}
		json_decref(notice);
		json_decref(row);
	}
	return code;
}

int
route_record(struct route *r, const json_t *in, json_t **out, struct fail *f)
{
	int code;

	*out = json_array();
	json_array_clear(r->untold);
	code = record_is(in, "type", "case") ?
	    tell_case(r, in, *out, f) :
	    record_is(in, "type", "report") ?
	    route_report(r, in, *out, f) :
	    route_announcement(r, in, *out, f);
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
	near_release(&r->near);
	told_release(&r->told);
	json_decref(r->untold);
	json_decref(r->known);
	json_decref(r->seen);
	*r = (struct route)ROUTE_INIT;
}
