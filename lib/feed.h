#ifndef VC_FEED_H
#define VC_FEED_H

#include "page.h"

/*
 * A feed of some notes: {"lang","label","address","updated","item":[view]}. It
 * stands for the first page of its language, and changed when the latest of its
 * notes did.
 */

/* The context of these VIEWs, which page_view() made. Steals. New. */
json_t *feed_context(const struct page *p, enum words_lang lang, json_t *views);

#endif
