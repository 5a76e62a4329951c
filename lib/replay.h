#ifndef VC_REPLAY_H
#define VC_REPLAY_H

#include "record.h"

/*
 * Signed text that came before in another mail. A signature does not wear out:
 * whoever has a signed text can send it again, under a header of his own. Of
 * all mails in which one vendor signed the same octets the first counts, as
 * the ledger has it, else as this run met it.
 *
 * Invariant: a mail is never the replay of itself, so a second run makes the
 * same records.
 */

struct replay {
	const char *ledger; /* borrowed; NULL: nothing was ever seen */
	json_t *met; /* covered_sha256 + vendor -> the first mail of this run */
};

#define REPLAY_INIT \
	{ \
		NULL, NULL \
	}

/*
 * Did the text with this hash come, signed by VENDOR, in another mail than ID
 * ("mail/HASH") first? The ledger is asked anew each time, and a damaged one is
 * EX_CONFIG: no mail is at fault.
 */
int replay_look(const struct replay *r, const char *sha256, const char *vendor,
    const char *id, bool *again, struct fail *f);

/* Remember a record that will be kept: for the rest of this run. */
void replay_note(struct replay *r, const json_t *record);

void replay_release(struct replay *r);

#endif
