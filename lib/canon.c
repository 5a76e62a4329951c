#include "canon.h"

#include <string.h>

void
canon_text(const char *p, size_t n, struct text *out)
{
	const char *end = p + n, *q;
	size_t len;

	text_room(out, n + n / 32);
	for (; p < end; p = q + 1) {
		q = memchr(p, '\n', (size_t)(end - p));
		len = (size_t)((q == NULL ? end : q) - p);
		if (q != NULL && len > 0 && q[-1] == '\r')
			len--;
		text_add(out, p, len);
		if (q == NULL)
			return;
		text_add(out, "\r\n", 2);
	}
}

bool
canon_lines(const char *p, size_t n)
{
	const char *end = p + n, *cr;

	for (; n > 0 && (cr = memchr(p, '\r', (size_t)(end - p))) != NULL;
	     p = cr + 1)
		if (cr + 1 == end || cr[1] != '\n')
			return false;
	return true;
}
