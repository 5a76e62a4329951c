#ifndef VC_HOME_H
#define VC_HOME_H

#include "fail.h"
#include "text.h"

/*
 * A GnuPG home that is to hold one public key: made beside its place, filled by
 * an import, and put there in one step.
 *
 * Invariant: what stands in its place is whole: the settings of
 * share/gnupg/gpg.conf, no secret, and no agent.
 */

/* A new home in STORE, which is made when missing, under a name that is no
 * fingerprint. Its path is set even on failure, for home_remove().
 * EX_CANTCREAT, or EX_CONFIG when others can write STORE. */
int home_new(const char *store, struct text *home, struct fail *f);

/* Its settings, once the key is in it. */
int home_finish(const char *home, struct fail *f);

/* Move it to PLACE; one that was there goes. */
int home_place(const char *home, const char *place, struct fail *f);

/* Remove a folder with all that is in it. NULL is none. */
void home_remove(const char *path);

#endif
