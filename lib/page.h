#ifndef VC_PAGE_H
#define VC_PAGE_H

#include "format.h"
#include "words.h"

/*
 * The note of one case, in one format, from its `case` record, the `status`
 * records of the vendors and the `sent` records that say who was told. The
 * order of the records does not matter. A status counts only with the verdict
 * `signed`, and of each vendor the one signed last. Who was told and did not
 * answer is shown so.
 *
 * Invariant: without a mark on it, no page leaves here that gate_publish()
 * does not let by.
 */

enum {
	PAGE_RECORDS = 20000, /* status and sent records kept at most */
};

struct roster;

struct page {
	enum words_lang lang;
	const struct roster *roster; /* borrowed; NULL: vendors by their ids */
	const struct format *format;
	const char *site; /* where the pages are, or NULL; borrowed */
	struct template template;
	json_t *label, *case_;
	json_t *status, *sent; /* by case and vendor */
	size_t kept;
	bool spoilt; /* more than one case */
};

#define PAGE_INIT \
	{ \
		.template = TEMPLATE_INIT \
	}

/* Make it in this format (format.h), for the site at SITE, or NULL. EX_USAGE:
 * there is no such format, or it needs a site and that is none. */
int page_format(
    struct page *p, const char *format, const char *site, struct fail *f);

/*
 * Load template, labels (label/page.json). FOLDER NULL: those shipped.
 * EX_NOINPUT, EX_CONFIG; EX_USAGE when LANG is not ja or en.
 */
int page_load(
    struct page *p, const char *lang, const char *folder, struct fail *f);

/* Take a case, status or sent record. EX_DATAERR: a second case, too many. */
int page_add(struct page *p, const json_t *r, struct fail *f);

/*
 * Append the page as it may stand at NOW ("" or NULL: the clock; option -N).
 * EX_NOPERM: it may not be published; with DRAFT it is made all the same and
 * says on itself what it is. EX_DATAERR: there was not exactly one case, or one
 * that case_check() refuses; a draft is made of it all the same. EX_USAGE: a
 * draft of what programs read.
 */
int page_render(struct page *p, const char *now, bool draft, struct text *out,
    struct fail *f);

void page_release(struct page *p);

#endif
