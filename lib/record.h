#ifndef VC_RECORD_H
#define VC_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "text.h"

/*
 * A record: one JSON object on one line, `type` first. The contract is
 * vc-record(5). This header brings jansson's json_t, the only foreign type
 * that travels between modules, and keeps its words: *new* references are
 * yours to json_decref(), *borrowed* ones are not, who *steals* takes yours.
 *
 * A string that you get is borrowed from the record it came out of.
 */

enum {
	RECORD_MAX = 16 << 20,	  /* octets of a line without its LF */
	RECORD_DEPTH = 16,	  /* objects and arrays inside each other */
	RECORD_STRING = 14 << 20, /* octets of a string (10 MiB as base64) */
	RECORD_KEY = 64,	  /* octets of a key */
	RECORD_TYPE = 32,	  /* octets of a type */
};

/*
 * The type by the first octets of a line, without parsing: {"type":"poc".
 * EX_DATAERR when the line does not begin so. *type points into the line.
 */
int record_type(
    const char *line, size_t n, const char **type, size_t *len, struct fail *f);

/* Is the type one of TYPES, which are separated by blanks ("*" is any)? */
bool record_among(const char *types, const char *type, size_t len);

/*
 * Parse a line (without LF): UTF-8, no duplicate keys, no NUL, no reals, no
 * null, the limits above, `type` first, `id` on all but reject and torn.
 * Returns new, or NULL with EX_DATAERR; the reason never quotes the line.
 */
json_t *record_parse(const char *line, size_t n, struct fail *f);

/* A new record. ID may be NULL for reject and torn. */
json_t *record_new(const char *type, const char *id);

/* The string at KEY, borrowed, or NULL when it is absent or no string. */
const char *record_str(const json_t *r, const char *key);

/* The same, but absence is EX_DATAERR "field 'KEY' is missing". */
int record_need(
    const json_t *r, const char *key, const char **s, struct fail *f);

/* True when the string at KEY is there and is S. */
bool record_is(const json_t *r, const char *key, const char *s);

/* Set a string; a NULL string sets nothing (absent is absent). */
void record_set(json_t *r, const char *key, const char *s);

/* True when the array at KEY holds the string S. */
bool record_has(const json_t *r, const char *key, const char *s);

/* Append the record as a compact line with its LF. Order is kept. What
 * text_mask() would mask is an escape of JSON, so that a line may be shown on a
 * terminal. */
void record_line(const json_t *r, struct text *out);

/* Append the octets of the base64 field KEY; EX_DATAERR when it is none. */
int record_bytes(
    const json_t *r, const char *key, struct text *out, struct fail *f);
void record_set_bytes(json_t *r, const char *key, const void *p, size_t n);

/* A record of type mail: the octets with this hash, or only that it has N. */
json_t *record_mail(const struct text *raw, size_t n, const char *sha);

#endif
