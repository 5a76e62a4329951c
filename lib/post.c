#include "post.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"
#include "process.h"
#include "transfer.h"

static const char sendmail[] = "sendmail:", maildir[] = "maildir:";

static int
post_program(struct post *p, const char *path, struct fail *f)
{
	p->via = "sendmail";
	p->path = *path == '\0' ? "/usr/sbin/sendmail" : path;
	if (*p->path != '/')
		return fail(f, EX_USAGE,
		    "option '-o' wants the whole path of sendmail");
	if (access(p->path, X_OK) != 0)
		return fail_sys(f, EX_UNAVAILABLE, "run", p->path);
	return 0;
}

int
post_open(struct post *p, const char *spec, const char *password, bool dry,
    struct fail *f)
{
	if (spec == NULL)
		spec = sendmail;
	if (server_is(spec)) {
		p->via = "smtp";
		return server_read(&p->smtp.server, spec, password, f);
	}
	if (strncmp(spec, sendmail, sizeof sendmail - 1) == 0)
		return post_program(p, spec + sizeof sendmail - 1, f);
	if (strncmp(spec, maildir, sizeof maildir - 1) != 0 ||
	    spec[sizeof maildir - 1] == '\0')
		return fail(f, EX_USAGE,
		    "option '-o' wants maildir:DIR, sendmail:[PATH], "
		    "smtp://SERVER or smtps://SERVER");
	p->via = "maildir";
	p->path = spec + sizeof maildir - 1;
	return dry ? 0 : maildir_open(&p->maildir, p->path, f);
}

/* Mails that wait in tmp/ for their common sync: name[i] of parcel[i]. */
static void
post_maildir(
    struct post *p, struct parcel *parcel, size_t n, char (*name)[MAILDIR_NAME])
{
	struct fail f = FAIL_INIT;
	struct text lf = TEXT_INIT;
	size_t i;
	int code;

	for (i = 0; i < n; i++) {
		if (parcel[i].again &&
		    (maildir_has(&p->maildir, parcel[i].word, &parcel[i].found,
			 &parcel[i].fail) != 0 ||
			parcel[i].found))
			continue;
		text_clear(&lf);
		transfer_lf(&lf, parcel[i].mail, parcel[i].n);
		maildir_write(
		    &p->maildir, lf.p, lf.n, name[i], &parcel[i].fail);
	}
	text_release(&lf);
	code = maildir_sync(&p->maildir, name, n, &f);
	for (i = 0; i < n; i++) {
		if (parcel[i].fail.code != 0 || name[i][0] == '\0')
			continue;
		if (code != 0) {
			parcel[i].fail = f;
			maildir_drop(&p->maildir, name[i]);
		} else {
			maildir_link(&p->maildir, name[i], parcel[i].word,
			    &parcel[i].fail);
		}
	}
	code = code == 0 ? maildir_settle(&p->maildir, &f) : 0;
	for (i = 0; i < n && code != 0; i++)
		if (parcel[i].fail.code == 0)
			parcel[i].fail = f;
}

/* The mail as a whole file that nobody can change any more. */
static int
post_file(const struct parcel *parcel, int *fd, struct fail *f)
{
	struct text lf = TEXT_INIT;
	int code = 0;

	*fd = memfd_create("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	transfer_lf(&lf, parcel->mail, parcel->n);
	if (*fd < 0 || file_write(*fd, lf.p, lf.n) != 0 ||
	    fcntl(*fd, F_ADD_SEALS,
		F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) !=
		0 ||
	    lseek(*fd, 0, SEEK_SET) != 0)
		code = fail_sys(f, EX_IOERR, "hold", "a mail for sendmail");
	text_release(&lf);
	return code;
}

static int
post_status(const char *path, int status, struct fail *f)
{
	if (status == 0)
		return 0;
	if (status == EX_TEMPFAIL)
		return fail(f, EX_TEMPFAIL, "'%s' says: try again later", path);
	if (status > 128)
		return fail(f, EX_TEMPFAIL, "'%s' was ended by signal %d", path,
		    status - 128);
	return fail(f,
	    status >= EX__BASE && status <= EX__MAX ? status : EX_UNAVAILABLE,
	    "'%s' did not take the mail: exit status %d", path, status);
}

/* What sendmail's status says of the mail, when it ended by itself. */
static enum smtp_end
post_end(int status)
{
	if (status == EX_NOUSER || status == EX_NOHOST)
		return SMTP_NEVER;
	return status == 0 ? SMTP_TAKEN :
	    status > 128   ? SMTP_DOUBT :
			     SMTP_LATER;
}

static void
post_sendmail(struct post *p, struct parcel *parcel)
{
	char *argv[] = { (char[]){ "sendmail" }, (char[]){ "-i" },
		(char[]){ "-f" }, (char *)(uintptr_t)parcel->from,
		(char[]){ "--" }, (char *)(uintptr_t)parcel->to, NULL };
	struct fail *f = &parcel->fail;
	int fd = -1, status = 0;

	if (post_file(parcel, &fd, f) != 0)
		parcel->end = SMTP_LATER;
	else if (process_run(p->path, argv, fd, POST_WAIT, &status, f) != 0)
		parcel->end =
		    f->code == EX_UNAVAILABLE ? SMTP_LATER : SMTP_DOUBT;
	else {
		post_status(p->path, status, f);
		parcel->end = post_end(status);
	}
	if (fd >= 0)
		close(fd);
}

static void
post_smtp(struct post *p, struct parcel *parcel)
{
	struct text mail = TEXT_INIT;

	transfer_crlf(&mail, parcel->mail, parcel->n);
	parcel->end = smtp_send(&p->smtp, parcel->from, parcel->to, &mail,
	    parcel->reply, &parcel->fail);
	text_release(&mail);
}

bool
post_together(const struct post *p)
{
	return strcmp(p->via, "maildir") == 0;
}

int
post_ready(struct post *p, const char *from, struct fail *f)
{
	return strcmp(p->via, "smtp") == 0 ? smtp_ready(&p->smtp, from, f) : 0;
}

static void
post_folder(struct post *p, struct parcel *parcel, size_t n)
{
	char(*name)[MAILDIR_NAME] = process_alloc(n * sizeof *name);
	size_t i;

	memset(name, 0, n * sizeof *name);
	post_maildir(p, parcel, n, name);
	free(name);
	for (i = 0; i < n; i++)
		parcel[i].end =
		    parcel[i].fail.code == 0 ? SMTP_TAKEN : SMTP_DOUBT;
}

void
post_hand_over(struct post *p, struct parcel *parcel, size_t n)
{
	size_t i;

	if (strcmp(p->via, "maildir") == 0 && n > 0)
		post_folder(p, parcel, n);
	for (i = 0; i < n && strcmp(p->via, "maildir") != 0; i++)
		if (strcmp(p->via, "smtp") == 0)
			post_smtp(p, &parcel[i]);
		else
			post_sendmail(p, &parcel[i]);
}

void
post_release(struct post *p)
{
	maildir_release(&p->maildir);
	smtp_release(&p->smtp);
}
