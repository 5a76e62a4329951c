#ifndef VC_GATE_H
#define VC_GATE_H

#include "record.h"
#include "when.h"

/*
 * What may be said to whom, and when. Fails closed: a TLP label (FIRST TLP
 * 2.0) that is missing or unknown is RED, a time of publication that is
 * missing or unreadable is never.
 */

/* The label of a record: CLEAR GREEN AMBER AMBER+STRICT RED. WHITE is CLEAR. */
const char *gate_tlp(const json_t *r);

/* The time of publication. False: never. */
bool gate_publish_at(const json_t *r, when_t *t);

/*
 * May the case be published? 0, or EX_NOPERM when it is not CLEAR, not public,
 * or NOW is before its time. The reason names the case by its id only.
 */
int gate_publish(const json_t *case_, when_t now, struct fail *f);

/* True when the id of a case is one that is safe in pages, mails and names. */
bool gate_case_id(const char *id);

#endif
