#ifndef VC_SCORE_H
#define VC_SCORE_H

#include "fail.h"

/*
 * The score that a CVSS vector stands for, of the versions 2.0, 3.0, 3.1 and
 * 4.0 (https://www.first.org/cvss/). A score is computed, never believed.
 *
 * Of 2 and 3 it is the base score, whatever temporal and environmental metrics
 * the vector has; version 4 knows one score, that of all its metrics. It is
 * computed with whole numbers: no score depends on how a machine rounds.
 */

enum {
	SCORE_VECTOR = 256, /* octets of a vector */
};

struct score {
	const char *version; /* "3.1" */
	char text[8];	     /* "9.8" */
	const char *rating;  /* None Low Medium High Critical; of 2, which has
				no such words, those of the NVD */
};

/*
 * Read a vector: each metric once, none unknown, the base metrics complete; in
 * version 2 and 4 in their order, which 3 leaves free. EX_DATAERR, for behind
 * the name of a field: "has no metric 'AC'".
 */
int score_read(const char *vector, struct score *s, struct fail *f);

#endif
