#ifndef VC_FORM_H
#define VC_FORM_H

#include "label.h"
#include "lines.h"

/*
 * A filled form out of the text of a mail, as it comes back: quoted, in full
 * width, in one language or two, answers beside or below their labels, with
 * greetings and a signature around it. Nothing is guessed: what is not clear
 * has a `problem`, and a line that belongs to no field is reported.
 *
 * A field is {"value","line_n","raw"}, or {"problem"[,"line_n","raw"]} without
 * a value. Problems: missing ambiguous hidden bad-email bad-phone bad-url
 * bad-date,
 * and bad-NAME or unknown-NAME for the token of field NAME. Values have no
 * control characters but the LF of prose; `raw` shows them as '?'.
 */

enum {
	FORM_BLOCKS = 200, /* of one repeated section */
};

/*
 * *form is new. EX_DATAERR: "no form found in the mail ...", or a limit of
 * lines.h or above ("toolarge: ...").
 */
int form_parse(const struct label *l, const char *text, size_t n,
    enum lines_flow flow, json_t **form, struct fail *f);

/* The value of FIELD in an object of fields, borrowed, or NULL. */
const char *form_value(const json_t *fields, const char *field);

#endif
