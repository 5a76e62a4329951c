#ifndef VC_LEAF_H
#define VC_LEAF_H

#include "words.h"

/*
 * The files of one note on a site: the case that the site's page holds, in
 * each language as a page and as VULDEF, both in its folder, and as CSAF among
 * the documents of the provider, with its hashes.
 */

enum {
	LEAF_FACES = 3,
};

struct site;

/* Put them, made from FROM; GONE: instead of them what says that the note was
 * withdrawn. As page_view(), face_put(), published_put(). */
int leaf_put(struct site *s, const char *from, bool gone, struct fail *f);

/* The path of FILE in the folder of the note. */
void leaf_path(const struct site *s, enum words_lang lang, const char *file,
    struct text *t);

#endif
