#ifndef VC_FOLD_H
#define VC_FOLD_H

#include <stddef.h>

#include "text.h"

/*
 * Comparison keys: the same words in full and half width, upper and lower
 * case, with other blanks, dashes and company forms fall together (Unicode
 * NFKC by GLib, then our own pairs of the MS and JIS tables). Keys are made to
 * be compared and thrown away; what is stored stays as it was written.
 *
 * All append to OUT and take at most FOLD_MAX octets of valid UTF-8; what is
 * longer, or is no UTF-8, appends nothing.
 */

enum {
	FOLD_MAX = 64 << 10, /* octets that one call takes */
};

/* Width only, case kept: full-width letters, digits and signs become ASCII,
 * half-width kana become full, every blank one SPACE, every dash one '-'. */
void fold_width(struct text *out, const char *p, size_t n);

/* The same without case, runs of blanks as one, trimmed: for words. */
void fold_key(struct text *out, const char *p, size_t n);

/* Letters, digits, '+' and '#' alone, without case: for labels and names of
 * products ("E-Mail address" = "ｅｍａｉｌ　ａｄｄｒｅｓｓ"). */
void fold_bare(struct text *out, const char *p, size_t n);

/* The same for names of organisations: without what says how they are
 * incorporated (株式会社 (株) ㈱ Inc. Co., Ltd. ...), unless that is all. */
void fold_name(struct text *out, const char *p, size_t n);

#endif
