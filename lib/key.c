#include "key.h"

#include <string.h>

enum {
	RSA_BITS = 2048,
};

bool
key_strong(const char *algorithm, unsigned bits)
{
	if (strcmp(algorithm, "RSA") == 0)
		return bits >= RSA_BITS;
	return strcmp(algorithm, "EdDSA") == 0 ||
	    strcmp(algorithm, "ECDSA") == 0 || strcmp(algorithm, "ECDH") == 0;
}

const char *
key_reason(const struct key *key, when_t now)
{
	if (key->primaries == 0)
		return "no-key";
	if (key->revoked)
		return "revoked";
	if (key->disabled)
		return "disabled";
	if (key->expired || (key->expires != 0 && key->expires <= now))
		return "expired";
	if (key->weak)
		return "weak";
	if (!key->can_encrypt || key->encryptions == 0)
		return "cannot-encrypt";
	return NULL;
}

bool
key_is_fpr(const char *s)
{
	return strspn(s, "0123456789ABCDEF") == KEY_FPR - 1 &&
	    s[KEY_FPR - 1] == '\0';
}
