#ifndef VC_AFFECTS_H
#define VC_AFFECTS_H

#include "words.h"

/*
 * What a case affects, as CSAF 2.0 tells it: a tree of products, and for each
 * vulnerability their status, scores and what to do (DOMAIN.md, 2.5). The
 * products of the case and those that a vendor calls vulnerable are
 * known_affected, notvulnerable is known_not_affected, all else
 * under_investigation; a version that is called fixed is a product of its own.
 *
 * Invariant: a product is in the tree once, and has one status.
 */

struct affects {
	const json_t *view; /* of page.c */
	json_t *tree;
	/*
	 * [{"product_id","uri","name","status","word"?,"vendor_name"?,
	 * "answered"?,"purl"?,"remedy":[{"category","details","product_ids"}]}],
	 * the status as CSAF names it, the word that of the page.
	 */
	json_t *product;
};

#define AFFECTS_INIT \
	{ \
		.view = NULL \
	}

/* Read what VIEW, borrowed, has of products and vendors. */
void affects_read(struct affects *a, const json_t *view);

/*
 * One for each CVE, or one for the case when it has none. Scores are there when
 * the case has one vector of a version: which CVE another one is about it does
 * not say. New.
 */
json_t *affects_vulnerabilities(const struct affects *a);

/* The CVE ids of the case, each once: ["CVE-2008-1447"]. New. */
json_t *affects_cves(const json_t *view);

/* A word out of the view's label, or "-". Borrowed. */
const char *affects_label(const json_t *view, const char *key);

/* Add a note with a title out of the view's label; no TEXT, none. Steals. */
void affects_note(const json_t *view, json_t *notes, const char *category,
    const char *title, json_t *text);

/* Set KEY to LIST unless it is empty. Steals. */
void affects_list(json_t *o, const char *key, json_t *list);

void affects_release(struct affects *a);

#endif
