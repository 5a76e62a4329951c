#ifndef VC_SENDER_H
#define VC_SENDER_H

#include "reading.h"

/*
 * Who may have signed a mail: From -> row of the roster -> pinned fingerprint
 * -> its home. Without one of them nobody's signature can be good.
 *
 * Codes are those of lookup.h: the roster cannot be read, or a row in question
 * is wrong.
 */

/* Set r->row and r->row_home by the From of M. Not *known: the verdict says
 * why. */
int sender_find(
    struct reading *r, const struct message *m, bool *known, struct fail *f);

/* When a key signed that is pinned, but for somebody else, say so. */
int sender_other(struct reading *r, struct fail *f);

#endif
