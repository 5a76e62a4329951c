#include "seal.h"

#include <stdint.h>
#include <string.h>

#include "file.h"
#include "gate.h"
#include "hash.h"
#include "pin.h"

static int
seal_need(
    const char *value, const char *option, const char *what, struct fail *f)
{
	if (value != NULL)
		return 0;
	return fail(f, EX_USAGE, "option '%s' is needed: %s", option, what);
}

/* VENDOR is NULL for the archive key. */
static void
seal_warn(struct seal *s, const char *vendor, const struct key *key)
{
	char at[WHEN_LEN];

	if (key->ends == 0 || key->ends - s->recipient.now > SEAL_WARN)
		return;
	when_format(key->ends, at);
	if (vendor == NULL)
		text_addf(&s->said, "the archive key expires at %s\n", at);
	else
		text_addf(&s->said, "the key of vendor '%s' expires at %s\n",
		    vendor, at);
}

int
seal_open(struct seal *s, const char *roster, const char *store, struct fail *f)
{
	if (seal_need(s->home, "-g", "the centre's GnuPG home", f) != 0 ||
	    seal_need(s->signer, "-u", "the centre's signing key", f) != 0 ||
	    seal_need(s->from, "-f", "the address that mails are from", f) != 0)
		return f->code;
	if (!key_is_fpr(s->signer))
		return fail(f, EX_USAGE,
		    "option '-u' wants a fingerprint: 40 upper-case hex "
		    "digits");
	if (!envelope_address(s->from))
		return fail(f, EX_USAGE,
		    "option '-f' wants a bare address such as "
		    "vuls@centre.example");
	if (when_now(s->now, &s->recipient.now, f) != 0 ||
	    file_trusted(s->home, f) != 0 ||
	    (s->files != NULL && folder_open(&s->folder, s->files, f) != 0))
		return f->code;
	if (recipient_open(&s->recipient, roster, store, f) != 0)
		return f->code;
	seal_warn(s, NULL, &s->recipient.archive.key);
	return 0;
}

static int
seal_compose(const struct seal *s, const json_t *notice, struct compose *c,
    struct text *thread, struct fail *f)
{
	*c = (struct compose){ .from = s->from,
		.tlp = gate_tlp(notice),
		.open = recipient_is_open(notice),
		.attachment = json_object_get(notice, "attachment"),
		.files = s->files == NULL ? NULL : &s->folder };
	if (record_need(notice, "id", &c->id, f) != 0 ||
	    recipient_lineage(notice, thread, f) != 0 ||
	    record_need(notice, "to", &c->to, f) != 0 ||
	    record_need(notice, "subject", &c->subject, f) != 0 ||
	    record_need(notice, "text", &c->text, f) != 0)
		return f->code;
	c->thread = thread->p;
	c->all = c->open && record_is(notice, "kind", "announcement");
	c->date = s->recipient.now;
	return c->all ? 0 : when_now(s->now, &c->date, f);
}

/* One that is free to be asked. */
static struct keyring *
seal_keyring(struct seal *s)
{
	struct keyring *k = &s->recipient.keyring;

	return keyring_busy(k) ? &s->other : k;
}

/* Have gpg begin. */
static int
seal_start(struct seal *s, struct sealing *g)
{
	const struct recipient *r = &s->recipient;
	struct text path = TEXT_INIT, own = TEXT_INIT;
	struct keyring *k = seal_keyring(s);
	struct fail *f = &g->fail;

	if (compose_entity(&g->compose, &g->entity, f) == 0 &&
	    (!pin_file(r->store, g->key.fpr, &path) ||
		(r->archive.fpr != NULL &&
		    !pin_file(r->store, r->archive.fpr, &own))))
		fail(f, EX_NOPERM, "unpinned: no fingerprint");
	if (f->code == 0 &&
	    keyring_begin(k, s->home, s->signer, path.p, own.p, &g->entity,
		&g->armor, f) == 0)
		g->keyring = k;
	text_release(&path);
	text_release(&own);
	return f->code;
}

static json_t *
seal_record(const json_t *notice, const char *tlp, const struct envelope *e,
    const struct packet *p, const struct text *mail)
{
	json_t *r = record_new("sealed", record_str(notice, "id"));
	json_t *ids = json_array();
	char sha[HASH_LEN];
	size_t i;

	for (i = 0; i < p->keys; i++)
		json_array_append_new(ids, json_string(p->key_id[i]));
	hash_sha256(mail->p, mail->n, sha);
	record_set(r, "case", record_str(notice, "case"));
	record_set(r, "vendor", record_str(notice, "vendor"));
	record_set(r, "to", e->to);
	record_set(r, "fpr", record_str(notice, "fpr"));
	record_set(r, "tlp", tlp);
	record_set(r, "message_id", e->message_id);
	json_object_set_new(r, "key_id", ids);
	record_set(r, "mail_sha256", sha);
	record_set_bytes(r, "mail_b64", mail->p, mail->n);
	return r;
}

/* Look at what gpg made as a stranger would. */
static int
seal_mail(struct seal *s, struct sealing *g)
{
	const struct compose *c = &g->compose;
	struct text mail = TEXT_INIT;
	struct envelope e;
	struct packet p;

	compose_mail(c, &g->armor, &mail);
	if (recipient_mail(&s->recipient, mail.p, mail.n, c->to, &g->key, &e,
		&p, &g->fail) == 0)
		g->sealed = seal_record(g->notice, c->tlp, &e, &p, &mail);
	else
		g->fail.code = EX_SOFTWARE;
	text_release(&mail);
	return g->fail.code;
}

/* Sign, then look at what came out as a stranger would. */
static int
seal_open_mail(struct seal *s, const json_t *notice, const struct compose *c,
    json_t **sealed, struct fail *f)
{
	struct text entity = TEXT_INIT, mail = TEXT_INIT;
	const struct packet none = { .keys = 0 };
	struct once_kept alone = { .armor = TEXT_INIT };
	const struct once_kept *by = &alone;
	struct keyring *k = seal_keyring(s);
	struct envelope e;
	int code = compose_entity(c, &entity, f);

	if (code == 0)
		code = c->all ? once_sign(&s->once, k, s->home, s->signer,
				    &entity, &by, f) :
				keyring_sign(k, s->home, s->signer, &entity,
				    &alone.armor, alone.micalg, f);
	if (code == 0)
		code =
		    compose_open(c, &entity, &by->armor, by->micalg, &mail, f);
	if (code == 0 && envelope_open(&e, mail.p, mail.n, f) != 0)
		code = f->code = EX_SOFTWARE;
	if (code == 0)
		*sealed = seal_record(notice, c->tlp, &e, &none, &mail);
	text_release(&entity);
	text_release(&alone.armor);
	text_release(&mail);
	return code;
}

static int
seal_one(struct seal *s, struct sealing *g)
{
	const json_t *notice = g->notice;
	struct fail *f = &g->fail;
	const struct key *key;

	if (g->compose.open)
		return recipient_reader(&s->recipient, notice, f) != 0 ?
		    f->code :
		    seal_open_mail(s, notice, &g->compose, &g->sealed, f);
	if (recipient_row(&s->recipient, notice, f) != 0 ||
	    recipient_key(&s->recipient, record_str(notice, "fpr"), &key, f) !=
		0)
		return f->code;
	g->key = *key;
	seal_warn(s, record_str(notice, "vendor"), key);
	return seal_start(s, g);
}

void
seal_begin(struct seal *s, const json_t *notice, struct sealing *g)
{
	*g = (struct sealing){ .notice =
				   json_incref((json_t *)(uintptr_t)notice) };
	if (recipient_id(notice, &g->fail) == 0 &&
	    seal_compose(s, notice, &g->compose, &g->thread, &g->fail) == 0)
		seal_one(s, g);
}

int
seal_end(struct seal *s, struct sealing *g, json_t **sealed, struct fail *f)
{
	if (g->keyring != NULL &&
	    keyring_end(g->keyring, &g->armor, &g->fail) == 0)
		seal_mail(s, g);
	if (g->fail.code != 0)
		*f = g->fail;
	*sealed = g->sealed;
	json_decref(g->notice);
	text_wipe(&g->entity);
	text_release(&g->thread);
	text_release(&g->armor);
	return g->fail.code;
}

void
seal_release(struct seal *s)
{
	recipient_release(&s->recipient);
	keyring_release(&s->other);
	folder_release(&s->folder);
	once_release(&s->once);
	text_release(&s->said);
}
