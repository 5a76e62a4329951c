#include "param.h"

#include <string.h>
#include <strings.h>

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
skip_comment(const char *p, const char *end)
{
	size_t deep = 0;

	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		else if (*p == '(')
			deep++;
		else if (*p == ')' && --deep == 0)
			return p + 1;
	}
	return end;
}

const char *
param_blanks(const char *p, const char *end)
{
	while (p < end && (blank(*p) || *p == '('))
		p = *p == '(' ? skip_comment(p, end) : p + 1;
	return p;
}

static const char *
skip_quoted(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++)
		if (*p == '\\' && p + 1 < end)
			p++;
	return p;
}

static const char *
skip_token(const char *p, const char *end, const char *stops)
{
	while (p < end && !blank(*p) && strchr(stops, *p) == NULL)
		p++;
	return p;
}

bool
param_next(const char **at, const char *end, struct param *q)
{
	const char *p = param_blanks(*at, end);

	while (p < end && *p != ';')
		p = *p == '"' ? skip_quoted(p, end) : p + 1;
	while (p < end && *p == ';')
		p = param_blanks(p + 1, end);
	if (p >= end)
		return false;
	q->name = p;
	p = skip_token(p, end, "=;(\"");
	q->name_n = (size_t)(p - q->name);
	p = param_blanks(p, end);
	q->value = p;
	q->value_n = 0;
	q->quoted = false;
	*at = p;
	if (p >= end || *p != '=')
		return true;
	q->value = p = param_blanks(p + 1, end);
	q->quoted = p < end && *p == '"';
	if (q->quoted) {
		q->value++;
		p = skip_quoted(p, end);
		*at = p < end ? p + 1 : end;
	} else {
		*at = p = skip_token(p, end, ";(\"");
	}
	q->value_n = (size_t)(p - q->value);
	return true;
}

void
param_value(struct text *out, const struct param *q)
{
	size_t i;

	for (i = 0; i < q->value_n; i++) {
		if (q->quoted && q->value[i] == '\\' && i + 1 < q->value_n)
			i++;
		if (q->value[i] != '\r' && q->value[i] != '\n')
			text_add(out, q->value + i, 1);
	}
}

static void
add_percent(struct text *out, const char *p, size_t n)
{
	size_t i;
	char c;

	for (i = 0; i < n; i++) {
		c = p[i];
		if (c == '%' && n - i > 2 && text_hex_digit(p[i + 1]) >= 0 &&
		    text_hex_digit(p[i + 2]) >= 0) {
			c = (char)(text_hex_digit(p[i + 1]) << 4 |
			    text_hex_digit(p[i + 2]));
			i += 2;
		}
		text_add(out, &c, 1);
	}
}

/* RFC 2231: charset'language'percent-encoded octets; quotes are tolerated. */
static void
add_extended(
    struct text *out, struct text *label, const struct param *q, bool first)
{
	const char *p = q->value, *end = p + q->value_n, *a, *b = NULL;

	a = first ? memchr(p, '\'', q->value_n) : NULL;
	if (a != NULL)
		b = memchr(a + 1, '\'', (size_t)(end - a - 1));
	if (b != NULL) {
		text_add(label, p, (size_t)(a - p));
		p = b + 1;
	}
	add_percent(out, p, (size_t)(end - p));
}

/* 0: NAME itself, 1 + N: its segment N, PARAM_SEGMENTS + 1: NAME*; -1: other.
 */
static int
segment(const struct param *q, const char *name, bool *extended)
{
	size_t n = strlen(name), i;
	int v = 0;

	*extended = false;
	if (q->name_n < n || strncasecmp(q->name, name, n) != 0)
		return -1;
	if (q->name_n == n)
		return 0;
	if (q->name[n] != '*')
		return -1;
	*extended = q->name[q->name_n - 1] == '*';
	if (q->name_n == n + 1)
		return PARAM_SEGMENTS + 1;
	for (i = n + 1; i < q->name_n - *extended; i++) {
		if (q->name[i] < '0' || q->name[i] > '9' || i > n + 2)
			return -1;
		v = v * 10 + q->name[i] - '0';
	}
	return i == n + 1 || v >= PARAM_SEGMENTS ? -1 : 1 + v;
}

bool
param_find(const char *value, size_t n, const char *name, struct text *out,
    struct text *label)
{
	struct param q, found[PARAM_SEGMENTS + 2] = { 0 };
	bool extended, is[PARAM_SEGMENTS + 2] = { false };
	const char *p = value, *end = value + n;
	int i, k, seen = 0;

	while (seen++ < PARAM_MAX && param_next(&p, end, &q)) {
		k = segment(&q, name, &extended);
		if (k < 0 || found[k].name != NULL)
			continue;
		found[k] = q;
		is[k] = extended;
	}
	if (found[PARAM_SEGMENTS + 1].name != NULL) {
		add_extended(out, label, &found[PARAM_SEGMENTS + 1], true);
		return true;
	}
	if (found[1].name == NULL) {
		if (found[0].name != NULL)
			param_value(out, &found[0]);
		return found[0].name != NULL;
	}
	for (i = 1; i <= PARAM_SEGMENTS && found[i].name != NULL; i++)
		if (is[i])
			add_extended(out, label, &found[i], i == 1);
		else
			param_value(out, &found[i]);
	return true;
}
