/*
 * Mails with a fault or two: probe-mutate SEED COUNT MAIL... writes COUNT
 * records of type mail, each one of the MAILs in turn with one to three octets
 * changed, inserted or taken away, at random. `base` names the mail, `mutation`
 * says what was done. The same SEED gives the same records.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "hash.h"
#include "record.h"

enum {
	BASES = 40,
	FAULTS = 3, /* in one mail, at most */
};

/* Octets that mean something to somebody on the way. */
static const char likely[] =
    "\n\r\n \t\n-=:;,<>()\"\\/+?_.%&#@'\f\v\x1b\x7f\xff\xc3"
    "AZaz09";

static uint64_t state;

/* splitmix64 */
static size_t
below(size_t n)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (size_t)((z ^ (z >> 31)) % n);
}

static char
octet(char old)
{
	switch (below(4)) {
	case 0:
		return (char)(old ^ (1 << below(8)));
	case 1:
		return (char)below(256);
	default:
		return likely[below(sizeof likely - 1)];
	}
}

static void
fault(const struct text *in, struct text *out, struct text *said)
{
	size_t at = below(in->n);
	char c = octet(in->p[at]);

	text_clear(out);
	text_add(out, in->p, at);
	switch (below(3)) {
	case 0:
		text_add(out, &c, 1);
		text_add(out, in->p + at + 1, in->n - at - 1);
		text_addf(said, " =%02x@%zu", (unsigned char)c, at);
		break;
	case 1:
		text_add(out, &c, 1);
		text_add(out, in->p + at, in->n - at);
		text_addf(said, " +%02x@%zu", (unsigned char)c, at);
		break;
	default:
		text_add(out, in->p + at + 1, in->n - at - 1);
		text_addf(said, " -@%zu", at);
	}
}

static void
write_one(const char *name, const struct text *base)
{
	struct text now = TEXT_INIT, next = TEXT_INIT, t = TEXT_INIT, swap;
	size_t faults = 1 + below(FAULTS);
	char sha[HASH_LEN], id[64];
	json_t *r;

	text_add(&now, base->p, base->n);
	while (faults-- > 0) {
		fault(&now, &next, &t);
		swap = now;
		now = next;
		next = swap;
	}
	hash_sha256(now.p, now.n, sha);
	snprintf(id, sizeof id, "mail/%.32s", sha);
	r = record_new("mail", id);
	record_set(r, "base", name);
	record_set(r, "mutation", t.p + 1);
	record_set_bytes(r, "raw_b64", now.p, now.n);
	text_clear(&t);
	record_line(r, &t);
	fwrite(t.p, 1, t.n, stdout);
	json_decref(r);
	text_release(&now);
	text_release(&next);
	text_release(&t);
}

int
main(int argc, char **argv)
{
	struct text base[BASES] = { TEXT_INIT };
	struct fail f = FAIL_INIT;
	int i, n = argc - 3;
	long count;

	if (n < 1 || n > BASES || !text_count(argv[2], 1000000, &count))
		return EX_USAGE;
	state = strtoull(argv[1], NULL, 10);
	for (i = 0; i < n; i++)
		if (file_read(argv[3 + i], FILE_MAX, &base[i], &f) != 0)
			return f.code;
	for (i = 0; i < count; i++)
		write_one(argv[3 + i % n], &base[i % n]);
	while (n-- > 0)
		text_release(&base[n]);
	return fflush(stdout) == 0 ? 0 : EX_IOERR;
}
