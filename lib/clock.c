#include "clock.h"

#include <time.h>

#include "file.h"

enum {
	JAPAN = 9 * 3600, /* seconds before UTC */
	DAY = 24 * 3600,
	LONGEST = 9999, /* days or months */
};

static int
read_number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	json_int_t n = json_integer_value(v);

	if (v == NULL)
		return 0;
	return json_is_integer(v) && n > 0 && n <= LONGEST ? (int)n : -1;
}

int
clocks_load(struct clocks *c, struct fail *f)
{
	static const char *const name[] = { "reminder", "target", "product",
		"unreachable", "finder" };
	struct text label = TEXT_INIT;
	json_error_t e;
	json_t *all;
	int i, d, m;

	if (file_share("label/clock.json", &label, f) != 0)
		return f->code;
	all = json_loadb(label.p, label.n, JSON_REJECT_DUPLICATES, &e);
	text_release(&label);
	if (!json_is_object(all))
		fail(f, EX_CONFIG,
		    "label/clock.json:%d: this is no JSON object", e.line);
	for (i = 0; f->code == 0 && i < CLOCKS; i++) {
		d = read_number(json_object_get(all, name[i]), "days");
		m = read_number(json_object_get(all, name[i]), "months");
		if (d < 0 || m < 0 || d + m == 0)
			fail(f, EX_CONFIG,
			    "label/clock.json: '%s' has no 'days' or 'months'",
			    name[i]);
		c->after[i].days = d;
		c->after[i].months = m;
	}
	json_decref(all);
	return f->code;
}

static int
days_of(int year, int month)
{
	struct tm tm = { .tm_year = year, .tm_mon = month + 1, .tm_mday = 0 };

	timegm(&tm);
	return tm.tm_mday;
}

when_t
clock_due(const struct clocks *c, enum clock which, when_t from)
{
	time_t japan = (time_t)from + JAPAN;
	struct tm tm = { 0 };
	int most;

	gmtime_r(&japan, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_mon += c->after[which].months;
	most = days_of(tm.tm_year, tm.tm_mon);
	if (tm.tm_mday > most)
		tm.tm_mday = most;
	tm.tm_mday += c->after[which].days;
	return (when_t)timegm(&tm) - JAPAN;
}

bool
clock_come(when_t t, when_t now)
{
	return (t + JAPAN) / DAY <= (now + JAPAN) / DAY;
}
