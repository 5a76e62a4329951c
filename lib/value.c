#include "value.h"

#include <string.h>

#include "envelope.h"
#include "fold.h"

enum {
	VALUE_URL = 2048,
};

static bool
value_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
value_rule(const char *p, size_t n)
{
	static const unsigned sign[] = { '-', '=', '_', '*', '~', '#', '+', '.',
		0x2010, 0x2014, 0x2015, 0x2025, 0x2026, 0x2212, 0x2500, 0x2501,
		0x2550, 0x301c, 0x30fb, 0x30fc, 0xff0a, 0xff0d, 0xff1d, 0xff3f,
		0xff5e };
	const char *end = p + n;
	size_t i, count = 0;
	unsigned c;

	while (p < end) {
		c = text_char(&p);
		for (i = 0; i < sizeof sign / sizeof *sign; i++)
			if (c == sign[i])
				break;
		if (i < sizeof sign / sizeof *sign)
			count++;
		else if (c != ' ' && c != '\t' && c != 0x3000)
			return false;
	}
	return count >= 3;
}

static json_t *
value_of(const char *p, size_t n)
{
	return json_pack("{s:s%}", "value", p, n);
}

static json_t *
value_problem(const char *problem, const char *field)
{
	struct text t = TEXT_INIT;
	json_t *v;

	text_addf(&t, "%s%s", problem, field);
	v = json_pack("{s:s}", "problem", t.p);
	text_release(&t);
	return v;
}

/* "<a@b>" and what mailers make of a link, "a@b<mailto:a@b>", are a@b. */
static json_t *
value_email(const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	const char *s;
	json_t *v;
	char *tail;

	fold_width(&t, p, n);
	text_puts(&t, "");
	s = t.p;
	tail = strstr(t.p, "<mailto:");
	if (tail != NULL && tail > s && t.p[t.n - 1] == '>') {
		t.p[--t.n] = '\0';
		*tail = '\0';
		if (tail[-1] == ' ')
			tail[-1] = '\0';
		if (strcmp(s, tail + strlen("<mailto:")) != 0)
			s = "";
	} else if (*s == '<' && t.p[t.n - 1] == '>') {
		t.p[--t.n] = '\0';
		s++;
	}
	v = envelope_address(s) && strchr(strchr(s, '@'), '.') != NULL ?
	    value_of(s, strlen(s)) :
	    value_problem("bad-email", "");
	text_release(&t);
	return v;
}

/* What may stand beside a number, in the words of the label file. */
static bool
value_beside(const struct label_field *field, const char *p, size_t n)
{
	struct text key = TEXT_INIT;
	bool yes;

	fold_bare(&key, p, n);
	yes = key.n > 0 && json_object_get(field->word, key.p) != NULL;
	text_release(&key);
	return yes;
}

/* "03ー1234ー5678": a prolonged sound mark between digits is a dash. */
static void
value_dashes(struct text *t)
{
	static const char mark[] = "\xe3\x83\xbc";
	char *at = t->p;

	while ((at = strstr(at, mark)) != NULL)
		if (at > t->p && strchr("0123456789)", at[-1]) != NULL &&
		    value_digit(at[3])) {
			*at = '-';
			memmove(at + 1, at + 3, strlen(at + 3) + 1);
		} else
			at += 3;
	t->n = strlen(t->p);
}

/* A number, and after it words such as "ext. 12". */
static bool
value_number(const struct label_field *field, const char *s)
{
	static const char sign[] = "0123456789+-(). ";
	size_t digits = 0, extension = 0, *count = &digits, k;

	if (*s == '\0' || strchr("+(0123456789", *s) == NULL)
		return false;
	for (; *s != '\0'; s += k) {
		k = strcspn(s, sign);
		if (k > 0) {
			count = &extension;
			if (!value_beside(field, s, k))
				return false;
			continue;
		}
		k = 1;
		if (value_digit(*s))
			++*count;
	}
	return digits >= VALUE_DIGITS_MIN && digits <= VALUE_DIGITS_MAX &&
	    extension <= VALUE_EXTENSION;
}

static json_t *
value_phone(const struct label_field *field, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	json_t *v;

	fold_width(&t, p, n);
	text_puts(&t, "");
	value_dashes(&t);
	v = value_number(field, t.p) ? value_of(t.p, t.n) :
				       value_problem("bad-phone", "");
	text_release(&t);
	return v;
}

static json_t *
value_url(const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	size_t i, k = 0;
	json_t *v;

	fold_width(&t, p, n);
	text_puts(&t, "");
	if (strncmp(t.p, "https://", 8) == 0)
		k = 8;
	else if (strncmp(t.p, "http://", 7) == 0)
		k = 7;
	for (i = k; i < t.n; i++)
		if (t.p[i] <= ' ' || t.p[i] > '~' ||
		    strchr("\"<>\\^`{|}", t.p[i]) != NULL)
			break;
	v = k > 0 && t.n > k && i == t.n && t.n <= VALUE_URL ?
	    value_of(t.p, t.n) :
	    value_problem("bad-url", "");
	text_release(&t);
	return v;
}

/* The token of a word, or of words that all say the same in two languages. */
static const char *
value_word(const struct label_field *field, const char *p, size_t n)
{
	static const char sign[] = "()/";
	struct text wide = TEXT_INIT, key = TEXT_INIT;
	const char *token, *one;
	size_t i, k;

	fold_bare(&key, p, n);
	token = key.n == 0 ? NULL : record_str(field->word, key.p);
	if (token != NULL)
		goto out;
	fold_width(&wide, p, n);
	for (i = 0; i < wide.n; i += k + 1) {
		k = strcspn(wide.p + i, sign);
		text_clear(&key);
		fold_bare(&key, wide.p + i, k);
		if (key.n == 0)
			continue;
		one = record_str(field->word, key.p);
		if (one == NULL || (token != NULL && strcmp(one, token) != 0)) {
			token = NULL;
			break;
		}
		token = one;
	}
out:
	text_release(&key);
	text_release(&wide);
	return token;
}

static json_t *
value_token(const struct label_field *field, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	const char *token;
	json_t *v;

	if (field->word != NULL) {
		token = value_word(field, p, n);
		return token != NULL ? value_of(token, strlen(token)) :
				       value_problem("unknown-", field->name);
	}
	fold_width(&t, p, n);
	v = t.n > 0 && text_token(t.p, "#._/-", 64) ?
	    value_of(t.p, t.n) :
	    value_problem("bad-", field->name);
	text_release(&t);
	return v;
}

static bool
value_comma(unsigned c)
{
	return c == ',' || c == ';' || c == '\n' || c == '\t' || c == 0x3001 ||
	    c == 0xff0c;
}

static json_t *
value_list(const struct label_field *field, const char *p, size_t n)
{
	const char *end = p + n, *from = p, *to, *at;
	json_t *list = json_array();

	while (from < end) {
		for (to = at = from; at < end; to = at)
			if (value_comma(text_char(&at)))
				break;
		while (from < to && *from == ' ')
			from++;
		n = (size_t)(to - from);
		while (n > 0 && from[n - 1] == ' ')
			n--;
		if (n > 0)
			json_array_append_new(list, json_stringn(from, n));
		from = at;
	}
	if (json_array_size(list) <= VALUE_LIST)
		return json_pack("{s:o}", "value", list);
	json_decref(list);
	return value_problem("bad-", field->name);
}

static void
value_blanks(struct text *t, char c)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->p[i] == c)
			t->p[i] = ' ';
}

/* Free text: what hides is shown. */
static json_t *
value_prose(const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	json_t *v;

	text_mask(&t, p, n, true);
	value_blanks(&t, '\t');
	v = value_of(t.p, t.n);
	text_release(&t);
	return v;
}

static json_t *
value_line(const struct label_field *field, const char *p, size_t n)
{
	switch (field->kind) {
	case LABEL_EMAIL:
		return value_email(p, n);
	case LABEL_PHONE:
		return value_phone(field, p, n);
	case LABEL_TOKEN:
		return value_token(field, p, n);
	case LABEL_URL:
		return value_url(p, n);
	default:
		return value_of(p, n);
	}
}

json_t *
value_judge(const struct label_field *field, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	json_t *v;

	if (n == 0 || value_rule(p, n))
		return value_problem("missing", "");
	if (n > VALUE_MAX)
		return value_problem("toolarge", "");
	if (field->kind == LABEL_PROSE)
		return value_prose(p, n);
	text_add(&t, p, n);
	value_blanks(&t, '\t');
	value_blanks(&t, '\n');
	if (text_hidden(t.p, t.n))
		v = value_problem("hidden", "");
	else if (field->kind == LABEL_LIST)
		v = value_list(field, p, n);
	else
		v = value_line(field, t.p, t.n);
	text_release(&t);
	return v;
}
