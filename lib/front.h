#ifndef VC_FRONT_H
#define VC_FRONT_H

#include "fail.h"

/*
 * What leads readers and programs to the notes of a site: indexes, feeds, the
 * lists of the CSAF provider, sitemap.xml, security.txt (RFC 9116, made when
 * label/page.json has "security") and the style.
 */

struct site;

/* Put all of it, from the catalog of the site. As published_put(). */
int front_put(struct site *s, struct fail *f);

#endif
