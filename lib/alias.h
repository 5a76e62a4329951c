#ifndef VC_ALIAS_H
#define VC_ALIAS_H

/*
 * The names that mail has for charsets (IANA's, the WHATWG's, and what mailers
 * write instead), and what is meant by each: a whitelist, so that a stranger's
 * label is never a name or an option of iconv.
 */

enum alias_kind {
	ALIAS_UTF8 = 1,
	ALIAS_ASCII,
	ALIAS_JIS, /* ISO-2022-JP and its kin */
	ALIAS_EUC, /* EUC-JP and its kin */
	ALIAS_OTHER,
};

struct alias {
	const char *label;
	enum alias_kind kind;
	const char *iconv; /* OTHER: its name there */
};

/* Without case. NULL: nobody knows it. */
const struct alias *alias_find(const char *label);

#endif
