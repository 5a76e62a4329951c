/* flow: what is mailed as flowed text is the text again (RFC 3676, 4). */

#include "fuzz.h"

#include "flow.h"

static bool
is_signature(const char *p, size_t n)
{
	return n == 3 && memcmp(p, "-- ", 3) == 0;
}

/* The text as it must come back: no blanks at the ends of lines. */
static void
trim(struct text *out, const char *p, size_t n)
{
	const char *lf, *end = p + n;
	size_t k;

	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		lf = lf == NULL ? end : lf;
		k = (size_t)(lf - p);
		while (!is_signature(p, (size_t)(lf - p)) && k > 0 &&
		    (p[k - 1] == ' ' || p[k - 1] == '\t'))
			k--;
		text_add(out, p, k);
		text_puts(out, "\n");
	}
}

/* What a reader makes of it. */
static void
unflow(struct text *out, const char *p, size_t n)
{
	const char *cr, *end = p + n;
	bool soft = false;

	for (; p < end; p = cr + 2) {
		cr = memchr(p, '\r', (size_t)(end - p));
		must(cr != NULL && cr + 1 < end && cr[1] == '\n');
		must(cr - p <= FLOW_MAX);
		must(*p != '>');
		must(cr - p < 5 || memcmp(p, "From ", 5) != 0);
		p += *p == ' ';
		must(!soft || !is_signature(p, (size_t)(cr - p)));
		soft = cr > p && cr[-1] == ' ' &&
		    !is_signature(p, (size_t)(cr - p));
		text_add(out, p, (size_t)(cr - p));
		if (!soft)
			text_puts(out, "\n");
	}
	must(!soft);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);
	struct text mail = TEXT_INIT, want = TEXT_INIT, got = TEXT_INIT;

	text_puts(&mail, "");
	if (flow_write(&mail, p, n)) {
		trim(&want, p, n);
		unflow(&got, mail.p, mail.n);
		must(got.n == want.n);
		must(got.n == 0 || memcmp(got.p, want.p, got.n) == 0);
	} else {
		must(mail.n == 0);
	}
	text_release(&mail);
	text_release(&want);
	text_release(&got);
	free(p);
	return 0;
}
