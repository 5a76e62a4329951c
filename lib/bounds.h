#ifndef VC_BOUNDS_H
#define VC_BOUNDS_H

#include "phrase.h"
#include "range.h"
#include "words.h"

/*
 * Between the sentences in which vendors say which versions are affected and
 * the ranges of vc-record(5): {"ge":"1.0","lt":"2.0"} is "1.0 以上 2.0 未満"
 * and "1.0 or later and prior to 2.0". 以前 belongs to the range, 未満 and
 * より前 do not. "Ranges" here are an array of such objects; a version is in
 * them when it is in one.
 *
 * What is not understood as a whole has no ranges: a wrong one is worse than
 * none, and the words of the vendor stand beside it. So have "2.0 未満を除く",
 * two products in one phrase, and what can be read in two ways: "1.0, 2.0
 * 未満", "1.9.5 未満、2.0.3 未満". All versions are no range, since that has
 * an end. Nothing is compared: what is newer, only the maker knows.
 *
 * Invariant: each range out of here passes range_wrong(), and bounds_say() of
 * what bounds_read() gave is read as the same, or as nothing.
 */

enum {
	BOUNDS_MAX = 16, /* ranges of a phrase */
};

/* The ranges that a phrase means, of any length and any octets but NUL. New,
 * or NULL: it is not understood. */
json_t *bounds_read(const struct phrase *p, const char *s);

/*
 * The ranges of a product of a case: its `range`, else what its `version` says
 * in each language that it has, when that is the same. New, or NULL. A product
 * that no case_check() has seen will do.
 */
json_t *bounds_product(const struct phrase *p, const json_t *product);

/* Ranges as a sentence in the language. New, or NULL: there are none. */
json_t *bounds_say(
    const struct phrase *p, const json_t *ranges, enum words_lang lang);

/*
 * Ranges for a template, one by one:
 * [{"bound":[{"op":"ge","version":"1.0"},..],"sign":">= 1.0, < 2.0","text":..,
 * "one":BOUND? or "from":BOUND?,"to":BOUND?,"more":true?}]: "one" when there is
 * one bound, else both ends; all but the last have "more". [] for NULL. New.
 */
json_t *bounds_view(
    const struct phrase *p, const json_t *ranges, enum words_lang lang);

#endif
