#ifndef VC_CAUSE_H
#define VC_CAUSE_H

#include "fail.h"
#include "key.h"

/*
 * What an error of GnuPG means to us: the machinery failed, or what it was
 * given is at fault. One table, so that every caller exits alike.
 */

/*
 * CODE is one of libgpg-error's, WORDS what it says, HOME where gpg worked.
 * EX_TEMPFAIL: the agent is gone, a key is locked, something will pass.
 * EX_UNAVAILABLE: there is no gpg. 0: it is about what gpg was given.
 */
int cause_fail(
    unsigned code, const char *words, const char *home, struct fail *f);

/* What CODE says of a signature, when it is the status of one. */
enum signature_state cause_state(unsigned code);

#endif
