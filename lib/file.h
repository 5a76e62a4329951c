#ifndef VC_FILE_H
#define VC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "text.h"

/*
 * Files: read whole and bounded, written whole or not at all. Every open is
 * O_CLOEXEC, every new file 0600; a link in the last place of a path that we
 * write is refused.
 */

enum {
	FILE_MAX = 64 << 20, /* octets that file_read() takes at most */
};

/* Write all of p[0..n), through EINTR and short writes. -1 and errno. */
int file_write(int fd, const void *p, size_t n);

/*
 * Append the whole file to OUT. EX_NOINPUT when it cannot be read, is no
 * regular file, or is longer than MAX.
 */
int file_read(const char *path, size_t max, struct text *out, struct fail *f);

/* The same from a descriptor until its end; more than MAX is EX_DATAERR. */
int file_slurp(int fd, size_t max, struct text *out, struct fail *f);

/*
 * The same without a copy: *p is NULL for an empty file, and stays until
 * file_unmap(). A file that somebody cuts off meanwhile ends the process.
 */
int file_map(
    const char *path, size_t max, const char **p, size_t *n, struct fail *f);
void file_unmap(const void *p, size_t n);

/*
 * EX_CONFIG when others than the owner can write the file or folder: rosters,
 * key stores and GnuPG homes must be ours alone. EX_NOINPUT when missing.
 */
int file_trusted(const char *path, struct fail *f);

/* Sync the folder that holds PATH, so that a new name in it stays. */
int file_sync_parent(const char *path);

/*
 * Make PATH hold p[0..n): a temporary file beside it, fsync, rename, fsync of
 * the folder. EX_CANTCREAT, or EX_TEMPFAIL when the disk is full.
 */
int file_put(const char *path, const void *p, size_t n, struct fail *f);

/*
 * The whole of NAME below the shared files: $VC_SHARE, else ../share/vc or
 * ../share beside the running program. EX_NOINPUT when missing.
 */
int file_share(const char *name, struct text *out, struct fail *f);

#endif
