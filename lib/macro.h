#ifndef VC_MACRO_H
#define VC_MACRO_H

/*
 * The score of CVSS v4.0 (FIRST, specification 8): a vector belongs to one of
 * 270 MacroVectors, whose scores experts agreed on; inside it the score falls
 * by how far the vector is from the worst one of the MacroVector. The
 * arithmetic is that of whole numbers, so a half is a half.
 */

/* The levels of a vector, 0 the worst, with the modified metrics taken for
 * those that they replace. */
enum {
	MACRO_AV, /* N A L P */
	MACRO_AC, /* L H */
	MACRO_AT, /* N P */
	MACRO_PR, /* N L H */
	MACRO_UI, /* N P A */
	MACRO_VC, /* H L N */
	MACRO_VI,
	MACRO_VA,
	MACRO_SC, /* S H L N */
	MACRO_SI,
	MACRO_SA,
	MACRO_E,  /* A P U */
	MACRO_CR, /* H M L */
	MACRO_IR,
	MACRO_AR,
	MACRO_LEVELS,
};

/* The score in tenths: 0 to 100. */
int macro_score(const int level[MACRO_LEVELS]);

#endif
