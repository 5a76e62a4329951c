#ifndef VC_ORDER_H
#define VC_ORDER_H

#include "record.h"

/*
 * The words of registration: the five steps of the founding announcement
 * (2004-07-08), and a table of which of them and which papers each kind of
 * registration asks for (label/order.json, editable: vc-roster(1), FILES).
 *
 *	apply -> papers-shown -> papers-in -> meeting -> agree
 *
 * Invariant after order_load(): both kinds have a row for every day; the steps
 * of a row stand in this order, from apply to agree, and its papers have names.
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

/* The state that a step leads to; and how many steps lead to a state: the next
 * step, as a number. 0 when none leads there (suspended, withdrawn, NULL). */
const char *order_state(enum order step);
enum order order_rank(const char *state);

/* Read the table, new. EX_NOINPUT: it is not there; EX_CONFIG: what is wrong
 * with it. */
int order_load(json_t **table, struct fail *f);

/*
 * What applies to a registration of that KIND (not "general": individual) that
 * began AT (NULL: to one that begins now). Borrowed from the table.
 */
const json_t *order_row(const json_t *table, const char *kind, const char *at);

/* The first step of the row from STEP on, or ORDER_STEPS. */
enum order order_next(const json_t *row, enum order step);

/* Those papers of the row that are not in the array PAPER (may be NULL). New.
 */
json_t *order_missing(const json_t *row, const json_t *paper);

/* What a paper is called, {"ja":..,"en":..}; NULL: it is none. Borrowed. */
const json_t *order_paper(const json_t *table, const char *word);

#endif
