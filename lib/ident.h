#ifndef VC_IDENT_H
#define VC_IDENT_H

#include <stdbool.h>

/*
 * Names that others give to vulnerabilities and products, by their form alone:
 * whether there is such a thing, nobody asks. What is well formed here is plain
 * ASCII without blanks.
 */

enum {
	IDENT_MAX = 1024, /* octets of a package URL or a CPE name */
};

/* CVE-2008-1447: four digits or more at the end since 2014. */
bool ident_cve(const char *s);

/* CWE-331 */
bool ident_cwe(const char *s);

/*
 * pkg:type/namespace/name@version?qualifier=value#subpath, as the package URL
 * specification (ECMA-427) has it, with the type in lower case.
 */
bool ident_purl(const char *s);

/*
 * cpe:2.3:a:vendor:product:... with its eleven parts, or cpe:/a:vendor:product
 * of version 2.2 (NIST IR 7695, 6.1 and 6.2).
 */
bool ident_cpe(const char *s);

#endif
