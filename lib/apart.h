#ifndef VC_APART_H
#define VC_APART_H

#include "reader.h"

/*
 * An answer that a blank line parts from its label may be the text after the
 * form. The last one of a section counts only when the answers to other labels
 * all stand so, and there are some; else its lines become unknown.
 */
void apart_check(struct reader *r);

#endif
