#ifndef VC_BODY_H
#define VC_BODY_H

#include "mime.h"

/*
 * Which part of a mail is its text, and which are attachments. What is inside
 * an attached mail (message/rfc822) is neither: the attached mail is one
 * attachment. Both give the index of a part, or m->n for none.
 */

/* The first text/plain that is not marked as an attachment. */
size_t body_text(const char *raw, const struct mime *m);

/*
 * The I-th attachment: marked or named as one, or no text. The signature of
 * a multipart/signed that is the whole of the mail is none.
 */
size_t body_attachment(const char *raw, const struct mime *m, size_t i);

#endif
