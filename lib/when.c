#include "when.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define WHEN_FIRST INT64_C(-30610224000) /* 1000-01-01T00:00:00Z */

enum {
	JAPAN = 9 * 3600, /* seconds before UTC */
};

static bool
when_digits(const char *s, const char *form)
{
	for (; *form != '\0'; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return false;
	return *s == '\0';
}

bool
when_parse(const char *s, when_t *t)
{
	struct tm tm = { 0 };
	char again[WHEN_LEN];

	if (s == NULL || !when_digits(s, "0000-00-00T00:00:00Z"))
		return false;
	sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2dZ", &tm.tm_year, &tm.tm_mon,
	    &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec);
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	*t = timegm(&tm);
	when_format(*t, again);
	return strcmp(s, again) == 0;
}

/* Digits, at least LEAST and at most MOST of them; -1 when there are none. */
static int
when_number(const char **s, int least, int most)
{
	int v = 0, n = 0;

	for (; n < most && **s >= '0' && **s <= '9'; n++)
		v = v * 10 + *(*s)++ - '0';
	return n < least || (**s >= '0' && **s <= '9') ? -1 : v;
}

/* One of the words of three letters, and what is behind it; -1: none. */
static int
when_word(const char **s, const char *words, const char *behind)
{
	size_t n = strlen(behind);
	int i;

	for (i = 0; words[3 * i] != '\0'; i++)
		if (strncmp(*s, words + 3 * i, 3) == 0 &&
		    strncmp(*s + 3, behind, n) == 0) {
			*s += 3 + n;
			return i;
		}
	return -1;
}

static bool
when_is(const char **s, char c)
{
	return **s == c && (*s)++ != NULL;
}

/* "18:45:59 " or "18:45 ". */
static bool
when_clock(const char **s, struct tm *tm)
{
	tm->tm_hour = when_number(s, 2, 2);
	if (!when_is(s, ':'))
		return false;
	tm->tm_min = when_number(s, 2, 2);
	if (when_is(s, ':'))
		tm->tm_sec = when_number(s, 2, 2);
	return when_is(s, ' ') && tm->tm_hour >= 0 && tm->tm_hour < 24 &&
	    tm->tm_min >= 0 && tm->tm_min < 60 && tm->tm_sec >= 0 &&
	    tm->tm_sec < 60;
}

bool
when_mail(const char *s, when_t *t)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct tm tm = { 0 };
	int day, year, zone;
	bool west;

	when_word(&s, days, ", ");
	day = when_number(&s, 1, 2);
	if (!when_is(&s, ' '))
		return false;
	tm.tm_mon = when_word(&s, months, " ");
	year = when_number(&s, 4, 4);
	if (tm.tm_mon < 0 || year < 1970 || !when_is(&s, ' ') ||
	    !when_clock(&s, &tm))
		return false;
	west = *s == '-';
	if (!when_is(&s, '+') && !when_is(&s, '-'))
		return false;
	zone = when_number(&s, 4, 4);
	if (zone < 0 || zone > 1400 || zone % 100 >= 60 ||
	    (*s != '\0' && strncmp(s, " (", 2) != 0))
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mday = day;
	zone = (zone / 100 * 60 + zone % 100) * 60;
	*t = timegm(&tm) - (west ? -zone : zone);
	return day > 0 && tm.tm_mday == day;
}

/* Years of four digits. */
static bool
when_broken(when_t t, struct tm *tm)
{
	time_t u = (time_t)t;

	return t >= WHEN_FIRST && t <= WHEN_LAST && gmtime_r(&u, tm) != NULL;
}

void
when_format(when_t t, char out[WHEN_LEN])
{
	struct tm tm;

	if (!when_broken(t, &tm) ||
	    strftime(out, WHEN_LEN, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		memcpy(out, "1970-01-01T00:00:00Z", WHEN_LEN);
}

void
when_japan(when_t t, char out[WHEN_DAY])
{
	struct tm tm;

	if (t > WHEN_LAST || !when_broken(t + JAPAN, &tm) ||
	    strftime(out, WHEN_DAY, "%Y/%m/%d", &tm) == 0)
		memcpy(out, "1970/01/01", WHEN_DAY);
}

void
when_day(when_t t, char out[WHEN_DAY])
{
	when_japan(t, out);
	out[4] = out[7] = '-';
}

int
when_now(const char *now, when_t *t, struct fail *f)
{
	if (now == NULL) {
		*t = time(NULL);
		return 0;
	}
	if (!when_parse(now, t))
		return fail(f, EX_USAGE,
		    "'%s' is no time such as 2008-07-08T18:45:59Z", now);
	return 0;
}
