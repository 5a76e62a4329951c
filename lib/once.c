#include "once.h"

#include <string.h>

int
once_sign(struct once *o, struct keyring *k, const char *home,
    const char *signer, const struct text *text, const struct once_kept **out,
    struct fail *f)
{
	struct once_kept *kept;
	char sha256[HASH_LEN];
	size_t i;

	hash_sha256(text->p, text->n, sha256);
	for (i = 0; i < ONCE_KEPT; i++) {
		*out = &o->kept[i];
		if (strcmp(o->kept[i].sha256, sha256) == 0)
			return 0;
	}
	*out = kept = &o->kept[o->oldest];
	kept->sha256[0] = '\0';
	if (keyring_sign(
		k, home, signer, text, &kept->armor, kept->micalg, f) != 0)
		return f->code;
	memcpy(kept->sha256, sha256, sizeof sha256);
	o->oldest = (o->oldest + 1) % ONCE_KEPT;
	return 0;
}

void
once_release(struct once *o)
{
	size_t i;

	for (i = 0; i < ONCE_KEPT; i++)
		text_release(&o->kept[i].armor);
}
