#include "vouch.h"

#include "pin.h"

int
vouch_key(struct vouch *v, const struct roster *r, json_t **key, struct fail *f)
{
	const json_t *row = roster_vendor(r, v->vendor), *owner;

	if (row == NULL)
		return fail(
		    f, EX_DATAERR, "vendor '%s' is not in the list", v->vendor);
	if (pin_key(&v->keyring, v->keyfile, v->store, v->now, key, f) != 0)
		return f->code;
	owner = roster_by_fpr(r, record_str(*key, "fpr"));
	if (owner == NULL || owner == row) {
		record_set(*key, "vendor", v->vendor);
		record_set(*key, "by", v->by);
		return 0;
	}
	fail(f, EX_DATAERR, "the key is pinned for vendor '%s'",
	    record_str(owner, "vendor"));
	json_decref(*key);
	*key = NULL;
	return f->code;
}

void
vouch_release(struct vouch *v)
{
	keyring_release(&v->keyring);
}
