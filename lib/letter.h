#ifndef VC_LETTER_H
#define VC_LETTER_H

#include "template.h"

/*
 * The letters that a vendor gets: subject, text and what goes with it. Each
 * kind has its words in {ja,en}/KIND.txt of the template folder, whose first
 * line is the subject.
 *
 *	disclosure update			the form, the case, its files
 *	date-change				the case
 *	reminder publication embargo-ended	the form
 *	papers meeting registered key		nothing; they are about no case
 *	announcement				the same, for all
 *
 * The form is the answer form with case and vendor filled in (status.txt); the
 * case goes as data (case.json), and its files by their hashes.
 *
 * Invariant: the first line of a letter is its TLP label, and one letter
 * names one vendor, the one that it goes to.
 */

enum {
	LETTER_KINDS = 11,
};

struct letter {
	const char *folder; /* borrowed; NULL: the templates shipped */
	struct template text[LETTER_KINDS][2]; /* ja, en; on first use */
	struct template form[2]; /* form/status.ja.txt, form/status.en.txt */
	json_t *label;		 /* label/letter.json */
};

#define LETTER_INIT \
	{ \
		.folder = NULL \
	}

/*
 * Fill `kind`, `subject`, `text` and `attachment` of NOTICE, in the language
 * that the notice names, else the vendor's, else Japanese. Text that is there
 * in the other language only is taken from there. ABOUT is the case as
 * need_view() gives it, or what content_about() takes; VENDOR the row.
 * EX_NOINPUT, EX_CONFIG: the template; EX_DATAERR: the case or the vendor has
 * no usable id, or as enclosure_check(); EX_SOFTWARE: no such kind.
 */
int letter_write(struct letter *l, const char *kind, const json_t *about,
    const json_t *vendor, json_t *notice, struct fail *f);

void letter_release(struct letter *l);

#endif
