#include "provider.h"

#include <stdlib.h>
#include <string.h>

#include "place.h"
#include "process.h"

static const char *
note_time(const json_t *line, const char *which)
{
	const json_t *note = json_object_get(line, "note");

	return record_str(json_object_get(note, which), "utc");
}

/* "csaf/en/2024/jvnvu_1.json", and where "2024/.." begins in it. */
static size_t
note_path(const json_t *line, enum words_lang lang, struct text *out)
{
	text_clear(out);
	place_csaf(record_str(json_object_get(line, "note"), "id"),
	    note_time(line, "published"), lang, out);
	return strlen("csaf/ja/");
}

void
provider_index(const struct catalog *c, enum words_lang lang, struct text *out)
{
	struct text path = TEXT_INIT;
	const json_t *line;
	size_t i, n;

	json_array_foreach(c->note, i, line) {
		n = note_path(line, lang, &path);
		text_addf(out, "%s\n", path.p + n);
	}
	text_release(&path);
}

/* A note of the feed and when it changed. */
struct changed {
	const char *at, *id;
	const json_t *line;
};

static int
by_change(const void *a, const void *b)
{
	const struct changed *x = a, *y = b;
	int cmp = strcmp(y->at, x->at);

	return cmp != 0 ? cmp : strcmp(x->id, y->id);
}

/* The notes, the one that changed last first. The caller frees. */
static struct changed *
changes(const struct catalog *c)
{
	size_t n = json_array_size(c->note), i;
	struct changed *v = process_alloc((n + 1) * sizeof *v);
	const json_t *line;

	json_array_foreach(c->note, i, line) {
		v[i].at = note_time(line, "updated");
		v[i].id = record_str(json_object_get(line, "note"), "id");
		v[i].line = line;
	}
	qsort(v, n, sizeof *v, by_change);
	return v;
}

void
provider_changes(
    const struct catalog *c, enum words_lang lang, struct text *out)
{
	struct changed *v = changes(c);
	struct text path = TEXT_INIT;
	size_t i, n;

	for (i = 0; i < json_array_size(c->note); i++) {
		n = note_path(v[i].line, lang, &path);
		text_addf(out, "\"%s\",\"%s\"\n", path.p + n, v[i].at);
	}
	text_release(&path);
	free(v);
}

static json_t *
link_to(const char *rel, const char *url, const char *ext)
{
	return json_pack(
	    "{s:s, s:o}", "rel", rel, "href", json_sprintf("%s%s", url, ext));
}

static json_t *
feed_entry(const struct changed *v, const char *base, enum words_lang lang)
{
	const json_t *note = json_object_get(v->line, "note");
	struct text url = TEXT_INIT, path = TEXT_INIT;
	json_t *e, *title = words_line(json_object_get(note, "title"), lang);

	note_path(v->line, lang, &path);
	text_addf(&url, "%s%s", base, path.p);
	e = json_pack("{s:s, s:o, s:[o, o, o], s:s, s:s, s:{s:s, s:s},"
		      " s:{s:s, s:s}}",
	    "id", v->id, "title",
	    words_shown(title == NULL ? v->id : json_string_value(title)),
	    "link", link_to("self", url.p, ""),
	    link_to("hash", url.p, ".sha256"),
	    link_to("hash", url.p, ".sha512"), "published",
	    note_time(v->line, "published"), "updated", v->at, "content",
	    "type", "application/json", "src", url.p, "format", "schema",
	    "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json",
	    "version", "2.0");
	json_decref(title);
	text_release(&url);
	text_release(&path);
	return e;
}

static void
put(json_t *v, struct text *out)
{
	char *s = json_dumps(v, JSON_SORT_KEYS | JSON_INDENT(2));

	text_addf(out, "%s\n", s);
	free(s);
	json_decref(v);
}

void
provider_feed(const struct catalog *c, const json_t *label, const char *base,
    enum words_lang lang, struct text *out)
{
	struct changed *v = changes(c);
	json_t *entry = json_array(),
	       *title = words_line(json_object_get(label, "site"), lang);
	size_t i, n = json_array_size(c->note);
	struct text url = TEXT_INIT;

	for (i = 0; i < n; i++)
		json_array_append_new(entry, feed_entry(&v[i], base, lang));
	text_addf(&url, "%scsaf/%s/feed.json", base, words_lang_name[lang]);
	put(json_pack("{s:{s:s, s:o, s:[o], s:[{s:s, s:s}], s:s, s:o}}", "feed",
		"id", url.p, "title", title == NULL ? json_string(base) : title,
		"link", link_to("self", url.p, ""), "category", "scheme",
		"urn:ietf:params:rolie:category:information-type", "term",
		"csaf", "updated", n == 0 ? "1970-01-01T00:00:00Z" : v[0].at,
		"entry", entry),
	    out);
	text_release(&url);
	free(v);
}

static json_t *
distribution(const char *base, enum words_lang lang)
{
	const char *l = words_lang_name[lang];

	return json_pack("{s:o, s:{s:[{s:s, s:o, s:o}]}}", "directory_url",
	    json_sprintf("%scsaf/%s/", base, l), "rolie", "feeds", "tlp_label",
	    "WHITE", "url", json_sprintf("%scsaf/%s/feed.json", base, l),
	    "summary", json_sprintf("%s", l));
}

void
provider_metadata(const struct catalog *c, const json_t *label,
    const char *base, struct text *out)
{
	struct changed *v = changes(c);
	json_t *name = words_line(json_object_get(label, "centre"), WORDS_EN);

	put(json_pack("{s:o, s:[o, o], s:s, s:b, s:s, s:b, s:{s:s, s:o, s:s},"
		      " s:s}",
		"canonical_url",
		json_sprintf("%s.well-known/csaf/provider-metadata.json", base),
		"distributions", distribution(base, WORDS_JA),
		distribution(base, WORDS_EN), "last_updated",
		json_array_size(c->note) == 0 ? "1970-01-01T00:00:00Z" :
						v[0].at,
		"list_on_CSAF_aggregators", 1, "metadata_version", "2.0",
		"mirror_on_CSAF_aggregators", 1, "publisher", "category",
		"coordinator", "name", name == NULL ? json_string(base) : name,
		"namespace", base, "role", "csaf_provider"),
	    out);
	free(v);
}
