#ifndef VC_CVE_H
#define VC_CVE_H

#include "words.h"

/*
 * A note as records of the CVE program (CVE JSON record format 5.1), one for
 * each CVE id of the case, a line each: what a CNA hands in. Which CNA that is
 * is data (label/page.json, "cna"): "org_id" and "short_name". What the CVE
 * services fill in themselves (cveMetadata's days) is not in it.
 *
 * The products of the case and those that a vendor calls vulnerable are
 * affected, notvulnerable is unaffected, all else unknown; a version is free
 * text, and one that is called fixed is unaffected. A product of nobody has the
 * vendor n/a. An address that is no URI is left out; a text longer than the
 * format lets it be is cut and ends in an ellipsis.
 *
 * Invariant: the keys are in order; two runs give the same octets.
 */

enum {
	CVE_REFERENCES = 512, /* as many as the format lets there be */
};

/*
 * Append the records. VIEW is that of page.c, with its "site". EX_CONFIG: the
 * CNA has no UUID; EX_DATAERR: the case has no CVE id, or not what each record
 * must have: a product, and an overview in English.
 */
int cve_put(const json_t *view, struct text *out, struct fail *f);

#endif
