#include "transfer.h"

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

static bool
transfer_plain(const char *p, const char *end)
{
	if (*p == ' ' || *p == '\t')
		return p + 1 < end && p[1] != '\r';
	return *p > ' ' && *p < 0x7f && *p != '=';
}

/* Quoted-printable of text whose lines end in CRLF. */
static void
transfer_quoted(struct text *out, const char *p, size_t n)
{
	const char *end = p + n;
	size_t column = 0;

	for (; p < end; p++) {
		if (*p == '\r' && p + 1 < end && p[1] == '\n') {
			text_puts(out, "\r\n");
			column = 0;
			p++;
			continue;
		}
		if (column > TRANSFER_LINE - 4) {
			text_puts(out, "=\r\n");
			column = 0;
		}
		if (transfer_plain(p, end)) {
			text_add(out, p, 1);
			column++;
		} else {
			text_addf(out, "=%02X", (unsigned char)*p);
			column += 3;
		}
	}
}

const char *
transfer_name(const char *p, size_t n)
{
	size_t i, special = 0;

	for (i = 0; i < n; i++)
		special += (unsigned char)p[i] >= 0x7f || p[i] == '=';
	return special * 6 > n ? "base64" : "quoted-printable";
}

void
transfer_encode(const char *encoding, struct text *out, const char *p, size_t n)
{
	if (strcmp(encoding, "base64") == 0)
		transfer_base64(out, p, n);
	else
		transfer_quoted(out, p, n);
}
