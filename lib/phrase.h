#ifndef VC_PHRASE_H
#define VC_PHRASE_H

#include "record.h"

/*
 * A phrase about versions, cut into the versions and the words that it is made
 * of: "1.0 以上 2.0 未満" is a version, AFTER ge, a version, AFTER lt. The
 * words are data (label/range.json), in Japanese and in English at once. What
 * the words do to each other is bounds.h's.
 *
 * Full-width ASCII is ASCII; case does not matter in a word and stays in a
 * version. Words that only say "version" are left out.
 *
 * Invariant: a phrase is cut as a whole or not at all; no octet is skipped but
 * blanks and one full stop at its end. A version is plain ASCII, begins with a
 * digit or with v and a digit, and of letters has single ones and those of
 * "suffix". So 1.x, 1.0-1.9, 64bit and 1.0 系 are none; nor is 2019 or
 * 2024.1.5, unless a word says that it is a version.
 */

enum {
	PHRASE_MAX = 1024,   /* octets of a phrase that is read */
	PHRASE_VERSION = 64, /* octets of a version */
	PHRASE_TOKENS = 96,  /* versions and words of a phrase */
	PHRASE_WORDS = 512,  /* words of the file */
};

enum phrase_kind {
	PHRASE_END,
	PHRASE_NUMBER, /* a version */
	PHRASE_BEFORE, /* what stands before a version: op is which end */
	PHRASE_AFTER,  /* what stands behind one */
	PHRASE_ONLY,   /* this version alone */
	PHRASE_FROM,
	PHRASE_TO,
	PHRASE_BOTH, /* these two ends are one range's */
	PHRASE_AND,  /* so, or the next range */
	PHRASE_OR,
	PHRASE_COMMA,
	PHRASE_NEXT,   /* a new line of a list */
	PHRASE_WORD,   /* left out */
	PHRASE_SUFFIX, /* of a version */
};

struct phrase {
	json_t *data;
	struct phrase_word {
		const char *s, *op; /* borrowed from `data` */
		size_t n;
		enum phrase_kind kind;
	} * word; /* the longest first */
	size_t n;
};

#define PHRASE_INIT \
	{ \
		.n = 0 \
	}

struct phrase_token {
	enum phrase_kind kind;
	const char *op; /* "ge"..; of BEFORE and AFTER; borrowed */
	char version[PHRASE_VERSION + 1];
};

/* The words of label/range.json. EX_NOINPUT, EX_CONFIG. */
int phrase_load(struct phrase *p, struct fail *f);
void phrase_release(struct phrase *p);

/* Cut S into TOKEN[PHRASE_TOKENS], the last one PHRASE_END, or say false. */
bool phrase_cut(
    const struct phrase *p, const char *s, struct phrase_token *token);

/* A word of "say" in the language ("ja", "en"), borrowed. */
const char *phrase_say(
    const struct phrase *p, const char *what, const char *lang);

#endif
