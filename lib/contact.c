#include "contact.h"

#include <string.h>
#include <strings.h>

#include "envelope.h"
#include "fold.h"

static bool
contact_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Cut blanks at both ends of *s, in place. */
static char *
contact_trim(char *s)
{
	size_t n;

	s += strspn(s, " ");
	for (n = strlen(s); n > 0 && s[n - 1] == ' ';)
		s[--n] = '\0';
	return s;
}

static char *
contact_link(char *s)
{
	static const char mailto[] = "mailto:";

	s = contact_trim(s);
	if (strncasecmp(s, mailto, strlen(mailto)) == 0)
		s = contact_trim(s + strlen(mailto));
	return s;
}

/* "a@b (comment)": without it. An address in a comment stays, and is bad. */
static void
contact_comment(char *s)
{
	char *open = strrchr(s, '(');

	if (open != NULL && open > s && s[strlen(s) - 1] == ')' &&
	    strchr(open, '@') == NULL)
		*open = '\0';
}

/* "x <y>" is y when x has no address, or the same one. Other brackets are
 * what mailers make of a link. */
static char *
contact_bracket(char *s, char open, const char *close)
{
	char *inner = strrchr(s, open), *before;
	size_t n = strlen(s), k = strlen(close);

	if (inner == NULL || n < k || strcmp(s + n - k, close) != 0)
		return s;
	s[n - k] = '\0';
	*inner++ = '\0';
	inner = contact_link(inner);
	before = contact_trim(s);
	n = strlen(before);
	if (n > 1 && *before == '[' && before[n - 1] == ']') {
		before[n - 1] = '\0';
		before++;
	}
	before = contact_link(before);
	if (strchr(before, '@') != NULL && strcmp(before, inner) != 0)
		*inner = '\0';
	return inner;
}

bool
contact_email(const char *p, size_t n, struct text *out)
{
	struct text t = TEXT_INIT;
	bool good;
	char *s;

	fold_width(&t, p, n);
	text_puts(&t, "");
	s = contact_trim(t.p);
	if (strstr(s, "](") != NULL || strstr(s, "(mailto:") != NULL)
		s = contact_bracket(s, '(', ")");
	contact_comment(s);
	s = contact_trim(s);
	s = contact_bracket(s, '<', ">");
	s = contact_bracket(s, '[', "]");
	s = contact_link(s);
	good = envelope_address(s) && strchr(strchr(s, '@'), '.') != NULL;
	if (good)
		text_puts(out, s);
	text_release(&t);
	return good;
}

static bool
contact_beside(const json_t *beside, const char *p, size_t n)
{
	struct text key = TEXT_INIT;
	bool yes;

	fold_bare(&key, p, n);
	yes = key.n > 0 && json_object_get(beside, key.p) != NULL;
	text_release(&key);
	return yes;
}

/* "03ー1234ー5678": a prolonged sound mark between digits is a dash. */
static void
contact_dashes(struct text *t)
{
	static const char mark[] = "\xe3\x83\xbc";
	char *at = t->p;

	while ((at = strstr(at, mark)) != NULL)
		if (at > t->p && strchr("0123456789)", at[-1]) != NULL &&
		    contact_digit(at[3])) {
			*at = '-';
			memmove(at + 1, at + 3, strlen(at + 3) + 1);
		} else
			at += 3;
	t->n = strlen(t->p);
}

/* Numbers and words such as "ext. 12", and all digits but those behind the
 * first such word are one number. */
static bool
contact_number(const json_t *beside, const char *s)
{
	static const char sign[] = "0123456789+-(). ";
	size_t digits = 0, extension = 0, k;

	while (*s != '\0') {
		k = strcspn(s, sign);
		if (k > 0 && !contact_beside(beside, s, k))
			return false;
		s += k;
		for (k = 0; *s != '\0' && strchr(sign, *s) != NULL; s++)
			if (contact_digit(*s))
				k++;
			else if (*s == '+' && digits + k > 0)
				return false;
		if (digits == 0)
			digits = k;
		else
			extension += k;
	}
	return digits >= CONTACT_DIGITS_MIN && digits <= CONTACT_DIGITS_MAX &&
	    extension <= CONTACT_EXTENSION;
}

bool
contact_phone(const json_t *beside, const char *p, size_t n, struct text *out)
{
	struct text t = TEXT_INIT;
	bool good;

	fold_width(&t, p, n);
	text_puts(&t, "");
	contact_dashes(&t);
	good = contact_number(beside, t.p);
	if (good)
		text_add(out, t.p, t.n);
	text_release(&t);
	return good;
}
