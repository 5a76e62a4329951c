#ifndef VC_TEMPLATE_H
#define VC_TEMPLATE_H

#include "fail.h"
#include "hash.h"
#include "record.h"
#include "text.h"

/*
 * Templates in the Mustache language: {{! comment }}, {{x}} and {{&x}} or
 * {{{x}}} (not escaped), {{#x}}..{{/x}}, {{^x}}..{{/x}}, {{>file}}, dotted
 * names, {{.}}, and tags that stand alone on their line. Nothing more: there
 * are no other delimiters and no code. False are: what is absent, false, null,
 * "" and []. A partial is a file of the same folder, named by a token.
 *
 * Invariant: a loaded template is whole: each section is closed, each partial
 * is there. Faults are told with their place: "update.txt:12: section 'x' is
 * not closed".
 */

enum {
	TEMPLATE_FILE = 256 << 10, /* octets of a template file */
	TEMPLATE_PARTS = 32,	   /* files of one template */
	TEMPLATE_NAME = 64,	   /* octets of a name in a tag */
	TEMPLATE_DEPTH = 32,	   /* sections and partials inside each other */
	TEMPLATE_MAX = 16 << 20,   /* octets of what is rendered */
};

/* Who reads the result. Each shows hidden characters as text_mask() does. */
enum template_escape {
	TEMPLATE_HTML, /* & < > " ' as entities */
	TEMPLATE_XML,  /* the same, and only characters of XML 1.0 */
	TEMPLATE_TEXT, /* for a person's eye */
};

struct template_part;

struct template
{
	const char *folder;	    /* borrowed; NULL: the templates shipped */
	struct template_part *part; /* the first is the template itself */
	size_t part_n;
};

#define TEMPLATE_INIT \
	{ \
		NULL, NULL, 0 \
	}

/*
 * Load NAME ("ja/update.txt") below FOLDER (borrowed), or below the shared
 * folder template/ when it is NULL, and its partials. EX_NOINPUT: a file is
 * missing; EX_CONFIG: a template is wrong.
 */
int template_load(
    struct template *t, const char *folder, const char *name, struct fail *f);

/* The same from octets: NAME is for its faults only. */
int template_read(struct template *t, const char *name, const char *p, size_t n,
    struct fail *f);

/*
 * Append the rendered template. EX_CONFIG when depth or size go over a limit;
 * then OUT is as before.
 */
int template_render(const struct template *t, const json_t *context,
    enum template_escape escape, struct text *out, struct fail *f);

/* Add to H what it was loaded from. */
void template_digest(const struct template *t, struct hash *h);

void template_release(struct template *t);

#endif
