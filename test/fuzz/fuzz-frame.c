/* frame: a frame is the whole of a text, and its lines are escaped. */

#include "fuzz.h"

#include "frame.h"
#include "limit.h"

static void
check_around(const char *p, size_t n, const struct frame *at, const char *head)
{
	size_t i;

	must(at->from <= n && at->n <= n - at->from);
	must(at->n > strlen(head));
	must(memcmp(p + at->from, head, strlen(head)) == 0);
	for (i = 0; i < n; i++)
		if (i < at->from || i >= at->from + at->n)
			must(memchr(" \t\r\n", p[i], 4) != NULL);
}

static void
check_signed(const char *p, const struct frame *at)
{
	static const char sig[] = "-----BEGIN PGP SIGNATURE-----";
	size_t end = at->text + at->text_n, i, lines = 0, dashes = 0;
	struct text out = TEXT_INIT;

	must(at->text > at->from && at->text <= at->from + at->n);
	must(p[at->text - 1] == '\n');
	must(at->text_n <= at->from + at->n - at->text);
	must(at->from + at->n - end > sizeof sig);
	must(memcmp(p + end, sig, sizeof sig - 1) == 0);
	must(at->text_n == 0 || p[end - 1] == '\n');
	for (i = at->text; i < end; i++) {
		if (p[i - 1] != '\n')
			continue;
		lines++;
		if (p[i] != '-')
			continue;
		dashes++;
		must(i + 1 < end && p[i + 1] == ' ');
	}
	frame_text(p, at, &out);
	must(out.n == at->text_n - 2 * dashes);
	for (i = 0; i < out.n; i++)
		lines -= out.p[i] == '\n';
	must(lines == 0);
	text_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);
	struct fail f = FAIL_INIT;
	struct frame s, m;
	bool is_signed = frame_signed(p, n, &s), is_message;

	is_message = frame_message(p, n, &m);
	must(!is_signed || !is_message);
	if (is_signed || is_message)
		must(frame_any(p, n));
	if (is_message)
		check_around(p, n, &m, "-----BEGIN PGP MESSAGE-----");
	if (is_signed) {
		check_around(p, n, &s, "-----BEGIN PGP SIGNED MESSAGE-----");
		check_signed(p, &s);
		limit_signed_text(p + s.text, s.text_n, true, &f);
	}
	if (limit_signed_text(p, n, false, &f) == 0)
		must(n == 0 || memchr(p, '\x1b', n) == NULL);
	free(p);
	return 0;
}
