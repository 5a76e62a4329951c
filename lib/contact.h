#ifndef VC_CONTACT_H
#define VC_CONTACT_H

#include "record.h"

/*
 * One e-mail address, or one telephone number, as people and their mailers
 * write it. Two are none: which one is meant is not for us to guess.
 */

enum {
	CONTACT_DIGITS_MIN = 6,	 /* of a telephone number */
	CONTACT_DIGITS_MAX = 15, /* ITU-T E.164 */
	CONTACT_EXTENSION = 8,
};

/*
 * Append the addr-spec of "a@b", "<a@b>", "mailto:a@b", "Name <a@b>",
 * "a@b (comment)", and of what mailers make of a link: "a@b<mailto:a@b>",
 * "[a@b](mailto:a@b)". False when it is none, or there are two.
 */
bool contact_email(const char *p, size_t n, struct text *out);

/*
 * Append a number, its letters and digits in ASCII: "03-1234-5678 ext. 12".
 * BESIDE: fold_bare of the words that may stand before and behind it.
 */
bool contact_phone(
    const json_t *beside, const char *p, size_t n, struct text *out);

#endif
