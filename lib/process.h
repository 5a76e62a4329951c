#ifndef VC_PROCESS_H
#define VC_PROCESS_H

#include <stddef.h>
#include <stdnoreturn.h>

#include "fail.h"

/*
 * The process itself: how it starts, what it may do, how it runs another one.
 * Start-up hygiene is one function, called by opt_parse() before anything of a
 * stranger is read.
 */

enum process_may {
	PROCESS_RUN = 1,   /* start gpg or sendmail */
	PROCESS_WRITE = 2, /* write files other than stdout and the ledger */
	PROCESS_SETID = 4, /* children may be set-id (sendmail's postdrop) */
};

/*
 * fds 0-2 open (else exit 74), umask 077, no core, no ptrace, limits on
 * memory, CPU, file size and descriptors, SIGPIPE ignored, SIGCHLD not, TZ and
 * LC_ALL fixed, PATH fixed, no new privileges unless PROCESS_SETID.
 */
void process_start(const char *name, unsigned may);

/*
 * Where the kernel has Landlock: from here on read files and write only below
 * the folder of LEDGER, below the folder INTO (NULL: nowhere) and to
 * descriptors that are open; start nothing. Does nothing for a program with
 * PROCESS_RUN or _WRITE, nor with INTO where a kernel cannot let files move
 * from one folder to another (Landlock 1).
 */
void process_fence(unsigned may, const char *ledger, const char *into);

/* Say that memory is out and exit 75. The only such place. */
noreturn void process_nomem(void);
void *process_alloc(size_t n);

/* Say that a library, or a function of one, cannot be loaded, and why (errno),
 * and exit 69, or 75 when that will pass. */
noreturn void process_missing(const char *what);

/*
 * Run PATH with ARGV, stdin from the descriptor IN, stdout and stderr to
 * /dev/null, no other descriptor, at most SECONDS (then SIGKILL). Never a
 * shell. Gives the exit status in *status (128 + signal when killed).
 * EX_UNAVAILABLE when PATH cannot be executed, EX_TEMPFAIL on time-out.
 */
int process_run(const char *path, char *const argv[], int in, unsigned seconds,
    int *status, struct fail *f);

#endif
