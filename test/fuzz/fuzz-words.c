/* encoded_words: one line of valid UTF-8 without controls, whatever comes. */

#include "fuzz.h"

#include "encoded.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text out = TEXT_INIT;
	char *in = fuzz_copy(data, n);
	const char *p, *end;
	unsigned c, flags;

	flags = encoded_words(in, n, &out);
	must(flags < 2 * CHARSET_LONG);
	must(out.n <= 3 * n + 3);
	must(text_utf8(out.p, out.n) == out.n);
	for (p = out.p, end = p + out.n; p < end;) {
		c = text_char(&p);
		must(c >= ' ' && (c < 0x7f || c >= 0xa0));
		must(c != 0x2028 && c != 0x2029);
	}
	text_release(&out);
	free(in);
	return 0;
}
