#ifndef VC_CONTENT_H
#define VC_CONTENT_H

#include "words.h"

/*
 * What a letter tells, as the context of its template. What a vendor may have
 * of a case was decided before (need.h): all that comes in is told.
 */

/*
 * The context of a letter about a case. Beside the case's own fields: `former`,
 * `asked` and `ended`, the times under former_at, asked_at and ended_at. New.
 */
json_t *content_case(
    const json_t *case_, const json_t *vendor, enum words_lang lang);

/*
 * The context of a letter that is about no case, with the label of NOTICE: each
 * field of ABOUT in the language asked for. A word that LABEL
 * (label/letter.json) has under the name of the field is spelled out, a field
 * `x_at` becomes the time `x`. New.
 */
json_t *content_about(const json_t *about, const json_t *vendor,
    const json_t *notice, const json_t *label, enum words_lang lang);

#endif
