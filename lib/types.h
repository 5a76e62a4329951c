#ifndef VC_TYPES_H
#define VC_TYPES_H

#include <stdbool.h>

/*
 * The types of record and their fields, as one table: the source of
 * vc-record(5). schema.h checks records against it and makes facts by it.
 */

enum types_form {
	F_TEXT,	  /* any string */
	F_TOKEN,  /* one of `words`, or A-Z a-z 0-9 . _ - + when there are none
		   */
	F_ID,	  /* no hidden characters, no blanks, at most 200 octets */
	F_WHEN,	  /* RFC 3339 in UTC */
	F_FPR,	  /* 40 upper-case hex digits */
	F_SHA256, /* 64 lower-case hex digits */
	F_B64,	  /* a string; decoded where it is used */
	F_COUNT,  /* an integer, not negative */
	F_BOOL,
	F_LIST,	  /* an array */
	F_OBJECT, /* an object */
};

enum {
	NEED = 1, /* a record without it is refused */
	BULK = 2, /* travels, but is in no fact */
	GOES = 4, /* "" may stand for none */
};

struct types_field {
	const char *name;
	enum types_form form;
	unsigned is;
	const char *words; /* tokens between blanks */
};

struct types {
	const char *name;
	bool closed;	   /* of the fact: unknown fields are bulk */
	const char *inner; /* keys that are bulk at any depth */
	const struct types_field *field;
};

/* The type of that name, or NULL. */
const struct types *types_find(const char *name);

#endif
