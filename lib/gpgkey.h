#ifndef VC_GPGKEY_H
#define VC_GPGKEY_H

#include <stddef.h>

#include "key.h"

/*
 * What gpgme tells of a key, in our own terms; for gpg.h alone.
 *
 * Invariant: what gpgme left out is empty, and every string ends.
 */

struct _gpgme_key;

/* Tell OUT of the key; of a second one only that there is one. */
void gpgkey_read(struct key *out, struct _gpgme_key *key);

/* As much of FROM (NULL: nothing) as there is room for. */
void gpgkey_copy(char *to, size_t size, const char *from);

#endif
