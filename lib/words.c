#include "words.h"

#include <string.h>
#include <strings.h>

const char *const words_lang_name[2] = { "ja", "en" };

enum words_lang
words_lang(const char *s, enum words_lang otherwise)
{
	if (s != NULL && strcmp(s, "ja") == 0)
		return WORDS_JA;
	if (s != NULL && strcmp(s, "en") == 0)
		return WORDS_EN;
	return otherwise;
}

void
words_set(json_t *o, const char *key, json_t *value)
{
	if (value != NULL)
		json_object_set_new(o, key, value);
}

const char *
words_pick(const json_t *text, enum words_lang lang, bool *foreign)
{
	const char *s = json_string_value(text);
	enum words_lang other = lang == WORDS_JA ? WORDS_EN : WORDS_JA;
	bool unused;

	foreign = foreign == NULL ? &unused : foreign;
	*foreign = false;
	if (json_is_object(text)) {
		s = record_str(text, words_lang_name[lang]);
		if (s == NULL || *s == '\0') {
			s = record_str(text, words_lang_name[other]);
			*foreign = true;
		}
	}
	return s == NULL || *s == '\0' ? NULL : s;
}

static json_t *
words_flat(const char *s, size_t n)
{
	struct text out = TEXT_INIT;
	json_t *v;
	size_t i;

	for (i = 0; i < n; i++)
		text_add(&out,
		    s[i] == '\n' || s[i] == '\t' || s[i] == '\r' ? " " : s + i,
		    1);
	text_add(&out, "", 0);
	v = json_stringn(out.p, out.n);
	text_release(&out);
	return v;
}

json_t *
words_line(const json_t *text, enum words_lang lang)
{
	const char *s = words_pick(text, lang, NULL);

	return s == NULL ? NULL : words_flat(s, strlen(s));
}

/* One paragraph: the lines up to a blank one; *p moves behind it. */
static json_t *
words_paragraph(const char **p)
{
	json_t *paragraph = json_object(), *line = json_array(), *one;
	const char *s = *p;
	size_t n;

	while (*s != '\0' && *s != '\n') {
		n = strcspn(s, "\n");
		one = json_object();
		words_set(one, "text", words_flat(s, n));
		s += n;
		s += *s == '\n';
		if (*s != '\0' && *s != '\n')
			json_object_set_new(one, "more", json_true());
		json_array_append_new(line, one);
	}
	*p = s + strspn(s, "\n");
	json_object_set_new(paragraph, "line", line);
	return paragraph;
}

json_t *
words_text(const json_t *text, enum words_lang lang)
{
	bool foreign;
	const char *s = words_pick(text, lang, &foreign);
	json_t *view, *paragraph, *one;

	if (s == NULL)
		return NULL;
	s += strspn(s, "\n");
	paragraph = json_array();
	while (*s != '\0') {
		one = words_paragraph(&s);
		if (*s != '\0')
			json_object_set_new(one, "next", json_true());
		json_array_append_new(paragraph, one);
	}
	view = json_object();
	if (foreign)
		record_set(view, "foreign", words_lang_name[lang == WORDS_JA]);
	json_object_set_new(view, "paragraph", paragraph);
	return view;
}

bool
words_url(const char *url)
{
	static const char *const scheme[] = { "https://", "http://",
		"mailto:" };
	size_t i, n;

	if (url == NULL || strlen(url) > WORDS_URL)
		return false;
	for (i = 0; url[i] != '\0'; i++)
		if (url[i] <= ' ' || url[i] > '~' ||
		    strchr("\"'<>\\^`{|}", url[i]) != NULL)
			return false;
	for (i = 0; i < sizeof scheme / sizeof scheme[0]; i++) {
		n = strlen(scheme[i]);
		if (strncasecmp(url, scheme[i], n) == 0)
			return url[n] != '\0' && url[n] != '/';
	}
	return false;
}

json_t *
words_when(when_t t)
{
	char day[WHEN_DAY], utc[WHEN_LEN], japan[WHEN_LEN];
	struct text s = TEXT_INIT;
	json_t *v = json_object();

	when_japan(t, day);
	when_format(t, utc);
	when_format(t + 9 * 3600, japan);
	record_set(v, "day", day);
	record_set(v, "utc", utc);
	text_addf(&s, "%.10s", japan);
	record_set(v, "iso", s.p);
	text_clear(&s);
	text_addf(&s, "%s %.8s", day, japan + 11);
	record_set(v, "japan", s.p);
	text_release(&s);
	return v;
}

json_t *
words_table(const json_t *table, enum words_lang lang)
{
	const json_t *v;
	json_t *out;
	const char *key;
	size_t i;

	if (json_is_array(table)) {
		out = json_array();
		json_array_foreach(table, i, v)
			json_array_append_new(out, words_table(v, lang));
		return out;
	}
	if (!json_is_object(table))
		return json_deep_copy(table);
	v = json_object_get(table, words_lang_name[lang]);
	if (json_is_string(v))
		return json_deep_copy(v);
	out = words_line(table, lang);
	if (out != NULL)
		return out;
	out = json_object();
	json_object_foreach((json_t *)(uintptr_t)table, key, v)
		json_object_set_new(out, key, words_table(v, lang));
	return out;
}

json_t *
words_shown(const char *s)
{
	struct text t = TEXT_INIT;
	json_t *v;

	text_mask(&t, s, strlen(s), true);
	v = json_stringn(t.p, t.n);
	text_release(&t);
	return v;
}

void
words_show(json_t *o, const char *key, const char *s)
{
	if (s != NULL && *s != '\0')
		json_object_set_new(o, key, words_shown(s));
}

json_t *
words_plain(const json_t *text)
{
	const json_t *paragraph, *line;
	struct text t = TEXT_INIT;
	json_t *v;
	size_t i, k;

	json_array_foreach(json_object_get(text, "paragraph"), i, paragraph) {
		if (i > 0)
			text_puts(&t, "\n");
		json_array_foreach(json_object_get(paragraph, "line"), k, line)
			text_addf(&t, "%s%s", i + k > 0 ? "\n" : "",
			    record_str(line, "text"));
	}
	v = t.n == 0 ? NULL : words_shown(t.p);
	text_release(&t);
	return v;
}
