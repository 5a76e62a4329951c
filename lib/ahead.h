#ifndef VC_AHEAD_H
#define VC_AHEAD_H

#include "stream.h"

/*
 * A look ahead in the stream, for who takes records together that are ready
 * together.
 *
 * Invariant: it waits for nothing and takes nothing.
 */

/* Is a record that is taken here, directly behind the one that came last? */
bool ahead(struct stream *s);

#endif
