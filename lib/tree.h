#ifndef VC_TREE_H
#define VC_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"

/*
 * A folder of files that others read while it changes, such as a web site. What
 * is put waits in the folder .new below it; tree_commit() syncs all of it once
 * and then puts each file in its place by a rename, in the order of the puts.
 * Files and folders are for everybody to read (0644, 0755). Paths are relative,
 * of names that begin with no dot, but for .well-known.
 *
 * Invariant: until tree_commit() nothing in the tree has changed, and every
 * file in it is whole at all times. A file that holds these octets already is
 * not written, and keeps its time.
 */

enum {
	TREE_PATH = 512, /* octets of a path below the folder */
};

struct tree {
	const char *path; /* borrowed */
	int fd, fresh;	  /* fresh: .new, once something was put */
	int at;		  /* the folder that was asked for last, and its path */
	char folder[TREE_PATH];
	struct tree_step *step;
	size_t n, cap;
};

#define TREE_INIT \
	{ \
		.fd = -1, .fresh = -1, .at = -1 \
	}

/*
 * Open the folder, lock it, and remove what a run that was killed left in .new.
 * EX_CANTCREAT: it is missing or no folder. EX_CONFIG: others can write it.
 * EX_TEMPFAIL: another run writes it.
 */
int tree_open(struct tree *t, const char *path, struct fail *f);

/* Is there a regular file; and one of N octets? They are not looked at. */
bool tree_is(struct tree *t, const char *path);
bool tree_has(struct tree *t, const char *path, size_t n);

/*
 * Let PATH hold p[0..n). *put: it does not yet. EX_CANTCREAT: a folder of it is
 * a link or a file. EX_TEMPFAIL: the disk is full. EX_SOFTWARE: no such path
 * may be.
 */
int tree_put(struct tree *t, const char *path, const void *p, size_t n,
    bool *put, struct fail *f);

/* Let there be no PATH. *was: there is one yet. */
int tree_drop(struct tree *t, const char *path, bool *was, struct fail *f);

/* Do all that, and sync it. A failure leaves what was done until then; the next
 * run does the rest. As tree_put(). */
int tree_commit(struct tree *t, struct fail *f);

/* What was put and not committed goes. */
void tree_release(struct tree *t);

#endif
