#ifndef VC_VIEW_H
#define VC_VIEW_H

#include "bounds.h"

/*
 * A case as the context of a page: each section ready for its place, dates in
 * Japan time, addresses that may be linked to apart from those that may not.
 * The order of the sections and their empty forms are the template's.
 *
 * Invariant: what goes into an href is words_url(), or built here from an id
 * of a checked form.
 */

struct view {
	const json_t *label; /* label/page.json as words_table() gives it */
	const struct phrase *phrase;
	enum words_lang lang;
};

/*
 * The context of CASE_. References with a `vendor` stand apart, as `link`. Its
 * products are there four times: "product", what a person reads of each;
 * "system", [{"text":the same,"range":bounds_view()}]; "range", see
 * view_ranges(); "product_item", in the words of outcome.h. New.
 */
json_t *view_case(const struct view *w, const json_t *case_);

/*
 * Append what bounds_view() gave to LIST, with "name" and "vendor_name" in
 * each: the name of the product and its vendor, borrowed, or NULL.
 */
void view_ranges(
    json_t *list, const json_t *ranges, json_t *name, json_t *vendor);

/* When it is published, and when its page changed last: `updated_at`, else the
 * newest of its history. False: it has no day. */
bool view_times(const json_t *case_, when_t *published, when_t *updated);

/* {"text":TEXT, "href":URL} or, when URL may not be linked to, {"text"}. New.
 */
json_t *view_link(const char *text, const char *url);

/* Did ONE of the view's `history` come after the publication? */
bool view_after(const json_t *view, const json_t *one);

#endif
