#include "gpgkey.h"

#include <gpgme.h>
#include <string.h>

void
gpgkey_copy(char *to, size_t size, const char *from)
{
	size_t n = from == NULL ? 0 : strnlen(from, size - 1);

	if (n > 0)
		memcpy(to, from, n);
	to[n] = '\0';
}

static bool
alive(const struct _gpgme_subkey *s)
{
	return !s->revoked && !s->expired && !s->disabled && !s->invalid;
}

void
gpgkey_read(struct key *out, gpgme_key_t key)
{
	gpgme_subkey_t s;

	if (out->primaries++ > 0 || key->subkeys == NULL)
		return;
	gpgkey_copy(out->fpr, sizeof(out->fpr), key->fpr);
	gpgkey_copy(out->algorithm, sizeof(out->algorithm),
	    gpgme_pubkey_algo_name(key->subkeys->pubkey_algo));
	out->bits = key->subkeys->length;
	out->created = key->subkeys->timestamp;
	out->expires = key->subkeys->expires;
	out->revoked = key->revoked;
	out->expired = key->expired;
	out->disabled = key->disabled || key->invalid;
	out->secret = key->secret;
	for (s = key->subkeys; s != NULL; s = s->next) {
		if (s != key->subkeys && !alive(s))
			continue;
		out->can_sign |= s->can_sign;
		if (!key_strong(
			gpgme_pubkey_algo_name(s->pubkey_algo), s->length))
			out->weak = true;
		if (!s->can_encrypt || !alive(s))
			continue;
		out->can_encrypt = true;
		if (out->encryptions < KEY_SUBKEYS)
			gpgkey_copy(out->encryption[out->encryptions++], KEY_ID,
			    s->keyid);
	}
}
