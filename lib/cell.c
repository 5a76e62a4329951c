#include "cell.h"

#include <string.h>

/* One of = + - @ TAB CR, or U+FF1D FF0B FF0D FF20. */
static bool
is_formula(const char *s)
{
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B",
		"\xEF\xBC\x8D", "\xEF\xBC\xA0" };

	if (*s != '\0' && strchr("=+-@\t\r", *s) != NULL)
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(s, wide[i], 3) == 0)
			return true;
	return false;
}

/* A cell that was guarded, or looks like one that was: the ' come in pairs. */
static bool
is_guarded(const char *s)
{
	return *s == '\'' && is_formula(s + strspn(s, "'"));
}

bool
cell_needs_guard(const char *s)
{
	return is_formula(s) || is_guarded(s);
}

static void
unix_lines(char *p)
{
	char *to = p = strchrnul(p, '\r');

	for (; *p != '\0'; p++)
		if (*p != '\r')
			*to++ = *p;
		else if (p[1] != '\n')
			*to++ = '\n';
	*to = '\0';
}

char *
cell_read(char *s, size_t n)
{
	char *end = s + n;

	if (is_guarded(s)) {
		s++;
	} else {
		while (*s == ' ')
			s++;
		while (end > s && end[-1] == ' ')
			*--end = '\0';
	}
	unix_lines(s);
	return s;
}
