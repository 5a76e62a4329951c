#include "listing.h"

#include <stdlib.h>
#include <string.h>

#include "process.h"

/* Folders of lists; each is also their words in the label. */
static const char *const table[] = { "report", "vendor", "product", "cwe",
	"status" };

enum {
	TABLES = sizeof table / sizeof *table,
};

static const char *
prefix(enum words_lang lang)
{
	return lang == WORDS_EN ? "en/" : "";
}

static json_t *
words(const json_t *label, const char *key)
{
	return json_incref(
	    json_object_get(json_object_get(label, "index"), key));
}

static json_t *
href(const char *key)
{
	return json_pack("{s:o, s:o}", "ja", json_sprintf("%s/", key), "en",
	    json_sprintf("en/%s/", key));
}

json_t *
listing_menu(const json_t *label, enum words_lang lang, const char *path,
    const char *other)
{
	json_t *v = json_object(), *menu = json_array(), *one;
	struct text root = TEXT_INIT;
	const char *p;
	size_t i;

	for (p = path; *p != '\0'; p++)
		if (*p == '/')
			text_puts(&root, "../");
	record_set(v, "root", root.n == 0 ? "./" : root.p);
	text_release(&root);
	one = json_object();
	words_set(one, "name", words(label, "home"));
	record_set(
	    one, "href", lang == WORDS_EN ? "en/index.html" : "index.html");
	json_array_append_new(menu, one);
	for (i = 0; i < TABLES; i++) {
		one = json_object();
		words_set(one, "name", words(label, table[i]));
		words_set(one, "href",
		    json_sprintf("%s%s/index.html", prefix(lang), table[i]));
		json_array_append_new(menu, one);
	}
	json_object_set_new(v, "menu", menu);
	words_set(v, "feed", json_sprintf("%srss/", prefix(lang)));
	json_object_set_new(v, "other",
	    json_pack("{s:s, s:s, s:o*}", "href", other, "lang",
		words_lang_name[lang == WORDS_JA], "name",
		words(label, "other")));
	one = words_table(v, lang);
	json_decref(v);
	return one;
}

static void
digest_line(struct hash *h, const json_t *line)
{
	const json_t *note = json_object_get(line, "note");
	const char *const part[] = { record_str(note, "from"),
		record_str(line, "token"),
		record_str(json_object_get(line, "answered"), "utc") };
	size_t i;

	for (i = 0; i < sizeof part / sizeof *part; i++) {
		if (part[i] != NULL)
			hash_add(h, part[i], strlen(part[i]));
		hash_add(h, "\n", 1);
	}
}

static void
digest(struct listing *l, const char *common)
{
	json_t *rest = json_array();
	const json_t *line;
	struct hash h;
	char *s;
	size_t i;

	hash_open(&h);
	hash_add(&h, common, strlen(common));
	json_array_append(rest, l->heading);
	if (l->child != NULL)
		json_array_append(rest, l->child);
	s = json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(rest);
	if (s != NULL)
		hash_add(&h, s, strlen(s));
	free(s);
	json_array_foreach(l->note, i, line)
		digest_line(&h, line);
	hash_close(&h, l->from);
}

struct each {
	const struct catalog *c;
	const json_t *label;
	const char *common;
	int (*take)(void *arg, const struct listing *l, struct fail *f);
	void *arg;
	struct fail *f;
};

/* A page in both languages: KEY is its folder, "" the first page. Steals
 * HEADING, CHILD. */
static int
give(const struct each *e, const char *key, json_t *heading, json_t *note,
    json_t *child)
{
	struct listing l = { .path = TEXT_INIT,
		.label = e->label,
		.heading = heading,
		.note = note,
		.child = child };
	int rc = 0;

	digest(&l, e->common);
	for (l.lang = WORDS_JA; rc == 0 && l.lang <= WORDS_EN; l.lang++) {
		text_clear(&l.path);
		text_addf(&l.path, "%s%s%sindex.html", prefix(l.lang), key,
		    *key == '\0' ? "" : "/");
		rc = e->take(e->arg, &l, e->f);
	}
	text_release(&l.path);
	json_decref(heading);
	json_decref(child);
	return rc;
}

static const char *
sort_name(const json_t *child)
{
	const char *s = record_str(json_object_get(child, "name"), "ja");

	return s == NULL ? "" : s;
}

static int
by_name(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int cmp = strcmp(sort_name(x), sort_name(y));

	return cmp != 0 ? cmp :
			  strcmp(record_str(x, "key"), record_str(y, "key"));
}

/* A new array of them by their names; BACK: the last comes first. Steals. */
static json_t *
sorted(json_t *a, bool back)
{
	size_t n = json_array_size(a), i;
	json_t **v = process_alloc((n + 1) * sizeof *v), *out = json_array();

	for (i = 0; i < n; i++)
		v[i] = json_array_get(a, i);
	qsort(v, n, sizeof *v, by_name);
	for (i = 0; i < n; i++)
		json_array_append(out, v[back ? n - 1 - i : i]);
	free(v);
	json_decref(a);
	return out;
}

static json_t *
child_of(const struct catalog *c, const char *key, const json_t *list)
{
	json_t *v = json_object();

	record_set(v, "key", key);
	json_object_set(v, "name", json_object_get(c->name, key));
	json_object_set_new(v, "href", href(key));
	json_object_set_new(
	    v, "count", json_sprintf("%zu", json_array_size(list)));
	return v;
}

/* The vendors of the public list: those with notes have a page. AT: key ->
 * child. */
static void
public_vendors(const struct catalog *c, json_t *child, json_t *at)
{
	struct text key = TEXT_INIT;
	json_t *one, *v;
	size_t i;

	json_array_foreach(c->vendor, i, one) {
		text_clear(&key);
		text_addf(&key, "vendor/%s", record_str(one, "vendor"));
		v = json_object_get(at, key.p);
		if (v == NULL) {
			v = json_object();
			record_set(v, "key", key.p);
			json_object_set(
			    v, "name", json_object_get(one, "name"));
			json_array_append_new(child, v);
		}
		record_set(v, "email", record_str(one, "email"));
	}
	text_release(&key);
}

/* The lists below the folder T; "": the series. */
static json_t *
children(const struct catalog *c, const char *t)
{
	json_t *child = json_array(), *at = json_object(), *one;
	const char *key, *slash;
	const json_t *list;

	json_object_foreach(c->list, key, list) {
		slash = strchr(key, '/');
		if (slash == NULL ? *t != '\0' :
				    strlen(t) != (size_t)(slash - key) ||
			    strncmp(key, t, strlen(t)) != 0)
			continue;
		one = child_of(c, key, list);
		json_object_set(at, key, one);
		json_array_append_new(child, one);
	}
	if (strcmp(t, "vendor") == 0)
		public_vendors(c, child, at);
	json_decref(at);
	return sorted(child, strcmp(t, "report") == 0);
}

static json_t *
recent(const struct catalog *c)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < LISTING_RECENT && i < json_array_size(c->note); i++)
		json_array_append(list, json_array_get(c->note, i));
	return list;
}

int
listing_each(const struct catalog *c, const json_t *label, const char *common,
    int (*take)(void *arg, const struct listing *l, struct fail *f), void *arg,
    struct fail *f)
{
	const struct each e = { c, label, common, take, arg, f };
	json_t *first = recent(c), *list;
	const char *key;
	size_t i;
	int rc;

	rc = give(&e, "", json_incref(json_object_get(label, "site")), first,
	    children(c, ""));
	json_decref(first);
	for (i = 0; rc == 0 && i < TABLES; i++)
		rc = give(&e, table[i], words(label, table[i]), NULL,
		    children(c, table[i]));
	json_object_foreach(c->list, key, list)
		if (rc == 0)
			rc = give(&e, key,
			    json_incref(json_object_get(c->name, key)), list,
			    NULL);
	return rc;
}

json_t *
listing_context(const struct listing *l)
{
	json_t *v = json_object(), *all, *menu;
	struct text other = TEXT_INIT;

	text_addf(&other, "%s%s", prefix(l->lang == WORDS_JA),
	    l->path.p + strlen(prefix(l->lang)));
	json_object_set(v, "heading", l->heading);
	json_object_set(v, "note", l->note);
	json_object_set(v, "child", l->child);
	if (json_array_size(l->note) > 0)
		json_object_set_new(v, "has_note", json_true());
	if (json_array_size(l->child) > 0)
		json_object_set_new(v, "has_child", json_true());
	all = words_table(v, l->lang);
	menu = listing_menu(l->label, l->lang, l->path.p, other.p);
	json_object_update(all, menu);
	record_set(all, "lang", words_lang_name[l->lang]);
	text_release(&other);
	json_decref(menu);
	json_decref(v);
	return all;
}
