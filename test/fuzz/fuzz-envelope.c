/* envelope: a sealed mail that may leave is one that others read so, too. */

#include "fuzz.h"

#include "armor.h"
#include "envelope.h"
#include "message.h"

/* Is there a line that begins with NAME and a colon, in the header? */
static bool
has_field(const char *p, size_t n, const char *name)
{
	const char *q, *body = memmem(p, n, "\r\n\r\n", 4);
	size_t k = strlen(name);

	for (q = p; q < body; q++)
		if ((q == p || q[-1] == '\n') && strncasecmp(q, name, k) == 0 &&
		    q[k] == ':')
			return true;
	return false;
}

static void
check_envelope(const struct envelope *e, const char *p, size_t n)
{
	struct message m = MESSAGE_INIT;
	struct text from = TEXT_INIT, octets = TEXT_INIT;
	struct fail f = FAIL_INIT;

	must(envelope_address(e->from) && envelope_address(e->to));
	must(strlen(e->message_id) > 34 && e->message_id[0] == '<');
	must(e->armor > p && e->armor + e->armor_n < p + n);
	must(!has_field(p, n, "Cc") && !has_field(p, n, "Bcc"));
	must(!has_field(p, n, "Resent-To") && !has_field(p, n, "Sender"));
	if (armor_decode(e->armor, e->armor_n, "MESSAGE", &octets, &f) == 0) {
		must(message_parse(&m, p, n, &f) == 0);
		must(m.shape == MESSAGE_ENCRYPTED);
		must(m.pgp.n == e->armor_n);
		must(memcmp(m.pgp.p, e->armor, e->armor_n) == 0);
		must(message_from(&m, &from, &f) == 0);
		must(strcmp(from.p, e->from) == 0);
		must(message_field(&m, "To", NULL, NULL) == 1);
	}
	message_release(&m);
	text_release(&from);
	text_release(&octets);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);
	struct envelope e;
	struct fail f = FAIL_INIT;

	if (envelope_read(&e, p, n, &f) == 0)
		check_envelope(&e, p, n);
	else
		must(f.code == EX_NOPERM);
	free(p);
	return 0;
}
