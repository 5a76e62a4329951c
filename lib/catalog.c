#include "catalog.h"

#include <stdlib.h>
#include <string.h>

#include "ident.h"
#include "outcome.h"
#include "place.h"
#include "process.h"
#include "source.h"
#include "view.h"

void
catalog_init(struct catalog *c)
{
	c->note = json_array();
	c->list = json_object();
	c->name = json_object();
	c->vendor = json_array();
}

/* {"ja":..,"en":..}: as each page says it. */
static json_t *
both(json_t *ja, json_t *en)
{
	json_t *v = json_object();

	words_set(v, "ja", ja);
	words_set(v, "en", en);
	return v;
}

static json_t *
both_same(const char *s)
{
	return both(json_string(s), json_string(s));
}

static json_t *
both_lines(const json_t *text)
{
	return both(words_line(text, WORDS_JA), words_line(text, WORDS_EN));
}

/* Where the note stands in each language. */
static json_t *
note_href(const struct page *p, const char *id)
{
	const json_t *series = json_object_get(p->label, "series");
	struct text path[2] = { TEXT_INIT, TEXT_INIT };
	json_t *v;

	place_note(series, id, WORDS_JA, &path[WORDS_JA]);
	place_note(series, id, WORDS_EN, &path[WORDS_EN]);
	v = both(json_string(path[WORDS_JA].p), json_string(path[WORDS_EN].p));
	text_release(&path[WORDS_JA]);
	text_release(&path[WORDS_EN]);
	return v;
}

/* The language of a title that stands on the other page, too. */
static json_t *
title_lang(const json_t *title)
{
	bool ja = false, en = false;

	words_pick(title, WORDS_JA, &ja);
	words_pick(title, WORDS_EN, &en);
	return both(json_string(ja ? "en" : ""), json_string(en ? "ja" : ""));
}

static json_t *
note_line(const struct page *p, const char *from)
{
	const char *id = record_str(p->case_, "id");
	const json_t *title = json_object_get(p->case_, "title");
	json_t *v = json_object();
	when_t published = 0, updated = 0;

	view_times(p->case_, &published, &updated);
	record_set(v, "id", id);
	record_set(v, "from", from);
	json_object_set_new(v, "href", note_href(p, id));
	json_object_set_new(v, "title",
	    both_lines(words_pick(title, WORDS_JA, &(bool){ 0 }) == NULL ?
		    json_object_get(p->label, "untitled") :
		    title));
	json_object_set_new(v, "title_lang", title_lang(title));
	words_set(v, "published", words_when(published));
	words_set(v, "updated", words_when(updated));
	return v;
}

/* Set the note into a list, once. EXTRA: what else its line says. Steals NAME,
 * EXTRA. */
static void
list_add(struct catalog *c, const char *folder, const char *key, json_t *note,
    json_t *name, json_t *extra)
{
	struct text at = TEXT_INIT;
	json_t *list, *last;

	text_addf(&at, "%s%s%s", folder, *folder == '\0' ? "" : "/", key);
	list = json_object_get(c->list, at.p);
	if (list == NULL) {
		list = json_array();
		json_object_set_new(c->list, at.p, list);
		json_object_set(c->name, at.p, name);
	}
	last = json_array_get(list, json_array_size(list) - 1);
	if (json_object_get(last, "note") != note) {
		if (extra == NULL)
			extra = json_object();
		json_object_set(extra, "note", note);
		json_array_append(list, extra);
	}
	json_decref(name);
	json_decref(extra);
	text_release(&at);
}

static json_t *
status_name(const struct page *p, const char *token)
{
	return both_lines(
	    json_object_get(json_object_get(p->label, "status"), token));
}

static void
add_status(struct catalog *c, const struct page *p, json_t *note,
    const char *vendor, const json_t *status)
{
	const char *token = status == NULL ?
	    "silent" :
	    outcome_token(json_object_get(status, "form"));
	json_t *extra = json_object();
	when_t t;

	record_set(extra, "token", token);
	json_object_set_new(extra, "status_word", status_name(p, token));
	if (status != NULL && when_parse(record_str(status, "at"), &t))
		words_set(extra, "answered", words_when(t));
	list_add(c, "vendor", vendor, note, source_vendor(p, vendor), extra);
	list_add(c, "status", token, note, status_name(p, token), NULL);
}

static void
add_vendors(struct catalog *c, const struct page *p, json_t *note)
{
	const char *id = record_str(p->case_, "id"), *vendor;
	json_t *status = json_object_get(p->status, id), *one;

	json_object_foreach(status, vendor, one)
		add_status(c, p, note, vendor, one);
	json_object_foreach(json_object_get(p->sent, id), vendor, one)
		if (json_object_get(status, vendor) == NULL)
			add_status(c, p, note, vendor, NULL);
}

/* A product by its name: what is in a name is no part of a path. */
static void
add_product(struct catalog *c, const json_t *product, json_t *note)
{
	const json_t *name = json_is_object(product) ?
	    json_object_get(product, "name") :
	    product;
	json_t *names = both_lines(name);
	char *s = json_dumps(names, JSON_COMPACT);
	char sha[HASH_LEN];

	hash_sha256(s, strlen(s), sha);
	free(s);
	sha[16] = '\0';
	if (json_object_size(names) == 2)
		list_add(c, "product", sha, note, json_incref(names), NULL);
	json_decref(names);
}

static void
add_keys(struct catalog *c, const struct page *p, json_t *note)
{
	const char *folder = place_series(
	    json_object_get(p->label, "series"), record_str(p->case_, "id"));
	const json_t *one,
	    *name = json_object_get(
		json_object_get(p->label, "series_name"), folder);
	const char *day = record_str(json_object_get(note, "published"), "day");
	char year[8];
	size_t i;

	snprintf(year, sizeof year, "%.4s", day);
	list_add(c, "report", year, note, both_same(year), NULL);
	list_add(c, "", folder, note,
	    name == NULL ? both_same(folder) : both_lines(name), NULL);
	json_array_foreach(json_object_get(p->case_, "product"), i, one)
		add_product(c, one, note);
	json_array_foreach(json_object_get(p->case_, "cwe"), i, one)
		if (json_is_string(one) && ident_cwe(json_string_value(one)))
			list_add(c, "cwe", json_string_value(one), note,
			    both_same(json_string_value(one)), NULL);
}

void
catalog_add(struct catalog *c, const struct page *p, const char from[HASH_LEN])
{
	json_t *note = note_line(p, from);

	json_array_append_new(c->note, note);
	add_keys(c, p, note);
	add_vendors(c, p, note);
}

void
catalog_vendor(
    struct catalog *c, json_t *name, const char *vendor, const char *email)
{
	json_t *v = json_object();

	json_object_set_new(v, "name", name);
	record_set(v, "vendor", vendor);
	record_set(v, "email", email);
	json_array_append_new(c->vendor, v);
}

static const char *
line_at(const json_t *line)
{
	const json_t *note = json_object_get(line, "note");

	return record_str(json_object_get(note, "published"), "utc");
}

/* The newest first; of one time by their ids. */
static int
by_time(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int cmp = strcmp(line_at(y), line_at(x));

	return cmp != 0 ? cmp :
			  strcmp(record_str(json_object_get(x, "note"), "id"),
			      record_str(json_object_get(y, "note"), "id"));
}

/* Put the array into order, in its place. */
static void
sort(json_t *a)
{
	size_t n = json_array_size(a), i;
	json_t **v = process_alloc((n + 1) * sizeof *v);

	for (i = 0; i < n; i++)
		v[i] = json_incref(json_array_get(a, i));
	qsort(v, n, sizeof *v, by_time);
	for (i = 0; i < n; i++)
		json_array_set_new(a, i, v[i]);
	free(v);
}

void
catalog_sort(struct catalog *c)
{
	json_t *all = json_array(), *list, *line;
	const char *key;
	size_t i;

	json_array_foreach(c->note, i, line)
		json_array_append_new(all, json_pack("{s:O}", "note", line));
	json_decref(c->note);
	c->note = all;
	sort(c->note);
	json_object_foreach(c->list, key, list)
		sort(list);
}

void
catalog_release(struct catalog *c)
{
	json_decref(c->note);
	json_decref(c->list);
	json_decref(c->name);
	json_decref(c->vendor);
	*c = (struct catalog)CATALOG_INIT;
}
