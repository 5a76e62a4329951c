#ifndef VC_FRAME_H
#define VC_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/*
 * OpenPGP in text: the clearsigned frame and the armoured message
 * (RFC 4880 sections 6.2 and 7). Octets, never characters: whoever looks for a
 * frame looks at what was signed, before any charset.
 *
 * Invariant: a frame is found only when it is the whole of a text. One of two
 * frames, or a frame with anything but blank lines around it, is none.
 */

struct frame {
	size_t from, n;	     /* the frame, from its BEGIN to its END line */
	size_t text, text_n; /* CLEARSIGNED: the text as it stands, escaped */
};

/*
 * Is p[0..n) one clearsigned frame? Only Hash headers, every line that begins
 * with a dash is escaped, one signature block.
 */
bool frame_signed(const char *p, size_t n, struct frame *at);

/* Is p[0..n) one PGP MESSAGE block? */
bool frame_message(const char *p, size_t n, struct frame *at);

/* True when a line begins a signed text, a signature or a message. */
bool frame_any(const char *p, size_t n);

/* Append the text of a clearsigned frame without its escapes; unverified. */
void frame_text(const char *p, const struct frame *at, struct text *out);

#endif
