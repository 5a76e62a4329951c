#include "tag.h"

#include <string.h>

struct reader {
	const char *name;
	const char *p, *begin, *end;
	unsigned line;
	struct text *row;
	size_t open[TAG_DEPTH], depth;
	struct fail *f;
};

struct tag *
tag_row(const struct text *row)
{
	return (struct tag *)(void *)row->p;
}

size_t
tag_count(const struct text *row)
{
	return row->n / sizeof(struct tag);
}

static int
wrong(struct reader *r, unsigned line, const char *why)
{
	fail(r->f, EX_CONFIG, "%s", why);
	return fail_in(r->f, "%s:%u", r->name, line);
}

static unsigned
lines(const char *p, const char *to)
{
	unsigned n = 0;

	for (; p < to; p++)
		n += *p == '\n';
	return n;
}

static void
add_literal(struct reader *r, const char *to)
{
	struct tag k = { .kind = TAG_LITERAL };
	const char *end;

	while (r->p < to) {
		end = memchr(r->p, '\n', (size_t)(to - r->p));
		k.begins = r->p == r->begin || r->p[-1] == '\n';
		k.p = r->p;
		k.n = (size_t)((end == NULL ? to : end + 1) - r->p);
		text_add(r->row, &k, sizeof k);
		r->p += k.n;
	}
}

/* A tag at the begin of a line that keeps its line: indent comes before it. */
static void
add_begin(struct reader *r, const char *tag)
{
	struct tag k = { .kind = TAG_LITERAL, .begins = true, .p = tag };

	if (tag == r->begin || tag[-1] == '\n')
		text_add(r->row, &k, sizeof k);
}

/* The end of the line when only blanks stand around the tag, else NULL. */
static const char *
alone(const struct reader *r, const char *tag, const char *after,
    const char **blank)
{
	while (tag > r->begin && (tag[-1] == ' ' || tag[-1] == '\t'))
		tag--;
	if (tag > r->begin && tag[-1] != '\n')
		return NULL;
	while (after < r->end && (*after == ' ' || *after == '\t'))
		after++;
	if (after + 1 < r->end && after[0] == '\r' && after[1] == '\n')
		after++;
	if (after < r->end && *after != '\n')
		return NULL;
	*blank = tag;
	return after < r->end ? after + 1 : after;
}

static bool
name_good(const struct tag *k)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789_-.";
	size_t i;

	if (k->n == 1 && k->p[0] == '.')
		return k->kind != TAG_PARTIAL;
	if (k->n == 0 || k->n > TAG_NAME || k->p[0] == '.' ||
	    k->p[k->n - 1] == '.')
		return false;
	for (i = 0; i < k->n; i++)
		if (k->p[i] == '\0' || strchr(plain, k->p[i]) == NULL ||
		    (k->p[i] == '.' && k->p[i + 1] == '.'))
			return false;
	return true;
}

static int
close_section(struct reader *r, const struct tag *k)
{
	struct tag *open;

	if (r->depth == 0) {
		fail(r->f, EX_CONFIG, "'%.*s' closes no section", (int)k->n,
		    k->p);
		return fail_in(r->f, "%s:%u", r->name, k->line);
	}
	open = &tag_row(r->row)[r->open[--r->depth]];
	if (open->n != k->n || memcmp(open->p, k->p, k->n) != 0) {
		fail(r->f, EX_CONFIG, "section '%.*s' is closed by '%.*s'",
		    (int)open->n, open->p, (int)k->n, k->p);
		return fail_in(r->f, "%s:%u", r->name, k->line);
	}
	open->to = tag_count(r->row);
	return 0;
}

static int
add_tag(struct reader *r, const struct tag *k)
{
	if (k->kind == TAG_COMMENT)
		return 0;
	if (k->kind == TAG_VALUE && k->n > 0 && k->p[0] == '=')
		return wrong(
		    r, k->line, "'{{=' is unknown: tags are {{ and }} always");
	if (!name_good(k))
		return wrong(r, k->line, "a tag holds no good name");
	if (k->kind == TAG_CLOSE && close_section(r, k) != 0)
		return r->f->code;
	if (k->kind == TAG_SECTION || k->kind == TAG_INVERTED) {
		if (r->depth == TAG_DEPTH)
			return wrong(
			    r, k->line, "sections are nested too deeply");
		r->open[r->depth++] = tag_count(r->row);
	}
	text_add(r->row, k, sizeof *k);
	return 0;
}

/* What stands between the braces at TAG. Returns where it ends, or NULL. */
static const char *
read_braces(const struct reader *r, const char *tag, struct tag *k)
{
	static const char sigil[] = "#^/>&!";
	static const enum tag_kind kind[] = { TAG_SECTION, TAG_INVERTED,
		TAG_CLOSE, TAG_PARTIAL, TAG_RAW, TAG_COMMENT };
	const char *close = "}}", *to, *after, *mark;

	k->kind = TAG_VALUE;
	k->p = tag + 2;
	if (k->p < r->end && *k->p == '{') {
		k->kind = TAG_RAW;
		k->p++;
		close = "}}}";
	} else if (k->p < r->end && *k->p != '\0' &&
	    (mark = strchr(sigil, *k->p)) != NULL) {
		k->kind = kind[mark - sigil];
		k->p++;
	}
	to = memmem(k->p, (size_t)(r->end - k->p), close, strlen(close));
	if (to == NULL)
		return NULL;
	after = to + strlen(close);
	while (k->p < to && (*k->p == ' ' || *k->p == '\t'))
		k->p++;
	while (to > k->p && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	k->n = (size_t)(to - k->p);
	return after;
}

static int
read_tag(struct reader *r, const char *tag)
{
	struct tag k = { .line = r->line + lines(r->p, tag) };
	const char *after = read_braces(r, tag, &k), *next = NULL;

	if (after == NULL)
		return wrong(r, k.line, "a tag is not closed");
	if (k.kind != TAG_VALUE && k.kind != TAG_RAW)
		next = alone(r, tag, after, &k.blank);
	if (next != NULL) {
		k.blank_n = (size_t)(tag - k.blank);
		add_literal(r, k.blank);
	} else {
		next = after;
		add_literal(r, tag);
		add_begin(r, tag);
	}
	r->line = k.line + lines(tag, next);
	r->p = next;
	return add_tag(r, &k);
}

int
tag_read(
    const char *name, const char *p, size_t n, struct text *row, struct fail *f)
{
	struct reader r = { .name = name,
		.p = p,
		.begin = p,
		.end = p + n,
		.line = 1,
		.row = row,
		.f = f };
	const char *tag;
	struct tag *open;

	while (r.p < r.end) {
		tag = memmem(r.p, (size_t)(r.end - r.p), "{{", 2);
		if (tag == NULL)
			add_literal(&r, r.end);
		else if (read_tag(&r, tag) != 0)
			return f->code;
	}
	if (r.depth == 0)
		return 0;
	open = &tag_row(row)[r.open[r.depth - 1]];
	fail(f, EX_CONFIG, "section '%.*s' is not closed", (int)open->n,
	    open->p);
	return fail_in(f, "%s:%u", name, open->line);
}
