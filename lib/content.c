#include "content.h"

#include <stdio.h>
#include <string.h>

#include "gate.h"

static json_t *
products(const json_t *case_, enum words_lang lang)
{
	json_t *view = json_array(), *v, *name;
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(case_, "product"), i, one) {
		name = words_line(json_object_get(one, "name"), lang);
		if (name == NULL)
			continue;
		v = json_object();
		words_set(v, "product_name", name);
		words_set(v, "version",
		    words_line(json_object_get(one, "version"), lang));
		json_array_append_new(view, v);
	}
	return view;
}

/* {"red":true}: what a template asks for to say what the label means. */
static json_t *
tlp_is(const char *tlp)
{
	json_t *v = json_object();

	json_object_set_new(v,
	    strcmp(tlp, "CLEAR") == 0	  ? "clear" :
		strcmp(tlp, "GREEN") == 0 ? "green" :
		strcmp(tlp, "AMBER") == 0 ? "amber" :
		strcmp(tlp, "RED") == 0	  ? "red" :
					    "amber_strict",
	    json_true());
	return v;
}

static void
set_tlp(json_t *view, const char *tlp)
{
	record_set(view, "tlp", tlp);
	words_set(view, "is", tlp_is(tlp));
}

static void
set_vendor(json_t *view, const json_t *vendor, enum words_lang lang)
{
	const char *id = record_str(vendor, "vendor");
	const json_t *contact = json_object_get(vendor, "contact");
	json_t *name = words_line(json_object_get(vendor, "name"), lang);

	words_set(view, "vendor_name", name == NULL ? json_string(id) : name);
	record_set(view, "vendor_id", id);
	words_set(view, "contact_name",
	    words_line(json_object_get(contact, "name"), lang));
}

/* "former_at" of R becomes the time "former" of the view. */
static bool
set_time(json_t *view, const char *key, const char *value)
{
	size_t n = strlen(key);
	char name[64];
	when_t t;

	if (n < 4 || n >= sizeof name || strcmp(key + n - 3, "_at") != 0 ||
	    value == NULL || !when_parse(value, &t))
		return false;
	snprintf(name, sizeof name, "%.*s", (int)(n - 3), key);
	words_set(view, name, words_when(t));
	return true;
}

static void
set_finder(json_t *view, const json_t *case_, enum words_lang lang)
{
	const json_t *list = json_object_get(case_, "finder");

	if (json_array_size(list) == 0)
		return;
	json_object_set_new(view, "found", json_true());
	words_set(view, "finder", words_table(list, lang));
}

json_t *
content_case(const json_t *case_, const json_t *vendor, enum words_lang lang)
{
	static const char *const text[] = { "overview", "description", "impact",
		"solution", "poc", "exploit" };
	static const char *const time[] = { "former_at", "asked_at",
		"ended_at" };
	const json_t *n = json_object_get(case_, "revision_n");
	json_t *view = json_object();
	when_t t;
	size_t i;

	record_set(view, "id", record_str(case_, "id"));
	set_tlp(view, gate_tlp(case_));
	set_vendor(view, vendor, lang);
	words_set(
	    view, "title", words_line(json_object_get(case_, "title"), lang));
	for (i = 0; i < sizeof text / sizeof text[0]; i++)
		record_set(view, text[i],
		    words_pick(json_object_get(case_, text[i]), lang, NULL));
	if (gate_publish_at(case_, &t))
		words_set(view, "publish", words_when(t));
	for (i = 0; i < sizeof time / sizeof time[0]; i++)
		set_time(view, time[i], record_str(case_, time[i]));
	if (json_is_array(json_object_get(case_, "cve")))
		json_object_set(view, "cve", json_object_get(case_, "cve"));
	json_object_set_new(view, "revision",
	    json_integer(n == NULL ? 1 : json_integer_value(n)));
	words_set(view, "product", products(case_, lang));
	set_finder(view, case_, lang);
	return view;
}

/* A word as LABEL spells it or as it is, a text in its language. New. */
static json_t *
spelled(const json_t *label, const json_t *word, enum words_lang lang)
{
	const char *s = json_string_value(word);
	json_t *line =
	    words_line(s == NULL ? word : json_object_get(label, s), lang);

	return line == NULL ? json_incref((json_t *)(uintptr_t)word) : line;
}

json_t *
content_about(const json_t *about, const json_t *vendor, const json_t *notice,
    const json_t *label, enum words_lang lang)
{
	json_t *view = json_object(), *list, *value, *e;
	const char *key;
	size_t i;

	json_object_foreach((json_t *)(uintptr_t)about, key, value) {
		const json_t *words = json_object_get(label, key);

		if (set_time(view, key, json_string_value(value)))
			continue;
		if (json_is_array(value)) {
			list = json_array();
			json_array_foreach(value, i, e)
				json_array_append_new(
				    list, spelled(words, e, lang));
			words_set(view, key, list);
		} else if (json_is_object(value)) {
			record_set(view, key, words_pick(value, lang, NULL));
		} else
			words_set(view, key, spelled(words, value, lang));
	}
	set_tlp(view, gate_tlp(notice));
	set_vendor(view, vendor, lang);
	return view;
}
