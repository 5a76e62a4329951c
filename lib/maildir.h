#ifndef VC_MAILDIR_H
#define VC_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"

/*
 * A folder of mails in Maildir form: a mail is written in tmp/ and synced, and
 * then gets its name in new/ in one step.
 *
 * Invariant: what stands in new/ is whole and on disk. Its name is a time, a
 * word of the caller and the host: who delivers the same word at the same time
 * again, after a crash, finds it there. Others' files stay.
 */

enum {
	MAILDIR_NAME = 128,
	MAILDIR_SYNC_EACH = 3, /* more files than that are synced together */
};

struct maildir {
	const char *path;    /* borrowed */
	int tmp, fresh, cur; /* the folders tmp, new and cur, or -1 */
	unsigned long count;
};

#define MAILDIR_INIT \
	{ \
		.tmp = -1, .fresh = -1, .cur = -1 \
	}

/* Open, and make when only its parent is there. EX_CANTCREAT. */
int maildir_open(struct maildir *m, const char *path, struct fail *f);

/* Write p[0..n) as NAME in tmp/; not yet synced. EX_TEMPFAIL on a full disk,
 * EX_IOERR else; nothing is left behind, and NAME is "". */
int maildir_write(struct maildir *m, const char *p, size_t n,
    char name[MAILDIR_NAME], struct fail *f);

/* Sync COUNT files of tmp/ (not ""), before any of them gets into new/. */
int maildir_sync(struct maildir *m, char (*name)[MAILDIR_NAME], size_t count,
    struct fail *f);

/* *HAS: WORD stands in new/, or in cur/ where a reader put it. EX_IOERR. */
int maildir_has(
    const struct maildir *m, const char *word, bool *has, struct fail *f);

/* Move to new/ as WORD ("TIME.WORD"; there already is fine);
 * maildir_settle() makes all moves last. drop: away with what was written. */
int maildir_link(
    struct maildir *m, const char *name, const char *word, struct fail *f);
int maildir_settle(struct maildir *m, struct fail *f);
void maildir_drop(struct maildir *m, const char *name);

void maildir_release(struct maildir *m);

#endif
