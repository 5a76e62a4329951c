#ifndef VC_VIEW_H
#define VC_VIEW_H

#include "words.h"

/*
 * A case as the context of a page: each section ready for its place, dates in
 * Japan time, addresses that may be linked to apart from those that may not.
 * The order of the sections and their empty forms are the template's.
 *
 * Invariant: what goes into an href is words_url(), or built here from an id
 * of a checked form.
 */

/*
 * The context of CASE_; LABEL is label/page.json as words_table() gives it.
 * References with a `vendor` stand apart, as `link`. New.
 */
json_t *view_case(
    const json_t *case_, const json_t *label, enum words_lang lang);

/* When it is published, and when its page changed last: `updated_at`, else the
 * newest of its history. False: it has no day. */
bool view_times(const json_t *case_, when_t *published, when_t *updated);

/* {"text":TEXT, "href":URL} or, when URL may not be linked to, {"text"}. New.
 */
json_t *view_link(const char *text, const char *url);

#endif
