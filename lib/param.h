#ifndef VC_PARAM_H
#define VC_PARAM_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/*
 * The parameters of a header field such as Content-Type (RFC 2045 section 5.1
 * with comments, RFC 2231), over its raw value. Names compare without case.
 */

enum {
	PARAM_MAX = 32,	     /* parameters of a field */
	PARAM_SEGMENTS = 32, /* RFC 2231 segments of a parameter */
};

struct param {
	const char *name, *value; /* as they came; value without its quotes */
	size_t name_n, value_n;
	bool quoted;
};

/* Step over blanks, line ends and comments. */
const char *param_blanks(const char *p, const char *end);

/* The next parameter; *at begins at the value of the field. False: no more. */
bool param_next(const char **at, const char *end, struct param *q);

/* Append its value without quotes, backslashes and line ends. */
void param_value(struct text *out, const struct param *q);

/*
 * Find NAME and append its octets to OUT; LABEL gets the charset that RFC 2231
 * names, or nothing. False when it is not there.
 */
bool param_find(const char *value, size_t n, const char *name, struct text *out,
    struct text *label);

#endif
