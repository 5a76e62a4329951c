#include "ident.h"

#include <string.h>

#include "text.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"
#define ALNUM LOWER UPPER DIGIT

enum {
	CVE_LAST = 19, /* digits of the last number */
	CWE_LAST = 6,
	CPE_PARTS = 11, /* of version 2.3, "cpe:2.3" not counted */
	CPE_URI = 7,	/* of version 2.2, at most */
};

static bool
ident_digits(const char *s, size_t least, size_t most)
{
	size_t n = strspn(s, DIGIT);

	return s[n] == '\0' && n >= least && n <= most;
}

bool
ident_cve(const char *s)
{
	return strncmp(s, "CVE-", 4) == 0 && strspn(s + 4, DIGIT) == 4 &&
	    s[8] == '-' && ident_digits(s + 9, 4, CVE_LAST);
}

bool
ident_cwe(const char *s)
{
	return strncmp(s, "CWE-", 4) == 0 && ident_digits(s + 4, 1, CWE_LAST);
}

/* Octets of ALSO, letters, digits and %XX; at least one. */
static bool
ident_coded(const char *p, size_t n, const char *also)
{
	const char *end = p + n;

	for (; p < end; p++) {
		if (*p == '%' && end - p > 2 && text_hex_digit(p[1]) >= 0 &&
		    text_hex_digit(p[2]) >= 0)
			p += 2;
		else if (*p == '\0' ||
		    (strchr(ALNUM, *p) == NULL && strchr(also, *p) == NULL))
			return false;
	}
	return n > 0;
}

/* Segments between slashes: none is empty, "." or "..". */
static bool
purl_path(const char *p, size_t n)
{
	const char *end = p + n, *slash;

	for (;; p = slash + 1) {
		slash = memchr(p, '/', (size_t)(end - p));
		n = (size_t)((slash == NULL ? end : slash) - p);
		if (!ident_coded(p, n, "-._~:!$&'()*+,;="))
			return false;
		if (slash == NULL)
			return true;
	}
}

/* key=value&key=value */
static bool
purl_qualifiers(const char *p, size_t n)
{
	const char *end = p + n, *and;
	size_t key;

	for (;; p = and+1) {
		and = memchr(p, '&', (size_t)(end - p));
		n = (size_t)((and == NULL ? end : and) - p);
		key = strspn(p, LOWER DIGIT "-._");
		if (key == 0 || strchr(LOWER, *p) == NULL || key + 1 >= n ||
		    p[key] != '=' ||
		    !ident_coded(p + key + 1, n - key - 1, "-._~:/,!*+@"))
			return false;
		if (and == NULL)
			return true;
	}
}

static bool
purl_dots(const char *p, size_t n)
{
	const char *end = p + n, *slash;

	for (;; p = slash + 1) {
		slash = memchr(p, '/', (size_t)(end - p));
		n = (size_t)((slash == NULL ? end : slash) - p);
		if (n <= 2 && memcmp(p, "..", n) == 0)
			return true;
		if (slash == NULL)
			return false;
	}
}

bool
ident_purl(const char *s)
{
	size_t n = strlen(s), type, part;
	const char *at, *mark;

	if (n > IDENT_MAX || strncmp(s, "pkg:", 4) != 0)
		return false;
	s += 4;
	type = strspn(s, LOWER DIGIT ".-");
	if (type == 0 || strchr(LOWER, *s) == NULL || s[type] != '/')
		return false;
	s += type + 1;
	n = strlen(s);
	mark = memchr(s, '#', n);
	if (mark != NULL) {
		part = n - (size_t)(mark + 1 - s);
		if (!purl_path(mark + 1, part) || purl_dots(mark + 1, part))
			return false;
		n = (size_t)(mark - s);
	}
	mark = memchr(s, '?', n);
	if (mark != NULL) {
		if (!purl_qualifiers(mark + 1, n - (size_t)(mark + 1 - s)))
			return false;
		n = (size_t)(mark - s);
	}
	/* "pkg:npm/@scope/name" is written so, though the sign should be %40 */
	at = memrchr(s, '@', n);
	if (at != NULL && at > s && at[-1] != '/') {
		if (!ident_coded(at + 1, n - (size_t)(at + 1 - s), "-._~:+!*"))
			return false;
		n = (size_t)(at - s);
	}
	if (n > 0 && *s == '@') {
		s++;
		n--;
	}
	return purl_path(s, n);
}

/* A part of a formatted string: "*", "-", or a word, in which a backslash is
 * before every other sign, and wild cards at its ends. */
static bool
cpe_part(const char *p, size_t n)
{
	const char *end = p + n, *word;

	if (n == 1 && (*p == '*' || *p == '-'))
		return true;
	if (p < end && *p == '*')
		p++;
	else
		while (p < end && *p == '?')
			p++;
	for (word = p; p < end; p++) {
		if (*p == '\\' && end - p > 1 && p[1] > ' ' && p[1] <= '~' &&
		    strchr(ALNUM "_", p[1]) == NULL)
			p++;
		else if (strchr(ALNUM "-._", *p) == NULL)
			break;
	}
	if (p == word)
		return false;
	if (p < end && *p == '*')
		p++;
	else
		while (p < end && *p == '?')
			p++;
	return p == end;
}

/* The length of a part: up to a colon that has no backslash before it. */
static size_t
cpe_length(const char *s)
{
	size_t n = 0;

	while (s[n] != '\0' && s[n] != ':')
		n += s[n] == '\\' && s[n + 1] != '\0' ? 2 : 1;
	return n;
}

static bool
cpe_formatted(const char *s)
{
	size_t n;
	int part;

	for (part = 0; part < CPE_PARTS; part++, s += n) {
		if (*s++ != ':')
			return false;
		n = cpe_length(s);
		if (part == 0 ? n != 1 || strchr("aoh*-", *s) == NULL :
				!cpe_part(s, n))
			return false;
	}
	return *s == '\0';
}

static bool
cpe_uri(const char *s)
{
	size_t n;
	int part;

	if (strchr("aoh", *s) == NULL || *s == '\0' || s[1] != ':')
		return false;
	for (s++, part = 1; part < CPE_URI && *s == ':'; part++, s += n) {
		s++;
		n = strcspn(s, ":");
		if (n == 0 ? part < 3 : !ident_coded(s, n, "-._~"))
			return false;
	}
	return part > 2 && *s == '\0';
}

bool
ident_cpe(const char *s)
{
	if (strlen(s) > IDENT_MAX)
		return false;
	if (strncmp(s, "cpe:2.3", 7) == 0)
		return cpe_formatted(s + 7);
	return strncmp(s, "cpe:/", 5) == 0 && cpe_uri(s + 5);
}
