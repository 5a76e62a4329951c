#ifndef VC_CATALOG_H
#define VC_CATALOG_H

#include "page.h"

/*
 * What the indexes of a site list: its notes by year, series, vendor, product,
 * CWE and status, the newest first. How they look is listing.h's.
 *
 * Invariant: the order in which notes were added changes nothing.
 */

struct catalog {
	json_t
	    *note; /* [{"id","href","title","from",..}], each in a list, too */
	json_t *list;	/* "cwe/CWE-20" -> lines; a series has no slash */
	json_t *name;	/* "cwe/CWE-20" -> {"ja","en"} */
	json_t *vendor; /* [{"name","vendor","email"?}]: the public list */
};

#define CATALOG_INIT \
	{ \
		NULL, NULL, NULL, NULL \
	}

void catalog_init(struct catalog *c);

/* Add the note that P holds, made from FROM; it may be published. */
void catalog_add(
    struct catalog *c, const struct page *p, const char from[HASH_LEN]);

/* Add a vendor to the public list; EMAIL NULL: its window is not public. */
void catalog_vendor(
    struct catalog *c, json_t *name, const char *vendor, const char *email);

/* All were added: bring everything into its order. "note" and the lists are
 * [{"note":..,"token"?,"status_word"?,"answered"?}] from here on. */
void catalog_sort(struct catalog *c);

void catalog_release(struct catalog *c);

#endif
