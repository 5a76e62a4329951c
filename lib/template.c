#include "template.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "process.h"
#include "tag.h"

struct template_part {
	char name[2 * TAG_NAME];
	struct text source, row; /* row: its tags, they point into source */
};

struct render {
	const struct template *t;
	enum template_escape escape;
	struct text *out, indent;
	size_t start;
	const json_t *stack[TEMPLATE_DEPTH + 2];
	size_t stack_n, depth;
	struct fail *f;
};

static int render_row(
    struct render *r, const struct template_part *part, size_t i, size_t to);

static int
read_part(
    const char *folder, const char *name, struct text *out, struct fail *f)
{
	char path[PATH_MAX];
	int n;

	if (folder == NULL)
		n = snprintf(path, sizeof path, "template/%s", name);
	else
		n = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (n < 0 || (size_t)n >= sizeof path)
		return fail(f, EX_NOINPUT, "a path is too long");
	if (folder == NULL ? file_share(path, out, f) != 0 :
			     file_read(path, TEMPLATE_FILE, out, f) != 0)
		return f->code;
	if (out->n > TEMPLATE_FILE)
		return fail(f, EX_CONFIG, "template '%s' is too long", name);
	text_add(out, "", 0);
	if (text_utf8(out->p, out->n) != out->n)
		return fail(f, EX_CONFIG, "template '%s' is not UTF-8", name);
	return 0;
}

/* The index of the partial NAME, read when it is new; -1 and f. */
static int
find_part(struct template *t, const struct tag *k, struct fail *f)
{
	const char *first = t->part[0].name, *slash = strrchr(first, '/');
	int dir = slash == NULL ? 0 : (int)(slash + 1 - first);
	char name[sizeof t->part->name];
	size_t i;

	snprintf(name, sizeof name, "%.*s%.*s", dir, first, (int)k->n, k->p);
	for (i = 0; i < t->part_n; i++)
		if (strcmp(t->part[i].name, name) == 0)
			return (int)i;
	if (i == TEMPLATE_PARTS) {
		fail(f, EX_CONFIG, "there are more than %d partials",
		    TEMPLATE_PARTS - 1);
		return -1;
	}
	snprintf(t->part[i].name, sizeof name, "%s", name);
	t->part_n++;
	return read_part(t->folder, name, &t->part[i].source, f) == 0 ? (int)i :
									-1;
}

static int
load_part(struct template *t, struct template_part *part, struct fail *f)
{
	struct tag *tag;
	size_t i;
	int to;

	if (tag_read(
		part->name, part->source.p, part->source.n, &part->row, f) != 0)
		return f->code;
	tag = tag_row(&part->row);
	for (i = 0; i < tag_count(&part->row); i++) {
		if (tag[i].kind != TAG_PARTIAL)
			continue;
		to = find_part(t, &tag[i], f);
		if (to < 0)
			return fail_in(f, "%s:%u", part->name, tag[i].line);
		tag[i].to = (size_t)to;
	}
	return 0;
}

static int
template_begin(
    struct template *t, const char *folder, const char *name, struct fail *f)
{
	template_release(t);
	t->folder = folder;
	t->part = process_alloc(TEMPLATE_PARTS * sizeof *t->part);
	memset(t->part, 0, TEMPLATE_PARTS * sizeof *t->part);
	t->part_n = 1;
	if (strlen(name) >= TAG_NAME)
		return fail(
		    f, EX_NOINPUT, "the name of a template is too long");
	snprintf(t->part[0].name, sizeof t->part[0].name, "%s", name);
	return 0;
}

static int
load_parts(struct template *t, struct fail *f)
{
	size_t i;

	for (i = 0; i < t->part_n; i++)
		if (load_part(t, &t->part[i], f) != 0)
			return f->code;
	return 0;
}

int
template_load(
    struct template *t, const char *folder, const char *name, struct fail *f)
{
	if (template_begin(t, folder, name, f) != 0 ||
	    read_part(folder, name, &t->part[0].source, f) != 0)
		return f->code;
	return load_parts(t, f);
}

int
template_read(struct template *t, const char *name, const char *p, size_t n,
    struct fail *f)
{
	if (template_begin(t, NULL, name, f) != 0)
		return f->code;
	text_add(&t->part[0].source, p, n);
	return load_parts(t, f);
}

void
template_digest(const struct template *t, struct hash *h)
{
	size_t i;

	for (i = 0; i < t->part_n; i++)
		hash_add(h, t->part[i].source.p, t->part[i].source.n);
}

void
template_release(struct template *t)
{
	size_t i;

	for (i = 0; i < t->part_n; i++) {
		text_release(&t->part[i].source);
		text_release(&t->part[i].row);
	}
	free(t->part);
	*t = (struct template)TEMPLATE_INIT;
}

static void
put_entity(struct text *out, const char *p, size_t n)
{
	static const char *const name[] = { "&amp;", "&lt;", "&gt;", "&quot;",
		"&#39;", "\xEF\xBF\xBD" };
	size_t i, from = 0;
	int k;

	for (i = 0; i < n; i++) {
		k = p[i] == '&'	 ? 0 :
		    p[i] == '<'	 ? 1 :
		    p[i] == '>'	 ? 2 :
		    p[i] == '"'	 ? 3 :
		    p[i] == '\'' ? 4 :
		    n - i > 2 && memcmp(p + i, "\xEF\xBF", 2) == 0 &&
			((unsigned char)p[i + 2] & 0xFEu) == 0xBEu ?
				   5 :
				   -1;
		if (k < 0)
			continue;
		text_add(out, p + from, i - from);
		text_puts(out, name[k]);
		i += k == 5 ? 2 : 0;
		from = i + 1;
	}
	text_add(out, p + from, n - from);
}

/* Append s[0..n) as the target wants it: what {{x}} does. */
static void
template_put(
    struct text *out, const char *s, size_t n, enum template_escape escape)
{
	struct text seen = TEXT_INIT;

	if (escape == TEMPLATE_TEXT) {
		text_mask(out, s, n, true);
		return;
	}
	text_mask(&seen, s, n, true);
	put_entity(out, seen.p, seen.n);
	text_release(&seen);
}

static const json_t *
look_up(const struct render *r, const struct tag *k)
{
	const char *p = k->p, *end = k->p + k->n, *dot;
	const json_t *v = NULL;
	size_t i;

	if (k->n == 1 && *p == '.')
		return r->stack[r->stack_n - 1];
	dot = memchr(p, '.', k->n);
	dot = dot == NULL ? end : dot;
	for (i = r->stack_n; i > 0 && v == NULL; i--)
		v = json_object_getn(r->stack[i - 1], p, (size_t)(dot - p));
	while (v != NULL && dot < end) {
		p = dot + 1;
		dot = memchr(p, '.', (size_t)(end - p));
		dot = dot == NULL ? end : dot;
		v = json_object_getn(v, p, (size_t)(dot - p));
	}
	return v;
}

static bool
is_true(const json_t *v)
{
	return v != NULL && !json_is_false(v) && !json_is_null(v) &&
	    !(json_is_string(v) && json_string_length(v) == 0) &&
	    !(json_is_array(v) && json_array_size(v) == 0);
}

static void
put_value(struct render *r, const json_t *v, bool raw)
{
	if (json_is_integer(v))
		text_addf(r->out, "%lld", (long long)json_integer_value(v));
	else if (json_is_true(v))
		text_puts(r->out, "true");
	else if (json_is_string(v) && raw)
		text_add(r->out, json_string_value(v), json_string_length(v));
	else if (json_is_string(v))
		template_put(r->out, json_string_value(v),
		    json_string_length(v), r->escape);
}

static int
render_deeper(
    struct render *r, const struct template_part *part, size_t i, size_t to)
{
	int rc;

	if (r->depth == TEMPLATE_DEPTH)
		return fail(r->f, EX_CONFIG,
		    "%s: sections and partials are nested deeper than %d",
		    part->name, TEMPLATE_DEPTH);
	r->depth++;
	rc = render_row(r, part, i, to);
	r->depth--;
	return rc;
}

static int
render_with(struct render *r, const struct template_part *part, const json_t *v,
    size_t i, size_t to)
{
	int rc;

	r->stack[r->stack_n++] = v;
	rc = render_deeper(r, part, i, to);
	r->stack_n--;
	return rc;
}

static int
render_section(struct render *r, const struct template_part *part, size_t i)
{
	const struct tag *k = &tag_row(&part->row)[i];
	const json_t *v = look_up(r, k), *each;
	size_t at;

	if (!is_true(v))
		return 0;
	if (!json_is_array(v))
		return render_with(r, part, v, i + 1, k->to);
	json_array_foreach(v, at, each)
		if (render_with(r, part, each, i + 1, k->to) != 0)
			return r->f->code;
	return 0;
}

static int
render_partial(struct render *r, const struct tag *k)
{
	const struct template_part *part = &r->t->part[k->to];
	size_t indent = r->indent.n;
	int rc;

	text_add(&r->indent, k->blank, k->blank_n);
	rc = render_deeper(r, part, 0, tag_count(&part->row));
	r->indent.n = indent;
	return rc;
}

static int
render_tag(struct render *r, const struct template_part *part, size_t i)
{
	const struct tag *k = &tag_row(&part->row)[i];

	switch (k->kind) {
	case TAG_LITERAL:
		if (k->begins && !(k->n == 1 && *k->p == '\n'))
			text_add(r->out, r->indent.p, r->indent.n);
		text_add(r->out, k->p, k->n);
		return 0;
	case TAG_VALUE:
	case TAG_RAW:
		put_value(r, look_up(r, k), k->kind == TAG_RAW);
		return 0;
	case TAG_SECTION:
		return render_section(r, part, i);
	case TAG_INVERTED:
		return is_true(look_up(r, k)) ?
		    0 :
		    render_deeper(r, part, i + 1, k->to);
	case TAG_PARTIAL:
		return render_partial(r, k);
	case TAG_CLOSE:
	case TAG_COMMENT:
		break;
	}
	return 0;
}

static int
render_row(
    struct render *r, const struct template_part *part, size_t i, size_t to)
{
	const struct tag *row = tag_row(&part->row);

	for (; i < to; i++) {
		if (render_tag(r, part, i) != 0)
			return r->f->code;
		if (r->out->n - r->start > TEMPLATE_MAX)
			return fail(r->f, EX_CONFIG,
			    "%s:%u: the result is longer than %d octets",
			    part->name, row[i].line, TEMPLATE_MAX);
		if (row[i].kind == TAG_SECTION || row[i].kind == TAG_INVERTED)
			i = row[i].to;
	}
	return 0;
}

int
template_render(const struct template *t, const json_t *context,
    enum template_escape escape, struct text *out, struct fail *f)
{
	struct render r = { .t = t,
		.escape = escape,
		.out = out,
		.indent = TEXT_INIT,
		.start = out->n,
		.stack = { context },
		.stack_n = 1,
		.f = f };
	int rc;

	text_add(out, "", 0);
	rc = render_row(&r, &t->part[0], 0, tag_count(&t->part[0].row));
	text_release(&r.indent);
	if (rc != 0) {
		out->n = r.start;
		out->p[out->n] = '\0';
	}
	return rc;
}
