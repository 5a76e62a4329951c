#ifndef VC_GLANCE_H
#define VC_GLANCE_H

#include "table.h"

/*
 * Is a row of the vendor list surely right? A look at its cells as they are, so
 * that a million of them are checked without making a record of each.
 *
 * Invariant: what passes here, row_read() takes. What does not may be right or
 * wrong: row_read() says which.
 */

enum {
	GLANCE_DOMAIN = 253, /* octets (RFC 1035 2.3.4) */
};

bool glance_row(const struct table_row *cells, struct text *scratch);

/* Is it a domain in which addresses can be? */
bool glance_domain(const char *s);

/* Has it hidden characters? Line ends are fine where there may be LINES. */
bool glance_hidden(const char *s, bool lines);

#endif
