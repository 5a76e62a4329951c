#include "recipient.h"

#include <limits.h>
#include <string.h>

#include "file.h"
#include "pin.h"

int
recipient_open(
    struct recipient *r, const char *roster, const char *store, struct fail *f)
{
	if (roster == NULL)
		return fail(f, EX_USAGE, "option '-r' is needed: the roster");
	if (store == NULL)
		return fail(
		    f, EX_USAGE, "option '-k' is needed: the key store");
	r->store = store;
	if (file_trusted(store, f) != 0)
		return f->code;
	if (roster_load(&r->roster, roster, f) != 0)
		return f->code;
	return archive_open(&r->archive, &r->roster, roster, store, r->now, f);
}

static bool
recipient_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

int
recipient_lineage(const json_t *record, struct text *out, struct fail *f)
{
	const char *of = record_str(record, "case"), *vendor;

	if (record_need(record, "vendor", &vendor, f) != 0)
		return f->code;
	text_addf(out, "%s/%s", of == NULL ? "vendor" : of, vendor);
	return 0;
}

/* "KIND/WORD" */
static bool
recipient_letter(const char *s)
{
	const char *slash = strchr(s, '/');
	char kind[32];

	if (slash == NULL || (size_t)(slash - s) >= sizeof kind)
		return false;
	memcpy(kind, s, (size_t)(slash - s));
	kind[slash - s] = '\0';
	return text_token(kind, "-", sizeof kind) &&
	    text_token(slash + 1, "._+-", CLAIM_ADDRESS);
}

int
recipient_id(const json_t *record, struct fail *f)
{
	const char *id, *rest;
	struct text lineage = TEXT_INIT;
	long n;
	bool good;

	if (record_need(record, "id", &id, f) != 0 ||
	    recipient_lineage(record, &lineage, f) != 0)
		return f->code;
	text_add(&lineage, "/", 1);
	good = strncmp(id, lineage.p, lineage.n) == 0;
	rest = good ? id + lineage.n : "";
	good = recipient_letter(rest) ||
	    (record_str(record, "case") != NULL &&
		text_count(rest, LONG_MAX, &n));
	text_release(&lineage);
	if (!good)
		return fail(f, EX_DATAERR,
		    "field 'id' is not that of its case and vendor");
	return 0;
}

/* The row of record R, and its address is that of R; or NULL. */
static const json_t *
recipient_find(struct recipient *r, const json_t *record, struct fail *f)
{
	const char *vendor, *to;
	const json_t *row;

	if (record_need(record, "vendor", &vendor, f) != 0 ||
	    record_need(record, "to", &to, f) != 0)
		return NULL;
	row = roster_vendor(&r->roster, vendor);
	if (row == NULL)
		fail(f, EX_NOPERM, "vendor '%s' is not in the roster", vendor);
	return row;
}

static int
recipient_address(const json_t *row, const json_t *record, struct fail *f)
{
	const char *to = record_str(record, "to");

	if (!recipient_same(record_str(row, "email"), to))
		return fail(f, EX_NOPERM,
		    "field 'to' is not the address of vendor '%s' in the "
		    "roster",
		    record_str(row, "vendor"));
	if (!envelope_address(to))
		return fail(
		    f, EX_NOPERM, "field 'to' is no address that is mailed to");
	return 0;
}

int
recipient_row(struct recipient *r, const json_t *record, struct fail *f)
{
	const json_t *row = recipient_find(r, record, f);
	const char *vendor, *fpr;

	if (row == NULL)
		return f->code;
	vendor = record_str(row, "vendor");
	if (!roster_registered(row))
		return fail(
		    f, EX_NOPERM, "vendor '%s' is not registered", vendor);
	if (record_str(row, "fpr") == NULL)
		return fail(f, EX_NOPERM,
		    "unpinned: the roster has no key of vendor '%s'", vendor);
	if (record_need(record, "fpr", &fpr, f) != 0)
		return f->code;
	if (!recipient_same(record_str(row, "fpr"), fpr))
		return fail(f, EX_NOPERM,
		    "field 'fpr' is not the key of vendor '%s' in the roster",
		    vendor);
	return recipient_address(row, record, f);
}

bool
recipient_is_open(const json_t *record)
{
	return json_object_get(record, "case") == NULL &&
	    json_object_get(record, "fpr") == NULL &&
	    record_is(record, "tlp", "CLEAR");
}

int
recipient_reader(struct recipient *r, const json_t *record, struct fail *f)
{
	const json_t *row = recipient_find(r, record, f);

	if (row == NULL)
		return f->code;
	if (record_is(row, "state", "suspended") ||
	    record_is(row, "state", "withdrawn"))
		return fail(f, EX_NOPERM, "vendor '%s' is %s",
		    record_str(row, "vendor"), record_str(row, "state"));
	return recipient_address(row, record, f);
}

int
recipient_key(struct recipient *r, const char *fpr, const struct key **key,
    struct fail *f)
{
	*key = &r->key;
	if (strcmp(r->key.fpr, fpr) == 0)
		return 0;
	return pin_usable(r->store, fpr, r->now, &r->key, f);
}

static bool
recipient_opens(const struct key *key, const char *id)
{
	size_t i;

	for (i = 0; i < key->encryptions; i++)
		if (strcmp(key->encryption[i], id) == 0)
			return true;
	return false;
}

/* Session keys: each once, each for a subkey of either KEY or ARCHIVE. */
static bool
recipient_alone(
    const struct key *key, const struct key *archive, const struct packet *p)
{
	size_t i, k;

	for (i = 0; i < p->keys; i++) {
		for (k = 0; k < i; k++)
			if (strcmp(p->key_id[k], p->key_id[i]) == 0)
				return false;
		if (recipient_opens(key, p->key_id[i]) ==
		    recipient_opens(archive, p->key_id[i]))
			return false;
	}
	return p->keys > 0 && p->passwords == 0;
}

static bool
recipient_reached(const struct key *key, const struct packet *p)
{
	size_t i;

	for (i = 0; i < p->keys; i++)
		if (recipient_opens(key, p->key_id[i]))
			return true;
	return false;
}

static int
recipient_keys(const struct key *key, const struct archive *archive,
    const struct packet *p, struct fail *f)
{
	if (!recipient_alone(key, &archive->key, p))
		return fail(f, EX_NOPERM,
		    "not sealed: others than the key of the vendor%s can open "
		    "it",
		    archive->fpr == NULL ? "" : " and the archive key");
	if (!recipient_reached(key, p))
		return fail(f, EX_NOPERM,
		    "not sealed: the key of the vendor cannot open it");
	if (archive->fpr != NULL && !recipient_reached(&archive->key, p))
		return fail(
		    f, EX_NOPERM, "not sealed: the archive key cannot open it");
	return 0;
}

int
recipient_mail(const struct recipient *r, const char *mail, size_t n,
    const char *to, const struct key *key, struct envelope *e, struct packet *p,
    struct fail *f)
{
	if (envelope_read(e, mail, n, f) != 0)
		return f->code;
	if (strcmp(e->to, to) != 0)
		return fail(
		    f, EX_NOPERM, "not sealed: the mail is to another address");
	memset(p, 0, sizeof *p);
	if (packet_message(e->armor, e->armor_n, p, f) != 0) {
		fail_in(f, "not sealed");
		return f->code = EX_NOPERM;
	}
	if (recipient_keys(key, &r->archive, p, f) != 0)
		return f->code;
	if (!p->integrity)
		return fail(
		    f, EX_NOPERM, "not sealed: without integrity protection");
	return 0;
}

void
recipient_release(struct recipient *r)
{
	roster_release(&r->roster);
	keyring_release(&r->keyring);
}
