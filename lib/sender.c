#include "sender.h"

#include "lookup.h"
#include "pin.h"

/* The author's address. False: the verdict says why there is none. */
static bool
find_author(struct reading *r, const struct message *m, struct text *from)
{
	struct fail f = FAIL_INIT;

	if (message_from(m, from, &f) == 0)
		return true;
	verdict_refused(&r->verdict, &f);
	return false;
}

static bool
find_home(struct reading *r)
{
	struct verdict *v = &r->verdict;
	const char *fpr;

	if (r->row == NULL)
		return verdict_set(v, "unknown-key",
		    "the sender's address is in no row of the roster");
	fpr = record_str(r->row, "fpr");
	if (fpr == NULL)
		return verdict_set(
		    v, "unknown-key", "no key is pinned for the sender");
	if (r->store == NULL || !pin_is(r->store, fpr) ||
	    !pin_home(r->store, fpr, &r->row_home))
		return verdict_set(v, "unknown-key",
		    "the key pinned for the sender is not in the key store");
	return true;
}

int
sender_find(
    struct reading *r, const struct message *m, bool *known, struct fail *f)
{
	struct text from = TEXT_INIT;
	int code = 0;

	*known = find_author(r, m, &from);
	if (*known)
		code = lookup_address(r->lookup, from.p, &r->row, f);
	text_release(&from);
	if (code == 0 && *known)
		*known = find_home(r);
	return code;
}

int
sender_other(struct reading *r, struct fail *f)
{
	const json_t *other;

	if (r->signature.state != SIGNATURE_UNKNOWN_KEY ||
	    r->signature.fpr[0] == '\0')
		return 0;
	if (lookup_fpr(r->lookup, r->signature.fpr, &other, f) != 0)
		return f->code;
	if (other != NULL && other != r->row)
		verdict_set(&r->verdict, "mismatch",
		    "the key is pinned for another vendor than the sender");
	return 0;
}
