#ifndef VC_RECIPIENT_H
#define VC_RECIPIENT_H

#include "archive.h"
#include "envelope.h"
#include "keyring.h"
#include "packet.h"
#include "roster.h"
#include "when.h"

/*
 * The one who may open a sealed mail: what must hold before something is
 * sealed for a vendor, and once more, by whoever hands it over, before it
 * leaves. The vendor is registered, address and fingerprint are those of its
 * row in the roster now, the pinned key can be encrypted to, and the mail can
 * be opened by that key, by the archive key of a site that has one, and by no
 * other.
 *
 * Invariant: nothing is believed because a record says so.
 */

struct recipient {
	struct roster roster;
	const char *store; /* key store */
	when_t now;
	struct keyring keyring;
	struct key key; /* the key asked for last */
	struct archive archive;
};

#define RECIPIENT_INIT \
	{ \
		.roster = ROSTER_INIT, .keyring = KEYRING_INIT, \
		.archive = ARCHIVE_INIT \
	}

/* Read the roster, and the archive key. EX_USAGE when ROSTER or STORE is NULL;
 * EX_CONFIG and EX_NOINPUT for the files; as archive_open(). */
int recipient_open(
    struct recipient *r, const char *roster, const char *store, struct fail *f);

/* Append CASE/VENDOR of record R, or vendor/VENDOR when it is about no case:
 * what the letters to one vendor about one case have in common. EX_DATAERR. */
int recipient_lineage(const json_t *record, struct text *out, struct fail *f);

/* The id of record R is its lineage and a number, or /KIND/WORD (without a
 * case always), so that no mail is taken for another. EX_DATAERR. */
int recipient_id(const json_t *record, struct fail *f);

/* The vendor of record R is registered, and its `to` and `fpr` are the row's.
 * EX_NOPERM. */
int recipient_row(struct recipient *r, const json_t *record, struct fail *f);

/* Is record R of an open letter: signed, not encrypted, because it is about no
 * case, names no key and is TLP:CLEAR? */
bool recipient_is_open(const json_t *record);

/* The vendor of record R is in the list, is neither suspended nor withdrawn,
 * and its `to` is the row's. For open letters. EX_NOPERM. */
int recipient_reader(struct recipient *r, const json_t *record, struct fail *f);

/* The pinned key FPR; *key is borrowed until the next call. EX_NOPERM, and the
 * reason begins with one of: no-key expired revoked disabled cannot-encrypt
 * weak unpinned. */
int recipient_key(struct recipient *r, const char *fpr, const struct key **key,
    struct fail *f);

/* The mail is to TO alone and is one OpenPGP message with integrity protection
 * and session keys for encryption subkeys of KEY, of the archive key when there
 * is one, and for nobody else; *p tells which. EX_NOPERM. */
int recipient_mail(const struct recipient *r, const char *mail, size_t n,
    const char *to, const struct key *key, struct envelope *e, struct packet *p,
    struct fail *f);

void recipient_release(struct recipient *r);

#endif
