#include "report.h"

#include <stdio.h>
#include <string.h>

/* What a case has to do with its vendors while they are looked at. */
struct look {
	const struct report *r;
	const char *id;
	const json_t *case_, *all;
	bool waits; /* to be published: else nothing is due */
};

int
report_load(struct report *r, const char *now, struct fail *f)
{
	if (when_now(now, &r->now, f) != 0)
		return f->code;
	return clocks_load(&r->clocks, f);
}

/* The time at KEY. */
static bool
time_at(const json_t *o, const char *key, when_t *t)
{
	return when_parse(record_str(o, key), t);
}

static void
set_time(json_t *o, const char *key, when_t t)
{
	char at[WHEN_LEN];

	when_format(t, at);
	record_set(o, key, at);
}

static void
set_due(json_t *report, const char *what, const char *at)
{
	json_t *due = json_object_get(report, "due"), *one = json_object();

	if (due == NULL) {
		due = json_array();
		json_object_set_new(report, "due", due);
	}
	record_set(one, "what", what);
	record_set(one, "at", at);
	json_array_append_new(due, one);
}

/* Start a clock: when it ends is KEY of the report; when that day has come,
 * WHAT is due. */
static void
run(const struct look *l, json_t *report, enum clock which, when_t from,
    const char *key, const char *what)
{
	when_t end = clock_due(&l->r->clocks, which, from);

	set_time(report, key, end);
	if (what != NULL && clock_come(end, l->r->now))
		set_due(report, what, record_str(report, key));
}

static json_t *
make(const struct look *l, const char *vendor)
{
	struct text id = TEXT_INIT;
	json_t *report;

	text_addf(&id, "%s%s%s/report", l->id, vendor == NULL ? "" : "/",
	    vendor == NULL ? "" : vendor);
	report = record_new("report", id.p);
	text_release(&id);
	record_set(report, "case", l->id);
	record_set(report, "vendor", vendor);
	return report;
}

static json_t *
report_case(const struct look *l)
{
	json_t *report = make(l, NULL);
	when_t t, day0;

	record_set(report, "state", record_str(l->case_, "state"));
	record_set(report, "ended_at", record_str(l->all, "ended_at"));
	if (time_at(l->all, "day0_at", &day0)) {
		set_time(report, "day0_at", day0);
		run(l, report, CLOCK_TARGET, day0, "target_at",
		    l->waits && !time_at(l->case_, "publish_at", &t) ?
			"target" :
			NULL);
		run(l, report, CLOCK_FINDER, day0, "finder_at",
		    l->waits ? "finder" : NULL);
	}
	if (!time_at(l->case_, "publish_at", &t))
		return report;
	set_time(report, "publish_at", t);
	if (l->waits && clock_come(t, l->r->now))
		set_due(report, "publish", record_str(report, "publish_at"));
	return report;
}

/* Of a vendor that reacted to nothing, by its last letter. */
static const char *
quiet(const struct look *l, const json_t *v)
{
	when_t t;

	if (json_object_get(v, "bounced_at") != NULL)
		return "bounced";
	if (!time_at(v, "sent_at", &t))
		return "tried";
	return clock_come(
		   clock_due(&l->r->clocks, CLOCK_REMINDER, t), l->r->now) ?
	    "silent" :
	    "sent";
}

static const char *
contact(const struct look *l, const json_t *v)
{
	if (json_object_get(v, "bounced_at") != NULL)
		return "bounced";
	if (json_object_get(v, "answered_at") != NULL)
		return "answered";
	if (json_object_get(v, "came") != NULL)
		return "acknowledged";
	if (json_object_get(v, "tried_at") == NULL &&
	    json_object_get(v, "sent_at") == NULL)
		return "not-notified";
	return quiet(l, v);
}

/* What is to be done about a vendor because of how it was reached. */
static void
look_contact(const struct look *l, const json_t *v, json_t *report)
{
	when_t t;

	if (record_is(report, "contact", "not-notified") && l->waits)
		set_due(report, "notice", NULL);
	if (record_is(report, "contact", "bounced") && l->waits)
		set_due(report, "address", record_str(v, "bounced_at"));
	if (record_is(report, "contact", "tried") && l->waits)
		set_due(report, "sending", record_str(v, "tried_at"));
	if ((record_is(report, "contact", "sent") ||
		record_is(report, "contact", "silent")) &&
	    time_at(v, "sent_at", &t))
		run(l, report, CLOCK_REMINDER, t, "reminder_at",
		    l->waits ? "reminder" : NULL);
}

/* How long a vendor that never said a word may stay unnamed. */
static void
look_reach(
    const struct look *l, const char *vendor, const json_t *v, json_t *report)
{
	when_t t;

	if (json_object_get(v, "answered_at") != NULL ||
	    json_object_get(v, "came") != NULL)
		return;
	if (time_at(v, "tried_at", &t))
		run(l, report, CLOCK_UNREACHABLE, t, "unreachable_at",
		    l->waits ? "unreachable" : NULL);
	if (time_at(json_object_get(l->case_, "listed"), vendor, &t))
		run(l, report, CLOCK_PRODUCT, t, "product_at",
		    l->waits ? "product" : NULL);
}

static json_t *
report_vendor(const struct look *l, const char *vendor, const json_t *v)
{
	static const char *const field[] = { "tried_at", "sent_at",
		"bounced_at", "acknowledged_at", "answered_at", "why" };
	const char *ended = record_str(l->all, "ended_at");
	json_t *report = make(l, vendor);
	size_t i;

	record_set(report, "contact", contact(l, v));
	for (i = 0; i < sizeof field / sizeof *field; i++)
		record_set(report, field[i], record_str(v, field[i]));
	look_contact(l, v, report);
	look_reach(l, vendor, v, report);
	if (l->waits && ended != NULL &&
	    json_object_get(v, "noticed") != NULL &&
	    json_object_get(v, "ended") == NULL)
		set_due(report, "embargo-ended", ended);
	return report;
}

static void
add(const struct report *r, json_t *list, json_t *report)
{
	if (!r->due || json_object_get(report, "due") != NULL)
		json_array_append(list, report);
	json_decref(report);
}

static json_t *
list_case(const struct look *l)
{
	json_t *list = json_array(), *v;
	const char *vendor;

	add(l->r, list, report_case(l));
	json_object_foreach(json_object_get(l->all, "vendor"), vendor, v)
		add(l->r, list, report_vendor(l, vendor, v));
	return list;
}

/* "2008/07/09 2008-07-08T18:45:59Z" */
static void
add_time(struct text *out, const char *at)
{
	char day[WHEN_DAY];
	when_t t;

	if (!when_parse(at, &t))
		return;
	when_japan(t, day);
	text_addf(out, "  %s  %s", day, at);
}

static void
add_due(const struct report *r, const json_t *report, struct text *out)
{
	const json_t *one;
	char day[WHEN_DAY], today[WHEN_DAY];
	const char *at;
	size_t i;
	when_t t;

	when_japan(r->now, today);
	json_array_foreach(json_object_get(report, "due"), i, one) {
		at = record_str(one, "at");
		text_addf(out, "%s%s", i == 0 ? "  due: " : ", ",
		    record_str(one, "what"));
		if (!when_parse(at, &t))
			continue;
		when_japan(t, day);
		if (strcmp(day, today) == 0)
			text_puts(out, " today");
		else
			text_addf(out, " since %s", day);
	}
	text_puts(out, "\n");
}

static void
add_case(const struct report *r, const json_t *report, struct text *out)
{
	static const char *const clock[] = { "day0", "target", "publish",
		"finder", "ended" };
	const char *state = record_str(report, "state"), *at;
	char key[32];
	size_t i;

	text_addf(out, "%s  %s", record_str(report, "case"),
	    state == NULL ? "not on file" : state);
	add_due(r, report, out);
	for (i = 0; !r->due && i < sizeof clock / sizeof *clock; i++) {
		snprintf(key, sizeof key, "%s_at", clock[i]);
		at = record_str(report, key);
		if (at == NULL)
			continue;
		text_addf(out, "    %-28s", clock[i]);
		add_time(out, at);
		text_puts(out, "\n");
	}
}

/* When it came to stand so. */
static const char *
since(const json_t *report)
{
	static const struct {
		const char *contact, *key;
	} is[] = {
		{ "tried", "tried_at" },
		{ "sent", "sent_at" },
		{ "silent", "sent_at" },
		{ "bounced", "bounced_at" },
		{ "acknowledged", "acknowledged_at" },
		{ "answered", "answered_at" },
	};
	size_t i;

	for (i = 0; i < sizeof is / sizeof *is; i++)
		if (record_is(report, "contact", is[i].contact))
			return record_str(report, is[i].key);
	return NULL;
}

static void
add_line(const struct report *r, const json_t *one, struct text *out)
{
	if (record_str(one, "vendor") == NULL) {
		add_case(r, one, out);
		return;
	}
	if (r->due)
		text_addf(out, "%s  ", record_str(one, "case"));
	else
		text_puts(out, "    ");
	text_addf(out, "%-14s  %-12s", record_str(one, "vendor"),
	    record_str(one, "contact"));
	add_time(out, since(one));
	add_due(r, one, out);
}

void
report_print(const struct report *r, const struct standing *s, bool records,
    void (*put)(void *arg, const struct text *out), void *arg)
{
	struct look l = { .r = r };
	struct text out = TEXT_INIT;
	json_t *list, *all, *one;
	size_t i;

	json_object_foreach(s->cases, l.id, all) {
		if (json_object_size(s->given) > 0 &&
		    json_object_get(s->given, l.id) == NULL)
			continue;
		l.all = all;
		l.case_ = json_object_get(all, "case");
		l.waits = !record_is(l.case_, "state", "draft") &&
		    !record_is(l.case_, "state", "public") &&
		    !record_is(l.case_, "state", "withdrawn");
		list = list_case(&l);
		json_array_foreach(list, i, one)
			records ? record_line(one, &out) :
				  add_line(r, one, &out);
		json_decref(list);
		if (out.n > 0)
			put(arg, &out);
		text_clear(&out);
	}
	text_release(&out);
}
