#ifndef VC_PART_H
#define VC_PART_H

#include "mime.h"
#include "text.h"

/*
 * What the header of one part says (mime.h), read from the raw octets.
 * Invariant: of a field that stands more than once, the first counts.
 */

/* The first field NAME; returns how many there are. */
size_t part_field(const char *raw, const struct mime_part *part,
    const char *name, struct mime_field *found);

/* Does the field begin with this token, before any parameter? No case. */
bool part_begins(const char *raw, const struct mime_part *part,
    const char *name, const char *token);

/* The media type, "text/plain" when it says none. Borrowed. */
const char *part_type(const struct mime_part *part);

/* As param_find(), of the first field NAME. */
bool part_param(const char *raw, const struct mime_part *part, const char *name,
    const char *param, struct text *out, struct text *label);

/* Append the charset label of its Content-Type, or nothing. */
void part_charset(
    const char *raw, const struct mime_part *part, struct text *out);

/*
 * Append the name of an attachment: RFC 2231 or encoded words, the last
 * component of a path, masked, at most 200 octets, not beginning with '.' or
 * '-'. Returns charset_flag bits; appends nothing when there is no name.
 */
unsigned part_name(
    const char *raw, const struct mime_part *part, struct text *out);

#endif
