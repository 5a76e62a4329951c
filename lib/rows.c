#include "rows.h"

#include <stdbool.h>
#include <string.h>

#include "seek.h"

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

size_t
rows_line(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && !is_end(p[i]))
		i++;
	if (i == n)
		return n;
	return i + 1 + (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n');
}

size_t
rows_number(const char *p, size_t at)
{
	size_t line = 1, i = 0;

	while (i < at) {
		i += rows_line(p + i, at - i);
		line++;
	}
	return line;
}

size_t
rows_begin(const char *p, size_t from, size_t at)
{
	size_t quotes = seek_count(p + from, at - from, '"'), i;

	for (i = at; i > from; i--) {
		if (is_end(p[i - 1]) && quotes % 2 == 0)
			return i;
		quotes -= p[i - 1] == '"';
	}
	return from;
}

size_t
rows_end(const char *p, size_t n, size_t from)
{
	size_t quotes = 0, i;

	for (i = from; i < n; i++) {
		if (is_end(p[i]) && quotes % 2 == 0)
			return i +
			    (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n') + 1;
		quotes += p[i] == '"';
	}
	return n;
}
