#include "affects.h"

#include <string.h>

#include "cvss.h"

const char *
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

/* Take in a product with an id of its own; VERSION or NULL. Borrowed. */
static json_t *
affects_product(struct affects *a, const json_t *item, const char *version,
    const char *status)
{
	const char *page = record_str(json_object_get(a->view, "site"), "page");
	const char *name = record_str(item, "product_name");
	json_t *v = json_object();
	struct text s = TEXT_INIT;
	char id[32];

	snprintf(
	    id, sizeof id, "CSAFPID-%04zu", json_array_size(a->product) + 1);
	text_addf(&s, "%s%s%s", *name == '\0' ? "-" : name,
	    version == NULL ? "" : " ", version == NULL ? "" : version);
	words_show(v, "name", s.p);
	record_set(v, "product_id", id);
	text_clear(&s);
	text_addf(&s, "%s#%s", page, id);
	record_set(v, "uri", s.p);
	record_set(v, "status", status);
	json_object_set_new(v, "remedy", json_array());
	json_array_append_new(a->product, v);
	text_release(&s);
	return v;
}

/* The product as a node of the tree. New. */
static json_t *
affects_node(const struct affects *a, const json_t *product)
{
	const char *page = record_str(json_object_get(a->view, "site"), "page");

	return json_pack("{s:s, s:s, s:{s:[{s:s, s:s}]}}", "name",
	    record_str(product, "name"), "product_id",
	    record_str(product, "product_id"), "product_identification_helper",
	    "x_generic_uris", "namespace", page, "uri",
	    record_str(product, "uri"));
}

static void
affects_remedy(json_t *product, const char *category, const char *details)
{
	json_t *v;

	if (details == NULL || *details == '\0')
		return;
	v = json_object();
	record_set(v, "category", category);
	words_show(v, "details", details);
	json_object_set_new(v, "product_ids",
	    json_pack("[s]", record_str(product, "product_id")));
	json_array_append_new(json_object_get(product, "remedy"), v);
}

static json_t *
affects_branch(const struct affects *a, const json_t *product)
{
	json_t *v = json_object();

	record_set(v, "category", "product_name");
	record_set(v, "name", record_str(product, "name"));
	json_object_set_new(v, "product", affects_node(a, product));
	return v;
}

/* What is affected, or may be, wants to be told what to do. */
static void
affects_general(const struct affects *a, json_t *product)
{
	json_t *text = words_plain(json_object_get(a->view, "solution"));

	if (text == NULL)
		affects_remedy(
		    product, "none_available", affects_label(a->view, "none"));
	else
		affects_remedy(product, "mitigation", json_string_value(text));
	json_decref(text);
}

static const char *
affects_status(const char *token)
{
	if (strcmp(token, "vulnerable") == 0)
		return "known_affected";
	if (strcmp(token, "notvulnerable") == 0)
		return "known_not_affected";
	return "under_investigation";
}

/* One product of an answer: as it is, and as it is fixed. */
static void
affects_item(struct affects *a, json_t *branch, const json_t *item)
{
	const char *token = record_str(item, "token");
	const char *fixed = record_str(item, "fixed");
	const char *fix = record_str(item, "fix");
	json_t *product = affects_product(
	    a, item, record_str(item, "affected"), affects_status(token));

	record_set(product, "word", record_str(item, "product_status"));
	json_array_append_new(branch, affects_branch(a, product));
	if (strcmp(token, "notvulnerable") != 0 && fix == NULL && fixed == NULL)
		affects_general(a, product);
	affects_remedy(product, "workaround", record_str(item, "workaround"));
	affects_remedy(product, "vendor_fix", fix == NULL ? fixed : fix);
	if (fixed != NULL)
		json_array_append_new(branch,
		    affects_branch(
			a, affects_product(a, item, fixed, "fixed")));
}

static json_t *
affects_vendor(struct affects *a, const json_t *vendor)
{
	json_t *branch = json_array(), *v = NULL, *product;
	size_t i, first = json_array_size(a->product);
	const json_t *item;

	json_array_foreach(json_object_get(vendor, "item"), i, item)
		affects_item(a, branch, item);
	for (i = first; i < json_array_size(a->product); i++) {
		product = json_array_get(a->product, i);
		words_show(
		    product, "vendor_name", record_str(vendor, "vendor_name"));
		record_set(product, "answered",
		    record_str(json_object_get(vendor, "answered"), "utc"));
	}
	if (json_array_size(branch) > 0) {
		v = json_object();
		record_set(v, "category", "vendor");
		words_show(v, "name", record_str(vendor, "vendor_name"));
		json_object_set(v, "branches", branch);
	}
	json_decref(branch);
	return v;
}

/* One product of the case itself. */
static void
affects_own(struct affects *a, json_t *names, const json_t *item)
{
	json_t *product = affects_product(
	    a, item, record_str(item, "affected"), "known_affected");

	words_show(product, "vendor_name", record_str(item, "vendor_name"));
	record_set(product, "purl", record_str(item, "purl"));
	json_array_append_new(names, affects_node(a, product));
	affects_general(a, product);
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

	*a = (struct affects){
		.view = view, .tree = json_object(), .product = json_array()
	};
	json_array_foreach(json_object_get(view, "product_item"), i, one)
		affects_own(a, names, one);
	json_array_foreach(json_object_get(view, "vendor"), i, one) {
		v = affects_vendor(a, one);
		if (v != NULL)
			json_array_append_new(branches, v);
	}
	affects_list(a->tree, "branches", branches);
	affects_list(a->tree, "full_product_names", names);
}

/* The ids of the products that have this status. New. */
static json_t *
affects_ids(const struct affects *a, const char *status)
{
	json_t *list = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(a->product, i, one)
		if (record_is(one, "status", status))
			json_array_append(
			    list, json_object_get(one, "product_id"));
	return list;
}

static json_t *
affects_scores(const struct affects *a)
{
	json_t *score = json_object(), *scores = json_array();
	json_t *affected = affects_ids(a, "known_affected");
	const json_t *cvss = json_object_get(a->view, "cvss");

	words_set(score, "cvss_v3", cvss_base(cvss, "3"));
	words_set(score, "cvss_v2", cvss_base(cvss, "2"));
	if (json_object_size(score) > 0 && json_array_size(affected) > 0) {
		json_object_set(score, "products", affected);
		json_array_append(scores, score);
	}
	json_decref(affected);
	json_decref(score);
	return scores;
}

static json_t *
affects_remedies(const struct affects *a)
{
	json_t *list = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(a->product, i, one)
		json_array_extend(list, json_object_get(one, "remedy"));
	return list;
}

/* One CVE, or the case when it has none (CVE NULL). */
static json_t *
affects_vulnerability(const struct affects *a, const char *cve)
{
	static const char *const is[] = { "known_affected",
		"known_not_affected", "under_investigation", "fixed" };
	json_t *v = json_object(), *status = json_object();
	json_t *notes = json_array();
	size_t i;

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
	for (i = 0; i < sizeof is / sizeof is[0]; i++)
		affects_list(status, is[i], affects_ids(a, is[i]));
	if (json_object_size(status) > 0)
		json_object_set(v, "product_status", status);
	json_decref(status);
	affects_list(v, "remediations", affects_remedies(a));
	affects_list(v, "scores", affects_scores(a));
	return v;
}

json_t *
affects_cves(const json_t *view)
{
	json_t *list = json_array(), *seen = json_object();
	const json_t *one;
	const char *id;
	size_t i;

	json_array_foreach(json_object_get(view, "cve"), i, one) {
		id = record_str(one, "text");
		if (record_str(one, "href") == NULL ||
		    json_object_get(seen, id) != NULL)
			continue;
		json_object_set_new(seen, id, json_true());
		json_array_append_new(list, json_string(id));
	}
	json_decref(seen);
	return list;
}

json_t *
affects_vulnerabilities(const struct affects *a)
{
	json_t *list = json_array(), *cve = affects_cves(a->view);
	const json_t *one;
	size_t i;

	json_array_foreach(cve, i, one)
		json_array_append_new(
		    list, affects_vulnerability(a, json_string_value(one)));
	if (json_array_size(list) == 0)
		json_array_append_new(list, affects_vulnerability(a, NULL));
	json_decref(cve);
	return list;
}

void
affects_release(struct affects *a)
{
	json_decref(a->tree);
	json_decref(a->product);
	*a = (struct affects)AFFECTS_INIT;
}
