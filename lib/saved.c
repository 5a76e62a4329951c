#include "saved.h"

#include <string.h>

#include "charset.h"
#include "rows.h"

static const char bom[] = "\xEF\xBB\xBF";

/* With a BOM, or ASCII in every second octet. */
static bool
is_wide(const char *p, size_t n)
{
	return n >= 2 &&
	    (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0 ||
		p[0] == '\0' || p[1] == '\0');
}

static size_t
from_cp932(const char *p, size_t n, struct text *out)
{
	return charset_convert("CP932", "UTF-8", p, n, out);
}

bool
saved_open(struct saved *s, const char *p, size_t n)
{
	size_t mark = n >= 3 && memcmp(p, bom, 3) == 0 ? 3 : 0;
	size_t good, cp932 = 0;

	*s = (struct saved){ .p = p, .n = n, .own = TEXT_INIT };
	if (is_wide(p, n))
		s->as = SAVED_WIDE;
	else if (n > 0 && memchr(p, '\0', n) != NULL)
		s->as = SAVED_NUL;
	if (s->as != SAVED_TEXT)
		return false;
	good = text_utf8(p, n);
	if (good == n) {
		s->p += mark;
		s->n -= mark;
		return true;
	}
	if (mark == 0)
		cp932 = from_cp932(p, n, &s->own);
	s->cp932 = cp932 > good;
	if (cp932 < n) {
		s->as = SAVED_OCTETS;
		return false;
	}
	s->p = s->own.p;
	s->n = s->own.n;
	return true;
}

/* The first octet from FROM on that is wrong. */
static size_t
wrong(const struct saved *s, size_t from)
{
	struct text none = TEXT_INIT;
	const char *p = s->p + from;
	size_t n = s->n - from, good;

	if (s->as == SAVED_WIDE)
		return from == 0 ? 0 : s->n;
	if (s->as == SAVED_NUL)
		return from + strnlen(p, n);
	if (!s->cp932)
		return from + text_utf8(p, n);
	good = from_cp932(p, n, &none);
	text_release(&none);
	return from + good;
}

const char *
saved_fault(const struct saved *s, struct saved_at *at)
{
	static const char *const why[] = {
		[SAVED_OCTETS] = "neither UTF-8 nor CP932; save the table as "
				 "'CSV UTF-8'",
		[SAVED_NUL] = "a NUL octet",
		[SAVED_WIDE] = "UTF-16, or 'Unicode text'; save the table as "
			       "'CSV UTF-8'",
	};
	size_t bad = s->as == SAVED_TEXT ? s->n : wrong(s, at->next);

	if (bad == s->n)
		return NULL;
	while (at->next <= bad) {
		at->next += rows_line(s->p + at->next, s->n - at->next);
		at->line++;
	}
	return why[s->as];
}

void
saved_release(struct saved *s)
{
	text_release(&s->own);
	*s = (struct saved)SAVED_INIT;
}

size_t
saved_cp932(const char *p, size_t n, struct text *out)
{
	static const char *const other[] = { "\xC2\xA5", "\xE2\x80\xBE" };

	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		const char *at =
		    n == 0 ? NULL : memmem(p, n, other[i], strlen(other[i]));

		if (at != NULL)
			n = (size_t)(at - p);
	}
	return n == 0 ? 0 : charset_convert("UTF-8", "CP932", p, n, out);
}

size_t
saved_seen(const char *p, size_t n, struct text *out)
{
	struct text there = TEXT_INIT;
	size_t good = saved_cp932(p, n, &there);

	if (there.n > 0)
		from_cp932(there.p, there.n, out);
	text_release(&there);
	return good;
}
