#ifndef VC_WORDS_H
#define VC_WORDS_H

#include "record.h"
#include "when.h"

/*
 * Text in two languages, made ready for a template. {"ja":..,"en":..} is read
 * in the language asked for, else in the other; a plain string is its own.
 * What is new is owned by the caller.
 */

enum {
	WORDS_URL = 2048, /* octets of an address that a page links to */
};

enum words_lang {
	WORDS_JA,
	WORDS_EN,
};

/* "ja" or "en" to its number; anything else, or NULL, is OTHERWISE. */
enum words_lang words_lang(const char *s, enum words_lang otherwise);
extern const char *const words_lang_name[2];

/* The text of a field, borrowed, or NULL. *FOREIGN: in the other language. */
const char *words_pick(const json_t *text, enum words_lang lang, bool *foreign);

/* The same as one line: line ends and tabs become a blank. New, or NULL. */
json_t *words_line(const json_t *text, enum words_lang lang);

/*
 * {"foreign":"en"?,"paragraph":[{"line":[{"text":..,"more":true?}],"next":true?}]}:
 * blank lines part paragraphs. New, or NULL when there is no text.
 */
json_t *words_text(const json_t *text, enum words_lang lang);

/* What words_text() made as one text, hidden characters as text_mask() shows
 * them. New, or NULL. */
json_t *words_plain(const json_t *text);

/* S, hidden characters shown so, of one line or many. New. */
json_t *words_shown(const char *s);

/* Set KEY to words_shown(); NULL and "" set nothing. */
void words_show(json_t *o, const char *key, const char *s);

/* The same tree with each {"ja":..,"en":..} in it as one string; here an empty
 * one counts. New. */
json_t *words_table(const json_t *table, enum words_lang lang);

/* True when a page may link to it: http, https or mailto, plain ASCII. */
bool words_url(const char *url);

/* {"day":"2008/07/09","iso":"2008-07-09","japan":"2008/07/09 03:45:59",
 * "utc":"2008-07-08T18:45:59Z"}: day and time in Japan. New. */
json_t *words_when(when_t t);

/* Set KEY to a new value; NULL sets nothing. Steals. */
void words_set(json_t *o, const char *key, json_t *value);

#endif
