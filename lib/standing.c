#include "standing.h"

#include <string.h>

#include "case.h"
#include "kept.h"
#include "when.h"

static json_t *
need(json_t *table, const char *key)
{
	json_t *v = json_object_get(table, key);

	if (v == NULL) {
		v = json_object();
		json_object_set_new(table, key, v);
	}
	return v;
}

static json_t *
vendor_of(struct standing *s, const char *case_, const char *vendor)
{
	return need(need(need(s->cases, case_), "vendor"), vendor);
}

/* The vendor of a letter, or NULL when it is about no case. */
static json_t *
entry(struct standing *s, const json_t *r)
{
	const char *case_ = record_str(r, "case");
	const char *vendor = record_str(r, "vendor");

	return case_ == NULL || vendor == NULL ? NULL :
						 vendor_of(s, case_, vendor);
}

/* Of two times of the same form the earlier one. */
static void
first(json_t *o, const char *key, const char *at)
{
	const char *was = record_str(o, key);

	if (at != NULL && (was == NULL || strcmp(at, was) < 0))
		record_set(o, key, at);
}

/* The later one; what is no time is earlier than all. True: it is AT, or was.
 */
static bool
last(json_t *o, const char *key, const char *at)
{
	const char *was = record_str(o, key);
	when_t t;

	if (at == NULL || !when_parse(at, &t) ||
	    (was != NULL && strcmp(at, was) < 0))
		return false;
	record_set(o, key, at);
	return true;
}

static void
take_case(struct standing *s, const json_t *r)
{
	static const char *const field[] = { "state", "publish_at", "listed" };
	json_t *c = need(s->cases, record_str(r, "id")), *kept = json_object();
	json_t *e;
	size_t i;

	for (i = 0; i < sizeof field / sizeof *field; i++)
		if ((e = json_object_get(r, field[i])) != NULL)
			json_object_set(kept, field[i], e);
	json_object_set_new(c, "case", kept);
	json_array_foreach(json_object_get(r, "vendor"), i, e)
		if (json_is_string(e))
			vendor_of(s, record_str(r, "id"), json_string_value(e));
}

static void
take_try(struct standing *s, const json_t *r, json_t *v)
{
	const char *id = record_str(r, "message_id");
	struct text of = TEXT_INIT;

	if (record_is(r, "type", "try")) {
		first(v, "tried_at", record_str(r, "tried_at"));
		first(need(s->cases, record_str(r, "case")), "day0_at",
		    record_str(r, "tried_at"));
	}
	if (id == NULL || json_object_get(s->letter, id) != NULL ||
	    record_str(r, "to") == NULL)
		return;
	text_addf(&of, "%s %s %s", record_str(r, "case"),
	    record_str(r, "vendor"), record_str(r, "to"));
	record_set(s->letter, id, of.p);
	text_release(&of);
}

static void
take_sent(const json_t *r, json_t *v)
{
	const char *id = record_str(r, "id");

	last(v, "sent_at", record_str(r, "sent_at"));
	json_object_del(v, "bounced_at");
	json_object_del(v, "why");
	if (strstr(id, "/embargo-ended/") != NULL)
		json_object_set_new(v, "ended", json_true());
}

static const char *
said(const json_t *r, const char *key)
{
	const char *s = record_str(json_object_get(r, "signed"), key);

	return s != NULL ? s : record_str(json_object_get(r, "claimed"), key);
}

/* A message about a letter to this vendor: is it from the vendor? */
static bool
is_from(const json_t *r, const char *vendor, const char *to)
{
	const char *from = said(r, "from_address"), *at;

	if (record_is(r, "verdict", "signed"))
		return record_is(r, "vendor", vendor);
	at = from == NULL ? NULL : strrchr(from, '@');
	return at != NULL && strlen(from) == strlen(to) &&
	    strncmp(from, to, (size_t)(at - from)) == 0 &&
	    strcasecmp(at, to + (at - from)) == 0;
}

static void
take_message(struct standing *s, const json_t *r)
{
	const char *id = said(r, "in_reply_to"), *letter, *at;
	struct text of = TEXT_INIT;
	char *vendor, *to;
	json_t *v;

	letter = id == NULL ? NULL : record_str(s->letter, id);
	if (letter == NULL)
		return;
	text_puts(&of, letter);
	vendor = strchr(of.p, ' ');
	*vendor++ = '\0';
	to = strchr(vendor, ' ');
	*to++ = '\0';
	if (is_from(r, vendor, to)) {
		v = vendor_of(s, of.p, vendor);
		at = record_str(r, "signed_at");
		if (record_is(r, "verdict", "signed"))
			last(v, "word_at", at);
		json_object_set_new(v, "came", json_true());
		first(
		    v, "acknowledged_at", at != NULL ? at : said(r, "date_at"));
		json_object_del(v, "bounced_at");
	}
	text_release(&of);
}

/* The day that a vendor would like: "2026-11-30", "" for none that was read. */
static const char *
wish(const json_t *r)
{
	const json_t *form =
	    json_object_get(json_object_get(r, "signed"), "form");
	const json_t *day = json_object_get(form, "wish_day");
	const char *s = record_str(day, "value");

	if (day == NULL || record_is(day, "problem", "missing"))
		return NULL;
	return s == NULL ? "" : s;
}

/* Of two that were signed in one second the greater id counts, as on a page. */
static void
take_wish(const json_t *r, json_t *v)
{
	const char *at = record_str(r, "signed_at"), *id = record_str(r, "id");
	const char *was = record_str(v, "answered_at");
	const char *old = record_str(v, "answer");

	if (was != NULL && at != NULL && strcmp(was, at) == 0 && old != NULL &&
	    strcmp(id, old) < 0)
		return;
	if (!last(v, "answered_at", at))
		return;
	record_set(v, "answer", id);
	json_object_del(v, "wish_day");
	record_set(v, "wish_day", wish(r));
}

static void
take_status(struct standing *s, const json_t *r)
{
	json_t *v = record_is(r, "verdict", "signed") ? entry(s, r) : NULL;

	take_message(s, r);
	if (v == NULL)
		return;
	take_wish(r, v);
	json_object_del(v, "bounced_at");
}

/* A letter that somebody refused to send. */
static void
take_reject(struct standing *s, const json_t *r)
{
	const json_t *of = json_object_get(r, "of");
	json_t *v;

	if (!record_is(of, "type", "notice") &&
	    !record_is(of, "type", "sealed"))
		return;
	v = entry(s, of);
	if (v == NULL)
		return;
	json_object_set_new(v, "noticed", json_true());
	record_set(v, "why", record_str(r, "why"));
}

/* Why it is left out, until it is chosen after all. */
static void
take_route(struct standing *s, const json_t *r)
{
	const char *case_ = record_str(r, "case");
	const char *vendor = record_str(r, "vendor");
	json_t *v;

	if (case_ == NULL || vendor == NULL)
		return;
	v = need(need(s->apart, case_), vendor);
	if (json_is_false(json_object_get(r, "chosen"))) {
		json_object_set(v, "left_out", json_object_get(r, "why"));
		return;
	}
	json_object_del(v, "left_out");
	json_object_set_new(entry(s, r), "chosen", json_true());
}

/* For each vendor of a go-ahead set when it was decided, or NULL: not any more.
 */
static void
decide(struct standing *s, const json_t *r, const char *at)
{
	const char *case_ = record_str(r, "case");
	json_t *e, *v;
	size_t i;

	json_array_foreach(json_object_get(r, "vendor"), i, e) {
		if (case_ == NULL || !json_is_string(e))
			continue;
		v = need(need(s->apart, case_), json_string_value(e));
		v = need(v, "go_ahead");
		json_object_del(v, record_str(r, "id"));
		record_set(v, record_str(r, "id"), at);
	}
}

/* Of two with the same id the later counts. */
static void
take_go_ahead(struct standing *s, const json_t *r)
{
	const char *id = record_str(r, "id");
	const char *at = record_str(r, "decided_at");
	json_t *was = json_object_get(s->ahead, id);
	when_t t;

	if (was != NULL)
		decide(s, was, NULL);
	json_object_set(s->ahead, id, (json_t *)(uintptr_t)r);
	if (when_parse(at, &t))
		decide(s, r, at);
}

static void
take_letter(struct standing *s, const json_t *r)
{
	json_t *v = entry(s, r);

	if (v == NULL)
		return;
	json_object_set_new(v, "noticed", json_true());
	json_object_set_new(v, "chosen", json_true());
	if (record_is(r, "type", "bounce")) {
		record_set(v, "bounced_at", record_str(r, "bounced_at"));
		last(v, "returned_at", record_str(r, "bounced_at"));
	} else if (!record_is(r, "type", "notice"))
		take_try(s, r, v);
	if (record_is(r, "type", "sent"))
		take_sent(r, v);
}

void
standing_take(struct standing *s, const json_t *r)
{
	if (record_is(r, "type", "case"))
		take_case(s, r);
	else if (record_is(r, "type", "message"))
		take_message(s, r);
	else if (record_is(r, "type", "status"))
		take_status(s, r);
	else if (record_is(r, "type", "reject"))
		take_reject(s, r);
	else if (record_is(r, "type", "embargo-ended"))
		first(need(s->cases, record_str(r, "case")), "ended_at",
		    record_str(r, "ended_at"));
	else if (record_is(r, "type", "route"))
		take_route(s, r);
	else if (record_is(r, "type", "go-ahead"))
		take_go_ahead(s, r);
	else
		take_letter(s, r);
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	standing_take(arg, r);
	return 0;
}

int
standing_load(struct standing *s, const char *ledger, struct fail *f)
{
	const struct kept all = { .path = ledger, .types = STANDING_TYPES };

	s->cases = record_new(NULL, NULL);
	s->letter = json_object();
	s->given = json_object();
	s->apart = json_object();
	s->ahead = json_object();
	return ledger == NULL ? 0 : kept_fold(&all, take, s, f);
}

int
standing_add(struct standing *s, const json_t *r, struct fail *f)
{
	if (record_is(r, "type", "case")) {
		if (case_check(r, f) != 0)
			return f->code;
		json_object_set_new(s->given, record_str(r, "id"), json_true());
	}
	standing_take(s, r);
	return 0;
}

void
standing_release(struct standing *s)
{
	json_decref(s->cases);
	json_decref(s->letter);
	json_decref(s->given);
	json_decref(s->apart);
	json_decref(s->ahead);
	*s = (struct standing)STANDING_INIT;
}
