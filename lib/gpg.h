#ifndef VC_GPG_H
#define VC_GPG_H

#include "fail.h"
#include "key.h"
#include "text.h"

/*
 * gpgme made small: one context, a home to be in, and operations from octets
 * to octets. The only place that knows gpgme; keyring.h is what others use.
 *
 * Invariant: after a failure the output is wiped. A failure of the machinery
 * is EX_TEMPFAIL or EX_UNAVAILABLE, one of what was given EX_DATAERR.
 */

enum {
	GPG_OUTPUT = 16 << 20, /* octets that may come out of an operation */
};

enum gpg_op {
	GPG_VERIFY, /* in: detached signature, with: what it covers; no out */
	GPG_OPEN,   /* in: signed message; out: what is covered */
	GPG_UNWRAP, /* in: encrypted message; out: the packets inside, binary */
	GPG_SEAL,   /* in: plaintext; out: armor; by gpg_begin() alone */
	GPG_SIGN,   /* in: what to cover; out: armor */
	GPG_IMPORT, /* in: key file; out: the one new key, armoured */
};

struct gpg {
	struct gpgme_context *ctx; /* started when first needed */
	struct text home;	   /* where it is */
	char signer[KEY_FPR];	   /* set in ctx, of that home */
	struct gpg_work *work;	   /* what is under way, or NULL */
};

#define GPG_INIT \
	{ \
		.ctx = NULL \
	}

/* Start gpgme, which asks gpg for its version; nothing when it was started. */
int gpg_start(struct gpg *g, struct fail *f);

/* Be in HOME. EX_CONFIG, EX_NOINPUT: it is not ours, or missing. */
int gpg_enter(struct gpg *g, const char *home, struct fail *f);

/* EX_NOPERM: UNWRAP without the key; SEAL to a key that gpg refuses. */
int gpg_run(struct gpg *g, enum gpg_op op, const struct text *in,
    const struct text *with, struct text *out, struct fail *f);

/* GPG_SEAL, to KEYFILES, a line each, in two halves: gpg is at work between
 * them, and IN and OUT are lent to it. When the first fails there is no second.
 * Errors as gpg_run(). */
int gpg_begin(struct gpg *g, const struct text *in, const char *keyfiles,
    struct text *out, struct fail *f);
int gpg_end(struct gpg *g, struct fail *f);

/* What the last VERIFY or OPEN found. */
void gpg_signature(struct gpg *g, struct signature *out);

/* The hash of the one signature that the last SEAL or SIGN made. */
int gpg_made(struct gpg *g, const char **hash, struct fail *f);

/* Sign with this key from now on. EX_CONFIG: no such secret key here. */
int gpg_signer(struct gpg *g, const char *fpr, struct fail *f);

/* The keys in a file; what is told is the first. */
int gpg_keys(
    struct gpg *g, const struct text *file, struct key *out, struct fail *f);

/* The version of the gpg that is used, "?" before it is known. Static. */
const char *gpg_version(void);

void gpg_release(struct gpg *g);

#endif
