#ifndef VC_LISTING_H
#define VC_LISTING_H

#include "catalog.h"

/*
 * The pages of the indexes of a site: the first page with the newest notes, a
 * page for each list of a catalog, and pages that list these lists; each in
 * both languages. All have one template, list.html.
 */

enum {
	LISTING_RECENT = 15, /* notes on the first page, as JVN has them */
};

struct listing {
	struct text path; /* "en/cwe/CWE-20/index.html" */
	enum words_lang lang;
	const json_t *label; /* label/page.json; borrowed */
	json_t *heading;
	json_t *note, *child; /* what it lists, or NULL */
	char from[HASH_LEN];  /* hash of all of it, and of COMMON */
};

/*
 * Call TAKE for each page. COMMON: the hash of what all pages are made from.
 * Ends with what TAKE gives, unless 0.
 */
int listing_each(const struct catalog *c, const json_t *label,
    const char *common,
    int (*take)(void *arg, const struct listing *l, struct fail *f), void *arg,
    struct fail *f);

/* {"lang","root","other","menu","heading","note"?,"child"?} for the template.
 * New. */
json_t *listing_context(const struct listing *l);

/*
 * What every page of a site has for its readers to go on: {"root":"../../",
 * "menu":[{"name","href"}],"feed":"en/rss/","other":{"href","name","lang"}}.
 * PATH: of the page; OTHER: its path in the other language. New.
 */
json_t *listing_menu(const json_t *label, enum words_lang lang,
    const char *path, const char *other);

#endif
