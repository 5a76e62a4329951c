/* charset_decode and encoded_body: the first line is the label. */

#include "fuzz.h"

#include "encoded.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *lf = n == 0 ? NULL : memchr(data, '\n', n);
	struct text label = TEXT_INIT, out = TEXT_INIT, body = TEXT_INIT;
	const char *p, *end;
	const char *evident;
	unsigned flags, c;
	char *in;

	if (lf == NULL)
		return 0;
	text_add(&label, data, (size_t)(lf - data));
	text_add(&label, "", 0);
	n -= label.n + 1;
	in = fuzz_copy(lf + 1, n);
	flags = charset_decode(label.p, in, n, &out);
	must(text_utf8(out.p, out.n) == out.n);
	must(out.n <= 3 * n + 3);
	must((flags & CHARSET_LONG) == 0);
	must(encoded_body(label.p, in, n, &body) == flags);
	must(text_utf8(body.p, body.n) == body.n && body.n <= out.n);
	for (p = body.p, end = p + body.n; p < end;) {
		c = text_char(&p);
		must(c >= ' ' || c == '\n' || c == '\t');
		must(c < 0x7f || c >= 0xa0);
	}
	evident = encoded_evident(in, n);
	if (evident != NULL) {
		flags = charset_decode(evident, in, n, &out);
		must((flags & ~(unsigned)CHARSET_LOSSY) == 0);
		must(flags == 0 || strcmp(evident, "iso-2022-jp") == 0);
	}
	text_release(&label);
	text_release(&out);
	text_release(&body);
	free(in);
	return 0;
}
