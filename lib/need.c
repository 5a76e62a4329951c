#include "need.h"

#include <stdio.h>
#include <string.h>

/* How a field goes into a letter. */
enum how {
	SAID,	 /* every letter says it: it cannot be restricted */
	LEAST,	 /* also what who is not meant any more hears */
	FREE,	 /* unless it is restricted */
	CLEARED, /* need-to-know, even if the case does not say so */
};

static const struct {
	const char *field;
	enum how how;
} fields[] = {
	{ "type", SAID },
	{ "id", SAID },
	{ "revision_n", SAID },
	{ "tlp", SAID },
	{ "state", SAID },
	{ "publish_at", SAID },
	{ "updated_at", LEAST },
	{ "title", LEAST },
	{ "alias", FREE },
	{ "overview", FREE },
	{ "description", FREE },
	{ "impact", FREE },
	{ "solution", FREE },
	{ "poc", CLEARED },
	{ "exploit", CLEARED },
	{ "product", FREE },
	{ "keyword", FREE },
	{ "cve", FREE },
	{ "cwe", FREE },
	{ "cvss", FREE },
	{ "reference", FREE },
	{ "attachment", FREE },
	{ "addendum", FREE },
	{ "comment", FREE },
	{ "credit", FREE },
	{ "finder", FREE },
	{ "related", FREE },
	{ "history", FREE },
};

enum {
	FIELDS = sizeof fields / sizeof *fields,
};

int
need_check(const json_t *case_, struct fail *f)
{
	const json_t *restriction = json_object_get(case_, "restriction");

	for (size_t i = 0; i < FIELDS && fields[i].how == SAID; i++)
		if (json_object_get(restriction, fields[i].field) != NULL)
			return fail(f, EX_NOPERM,
			    "%s: 'restriction' keeps '%s', which every letter "
			    "says",
			    record_str(case_, "id"), fields[i].field);
	return 0;
}

/* May this vendor have the field? What nobody restricts is free. */
static bool
may_have(const json_t *case_, const json_t *row, const char *field, bool need)
{
	const json_t *word =
	    json_object_get(json_object_get(case_, "restriction"), field);

	if (word != NULL &&
	    (!json_is_string(word) ||
		strcmp(json_string_value(word), "need-to-know") != 0))
		return false;
	return (word == NULL && !need) || record_has(row, "clearance", field);
}

/* A centre abroad coordinates, an operator has the products of others at work:
 * both need all products. */
static bool
sees_all(const struct policy *p, const json_t *row)
{
	return p->published || record_is(row, "role", "csirt") ||
	    record_is(row, "role", "critical");
}

/*
 * Products that mean this vendor, and those that mean nobody in the list. Whose
 * they are need not be said to the one that they are of.
 */
static json_t *
products(const struct policy *p, const json_t *row)
{
	const char *vendor = record_str(row, "vendor");
	json_t *list = json_array(), *e, *one;
	char word[48];
	size_t i;

	json_array_foreach(json_object_get(p->case_, "product"), i, e) {
		snprintf(word, sizeof word, "product[%zu]", i);
		if (json_object_get(p->match->place, word) == NULL ||
		    match_by(p->match, vendor, "product", i)) {
			one = json_copy(e);
			if (match_by(p->match, vendor, "product", i))
				json_object_del(one, "vendor");
			json_array_append_new(list, one);
		}
	}
	return list;
}

/* Pages that are of no vendor, or of this one. */
static json_t *
references(const struct policy *p, const json_t *row)
{
	const char *vendor = record_str(row, "vendor");
	json_t *list = json_array(), *e;
	size_t i;

	json_array_foreach(json_object_get(p->case_, "reference"), i, e)
		if (json_object_get(e, "vendor") == NULL ||
		    record_is(e, "vendor", vendor))
			json_array_append(list, e);
	return list;
}

static void
copy(json_t *to, const json_t *from, const char *field)
{
	json_t *v = json_object_get(from, field);

	if (v != NULL)
		json_object_set(to, field, v);
}

/* Only the developer hears of finders, and only what they agreed to. */
static json_t *
finders(const struct policy *p, const json_t *row)
{
	json_t *list = json_array(), *e, *one;
	size_t i;

	if (!record_is(row, "role", "vendor"))
		return list;
	json_array_foreach(json_object_get(p->case_, "finder"), i, e) {
		if (!record_has(e, "consent", "identity"))
			continue;
		one = json_object();
		copy(one, e, "name");
		copy(one, e, "affiliation");
		if (record_has(e, "consent", "contact"))
			copy(one, e, "email");
		json_array_append_new(list, one);
	}
	return list;
}

/* The words of thanks may say who somebody is. */
static bool
is_anonymous(const struct policy *p)
{
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(p->case_, "finder"), i, e)
		if (!record_has(
			e, "consent", p->published ? "publish" : "identity"))
			return true;
	return false;
}

/* A list instead of the field; an empty one instead of nothing is none. */
static void
replace(json_t *view, const char *field, json_t *list)
{
	if (json_object_get(view, field) != NULL && json_array_size(list) > 0)
		json_object_set(view, field, list);
	else
		json_object_del(view, field);
	json_decref(list);
}

json_t *
need_view(const struct policy *p, const json_t *row, bool whole)
{
	json_t *view = json_object(), *v;

	for (size_t i = 0; i < FIELDS; i++) {
		v = json_object_get(p->case_, fields[i].field);
		if (v != NULL && (whole || fields[i].how <= LEAST) &&
		    may_have(p->case_, row, fields[i].field,
			fields[i].how == CLEARED))
			json_object_set(view, fields[i].field, v);
	}
	if (!sees_all(p, row)) {
		replace(view, "product", products(p, row));
		replace(view, "reference", references(p, row));
	}
	replace(view, "finder", finders(p, row));
	if (is_anonymous(p))
		json_object_del(view, "credit");
	return view;
}
