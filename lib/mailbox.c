#include "mailbox.h"

#include <string.h>

struct reading {
	struct text bare; /* the value without comments and quoted strings */
	bool broken;	  /* a quote or a comment is not closed */
};

static void
strip(const char *p, size_t n, struct reading *r)
{
	bool quoted = false;
	size_t deep = 0, i;

	for (i = 0; i < n; i++) {
		if (p[i] == '\\' && (quoted || deep > 0)) {
			i++;
		} else if (p[i] == '"' && deep == 0) {
			quoted = !quoted;
			text_add(&r->bare, "\"", 1);
		} else if (quoted) {
			continue;
		} else if (p[i] == '(') {
			deep++;
		} else if (p[i] == ')') {
			r->broken |= deep == 0;
			deep -= deep > 0;
			text_add(&r->bare, " ", 1);
		} else if (deep == 0) {
			text_add(&r->bare, p + i, 1);
		}
	}
	r->broken |= quoted || deep > 0;
}

static bool
atom(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
dots(const char *p, size_t n, bool domain)
{
	size_t i;

	if (n == 0 || p[0] == '.' || p[n - 1] == '.' || p[0] == '-')
		return false;
	for (i = 0; i < n; i++) {
		if (p[i] == '.' && p[i - 1] == '.')
			return false;
		if (p[i] != '.' && !atom(p[i]))
			return false;
		if (domain && strchr("!#$%&'*+/=?^_`{|}~", p[i]) != NULL)
			return false;
	}
	return true;
}

/* local@domain in dot-atoms of ASCII, not beginning with '-'. */
static bool
mailbox_strict(const char *p, size_t n)
{
	const char *at = memchr(p, '@', n);
	size_t local;

	if (at == NULL || n > MAILBOX_MAX)
		return false;
	local = (size_t)(at - p);
	return local <= 64 && dots(p, local, false) &&
	    dots(at + 1, n - local - 1, true);
}

static enum mailbox
take(const char *p, const char *end, struct text *out)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	while (p < end && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (!mailbox_strict(p, (size_t)(end - p)))
		return MAILBOX_BAD;
	text_add(out, p, (size_t)(end - p));
	return MAILBOX_ONE;
}

/* No '@' may stand outside <...>, and nothing at all behind it. */
static enum mailbox
take_angle(const char *p, const char *end, const char *open, struct text *out)
{
	const char *close = memchr(open, '>', (size_t)(end - open)), *q;

	if (close == NULL || memchr(p, '@', (size_t)(open - p)) != NULL ||
	    memchr(p, '>', (size_t)(open - p)) != NULL)
		return MAILBOX_BAD;
	for (q = close + 1; q < end; q++)
		if (*q != ' ' && *q != '\t')
			return MAILBOX_BAD;
	return take(open + 1, close, out);
}

enum mailbox
mailbox_read(const char *p, size_t n, struct text *out)
{
	struct reading r = { .bare = TEXT_INIT };
	enum mailbox m = MAILBOX_BAD;
	const char *s, *end, *open;

	strip(p, n, &r);
	text_add(&r.bare, "", 0);
	s = r.bare.p;
	end = s + r.bare.n;
	open = memchr(s, '<', r.bare.n);
	if (memchr(s, ',', r.bare.n) != NULL ||
	    memchr(s, ';', r.bare.n) != NULL ||
	    memchr(s, ':', r.bare.n) != NULL)
		m = MAILBOX_MANY;
	else if (!r.broken && open != NULL)
		m = take_angle(s, end, open, out);
	else if (!r.broken)
		m = take(s, end, out);
	text_release(&r.bare);
	return m;
}

bool
mailbox_plain(const char *p, size_t n)
{
	const char *open = memchr(p, '<', n), *end = p + n, *q;

	for (q = p; q < end; q++)
		if (*q < ' ' || *q > '~' || strchr("()[]\\\",;:", *q) != NULL)
			return false;
	if (open == NULL)
		return mailbox_strict(p, n);
	if (*p == '.')
		return false;
	if (end[-1] != '>' || memchr(p, '@', (size_t)(open - p)) != NULL)
		return false;
	return mailbox_strict(open + 1, (size_t)(end - open) - 2);
}
