/* transfer: what is encoded comes back; what comes is decoded as GMime does. */

#include "fuzz.h"

#include <gmime/gmime.h>

#include "transfer.h"

static void
check_lines(const struct text *t)
{
	size_t i, column = 0;

	for (i = 0; i < t->n; i++) {
		must(t->p[i] > 0 && t->p[i] < 0x7f);
		if (t->p[i] == '\n') {
			must(i > 0 && t->p[i - 1] == '\r');
			must(column - 1 <= TRANSFER_LINE);
			column = 0;
		} else {
			column++;
		}
	}
}

static void
check_back(const char *p, size_t n)
{
	struct text t = TEXT_INIT, back = TEXT_INIT;

	transfer_base64(&t, p, n);
	check_lines(&t);
	transfer_unbase64(&back, t.p, t.n);
	must(back.n == n && (n == 0 || memcmp(back.p, p, n) == 0));
	text_release(&t);
	text_release(&back);
}

static void
check_peer(const char *p, size_t n, GMimeContentEncoding encoding,
    void (*decode)(struct text *, const char *, size_t))
{
	GMimeEncoding peer;
	struct text t = TEXT_INIT;
	size_t want;
	char *out;

	g_mime_encoding_init_decode(&peer, encoding);
	out = malloc(g_mime_encoding_outlen(&peer, n) + 8);
	must(out != NULL);
	want = g_mime_encoding_flush(&peer, p, n, out);
	decode(&t, p, n);
	must(t.n <= n);
	must(t.n == want && (want == 0 || memcmp(t.p, out, want) == 0));
	text_release(&t);
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);

	g_mime_init();
	check_back(p, n);
	check_peer(p, n, GMIME_CONTENT_ENCODING_BASE64, transfer_unbase64);
	check_peer(
	    p, n, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, transfer_unquoted);
	free(p);
	return 0;
}
