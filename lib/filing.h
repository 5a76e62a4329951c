#ifndef VC_FILING_H
#define VC_FILING_H

#include "label.h"

/*
 * A message becomes the record of a form: its own fields without the texts,
 * and the form that was read out of the text.
 *
 * Invariant: the form stands under `signed` only when the verdict is `signed`,
 * and was read from signed.text; else under `claimed`.
 */

/*
 * IN is a mail or a message; *out is new, of type TYPE with the id of the mail
 * and "/TYPE". A mail that nobody has verified or decrypted yet and whose text
 * is encrypted travels on with `"problem":"encrypted"` under `claimed`.
 * EX_DATAERR: there is no text, or no form in it.
 */
int filing_record(const struct label *l, const char *type, const json_t *in,
    json_t **out, struct fail *f);

/* The form of a record, borrowed, or NULL: under `signed` or `claimed`. */
json_t *filing_form(const json_t *r);

/* True when the verdict is `signed`. */
bool filing_signed(const json_t *r);

#endif
