#ifndef VC_SEAL_H
#define VC_SEAL_H

#include "folder.h"
#include "once.h"
#include "recipient.h"

/*
 * A notice sealed: one mail, signed by the centre and encrypted to the one key
 * that is pinned for its vendor (RFC 3156, 6.2; RFC 9788).
 *
 * A letter about no case, TLP:CLEAR and without a key (an applicant has none
 * yet, an expired one cannot be used) is signed only; an announcement, which is
 * the same for all, once for each language.
 *
 * Invariant: a `sealed` record came through every gate twice, before and after
 * the encryption; plaintext is wiped before a call returns.
 */

enum {
	SEAL_WARN = 60 * 24 * 3600, /* seconds before a key expires */
};

struct seal {
	struct recipient recipient;
	struct once once;
	const char *home, *signer; /* the centre's GnuPG home and key */
	const char *from;	   /* address that the mails come from */
	const char *now;	   /* option -N, or NULL: the clock */
	const char *files;	   /* folder of attachments, or NULL */
	struct folder folder;	   /* open, when there is one */
	struct text said;	   /* warnings for stderr, a line each */
};

#define SEAL_INIT \
	{ \
		.recipient = RECIPIENT_INIT, .once = ONCE_INIT, \
		.folder = FOLDER_INIT \
	}

/* Check what the struct was given, open the folder and read the roster.
 * EX_USAGE: something that is needed is missing, and how to give it. */
int seal_open(
    struct seal *s, const char *roster, const char *store, struct fail *f);

/* Seal: *sealed is new. EX_NOPERM: a gate; EX_TEMPFAIL: the agent; EX_SOFTWARE:
 * what gpg made is not what was asked for. Else as compose_entity(). */
int seal_notice(
    struct seal *s, const json_t *notice, json_t **sealed, struct fail *f);

void seal_release(struct seal *s);

#endif
