/* text, when, fold: the small readers that everything else stands on. */

#include "fuzz.h"

#include "fold.h"
#include "second.h"
#include "text.h"
#include "when.h"

static void
check_when(const char *s, const char *p, size_t n)
{
	char at[WHEN_LEN], day[WHEN_DAY];
	struct fail f = FAIL_INIT;
	when_t t = 0, u;

	if (when_parse(s, &t)) {
		when_format(t, at);
		must(strcmp(at, s) == 0);
		must(when_now(s, &u, &f) == 0 && t == u);
	}
	if (when_mail(s, &t))
		must(second_date(s, &u) && t == u);
	memcpy(&t, p, n < sizeof t ? n : sizeof t);
	when_format(t, at);
	must(when_parse(at, &u));
	when_japan(t, day);
	must(strlen(day) == WHEN_DAY - 1);
}

static void
check_base64(const char *p, size_t n)
{
	struct text t = TEXT_INIT, b = TEXT_INIT;

	text_puts(&t, "kept");
	if (text_unb64(&t, p, n)) {
		must(t.n <= 4 + n / 4 * 3 && t.n + 2 >= 4 + n / 4 * 3);
		text_b64(&b, t.p + 4, t.n - 4);
		must(b.n == n);
	} else {
		must(t.n == 4 && strcmp(t.p, "kept") == 0);
	}
	text_clear(&t);
	text_clear(&b);
	text_b64(&b, p, n);
	must(text_unb64(&t, b.p, b.n) && t.n == n);
	must(n == 0 || memcmp(t.p, p, n) == 0);
	text_release(&t);
	text_release(&b);
}

static void
check_mask(const char *p, size_t n)
{
	struct text t = TEXT_INIT, again = TEXT_INIT;
	size_t good = text_utf8(p, n);

	must(good <= n && text_utf8(p, good) == good);
	text_mask(&t, p, n, false);
	must(text_utf8(t.p, t.n) == t.n && !text_hidden(t.p, t.n));
	text_mask(&again, t.p, t.n, true);
	must(t.n == again.n && (t.n == 0 || memcmp(t.p, again.p, t.n) == 0));
	if (good == n && !text_hidden(p, n))
		must(t.n == n && (n == 0 || memcmp(t.p, p, n) == 0));
	text_release(&t);
	text_release(&again);
}

static void
check_fold(const char *p, size_t n)
{
	static void (*const fold[])(struct text *, const char *,
	    size_t) = { fold_width, fold_key, fold_bare, fold_name };
	struct text t = TEXT_INIT;
	size_t i;

	for (i = 0; i < 4; i++) {
		text_clear(&t);
		fold[i](&t, p, n);
		must(text_utf8(t.p, t.n) == t.n);
		must(t.n == 0 || text_utf8(p, n) == n);
	}
	text_release(&t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = fuzz_copy(data, n);
	struct text s = TEXT_INIT;
	long count;

	text_add(&s, p, n);
	text_add(&s, "", 0);
	check_when(s.p, p, n);
	check_base64(p, n);
	check_mask(p, n);
	check_fold(p, n);
	if (text_count(s.p, 1000000, &count))
		must(count >= 0 && count <= 1000000);
	if (text_token(s.p, "._-", 64))
		must(strlen(s.p) <= 64 && !text_hidden(s.p, strlen(s.p)));
	text_release(&s);
	free(p);
	return 0;
}
