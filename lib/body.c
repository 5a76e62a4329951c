#include "body.h"

#include <string.h>

#include "part.h"

static bool
inside_message(const struct mime *m, size_t i)
{
	int up;

	for (up = m->part[i].parent; up >= 0; up = m->part[up].parent)
		if (m->part[up].kind == MIME_MESSAGE)
			return true;
	return false;
}

static bool
is_marked(const char *raw, const struct mime_part *part)
{
	return part_begins(raw, part, "Content-Disposition", "attachment");
}

static bool
is_named(const char *raw, const struct mime_part *part)
{
	struct text name = TEXT_INIT;
	bool named;

	part_name(raw, part, &name);
	named = name.n > 0;
	text_release(&name);
	return named;
}

static bool
is_signature(const struct mime *m, size_t i)
{
	return i > 0 && i == m->n - 1 && m->part[i].parent == 0 &&
	    strcmp(m->part[0].type, "multipart/signed") == 0;
}

size_t
body_text(const char *raw, const struct mime *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(part_type(&m->part[i]), "text/plain") == 0 &&
		    !inside_message(m, i) && !is_marked(raw, &m->part[i]))
			break;
	return i;
}

size_t
body_attachment(const char *raw, const struct mime *m, size_t i)
{
	size_t k, n = 0, text = body_text(raw, m);
	const struct mime_part *part;

	for (k = 0; k < m->n; k++) {
		part = &m->part[k];
		if (k == text || part->kind == MIME_MULTIPART ||
		    inside_message(m, k) || is_signature(m, k))
			continue;
		if ((is_marked(raw, part) || is_named(raw, part) ||
			strncmp(part_type(part), "text/", 5) != 0) &&
		    n++ == i)
			break;
	}
	return k;
}
