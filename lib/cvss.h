#ifndef VC_CVSS_H
#define VC_CVSS_H

#include "words.h"

/*
 * CVSS scores as a page shows them: the vector, the score that it stands for,
 * and a table of every choice with the chosen one marked. What somebody typed
 * as a score is not shown; a vector that is none has no score. The choices and
 * their words are data (label/page.json, "cvss"); a version without a table is
 * shown as its vector alone.
 */

enum {
	CVSS_VECTOR = 256, /* octets of a vector */
};

/*
 * The scores of a case, newest version first:
 * [{"version_name","major","vector",
 * "version"?,"score"?,"rating"?,"table"?:[{"metric_name","metric_key","choice":[{"word","value",
 * "selected":true?}]}]}]. New.
 */
json_t *cvss_view(
    const json_t *score, const json_t *label, enum words_lang lang);

/*
 * Out of what cvss_view() made, the score of the one vector of this major
 * version, in the words of the JSON schemas of FIRST: {"version",
 * "vectorString","baseScore","baseSeverity"?}. Of version 4, whose score is
 * that of all metrics, it is that of the base metrics alone. New, or NULL:
 * there is no such vector, or there are several.
 */
json_t *cvss_base(const json_t *view, const char *major);

#endif
