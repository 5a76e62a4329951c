#ifndef VC_KEYRING_H
#define VC_KEYRING_H

#include "gpg.h"

/*
 * GnuPG, as the rest of the house uses it. A keyring is one context for a run;
 * every call names the home it works in, and works in no other. A home is ours
 * alone (file_trusted), and holds the centre's keys, or one vendor's one key.
 *
 * Invariant: output is there only when the call returned 0; else it is wiped.
 * Nothing here judges: a call tells facts, verify and pin decide.
 * Errors of all: EX_UNAVAILABLE without gpg, EX_TEMPFAIL when the agent is
 * gone, locked or wants a passphrase, EX_CONFIG and EX_NOINPUT for the home.
 */

enum {
	KEYRING_FILE = 256 << 10, /* octets of a key file */
};

struct keyring {
	struct gpg gpg;
};

#define KEYRING_INIT \
	{ \
		GPG_INIT \
	}

/* It will be needed soon, and is cheap to start while this program is small.
 * The call that needs it tells what went wrong. */
void keyring_start(struct keyring *k);

/* Judge a detached signature over exactly TEXT. EX_DATAERR: no OpenPGP. */
int keyring_verify(struct keyring *k, const char *home,
    const struct text *signature, const struct text *text,
    struct signature *out, struct fail *f);

/* Judge a clearsigned or signed message; PLAIN: exactly what is covered. */
int keyring_open(struct keyring *k, const char *home,
    const struct text *message, struct signature *out, struct text *plain,
    struct fail *f);

/*
 * Remove the encryption. INNER is a message for keyring_open(), signed or not.
 * EX_DATAERR: damaged, no integrity protection, more than GPG_OUTPUT.
 * EX_NOPERM: for no key of this home.
 */
int keyring_decrypt(struct keyring *k, const char *home,
    const struct text *message, struct text *inner, struct fail *f);

/*
 * Sign with the key SIGNER of HOME and encrypt to the one key in KEYFILE, to
 * the one in ARCHIVE (NULL: none) and to nobody else: an armoured OpenPGP
 * message. EX_CONFIG: no such signer. EX_NOPERM: a key cannot be encrypted to.
 * In two halves, so that another keyring can work, too: this one is busy, PLAIN
 * and ARMOR stay where they are; when the first fails there is no second.
 */
int keyring_begin(struct keyring *k, const char *home, const char *signer,
    const char *keyfile, const char *archive, const struct text *plain,
    struct text *armor, struct fail *f);
int keyring_end(struct keyring *k, struct text *armor, struct fail *f);
bool keyring_busy(const struct keyring *k); /* between the two */

/* Sign, detached and armoured; MICALG becomes "pgp-sha512" (RFC 3156, 5). */
int keyring_sign(struct keyring *k, const char *home, const char *signer,
    const struct text *text, struct text *armor, char micalg[16],
    struct fail *f);

/* Tell about a key file; nothing is imported. EX_DATAERR: no key in it. */
int keyring_inspect(struct keyring *k, const char *home,
    const struct text *file, struct key *out, struct fail *f);

/* Import one public key into an empty home; ARMOR: it as the home keeps it. */
int keyring_import(struct keyring *k, const char *home, const struct text *file,
    struct text *armor, struct fail *f);

void keyring_release(struct keyring *k);

#endif
