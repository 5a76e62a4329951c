#include "cvss.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "score.h"

enum {
	BASE_METRICS = 11, /* of version 4 */
};

/* True when the vector chooses "KEY:VALUE". */
static bool
cvss_chosen(const char *vector, const char *key, const char *value)
{
	size_t k = strlen(key), v = strlen(value), n;

	for (;; vector += n + 1) {
		n = strcspn(vector, "/");
		if (n == k + 1 + v && memcmp(vector, key, k) == 0 &&
		    vector[k] == ':' && memcmp(vector + k + 1, value, v) == 0)
			return true;
		if (vector[n] == '\0')
			return false;
	}
}

static json_t *
cvss_choice(const char *vector, const char *key, const json_t *choice,
    enum words_lang lang, bool *any)
{
	const char *value = record_str(choice, "key");
	json_t *v = json_object();

	if (value == NULL)
		return v;
	record_set(v, "value", value);
	words_set(v, "word", words_line(json_object_get(choice, "name"), lang));
	if (strlen(vector) <= CVSS_VECTOR && cvss_chosen(vector, key, value)) {
		json_object_set_new(v, "selected", json_true());
		*any = true;
	}
	return v;
}

/* The table of all choices, or NULL when the vector chooses none. */
static json_t *
cvss_table(const char *vector, const json_t *metric, enum words_lang lang)
{
	const json_t *one, *choice;
	json_t *table = json_array(), *row, *cell;
	const char *key;
	bool any = false;
	size_t i, k;

	json_array_foreach(metric, i, one) {
		key = record_str(one, "key");
		if (key == NULL)
			continue;
		row = json_object();
		cell = json_array();
		record_set(row, "metric_key", key);
		words_set(row, "metric_name",
		    words_line(json_object_get(one, "name"), lang));
		json_array_foreach(json_object_get(one, "choice"), k, choice)
			json_array_append_new(
			    cell, cvss_choice(vector, key, choice, lang, &any));
		json_object_set_new(row, "choice", cell);
		json_array_append_new(table, row);
	}
	if (any)
		return table;
	json_decref(table);
	return NULL;
}

static json_t *
cvss_one(const json_t *score, const json_t *label, enum words_lang lang)
{
	const char *version = record_str(score, "version");
	const char *vector = record_str(score, "vector");
	struct fail f = FAIL_INIT;
	struct score is;
	char major[2] = "";
	const json_t *words;
	json_t *v, *name, *table;
	bool good = vector != NULL && score_read(vector, &is, &f) == 0;

	if (good)
		version = is.version;
	if (vector == NULL || version == NULL || *version < '1' ||
	    *version > '9')
		return NULL;
	major[0] = version[0];
	words = json_object_get(label, major);
	v = json_object();
	name = words_line(json_object_get(words, "name"), lang);
	words_set(v, "version_name",
	    name == NULL ? json_sprintf("CVSS v%s", major) : name);
	record_set(v, "major", major);
	record_set(v, "vector", vector);
	if (good) {
		record_set(v, "version", is.version);
		record_set(v, "score", is.text);
		record_set(v, "rating", is.rating);
	}
	table = cvss_table(vector, json_object_get(words, "metric"), lang);
	if (table != NULL)
		json_object_set_new(v, "has_table", json_true());
	words_set(v, "table", table);
	return v;
}

json_t *
cvss_view(const json_t *score, const json_t *label, enum words_lang lang)
{
	json_t *view = json_array(), *v;
	const json_t *one;
	const char *major;
	size_t i, at;

	json_array_foreach(score, i, one) {
		v = cvss_one(one, label, lang);
		if (v == NULL)
			continue;
		major = record_str(v, "major");
		for (at = json_array_size(view); at > 0; at--)
			if (*record_str(json_array_get(view, at - 1),
				"major") >= *major)
				break;
		json_array_insert_new(view, at, v);
	}
	return view;
}

/* The one score of this major version, or NULL: none, or several. */
static const json_t *
cvss_vector(const json_t *view, const char *major)
{
	const json_t *one, *found = NULL;
	size_t i, n = 0;

	json_array_foreach(view, i, one)
		if (strcmp(record_str(one, "major"), major) == 0 &&
		    record_str(one, "score") != NULL) {
			found = one;
			n++;
		}
	return n == 1 ? found : NULL;
}

/* The score of the base metrics, which stand first. */
static void
cvss_first(const char *vector, struct score *is)
{
	struct text base = TEXT_INIT;
	struct fail f = FAIL_INIT;
	const char *p = vector;
	size_t n;

	for (n = 0; n <= BASE_METRICS && *p != '\0'; n++)
		p += strcspn(p + 1, "/") + 1;
	text_add(&base, vector, (size_t)(p - vector));
	score_read(base.p, is, &f);
	text_release(&base);
}

static void
cvss_upper(json_t *o, const char *key, const char *word)
{
	char upper[16];
	size_t i;

	for (i = 0; word[i] != '\0' && i + 1 < sizeof upper; i++)
		upper[i] = (char)toupper((unsigned char)word[i]);
	upper[i] = '\0';
	record_set(o, key, upper);
}

json_t *
cvss_base(const json_t *view, const char *major)
{
	const json_t *is = cvss_vector(view, major);
	const char *score, *rating;
	struct score base;
	json_t *v;

	if (is == NULL)
		return NULL;
	score = record_str(is, "score");
	rating = record_str(is, "rating");
	if (*major == '4') {
		cvss_first(record_str(is, "vector"), &base);
		score = base.text;
		rating = base.rating;
	}
	v = json_object();
	record_set(v, "version", record_str(is, "version"));
	record_set(v, "vectorString", record_str(is, "vector"));
	json_object_set_new(v, "baseScore", json_real(strtod(score, NULL)));
	if (*major != '2')
		cvss_upper(v, "baseSeverity", rating);
	return v;
}
