#include "coverage.h"

#include <string.h>

#include "gate.h"
#include "policy.h"

/* A case while its vendors are looked at. */
struct look {
	char day[WHEN_DAY];   /* of publication */
	const json_t *vendor; /* id -> how it stands */
	const json_t *apart;  /* id -> whom it may go without */
	json_t *seen;	      /* id -> true */
	struct text list;     /* the gaps that are shown */
	size_t gaps, unshown;
};

/* The later of two times, either may be NULL. */
static const char *
later(const char *a, const char *b)
{
	return a == NULL || (b != NULL && strcmp(a, b) < 0) ? b : a;
}

/* When the last letter came back, if nothing is newer. */
static const char *
bounced(const json_t *v)
{
	const char *at = record_str(v, "returned_at");
	const char *good = later(record_str(v, "sent_at"),
	    later(record_str(v, "word_at"), record_str(v, "answered_at")));

	return at != NULL && (good == NULL || strcmp(good, at) <= 0) ? at :
								       NULL;
}

static bool
is_day(const char *s)
{
	static const char form[] = "0000-00-00";
	size_t i;

	for (i = 0; s[i] != '\0' && form[i] != '\0'; i++)
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return s[i] == form[i];
}

static bool
is_late(const struct look *l, const char *wish)
{
	return wish != NULL && (!is_day(wish) || strcmp(wish, l->day) > 0);
}

static bool
was_told(const json_t *v)
{
	return record_str(v, "sent_at") != NULL ||
	    record_str(v, "word_at") != NULL ||
	    record_str(v, "answered_at") != NULL;
}

/* Did vc-route decide that it needs not be told, and did nobody since? */
static bool
is_left_out(const json_t *v, const json_t *apart)
{
	bool decided = false;
	const json_t *e;
	size_t i;

	if (json_object_get(v, "chosen") != NULL)
		return false;
	json_array_foreach(json_object_get(apart, "left_out"), i, e)
		decided = decided ||
		    (json_is_string(e) && policy_decides(json_string_value(e)));
	return decided;
}

/* What is missing, or NULL; *AT: since when, or NULL. */
static const char *
gap(const struct look *l, const json_t *v, const json_t *apart, const char **at)
{
	const char *wish = record_str(v, "wish_day");

	*at = bounced(v);
	if (is_late(l, wish)) {
		*at = later(*at, record_str(v, "answered_at"));
		return is_day(wish) ? "asked for more time" :
				      "asked for a day that nobody can read";
	}
	if (*at != NULL)
		return "bounced";
	if (was_told(v) || is_left_out(v, apart))
		return NULL;
	return record_str(v, "tried_at") != NULL ||
		record_str(v, "why") != NULL ?
	    "was not reached" :
	    "was never told";
}

/* Did somebody decide so who knew of it? */
static bool
goes_on(const json_t *apart, const char *at)
{
	json_t *ahead = json_object_get(apart, "go_ahead"), *e;
	const char *id;

	json_object_foreach(ahead, id, e)
		if (at == NULL || strcmp(at, json_string_value(e)) <= 0)
			return true;
	return false;
}

static void
show(struct look *l, const char *vendor, const char *what, const char *wish)
{
	bool safe = vendor != NULL && text_token(vendor, "._+-", 64);

	l->gaps++;
	if (l->list.n >= COVERAGE_LIST) {
		l->unshown++;
		return;
	}
	text_addf(&l->list, "%s%s %s", l->list.n == 0 ? "" : ", ",
	    safe ? vendor : "a vendor without a usable id", what);
	if (wish != NULL && is_day(wish) && is_late(l, wish))
		text_addf(&l->list, " (%s)", wish);
}

static void
look(struct look *l, const char *vendor)
{
	const json_t *v, *apart;
	const char *what, *at;

	if (vendor != NULL && json_object_get(l->seen, vendor) != NULL)
		return;
	if (vendor != NULL)
		json_object_set_new(l->seen, vendor, json_true());
	v = vendor == NULL ? NULL : json_object_get(l->vendor, vendor);
	apart = vendor == NULL ? NULL : json_object_get(l->apart, vendor);
	what = gap(l, v, apart, &at);
	if (what != NULL && !goes_on(apart, at))
		show(l, vendor, what, record_str(v, "wish_day"));
}

static void
look_all(struct look *l, const json_t *case_)
{
	const char *vendor;
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(case_, "vendor"), i, e)
		look(l, json_string_value(e));
	json_object_foreach((json_t *)(uintptr_t)l->vendor, vendor, e)
		look(l, vendor);
}

int
coverage_check(const struct standing *s, const json_t *case_, struct fail *f)
{
	const char *id = record_str(case_, "id");
	struct look l = { .seen = json_object() };
	when_t t;
	int rc = 0;

	if (gate_publish_at(case_, &t))
		when_day(t, l.day);
	l.vendor = json_object_get(json_object_get(s->cases, id), "vendor");
	l.apart = json_object_get(s->apart, id);
	look_all(&l, case_);
	if (l.unshown > 0)
		text_addf(&l.list, " and %zu more", l.unshown);
	if (l.gaps > 0)
		rc = fail(f, EX_NOPERM,
		    "%s may not be published: %s: tell them, or keep a "
		    "go-ahead that names them",
		    gate_case_id(id) ? id : "the case", l.list.p);
	json_decref(l.seen);
	text_release(&l.list);
	return rc;
}
