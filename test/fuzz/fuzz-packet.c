/* armor, walk, packet: binary or in armor, it says the same. */

#include "fuzz.h"

#include "armor.h"
#include "packet.h"
#include "walk.h"

static void
check_walk(const char *p, size_t n)
{
	struct walk w;
	struct unit u;
	struct fail f = FAIL_INIT;
	const unsigned char *from = (const unsigned char *)p, *at = from;
	size_t count = 0;

	must(walk_open(&w, p, n, "MESSAGE", &f) == 0);
	while (walk_next(&w, &u)) {
		must(u.body >= at && u.body <= from + n);
		must(u.n <= (size_t)(from + n - u.body));
		must(w.p >= u.body + u.n && w.p <= from + n);
		must(++count <= WALK_PACKETS);
		at = w.p;
	}
	walk_release(&w);
}

/* As armor of KIND, in lines of 64. */
static void
wrap(const char *p, size_t n, const char *kind, struct text *out)
{
	struct text b64 = TEXT_INIT;
	size_t i;

	text_b64(&b64, p, n);
	text_addf(out, "-----BEGIN PGP %s-----\n\n", kind);
	for (i = 0; i < b64.n; i += 64) {
		text_add(out, b64.p + i, b64.n - i < 64 ? b64.n - i : 64);
		text_add(out, "\n", 1);
	}
	text_addf(out, "-----END PGP %s-----\n", kind);
	text_release(&b64);
}

/* What is inside is its packets bare, which have nothing more inside. */
static void
check_inside(const char *p, size_t n)
{
	struct text bare = TEXT_INIT, same = TEXT_INIT;
	struct packet_signature s, t;
	struct fail f = FAIL_INIT;

	if (packet_inside(p, n, &s, &bare, &f) == 0) {
		must(bare.n > 0 && bare.n <= PACKET_OUT + n);
		must(packet_inside(bare.p, bare.n, &t, &same, &f) == 0);
		must(same.n == bare.n && memcmp(same.p, bare.p, same.n) == 0);
		must(s.count == t.count && s.count <= WALK_PACKETS);
	} else {
		must(f.code == EX_DATAERR && bare.n == 0);
	}
	text_release(&bare);
	text_release(&same);
}

static void
check_binary(const char *p, size_t n)
{
	struct packet a, b;
	struct packet_signature s, t;
	struct fail f = FAIL_INIT;
	struct text armor = TEXT_INIT;

	check_walk(p, n);
	if (packet_message(p, n, &a, &f) == 0) {
		must(a.keys + a.passwords > 0 && a.keys <= PACKET_KEYS);
		wrap(p, n, "MESSAGE", &armor);
		must(packet_message(armor.p, armor.n, &b, &f) == 0);
		must(memcmp(&a, &b, sizeof a) == 0);
		must(packet_signature(p, n, &s, &f) != 0);
	} else if (packet_signature(p, n, &s, &f) == 0) {
		must(s.count > 0 && s.count <= WALK_PACKETS);
		wrap(p, n, "SIGNATURE", &armor);
		must(packet_signature(armor.p, armor.n, &t, &f) == 0);
		must(s.count == t.count && s.version == t.version &&
		    s.algorithm == t.algorithm && s.hash == t.hash);
	}
	text_release(&armor);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const kinds[] = { "MESSAGE", "SIGNATURE" };
	char *p = fuzz_copy(data, n);
	struct text out = TEXT_INIT;
	struct packet a;
	struct packet_signature s;
	struct fail f = FAIL_INIT;
	size_t i;

	if (n > 0 && (p[0] & 0x80) != 0)
		check_binary(p, n);
	packet_message(p, n, &a, &f);
	packet_signature(p, n, &s, &f);
	check_inside(p, n);
	for (i = 0; i < 2; i++) {
		text_clear(&out);
		if (armor_decode(p, n, kinds[i], &out, &f) != 0)
			continue;
		must(out.n > 0 && out.n < n);
		if ((out.p[0] & 0x80) != 0)
			check_binary(out.p, out.n);
	}
	text_release(&out);
	free(p);
	return 0;
}
