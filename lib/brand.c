#include "brand.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	CPE_PARTS = 3, /* part, vendor, product */
};

/* Types of purl whose namespaces and names have no upper case. */
static const char folded[] =
    " alpm apk bitbucket composer deb github golang hex npm oci pub pypi ";

bool
brand_is(const char *s)
{
	return s != NULL &&
	    (strncasecmp(s, "pkg:", 4) == 0 || strncasecmp(s, "cpe:", 4) == 0);
}

static bool
is_folded(const char *type, size_t n)
{
	const char *at = memmem(folded, sizeof folded - 1, type, n);

	return at != NULL && at[-1] == ' ' && at[n] == ' ';
}

static int
low(int c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* The octet that %XX stands for, or -1. */
static int
percent(const char *p, const char *end)
{
	int high, rest;

	if (end - p < 3)
		return -1;
	high = text_hex_digit(p[1]);
	rest = text_hex_digit(p[2]);
	return high < 0 || rest < 0 ? -1 : high * 16 + rest;
}

/* A segment of a purl; a slash that was escaped stays so. */
static bool
segment(const char *p, const char *end, bool fold, bool dash, struct text *key)
{
	if (p == end)
		return false;
	for (; p < end; p++) {
		int c = *p == '%' ? percent(p, end) : (unsigned char)*p;

		if (c < ' ' || c == 0x7F)
			return false;
		p += *p == '%' ? 2 : 0;
		if (c == '/') {
			text_puts(key, "%2F");
			continue;
		}
		c = fold ? low(c) : c;
		text_add(key, &(char){ (char)(dash && c == '_' ? '-' : c) }, 1);
	}
	return true;
}

/* pkg:type/namespace/name@version?qualifiers#subpath */
static bool
purl(const char *s, struct text *key)
{
	const char *p = s + strlen("pkg:"), *end = p + strcspn(p, "?#"), *at;
	const char *type, *slash;
	bool fold, dash;
	size_t begin;

	while (p < end && *p == '/')
		p++;
	while (end > p && end[-1] == '/')
		end--;
	type = memchr(p, '/', (size_t)(end - p));
	slash = memrchr(p, '/', (size_t)(end - p));
	if (type == NULL || type == p || slash + 1 >= end || slash[1] == '@')
		return false;
	at = memchr(slash + 2, '@', (size_t)(end - slash - 2));
	end = at == NULL ? end : at;
	text_puts(key, "pkg:");
	begin = key->n;
	for (; p < type; p++)
		text_add(key, &(char){ (char)low(*p) }, 1);
	fold = is_folded(key->p + begin, key->n - begin);
	dash = strcmp(key->p + begin, "pypi") == 0;
	for (; p < end; p = slash) {
		for (; p < end && *p == '/'; p++)
			;
		slash = memchr(p, '/', (size_t)(end - p));
		slash = slash == NULL ? end : slash;
		text_puts(key, "/");
		if (!segment(p, slash, fold, dash, key))
			return false;
	}
	return true;
}

/* One component of a CPE; '*' and '?' that are not quoted stand for any. */
static const char *
component(const char *p, bool uri, struct text *key)
{
	size_t begin = key->n;

	for (; *p != '\0' && *p != ':'; p++) {
		int c = (unsigned char)*p;
		bool quoted = !uri && c == '\\' && p[1] != '\0';

		if (quoted)
			c = (unsigned char)*++p;
		else if (uri && c == '%') {
			c = percent(p, p + strlen(p));
			p += c < 0 ? 0 : 2;
		} else if (c == '*' || c == '?')
			return NULL;
		if (c <= ' ' || c == 0x7F)
			return NULL;
		if (c == ':')
			text_puts(key, "\\");
		text_add(key, &(char){ (char)low(c) }, 1);
	}
	return key->n == begin || strcmp(key->p + begin, "-") == 0 ? NULL : p;
}

/* cpe:/a:isc:bind:9.4 and cpe:2.3:a:isc:bind:9.4:*:... */
static bool
cpe(const char *s, struct text *key)
{
	bool uri = strncasecmp(s, "cpe:/", 5) == 0;
	const char *p = s + (uri ? strlen("cpe:/") : strlen("cpe:2.3:"));

	if ((!uri && strncasecmp(s, "cpe:2.3:", 8) != 0) || *p == '\0' ||
	    strchr("aohAOH", *p) == NULL || p[1] != ':')
		return false;
	text_puts(key, "cpe");
	p++;
	for (size_t i = 1; i < CPE_PARTS; i++) {
		if (*p != ':')
			return false;
		text_puts(key, ":");
		p = component(p + 1, uri, key);
		if (p == NULL)
			return false;
	}
	return true;
}

bool
brand_key(const char *s, struct text *key)
{
	size_t n = key->n;

	if (!brand_is(s) || strlen(s) > BRAND_MAX)
		return false;
	if (strncasecmp(s, "pkg:", 4) == 0 ? purl(s, key) : cpe(s, key))
		return true;
	if (key->p != NULL)
		key->p[key->n = n] = '\0';
	return false;
}
