#ifndef VC_FAULTS_H
#define VC_FAULTS_H

#include "fail.h"
#include "text.h"

/*
 * All that is wrong with a file, told at once: who mends it mends it once. A
 * reason a line; of more than FAULTS_SHOWN only how many they are.
 */

enum {
	FAULTS_SHOWN = 100,
};

struct faults {
	struct text said;
	size_t n;
};

#define FAULTS_INIT \
	{ \
		TEXT_INIT, 0 \
	}

/* Take the reason of F in and empty F. FAULTS is a struct faults, for the
 * `fault` of a table. Returns 0. */
int faults_add(void *faults, struct fail *f);

/*
 * The end: 0 when nothing was wrong, else CODE; then the last line of what is
 * to be said is the reason of F, and those before it stay in `said`.
 */
int faults_end(struct faults *t, int code, struct fail *f);

void faults_release(struct faults *t);

#endif
