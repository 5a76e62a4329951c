#include "transfer.h"

#include <stdint.h>
#include <string.h>

void
transfer_crlf(struct text *out, const char *p, size_t n)
{
	const char *lf, *end = p + n;

	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		n = (size_t)(lf - p);
		if (n > 0 && lf < end && p[n - 1] == '\r')
			n--;
		text_add(out, p, n);
		text_puts(out, "\r\n");
		if (lf == end)
			break;
	}
}

void
transfer_lf(struct text *out, const char *p, size_t n)
{
	const char *cr, *end = p + n;

	for (; p < end; p = cr + 1) {
		cr = memchr(p, '\r', (size_t)(end - p));
		if (cr == NULL)
			cr = end;
		text_add(out, p, (size_t)(cr - p));
		if (cr == end)
			break;
		if (cr + 1 == end || cr[1] != '\n')
			text_puts(out, "\r");
	}
}

void
transfer_base64(struct text *out, const char *p, size_t n)
{
	const size_t quantum = TRANSFER_LINE / 4 * 3;
	size_t i;

	for (i = 0; i < n; i += quantum) {
		text_b64(out, p + i, n - i < quantum ? n - i : quantum);
		text_puts(out, "\r\n");
	}
}

void
transfer_unbase64(struct text *out, const char *p, size_t n)
{
	char *to = text_room(out, n / 4 * 3 + 2);
	const char *end = p + n;
	uint32_t w = 0;
	size_t k = 0;
	int d;

	for (; p < end && *p != '='; p++) {
		d = text_b64_digit(*p);
		if (d < 0)
			continue;
		w = w << 6 | (uint32_t)d;
		if (++k % 4 != 0)
			continue;
		*to++ = (char)(w >> 16 & 0xff);
		*to++ = (char)(w >> 8 & 0xff);
		*to++ = (char)(w & 0xff);
	}
	if (p < end && k % 4 > 1)
		*to++ = (char)(w >> (k % 4 == 2 ? 4 : 10) & 0xff);
	if (p < end && k % 4 == 3)
		*to++ = (char)(w >> 2 & 0xff);
	*to = '\0';
	out->n = (size_t)(to - out->p);
}

/* What a = begins, into OUT; how many octets it takes. */
static size_t
transfer_escape(const char *p, size_t n, struct text *out)
{
	char c;

	if (n > 1 && p[1] == '\n')
		return 2;
	if (n < 3)
		return n;
	if (text_hex_digit(p[1]) >= 0 && text_hex_digit(p[2]) >= 0) {
		c = (char)(text_hex_digit(p[1]) << 4 | text_hex_digit(p[2]));
		text_add(out, &c, 1);
	} else if (p[1] != '\r' || p[2] != '\n') {
		text_add(out, p, 3);
	}
	return 3;
}

void
transfer_unquoted(struct text *out, const char *p, size_t n)
{
	const char *end = p + n, *sign;

	text_room(out, n);
	while (p < end) {
		sign = memchr(p, '=', (size_t)(end - p));
		if (sign == NULL)
			sign = end;
		text_add(out, p, (size_t)(sign - p));
		p = sign;
		if (p < end)
			p += transfer_escape(p, (size_t)(end - p), out);
	}
}
