#include "front.h"

#include <string.h>

#include "feed.h"
#include "listing.h"
#include "provider.h"
#include "site.h"

enum {
	FRONT_URLS = 50000, /* of one sitemap, says its protocol */
};

/* Put what is in s->out as a unit of its own, made from what it is. */
static int
front_file(struct site *s, const char *path, const char *lang, struct fail *f)
{
	char from[HASH_LEN];

	hash_sha256(s->out.p, s->out.n, from);
	published_begin(&s->published, path, NULL, from);
	if (published_put(&s->published, &s->tree, path, lang, &s->out, f) != 0)
		return f->code;
	return published_end(&s->published, &s->tree, f);
}

static int
front_listing(void *arg, const struct listing *l, struct fail *f)
{
	struct site *s = arg;
	json_t *context;

	if (published_same(&s->published, &s->tree, l->path.p, l->from))
		return 0;
	context = listing_context(l);
	json_object_set(context, "label", s->page.words[l->lang]);
	text_clear(&s->out);
	published_begin(&s->published, l->path.p, NULL, l->from);
	if (template_render(&s->list, context, TEMPLATE_HTML, &s->out, f) ==
		0 &&
	    published_put(&s->published, &s->tree, l->path.p,
		words_lang_name[l->lang], &s->out, f) == 0)
		published_end(&s->published, &s->tree, f);
	json_decref(context);
	return f->code;
}

/* The view of a note that site_add() kept for the feeds, or NULL. */
static json_t *
front_view(struct site *s, json_t *kept, enum words_lang lang, struct fail *f)
{
	struct page p = s->page;
	const char *id = record_str(kept, "id");
	json_t *view = NULL;

	p.out = true;
	p.case_ = json_object_get(kept, "case");
	p.status = json_pack("{s:O*}", id, json_object_get(kept, "status"));
	p.sent = json_pack("{s:O*}", id, json_object_get(kept, "sent"));
	page_view(&p, lang, s->now, false, &view, f);
	json_decref(p.status);
	json_decref(p.sent);
	return view;
}

static int
front_feeds(struct site *s, enum words_lang lang, struct fail *f)
{
	static const char *const name[] = { "jvn.rdf", "jvn-old.rdf",
		"atom.xml" };
	const char *l = words_lang_name[lang];
	json_t *views = json_array(), *view, *one, *feed;
	char path[64];
	size_t i;

	json_array_foreach(s->feed, i, one) {
		view = front_view(s, one, lang, f);
		if (view != NULL)
			json_array_append_new(views, view);
	}
	feed = feed_context(&s->page, lang, views);
	for (i = LEAF_FACES; f->code == 0 && i < SITE_FACES; i++) {
		text_clear(&s->out);
		snprintf(path, sizeof path, "%srss/%s",
		    lang == WORDS_EN ? "en/" : "", name[i - LEAF_FACES]);
		if (face_put(&s->face[i], feed, &s->out, f) == 0)
			front_file(s, path, l, f);
	}
	json_decref(feed);
	return f->code;
}

/* The hash of all notes that the lists are made from. */
static void
front_digest(const struct site *s, char from[HASH_LEN])
{
	const json_t *line;
	const char *one;
	struct hash h;
	size_t i;

	hash_open(&h);
	hash_add(&h, s->common, HASH_LEN);
	json_array_foreach(s->catalog.note, i, line) {
		one = record_str(json_object_get(line, "note"), "from");
		hash_add(&h, one, strlen(one));
	}
	hash_close(&h, from);
}

/* A list of the CSAF provider, unless it was made from the same. */
static int
front_list(struct site *s, enum words_lang lang, const char *name,
    void (*add)(struct site *s, enum words_lang lang), const char *from,
    struct fail *f)
{
	char path[64];

	snprintf(path, sizeof path, "csaf/%s/%s", words_lang_name[lang], name);
	if (published_same(&s->published, &s->tree, path, from))
		return 0;
	text_clear(&s->out);
	add(s, lang);
	published_begin(&s->published, path, NULL, from);
	if (published_put(&s->published, &s->tree, path, words_lang_name[lang],
		&s->out, f) != 0)
		return f->code;
	return published_end(&s->published, &s->tree, f);
}

static void
add_index(struct site *s, enum words_lang lang)
{
	provider_index(&s->catalog, lang, &s->out);
}

static void
add_changes(struct site *s, enum words_lang lang)
{
	provider_changes(&s->catalog, lang, &s->out);
}

static void
add_feed(struct site *s, enum words_lang lang)
{
	provider_feed(&s->catalog, s->page.label, s->base.p, lang, &s->out);
}

static int
front_provider(struct site *s, enum words_lang lang, struct fail *f)
{
	char from[HASH_LEN];

	front_digest(s, from);
	if (front_list(s, lang, "index.txt", add_index, from, f) != 0 ||
	    front_list(s, lang, "changes.csv", add_changes, from, f) != 0)
		return f->code;
	return front_list(s, lang, "feed.json", add_feed, from, f);
}

/* One sitemap of pages FROM.. of the notes, each in both languages. */
static int
front_map(struct site *s, size_t from, const char *path, struct fail *f)
{
	json_t *v = json_object(), *url = json_array();
	const json_t *note, *href;
	size_t i, k, n = json_array_size(s->catalog.note);

	for (i = from; i < n && i < from + FRONT_URLS / 2; i++) {
		note =
		    json_object_get(json_array_get(s->catalog.note, i), "note");
		href = json_object_get(note, "href");
		for (k = 0; k < 2; k++)
			json_array_append_new(url,
			    json_pack("{s:s, s:O}", "path",
				record_str(href, words_lang_name[k]), "updated",
				json_object_get(note, "updated")));
	}
	record_set(v, "address", s->base.p);
	json_object_set_new(v, "url", url);
	text_clear(&s->out);
	if (template_render(&s->map, v, TEMPLATE_XML, &s->out, f) == 0)
		front_file(s, path, NULL, f);
	json_decref(v);
	return f->code;
}

static int
front_maps(struct site *s, struct fail *f)
{
	size_t n = json_array_size(s->catalog.note), i, part = 0;
	json_t *v, *map = json_array();
	char path[64];

	if (n <= FRONT_URLS / 2) {
		json_decref(map);
		return front_map(s, 0, "sitemap.xml", f);
	}
	for (i = 0; f->code == 0 && i < n; i += FRONT_URLS / 2) {
		snprintf(path, sizeof path, "sitemap-%zu.xml", ++part);
		front_map(s, i, path, f);
		json_array_append_new(map, json_pack("{s:s}", "path", path));
	}
	v = json_pack("{s:s, s:o}", "address", s->base.p, "map", map);
	json_object_set_new(v, "has_map", json_true());
	text_clear(&s->out);
	if (f->code == 0 &&
	    template_render(&s->map, v, TEMPLATE_XML, &s->out, f) == 0)
		front_file(s, "sitemap.xml", NULL, f);
	json_decref(v);
	return f->code;
}

/* A template that needs no more than the address and the data of the label. */
static int
front_static(
    struct site *s, const struct template *t, const char *path, struct fail *f)
{
	json_t *v = json_pack("{s:s, s:O*}", "address", s->base.p, "security",
	    json_object_get(s->page.label, "security"));

	text_clear(&s->out);
	if (template_render(t, v, TEMPLATE_TEXT, &s->out, f) == 0)
		front_file(s, path, NULL, f);
	json_decref(v);
	return f->code;
}

int
front_put(struct site *s, struct fail *f)
{
	enum words_lang lang;

	if (listing_each(&s->catalog, s->page.label, s->common, front_listing,
		s, f) != 0)
		return f->code;
	for (lang = WORDS_JA; lang <= WORDS_EN; lang++)
		if (front_feeds(s, lang, f) != 0 ||
		    front_provider(s, lang, f) != 0)
			return f->code;
	text_clear(&s->out);
	provider_metadata(&s->catalog, s->page.label, s->base.p, &s->out);
	if (front_file(s, ".well-known/csaf/provider-metadata.json", NULL, f) !=
		0 ||
	    front_maps(s, f) != 0 || front_static(s, &s->css, "vc.css", f) != 0)
		return f->code;
	return json_object_get(s->page.label, "security") == NULL ?
	    0 :
	    front_static(s, &s->security, ".well-known/security.txt", f);
}
