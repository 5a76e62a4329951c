#ifndef VC_ORDER_H
#define VC_ORDER_H

#include "record.h"

/*
 * The words of registration: the five steps and the seven papers that the
 * founding announcement (2004-07-08) names, in their order, as one table.
 *
 *	apply -> papers-shown -> papers-in -> meeting -> agree
 *
 * The papers, handed in with "papers-in", in one go or several: certificate
 * of the company register, profile of the company, products under support,
 * contact point, person responsible for it, consent to the terms, public key.
 */

enum order {
	ORDER_APPLY,
	ORDER_SHOWN,
	ORDER_IN,
	ORDER_MEETING,
	ORDER_AGREE,
	ORDER_STEPS,
};

/* The step of that name, or ORDER_STEPS; the name of a step. */
enum order order_find(const char *step);
const char *order_name(enum order step);

/* The state that a step leads to. */
const char *order_state(enum order step);

/*
 * How many of the steps lead to a state: the next step, as a number. 0 for a
 * state that no step leads to (suspended, withdrawn) and for NULL.
 */
enum order order_rank(const char *state);

/* True when the word is one of the seven papers. */
bool order_paper(const char *word);

/* Those of the seven that are not in the array PAPER (may be NULL). New. */
json_t *order_missing(const json_t *paper);

#endif
