#include "macro.h"

#include <stdbool.h>

/* The scores of the MacroVectors in tenths, by EQ1 EQ2 EQ3 and EQ4 EQ5 EQ6; 0:
 * there is no such one. */
static const unsigned char score[3 * 2 * 3][3 * 3 * 2] = {
	{ 100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81,
	    68 },
	{ 98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69,
	    48 },
	{ 0, 92, 0, 82, 0, 72, 0, 79, 0, 69, 0, 50, 0, 69, 0, 55, 0, 27 },
	{ 99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72,
	    53 },
	{ 95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50,
	    30 },
	{ 0, 86, 0, 75, 0, 52, 0, 71, 0, 52, 0, 29, 0, 63, 0, 29, 0, 17 },
	{ 98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63,
	    49 },
	{ 94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52,
	    25 },
	{ 0, 83, 0, 70, 0, 54, 0, 65, 0, 58, 0, 26, 0, 53, 0, 21, 0, 13 },
	{ 95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52,
	    30 },
	{ 89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24,
	    16 },
	{ 0, 71, 0, 59, 0, 30, 0, 58, 0, 26, 0, 15, 0, 23, 0, 13, 0, 6 },
	{ 93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40,
	    22 },
	{ 85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19,
	    8 },
	{ 0, 64, 0, 51, 0, 20, 0, 47, 0, 21, 0, 11, 0, 24, 0, 9, 0, 4 },
	{ 88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20,
	    11 },
	{ 75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2 },
	{ 0, 53, 0, 24, 0, 14, 0, 24, 0, 12, 0, 5, 0, 10, 0, 3, 0, 1 },
};

enum {
	EQS = 6,
	WHOLE = 2520, /* every number of levels from 1 to 10 divides it */
};

static int
look(const int eq[EQS])
{
	if (eq[0] > 2 || eq[1] > 1 || eq[2] > 2 || eq[3] > 2 || eq[4] > 2 ||
	    eq[5] > 1)
		return 0;
	return score[(eq[0] * 2 + eq[1]) * 3 + eq[2]]
		    [(eq[3] * 3 + eq[4]) * 2 + eq[5]];
}

/* To which MacroVector: specification 8.2, tables 24 to 29. */
static void
classify(const int *v, int eq[EQS])
{
	int worst =
	    (v[MACRO_AV] == 0) + (v[MACRO_PR] == 0) + (v[MACRO_UI] == 0);
	bool high = v[MACRO_VC] == 0 || v[MACRO_VI] == 0 || v[MACRO_VA] == 0;

	eq[0] = worst == 3 ? 0 : worst > 0 && v[MACRO_AV] < 3 ? 1 : 2;
	eq[1] = v[MACRO_AC] > 0 || v[MACRO_AT] > 0;
	eq[2] = v[MACRO_VC] == 0 && v[MACRO_VI] == 0 ? 0 : high ? 1 : 2;
	eq[3] = v[MACRO_SI] == 0 || v[MACRO_SA] == 0		     ? 0 :
	    v[MACRO_SC] == 1 || v[MACRO_SI] == 1 || v[MACRO_SA] == 1 ? 1 :
								       2;
	eq[4] = v[MACRO_E];
	eq[5] = !((v[MACRO_CR] == 0 && v[MACRO_VC] == 0) ||
	    (v[MACRO_IR] == 0 && v[MACRO_VI] == 0) ||
	    (v[MACRO_AR] == 0 && v[MACRO_VA] == 0));
}

/* How many levels the metrics FROM to TO are below WORST, the sum of those of
 * any worst vector of the MacroVector. */
static int
below(const int *v, int from, int to, int worst)
{
	int sum = -worst;

	while (from <= to)
		sum += v[from++];
	return sum;
}

/* The score of the next lower MacroVector in one EQ; 0: there is none. Of EQ3
 * and EQ6, which go together, the higher of the two. */
static int
lower(const int eq[EQS], int which)
{
	int next[EQS], i, a, b;

	for (i = 0; i < EQS; i++)
		next[i] = eq[i];
	if (which != 2) {
		next[which]++;
		return look(next);
	}
	next[2] = eq[2] + 1;
	a = look(next);
	next[2] = eq[2];
	next[5] = eq[5] + 1;
	b = look(next);
	return a > b ? a : b;
}

int
macro_score(const int v[MACRO_LEVELS])
{
	/* by the level of the EQ: the sum of the worst vector, and the depth
	 * of the MacroVector in levels */
	static const int worst1[] = { 0, 1, 3 }, depth1[] = { 1, 4, 5 };
	static const int worst2[] = { 0, 1 }, depth2[] = { 1, 2 };
	static const int worst3[][2] = { { 0, 3 }, { 1, 3 }, { 0, 3 } };
	static const int depth3[][2] = { { 7, 6 }, { 8, 8 }, { 1, 10 } };
	static const int worst4[] = { 1, 3, 6 }, depth4[] = { 6, 5, 4 };
	int eq[EQS], here, next, i, n = 0, fall = 0;
	int far[5], deep[5];

	if (below(v, MACRO_VC, MACRO_VA, 6) == 0 &&
	    below(v, MACRO_SC, MACRO_SA, 9) == 0)
		return 0;
	classify(v, eq);
	here = look(eq);
	far[0] = v[MACRO_AV] + v[MACRO_PR] + v[MACRO_UI] - worst1[eq[0]];
	deep[0] = depth1[eq[0]];
	far[1] = below(v, MACRO_AC, MACRO_AT, worst2[eq[1]]);
	deep[1] = depth2[eq[1]];
	far[2] = below(v, MACRO_VC, MACRO_VA, worst3[eq[2]][eq[5]]) +
	    below(v, MACRO_CR, MACRO_AR, 0);
	deep[2] = depth3[eq[2]][eq[5]];
	far[3] = below(v, MACRO_SC, MACRO_SA, worst4[eq[3]]);
	deep[3] = depth4[eq[3]];
	far[4] = 0;
	deep[4] = 1;
	for (i = 0; i < 5; i++) {
		next = lower(eq, i);
		if (next == 0)
			continue;
		fall += (here - next) * far[i] * (WHOLE / deep[i]);
		n++;
	}
	if (n == 0)
		return here;
	n *= WHOLE;
	return (2 * (here * n - fall) + n) / (2 * n);
}
