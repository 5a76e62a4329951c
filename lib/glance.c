#include "glance.h"

#include <string.h>

#include "envelope.h"
#include "items.h"
#include "row.h"
#include "types.h"
#include "when.h"

enum {
	TOKEN = 64,
	FPR = 40,
	SHA256 = 64,
};

typedef bool look(const char *s);

bool
glance_hidden(const char *s, bool lines)
{
	while (s != NULL) {
		size_t n = lines ? strcspn(s, "\n") : strlen(s);

		if (text_hidden(s, n))
			return true;
		s = s[n] == '\0' ? NULL : s + n + 1;
	}
	return false;
}

bool
glance_domain(const char *s)
{
	return strlen(s) <= GLANCE_DOMAIN && strchr(s, '.') != NULL &&
	    strstr(s, "..") == NULL && s[strlen(s) - 1] != '.' &&
	    text_token(s, ".-", GLANCE_DOMAIN);
}

static bool
is_token(const char *s)
{
	return text_token(s, "._+-", TOKEN);
}

/* As gpg prints it, too: blanks between groups, any case. */
static bool
is_fpr(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		unsigned letter = ((unsigned char)*s | 0x20u) - 'a';

		if (*s != ' ' &&
		    ((letter >= 6 && (unsigned char)*s - (unsigned)'0' >= 10) ||
			++n > FPR))
			return false;
	}
	return n == FPR;
}

static bool
is_prose(const char *s)
{
	return !glance_hidden(s, false);
}

static bool
is_lines(const char *s)
{
	return !glance_hidden(s, true);
}

static bool
is_time(const char *s)
{
	when_t t;

	return when_parse(s, &t);
}

/* The first word of S is a token: the rest, or NULL. */
static const char *
behind_token(const char *s)
{
	size_t n = strcspn(s, " ");
	char word[TOKEN + 1];

	if (n > TOKEN || s[n] == '\0')
		return NULL;
	memcpy(word, s, n);
	word[n] = '\0';
	return is_token(word) && s[n + 1] != ' ' ? s + n + 1 : NULL;
}

static bool
is_mail(const char *s)
{
	const char *email = behind_token(s);

	return email != NULL && envelope_address(email);
}

static bool
is_document(const char *s)
{
	const char *at = behind_token(s);
	char came[WHEN_LEN];
	size_t n;

	if (at == NULL)
		return false;
	n = strcspn(at, " ");
	if (n >= sizeof came || at[n] == '\0')
		return false;
	memcpy(came, at, n);
	came[n] = '\0';
	at += n + 1;
	return is_time(came) && strlen(at) == SHA256 &&
	    strspn(at, "0123456789abcdef") == SHA256;
}

/* What a cell must be, and each item of one that is a list. */
static const struct {
	look *cell, *item;
} looks[ROW_COLUMNS] = {
	[ROW_VENDOR] = { is_token, NULL },
	[ROW_NAME_JA] = { is_prose, NULL },
	[ROW_NAME_EN] = { is_prose, NULL },
	[ROW_EMAIL] = { envelope_address, NULL },
	[ROW_PHONE] = { is_prose, NULL },
	[ROW_ADDRESS] = { is_lines, NULL },
	[ROW_FPR] = { is_fpr, NULL },
	[ROW_PRODUCT] = { is_prose, NULL },
	[ROW_KEYWORD] = { is_prose, NULL },
	[ROW_DOMAIN] = { NULL, glance_domain },
	[ROW_CONSENT] = { is_prose, NULL },
	[ROW_PAPER] = { NULL, is_token },
	[ROW_CONTACT_NAME] = { is_prose, NULL },
	[ROW_CONTACT_EMAIL] = { envelope_address, NULL },
	[ROW_CONTACT_PHONE] = { is_prose, NULL },
	[ROW_CONTACT_TITLE] = { is_prose, NULL },
	[ROW_CONTACT_AFFILIATION] = { is_prose, NULL },
	[ROW_MAIL] = { NULL, is_mail },
	[ROW_CLEARANCE] = { NULL, is_token },
	[ROW_AGREEMENT] = { NULL, is_token },
	[ROW_DIRECT] = { NULL, is_token },
	[ROW_DOCUMENT] = { NULL, is_document },
	[ROW_HEARD_AT] = { is_time, NULL },
};

/* The words that a column may hold, between blanks. */
static const char *
words(size_t column)
{
	static const char *of[ROW_COLUMNS];
	const struct types_field *d;

	if (of[column] == NULL)
		for (d = types_find("vendor")->field; d->name != NULL; d++)
			if (strcmp(d->name, row_column[column]) == 0)
				of[column] = d->words;
	return of[column];
}

static bool
is_known(const char *list, const char *s)
{
	size_t n;

	while (list != NULL && *list != '\0') {
		for (n = 0; list[n] == s[n] && s[n] != '\0' && s[n] != ' ';)
			n++;
		if (s[n] == '\0' && list[n] == ' ' && n > 0)
			return true;
		while (list[n] != ' ' && list[n] != '\0')
			n++;
		list += n + (list[n] == ' ');
	}
	return false;
}

static bool
good(size_t i, const char *s, struct text *item)
{
	if (looks[i].cell != NULL)
		return looks[i].cell(s);
	if (looks[i].item == NULL)
		return is_known(words(i), s);
	while (items_next(&s, item))
		if (!looks[i].item(item->p))
			return false;
	return true;
}

bool
glance_row(const struct table_row *cells, struct text *scratch)
{
	for (size_t i = 0; i < ROW_COLUMNS; i++) {
		const char *s = cells->cell[i];

		if (s == NULL || (*s == '\0' && i != ROW_VENDOR))
			continue;
		if (!good(i, s, scratch))
			return false;
	}
	return true;
}
