#ifndef VC_SELFTEST_H
#define VC_SELFTEST_H

#include "fail.h"
#include "text.h"

/*
 * Does the gpg of this machine still tell good from bad? The mails of vector.h
 * go the whole way of verify_record(), with a roster and a key store of their
 * own in a folder below /tmp that is removed afterwards. No secret key is in
 * it, no agent runs, and neither the caller's keys nor his roster are seen.
 */

/*
 * 0: each mail has the verdict that it must have, and SAID gets a line that
 * says with which gpg. EX_UNAVAILABLE: one has not, and the reason names all
 * that have not; or there is no gpg. Else as verify_record().
 */
int selftest_run(struct text *said, struct fail *f);

#endif
