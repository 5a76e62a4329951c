#ifndef VC_AHEAD_H
#define VC_AHEAD_H

#include "stream.h"

/*
 * A look ahead in the stream, for who takes records together that are ready
 * together.
 *
 * Invariant: it waits for nothing and takes nothing.
 */

/* Is a record here that stream_next() will give, and put nothing before it: one
 * that is whole, and taken, directly behind the one that came last? */
bool ahead(struct stream *s);

#endif
