#include "view.h"

#include <string.h>

#include "gate.h"

json_t *
view_link(const char *text, const char *url)
{
	json_t *v = json_object();

	record_set(v, "text", text == NULL || *text == '\0' ? url : text);
	if (words_url(url))
		record_set(v, "href", url);
	return v;
}

static bool
digits(const char *s, size_t least, size_t most)
{
	size_t n = strspn(s, "0123456789");

	return s[n] == '\0' && n >= least && n <= most;
}

static bool
is_cve(const char *s)
{
	return strlen(s) > 9 && strncmp(s, "CVE-", 4) == 0 && s[8] == '-' &&
	    strspn(s + 4, "0123456789") == 4 && digits(s + 9, 4, 19);
}

static json_t *
view_cve(const char *id)
{
	json_t *v = view_link(id, NULL);

	if (is_cve(id))
		words_set(v, "href",
		    json_sprintf("https://www.cve.org/CVERecord?id=%s", id));
	return v;
}

static json_t *
view_cves(const json_t *case_)
{
	json_t *view = json_array();
	const json_t *one;
	const char *s;
	size_t i;

	json_array_foreach(json_object_get(case_, "cve"), i, one) {
		s = json_string_value(one);
		if (s != NULL)
			json_array_append_new(view, view_cve(s));
	}
	return view;
}

/* A product in the words of outcome.h, or NULL when it has no name; without a
 * version in words what the ranges say. */
static json_t *
view_item(const struct view *w, const json_t *product, const json_t *ranges)
{
	static const char *const key[] = { "cpe", "purl" };
	json_t *name = words_line(json_is_object(product) ?
		json_object_get(product, "name") :
		product,
	    w->lang);
	json_t *version =
	    words_line(json_object_get(product, "version"), w->lang);
	json_t *v;
	size_t i;

	if (version == NULL)
		version = bounds_say(w->phrase, ranges, w->lang);
	if (name == NULL) {
		json_decref(version);
		return NULL;
	}
	v = json_object();
	words_set(v, "product_name", name);
	words_set(v, "affected", version);
	record_set(v, "vendor_name", record_str(product, "vendor"));
	for (i = 0; i < sizeof key / sizeof key[0]; i++)
		record_set(v, key[i], record_str(product, key[i]));
	return v;
}

/* "NAME VERSION". New. */
static json_t *
view_product(const json_t *item)
{
	const char *version = record_str(item, "affected");

	return json_sprintf("%s%s%s", record_str(item, "product_name"),
	    version == NULL ? "" : " ", version == NULL ? "" : version);
}

void
view_ranges(json_t *list, const json_t *ranges, json_t *name, json_t *vendor)
{
	const json_t *one;
	json_t *v;
	size_t i;

	json_array_foreach(ranges, i, one) {
		v = json_copy((json_t *)(uintptr_t)one);
		json_object_del(v, "more");
		words_set(v, "name", json_incref(name));
		words_set(v, "vendor_name", json_incref(vendor));
		json_array_append_new(list, v);
	}
}

/* A product into the four lists of them. */
static void
view_system(const struct view *w, const json_t *one, json_t *view)
{
	json_t *ranges = bounds_product(w->phrase, one);
	json_t *range = bounds_view(w->phrase, ranges, w->lang);
	json_t *item = view_item(w, one, ranges), *text;

	if (item != NULL) {
		text = view_product(item);
		json_array_append(json_object_get(view, "product"), text);
		json_array_append(json_object_get(view, "product_item"), item);
		view_ranges(json_object_get(view, "range"), range,
		    json_object_get(item, "product_name"),
		    json_object_get(item, "vendor_name"));
		json_array_append_new(json_object_get(view, "system"),
		    json_pack("{s:o, s:O}", "text", text, "range", range));
	}
	json_decref(item);
	json_decref(range);
	json_decref(ranges);
}

static void
view_systems(const struct view *w, const json_t *case_, json_t *view)
{
	static const char *const list[] = { "product", "product_item", "range",
		"system" };
	const json_t *one;
	size_t i;

	for (i = 0; i < sizeof list / sizeof *list; i++)
		words_set(view, list[i], json_array());
	json_array_foreach(json_object_get(case_, "product"), i, one)
		view_system(w, one, view);
}

static json_t *
view_cwe(const json_t *case_)
{
	json_t *view = json_array(), *v;
	const json_t *one;
	const char *s;
	size_t i;

	json_array_foreach(json_object_get(case_, "cwe"), i, one) {
		s = json_string_value(one);
		if (s == NULL)
			continue;
		v = view_link(s, NULL);
		if (strncmp(s, "CWE-", 4) == 0 && digits(s + 4, 1, 6))
			words_set(v, "href",
			    json_sprintf("https://cwe.mitre.org/data/"
					 "definitions/%s.html",
				s + 4));
		json_array_append_new(view, v);
	}
	for (i = 0; i + 1 < json_array_size(view); i++)
		json_object_set_new(
		    json_array_get(view, i), "more", json_true());
	return view;
}

/* References: of a vendor into LINK, all others into the list. */
static json_t *
view_reference(const json_t *case_, enum words_lang lang, json_t *link)
{
	json_t *view = json_array(), *title, *v;
	const json_t *one;
	const char *url;
	size_t i;

	json_array_foreach(json_object_get(case_, "reference"), i, one) {
		url = record_str(one, "url");
		title = words_line(json_object_get(one, "title"), lang);
		if (record_str(one, "vendor") != NULL) {
			v = view_link(json_string_value(title), url);
			record_set(v, "vendor_id", record_str(one, "vendor"));
			json_array_append_new(link, v);
		} else if (url != NULL || title != NULL) {
			v = view_link(url, url);
			words_set(v, "about", json_incref(title));
			json_array_append_new(view, v);
		}
		json_decref(title);
	}
	return view;
}

static void
view_related_add(json_t *item, json_t *v, const char *name)
{
	json_object_set_new(v, "kind_name",
	    json_string(json_array_size(item) == 0 ? name : ""));
	json_array_append_new(item, v);
}

/* One kind of document: a row for each, an empty one when there is none. */
static void
view_related_kind(json_t *view, const json_t *case_, const json_t *label)
{
	const char *kind = record_str(label, "kind"), *s;
	const char *name = record_str(label, "name");
	json_t *item = json_array();
	const json_t *one;
	size_t i;

	if (kind != NULL && strcmp(kind, "cve") == 0)
		json_array_foreach(json_object_get(case_, "cve"), i, one) {
			s = json_string_value(one);
			if (s != NULL)
				view_related_add(item, view_cve(s), name);
		}
	json_array_foreach(json_object_get(case_, "related"), i, one) {
		s = record_str(one, "kind");
		if (kind != NULL && s != NULL && strcmp(s, kind) == 0)
			view_related_add(item,
			    view_link(
				record_str(one, "id"), record_str(one, "url")),
			    name);
	}
	if (json_array_size(item) == 0)
		view_related_add(item, json_object(), name);
	json_array_extend(view, item);
	json_decref(item);
}

static bool
view_known(const json_t *label, const char *kind)
{
	const json_t *one;
	const char *s;
	size_t i;

	json_array_foreach(label, i, one) {
		s = record_str(one, "kind");
		if (s != NULL && strcmp(s, kind) == 0)
			return true;
	}
	return false;
}

/* The fixed rows, then those of kinds that have no words. */
static json_t *
view_related(const json_t *case_, const json_t *label)
{
	json_t *view = json_array(), *item;
	const json_t *one;
	const char *kind;
	size_t i;

	json_array_foreach(label, i, one)
		view_related_kind(view, case_, one);
	json_array_foreach(json_object_get(case_, "related"), i, one) {
		kind = record_str(one, "kind");
		if (kind == NULL || view_known(label, kind))
			continue;
		item = json_array();
		view_related_add(item,
		    view_link(record_str(one, "id"), record_str(one, "url")),
		    kind);
		json_array_extend(view, item);
		json_decref(item);
	}
	return view;
}

/* Updates, the oldest first. */
static json_t *
view_history(const json_t *case_, enum words_lang lang)
{
	json_t *view = json_array(), *v;
	const json_t *one;
	const char *at;
	size_t i, k;
	when_t t;

	json_array_foreach(json_object_get(case_, "history"), i, one) {
		at = record_str(one, "at");
		if (at == NULL || !when_parse(at, &t))
			continue;
		v = words_when(t);
		words_set(
		    v, "note", words_text(json_object_get(one, "text"), lang));
		for (k = json_array_size(view); k > 0; k--)
			if (strcmp(
				record_str(json_array_get(view, k - 1), "utc"),
				at) <= 0)
				break;
		json_array_insert_new(view, k, v);
	}
	return view;
}

bool
view_times(const json_t *case_, when_t *published, when_t *updated)
{
	const char *s = record_str(case_, "updated_at");
	const json_t *one;
	size_t i;
	when_t t;

	if (!gate_publish_at(case_, published))
		return false;
	*updated = *published;
	json_array_foreach(json_object_get(case_, "history"), i, one)
		if (record_str(one, "at") != NULL &&
		    when_parse(record_str(one, "at"), &t) && t > *updated)
			*updated = t;
	if (s != NULL)
		when_parse(s, updated);
	return true;
}

bool
view_after(const json_t *view, const json_t *one)
{
	const char *first =
	    record_str(json_object_get(view, "published"), "utc");

	return strcmp(record_str(one, "utc"), first) >= 0;
}

json_t *
view_case(const struct view *w, const json_t *case_)
{
	static const char *const text[] = { "overview", "description", "impact",
		"solution", "addendum", "comment", "credit" };
	json_t *view = json_object(), *link = json_array();
	const enum words_lang lang = w->lang;
	when_t published, updated;
	bool foreign;
	size_t i;

	record_set(view, "id", record_str(case_, "id"));
	record_set(view, "tlp", gate_tlp(case_));
	words_set(
	    view, "title", words_line(json_object_get(case_, "title"), lang));
	words_pick(json_object_get(case_, "title"), lang, &foreign);
	if (foreign)
		record_set(
		    view, "title_lang", words_lang_name[lang == WORDS_JA]);
	for (i = 0; i < sizeof text / sizeof text[0]; i++)
		words_set(view, text[i],
		    words_text(json_object_get(case_, text[i]), lang));
	view_systems(w, case_, view);
	words_set(view, "overview_en",
	    words_text(json_object_get(case_, "overview"), WORDS_EN));
	words_set(view, "cve", view_cves(case_));
	words_set(view, "cwe", view_cwe(case_));
	words_set(view, "reference", view_reference(case_, lang, link));
	words_set(view, "link", link);
	words_set(view, "related",
	    view_related(case_, json_object_get(w->label, "related")));
	words_set(view, "history", view_history(case_, lang));
	if (json_array_size(json_object_get(view, "history")) > 0)
		json_object_set_new(view, "has_history", json_true());
	if (view_times(case_, &published, &updated)) {
		words_set(view, "published", words_when(published));
		words_set(view, "updated", words_when(updated));
	}
	return view;
}
