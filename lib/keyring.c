#include "keyring.h"

#include <string.h>

int
keyring_verify(struct keyring *k, const char *home,
    const struct text *signature, const struct text *text,
    struct signature *out, struct fail *f)
{
	*out = (struct signature){ 0 };
	if (gpg_enter(&k->gpg, home, f) != 0 ||
	    gpg_run(&k->gpg, GPG_VERIFY, signature, text, NULL, NULL, f) != 0)
		return f->code;
	gpg_signature(&k->gpg, out);
	return 0;
}

int
keyring_open(struct keyring *k, const char *home, const struct text *message,
    struct signature *out, struct text *plain, struct fail *f)
{
	*out = (struct signature){ 0 };
	if (gpg_enter(&k->gpg, home, f) != 0 ||
	    gpg_run(&k->gpg, GPG_OPEN, message, NULL, NULL, plain, f) != 0)
		return f->code;
	gpg_signature(&k->gpg, out);
	return 0;
}

int
keyring_decrypt(struct keyring *k, const char *home, const struct text *message,
    struct text *inner, struct fail *f)
{
	if (gpg_enter(&k->gpg, home, f) != 0)
		return f->code;
	return gpg_run(&k->gpg, GPG_UNWRAP, message, NULL, NULL, inner, f);
}

int
keyring_seal(struct keyring *k, const char *home, const char *signer,
    const char *keyfile, const struct text *plain, struct text *armor,
    struct fail *f)
{
	const char *hash;

	if (strchr(keyfile, '\n') != NULL)
		return fail(
		    f, EX_CONFIG, "the key store's path has a line end");
	if (gpg_enter(&k->gpg, home, f) != 0 ||
	    gpg_signer(&k->gpg, signer, f) != 0 ||
	    gpg_run(&k->gpg, GPG_SEAL, plain, NULL, keyfile, armor, f) != 0)
		return f->code;
	if (gpg_made(&k->gpg, &hash, f) != 0) {
		text_wipe(armor);
		return f->code;
	}
	return 0;
}

int
keyring_sign(struct keyring *k, const char *home, const char *signer,
    const struct text *text, struct text *armor, char micalg[16],
    struct fail *f)
{
	const char *hash;
	size_t i = 4;

	if (gpg_enter(&k->gpg, home, f) != 0 ||
	    gpg_signer(&k->gpg, signer, f) != 0 ||
	    gpg_run(&k->gpg, GPG_SIGN, text, NULL, NULL, armor, f) != 0 ||
	    gpg_made(&k->gpg, &hash, f) != 0)
		return f->code;
	memcpy(micalg, "pgp-", 4);
	for (; *hash != '\0' && i < 15; hash++)
		micalg[i++] = *hash >= 'A' && *hash <= 'Z' ?
		    (char)(*hash - 'A' + 'a') :
		    *hash;
	micalg[i] = '\0';
	return 0;
}

int
keyring_inspect(struct keyring *k, const char *home, const struct text *file,
    struct key *out, struct fail *f)
{
	*out = (struct key){ 0 };
	if (gpg_enter(&k->gpg, home, f) != 0)
		return f->code;
	return gpg_keys(&k->gpg, file, out, f);
}

int
keyring_import(struct keyring *k, const char *home, const struct text *file,
    struct text *armor, struct fail *f)
{
	if (gpg_enter(&k->gpg, home, f) != 0)
		return f->code;
	return gpg_run(&k->gpg, GPG_IMPORT, file, NULL, NULL, armor, f);
}

void
keyring_release(struct keyring *k)
{
	gpg_release(&k->gpg);
}
