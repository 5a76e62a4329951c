/* encoded_words: one line of valid UTF-8 without controls, whatever comes; and
 * put into a header it comes back. */

#include "fuzz.h"

#include "encoded.h"

static void
check_back(const struct text *line)
{
	struct text words = TEXT_INIT, back = TEXT_INIT;
	const char *p;
	size_t n;

	text_puts(&words, "");
	encoded_put(&words, line->p);
	for (p = words.p; *p != '\0'; p += n) {
		p += strspn(p, " ");
		n = strcspn(p, " ");
		must(n <= 75);
	}
	for (p = words.p; *p != '\0'; p++)
		must(*p >= ' ' && *p <= '~');
	must(encoded_words(words.p, words.n, &back) == 0);
	must(back.n == line->n);
	must(back.n == 0 || memcmp(back.p, line->p, back.n) == 0);
	text_release(&words);
	text_release(&back);
}

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
	text_puts(&out, "");
	check_back(&out);
	text_release(&out);
	free(in);
	return 0;
}
