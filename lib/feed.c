#include "feed.h"

#include <string.h>

#include "place.h"

/* The later of two times as words_when() gives them, borrowed. */
static json_t *
feed_later(json_t *a, json_t *b)
{
	return a == NULL ||
		(b != NULL &&
		    strcmp(record_str(a, "utc"), record_str(b, "utc")) < 0) ?
	    b :
	    a;
}

json_t *
feed_context(const struct page *p, enum words_lang lang, json_t *views)
{
	struct text address = TEXT_INIT;
	json_t *feed = json_object(), *updated = NULL;
	const json_t *one;
	size_t i;

	place_base(p->site, &address);
	if (lang == WORDS_EN)
		text_puts(&address, "en/");
	record_set(feed, "lang", words_lang_name[lang]);
	json_object_set(feed, "label", p->words[lang]);
	record_set(feed, "address", address.p);
	text_release(&address);
	json_array_foreach(views, i, one)
		updated = feed_later(updated, json_object_get(one, "updated"));
	words_set(feed, "updated", json_incref(updated));
	words_set(feed, "item", views);
	return feed;
}
