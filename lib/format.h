#ifndef VC_FORMAT_H
#define VC_FORMAT_H

#include "template.h"

/*
 * What a note can be written as: each format is a template, and how its values
 * are escaped. html and text are for people; rss (JVNRSS 3.2), rss-old (the
 * same with the names of mod_sec 2.0, as the published feeds have them), atom
 * (RFC 4287) and vuldef (VULDEF 3.2) for programs: DOMAIN.md, section 4. csaf
 * (CSAF 2.0) has no template: csaf.h.
 */

struct format {
	const char *name;
	const char *file; /* below the folder of templates, or NULL */
	enum template_escape escape;
	bool machine; /* read by programs: there is no draft of it */
	bool placed;  /* it says where the page stands */
};

/* The format of that name, static, or NULL. */
const struct format *format_find(const char *name);

#endif
