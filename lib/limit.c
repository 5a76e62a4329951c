#include "limit.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "canon.h"
#include "param.h"

static const char *const structured[] = { "Content-Type", "Content-Disposition",
	"Content-Transfer-Encoding", "Content-ID", "MIME-Version", "Date",
	"Message-ID", "In-Reply-To", "References", "Received", "Return-Path",
	NULL };
static const char *const addresses[] = { "From", "Sender", "Reply-To", "To",
	"Cc", "Bcc", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc",
	"Resent-Bcc", "Disposition-Notification-To", NULL };
static const char *const single[] = { "Content-Type", "Content-Disposition",
	"Content-Transfer-Encoding", NULL };

static int
big(struct fail *f, const char *what, int max)
{
	return fail(f, EX_DATAERR, "toolarge: %s than %d", what, max);
}

static int
one_of(const struct mime_field *field, const char *const *list)
{
	int i;

	for (i = 0; list[i] != NULL; i++)
		if (mime_is(field, list[i]))
			return i;
	return -1;
}

static int
check_lines(const char *raw, size_t n, struct fail *f)
{
	const char *p = raw, *end = raw + n, *q;
	size_t len;

	for (; p < end; p = q + 1) {
		q = memchr(p, '\n', (size_t)(end - p));
		if (q == NULL)
			q = end;
		len = (size_t)(q - p);
		if (len > 0 && q[-1] == '\r')
			len--;
		if (len > LIMIT_LINE)
			return fail(f, EX_DATAERR,
			    "toolarge: a line of more than %d octets",
			    LIMIT_LINE);
	}
	return 0;
}

static int
check_words(const struct mime_field *field, struct fail *f)
{
	const char *p = field->value, *end = p + field->value_n;
	int words = 0;

	for (; end - p > 1; p++)
		if (p[0] == '=' && p[1] == '?' && ++words > LIMIT_WORDS)
			return big(
			    f, "more encoded words in a field", LIMIT_WORDS);
	return 0;
}

/* Walk once over comments, quoted strings and the commas between addresses. */
static int
check_structure(const struct mime_field *field, bool list, struct fail *f)
{
	const char *p = field->value, *end = p + field->value_n;
	int deep = 0, commas = 0;
	bool quoted = false;

	for (; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '"' && deep == 0)
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (*p == '(' && ++deep > LIMIT_COMMENTS)
			return big(f, "comments nested deeper", LIMIT_COMMENTS);
		else if (*p == ')' && deep > 0)
			deep--;
		else if (list && deep == 0 && (*p == ',' || *p == ';') &&
		    ++commas >= LIMIT_ADDRESSES)
			return big(
			    f, "more addresses in a field", LIMIT_ADDRESSES);
	}
	return 0;
}

static bool
same_name(const struct param *a, const struct param *b)
{
	return a->name_n == b->name_n &&
	    strncasecmp(a->name, b->name, a->name_n) == 0;
}

static int
check_params(const struct mime_field *field, struct fail *f)
{
	const char *p = field->value, *end = p + field->value_n;
	struct param q[PARAM_MAX + 1];
	int n = 0, i, segments = 0;

	while (param_next(&p, end, &q[n])) {
		if (memchr(q[n].name, '*', q[n].name_n) != NULL)
			segments++;
		if (segments > PARAM_SEGMENTS)
			return big(
			    f, "more segments of parameters", PARAM_SEGMENTS);
		if (n == PARAM_MAX)
			return big(f, "more parameters in a field", PARAM_MAX);
		for (i = 0; i < n; i++)
			if (q[n].name_n > 0 && same_name(&q[i], &q[n]))
				return fail(f, EX_DATAERR,
				    "malformed: a parameter stands twice");
		n++;
	}
	return 0;
}

static int
check_field(const struct mime_field *field, unsigned *seen, struct fail *f)
{
	int i = one_of(field, single);
	bool list = one_of(field, addresses) >= 0;

	if (field->name_n == 0)
		return fail(
		    f, EX_DATAERR, "malformed: a header line without a name");
	if (field->value_n + field->name_n > LIMIT_FIELD)
		return fail(f, EX_DATAERR,
		    "toolarge: a field of more than %d octets", LIMIT_FIELD);
	if (i >= 0 && (*seen & 1U << i) != 0)
		return fail(
		    f, EX_DATAERR, "malformed: two %s fields", single[i]);
	if (i >= 0)
		*seen |= 1U << i;
	if ((list || one_of(field, structured) >= 0) &&
	    check_structure(field, list, f) != 0)
		return f->code;
	if (i >= 0 && check_params(field, f) != 0)
		return f->code;
	return check_words(field, f);
}

static int
check_header(const char *raw, const struct mime_part *part, struct fail *f)
{
	const char *p = raw + part->head, *end = raw + part->body;
	struct mime_field field;
	unsigned seen = 0;
	int fields = 0;

	if (part->body - part->head > LIMIT_HEADER)
		return fail(f, EX_DATAERR,
		    "toolarge: a header of more than %d octets", LIMIT_HEADER);
	while (mime_field(&p, end, &field)) {
		if (++fields > LIMIT_FIELDS)
			return big(f, "more fields in a header", LIMIT_FIELDS);
		if (check_field(&field, &seen, f) != 0)
			return f->code;
	}
	return 0;
}

int
limit_check(const char *raw, size_t n, struct mime *m, struct fail *f)
{
	size_t i;

	if (n > LIMIT_MAIL)
		return fail(f, EX_DATAERR,
		    "toolarge: a mail of more than %d octets", LIMIT_MAIL);
	if (n > 0 && memchr(raw, '\0', n) != NULL)
		return fail(f, EX_DATAERR, "malformed: an octet NUL");
	if (check_lines(raw, n, f) != 0 || mime_scan(raw, n, m, f) != 0)
		return f->code;
	m->cr = false;
	for (i = 0; i < m->n; i++) {
		if (check_header(raw, &m->part[i], f) != 0)
			return f->code;
		m->cr |= !canon_lines(
		    raw + m->part[i].head, m->part[i].body - m->part[i].head);
	}
	return 0;
}

int
limit_signed_text(const char *p, size_t n, bool esc, struct fail *f)
{
	size_t i, line = 0;
	unsigned char c;

	for (i = 0; i < n; i++) {
		c = (unsigned char)p[i];
		if (c == '\n') {
			line = 0;
			continue;
		}
		if (c == '\r' && i + 1 < n && p[i + 1] == '\n')
			continue;
		if (++line > LIMIT_SIGNED_LINE)
			return fail(f, EX_DATAERR,
			    "malformed: a signed line of more than %d octets",
			    LIMIT_SIGNED_LINE);
		if (c < ' ' && c != '\t' && !(c == 0x1b && esc))
			return fail(f, EX_DATAERR,
			    "malformed: a control character in signed text");
	}
	return 0;
}
