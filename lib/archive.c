#include "archive.h"

#include <stdio.h>

#include "enrol.h"
#include "kept.h"
#include "pin.h"

static int
take(void *arg, const json_t *r, struct fail *f)
{
	(void)f;
	enrol_take(arg, r);
	return 0;
}

/* Do two persons stand behind it, and is it no vendor's? */
static bool
is_own(const struct enrol *e, const char *fpr)
{
	char id[sizeof "key/" + KEY_FPR];
	const json_t *key;

	snprintf(id, sizeof id, "key/%s", fpr);
	key = json_object_get(e->second, id);
	return json_object_get(key, "counted") != NULL &&
	    json_object_get(key, "vendor") == NULL;
}

static int
look(const char *ledger, const char *fpr, struct fail *f)
{
	const struct kept kept = {
		.path = ledger, .types = "key confirm", .word = fpr
	};
	struct enrol e = ENROL_INIT;
	int code;

	if (enrol_open(&e, NULL, f) != 0)
		return f->code;
	code = kept_fold(&kept, take, &e, f);
	if (code == 0 && !is_own(&e, fpr))
		code = fail(f, EX_CONFIG,
		    "archive key: unpinned: no second person has confirmed "
		    "key %s for the centre",
		    fpr);
	enrol_release(&e);
	return code;
}

/* Only a ledger can tell who brought it. */
static int
ask(const char *path, const char *fpr, struct fail *f)
{
	struct roster r = ROSTER_INIT;
	bool table = false;
	int code = roster_begin(&r, path, &table, f);

	roster_release(&r);
	return code != 0 || table ? code : look(path, fpr, f);
}

int
archive_open(struct archive *a, const struct roster *roster, const char *path,
    const char *store, when_t now, struct fail *f)
{
	const json_t *owner;

	if (a->fpr == NULL)
		return 0;
	if (!key_is_fpr(a->fpr))
		return fail(f, EX_USAGE, ARCHIVE_WANTS);
	owner = roster_by_fpr(roster, a->fpr);
	if (owner != NULL)
		return fail(f, EX_CONFIG,
		    "archive key: it is the key of vendor '%s'",
		    record_str(owner, "vendor"));
	if (pin_usable(store, a->fpr, now, &a->key, f) != 0) {
		fail_in(f, "archive key");
		return f->code = f->code == EX_NOPERM ? EX_CONFIG : f->code;
	}
	return ask(path, a->fpr, f);
}
