#ifndef VC_WHEN_H
#define VC_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "fail.h"

/*
 * Points in time. Inside, seconds since 1970-01-01T00:00:00Z; in records,
 * RFC 3339 in UTC with 'Z' and whole seconds; on Japanese pages YYYY/MM/DD in
 * Japan time (UTC+9 without summer time; DOMAIN.md section 3.2).
 */

typedef int64_t when_t;

#define WHEN_LAST INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

enum {
	WHEN_LEN = 21, /* "2008-07-08T18:45:59Z" and NUL */
	WHEN_DAY = 11, /* "2008/07/09" and NUL */
};

/* "2008-07-08T18:45:59Z" and nothing else. False when it is not a time. */
bool when_parse(const char *s, when_t *t);

/*
 * "Thu, 8 Jul 2004 18:45:59 +0900", the date of mails as nearly all write it
 * (RFC 5322 3.3; the name of the day and the seconds may be missing, a comment
 * may follow). False: it is another form, or no date.
 */
bool when_mail(const char *s, when_t *t);

/* 1970-01-01T00:00:00Z for a time whose year has not four digits. */
void when_format(when_t t, char out[WHEN_LEN]);

/* The day in Japan, YYYY/MM/DD for people and YYYY-MM-DD for ids. */
void when_japan(when_t t, char out[WHEN_DAY]);
void when_day(when_t t, char out[WHEN_DAY]);

/* Now, or the time given as NOW (option -N). EX_USAGE when NOW is none. */
int when_now(const char *now, when_t *t, struct fail *f);

#endif
