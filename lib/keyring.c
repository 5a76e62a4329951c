#include "keyring.h"

#include <string.h>

#include "armor.h"

/* T, or HELD, which also has the checksum that gpg misses in the last block of
 * T, of this KIND. */
static const struct text *
with_sum(const struct text *t, const char *kind, struct text *held)
{
	static const char begin[] = "-----BEGIN PGP ";
	const char *p, *block = NULL;
	char line[ARMOR_SUM];
	size_t at, from;

	if (t->n == 0 || (t->p[0] & 0x80) != 0)
		return t;
	for (p = t->p; (p = strstr(p, begin)) != NULL; p++)
		block = p;
	from = block == NULL ? 0 : (size_t)(block - t->p);
	if (!armor_unsummed(t->p + from, t->n - from, kind, &at, line))
		return t;
	text_add(held, t->p, from + at);
	text_puts(held, line);
	text_add(held, t->p + from + at, t->n - from - at);
	return held;
}

void
keyring_start(struct keyring *k)
{
	struct fail f = FAIL_INIT;

	gpg_start(&k->gpg, &f);
}

int
keyring_verify(struct keyring *k, const char *home,
    const struct text *signature, const struct text *text,
    struct signature *out, struct fail *f)
{
	struct text held = TEXT_INIT;
	int code;

	*out = (struct signature){ 0 };
	code = gpg_enter(&k->gpg, home, f);
	if (code == 0)
		code = gpg_run(&k->gpg, GPG_VERIFY,
		    with_sum(signature, "SIGNATURE", &held), text, NULL, f);
	text_release(&held);
	if (code == 0)
		gpg_signature(&k->gpg, out);
	return code;
}

int
keyring_open(struct keyring *k, const char *home, const struct text *message,
    struct signature *out, struct text *plain, struct fail *f)
{
	struct text held = TEXT_INIT;
	int code;

	*out = (struct signature){ 0 };
	code = gpg_enter(&k->gpg, home, f);
	if (code == 0)
		code = gpg_run(&k->gpg, GPG_OPEN,
		    with_sum(message, "SIGNATURE", &held), NULL, plain, f);
	text_wipe(&held);
	if (code == 0)
		gpg_signature(&k->gpg, out);
	return code;
}

int
keyring_decrypt(struct keyring *k, const char *home, const struct text *message,
    struct text *inner, struct fail *f)
{
	struct text held = TEXT_INIT;
	int code;

	code = gpg_enter(&k->gpg, home, f);
	if (code == 0)
		code = gpg_run(&k->gpg, GPG_UNWRAP,
		    with_sum(message, "MESSAGE", &held), NULL, inner, f);
	text_release(&held);
	return code;
}

/* gpg takes key files a line each. */
static int
key_files(const char *keyfile, const char *archive, struct text *files,
    struct fail *f)
{
	if (strchr(keyfile, '\n') != NULL ||
	    (archive != NULL && strchr(archive, '\n') != NULL))
		return fail(
		    f, EX_CONFIG, "the key store's path has a line end");
	text_puts(files, keyfile);
	if (archive != NULL)
		text_addf(files, "\n%s", archive);
	return 0;
}

int
keyring_begin(struct keyring *k, const char *home, const char *signer,
    const char *keyfile, const char *archive, const struct text *plain,
    struct text *armor, struct fail *f)
{
	struct text files = TEXT_INIT;
	int code = key_files(keyfile, archive, &files, f);

	if (code == 0)
		code = gpg_enter(&k->gpg, home, f);
	if (code == 0)
		code = gpg_signer(&k->gpg, signer, f);
	if (code == 0)
		code = gpg_begin(&k->gpg, plain, files.p, armor, f);
	text_release(&files);
	return code;
}

int
keyring_end(struct keyring *k, struct text *armor, struct fail *f)
{
	const char *hash;
	int code = gpg_end(&k->gpg, f);

	if (code == 0 && (code = gpg_made(&k->gpg, &hash, f)) != 0)
		text_wipe(armor);
	return code;
}

bool
keyring_busy(const struct keyring *k)
{
	return k->gpg.work != NULL;
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
	    gpg_run(&k->gpg, GPG_SIGN, text, NULL, armor, f) != 0 ||
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
	return gpg_run(&k->gpg, GPG_IMPORT, file, NULL, armor, f);
}

void
keyring_release(struct keyring *k)
{
	gpg_release(&k->gpg);
}
