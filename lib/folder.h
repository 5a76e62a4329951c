#ifndef VC_FOLDER_H
#define VC_FOLDER_H

#include "fail.h"
#include "hash.h"
#include "text.h"

/*
 * A folder of files, each named by the SHA-256 of what is in it: octets of
 * strangers, kept for a person to look at. No name of theirs is ever a path.
 *
 * Invariant: a file whose name is a hash is whole and on disk, mode 0600. A
 * run that is killed may leave files that begin with ".new-", and no other.
 */

struct folder {
	const char *path; /* borrowed */
	int fd;
};

#define FOLDER_INIT \
	{ \
		.fd = -1 \
	}

/* EX_NOINPUT: it is missing. EX_CONFIG: it is no folder, not ours, or others
 * can write it. */
int folder_open(struct folder *d, const char *path, struct fail *f);

/*
 * Keep OCTETS, whose hash is SHA; what is there already is compared and left.
 * EX_TEMPFAIL: the disk is full. EX_CANTCREAT: the folder cannot be written, or
 * something else has that name. EX_IOERR: the disk fails.
 */
int folder_keep(struct folder *d, const char sha[HASH_LEN],
    const struct text *octets, struct fail *f);

/* Make the names last that folder_keep() gave or found. EX_IOERR. */
int folder_sync(const struct folder *d, struct fail *f);

/*
 * Append the octets of the file SHA, which is checked to be a hash. EX_NOINPUT:
 * there is none. EX_DATAERR: it is no hash, no regular file, of more than MAX
 * octets, or these are not the ones of its name.
 */
int folder_read(const struct folder *d, const char *sha, size_t max,
    struct text *out, struct fail *f);

void folder_release(struct folder *d);

#endif
