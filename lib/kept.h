#ifndef VC_KEPT_H
#define VC_KEPT_H

#include "record.h"

/*
 * What a ledger holds: the reading side of ledger.h. Nobody keeps a copy of it
 * between two runs; whoever wants to know asks the file again, so asking is
 * cheap: a line is parsed only when its type, its id and the word that is
 * looked for say that it may be wanted.
 *
 * Invariant: nothing is written, and a line counts only when it is whole.
 */

struct kept {
	const char *path;
	const char *types; /* separated by blanks, "*" is all */
	const json_t *ids; /* only records whose id is a key of it, or NULL */
	const char *word;  /* only lines in which it stands, or NULL; the
			      cost is that of memmem(3) over the file */
};

/*
 * Call TAKE for each record that is asked for, in the order of the ledger.
 * TAKE borrows the record and returns 0, or a code that ends the fold. It looks
 * at the id all the same: a line of foreign writing is parsed whatever its id.
 * A missing file holds nothing. Torn lines are stepped over; any other
 * unreadable line (with a word: that has the word) is EX_DATAERR with its
 * number. EX_CONFIG: no regular file.
 */
int kept_fold(const struct kept *k,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f);

/*
 * Walk the chain. 0: unbroken, *lines counted, LAST the hash of the last line.
 * EX_NO: broken, the reason names the first line that does not hold.
 * EX_NOINPUT: there is no such file.
 */
int kept_verify(const char *path, size_t *lines, char last[65], struct fail *f);

#endif
