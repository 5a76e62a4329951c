#include "near.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "brand.h"
#include "fold.h"

enum {
	LETTERS_1 = 4, /* a key of so many octets may differ by one letter */
	LETTERS_2 = 9, /* and by two */
};

/* A name made ready: {what, at?, key, word}; see ready(). */

static json_t *
key_of(const char *what, const char *s)
{
	struct text t = TEXT_INIT;
	json_t *key;

	if (brand_is(s))
		brand_key(s, &t);
	else if (strcmp(what, "name") == 0)
		fold_name(&t, s, strlen(s));
	else
		fold_bare(&t, s, strlen(s));
	key = json_stringn(t.n > 0 ? t.p : "", t.n);
	text_release(&t);
	return key;
}

/* The words of a name, each by its key. */
static json_t *
words_of(const char *s)
{
	struct text t = TEXT_INIT, one = TEXT_INIT;
	json_t *words = json_array();

	fold_key(&t, s, strlen(s));
	for (const char *p = t.n > 0 ? t.p : ""; *p != '\0';) {
		size_t n = strcspn(p, " -_/()");

		text_clear(&one);
		if (n > 0)
			fold_bare(&one, p, n);
		if (one.n > 0)
			json_array_append_new(
			    words, json_stringn(one.p, one.n));
		p += n + (p[n] != '\0');
	}
	text_release(&t);
	text_release(&one);
	return words;
}

/* Put a name into LIST; AT is its place in the case. */
static void
ready(json_t *list, const char *what, const char *at, const char *s)
{
	json_t *name;

	if (s == NULL || *s == '\0' || json_array_size(list) >= NEAR_NAMES)
		return;
	name = json_object();
	record_set(name, "what", what);
	record_set(name, "at", at);
	json_object_set_new(name, "key", key_of(what, s));
	if (strcmp(what, "product") == 0 && !brand_is(s))
		json_object_set_new(name, "word", words_of(s));
	json_array_append_new(list, name);
}

static void
ready_text(json_t *list, const char *what, const char *at, const json_t *name)
{
	ready(list, what, at, json_string_value(name));
	ready(list, what, at, record_str(name, "ja"));
	ready(list, what, at, record_str(name, "en"));
}

static json_t *
ready_row(const json_t *row)
{
	json_t *list = json_array(), *e;
	size_t i;

	ready(list, "id", NULL, record_str(row, "vendor"));
	ready_text(list, "name", NULL, json_object_get(row, "name"));
	json_array_foreach(json_object_get(row, "product"), i, e)
		ready(list, "product", NULL, json_string_value(e));
	json_array_foreach(json_object_get(row, "keyword"), i, e)
		ready(list, "keyword", NULL, json_string_value(e));
	return list;
}

static void
ready_product(json_t *list, size_t i, const json_t *product)
{
	struct text at = TEXT_INIT;

	text_addf(&at, "product[%zu]", i);
	ready_text(list, "product", at.p, json_object_get(product, "name"));
	ready(list, "product", at.p, record_str(product, "purl"));
	ready(list, "product", at.p, record_str(product, "cpe"));
	text_puts(&at, ".vendor");
	ready(list, "name", at.p, record_str(product, "vendor"));
	text_release(&at);
}

static void
ready_list(
    json_t *list, const json_t *case_, const char *field, const char *what)
{
	struct text at = TEXT_INIT;
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(case_, field), i, e) {
		text_clear(&at);
		text_addf(&at, "%s[%zu]", field, i);
		ready(list, what, at.p, json_string_value(e));
	}
	text_release(&at);
}

void
near_case(struct near *n, const json_t *case_)
{
	json_t *e;
	size_t i;

	if (n->list == NULL)
		n->list = json_object();
	json_decref(n->names);
	n->names = json_array();
	n->told = 0;
	json_array_foreach(json_object_get(case_, "product"), i, e)
		ready_product(n->names, i, e);
	ready_list(n->names, case_, "keyword", "keyword");
	ready_list(n->names, case_, "vendor", "id");
}

static size_t
chars(const char *s, unsigned out[NEAR_KEY])
{
	size_t n = 0;

	while (*s != '\0' && n < NEAR_KEY)
		out[n++] = text_char(&s);
	return n;
}

/* The edits that make A of B, or MOST + 1 for more than MOST. */
static size_t
letters(const char *a, const char *b, size_t most)
{
	unsigned x[NEAR_KEY], y[NEAR_KEY];
	size_t row[NEAR_KEY + 1], m = chars(a, x), n = chars(b, y), low, was;

	if ((m > n ? m - n : n - m) > most)
		return most + 1;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= m; i++) {
		was = row[0];
		row[0] = low = i;
		for (size_t j = 1; j <= n; j++) {
			size_t cost = was + (x[i - 1] != y[j - 1]);

			was = row[j];
			cost = cost <= row[j] + 1 ? cost : row[j] + 1;
			row[j] = cost <= row[j - 1] + 1 ? cost : row[j - 1] + 1;
			low = row[j] < low ? row[j] : low;
		}
		if (low > most)
			return most + 1;
	}
	return row[n];
}

static const char *
by_letters(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b), short_ = m < n ? m : n;
	size_t most = short_ >= LETTERS_2 ? 2 : short_ >= LETTERS_1 ? 1 : 0;

	if (most == 0 || m >= NEAR_KEY || n >= NEAR_KEY ||
	    (m > n ? m - n : n - m) > 4 * most)
		return NULL;
	most = letters(a, b, most);
	return most == 1		     ? "by 1 letter" :
	    most == 2 && short_ >= LETTERS_2 ? "by 2 letters" :
					       NULL;
}

static bool
is_version(const char *word)
{
	static const char *const said[] = { "version", "ver", "v", "release",
		"rel", "r", "rev", "バージョン", "版" };
	size_t n;

	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (strcmp(word, said[i]) == 0)
			return true;
	n = strcspn(word, "0123456789");
	return n <= 1 && word[n] != '\0';
}

static const char *
word_at(const json_t *words, size_t i)
{
	return json_string_value(json_array_get(words, i));
}

static bool
is_versions(const json_t *words, size_t from, size_t to)
{
	for (; from < to; from++)
		if (!is_version(word_at(words, from)))
			return false;
	return true;
}

/*
 * What is left of both when the words that begin and end both are gone. That
 * both end in one word (Server) says nothing yet.
 */
static const char *
by_words(const json_t *a, const json_t *b)
{
	size_t m = json_array_size(a), n = json_array_size(b), head = 0;
	size_t most = m < n ? m : n, tail;

	while (head < most && strcmp(word_at(a, head), word_at(b, head)) == 0)
		head++;
	while (m > head && n > head &&
	    strcmp(word_at(a, m - 1), word_at(b, n - 1)) == 0) {
		m--;
		n--;
	}
	tail = json_array_size(a) - m;
	if ((m == head && n == head) || (head == 0 && tail < 2))
		return NULL;
	if (is_versions(a, head, m) && is_versions(b, head, n))
		return "by version words";
	return m + n == 2 * head + 1 ? "by a word" : NULL;
}

/* How a name of the case differs from one of the list, or NULL. */
static const char *
differs(const json_t *a, const json_t *b)
{
	const char *x = record_str(a, "key"), *y = record_str(b, "key");
	const json_t *wa = json_object_get(a, "word");
	const json_t *wb = json_object_get(b, "word");
	const char *how = NULL;

	if (!record_is(a, "what", record_str(b, "what")) || strcmp(x, y) == 0)
		return NULL;
	if (wa != NULL && wb != NULL)
		how = by_words(wa, wb);
	if (how == NULL || strcmp(how, "by a word") == 0) {
		const char *nearer = by_letters(x, y);

		how = nearer != NULL ? nearer : how;
	}
	return how;
}

static void
say(json_t *out, const json_t *mine, const char *vendor, const char *how)
{
	const char *what = record_str(mine, "what");
	struct text t = TEXT_INIT;

	text_addf(&t, "%s differs from ", record_str(mine, "at"));
	if (strcmp(what, "id") == 0)
		text_addf(&t, "vendor '%s' ", vendor);
	else
		text_addf(&t, "%s %s of vendor '%s' ",
		    strcmp(what, "name") == 0 ? "the" : "a", what, vendor);
	text_puts(&t, how);
	json_array_append_new(out, json_stringn(t.p, t.n));
	text_release(&t);
}

json_t *
near_find(struct near *n, const json_t *row)
{
	const char *vendor = record_str(row, "vendor");
	json_t *out = json_array(), *names, *mine, *its;
	const char *how;
	size_t i, k;

	names = json_object_get(n->list, vendor);
	if (names == NULL) {
		names = ready_row(row);
		json_object_set_new(n->list, vendor, names);
	}
	json_array_foreach(n->names, i, mine) {
		how = NULL;
		json_array_foreach(names, k, its)
			if ((how = differs(mine, its)) != NULL)
				break;
		if (how != NULL && n->told < NEAR_CASE &&
		    json_array_size(out) < NEAR_VENDOR) {
			say(out, mine, vendor, how);
			n->told++;
		}
	}
	if (json_array_size(out) > 0)
		return out;
	json_decref(out);
	return NULL;
}

void
near_release(struct near *n)
{
	json_decref(n->list);
	json_decref(n->names);
	*n = (struct near)NEAR_INIT;
}
