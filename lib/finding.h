#ifndef VC_FINDING_H
#define VC_FINDING_H

#include "reading.h"
#include "record.h"

/*
 * What a reading found, as a record of type message: the verdict, the facts of
 * the signature, flags, and each text where its worth puts it.
 *
 * Invariant: something stands under `signed` only when the verdict is
 * `signed`, and then it was read out of `covered`.
 */

/*
 * PLAIN is the message without a verdict (intake.h); M is NULL when the octets
 * are no mail. New.
 */
json_t *finding_record(
    const struct reading *r, const struct message *m, const json_t *plain);

/* Whose attachments the record tells: the entity that is covered, else the mail
 * M; NULL: bare text was covered, and has none. Borrowed. */
const struct message *finding_source(
    const struct reading *r, const struct message *m);

/* The machinery failed for F: the verdict `error`, no attachment that may not
 * be kept, and nothing else said. New. */
json_t *finding_error(const json_t *plain, const struct fail *f);

#endif
