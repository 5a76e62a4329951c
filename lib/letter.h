#ifndef VC_LETTER_H
#define VC_LETTER_H

#include "template.h"

/*
 * The letter that a vendor gets about a case: subject, text, and the answer
 * form with the case and the vendor filled in. The words are those of
 * {ja,en}/notice.txt in the template folder; its first line is the subject.
 *
 * Invariant: the first line of a letter is its TLP label, and one letter
 * names one vendor, the one that it goes to.
 */

struct letter {
	const char *folder;	 /* borrowed; NULL: the templates shipped */
	struct template text[2]; /* ja, en; loaded on first use */
	struct template form[2]; /* form/status.ja.txt, form/status.en.txt */
	bool loaded[2];
};

#define LETTER_INIT \
	{ \
		.folder = NULL \
	}

/*
 * Fill `subject`, `text` and `attachment` of NOTICE, in the language that the
 * notice names, else the vendor's, else Japanese. Text that the case has in
 * the other language only is taken from there. CASE_ and VENDOR are the
 * records. EX_NOINPUT, EX_CONFIG: the template; EX_DATAERR: the case or
 * the vendor has no usable id.
 */
int letter_write(struct letter *l, const json_t *case_, const json_t *vendor,
    json_t *notice, struct fail *f);

void letter_release(struct letter *l);

#endif
