#include "since.h"

#include <string.h>

#include "schema.h"

/* The vendors that the last run told: id -> true, new. */
static json_t *
last_run(const struct told *t, const char *case_)
{
	json_t *last = json_object(), *notice;
	long long most = -1, n;
	const char *id;

	json_object_foreach(t->fact, id, notice) {
		n = record_is(notice, "type", "notice") ?
		    told_number(id, case_) :
		    -1;
		if (n > most)
			json_object_clear(last);
		most = n > most ? n : most;
		if (n >= 0 && n == most)
			json_object_set_new(
			    last, record_str(notice, "vendor"), json_true());
	}
	return last;
}

/* The route of this vendor that says it is not chosen; made when missing. */
static json_t *
route_of(json_t *out, const char *case_, const char *vendor, const char *why)
{
	struct text id = TEXT_INIT;
	json_t *route, *list;
	size_t i;

	json_array_foreach(out, i, route)
		if (record_is(route, "type", "route") &&
		    record_is(route, "vendor", vendor))
			return route;
	text_addf(&id, "%s/%s/route", case_, vendor);
	route = record_new("route", id.p);
	text_release(&id);
	record_set(route, "case", case_);
	record_set(route, "vendor", vendor);
	json_object_set_new(route, "chosen", json_false());
	list = json_array();
	if (why != NULL)
		json_array_append_new(list, json_string(why));
	json_object_set_new(route, "why", list);
	json_array_append_new(out, route);
	return route;
}

void
since_gone(const struct told *t, const char *case_, json_t *out,
    const char *(*why)(void *arg, const char *vendor), void *arg)
{
	json_t *last = last_run(t, case_), *one;
	const char *vendor;
	size_t i;

	json_array_foreach(out, i, one)
		if (record_is(one, "type", "notice"))
			json_object_del(last, record_str(one, "vendor"));
	json_object_foreach(last, vendor, one)
		json_array_append_new(
		    json_object_get(
			route_of(out, case_, vendor, why(arg, vendor)), "why"),
		    json_string("gone"));
	json_decref(last);
}

static bool
is_kept(const struct told *t, const json_t *one)
{
	json_t *was = json_object_get(t->fact, record_str(one, "id")), *fact;
	bool same;

	if (was == NULL)
		return false;
	was = json_copy(was);
	json_object_del(was, "prev");
	fact = schema_fact(one);
	same = json_equal(was, fact);
	json_decref(was);
	json_decref(fact);
	return same;
}

void
since_new(const struct told *t, json_t *out)
{
	for (size_t i = 0; i < json_array_size(out);)
		if (is_kept(t, json_array_get(out, i)))
			json_array_remove(out, i);
		else
			i++;
}
