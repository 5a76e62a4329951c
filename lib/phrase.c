#include "phrase.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "file.h"
#include "process.h"

static const char *const phrase_ops[] = { "eq", "ge", "gt", "le", "lt" };

static const struct {
	const char *key;
	enum phrase_kind kind;
} phrase_lists[] = {
	{ "word", PHRASE_WORD },
	{ "suffix", PHRASE_SUFFIX },
	{ "only", PHRASE_ONLY },
	{ "from", PHRASE_FROM },
	{ "to", PHRASE_TO },
	{ "both", PHRASE_BOTH },
	{ "and", PHRASE_AND },
	{ "or", PHRASE_OR },
	{ "comma", PHRASE_COMMA },
	{ "next", PHRASE_NEXT },
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static int
phrase_list(struct phrase *p, const json_t *list, enum phrase_kind kind,
    const char *op, const char *key, struct fail *f)
{
	const json_t *e;
	const char *s;
	size_t i;

	if (!json_is_array(list))
		return fail(f, EX_CONFIG, "'%s' is no list of words", key);
	json_array_foreach(list, i, e) {
		s = json_string_value(e);
		if (s == NULL || *s == '\0')
			return fail(
			    f, EX_CONFIG, "a word of '%s' is no string", key);
		if (p->n == PHRASE_WORDS)
			return fail(
			    f, EX_CONFIG, "more than %d words", PHRASE_WORDS);
		p->word[p->n++] =
		    (struct phrase_word){ s, op, strlen(s), kind };
	}
	return 0;
}

static int
phrase_ends(
    struct phrase *p, enum phrase_kind kind, const char *key, struct fail *f)
{
	const json_t *ends = json_object_get(p->data, key), *list;
	size_t i;

	for (i = 0; i < COUNT(phrase_ops); i++) {
		list = json_object_get(ends, phrase_ops[i]);
		if (list != NULL &&
		    phrase_list(p, list, kind, phrase_ops[i], key, f) != 0)
			return f->code;
	}
	return 0;
}

static int
phrase_spoken(const struct phrase *p, struct fail *f)
{
	static const char *const what[] = { "eq", "only", "ge", "gt", "le",
		"lt", "both", "or" };
	static const char *const lang[] = { "ja", "en" };
	const char *s;
	size_t i, k;

	for (i = 0; i < COUNT(what); i++)
		for (k = 0; k < COUNT(lang); k++) {
			s = phrase_say(p, what[i], lang[k]);
			if (s == NULL || (i < 6) != (strstr(s, "{}") != NULL))
				return fail(f, EX_CONFIG,
				    "'say.%s.%s' is no text%s", what[i],
				    lang[k], i < 6 ? " with {} in it" : "");
		}
	return 0;
}

static int
phrase_longer(const void *a, const void *b)
{
	const struct phrase_word *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->s, y->s);
}

static int
phrase_words(struct phrase *p, struct fail *f)
{
	const char *key;
	size_t i;

	p->word = process_alloc(PHRASE_WORDS * sizeof *p->word);
	for (i = 0; i < COUNT(phrase_lists); i++) {
		key = phrase_lists[i].key;
		if (phrase_list(p, json_object_get(p->data, key),
			phrase_lists[i].kind, NULL, key, f) != 0)
			return f->code;
	}
	if (phrase_ends(p, PHRASE_BEFORE, "before", f) != 0 ||
	    phrase_ends(p, PHRASE_AFTER, "after", f) != 0)
		return f->code;
	qsort(p->word, p->n, sizeof *p->word, phrase_longer);
	return phrase_spoken(p, f);
}

int
phrase_load(struct phrase *p, struct fail *f)
{
	struct text label = TEXT_INIT;
	json_error_t e;

	if (file_share("label/range.json", &label, f) != 0)
		return f->code;
	p->data = json_loadb(label.p, label.n, JSON_REJECT_DUPLICATES, &e);
	text_release(&label);
	if (!json_is_object(p->data))
		return fail(f, EX_CONFIG,
		    "label/range.json:%d: this is no JSON object", e.line);
	if (phrase_words(p, f) != 0)
		fail_in(f, "label/range.json");
	return f->code;
}

const char *
phrase_say(const struct phrase *p, const char *what, const char *lang)
{
	return record_str(
	    json_object_get(json_object_get(p->data, "say"), what), lang);
}

void
phrase_release(struct phrase *p)
{
	free(p->word);
	json_decref(p->data);
	*p = (struct phrase)PHRASE_INIT;
}

/* The width of ASCII, any blank one SPACE; 0 for a CR. */
static unsigned
phrase_char(const char **s)
{
	unsigned c = text_char(s);

	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFF01 + '!';
	if (c == 0x3000 || c == 0xA0 || c == '\t')
		return ' ';
	return c == '\r' && **s == '\n' ? 0 : c;
}

/* One blank between letters of ASCII, none beside others or a line's end. */
static void
phrase_squeeze(struct text *t, const char *s)
{
	const char *from;
	bool blank = false, wide = true, plain;
	unsigned c;

	while (*s != '\0') {
		from = s;
		c = phrase_char(&s);
		blank = blank || c == ' ';
		if (c == ' ' || c == 0)
			continue;
		plain = c < 0x80 && c != '\n';
		if (blank && plain && !wide)
			text_puts(t, " ");
		if (c < 0x80)
			text_add(t, &(char){ (char)c }, 1);
		else
			text_add(t, from, (size_t)(s - from));
		blank = false;
		wide = !plain;
	}
	text_puts(t, "");
}

/* Without line ends around it and without its full stop. */
static const char *
phrase_trim(struct text *t)
{
	static const char stop[] = "。";
	size_t k = sizeof stop - 1;

	while (t->n > 0 && t->p[t->n - 1] == '\n')
		t->p[--t->n] = '\0';
	if (t->n > 0 && t->p[t->n - 1] == '.')
		t->p[--t->n] = '\0';
	else if (t->n >= k && strcmp(t->p + t->n - k, stop) == 0)
		t->p[t->n -= k] = '\0';
	return t->p + strspn(t->p, "\n");
}

static bool
phrase_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
phrase_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
phrase_sign(char c)
{
	return phrase_letter(c) || phrase_digit(c);
}

static const struct phrase_word *
phrase_find(const struct phrase *p, const char *s, bool suffix)
{
	const struct phrase_word *w;
	size_t i;
	char last;

	for (i = 0; i < p->n; i++) {
		w = &p->word[i];
		if ((w->kind == PHRASE_SUFFIX) != suffix ||
		    strncasecmp(s, w->s, w->n) != 0)
			continue;
		last = w->s[w->n - 1];
		if (phrase_letter(last) && phrase_letter(s[w->n]))
			continue;
		if (suffix || !phrase_letter(last) || w->kind == PHRASE_WORD ||
		    !phrase_digit(s[w->n]))
			return w;
	}
	return NULL;
}

/* The letters at S: how many, or 0 when they belong to no version. */
static size_t
phrase_letters(const struct phrase *p, const char *s)
{
	const struct phrase_word *w;

	if (!phrase_letter(s[1]))
		return *s == 'x' || *s == 'X' ? 0 : 1;
	w = phrase_find(p, s, true);
	return w == NULL ? 0 : w->n;
}

/* " R4" behind "v6": how many octets, or 0. */
static size_t
phrase_release_name(const struct phrase *p, const char *s)
{
	const struct phrase_word *w;
	size_t n;

	if (*s != ' ' || (w = phrase_find(p, s + 1, true)) == NULL)
		return 0;
	n = 1 + w->n;
	if (s[n] == '.' || s[n] == ' ')
		n++;
	if (!phrase_digit(s[n]))
		return 0;
	n += strspn(s + n, "0123456789");
	if (phrase_letter(s[n]))
		n++;
	return phrase_sign(s[n]) ||
		(s[n] != '\0' && strchr("._+-", s[n]) != NULL) ?
	    0 :
	    n;
}

/* The version that S begins with: how many octets, or 0. */
static size_t
phrase_number(const struct phrase *p, const char *s)
{
	size_t n = (*s == 'v' || *s == 'V') && phrase_digit(s[1]), k;

	if (!phrase_digit(s[n]))
		return 0;
	for (;;) {
		if (phrase_digit(s[n]))
			k = strspn(s + n, "0123456789");
		else if (phrase_letter(s[n]))
			k = phrase_letters(p, s + n);
		else
			break;
		if (k == 0)
			return 0;
		n += k;
		if (s[n] == '\0' || strchr("._+-", s[n]) == NULL)
			continue;
		if (!phrase_sign(s[n + 1]) ||
		    (s[n] == '-' && phrase_digit(s[n + 1])))
			return 0;
		n++;
	}
	while ((k = phrase_release_name(p, s + n)) > 0)
		n += k;
	return n > PHRASE_VERSION ? 0 : n;
}

/* A year or a day, too: not a version unless somebody says so. */
static bool
phrase_dated(const char *v)
{
	size_t n = strspn(v, "0123456789");

	return (n == 4 || n == 8) && strspn(v, "0123456789.") == strlen(v) &&
	    (strncmp(v, "19", 2) == 0 || strncmp(v, "20", 2) == 0);
}

/* Step over one version or word, and note it. */
static bool
phrase_step(const struct phrase *p, const char **s, struct phrase_token *t)
{
	const struct phrase_word *w = phrase_find(p, *s, false);
	size_t n;

	*t = (struct phrase_token){ .kind = PHRASE_NEXT };
	if (**s == '\n') {
		*s += strspn(*s, "\n");
		return true;
	}
	if (w != NULL) {
		t->kind = w->kind;
		t->op = w->op;
		*s += w->n;
		return true;
	}
	n = phrase_number(p, *s);
	t->kind = PHRASE_NUMBER;
	memcpy(t->version, *s, n);
	*s += n;
	return n > 0;
}

static bool
phrase_tokens(const struct phrase *p, const char *s, struct phrase_token *token)
{
	bool said = false, dated = false;
	size_t n = 0;

	for (s += *s == ' '; *s != '\0'; s += *s == ' ') {
		if (n + 1 == PHRASE_TOKENS || !phrase_step(p, &s, &token[n]))
			return false;
		said = said || token[n].kind == PHRASE_WORD;
		dated = dated || phrase_dated(token[n].version);
		n += token[n].kind != PHRASE_WORD;
	}
	token[n] = (struct phrase_token){ .kind = PHRASE_END };
	return said || !dated;
}

bool
phrase_cut(const struct phrase *p, const char *s, struct phrase_token *token)
{
	struct text t = TEXT_INIT;
	size_t n = strnlen(s, PHRASE_MAX + 1);
	bool ok = false;

	if (n <= PHRASE_MAX && text_utf8(s, n) == n) {
		phrase_squeeze(&t, s);
		ok = phrase_tokens(p, phrase_trim(&t), token);
	}
	text_release(&t);
	return ok;
}
