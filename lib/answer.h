#ifndef VC_ANSWER_H
#define VC_ANSWER_H

#include "record.h"

/*
 * What a vendor answers about a case, as a record of type `status`
 * (vc-record(5)). The status words are the five of VULDEF: vulnerable
 * notvulnerable unknown vulnerable_investigating notvulnerable_investigating.
 *
 * Invariant: `case` stands at the top only when the mail is signed, and then
 * the form speaks for the vendor whose key signed it.
 */

/* Use another label file than "status"; else answer_record() loads that. */
int answer_load(const char *name, struct fail *f);

/*
 * IN is a mail or a message; *status is new. As filing_record(), and
 * EX_DATAERR when the form does not name its case and vendor, EX_NOPERM when
 * it names another vendor than the one that signed.
 */
int answer_record(const json_t *in, json_t **status, struct fail *f);

void answer_release(void);

#endif
