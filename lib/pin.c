#include "pin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "home.h"

static bool
pin_path(const char *store, const char *fpr, const char *end, struct text *path)
{
	if (!key_is_fpr(fpr))
		return false;
	text_clear(path);
	text_addf(path, "%s/%s%s", store, fpr, end);
	return true;
}

bool
pin_file(const char *store, const char *fpr, struct text *path)
{
	return pin_path(store, fpr, ".asc", path);
}

bool
pin_home(const char *store, const char *fpr, struct text *path)
{
	return pin_path(store, fpr, "", path);
}

static int
judge(const struct key *key, const char *keyfile, when_t now, struct fail *f)
{
	const char *reason = key_reason(key, now);

	if (key->primaries != 1)
		return fail(f, EX_DATAERR,
		    "'%s' holds %zu keys: give one file for each", keyfile,
		    key->primaries);
	if (key->secret)
		return fail(f, EX_DATAERR,
		    "'%s' holds a secret key: it is not ours to keep", keyfile);
	if (reason != NULL)
		return fail(f, EX_NOPERM, "%s: the key in '%s' is not pinned",
		    reason, keyfile);
	if (!key->can_sign)
		return fail(
		    f, EX_NOPERM, "weak: the key in '%s' cannot sign", keyfile);
	return 0;
}

static json_t *
record_of(const struct key *key)
{
	struct text id = TEXT_INIT;
	json_t *r, *ids = json_array();
	char at[WHEN_LEN];
	size_t i;

	text_addf(&id, "key/%s", key->fpr);
	r = record_new("key", id.p);
	text_release(&id);
	record_set(r, "fpr", key->fpr);
	record_set(r, "algorithm", key->algorithm);
	json_object_set_new(r, "bits_n", json_integer(key->bits));
	when_format(key->created, at);
	record_set(r, "created_at", at);
	if (key->expires != 0) {
		when_format(key->expires, at);
		record_set(r, "expires_at", at);
	}
	for (i = 0; i < key->encryptions; i++)
		json_array_append_new(ids, json_string(key->encryption[i]));
	json_object_set_new(r, "encryption", ids);
	return r;
}

/* Before and after the import, by gpg and by us: one key, one truth. */
static bool
same(const struct key *key, const struct key *kept, const struct pubkey *read,
    when_t now)
{
	struct key ours;

	pubkey_facts(read, now, &ours);
	return strcmp(kept->fpr, key->fpr) == 0 &&
	    strcmp(ours.fpr, key->fpr) == 0 && ours.bits == key->bits &&
	    ours.expires == key->expires &&
	    ours.encryptions == key->encryptions &&
	    memcmp(ours.encryption, key->encryption, sizeof(ours.encryption)) ==
	    0;
}

/* From the file to a home that holds its key, and the key as it is kept. */
static int
bring(struct keyring *k, const char *home, const char *keyfile, when_t now,
    struct text *armor, struct key *key, struct fail *f)
{
	struct text file = TEXT_INIT;
	struct pubkey read;
	struct key kept;
	int code;

	code = file_read(keyfile, KEYRING_FILE, &file, f);
	if (code == 0)
		code = keyring_inspect(k, home, &file, key, f);
	if (code == 0)
		code = judge(key, keyfile, now, f);
	if (code == 0)
		code = keyring_import(k, home, &file, armor, f);
	text_release(&file);
	if (code == 0)
		code = keyring_inspect(k, home, armor, &kept, f);
	if (code == 0)
		code = home_finish(home, f);
	if (code == 0)
		code = pubkey_read(&read, armor->p, armor->n, f);
	if (code == 0 && !same(key, &kept, &read, now))
		code = fail(f, EX_SOFTWARE, "gpg and we read another key");
	if (code == 0)
		code = judge(&kept, keyfile, now, f);
	return code;
}

int
pin_key(struct keyring *k, const char *keyfile, const char *store, when_t now,
    json_t **record, struct fail *f)
{
	struct text home = TEXT_INIT, armor = TEXT_INIT, path = TEXT_INIT;
	struct key key;
	int code;

	code = home_new(store, &home, f);
	if (code == 0)
		code = bring(k, home.p, keyfile, now, &armor, &key, f);
	if (code == 0) {
		pin_home(store, key.fpr, &path);
		code = home_place(home.p, path.p, f);
	}
	if (code == 0) {
		text_clear(&home);
		pin_file(store, key.fpr, &path);
		code = file_put(path.p, armor.p, armor.n, f);
	}
	if (home.n > 0)
		home_remove(home.p);
	if (code == 0)
		*record = record_of(&key);
	text_release(&home);
	text_release(&armor);
	text_release(&path);
	return code;
}

static int
read_file(
    const char *store, const char *fpr, struct pubkey *out, struct fail *f)
{
	struct text file = TEXT_INIT, path = TEXT_INIT;
	int code;

	pin_file(store, fpr, &path);
	code = file_trusted(store, f);
	if (code == 0)
		code = file_trusted(path.p, f);
	if (code == 0)
		code = file_read(path.p, KEYRING_FILE, &file, f);
	if (code == 0 &&
	    (pubkey_read(out, file.p, file.n, f) != 0 ||
		strcmp(out->part[0].fpr, fpr) != 0))
		code = fail(f, EX_CONFIG,
		    "'%s' does not hold the one key of its name", path.p);
	text_release(&file);
	text_release(&path);
	return code;
}

bool
pin_is(const char *store, const char *fpr)
{
	struct text path = TEXT_INIT;
	bool is;

	is = pin_file(store, fpr, &path) && access(path.p, F_OK) == 0 &&
	    pin_home(store, fpr, &path) && access(path.p, F_OK) == 0;
	text_release(&path);
	return is;
}

int
pin_read(const char *store, const char *fpr, when_t now, struct key *out,
    struct fail *f)
{
	struct pubkey key;

	*out = (struct key){ 0 };
	errno = 0;
	if (!pin_is(store, fpr))
		return errno != 0 && errno != ENOENT ?
		    fail_sys(f, EX_NOINPUT, "read", store) :
		    fail(f, EX_NOPERM, "unpinned: the key store has no key %s",
			fpr);
	if (read_file(store, fpr, &key, f) != 0)
		return f->code;
	pubkey_facts(&key, now, out);
	return 0;
}

int
pin_usable(const char *store, const char *fpr, when_t now, struct key *out,
    struct fail *f)
{
	const char *why;

	if (pin_read(store, fpr, now, out, f) != 0)
		return f->code;
	why = key_reason(out, now);
	if (why == NULL)
		return 0;
	*out = (struct key){ 0 };
	return fail(f, EX_NOPERM, "%s: key %s", why, fpr);
}

int
pin_signer(
    const char *store, const char *fpr, struct signature *s, struct fail *f)
{
	const struct pubkey_part *part;
	struct pubkey key;

	s->primary[0] = '\0';
	if (read_file(store, fpr, &key, f) != 0)
		return f->code;
	part = pubkey_part(&key, s->fpr);
	if (part == NULL)
		return 0;
	memcpy(s->primary, key.part[0].fpr, KEY_FPR);
	s->bits = part->bits;
	s->key_expires = pubkey_end(&key, part);
	return 0;
}
