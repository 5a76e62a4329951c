#ifndef VC_VECTOR_H
#define VC_VECTOR_H

/*
 * Mails whose verdict is known: made once, with the keys of test/key, and the
 * same ever since. A gpg that says something else about one of them is not to
 * be trusted with any other.
 *
 * Invariant: a mail whose verdict is "signed" says VECTOR_TEXT, and every other
 * differs from such a one in what its name tells.
 */

#define VECTOR_TEXT "Our products are not affected.\n--\nPSIRT\n"

struct vector {
	const char *name;
	const char *verdict;
	const char *at; /* when the mail came */
	const char *mail;
};

/* A vendor of the roster that they are judged by, and its pinned key. */
struct vector_vendor {
	const char *vendor, *address, *key;
};

/* Both end with a NULL name. */
extern const struct vector vectors[];
extern const struct vector_vendor vector_vendors[];

#endif
