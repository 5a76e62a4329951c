/* pubkey: a file of the key store. */

#include "fuzz.h"

#include "pubkey.h"

static void
check_key(const struct pubkey *k)
{
	const struct pubkey_part *part;
	struct key facts;
	size_t i, e;

	must(k->parts >= 1 && k->parts <= PUBKEY_PARTS);
	for (i = 0; i < k->parts; i++) {
		part = &k->part[i];
		must(key_is_fpr(part->fpr));
		must(pubkey_part(k, part->fpr) != NULL);
		must(memchr(part->algorithm, '\0', 16) != NULL);
		must(part->expires >= 0 && pubkey_end(k, part) >= 0);
	}
	pubkey_facts(k, 1700000000, &facts);
	must(strcmp(facts.fpr, k->part[0].fpr) == 0);
	must(facts.encryptions <= KEY_SUBKEYS);
	for (e = 0; e < facts.encryptions; e++)
		must(strlen(facts.encryption[e]) == KEY_ID - 1);
	key_reason(&facts, 1700000000);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);
	struct pubkey k;
	struct fail f = FAIL_INIT;

	if (pubkey_read(&k, p, n, &f) == 0)
		check_key(&k);
	else
		must(f.code == EX_DATAERR);
	free(p);
	return 0;
}
