#include "when.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

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

void
when_format(when_t t, char out[WHEN_LEN])
{
	time_t u = (time_t)t;
	struct tm tm;

	if (gmtime_r(&u, &tm) == NULL ||
	    strftime(out, WHEN_LEN, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		memcpy(out, "1970-01-01T00:00:00Z", WHEN_LEN);
}

void
when_japan(when_t t, char out[WHEN_DAY])
{
	time_t u = (time_t)t + 9 * 3600;
	struct tm tm;

	if (gmtime_r(&u, &tm) == NULL ||
	    strftime(out, WHEN_DAY, "%Y/%m/%d", &tm) == 0)
		memcpy(out, "1970/01/01", WHEN_DAY);
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
