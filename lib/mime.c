#include "mime.h"

#include <string.h>
#include <strings.h>

#include "param.h"

struct open {
	int part;
	size_t n;
	char boundary[MIME_BOUNDARY];
};

struct scan {
	const char *raw;
	size_t n, pos;
	struct mime *m;
	struct open open[MIME_DEPTH];
	int opened, current;
	struct fail *f;
};

struct type {
	bool seen, encoded;
	char name[MIME_TYPE];
	struct text boundary;
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
line_end(const char *p, const char *end)
{
	const char *q = memchr(p, '\n', (size_t)(end - p));

	return q == NULL ? end : q + 1;
}

static bool
line_empty(const char *p, const char *end)
{
	return p < end &&
	    (*p == '\n' || (*p == '\r' && end - p > 1 && p[1] == '\n'));
}

size_t
mime_mbox(const char *raw, size_t n)
{
	size_t i = 5;

	if (n < 5 || memcmp(raw, "From ", 5) != 0)
		return 0;
	while (i < n && (raw[i] == ' ' || raw[i] == '\t'))
		i++;
	if (i < n && raw[i] == ':')
		return 0;
	return (size_t)(line_end(raw, raw + n) - raw);
}

bool
mime_field(const char **p, const char *end, struct mime_field *field)
{
	const char *s = *p, *q, *colon;

	if (s >= end || line_empty(s, end))
		return false;
	q = line_end(s, end);
	while (q < end && (*q == ' ' || *q == '\t'))
		q = line_end(q, end);
	*p = q;
	if (q > s && q[-1] == '\n')
		q--;
	if (q > s && q[-1] == '\r')
		q--;
	colon = s;
	while (colon<q && * colon> ' ' && *colon < 0x7f && *colon != ':')
		colon++;
	field->name = s;
	field->name_n = (size_t)(colon - s);
	while (colon < q && (*colon == ' ' || *colon == '\t'))
		colon++;
	if (colon == q || *colon != ':')
		field->name_n = 0;
	field->value = field->name_n == 0 ? s : colon + 1;
	field->value_n = (size_t)(q - field->value);
	return true;
}

bool
mime_is(const struct mime_field *field, const char *name)
{
	return field->name_n > 0 && strlen(name) == field->name_n &&
	    strncasecmp(field->name, name, field->name_n) == 0;
}

void
mime_unfold(struct text *out, const char *p, size_t n)
{
	size_t i, from;

	while (n > 0 && blank(p[n - 1]))
		n--;
	for (i = 0; i < n && blank(p[i]); i++)
		;
	for (from = i; i < n; i++) {
		if (p[i] != '\n' && !(p[i] == '\r' && p[i + 1] == '\n'))
			continue;
		text_add(out, p + from, i - from);
		from = i + 1;
	}
	text_add(out, p + from, n - from);
}

static int
bad(struct scan *s, const char *why)
{
	return fail(s->f, EX_DATAERR, "malformed: %s", why);
}

static bool
type_char(char c)
{
	return c > ' ' && c < 0x7f && strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

static void
read_type(struct type *t, const char *p, const char *end)
{
	size_t n = 0, slash = 0;

	for (p = param_blanks(p, end); p < end && n < MIME_TYPE - 1; p++) {
		if (*p == '/' && n > 0 && slash == 0)
			slash = n;
		else if (!type_char(*p))
			break;
		t->name[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	}
	t->name[n] = '\0';
	if (slash == 0 || slash + 1 == n || n == MIME_TYPE - 1)
		memcpy(t->name, "application/octet-stream", 25);
}

static int
read_params(struct scan *s, struct type *t, const char *p, const char *end)
{
	struct param q;
	size_t n = 0, seen = 0;

	while (param_next(&p, end, &q)) {
		if (++seen > PARAM_MAX)
			return fail(s->f, EX_DATAERR,
			    "toolarge: more than %d parameters", PARAM_MAX);
		if (q.name_n < 8 || strncasecmp(q.name, "boundary", 8) != 0)
			continue;
		if (q.name_n > 8 && q.name[8] != '*')
			continue;
		if (q.name_n > 8 || n++ > 0)
			return bad(s, "more than one form of boundary");
		param_value(&t->boundary, &q);
	}
	return 0;
}

static int
read_header(struct scan *s, struct mime_part *part, struct type *t)
{
	const char *p = s->raw + part->head, *end = s->raw + part->body;
	struct mime_field field;

	while (mime_field(&p, end, &field)) {
		if (mime_is(&field, "Content-Transfer-Encoding")) {
			const char *v = param_blanks(field.value, p);
			t->encoded = p - v >= 6 &&
			    (strncasecmp(v, "base64", 6) == 0 ||
				strncasecmp(v, "quoted", 6) == 0);
		}
		if (!mime_is(&field, "Content-Type"))
			continue;
		if (t->seen)
			return bad(s, "two Content-Type fields");
		t->seen = true;
		read_type(t, field.value, field.value + field.value_n);
		if (read_params(
			s, t, field.value, field.value + field.value_n) != 0)
			return s->f->code;
	}
	return 0;
}

/* The level of the multipart that a line delimits, or -1. */
static int
delimiter(const struct scan *s, const char *p, const char *end, bool *closing)
{
	size_t n = (size_t)(end - p);
	const struct open *o;
	int i;

	if (n < 3 || p[0] != '-' || p[1] != '-')
		return -1;
	while (n > 2 && blank(p[n - 1]))
		n--;
	for (i = s->opened - 1; i >= 0; i--) {
		o = &s->open[i];
		if (n < o->n + 2 || memcmp(p + 2, o->boundary, o->n) != 0)
			continue;
		*closing = n == o->n + 4 && memcmp(p + n - 2, "--", 2) == 0;
		if (n == o->n + 2 || *closing)
			return i;
	}
	return -1;
}

static void
find_body(struct scan *s, struct mime_part *part)
{
	const char *p = s->raw + part->head, *end = s->raw + s->n, *q;
	bool closing;

	for (; p < end; p = q) {
		q = line_end(p, end);
		if (delimiter(s, p, q, &closing) >= 0)
			break;
		if (line_empty(p, end)) {
			p = q;
			break;
		}
	}
	part->body = (size_t)(p - s->raw);
}

static int
push(struct scan *s, const struct text *b)
{
	struct open *o;
	size_t i, n = b->n;
	int k;

	if (n == 0)
		return bad(s, "a multipart without boundary");
	if (n > MIME_BOUNDARY)
		return fail(s->f, EX_DATAERR,
		    "toolarge: a boundary of more than %d characters",
		    MIME_BOUNDARY);
	for (i = 0; i < n; i++)
		if (b->p[i] < ' ' || b->p[i] == 0x7f)
			return bad(s,
			    "a boundary with octets that are no "
			    "characters");
	if (b->p[n - 1] == ' ')
		return bad(s, "a boundary that ends in a blank");
	for (k = 0; k < s->opened; k++) {
		o = &s->open[k];
		i = o->n < n ? o->n : n;
		if (memcmp(o->boundary, b->p, i) == 0 &&
		    (o->n == n ||
			(o->n == n + 2 &&
			    memcmp(o->boundary + n, "--", 2) == 0) ||
			(n == o->n + 2 && memcmp(b->p + i, "--", 2) == 0)))
			return bad(s, "a boundary that is used twice");
	}
	o = &s->open[s->opened++];
	o->part = s->current;
	o->n = n;
	memcpy(o->boundary, b->p, n);
	return 0;
}

static enum mime_kind
kind_of(const struct type *t)
{
	if (strncmp(t->name, "multipart/", 10) == 0)
		return MIME_MULTIPART;
	if (strcmp(t->name, "message/rfc822") == 0 ||
	    strcmp(t->name, "message/news") == 0)
		return t->encoded ? MIME_LEAF : MIME_MESSAGE;
	return MIME_LEAF;
}

static int
enter(struct scan *s, int parent, size_t head, struct type *t)
{
	struct mime_part *part = &s->m->part[s->m->n];
	const struct mime_part *up = parent < 0 ? NULL : &s->m->part[parent];

	if (s->m->n > MIME_PARTS)
		return fail(s->f, EX_DATAERR, "toolarge: more than %d parts",
		    MIME_PARTS);
	*part = (struct mime_part){ .parent = parent, .head = head };
	part->depth = up == NULL ? 0 : up->depth + 1;
	if (up != NULL)
		s->m->part[parent].children++;
	s->current = (int)s->m->n++;
	find_body(s, part);
	if (up != NULL && strcmp(up->type, "multipart/digest") == 0)
		memcpy(t->name, "message/rfc822", 15);
	if (read_header(s, part, t) != 0)
		return s->f->code;
	memcpy(part->type, t->name, MIME_TYPE);
	part->kind = kind_of(t);
	s->pos = part->body;
	if (part->kind != MIME_LEAF && part->depth >= MIME_DEPTH)
		return fail(s->f, EX_DATAERR,
		    "toolarge: parts nested more than %d deep", MIME_DEPTH);
	return part->kind == MIME_MULTIPART ? push(s, &t->boundary) : 0;
}

/* Begin a part, and the mail inside it when it is a message. */
static int
begin(struct scan *s, int parent, size_t head)
{
	int code;

	for (;;) {
		struct type t = { .boundary = TEXT_INIT };
		code = enter(s, parent, head, &t);
		text_release(&t.boundary);
		if (code != 0)
			return code;
		parent = s->current;
		head = s->pos;
		if (s->m->part[parent].kind != MIME_MESSAGE)
			return 0;
	}
}

static void
finish(struct scan *s, int part, size_t end)
{
	struct mime_part *q;

	for (; s->current != part; s->current = q->parent) {
		q = &s->m->part[s->current];
		q->end = end > q->head ? end : q->head;
		if (q->body > q->end)
			q->body = q->end;
	}
}

static int
scan_line(struct scan *s)
{
	const char *p = s->raw + s->pos;
	const char *next = line_end(p, s->raw + s->n);
	size_t end = s->pos;
	bool closing = false;
	int level = delimiter(s, p, next, &closing), part;

	s->pos = (size_t)(next - s->raw);
	if (level < 0)
		return 0;
	if (end > 0 && s->raw[end - 1] == '\n')
		end -= end > 1 && s->raw[end - 2] == '\r' ? 2 : 1;
	part = s->open[level].part;
	finish(s, part, end);
	s->opened = level + 1;
	if (!closing)
		return begin(s, part, s->pos);
	s->opened = level;
	s->m->part[part].closed = s->pos;
	return 0;
}

int
mime_scan(const char *raw, size_t n, struct mime *m, struct fail *f)
{
	struct scan s = { .raw = raw, .n = n, .m = m, .f = f, .current = -1 };

	m->n = 0;
	if (begin(&s, -1, 0) != 0)
		return f->code;
	while (s.pos < n)
		if (scan_line(&s) != 0)
			return f->code;
	finish(&s, -1, n);
	return 0;
}
