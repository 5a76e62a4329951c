#ifndef VC_POLICY_H
#define VC_POLICY_H

#include "match.h"
#include "when.h"

/*
 * Who may be told of a case, each rule a function of its own. Nothing is read,
 * kept or written here: the case, the row, the time, and a word for the answer.
 *
 *	no-match	the case does not mean it
 *	role		a csirt or an operator is told only what names it
 *	agreement	a csirt, before publication: its agreement has not the
 *			TLP label of the case
 *	priority	an operator, before publication: priority_at has not
 *			come (DOMAIN.md section 5, IV.4.8)
 *	unregistered	no vendor that is not registered now
 *	individual	before publication, of its own products alone (1.3)
 *	direct		before publication, the centre that the case came from
 *			tells it itself
 *	unpinned	no confirmed key
 *	no-address	no address
 *
 * Invariant: a role, a kind, a label or a time that is missing or unknown
 * counts as the one that is told least.
 */

struct policy {
	const json_t *case_; /* borrowed, as the others */
	const struct match *match;
	bool published; /* gate_publish() lets the case by now */
	when_t now;
	size_t meant; /* vendors that it is about, named ones included */
};

/* What is asked about the case that was matched last. */
void policy_begin(struct policy *p, const json_t *case_,
    const struct match *match, when_t now);

/* The first word of the list that speaks against the row, or NULL. */
const char *policy_against(const struct policy *p, const json_t *row);

/* The same, of the last part alone: may a letter go to it at all? */
const char *policy_unreachable(const json_t *row);

/* May it read the case as a whole? All rules but those of reaching it. */
bool policy_reads(const struct policy *p, const json_t *row);

/* Must a person hear that it was not told? */
bool policy_fault(const struct policy *p, const json_t *row, const char *word);

/* Is it a decision that it needs not be told? Not when it could not be. */
bool policy_decides(const char *word);

/* "is not registered": the word, for a person. */
const char *policy_words(const char *word);

#endif
