#include "pace.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "text.h"

enum {
	PACE_NS = 1000000000,
};

int
pace_read(struct pace *p, const char *rate, struct fail *f)
{
	static const struct {
		const char *name;
		long seconds;
	} unit[] = { { "/s", 1 }, { "/min", 60 }, { "/h", 3600 } };
	struct text number = TEXT_INIT;
	long n = 0;
	size_t i;

	*p = (struct pace){ .every = 0 };
	if (rate == NULL)
		return 0;
	text_add(&number, rate, strcspn(rate, "/"));
	for (i = 0; i < sizeof unit / sizeof unit[0]; i++)
		if (strcmp(rate + number.n, unit[i].name) == 0 &&
		    text_count(number.p, PACE_MOST, &n) && n > 0)
			p->every = (int64_t)unit[i].seconds * PACE_NS / n;
	text_release(&number);
	return p->every > 0 ?
	    0 :
	    fail(f, EX_USAGE,
		"option '-m' wants a rate such as 60/min, up to %d/s",
		PACE_MOST);
}

void
pace_wait(const struct pace *p)
{
	const struct timespec t = { .tv_sec = (time_t)(p->next / PACE_NS),
		.tv_nsec = (long)(p->next % PACE_NS) };

	while (p->next != 0 &&
	    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		continue;
}

void
pace_mark(struct pace *p)
{
	struct timespec t;

	if (p->every == 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &t);
	p->next = (int64_t)t.tv_sec * PACE_NS + t.tv_nsec + p->every;
}
