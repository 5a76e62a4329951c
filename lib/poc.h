#ifndef VC_POC_H
#define VC_POC_H

#include "record.h"

/*
 * The point-of-contact form of a product developer, as a record of type `poc`
 * (vc-record(5)): the founding form of 2003-04 and its labels, in Japanese,
 * English or both.
 */

/* Use another label file than "poc"; else poc_record() loads that one. */
int poc_load(const char *name, struct fail *f);

/*
 * IN is a mail or a message; *poc is new. As filing_record().
 */
int poc_record(const json_t *in, json_t **poc, struct fail *f);

void poc_release(void);

#endif
