#include "format.h"

#include <string.h>

#include "csaf.h"
#include "cve.h"
#include "vex.h"

static const struct format formats[] = {
	{ "html", "page.html", TEMPLATE_HTML, .machine = false },
	{ "text", "note.txt", TEMPLATE_TEXT, .machine = false },
	{ "rss", "rss.xml", TEMPLATE_XML, true, true, true, NULL },
	{ "rss-old", "rss-old.xml", TEMPLATE_XML, true, true, true, NULL },
	{ "atom", "atom.xml", TEMPLATE_XML, true, true, true, NULL },
	{ "vuldef", "vuldef.xml", TEMPLATE_XML, true, .placed = false },
	{ "csaf", NULL, TEMPLATE_TEXT, true, true, false, csaf_put },
	{ "cve", NULL, TEMPLATE_TEXT, true, true, false, cve_put },
	{ "vex", NULL, TEMPLATE_TEXT, true, true, false, vex_put },
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
