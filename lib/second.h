#ifndef VC_SECOND_H
#define VC_SECOND_H

#include <stdbool.h>
#include <stddef.h>

#include "mime.h"
#include "text.h"
#include "when.h"

/*
 * The second reader of a mail: GMime. Our own scan cuts a mail; what a
 * signature hangs on must look the same to a reader that we did not write.
 *
 * GMime brings a dozen libraries, which take longer to load than most mails
 * take to read. So it is loaded with the first question, and a process that
 * asks nothing goes without. Where it is not installed, process_missing().
 */

/* Does it see the parts of M, and no others, where our scan does? */
bool second_parts(const char *raw, size_t n, const struct mime *m);

/* Does it read exactly one mailbox, WANT, in an unfolded From? */
bool second_address(const char *value, const char *want);

/* An unfolded Date, as lax as mail is. False: no date. */
bool second_date(const char *value, when_t *t);

#endif
