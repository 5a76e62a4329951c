#ifndef VC_TRIAL_H
#define VC_TRIAL_H

#include "seal.h"
#include "stream.h"

/*
 * Can a mail be sealed for each registered vendor today? One is, with a few
 * constant words in it, through every gate that a notice goes through; then it
 * is thrown away. What health.h reads in the key store is tried here.
 *
 * Invariant: nothing is sent or kept.
 */

/*
 * Prove that the signer can sign; try the key of each registered vendor, in the
 * order of the list; put a `health` record for each that cannot be used or
 * expires soon, tell why it cannot, and close S: EX_NOPERM when there is one.
 * A gpg or an agent that fails ends it: EX_TEMPFAIL, EX_UNAVAILABLE, EX_CONFIG.
 */
int trial_put(struct seal *seal, struct stream *s);

#endif
