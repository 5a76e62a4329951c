#ifndef VC_LEAF_H
#define VC_LEAF_H

#include "words.h"

/*
 * The files of one note on a site: the case that the site's page holds, in
 * each language as a page, as VULDEF and as OpenVEX in its folder, and as CSAF
 * among the documents of the provider, with its hashes; in the English folder
 * its CVE records, when the label names a CNA. What the case lacks the words
 * for is left out.
 */

enum {
	LEAF_FACES = 5,
};

struct site;

/* Put them, made from FROM; GONE: instead of them what says that the note was
 * withdrawn. As page_view(), face_put(), published_put(). */
int leaf_put(struct site *s, const char *from, bool gone, struct fail *f);

/* The path of FILE in the folder of the note. */
void leaf_path(const struct site *s, enum words_lang lang, const char *file,
    struct text *t);

#endif
