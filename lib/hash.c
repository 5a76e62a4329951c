#include "hash.h"

#include <gcrypt.h>
#include <string.h>

void
hash_sha256(const void *p, size_t n, char out[HASH_LEN])
{
	static const char digit[] = "0123456789abcdef";
	static int ready;
	unsigned char md[32];
	size_t i;

	if (!ready) {
		gcry_check_version(NULL);
		gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
		gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
		ready = 1;
	}
	gcry_md_hash_buffer(GCRY_MD_SHA256, md, p, n);
	for (i = 0; i < sizeof md; i++) {
		out[2 * i] = digit[md[i] >> 4];
		out[2 * i + 1] = digit[md[i] & 15];
	}
	out[HASH_LEN - 1] = '\0';
}
