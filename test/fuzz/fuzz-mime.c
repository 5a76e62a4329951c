/* limit, mime, and the octets that message says are covered. */

#include "fuzz.h"

#include "limit.h"
#include "message.h"
#include "part.h"

static void
check_part(const struct mime *m, size_t i, size_t n)
{
	const struct mime_part *part = &m->part[i];
	const struct mime_part *up;
	size_t k;
	int children = 0;

	must(part->head <= part->body && part->body <= part->end);
	must(part->end <= n && part->closed <= n);
	must(memchr(part->type, '\0', MIME_TYPE) != NULL);
	must(part->depth >= 0 && part->depth <= MIME_DEPTH);
	must(part->kind == MIME_MULTIPART || part->closed == 0);
	for (k = i + 1; k < m->n; k++)
		children += m->part[k].parent == (int)i;
	must(children == part->children);
	must(part->kind != MIME_LEAF || children == 0);
	must(part->kind != MIME_MESSAGE || children == 1);
	if (i == 0) {
		must(part->parent == -1 && part->depth == 0 && part->head == 0);
		must(part->end == n);
		return;
	}
	must(part->parent >= 0 && (size_t)part->parent < i);
	up = &m->part[part->parent];
	must(up->kind != MIME_LEAF && part->depth == up->depth + 1);
	/* The line end of an inner delimiter may be that of an outer one. */
	must(part->head >= up->body && part->end <= up->end + 2);
	must(part->head >= m->part[i - 1].body);
}

/* The same cut by a second reader, which knows one boundary and nothing else:
 * from the line after the first delimiter to the line end before the next. */
static void
check_covered(const struct message *m)
{
	struct text b = TEXT_INIT, label = TEXT_INIT, want = TEXT_INIT;
	const char *raw = m->raw, *end = raw + m->n, *p, *q, *s;
	const char *from = NULL, *to = NULL;
	size_t n;

	text_puts(&b, "--");
	must(part_param(
	    raw, m->mime.part, "Content-Type", "boundary", &b, &label));
	for (p = raw + m->mime.part[0].body; p < end && to == NULL; p = q) {
		q = memchr(p, '\n', (size_t)(end - p));
		q = q == NULL ? end : q + 1;
		for (n = (size_t)(q - p); n > 0; n--)
			if (strchr(" \t\r\n", p[n - 1]) == NULL)
				break;
		if (n == b.n + 2 && memcmp(p + b.n, "--", 2) == 0)
			n -= 2;
		if (n != b.n || memcmp(p, b.p, n) != 0)
			continue;
		if (from == NULL)
			from = q;
		else
			to = p;
	}
	must(from != NULL && to != NULL);
	if (to > from)
		to -= to - from > 1 && to[-2] == '\r' ? 2 : 1;
	for (s = from; s < to; s++) {
		if (*s == '\n' && (s == from || s[-1] != '\r'))
			text_add(&want, "\r", 1);
		text_add(&want, s, 1);
	}
	must(want.n == m->covered.n);
	must(want.n == 0 || memcmp(want.p, m->covered.p, want.n) == 0);
	text_release(&b);
	text_release(&label);
	text_release(&want);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *raw = fuzz_copy(data, n);
	struct message message = MESSAGE_INIT;
	struct fail f = FAIL_INIT, g = FAIL_INIT;
	struct mime m;
	size_t i, skip = mime_mbox(raw, n);

	must(skip <= n);
	if (limit_check(raw + skip, n - skip, &m, &f) == 0) {
		must(m.n >= 1 && m.n <= MIME_PARTS + 1);
		for (i = 0; i < m.n; i++)
			check_part(&m, i, n - skip);
	} else {
		must(f.code == EX_DATAERR);
		must(strncmp(f.why, "toolarge: ", 10) == 0 ||
		    strncmp(f.why, "malformed: ", 11) == 0);
	}
	if (message_parse(&message, raw, n, &g) == 0) {
		must(f.code == 0);
		if (message.shape == MESSAGE_SIGNED)
			check_covered(&message);
		else
			must(message.covered.n == 0);
		must((message.shape == MESSAGE_PARTIAL) ==
		    (message.why != NULL));
	}
	message_release(&message);
	free(raw);
	return 0;
}
