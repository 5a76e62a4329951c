#ifndef VC_PLACE_H
#define VC_PLACE_H

#include "words.h"

/*
 * Where a note stands on a site, as on JVN (DOMAIN.md, 3.1): below a folder for
 * its series of ids, and below en/ in English; there is no # in it. Which
 * series has which folder is data (label/page.json, "series"); a note of no
 * series stands in note/.
 */

/* May a site be at BASE? http or https, without ? and #. */
bool place_site(const char *base);

/* The folder of a series, "vu", and of a note below a site,
 * "en/vu/JVNVU1/". */
const char *place_series(const json_t *series, const char *id);
void place_note(const json_t *series, const char *id, enum words_lang lang,
    struct text *out);

/* "csaf/en/2024/jvnvu_1.json": what the standard names it (CSAF 2.0, 5.1), in
 * the year in which it was PUBLISHED (UTC). */
void place_csaf(const char *id, const char *published, enum words_lang lang,
    struct text *out);

/*
 * {"address":"https://a.example/","page":"https://a.example/en/vu/JVNVU1/",
 * "csaf"?:..} of the note ID at BASE, which place_site() lets by. PUBLISHED may
 * be NULL: no csaf. SERIES: prefix -> folder. New.
 */
json_t *place_view(const char *base, const json_t *series, const char *id,
    const char *published, enum words_lang lang);

/* The address of BASE, with a slash at its end. */
void place_base(const char *base, struct text *out);

#endif
