#ifndef VC_PROTECT_H
#define VC_PROTECT_H

#include "message.h"
#include "record.h"
#include "verdict.h"

/*
 * A header inside the signature or the encryption (RFC 9788): the entity says
 * hp="clear" or "cipher" in its Content-Type, before the RFC
 * protected-headers="v1", and its fields are those of the mail. What stands
 * outside then is what anybody on the way could write.
 *
 * Invariant: nothing is read of a header that does not say so, nor of HP-Outer,
 * which repeats what was outside. Fields that stand only outside stay claimed.
 */

struct lookup;

/* Does the entity say that its header is the mail's? */
bool protect_says(const struct message *entity);

/*
 * May its header be believed, by a signature of the vendor of ROW? Its From,
 * when it has one, is one mailbox of the same row, and no field stands twice.
 * Else the verdict is `ambiguous-from`, `bad-from`, `mismatch` or `malformed`.
 * Not 0: as lookup_address().
 */
int protect_check(const struct message *entity, struct lookup *l,
    const json_t *row, struct verdict *v, struct fail *f);

/*
 * The verdict is `signed`: move the fields that stand in it out of CLAIMED, and
 * as it says them into INTO. Flags from-differs, and subject-differs unless the
 * mail was ENCRYPTED: then the Subject outside is made to hide the real one.
 */
void protect_sign(const struct message *entity, bool encrypted, json_t *claimed,
    json_t *into, json_t *flag);

/*
 * It is another, but the entity was encrypted: the fields that stand in it
 * replace those in CLAIMED. From stays the outer one: without a signature
 * nobody vouches for another author than the one that the mail shows.
 */
void protect_claim(const struct message *entity, json_t *claimed, json_t *flag);

#endif
