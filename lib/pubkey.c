#include "pubkey.h"

#include <string.h>

#include "hash.h"
#include "walk.h"

enum signature_type {
	CERT_FIRST = 0x10, /* on a user id */
	CERT_LAST = 0x13,
	BIND_SUBKEY = 0x18,
	ON_KEY = 0x1f,
	REVOKE_KEY = 0x20,
	REVOKE_SUBKEY = 0x28,
};

enum subpacket {
	SUB_CREATED = 2,
	SUB_KEY_EXPIRES = 9,
	SUB_FLAGS = 27,
};

enum flag {
	FLAG_SIGN = 0x02,
	FLAG_ENCRYPT = 0x0c,
};

struct algorithm {
	const char *name;
	unsigned number;
	bool mpi;	      /* its first number has the length of the key */
	bool signs, encrypts; /* when no flags say */
};

static const struct algorithm algorithms[] = {
	{ "RSA", 1, true, true, true },
	{ "RSA", 2, true, false, true },
	{ "RSA", 3, true, true, false },
	{ "ELG-E", 16, true, false, true },
	{ "DSA", 17, true, true, false },
	{ "ECDH", 18, false, false, true },
	{ "ECDSA", 19, false, true, false },
	{ "EdDSA", 22, false, true, false },
};

static const struct curve {
	const char *oid; /* with its length in front */
	size_t n;
	unsigned bits;
} curves[] = {
	{ "\x09\x2b\x06\x01\x04\x01\xda\x47\x0f\x01", 10, 255 },
	{ "\x0a\x2b\x06\x01\x04\x01\x97\x55\x01\x05\x01", 11, 255 },
	{ "\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 9, 256 },
	{ "\x05\x2b\x81\x04\x00\x22", 6, 384 },
	{ "\x05\x2b\x81\x04\x00\x23", 6, 521 },
	{ "\x05\x2b\x81\x04\x00\x0a", 6, 256 },
	{ "\x09\x2b\x24\x03\x03\x02\x08\x01\x01\x07", 10, 256 },
	{ "\x09\x2b\x24\x03\x03\x02\x08\x01\x01\x0b", 10, 384 },
	{ "\x09\x2b\x24\x03\x03\x02\x08\x01\x01\x0d", 10, 512 },
};

static unsigned
number(const unsigned char *p, size_t octets)
{
	unsigned n = 0;

	while (octets-- > 0)
		n = n << 8 | *p++;
	return n;
}

static unsigned
key_bits(const struct algorithm *a, const unsigned char *p, size_t n)
{
	size_t i;

	if (a->mpi)
		return n < 2 ? 0 : number(p, 2);
	for (i = 0; i < sizeof(curves) / sizeof(curves[0]); i++)
		if (n >= curves[i].n &&
		    memcmp(p, curves[i].oid, curves[i].n) == 0)
			return curves[i].bits;
	return 0;
}

/* SHA-1 over 0x99, the length, the body (12.2). */
static void
fingerprint(const struct unit *u, char fpr[KEY_FPR])
{
	const unsigned char head[] = { 0x99, (unsigned char)(u->n >> 8),
		(unsigned char)u->n };
	unsigned char sha[20];
	struct text t = TEXT_INIT;

	text_add(&t, head, sizeof(head));
	text_add(&t, u->body, u->n);
	hash_sha1(t.p, t.n, sha);
	text_clear(&t);
	text_hex(&t, sha, sizeof(sha));
	memcpy(fpr, t.p, KEY_FPR);
	text_release(&t);
}

/* A key packet of version 4 (5.5.2). */
static bool
add_part(struct pubkey *k, const struct unit *u)
{
	struct pubkey_part *part;
	const struct algorithm *a = NULL;
	size_t i;

	if (u->n < 6 || u->n > 0xffff || u->body[0] != 4 ||
	    k->parts == PUBKEY_PARTS)
		return false;
	part = &k->part[k->parts++];
	part->created = number(u->body + 1, 4);
	fingerprint(u, part->fpr);
	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (algorithms[i].number == u->body[5])
			a = &algorithms[i];
	if (a == NULL)
		return true; /* never strong, never used */
	memcpy(part->algorithm, a->name, strlen(a->name) + 1);
	part->bits = key_bits(a, u->body + 6, u->n - 6);
	part->can_sign = a->signs;
	part->can_encrypt = a->encrypts;
	return true;
}

/* The next subpacket of p[0..n) (5.2.3.1); its length without the type. */
static bool
next_subpacket(const unsigned char **p, size_t *n, unsigned *type,
    const unsigned char **body, size_t *len)
{
	size_t head = 1, l;

	if (*n == 0)
		return false;
	l = (*p)[0];
	if (l >= 192 && l < 255 && *n >= 2) {
		l = ((l - 192) << 8) + (*p)[1] + 192;
		head = 2;
	} else if (l == 255 && *n >= 5) {
		l = number(*p + 1, 4);
		head = 5;
	}
	if (l == 0 || *n < head || *n - head < l)
		return false;
	*type = (*p)[head] & 0x7f;
	*body = *p + head + 1;
	*len = l - 1;
	*p += head + l;
	*n -= head + l;
	return true;
}

/* What a self-signature says of its part; the latest one counts. */
static void
tell(struct pubkey_part *part, const unsigned char *p, size_t n)
{
	const unsigned char *body;
	when_t made = 0, expires = 0;
	unsigned type, flags = 0;
	bool flagged = false;
	size_t len;

	while (next_subpacket(&p, &n, &type, &body, &len))
		if (type == SUB_CREATED && len == 4)
			made = number(body, 4);
		else if (type == SUB_KEY_EXPIRES && len == 4)
			expires = number(body, 4);
		else if (type == SUB_FLAGS && len >= 1) {
			flagged = true;
			flags = body[0];
		}
	if (made < part->told)
		return;
	part->told = made;
	part->expires = expires == 0 ? 0 : part->created + expires;
	if (flagged) {
		part->can_sign = (flags & FLAG_SIGN) != 0;
		part->can_encrypt = (flags & FLAG_ENCRYPT) != 0;
	}
}

/* A signature of version 4 behind the part it is about (5.2.3). */
static bool
add_signature(struct pubkey *k, const struct unit *u)
{
	struct pubkey_part *last = &k->part[k->parts - 1];
	size_t n;

	if (u->n < 6 || u->body[0] != 4)
		return true;
	n = number(u->body + 4, 2);
	if (u->n - 6 < n)
		return false;
	switch (u->body[1]) {
	case REVOKE_KEY:
		k->part[0].revoked = true;
		return true;
	case REVOKE_SUBKEY:
		last->revoked = true;
		return true;
	case CERT_FIRST:
	case CERT_FIRST + 1:
	case CERT_FIRST + 2:
	case CERT_LAST:
	case ON_KEY:
	case BIND_SUBKEY:
		tell(last, u->body + 6, n);
		return true;
	default:
		return true;
	}
}

static bool
take_unit(struct pubkey *k, const struct unit *u)
{
	switch (u->tag) {
	case TAG_PUBLIC_KEY:
		return k->parts == 0 && add_part(k, u);
	case TAG_PUBLIC_SUBKEY:
		return k->parts > 0 && add_part(k, u);
	case TAG_SIGNATURE:
		return k->parts > 0 && add_signature(k, u);
	case TAG_SECRET_KEY:
	case TAG_SECRET_SUBKEY:
		return false;
	default:
		return k->parts > 0;
	}
}

int
pubkey_read(struct pubkey *out, const char *p, size_t n, struct fail *f)
{
	struct walk w;
	struct unit u = { 0 };
	bool good = true;

	*out = (struct pubkey){ 0 };
	if (walk_open(&w, p, n, "PUBLIC KEY BLOCK", f) == 0) {
		while (good && walk_next(&w, &u))
			good = take_unit(out, &u);
		good = good && walk_ended(&w) && out->parts > 0;
	} else
		good = false;
	walk_release(&w);
	if (!good)
		return fail(f, EX_DATAERR, "not one public key");
	return 0;
}

const struct pubkey_part *
pubkey_part(const struct pubkey *k, const char *fpr)
{
	size_t i;

	for (i = 0; i < k->parts; i++)
		if (strcmp(k->part[i].fpr, fpr) == 0)
			return &k->part[i];
	return NULL;
}

when_t
pubkey_end(const struct pubkey *k, const struct pubkey_part *part)
{
	when_t own = part->expires, all = k->part[0].expires;

	return own == 0 || (all != 0 && all < own) ? all : own;
}

static void
add_fact(const struct pubkey_part *part, when_t end, struct key *out)
{
	out->can_sign |= part->can_sign;
	if (!key_strong(part->algorithm, part->bits))
		out->weak = true;
	if (!part->can_encrypt)
		return;
	if (!out->can_encrypt || end == 0 ||
	    (out->ends != 0 && end > out->ends))
		out->ends = end;
	out->can_encrypt = true;
	if (out->encryptions < KEY_SUBKEYS)
		memcpy(out->encryption[out->encryptions++], part->fpr + 24,
		    KEY_ID);
}

void
pubkey_facts(const struct pubkey *k, when_t now, struct key *out)
{
	const struct pubkey_part *part;
	when_t end;

	*out = (struct key){ 0 };
	out->primaries = 1;
	memcpy(out->fpr, k->part[0].fpr, KEY_FPR);
	memcpy(out->algorithm, k->part[0].algorithm, sizeof(out->algorithm));
	out->bits = k->part[0].bits;
	out->created = k->part[0].created;
	out->expires = k->part[0].expires;
	out->revoked = k->part[0].revoked;
	out->expired = out->expires != 0 && out->expires <= now;
	for (part = k->part; part < k->part + k->parts; part++) {
		end = pubkey_end(k, part);
		if (part == k->part ||
		    (!part->revoked && (end == 0 || end > now)))
			add_fact(part, end, out);
	}
}
