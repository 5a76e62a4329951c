#include <gmime/gmime.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mailbox.h"
#include "second.h"
#include "transfer.h"
#include "when.h"

#define ONE_OF(list) (list)[any(sizeof(list) / sizeof *(list))]

static uint64_t seed = 88172645463325252u;

static unsigned
any(size_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 20) % below);
}

static int
differs(const char *what, const char *in)
{
	printf("%s: '%s'\n", what, in);
	return 1;
}

/* Octets that mean something to the encoding, in any order. */
static int
body(bool b64)
{
	static const char b[] = "ABCDxyz0129+/==\n\r -_~\x80\xff";
	static const char q[] = "=====0123ABCDEFabcdefGgz\n\n\r\r \t\x80";
	struct text ours = TEXT_INIT, theirs = TEXT_INIT;
	char in[80] = "";
	size_t n = any(sizeof in - 1), i;
	GMimeEncoding e;
	int bad = 0;

	for (i = 0; i < n; i++)
		in[i] = b64 ? b[any(sizeof b - 1)] : q[any(sizeof q - 1)];
	text_add(&ours, "", 0);
	(b64 ? transfer_unbase64 : transfer_unquoted)(&ours, in, n);
	g_mime_encoding_init_decode(&e,
	    b64 ? GMIME_CONTENT_ENCODING_BASE64 :
		  GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	text_room(&theirs, g_mime_encoding_outlen(&e, n));
	theirs.n = g_mime_encoding_flush(&e, in, n, theirs.p);
	if (ours.n != theirs.n || memcmp(ours.p, theirs.p, ours.n) != 0)
		bad = differs(b64 ? "base64" : "quoted-printable", in);
	text_release(&ours);
	text_release(&theirs);
	return bad;
}

static int
date(size_t *taken)
{
	static const char *const day[] = { "", "Thu, ", "Mon, ", "thu, ",
		"Thursday, ", "Thu ", " " };
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "feb", "2" };
	static const char *const zone[] = { "+0900", "-0500", "+0000", "-0000",
		"GMT", "JST", "+1400", "+2400", "-0930", "+0960", "", "+900",
		"+09:00" };
	static const char *const end[] = { "", "", " (JST)", " (a", "(x)", " x",
		" (JST) (b)", " (-0500)", " ()" };
	when_t ours, theirs;
	char in[100], second[8] = "";

	if (any(3) > 0)
		snprintf(second, sizeof second, ":%02u", any(62));
	snprintf(in, sizeof in, "%s%0*u %s %u %02u:%02u%s %s%s", ONE_OF(day),
	    1 + (int)any(2), any(33), ONE_OF(month),
	    any(4) > 0 ? 1960 + any(150) : any(10000), any(25), any(61), second,
	    ONE_OF(zone), ONE_OF(end));
	if (!when_mail(in, &ours))
		return 0;
	++*taken;
	return !second_date(in, &theirs) || ours != theirs ?
	    differs("date", in) :
	    0;
}

static int
from(size_t *taken)
{
	static const char *const word[] = { "a", "Bob", " ", "  ", ".", "=",
		"=?UTF-8?B?QQ==?=", "=?UTF-8?Q?a=40b?=",
		"=?UTF-8?Q?=3Cx@y=3E?=", "=?ISO-2022-JP?B?GyRCJDUbKEI=?=", "<",
		">", "@", "?", "'", "`", "-", "/", "*", "%40", "<>", "~", "#",
		"!", "{}", "=?x?=", "&", "\t", "\"", "a@b.example",
		"<a@b.example>", "x.y@c.example", "<-a@b>", "<a.b-c+d@e-f.g>",
		"(", ")", "\\", ",", ":" };
	struct text address = TEXT_INIT, in = TEXT_INIT, line = TEXT_INIT;
	unsigned n = 1 + any(6);
	int bad = 0;

	while (n-- > 0)
		text_puts(&line, ONE_OF(word));
	if (any(2) > 0)
		text_puts(&line, " <a@b.example>");
	text_add(&in, "", 0);
	mime_unfold(&in, line.p, line.n);
	if (in.n > 0 && mailbox_plain(in.p, in.n) &&
	    mailbox_read(in.p, in.n, &address) == MAILBOX_ONE) {
		++*taken;
		if (!second_address(in.p, address.p))
			bad = differs("from", in.p);
	}
	text_release(&address);
	text_release(&line);
	text_release(&in);
	return bad;
}

/*
 * probe-second N: what we read without GMime, N times at random, against it.
 * Prints what differs, and how many dates and senders were ours to read.
 */
int
main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	size_t dates = 0, senders = 0;
	int bad = 0;

	while (n-- > 0)
		bad += body(true) + body(false) + date(&dates) + from(&senders);
	printf("%zu dates, %zu senders\n", dates, senders);
	return bad == 0 ? 0 : 1;
}
