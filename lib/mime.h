#ifndef VC_MIME_H
#define VC_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "text.h"

/*
 * The structure of a mail as offsets into its raw octets (RFC 5322, RFC 2045,
 * RFC 2046): own code, because what a signature covers must be cut
 * from what came, octet for octet. Line ends are LF or CRLF.
 *
 * Invariant: parts stand in the order of the mail, part[0] is the whole, and
 * head <= body <= end <= n. A part ends before the line end that belongs to
 * the next delimiter, be it the blank line after its header.
 */

enum {
	MIME_DEPTH = 8,	    /* multiparts and messages inside each other */
	MIME_PARTS = 64,    /* parts, the whole not counted */
	MIME_BOUNDARY = 70, /* octets of a boundary, 1 at least */
	MIME_TYPE = 96,	    /* octets of "type/subtype", NUL included */
};

enum mime_kind {
	MIME_LEAF,
	MIME_MULTIPART,
	MIME_MESSAGE, /* message/rfc822; its one child is the inner mail */
};

struct mime_part {
	enum mime_kind kind;
	int parent, depth; /* index, or -1; the whole has depth 0 */
	int children;
	size_t head, body, end; /* header [head..body), body [body..end) */
	size_t closed; /* MULTIPART: after the line of its close delimiter */
	char type[MIME_TYPE]; /* lower case; "" is text/plain by default */
};

struct mime {
	size_t n;
	bool cr; /* limit_check(): a CR in a header ends no line */
	struct mime_part part[MIME_PARTS + 1];
};

struct mime_field {
	const char *name, *value; /* as they came; value after the colon */
	size_t name_n, value_n;	  /* value: without the last line end */
};

/* Octets of a leading mbox line ("From x ...") with its end, or 0; "From :" is
 * a field. */
size_t mime_mbox(const char *raw, size_t n);

/* The next field of a header block, from *p on. False at its end. */
bool mime_field(const char **p, const char *end, struct mime_field *field);
bool mime_is(const struct mime_field *field, const char *name);

/* Append without line ends: what RFC 5322 calls unfolding, trimmed. */
void mime_unfold(struct text *out, const char *p, size_t n);

/* EX_DATAERR, "toolarge: ..." or "malformed: ...". */
int mime_scan(const char *raw, size_t n, struct mime *m, struct fail *f);

#endif
