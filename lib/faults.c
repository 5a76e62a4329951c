#include "faults.h"

#include <string.h>

int
faults_add(void *faults, struct fail *f)
{
	struct faults *t = faults;

	if (t->n++ < FAULTS_SHOWN)
		text_addf(&t->said, "%s\n", f->why);
	*f = (struct fail)FAIL_INIT;
	return 0;
}

/* Take the last line off. */
static int
last(struct faults *t, int code, struct fail *f)
{
	char *p = t->said.p, *lf;

	p[--t->said.n] = '\0';
	lf = strrchr(p, '\n');
	fail(f, code, "%s", lf != NULL ? lf + 1 : p);
	t->said.n = lf != NULL ? (size_t)(lf + 1 - p) : 0;
	p[t->said.n] = '\0';
	return code;
}

int
faults_end(struct faults *t, int code, struct fail *f)
{
	if (t->n == 0)
		return 0;
	if (t->n <= FAULTS_SHOWN)
		return last(t, code, f);
	t->n -= FAULTS_SHOWN;
	return fail(
	    f, code, "and %zu more fault%s", t->n, t->n == 1 ? "" : "s");
}

void
faults_release(struct faults *t)
{
	text_release(&t->said);
	*t = (struct faults)FAULTS_INIT;
}
