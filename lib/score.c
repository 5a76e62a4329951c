#include "score.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "macro.h"

enum {
	METRICS = 40,
	ABSENT = -1,
};

/* Its values are between blanks; where it may be, the first one is number 0. */
struct metric {
	const char *name, *value;
};

struct version {
	const char *name, *prefix;
	const struct metric *metric; /* the base metrics first */
	int base, all;
	bool order;
	int (*score)(const int *v); /* in tenths */
};

enum {
	AV2,
	AC2,
	AU2,
	C2,
	I2,
	A2
};

static const struct metric metric2[] = {
	{ "AV", "L A N" },
	{ "AC", "H M L" },
	{ "Au", "M S N" },
	{ "C", "N P C" },
	{ "I", "N P C" },
	{ "A", "N P C" },
	{ "E", "U POC F H ND" },
	{ "RL", "OF TF W U ND" },
	{ "RC", "UC UR C ND" },
	{ "CDP", "N L LM MH H ND" },
	{ "TD", "N L M H ND" },
	{ "CR", "L M H ND" },
	{ "IR", "L M H ND" },
	{ "AR", "L M H ND" },
};

enum {
	AV3,
	AC3,
	PR3,
	UI3,
	S3,
	C3,
	I3,
	A3
};

static const struct metric metric3[] = {
	{ "AV", "N A L P" },
	{ "AC", "L H" },
	{ "PR", "N L H" },
	{ "UI", "N R" },
	{ "S", "U C" },
	{ "C", "N L H" },
	{ "I", "N L H" },
	{ "A", "N L H" },
	{ "E", "X U P F H" },
	{ "RL", "X O T W U" },
	{ "RC", "X U R C" },
	{ "CR", "X L M H" },
	{ "IR", "X L M H" },
	{ "AR", "X L M H" },
	{ "MAV", "X N A L P" },
	{ "MAC", "X L H" },
	{ "MPR", "X N L H" },
	{ "MUI", "X N R" },
	{ "MS", "X U C" },
	{ "MC", "X N L H" },
	{ "MI", "X N L H" },
	{ "MA", "X N L H" },
};

/* In the order of macro.h, then what replaces the first eleven. */
static const struct metric metric4[] = {
	{ "AV", "N A L P" },
	{ "AC", "L H" },
	{ "AT", "N P" },
	{ "PR", "N L H" },
	{ "UI", "N P A" },
	{ "VC", "H L N" },
	{ "VI", "H L N" },
	{ "VA", "H L N" },
	{ "SC", "/ H L N" },
	{ "SI", "/ H L N" },
	{ "SA", "/ H L N" },
	{ "E", "A P U X" },
	{ "CR", "H M L X" },
	{ "IR", "H M L X" },
	{ "AR", "H M L X" },
	{ "MAV", "N A L P X" },
	{ "MAC", "L H X" },
	{ "MAT", "N P X" },
	{ "MPR", "N L H X" },
	{ "MUI", "N P A X" },
	{ "MVC", "H L N X" },
	{ "MVI", "H L N X" },
	{ "MVA", "H L N X" },
	{ "MSC", "/ H L N X" },
	{ "MSI", "S H L N X" },
	{ "MSA", "S H L N X" },
	{ "S", "X N P" },
	{ "AU", "X N Y" },
	{ "R", "X A U I" },
	{ "V", "X D C" },
	{ "RE", "X L M H" },
	{ "U", "X Clear Green Amber Red" },
};

/* A complete guide to CVSS 2.0, 3.2.1; here in 10^-12, then in 10^-15. */
static int
score2(const int *v)
{
	static const int64_t av[] = { 395, 646, 1000 }, ac[] = { 35, 61, 71 };
	static const int64_t au[] = { 450, 560, 704 };
	static const int64_t spared[] = { 1000, 725, 340 };
	int64_t impact =
	    INT64_C(1000000000) - spared[v[C2]] * spared[v[I2]] * spared[v[A2]];
	int64_t sum = 6246 * impact +
	    80000 * av[v[AV2]] * ac[v[AC2]] * au[v[AU2]] -
	    INT64_C(1500000000000);

	if (impact == 0)
		return 0;
	return (int)((sum * 1176 + INT64_C(50000000000000)) /
	    INT64_C(100000000000000));
}

/* X to the power of 15, in 10^-9. */
static int64_t
power15(int64_t x)
{
	int64_t p = 1000000000;
	int i;

	for (i = 0; i < 15; i++)
		p = p * x / 1000000000;
	return p;
}

/*
 * Specification 3.1, 7.1. Version 3.0 rounds up another way, but no vector of
 * base metrics comes between a tenth and the next hundred-thousandth, where
 * that would show. In 10^-10, then in 10^-12.
 */
static int
score3(const int *v)
{
	static const int64_t av[] = { 85, 62, 55, 20 }, ac[] = { 77, 44 };
	static const int64_t pr[][3] = { { 85, 62, 27 }, { 85, 68, 50 } };
	static const int64_t ui[] = { 85, 62 }, spared[] = { 100, 78, 44 };
	int64_t iss = 1000000 - spared[v[C3]] * spared[v[I3]] * spared[v[A3]];
	int64_t impact = 64200 * iss, sum;
	bool changed = v[S3] == 1;

	if (iss == 0)
		return 0;
	if (changed)
		impact = 75200 * (iss - 29000) -
		    65 * power15((iss - 20000) * 1000) / 2;
	sum = (impact +
		  822 * av[v[AV3]] * ac[v[AC3]] * pr[v[S3]][v[PR3]] *
		      ui[v[UI3]]) *
	    (changed ? 108 : 100);
	sum = (sum + INT64_C(99999999999)) / INT64_C(100000000000);
	return sum > 100 ? 100 : (int)sum;
}

static int
score4(const int *v)
{
	int level[MACRO_LEVELS], i;

	for (i = 0; i < MACRO_LEVELS; i++)
		level[i] = v[i];
	for (i = MACRO_AV; i <= MACRO_SA; i++)
		if (v[MACRO_LEVELS + i] != ABSENT)
			level[i] = v[MACRO_LEVELS + i];
	for (i = MACRO_E; i <= MACRO_AR; i++)
		if (level[i] == ABSENT)
			level[i] = 0;
	return macro_score(level);
}

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

static const struct version versions[] = {
	{ "4.0", "CVSS:4.0/", metric4, 11, COUNT(metric4), true, score4 },
	{ "3.1", "CVSS:3.1/", metric3, 8, COUNT(metric3), false, score3 },
	{ "3.0", "CVSS:3.0/", metric3, 8, COUNT(metric3), false, score3 },
	{ "2.0", "AV:", metric2, 6, COUNT(metric2), true, score2 },
};

/* The number of a word of LIST; ABSENT: it is none of them. */
static int
number(const char *list, const char *p, size_t n)
{
	size_t k;
	int i;

	for (i = 0; *list != '\0'; i++, list += list[k] == ' ' ? k + 1 : k) {
		k = strcspn(list, " ");
		if (k == n && memcmp(list, p, n) == 0)
			return i;
	}
	return ABSENT;
}

static int
metric(const struct version *is, const char *p, size_t n)
{
	int i;

	for (i = 0; i < is->all; i++)
		if (strlen(is->metric[i].name) == n &&
		    memcmp(is->metric[i].name, p, n) == 0)
			return i;
	return ABSENT;
}

static int
values(const struct version *is, const char *p, int v[METRICS], struct fail *f)
{
	unsigned char seen[METRICS] = { 0 };
	size_t name, n;
	int i, last = ABSENT;

	for (;; p += n + 1) {
		n = strcspn(p, "/");
		name = strcspn(p, ":");
		i = name < n ? metric(is, p, name) : ABSENT;
		if (i == ABSENT)
			return fail(f, EX_DATAERR,
			    "has a metric that CVSS %s does not know",
			    is->name);
		if (seen[i]++)
			return fail(f, EX_DATAERR, "has the metric '%s' twice",
			    is->metric[i].name);
		v[i] = number(is->metric[i].value, p + name + 1, n - name - 1);
		if (v[i] == ABSENT)
			return fail(f, EX_DATAERR,
			    "has an unknown value of the metric '%s'",
			    is->metric[i].name);
		if (is->order && i < last)
			return fail(f, EX_DATAERR,
			    "has the metric '%s' out of order",
			    is->metric[i].name);
		last = i;
		if (n == name + 2 && p[name + 1] == 'X')
			v[i] = ABSENT;
		if (p[n] == '\0')
			break;
	}
	for (i = 0; i < is->base; i++)
		if (!seen[i])
			return fail(f, EX_DATAERR, "has no metric '%s'",
			    is->metric[i].name);
	return 0;
}

static const char *
rating(const struct version *is, int tenths)
{
	if (tenths == 0 && is->base > 6)
		return "None";
	if (tenths < 40)
		return "Low";
	if (tenths < 70)
		return "Medium";
	return tenths < 90 || is->base == 6 ? "High" : "Critical";
}

int
score_read(const char *vector, struct score *s, struct fail *f)
{
	int v[METRICS], tenths;
	const struct version *is = NULL;
	size_t i;

	for (i = 0; i < METRICS; i++)
		v[i] = ABSENT;
	for (i = 0; is == NULL && i < sizeof versions / sizeof *versions; i++)
		if (strncmp(vector, versions[i].prefix,
			strlen(versions[i].prefix)) == 0)
			is = &versions[i];
	if (is == NULL || strlen(vector) > SCORE_VECTOR)
		return fail(f, EX_DATAERR,
		    "is no CVSS vector such as "
		    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	if (values(is, vector + (*vector == 'C' ? 9 : 0), v, f) != 0)
		return f->code;
	tenths = is->score(v);
	s->version = is->name;
	s->rating = rating(is, tenths);
	snprintf(s->text, sizeof s->text, "%u.%u", (unsigned)tenths / 10 % 100,
	    (unsigned)tenths % 10);
	return 0;
}
