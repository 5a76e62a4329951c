#ifndef VC_CHANGE_H
#define VC_CHANGE_H

#include "record.h"

/*
 * What two persons must stand behind: the addresses of a vendor on file, which
 * are email, contact.email, mail and domain. They change by a `change` record
 * and the `confirm` of it, see vc-record(5).
 *
 * Invariant: the id of a change says what it changes and whose, and not who
 * brought it; a change that was confirmed cannot be made another one.
 */

enum {
	CHANGE_ID = 40, /* "change/", 32 hex digits and NUL */
};

/*
 * The id of what R would change: "change/" and the first 32 digits of the
 * SHA-256 of its vendor, email, contact, mail and domain, of those that it
 * has, as JSON without blanks and with its keys in order.
 */
void change_id(const json_t *r, char out[CHANGE_ID]);

/*
 * The first of the addresses that R says otherwise than ROW: "email",
 * "contact.email", "mail" or "domain"; NULL when there is none. Empty and
 * absent are the same; of what R does not have it says nothing.
 */
const char *change_of(const json_t *r, const json_t *row);

/* May R be a change? EX_DATAERR: it changes nothing, or to what is no address
 * and no domain. */
int change_check(const json_t *r, struct fail *f);

/* ROW gets what the change R has, each field whole; an empty one goes. */
void change_take(json_t *row, const json_t *r);

#endif
