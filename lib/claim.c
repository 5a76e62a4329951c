#include "claim.h"

#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "items.h"
#include "process.h"
#include "row.h"

static void
claim(struct claims *c, enum claim_kind kind, const char *what, const char *p,
    size_t n)
{
	if (n == 0)
		return;
	if (c->n == c->room) {
		c->room = c->room == 0 ? 16 : 2 * c->room;
		c->one = realloc(c->one, c->room * sizeof *c->one);
		if (c->one == NULL)
			process_nomem();
	}
	c->one[c->n++] = (struct claim){ kind, what,
		index_hash((char)kind, p, n), c->keys.n, n };
	text_add(&c->keys, p, n);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

size_t
claim_address(const char *address, bool local, char key[CLAIM_ADDRESS + 1])
{
	const char *at = strchr(address, '@'), *s;
	size_t n = 0;

	if (at == NULL || strlen(address) > CLAIM_ADDRESS)
		return 0;
	for (s = local ? address : at; *s != '\0'; s++)
		key[n++] = s < at ? *s : lower(*s);
	return n;
}

static void
claim_mail(struct claims *c, const char *what, const char *address)
{
	char key[CLAIM_ADDRESS + 1];

	if (address != NULL)
		claim(c, CLAIM_MAIL, what, key,
		    claim_address(address, true, key));
}

static void
claim_domain(struct claims *c, const char *domain)
{
	char address[CLAIM_ADDRESS + 2] = "@", key[CLAIM_ADDRESS + 1];
	size_t n = strlen(domain);

	if (n >= CLAIM_ADDRESS)
		return;
	memcpy(address + 1, domain, n + 1);
	claim(c, CLAIM_MAIL, "domain", key, claim_address(address, false, key));
}

static void
claim_fpr(struct claims *c, const char *s)
{
	char key[64];
	size_t n = 0;

	for (; s != NULL && *s != '\0' && n < sizeof key; s++)
		if (*s != ' ')
			key[n++] = upper(*s);
	claim(c, CLAIM_FPR, "fpr", key, n);
}

static bool
is_withdrawn(const struct table_row *cells)
{
	const char *state = cells->cell[ROW_STATE];

	return state != NULL && strcmp(state, "withdrawn") == 0;
}

void
claims_of(struct claims *c, const struct table_row *cells)
{
	const char *const *cell = cells->cell, *s;

	c->n = 0;
	text_clear(&c->keys);
	s = cell[ROW_VENDOR];
	claim(c, CLAIM_ID, "vendor", s, strlen(s));
	if (is_withdrawn(cells))
		return;
	claim_mail(c, "email", cell[ROW_EMAIL]);
	claim_mail(c, "contact.email", cell[ROW_CONTACT_EMAIL]);
	for (s = cell[ROW_MAIL]; s != NULL && items_next(&s, &c->item);)
		if (strchr(c->item.p, ' ') != NULL)
			claim_mail(c, "mail", strchr(c->item.p, ' ') + 1);
	for (s = cell[ROW_DOMAIN]; s != NULL && items_next(&s, &c->item);)
		claim_domain(c, c->item.p);
	claim_fpr(c, cell[ROW_FPR]);
}

bool
claims_have(
    const struct claims *c, enum claim_kind kind, const char *p, size_t n)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->one[i].kind == kind && c->one[i].n == n &&
		    memcmp(c->keys.p + c->one[i].at, p, n) == 0)
			return true;
	return false;
}

void
claims_release(struct claims *c)
{
	free(c->one);
	text_release(&c->keys);
	text_release(&c->item);
	*c = (struct claims)CLAIMS_INIT;
}
