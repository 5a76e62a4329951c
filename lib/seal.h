#ifndef VC_SEAL_H
#define VC_SEAL_H

#include "compose.h"
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
	SEAL_ALONG = 2,		    /* sealings at a time */
};

struct seal {
	struct recipient recipient;
	struct keyring other; /* for a second sealing, beside the recipient's */
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
		.recipient = RECIPIENT_INIT, .other = KEYRING_INIT, \
		.once = ONCE_INIT, .folder = FOLDER_INIT \
	}

/* Check what the struct was given, open the folder and read the roster.
 * EX_USAGE: something that is needed is missing, and how to give it. */
int seal_open(
    struct seal *s, const char *roster, const char *store, struct fail *f);

/* A notice on its way to be sealed. */
struct sealing {
	json_t *notice, *sealed;
	struct compose compose;
	struct key key;
	struct keyring *keyring; /* at work, or NULL */
	struct text thread, entity, armor;
	struct fail fail;
	size_t line; /* of the notice in the input, for who began it */
};

/*
 * Seal, in two halves, so that a gpg is started while another works: at most
 * SEAL_ALONG may have begun and not ended. begin() makes *g, which must stay
 * where it is, and goes to end() whatever came of it. *sealed is new, or NULL.
 * EX_NOPERM: a gate; EX_TEMPFAIL: the agent; EX_SOFTWARE: what gpg made is not
 * what was asked for. Else as compose_entity().
 */
void seal_begin(struct seal *s, const json_t *notice, struct sealing *g);
int seal_end(
    struct seal *s, struct sealing *g, json_t **sealed, struct fail *f);

void seal_release(struct seal *s);

#endif
