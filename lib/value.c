#include "value.h"

#include <string.h>

#include "contact.h"
#include "day.h"
#include "fold.h"
#include "lines.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum {
	VALUE_URL = 2048,
};

/* Signs that are neither letter nor digit, beside those of ASCII. */
static const struct {
	unsigned from, to;
} value_signs[] = {
	{ 0xa1, 0xa9 },
	{ 0xab, 0xb4 },
	{ 0xb6, 0xb9 },
	{ 0xbb, 0xbf },
	{ 0xd7, 0xd7 },
	{ 0xf7, 0xf7 },
	{ 0x2010, 0x205e },
	{ 0x2190, 0x245f },
	{ 0x2500, 0x2775 },
	{ 0x2794, 0x2bff },
	{ 0x3001, 0x3004 },
	{ 0x3008, 0x3020 },
	{ 0x3030, 0x3030 },
	{ 0x303d, 0x303d },
	{ 0x309b, 0x309c },
	{ 0x30fb, 0x30fc },
	{ 0xfe30, 0xfe4f },
	{ 0xff01, 0xff0f },
	{ 0xff1a, 0xff20 },
	{ 0xff3b, 0xff40 },
	{ 0xff5b, 0xff65 },
	{ 0xff9e, 0xff9f },
	{ 0xffe0, 0xffef },
};

static bool
value_sign(unsigned c)
{
	size_t i;

	if (c < 0x80)
		return c > ' ' && c < 0x7f &&
		    strchr("0123456789", (int)c) == NULL &&
		    ((c | 0x20) < 'a' || (c | 0x20) > 'z');
	for (i = 0; i < COUNT(value_signs); i++)
		if (c >= value_signs[i].from && c <= value_signs[i].to)
			return true;
	return false;
}

/* How many signs there are when there is nothing else, else -1. */
static int
value_signs_only(const char *p, size_t n)
{
	const char *end = p + n;
	int count = 0;
	unsigned c;

	while (p < end) {
		c = text_char(&p);
		if (value_sign(c))
			count++;
		else if (c != ' ' && c != '\t' && c != '\n' && c != 0x3000)
			return -1;
	}
	return count;
}

bool
value_rule(const char *p, size_t n)
{
	return value_signs_only(p, n) >= 3;
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

/* What was read, when it is GOOD. Releases T. */
static json_t *
value_if(bool good, struct text *t, const char *problem)
{
	json_t *v = good ? value_of(t->p, t->n) : value_problem(problem, "");

	text_release(t);
	return v;
}

static json_t *
value_url(const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	size_t i, k = 0;

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
	return value_if(
	    k > 0 && t.n > k && i == t.n && t.n <= VALUE_URL, &t, "bad-url");
}

static void
value_swap(struct text *t, char from, char to)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->p[i] == from)
			t->p[i] = to;
}

/* Signs that leave a word as it is. A question mark does not, nor do a cross
 * and an empty box, and two words with an arrow between are none. */
static bool
value_plain(const char *p, size_t n)
{
	static const unsigned plain[] = { ' ', '\n', '\t', '.', ',', ':', '/',
		'(', ')', '[', ']', '*', '_', '-', '"', '\'', 0x201c, 0x201d,
		0x2022, 0x203b, 0x2611, 0x2713, 0x2714, 0x25a0, 0x25c6, 0x25cb,
		0x25cf, 0x25ce, 0x3000, 0x3001, 0x3002, 0x300c, 0x300d, 0x300e,
		0x300f, 0x3010, 0x3011, 0x3014, 0x3015, 0x30fb, 0xff08, 0xff09,
		0xff0c, 0xff0d, 0xff0e, 0xff0f, 0xff1a, 0xff3b, 0xff3d, 0xff61,
		0xff64, 0xff65, 0 };
	const char *end = p + n;
	bool open = false;
	size_t i;
	unsigned c;

	while (p < end) {
		c = text_char(&p);
		if (open &&
		    (c == ']' || c == 0xff3d || c == ')' || c == 0xff09))
			return false;
		if (c != ' ' && c != 0x3000)
			open =
			    c == '[' || c == 0xff3b || c == '(' || c == 0xff08;
		if (c == 0x30fc || !(value_sign(c) || c == ' ' || c == 0x3000))
			continue;
		for (i = 0; plain[i] != 0 && plain[i] != c; i++)
			;
		if (plain[i] == 0)
			return false;
	}
	return true;
}

/* The token of a word, or of words that all say the same in two languages. */
static const char *
value_word(const struct label_field *field, const char *p, size_t n)
{
	static const char sign[] = "()/";
	struct text lines = TEXT_INIT, wide = TEXT_INIT, key = TEXT_INIT;
	const char *token = NULL, *one;
	size_t i, k;

	if (!value_plain(p, n))
		return NULL;
	fold_bare(&key, p, n);
	token = key.n == 0 ? NULL : record_str(field->word, key.p);
	if (token != NULL)
		goto out;
	text_add(&lines, p, n);
	value_swap(&lines, '\n', '/');
	fold_width(&wide, lines.p, n);
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
	text_release(&lines);
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

/* Free text: what hides is shown. */
static json_t *
value_prose(const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	json_t *v;

	text_mask(&t, p, n, true);
	value_swap(&t, '\t', ' ');
	v = value_of(t.p, t.n);
	text_release(&t);
	return v;
}

static json_t *
value_line(const struct label_field *field, const char *p, size_t n)
{
	struct text t = TEXT_INIT;

	switch (field->kind) {
	case LABEL_EMAIL:
		return value_if(contact_email(p, n, &t), &t, "bad-email");
	case LABEL_PHONE:
		return value_if(
		    contact_phone(field->word, p, n, &t), &t, "bad-phone");
	case LABEL_TOKEN:
		return value_token(field, p, n);
	case LABEL_URL:
		return value_url(p, n);
	case LABEL_DATE:
		return value_if(day_read(p, n, &t), &t, "bad-date");
	default:
		return value_of(p, n);
	}
}

/* "【answer】" is an answer, and so is what other brackets hold whole. */
static void
value_unwrap(const char **p, size_t *n)
{
	static const char *const pair[][2] = { { "[", "]" }, { "\"", "\"" },
		{ "［", "］" }, { "【", "】" }, { "「", "」" }, { "『", "』" },
		{ "〔", "〕" }, { "“", "”" } };
	struct text inner = TEXT_INIT;
	size_t i, a, b;

	for (i = 0; i < COUNT(pair); i++) {
		a = strlen(pair[i][0]);
		b = strlen(pair[i][1]);
		if (*n < a + b || memcmp(*p, pair[i][0], a) != 0 ||
		    memcmp(*p + *n - b, pair[i][1], b) != 0)
			continue;
		text_add(&inner, *p + a, *n - a - b);
		text_puts(&inner, "");
		if (strstr(inner.p, pair[i][0]) == NULL &&
		    strstr(inner.p, pair[i][1]) == NULL) {
			*p += a;
			*n -= a + b;
			lines_trim(p, n);
		}
		break;
	}
	text_release(&inner);
}

json_t *
value_judge(const struct label_field *field, const char *p, size_t n)
{
	struct text t = TEXT_INIT;
	json_t *v;

	if (field->kind != LABEL_PROSE && field->kind != LABEL_TOKEN)
		value_unwrap(&p, &n);
	if (value_signs_only(p, n) >= 0)
		return value_problem("missing", "");
	if (n > VALUE_MAX)
		return value_problem("toolarge", "");
	if (field->kind == LABEL_PROSE)
		return value_prose(p, n);
	text_add(&t, p, n);
	value_swap(&t, '\t', ' ');
	value_swap(&t, '\n', ' ');
	if (text_hidden(t.p, t.n))
		v = value_problem("hidden", "");
	else if (field->kind == LABEL_LIST)
		v = value_list(field, p, n);
	else if (field->kind == LABEL_TOKEN && field->word != NULL)
		v = value_token(field, p, n);
	else
		v = value_line(field, t.p, t.n);
	text_release(&t);
	return v;
}
