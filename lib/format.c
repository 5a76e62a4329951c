#include "format.h"

#include <string.h>

static const struct format formats[] = {
	{ "html", "page.html", TEMPLATE_HTML, false, false },
	{ "text", "note.txt", TEMPLATE_TEXT, false, false },
	{ "rss", "rss.xml", TEMPLATE_XML, true, true },
	{ "rss-old", "rss-old.xml", TEMPLATE_XML, true, true },
	{ "atom", "atom.xml", TEMPLATE_XML, true, true },
	{ "vuldef", "vuldef.xml", TEMPLATE_XML, true, false },
	{ "csaf", NULL, TEMPLATE_TEXT, true, true },
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
