#ifndef VC_PAGE_H
#define VC_PAGE_H

#include "format.h"
#include "phrase.h"
#include "standing.h"
#include "words.h"

/*
 * The note of one case, from its `case` record, the `status` records of the
 * vendors and the `sent` records that say who was told, as the context of a
 * format. The order of the records does not matter. The other types of
 * standing.h say, with these and the ledger, who was not reached. A status
 * counts only with the verdict `signed`, and of each vendor the one signed
 * last.
 *
 * Invariant: without a mark on it, no view leaves here that gate_publish() and
 * coverage_check() do not let by, and none has what the case restricts.
 */

enum {
	PAGE_RECORDS = 200000, /* status and sent records kept at most */
};

struct roster;

struct page {
	const struct roster *roster; /* borrowed; NULL: vendors by their ids */
	const char *site;	  /* where the pages are, or NULL; borrowed */
	const char *ledger;	  /* folded by page_load(), or NULL; borrowed */
	struct standing standing; /* all that is known of the vendors */
	struct phrase phrase;
	json_t *label, *words[2]; /* label/page.json; as words of a language */
	json_t *case_;
	json_t *status, *sent; /* by case and vendor */
	size_t kept;
	bool spoilt; /* more than one case */
	bool out;    /* it was published before: coverage is past */
};

#define PAGE_INIT \
	{ \
		.standing = STANDING_INIT \
	}

/* Load the labels (label/page.json, range.json), for the site at SITE, or NULL.
 * EX_NOINPUT, EX_CONFIG; EX_USAGE: that is no address; standing_load(). */
int page_load(struct page *p, const char *site, struct fail *f);

/* Take a record of the types of standing.h. EX_DATAERR: a second case, too
 * many. */
int page_add(struct page *p, const json_t *r, struct fail *f);

/* The same of a case, in the place of the one before; and forget all that is
 * kept of the case now. */
int page_take(struct page *p, const json_t *case_, struct fail *f);
void page_forget(struct page *p);

/* May a page of the case stand at NOW? EX_NOPERM: no. EX_DATAERR: there was not
 * exactly one case, or one that case_check() refuses. */
int page_may(const struct page *p, when_t now, struct fail *f);

/* The context, new, as page_may(). With DRAFT it is made whatever that says, of
 * exactly one case, and says on itself what it is. */
int page_view(const struct page *p, enum words_lang lang, when_t now,
    bool draft, json_t **view, struct fail *f);

/*
 * Append the page in LANG, "ja" or "en", at NOW ("" or NULL: the clock; option
 * -N). As page_view(); EX_USAGE: there is no such language, the face needs a
 * site and there is none, a draft of what programs read.
 */
int page_render(const struct page *p, const struct face *face, const char *lang,
    const char *now, bool draft, struct text *out, struct fail *f);

void page_release(struct page *p);

#endif
