#include "vouch.h"

#include <string.h>

#include "archive.h"
#include "pin.h"

/* The archive key is no vendor's, and a key of no vendor is the archive key. */
static int
archive_fits(const struct vouch *v, const char *fpr, struct fail *f)
{
	bool is = v->archive != NULL && strcmp(v->archive, fpr) == 0;

	if (is && v->vendor != NULL)
		return fail(
		    f, EX_DATAERR, "the key is the centre's archive key");
	if (!is && v->vendor == NULL)
		return fail(f, EX_DATAERR,
		    "'%s' does not hold the archive key %s", v->keyfile,
		    v->archive);
	return 0;
}

int
vouch_key(struct vouch *v, const struct roster *r, json_t **key, struct fail *f)
{
	const json_t *row = roster_vendor(r, v->vendor), *owner;

	if (v->archive != NULL && !key_is_fpr(v->archive))
		return fail(f, EX_USAGE, ARCHIVE_WANTS);
	if (v->vendor != NULL && row == NULL)
		return fail(
		    f, EX_DATAERR, "vendor '%s' is not in the list", v->vendor);
	if (pin_key(&v->keyring, v->keyfile, v->store, v->now, key, f) != 0)
		return f->code;
	owner = roster_by_fpr(r, record_str(*key, "fpr"));
	if (owner != NULL && owner != row)
		fail(f, EX_DATAERR, "the key is pinned for vendor '%s'",
		    record_str(owner, "vendor"));
	else if (archive_fits(v, record_str(*key, "fpr"), f) == 0) {
		record_set(*key, "vendor", v->vendor);
		record_set(*key, "by", v->by);
		return 0;
	}
	json_decref(*key);
	*key = NULL;
	return f->code;
}

void
vouch_release(struct vouch *v)
{
	keyring_release(&v->keyring);
}
