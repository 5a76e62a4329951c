#ifndef VC_SENDER_H
#define VC_SENDER_H

#include "reading.h"

/*
 * Who may have signed a mail: From -> row of the roster -> pinned fingerprint
 * -> its home. Without one of them nobody's signature can be good.
 */

/* Set r->row and r->row_home by the From of M. False: the verdict says why. */
bool sender_find(struct reading *r, const struct message *m);

/* When a key signed that is pinned, but for somebody else, say so. */
void sender_other(struct reading *r);

#endif
