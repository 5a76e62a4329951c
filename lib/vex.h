#ifndef VC_VEX_H
#define VC_VEX_H

#include "words.h"

/*
 * A note as a document of OpenVEX 0.2.0. It has a statement for each CVE id of
 * the case, or for the case when it has none, and each of the products that
 * are in its CSAF (affects.h), under the address that they have there. What is
 * affected comes with what to do; what is not affected, with the words of the
 * page for it, since no vendor is asked for one of the justifications of the
 * standard.
 *
 * A statement on the product of a vendor is as old as the vendor's answer; the
 * version of the document counts the updates of the note.
 *
 * Invariant: the keys are in order; two runs give the same octets.
 */

/*
 * Append the document. VIEW is that of page.c, with its "site". EX_DATAERR:
 * the case has no product, and nothing can be stated.
 */
int vex_put(const json_t *view, struct text *out, struct fail *f);

#endif
