#ifndef VC_SITE_H
#define VC_SITE_H

#include "catalog.h"
#include "leaf.h"
#include "published.h"

/*
 * A whole site: the pages of many cases in both languages and every format,
 * indexes, feeds, a CSAF provider. A case and its `status` and `sent` records
 * come together, in any order: a case is over when the next one comes, and what
 * comes later for it is refused.
 *
 * Invariant: a case stands on the site exactly when page.h lets it by. The site
 * changes at the end and all at once or, when something came too late or a note
 * would go without anybody saying so, not at all. What has not changed is not
 * written.
 */

enum {
	SITE_FEED = 15, /* notes of a feed, as JVN has them */
	SITE_FACES = LEAF_FACES + 3,
};

struct site {
	struct tree tree;
	struct page page;
	struct catalog catalog;
	struct published published;
	struct face face[SITE_FACES];
	struct template list, gone, map, security, css;
	struct text base, out;
	char common[HASH_LEN]; /* of what all pages are made from */
	json_t *done;	       /* id -> true: its case is over */
	json_t *place;	       /* path of a page -> id */
	json_t *feed;	       /* [{"at","id","case","status"?,"sent"?}] */
	json_t *refused;       /* a case, for site_add() */
	size_t refused_n;
	when_t now;
	struct fail spoilt; /* why the site will not change */
};

#define SITE_INIT \
	{ \
		.tree = TREE_INIT, .published = PUBLISHED_INIT \
	}

/*
 * Open the folder DIR, for the site at BASE. LEDGER: what was sent and
 * published. FOLDER: of templates, ROSTER: the public list and names; each may
 * be NULL. As tree_open(), face_load(), page_load(), kept_fold(); EX_USAGE: no
 * BASE, no LEDGER.
 */
int site_open(struct site *s, const char *dir, const char *base,
    const char *folder, const char *ledger, const struct roster *roster,
    const char *now, struct fail *f);

/*
 * Take a case, status or sent record. *OF, borrowed, is what was refused: the
 * record, or the case before, which was made now. EX_DATAERR: it comes too
 * late, and the site will not change; or as page_add(), page_view().
 */
int site_add(
    struct site *s, const json_t *r, const json_t **of, struct fail *f);
/* The last case is over. The same. */
int site_last(struct site *s, const json_t **of, struct fail *f);

/*
 * Make the indexes and change the site; give each `published` record, new, to
 * PUT. REFUSED: lines of the input that were, of whatever kind. EX_DATAERR: one
 * of them was no case that may not be published, or the case of a note on the
 * site was not given; EX_NOPERM: it was refused. As tree_commit().
 */
int site_commit(struct site *s, size_t refused,
    void (*put)(void *arg, json_t *r), void *arg, struct fail *f);

void site_release(struct site *s);

#endif
