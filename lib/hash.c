#include "hash.h"

#include <gcrypt.h>
#include <string.h>

#include "process.h"

/* libgcrypt aborts when memory is out. */
static void
hash_fatal(void *none, int code, const char *why)
{
	(void)none;
	(void)code;
	(void)why;
	process_nomem();
}

/*
 * And when it cannot read whether the system wants FIPS mode: 1.10.1 does even
 * with GCRYCTL_NO_FIPS_MODE. It says so first, and errno is still that of the
 * file.
 */
static void
hash_says(void *none, int level, const char *what, va_list args)
{
	(void)none;
	(void)level;
	(void)args;
	if (strncmp(what, "FATAL: ", 7) == 0)
		process_missing("libgcrypt");
}

static void
hash_ready(void)
{
	static int ready;

	if (ready)
		return;
	gcry_set_fatalerror_handler(hash_fatal, NULL);
	gcry_set_log_handler(hash_says, NULL);
	gcry_control(GCRYCTL_NO_FIPS_MODE);
	gcry_check_version(NULL);
	gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	ready = 1;
}

static void
hash_digits(const unsigned char *md, size_t n, char *out)
{
	static const char digit[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		out[2 * i] = digit[md[i] >> 4];
		out[2 * i + 1] = digit[md[i] & 15];
	}
	out[2 * n] = '\0';
}

void
hash_sha256(const void *p, size_t n, char out[HASH_LEN])
{
	unsigned char md[32];

	hash_ready();
	gcry_md_hash_buffer(GCRY_MD_SHA256, md, p, n);
	hash_digits(md, sizeof md, out);
}

void
hash_sha512(const void *p, size_t n, char out[HASH_LONG])
{
	unsigned char md[64];

	hash_ready();
	gcry_md_hash_buffer(GCRY_MD_SHA512, md, p, n);
	hash_digits(md, sizeof md, out);
}

bool
hash_is(const char *s)
{
	return strspn(s, "0123456789abcdef") == HASH_LEN - 1 &&
	    s[HASH_LEN - 1] == '\0';
}

void
hash_sha1(const void *p, size_t n, unsigned char out[20])
{
	hash_ready();
	gcry_md_hash_buffer(GCRY_MD_SHA1, out, p, n);
}

void
hash_open(struct hash *h)
{
	gcry_md_hd_t md;

	hash_ready();
	if (gcry_md_open(&md, GCRY_MD_SHA256, 0) != 0)
		process_nomem();
	h->state = md;
}

void
hash_add(struct hash *h, const void *p, size_t n)
{
	gcry_md_write(h->state, p, n);
}

void
hash_close(struct hash *h, char out[HASH_LEN])
{
	hash_digits(gcry_md_read(h->state, GCRY_MD_SHA256), 32, out);
	gcry_md_close(h->state);
	h->state = NULL;
}
