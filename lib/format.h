#ifndef VC_FORMAT_H
#define VC_FORMAT_H

#include "template.h"

/*
 * What a note can be written as: each format is a template, and how its values
 * are escaped. html and text are for people; rss (JVNRSS 3.2), rss-old (the
 * same with the names of mod_sec 2.0, as the published feeds have them), atom
 * (RFC 4287) and vuldef (VULDEF 3.2) for programs: DOMAIN.md, section 4. JSON
 * has no template: csaf.h, cve.h, vex.h.
 */

struct format {
	const char *name;
	const char *file; /* below the folder of templates, or NULL */
	enum template_escape escape;
	bool machine; /* read by programs: there is no draft of it */
	bool placed;  /* it says where the page stands */
	bool feed;    /* of several notes: its context is that of feed.h */
	/* Without a template: append it, as template_render(). */
	int (*put)(const json_t *view, struct text *out, struct fail *f);
};

/* The format of that name, static, or NULL. */
const struct format *format_find(const char *name);

/* A format with its template, ready to be used again and again. */
struct face {
	const struct format *format;
	struct template template;
};

#define FACE_INIT \
	{ \
		.template = TEMPLATE_INIT \
	}

/* FOLDER as for template_load(), borrowed. EX_USAGE: there is no such format.
 */
int face_load(
    struct face *face, const char *format, const char *folder, struct fail *f);

/* Append what VIEW, of page.h, looks like. As template_render(), or put. */
int face_put(const struct face *face, const json_t *view, struct text *out,
    struct fail *f);

void face_release(struct face *face);

#endif
