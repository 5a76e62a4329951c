/*
 * probe-maildir DIR COUNT GROUP <mail: deliver the mail COUNT times, GROUP at a
 * time with one sync (maildir.h); GROUP 0: each by itself, the way it is done
 * without maildir.h, fsync of the file, rename, fsync of the folder.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "maildir.h"

static int
each(const char *dir, const struct text *mail, long count)
{
	char path[3][512];
	int fresh, fd, code = 0;
	long i;

	snprintf(path[0], sizeof path[0], "%s/new", dir);
	snprintf(path[1], sizeof path[1], "%s/tmp", dir);
	if (mkdir(dir, 0700) != 0 || mkdir(path[0], 0700) != 0 ||
	    mkdir(path[1], 0700) != 0)
		return EX_CANTCREAT;
	fresh = open(path[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (i = 0; i < count && code == 0; i++) {
		snprintf(path[1], sizeof path[1], "%s/tmp/%ld", dir, i);
		snprintf(path[2], sizeof path[2], "%s/new/%ld", dir, i);
		fd = open(
		    path[1], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 || file_write(fd, mail->p, mail->n) != 0 ||
		    fsync(fd) != 0 || close(fd) != 0 ||
		    rename(path[1], path[2]) != 0 || fsync(fresh) != 0)
			code = EX_IOERR;
	}
	close(fresh);
	return code;
}

static int
grouped(struct maildir *m, const struct text *mail, long count, long group,
    struct fail *f)
{
	char name[128][MAILDIR_NAME], word[32];
	long i, k, n;

	for (i = 0; i < count && f->code == 0; i += n) {
		n = count - i < group ? count - i : group;
		for (k = 0; k < n; k++)
			maildir_write(m, mail->p, mail->n, name[k], f);
		maildir_sync(m, name, (size_t)n, f);
		for (k = 0; k < n && f->code == 0; k++) {
			snprintf(word, sizeof word, "%ld", i + k);
			maildir_link(m, name[k], word, f);
		}
		maildir_settle(m, f);
	}
	return f->code;
}

int
main(int argc, char **argv)
{
	struct maildir m = MAILDIR_INIT;
	struct fail f = FAIL_INIT;
	struct text mail = TEXT_INIT;
	long count, group;
	int code;

	if (argc != 4 || !text_count(argv[2], 100000, &count) ||
	    !text_count(argv[3], 128, &group) ||
	    file_slurp(0, 1 << 20, &mail, &f) != 0)
		return EX_USAGE;
	code = group == 0 ? each(argv[1], &mail, count) :
	    maildir_open(&m, argv[1], &f) == 0 ?
			    grouped(&m, &mail, count, group, &f) :
			    f.code;
	maildir_release(&m);
	text_release(&mail);
	return code;
}
