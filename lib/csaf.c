#include "csaf.h"

#include <stdlib.h>
#include <string.h>

#include "affects.h"
#include "view.h"

struct csaf {
	const json_t *view, *label;
	const char *page;
	struct affects affects;
};

/* What each vendor said, in the words of the page. */
static json_t *
csaf_vendors(const struct csaf *c)
{
	struct text t = TEXT_INIT;
	const json_t *one;
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(c->view, "vendor"), i, one)
		text_addf(&t, "%s%s: %s", i > 0 ? "\n" : "",
		    record_str(one, "vendor_name"),
		    record_str(one, "status_word"));
	v = t.n == 0 ? NULL : words_shown(t.p);
	text_release(&t);
	return v;
}

static json_t *
csaf_notes(const struct csaf *c)
{
	static const struct {
		const char *category, *of;
	} note[] = { { "summary", "overview" }, { "general", "impact" },
		{ "general", "solution" }, { "other", "addendum" },
		{ "other", "comment" }, { "other", "credit" } };
	json_t *notes = json_array();
	size_t i;

	for (i = 0; i < sizeof note / sizeof note[0]; i++)
		affects_note(c->view, notes, note[i].category, note[i].of,
		    words_plain(json_object_get(c->view, note[i].of)));
	affects_note(c->view, notes, "other", "vendor", csaf_vendors(c));
	return notes;
}

static void
csaf_reference(
    json_t *list, const char *category, const char *summary, const char *url)
{
	json_t *v = json_object();

	record_set(v, "category", category);
	words_show(
	    v, "summary", summary == NULL || *summary == '\0' ? url : summary);
	record_set(v, "url", url);
	json_array_append_new(list, v);
}

static json_t *
csaf_references(const struct csaf *c)
{
	json_t *list = json_array();
	const json_t *one;
	const char *url;
	size_t i;

	csaf_reference(list, "self", NULL,
	    record_str(json_object_get(c->view, "site"), "csaf"));
	csaf_reference(list, "self", record_str(c->view, "id"), c->page);
	json_array_foreach(json_object_get(c->view, "reference"), i, one) {
		url = record_str(one, "href");
		if (url != NULL)
			csaf_reference(
			    list, "external", record_str(one, "about"), url);
	}
	return list;
}

static json_t *
csaf_revision(size_t number, const char *date, const char *summary)
{
	json_t *v = json_object();
	char n[24];

	snprintf(n, sizeof n, "%zu", number);
	record_set(v, "number", n);
	record_set(v, "date", date);
	words_show(v, "summary", summary);
	return v;
}

/* The day of publication, and each update after it. */
static json_t *
csaf_revisions(const struct csaf *c)
{
	const char *first =
	    record_str(json_object_get(c->view, "published"), "utc");
	json_t *list = json_array(), *text;
	const json_t *one;
	size_t i;

	json_array_append_new(
	    list, csaf_revision(1, first, record_str(c->label, "first")));
	json_array_foreach(json_object_get(c->view, "history"), i, one) {
		if (!view_after(c->view, one))
			continue;
		text = words_plain(json_object_get(one, "note"));
		json_array_append_new(list,
		    csaf_revision(json_array_size(list) + 1,
			record_str(one, "utc"),
			text == NULL ? record_str(c->label, "history") :
				       json_string_value(text)));
		json_decref(text);
	}
	return list;
}

static json_t *
csaf_tracking(const struct csaf *c)
{
	json_t *list = csaf_revisions(c), *v = json_object();
	const json_t *first = json_array_get(list, 0);
	const json_t *last = json_array_get(list, json_array_size(list) - 1);

	record_set(v, "id", record_str(c->view, "id"));
	record_set(v, "status", "final");
	record_set(v, "version", record_str(last, "number"));
	record_set(v, "initial_release_date", record_str(first, "date"));
	record_set(v, "current_release_date", record_str(last, "date"));
	json_object_set_new(v, "revision_history", list);
	return v;
}

static json_t *
csaf_document(const struct csaf *c)
{
	const char *title = record_str(c->view, "title");
	json_t *v = json_object();

	record_set(v, "category",
	    json_array_size(c->affects.product) > 0 ? "csaf_security_advisory" :
						      "csaf_base");
	record_set(v, "csaf_version", "2.0");
	json_object_set_new(
	    v, "distribution", json_pack("{s:{s:s}}", "tlp", "label", "WHITE"));
	record_set(v, "lang", record_str(c->view, "lang"));
	affects_list(v, "notes", csaf_notes(c));
	json_object_set_new(v, "publisher",
	    json_pack("{s:s, s:s, s:s}", "category", "coordinator", "name",
		record_str(c->label, "centre"), "namespace",
		record_str(json_object_get(c->view, "site"), "address")));
	json_object_set_new(v, "references", csaf_references(c));
	words_show(v, "title",
	    title == NULL ? record_str(c->label, "untitled") : title);
	json_object_set_new(v, "tracking", csaf_tracking(c));
	return v;
}

int
csaf_put(const json_t *view, struct text *out, struct fail *f)
{
	struct csaf c = { .view = view,
		.label = json_object_get(view, "label"),
		.page = record_str(json_object_get(view, "site"), "page") };
	json_t *all = json_object();
	char *s;

	(void)f;
	affects_read(&c.affects, view);
	json_object_set_new(all, "document", csaf_document(&c));
	if (json_object_size(c.affects.tree) > 0)
		json_object_set(all, "product_tree", c.affects.tree);
	json_object_set_new(
	    all, "vulnerabilities", affects_vulnerabilities(&c.affects));
	s = json_dumps(
	    all, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(3));
	text_addf(out, "%s\n", s);
	free(s);
	json_decref(all);
	affects_release(&c.affects);
	return 0;
}
