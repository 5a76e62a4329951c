#include "affects.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *
affects_label(const json_t *view, const char *key)
{
	const char *s = record_str(json_object_get(view, "label"), key);

	return s == NULL ? "-" : s;
}

void
affects_note(const json_t *view, json_t *notes, const char *category,
    const char *title, json_t *text)
{
	json_t *v;

	if (text == NULL)
		return;
	v = json_object();
	record_set(v, "category", category);
	words_show(v, "title", affects_label(view, title));
	json_object_set_new(v, "text", text);
	json_array_append_new(notes, v);
}

/* A product with an id of its own, which goes into LIST. New. */
static json_t *
affects_product(
    struct affects *a, const char *name, const char *version, json_t *list)
{
	const char *page = record_str(json_object_get(a->view, "site"), "page");
	json_t *v = json_object(), *uri = json_object();
	struct text s = TEXT_INIT;
	char id[32];

	snprintf(id, sizeof id, "CSAFPID-%04zu", ++a->n);
	text_addf(&s, "%s%s%s", *name == '\0' ? "-" : name,
	    version == NULL ? "" : " ", version == NULL ? "" : version);
	words_show(v, "name", s.p);
	record_set(v, "product_id", id);
	text_clear(&s);
	text_addf(&s, "%s#%s", page, id);
	record_set(uri, "namespace", page);
	record_set(uri, "uri", s.p);
	json_object_set_new(v, "product_identification_helper",
	    json_pack("{s:[o]}", "x_generic_uris", uri));
	json_array_append_new(list, json_string(id));
	text_release(&s);
	return v;
}

static const char *
affects_id(const json_t *product)
{
	return record_str(product, "product_id");
}

static void
affects_remedy(struct affects *a, const char *category, const char *details,
    const json_t *product)
{
	json_t *v;

	if (details == NULL || *details == '\0')
		return;
	v = json_object();
	record_set(v, "category", category);
	words_show(v, "details", details);
	json_object_set_new(
	    v, "product_ids", json_pack("[s]", affects_id(product)));
	json_array_append_new(a->remedy, v);
}

static json_t *
affects_branch(json_t *product)
{
	json_t *v = json_object();

	record_set(v, "category", "product_name");
	record_set(v, "name", record_str(product, "name"));
	json_object_set_new(v, "product", product);
	return v;
}

/* What is affected, or may be, wants to be told what to do. */
static void
affects_general(struct affects *a, const json_t *product)
{
	json_t *text = words_plain(json_object_get(a->view, "solution"));

	if (text == NULL)
		affects_remedy(a, "none_available",
		    affects_label(a->view, "none"), product);
	else
		affects_remedy(
		    a, "mitigation", json_string_value(text), product);
	json_decref(text);
}

/* One product of an answer: as it is, and as it is fixed. */
static void
affects_item(struct affects *a, json_t *branch, const json_t *item)
{
	const char *name = record_str(item, "product_name");
	const char *token = record_str(item, "token");
	const char *fixed = record_str(item, "fixed");
	const char *fix = record_str(item, "fix");
	json_t *list = a->open, *product;

	if (strcmp(token, "vulnerable") == 0)
		list = a->affected;
	else if (strcmp(token, "notvulnerable") == 0)
		list = a->clear;
	product = affects_product(a, name, record_str(item, "affected"), list);
	json_array_append_new(branch, affects_branch(product));
	if (list != a->clear && fix == NULL && fixed == NULL)
		affects_general(a, product);
	affects_remedy(
	    a, "workaround", record_str(item, "workaround"), product);
	affects_remedy(a, "vendor_fix", fix == NULL ? fixed : fix, product);
	if (fixed != NULL)
		json_array_append_new(branch,
		    affects_branch(affects_product(a, name, fixed, a->fixed)));
}

static json_t *
affects_vendor(struct affects *a, const json_t *vendor)
{
	json_t *branch = json_array(), *v = NULL;
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(vendor, "item"), i, item)
		affects_item(a, branch, item);
	if (json_array_size(branch) > 0) {
		v = json_object();
		record_set(v, "category", "vendor");
		words_show(v, "name", record_str(vendor, "vendor_name"));
		json_object_set(v, "branches", branch);
	}
	json_decref(branch);
	return v;
}

void
affects_list(json_t *o, const char *key, json_t *list)
{
	if (json_array_size(list) > 0)
		json_object_set(o, key, list);
	json_decref(list);
}

void
affects_read(struct affects *a, const json_t *view)
{
	json_t *names = json_array(), *branches = json_array(), *v;
	const json_t *one;
	size_t i;

	*a = (struct affects){ .view = view,
		.tree = json_object(),
		.affected = json_array(),
		.clear = json_array(),
		.open = json_array(),
		.fixed = json_array(),
		.remedy = json_array() };
	json_array_foreach(json_object_get(view, "product"), i, one) {
		v = affects_product(
		    a, json_string_value(one), NULL, a->affected);
		json_array_append_new(names, v);
		affects_general(a, v);
	}
	json_array_foreach(json_object_get(view, "vendor"), i, one) {
		v = affects_vendor(a, one);
		if (v != NULL)
			json_array_append_new(branches, v);
	}
	affects_list(a->tree, "branches", branches);
	affects_list(a->tree, "full_product_names", names);
}

/* The one score of this major version, or NULL: none, or several. */
static const json_t *
affects_vector(const struct affects *a, const char *major)
{
	const json_t *one, *found = NULL;
	size_t i, n = 0;

	json_array_foreach(json_object_get(a->view, "cvss"), i, one)
		if (strcmp(record_str(one, "major"), major) == 0 &&
		    record_str(one, "score") != NULL) {
			found = one;
			n++;
		}
	return n == 1 ? found : NULL;
}

static void
affects_score(
    const struct affects *a, json_t *score, const char *key, const char *major)
{
	const json_t *is = affects_vector(a, major);
	const char *rating;
	char upper[16];
	size_t i;
	json_t *v;

	if (is == NULL)
		return;
	v = json_object();
	record_set(v, "version", record_str(is, "version"));
	record_set(v, "vectorString", record_str(is, "vector"));
	json_object_set_new(
	    v, "baseScore", json_real(strtod(record_str(is, "score"), NULL)));
	if (*major == '3') {
		rating = record_str(is, "rating");
		for (i = 0; rating[i] != '\0' && i + 1 < sizeof upper; i++)
			upper[i] = (char)toupper((unsigned char)rating[i]);
		upper[i] = '\0';
		record_set(v, "baseSeverity", upper);
	}
	json_object_set_new(score, key, v);
}

static json_t *
affects_scores(const struct affects *a)
{
	json_t *score = json_object(), *scores = json_array();

	affects_score(a, score, "cvss_v3", "3");
	affects_score(a, score, "cvss_v2", "2");
	if (json_object_size(score) > 0 && json_array_size(a->affected) > 0) {
		json_object_set(score, "products", a->affected);
		json_array_append(scores, score);
	}
	json_decref(score);
	return scores;
}

/* One CVE, or the case when it has none (CVE NULL). */
static json_t *
affects_vulnerability(const struct affects *a, const char *cve)
{
	json_t *v = json_object(), *status = json_object();
	json_t *notes = json_array();

	if (cve != NULL)
		record_set(v, "cve", cve);
	else
		json_object_set_new(v, "ids",
		    json_pack("[{s:s, s:s}]", "system_name",
			affects_label(a->view, "site"), "text",
			record_str(a->view, "id")));
	affects_note(a->view, notes, "description", "description",
	    words_plain(json_object_get(a->view, "description")));
	if (json_array_size(notes) == 0)
		affects_note(a->view, notes, "description", "overview",
		    words_plain(json_object_get(a->view, "overview")));
	if (json_array_size(notes) == 0)
		affects_note(a->view, notes, "description", "description",
		    json_string(affects_label(a->view, "none")));
	affects_list(v, "notes", notes);
	affects_list(status, "known_affected", json_incref(a->affected));
	affects_list(status, "known_not_affected", json_incref(a->clear));
	affects_list(status, "under_investigation", json_incref(a->open));
	affects_list(status, "fixed", json_incref(a->fixed));
	if (json_object_size(status) > 0)
		json_object_set(v, "product_status", status);
	json_decref(status);
	affects_list(v, "remediations", json_incref(a->remedy));
	affects_list(v, "scores", affects_scores(a));
	return v;
}

json_t *
affects_vulnerabilities(const struct affects *a)
{
	json_t *list = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(a->view, "cve"), i, one)
		json_array_append_new(
		    list, affects_vulnerability(a, record_str(one, "text")));
	if (json_array_size(list) == 0)
		json_array_append_new(list, affects_vulnerability(a, NULL));
	return list;
}

void
affects_release(struct affects *a)
{
	json_decref(a->tree);
	json_decref(a->affected);
	json_decref(a->clear);
	json_decref(a->open);
	json_decref(a->fixed);
	json_decref(a->remedy);
	*a = (struct affects)AFFECTS_INIT;
}
