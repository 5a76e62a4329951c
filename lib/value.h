#ifndef VC_VALUE_H
#define VC_VALUE_H

#include "label.h"

/*
 * One answer of a form, judged by the kind of its field. Nothing is repaired
 * but the width of letters, digits and signs, where the kind is ASCII.
 */

enum {
	VALUE_MAX = 32 << 10, /* octets of an answer */
	VALUE_LIST = 200,     /* elements of a list */
};

/*
 * {"value":..} or {"problem":..}, new. P is valid UTF-8, trimmed, with LF
 * between its lines. Problems: missing (nothing, or a line to write on),
 * hidden (control, zero-width and bidi characters), bad-email, bad-phone,
 * bad-url, bad-date, bad-NAME and unknown-NAME for the token of field NAME,
 * toolarge.
 */
json_t *value_judge(const struct label_field *field, const char *p, size_t n);

/* True for a line of three signs or more that only rule a page: "-----". */
bool value_rule(const char *p, size_t n);

#endif
