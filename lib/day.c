#include "day.h"

#include <string.h>

#include "fold.h"

enum {
	DAY_PARTS = 5,	  /* words and numbers that are looked at */
	DAY_REIWA = 2018, /* the year before the first of that era */
	DAY_YEAR_MIN = 1970,
	DAY_YEAR_MAX = 2199,
};

/* What is left of the text, and what was found in it. */
struct day {
	const char *p;
	int year, month, day, week; /* week: 0 is Sunday, -1 none */
};

static bool
day_skip(struct day *d, const char *s)
{
	size_t n = strlen(s);

	if (strncmp(d->p, s, n) != 0)
		return false;
	d->p += n;
	return true;
}

static void
day_blanks(struct day *d)
{
	while (*d->p == ' ' || *d->p == ',')
		d->p++;
}

/* A number of at most MAX digits, or -1. */
static int
day_number(struct day *d, int max)
{
	int v = 0, digits;

	for (digits = 0; *d->p >= '0' && *d->p <= '9'; digits++, d->p++)
		if (digits < max)
			v = v * 10 + (*d->p - '0');
	return digits > 0 && digits <= max ? v : -1;
}

/* Which of the words stands here, whole or as its first three letters, which
 * may end in a dot; from 0, or -1. */
static int
day_word(struct day *d, const char *const *word, int count)
{
	size_t n, full;
	int i;

	for (n = 0; d->p[n] >= 'a' && d->p[n] <= 'z';)
		n++;
	for (i = 0; i < count; i++) {
		full = strlen(word[i]);
		if ((n != 3 && n != full) || strncmp(d->p, word[i], n) != 0)
			continue;
		d->p += n;
		if (n != full)
			day_skip(d, ".");
		return i;
	}
	return -1;
}

static void
day_week(struct day *d)
{
	static const char *const ja[] = { "日", "月", "火", "水", "木", "金",
		"土" };
	static const char *const en[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	bool bracket = day_skip(d, "(");
	int i;

	if (d->week < 0)
		d->week = day_word(d, en, 7);
	for (i = 0; i < 7 && d->week < 0; i++)
		if (day_skip(d, ja[i])) {
			d->week = i;
			if (day_skip(d, "曜"))
				day_skip(d, "日");
		}
	if (bracket && !day_skip(d, ")"))
		d->week = 7;
	day_blanks(d);
}

/* 2026-11-30 and the like: the same sign twice. */
static bool
day_signs(struct day *d)
{
	static const char *const sign[] = { "-", "/", "." };
	size_t i;

	for (i = 0; i < sizeof sign / sizeof *sign; i++)
		if (day_skip(d, sign[i])) {
			d->month = day_number(d, 2);
			if (!day_skip(d, sign[i]))
				return false;
			d->day = day_number(d, 2);
			return true;
		}
	return false;
}

static bool
day_japanese(struct day *d)
{
	day_blanks(d);
	if (!day_skip(d, "年"))
		return false;
	day_blanks(d);
	d->month = day_number(d, 2);
	day_blanks(d);
	if (!day_skip(d, "月"))
		return false;
	day_blanks(d);
	d->day = day_number(d, 2);
	day_blanks(d);
	return day_skip(d, "日");
}

static bool
day_begins_with_year(struct day *d)
{
	if (day_skip(d, "令和")) {
		day_blanks(d);
		d->year = day_skip(d, "元") ? 1 : day_number(d, 2);
		if (d->year > 0)
			d->year += DAY_REIWA;
		return day_japanese(d);
	}
	d->year = day_number(d, 4);
	return d->year >= DAY_YEAR_MIN && (day_signs(d) || day_japanese(d));
}

/* "30 november 2026", "november 30, 2026" */
static bool
day_english(struct day *d)
{
	static const char *const month[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };
	int parts;

	for (parts = 0; parts < DAY_PARTS && *d->p != '\0'; parts++) {
		day_blanks(d);
		if (d->month == 0 &&
		    (d->month = day_word(d, month, 12) + 1) > 0)
			continue;
		if (d->day == 0) {
			if ((d->day = day_number(d, 2)) < 0)
				return false;
			if (!day_skip(d, "st") && !day_skip(d, "nd") &&
			    !day_skip(d, "rd"))
				day_skip(d, "th");
		} else if (d->month > 0 && d->year == 0)
			return (d->year = day_number(d, 4)) >= DAY_YEAR_MIN;
		else
			return false;
	}
	return false;
}

/* 0 is Sunday. */
static int
day_of_week(int y, int m, int day)
{
	static const int t[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

	y -= m < 3;
	return (y + y / 4 - y / 100 + y / 400 + t[m - 1] + day) % 7;
}

static bool
day_exists(const struct day *d)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap =
	    d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);

	return d->year >= DAY_YEAR_MIN && d->year <= DAY_YEAR_MAX &&
	    d->month >= 1 && d->month <= 12 && d->day >= 1 &&
	    d->day <= days[d->month - 1] + (leap && d->month == 2) &&
	    (d->week < 0 || d->week == day_of_week(d->year, d->month, d->day));
}

bool
day_read(const char *p, size_t n, struct text *out)
{
	struct text key = TEXT_INIT;
	struct day d = { .week = -1 };
	bool good;

	fold_key(&key, p, n);
	d.p = key.p == NULL ? "" : key.p;
	day_week(&d);
	good = *d.p >= 'a' && *d.p <= 'z' ? day_english(&d) :
					    day_begins_with_year(&d);
	if (!good && d.year < DAY_YEAR_MIN) {
		d = (struct day){ .p = key.p == NULL ? "" : key.p, .week = -1 };
		day_week(&d);
		good = day_english(&d);
	}
	day_blanks(&d);
	day_week(&d);
	good = good && *d.p == '\0' && day_exists(&d);
	if (good)
		text_addf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
	text_release(&key);
	return good;
}
