#include "sender.h"

#include "pin.h"
#include "roster.h"

bool
sender_find(struct reading *r, const struct message *m)
{
	struct text from = TEXT_INIT;
	struct fail f = FAIL_INIT;
	struct verdict *v = &r->verdict;
	const char *fpr;

	if (message_from(m, &from, &f) != 0) {
		verdict_refused(v, &f);
		text_release(&from);
		return false;
	}
	if (r->roster != NULL)
		r->row = roster_by_address(r->roster, from.p);
	text_release(&from);
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

void
sender_other(struct reading *r)
{
	const json_t *other;

	if (r->signature.state != SIGNATURE_UNKNOWN_KEY ||
	    r->signature.fpr[0] == '\0')
		return;
	other = roster_by_fpr(r->roster, r->signature.fpr);
	if (other != NULL && other != r->row)
		verdict_set(&r->verdict, "mismatch",
		    "the key is pinned for another vendor than the sender");
}
