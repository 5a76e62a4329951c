#include "home.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "file.h"

static int
home_remove_one(
    const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void
home_remove(const char *path)
{
	if (path != NULL)
		nftw(path, home_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/*
 * gpg 2.2 makes no trustdb under trust-model always, and fails for want of it
 * when a key has expired; so the model comes after the import.
 * A home that is made is never written again: there is nothing to lock.
 */
static int
home_conf(const char *home, bool made, struct fail *f)
{
	struct text conf = TEXT_INIT, path = TEXT_INIT;
	int code;

	code = file_share("gnupg/gpg.conf", &conf, f);
	if (code == 0) {
		text_puts(&conf, "\nno-autostart\n");
		text_puts(
		    &conf, made ? "lock-never\n" : "trust-model direct\n");
		text_addf(&path, "%s/gpg.conf", home);
		code = file_put(path.p, conf.p, conf.n, f);
	}
	text_release(&conf);
	text_release(&path);
	return code;
}

int
home_new(const char *store, struct text *home, struct fail *f)
{
	if (mkdir(store, 0700) != 0 && errno != EEXIST)
		return fail_sys(f, EX_CANTCREAT, "make", store);
	if (file_trusted(store, f) != 0)
		return f->code;
	text_addf(home, "%s/.new-XXXXXX", store);
	if (mkdtemp(home->p) == NULL) {
		text_clear(home);
		return fail_sys(f, EX_CANTCREAT, "make a folder in", store);
	}
	return home_conf(home->p, false, f);
}

int
home_finish(const char *home, struct fail *f)
{
	return home_conf(home, true, f);
}

int
home_place(const char *home, const char *place, struct fail *f)
{
	if (renameat2(AT_FDCWD, home, AT_FDCWD, place, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno == EEXIST &&
	    renameat2(AT_FDCWD, home, AT_FDCWD, place, RENAME_EXCHANGE) == 0) {
		home_remove(home);
		return 0;
	}
	return fail_sys(f, EX_CANTCREAT, "make", place);
}
