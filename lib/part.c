#include "part.h"

#include <string.h>
#include <strings.h>

#include "encoded.h"
#include "param.h"

enum {
	NAME = 200, /* octets of an attachment's name */
};

size_t
part_field(const char *raw, const struct mime_part *part, const char *name,
    struct mime_field *found)
{
	const char *p = raw + part->head, *end = raw + part->body;
	struct mime_field field;
	size_t n = 0;

	while (mime_field(&p, end, &field))
		if (mime_is(&field, name) && n++ == 0)
			*found = field;
	return n;
}

bool
part_begins(const char *raw, const struct mime_part *part, const char *name,
    const char *token)
{
	size_t n = strlen(token);
	struct mime_field field;
	const char *p, *end;

	if (part_field(raw, part, name, &field) == 0)
		return false;
	end = field.value + field.value_n;
	p = param_blanks(field.value, end);
	return (size_t)(end - p) >= n && strncasecmp(p, token, n) == 0 &&
	    ((size_t)(end - p) == n || memchr(" \t\r\n;(", p[n], 6) != NULL);
}

const char *
part_type(const struct mime_part *part)
{
	return part->type[0] == '\0' ? "text/plain" : part->type;
}

bool
part_param(const char *raw, const struct mime_part *part, const char *name,
    const char *param, struct text *out, struct text *label)
{
	struct mime_field field;

	return part_field(raw, part, name, &field) > 0 &&
	    param_find(field.value, field.value_n, param, out, label);
}

void
part_charset(const char *raw, const struct mime_part *part, struct text *out)
{
	struct text label = TEXT_INIT;

	part_param(raw, part, "Content-Type", "charset", out, &label);
	text_release(&label);
}

static void
tidy(const struct text *name, struct text *out)
{
	struct text shown = TEXT_INIT;
	const char *p = name->p, *end = p + name->n, *q;
	size_t n;

	for (q = p; q < end; q++)
		if (*q == '/' || *q == '\\')
			p = q + 1;
	while (p < end && (*p == '.' || *p == '-' || *p == ' '))
		p++;
	text_mask(&shown, p, (size_t)(end - p), false);
	n = shown.n < NAME ? shown.n : NAME;
	text_add(out, shown.p, text_utf8(shown.p, n));
	text_release(&shown);
}

unsigned
part_name(const char *raw, const struct mime_part *part, struct text *out)
{
	struct text octets = TEXT_INIT, label = TEXT_INIT, name = TEXT_INIT;
	unsigned flags = 0;

	if (!part_param(raw, part, "Content-Disposition", "filename", &octets,
		&label) &&
	    !part_param(raw, part, "Content-Type", "name", &octets, &label)) {
		text_release(&octets);
		text_release(&label);
		return 0;
	}
	text_add(&octets, "", 0);
	if (label.n > 0)
		flags = charset_decode(label.p, octets.p, octets.n, &name);
	else
		flags = encoded_words(octets.p, octets.n, &name);
	text_add(&name, "", 0);
	tidy(&name, out);
	text_release(&octets);
	text_release(&label);
	text_release(&name);
	return flags;
}
