#include "cells.h"

#include <string.h>

/* Octets that end a cell without quotes, or must not be in it. */
static const char stop[256] = { [','] = 1, ['\r'] = 1, ['\n'] = 1, ['"'] = 1 };

/* Append p[0..n) to the cell at hand, with room for its NUL. */
static void
put(struct text *t, const char *p, size_t n)
{
	if (t->cap - t->n < n + 2)
		text_room(t, n + 2);
	memcpy(t->p + t->n, p, n);
	t->n += n;
}

/* Read a cell in quotes; p is behind the first. Where it ends, or NULL. */
static const char *
quoted(struct text *t, const char *p, const char *end)
{
	const char *q;

	while ((q = memchr(p, '"', (size_t)(end - p))) != NULL) {
		if (q + 1 == end || q[1] != '"') {
			put(t, p, (size_t)(q - p));
			return q + 1;
		}
		put(t, p, (size_t)(q - p) + 1);
		p = q + 2;
	}
	return NULL;
}

static const char *
bare(struct text *t, const char *p, const char *end)
{
	const char *from = p;

	while (p < end && stop[(unsigned char)*p] == 0)
		p++;
	put(t, from, (size_t)(p - from));
	return p;
}

size_t
cells_row(struct cells *c, const char *p, size_t n)
{
	const char *at = p, *end = p + n;
	size_t i;
	struct text *t = &c->text;

	t->n = 0;
	for (c->n = 0;; at++) {
		if (c->n == CELLS_MAX)
			return 0;
		c->start[c->n] = t->n;
		at = at < end && *at == '"' ? quoted(t, at + 1, end) :
					      bare(t, at, end);
		if (at == NULL || t->n - c->start[c->n] > c->longest)
			return 0;
		c->size[c->n] = t->n - c->start[c->n];
		t->p[t->n++] = '\0';
		c->n++;
		if (at == end || *at != ',')
			break;
	}
	if (at < end && *at != '\n' && *at != '\r')
		return 0;
	for (i = 0; i < c->n; i++)
		c->cell[i] = t->p + c->start[i];
	if (at < end)
		at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
	return (size_t)(at - p);
}
