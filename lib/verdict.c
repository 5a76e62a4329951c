#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef bool rule(const struct evidence *e, struct verdict *v);

bool
verdict_set(struct verdict *v, const char *word, const char *fmt, ...)
{
	va_list ap;

	v->word = word;
	va_start(ap, fmt);
	vsnprintf(v->why, sizeof(v->why), fmt, ap);
	va_end(ap);
	return verdict_passed(v);
}

bool
verdict_passed(const struct verdict *v)
{
	return strcmp(v->word, "signed") == 0;
}

/* "TOKEN: ..." begins with this token. */
static bool
begins(const char *why, const char *token)
{
	size_t n = strlen(token);

	return strncmp(why, token, n) == 0 && why[n] == ':';
}

/* The part of a reason behind its token. */
static const char *
after(const char *why)
{
	const char *colon = strstr(why, ": ");

	return colon == NULL ? why : colon + 2;
}

void
verdict_refused(struct verdict *v, const struct fail *f)
{
	static const char *const words[] = { "toolarge", "malformed",
		"ambiguous-from", "bad-from" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (begins(f->why, words[i])) {
			verdict_set(v, words[i], "%s", after(f->why));
			return;
		}
	verdict_set(v, "malformed", "%s", f->why);
}

bool
verdict_authentic(const struct signature *s)
{
	return s->count == 1 && s->primary[0] != '\0' &&
	    (s->state == SIGNATURE_GOOD || s->state == SIGNATURE_EXPIRED_KEY ||
		s->state == SIGNATURE_EXPIRED ||
		s->state == SIGNATURE_REVOKED_KEY);
}

static bool
is_single(const struct evidence *e, struct verdict *v)
{
	if (e->signature->count == 1)
		return true;
	if (e->signature->count == 0)
		return verdict_set(v, "malformed", "it holds no signature");
	return verdict_set(v, "ambiguous", "it holds more than one signature");
}

static bool
has_modern_form(const struct evidence *e, struct verdict *v)
{
	if (e->version == 4)
		return true;
	if (e->version == 2 || e->version == 3)
		return verdict_set(v, "weak", "its format is of 1996 (v3)");
	return verdict_set(
	    v, "unsupported", "its format is not that of version 4");
}

static bool
has_strong_hash(const struct evidence *e, struct verdict *v)
{
	static const char *const strong[] = { "SHA256", "SHA384", "SHA512" };
	const char *hash = e->signature->hash;
	size_t i;

	for (i = 0; i < sizeof(strong) / sizeof(strong[0]); i++)
		if (strcmp(hash, strong[i]) == 0)
			return true;
	if (hash[0] != '\0')
		return verdict_set(v, "weak", "its hash %s is too weak", hash);
	/* Of a bad signature gpg does not tell the hash. */
	if (e->signature->state != SIGNATURE_GOOD &&
	    e->signature->state != SIGNATURE_EXPIRED_KEY)
		return true;
	return verdict_set(v, "weak", "its hash is not known");
}

/* Expired now, but not when the mail came: an archived mail (--at). */
static bool
was_valid(const struct evidence *e)
{
	const struct signature *s = e->signature;

	return s->key_expires > e->at && s->key_expires > s->created;
}

static bool
is_good(const struct evidence *e, struct verdict *v)
{
	switch (e->signature->state) {
	case SIGNATURE_GOOD:
		return true;
	case SIGNATURE_BAD:
		return verdict_set(v, "bad", "the text is not what was signed");
	case SIGNATURE_UNKNOWN_KEY:
		return verdict_set(v, "unknown-key",
		    "it is not signed by the key pinned for the sender");
	case SIGNATURE_EXPIRED_KEY:
		if (was_valid(e))
			return true;
		return verdict_set(v, "expired", "the key has expired");
	case SIGNATURE_EXPIRED:
		return verdict_set(v, "expired", "the signature has expired");
	case SIGNATURE_REVOKED_KEY:
		return verdict_set(v, "revoked", "the key is revoked");
	default:
		return verdict_set(
		    v, "unsupported", "gpg cannot judge this signature");
	}
}

static bool
has_strong_key(const struct evidence *e, struct verdict *v)
{
	const struct signature *s = e->signature;

	if (!key_strong(s->algorithm, s->bits))
		return verdict_set(v, "weak", "the key %s-%u is too weak",
		    s->algorithm, s->bits);
	if (s->wrong_usage)
		return verdict_set(v, "bad", "the key is not for signing");
	return true;
}

static bool
is_pinned(const struct evidence *e, struct verdict *v)
{
	if (e->pinned != NULL && strcmp(e->signature->primary, e->pinned) == 0)
		return true;
	return verdict_set(
	    v, "mismatch", "the key is not the one pinned for the sender");
}

static bool
is_timely(const struct evidence *e, struct verdict *v)
{
	when_t made = e->signature->created;

	if (made > e->at + VERDICT_AHEAD)
		return verdict_set(
		    v, "future", "it is signed later than the mail came");
	if (made < e->at - VERDICT_AGE)
		return verdict_set(v, "replay",
		    "it was signed more than 14 days before the mail came");
	return true;
}

bool
verdict_judge(struct verdict *v, const struct evidence *e)
{
	static rule *const rules[] = { is_single, has_modern_form,
		has_strong_hash, is_good, is_pinned, has_strong_key,
		is_timely };
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (!rules[i](e, v))
			return false;
	return verdict_set(
	    v, "signed", "signed by the key pinned for the sender");
}
