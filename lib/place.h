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

/* {"address":"https://a.example/","page":"https://a.example/en/vu/JVNVU1/"} of
 * the note ID at BASE, which place_site() lets by. SERIES: prefix -> folder.
 * New. */
json_t *place_note(const char *base, const json_t *series, const char *id,
    enum words_lang lang);

#endif
