#ifndef VC_MAILING_H
#define VC_MAILING_H

#include "letter.h"
#include "stream.h"

/*
 * Letters about no case that the centre owes: what a registration or a key
 * needs. An array of what is due becomes `notice` records, one by one.
 *
 * Invariant: they are TLP:CLEAR. The id of a letter says all that it is about,
 * so the same letter is made again, octet for octet, until it was sent, and
 * not after that.
 */

struct mailing {
	struct letter letter;
	json_t *sent; /* ids of letters that are gone */
};

#define MAILING_INIT \
	{ \
		.letter = LETTER_INIT \
	}

/* ABOUT is due to the vendor of ROW, with WORD at the end of its id. Steals
 * ABOUT. */
void mailing_add(json_t *due, const json_t *row, const char *kind,
    const char *word, json_t *about);

/*
 * Put the notices of DUE (stolen) that LEDGER (NULL: none) does not know as
 * sent, and close S. One that cannot be written leaves as a reject of the
 * vendor's row: without an address it is EX_DATAERR, else as letter_write().
 */
int mailing_put(
    struct mailing *m, const char *ledger, json_t *due, struct stream *s);

void mailing_release(struct mailing *m);

#endif
