#include "format.h"

#include <string.h>

#include "csaf.h"
#include "cve.h"
#include "vex.h"

static const struct format formats[] = {
	{ .name = "html", .file = "page.html", .escape = TEMPLATE_HTML },
	{ .name = "text", .file = "note.txt", .escape = TEMPLATE_TEXT },
	{ .name = "rss",
	    .file = "rss.xml",
	    .escape = TEMPLATE_XML,
	    .machine = true,
	    .placed = true,
	    .feed = true },
	{ .name = "rss-old",
	    .file = "rss-old.xml",
	    .escape = TEMPLATE_XML,
	    .machine = true,
	    .placed = true,
	    .feed = true },
	{ .name = "atom",
	    .file = "atom.xml",
	    .escape = TEMPLATE_XML,
	    .machine = true,
	    .placed = true,
	    .feed = true },
	{ .name = "vuldef",
	    .file = "vuldef.xml",
	    .escape = TEMPLATE_XML,
	    .machine = true },
	{ .name = "csaf", .machine = true, .placed = true, .put = csaf_put },
	{ .name = "cve", .machine = true, .placed = true, .put = cve_put },
	{ .name = "vex", .machine = true, .placed = true, .put = vex_put },
};

const struct format *
format_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

int
face_load(
    struct face *face, const char *format, const char *folder, struct fail *f)
{
	face->format = format_find(format);
	if (face->format == NULL)
		return fail(f, EX_USAGE, "there is no format '%s'", format);
	return face->format->file == NULL ?
	    0 :
	    template_load(&face->template, folder, face->format->file, f);
}

int
face_put(const struct face *face, const json_t *view, struct text *out,
    struct fail *f)
{
	if (face->format->put != NULL)
		return face->format->put(view, out, f);
	return template_render(
	    &face->template, view, face->format->escape, out, f);
}

void
face_release(struct face *face)
{
	template_release(&face->template);
	*face = (struct face)FACE_INIT;
}
