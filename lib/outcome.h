#ifndef VC_OUTCOME_H
#define VC_OUTCOME_H

#include "bounds.h"

/*
 * What came out of a case, vendor by vendor: who answered what and when, and
 * who was told and is silent. The words for the status tokens of VULDEF and
 * for silence are data (label/page.json, "status").
 *
 * Invariant: a vendor stands in the table once, and one that was told stands
 * in it whether it answered or not.
 */

struct roster;

struct outcome {
	const struct roster *roster; /* names of vendors; NULL: their ids */
	const json_t *label;	     /* label/page.json */
	const struct phrase *phrase;
	enum words_lang lang;
};

/* The name of a vendor in the language, else its id. New. */
json_t *outcome_name(const struct outcome *o, const char *vendor);

/*
 * The table:
 * [{"vendor_name","token","status_word","silent":true?,"answered"?,"page":[..],
 * "item":[..]}], by name, "item" as in outcome_answers(). STATUS: vendor ->
 * {"at","form"}, SENT: vendor -> anything; both may be NULL. The token of a
 * vendor is the gravest of its products. New.
 */
json_t *outcome_table(const struct outcome *o, json_t *status, json_t *sent);

/* What a vendor says in all, as a token: the gravest of its products. FORM of a
 * status; static. */
const char *outcome_token(const json_t *form);

/*
 * What the vendors said in their own words: [{"vendor_name","statement"?,
 * "item":[{"product_name","product_status","affected"?,"range":[..]..}]}], by
 * name. "range" is bounds_view() of "affected". New.
 */
json_t *outcome_answers(const struct outcome *o, json_t *status);

/* The ranges of what TABLE, of outcome_table(), calls vulnerable, investigating
 * or not, into LIST, as view_ranges() puts them. */
void outcome_ranges(const json_t *table, json_t *list);

#endif
