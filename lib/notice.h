#ifndef VC_NOTICE_H
#define VC_NOTICE_H

#include "record.h"

/*
 * A notice without its letter: to which vendor, which kind, about which case.
 * Its id is made of these and of nothing else (vc-record(5), lineages):
 *
 *	CASE/VENDOR/N			disclosure, update, date-change
 *	CASE/VENDOR/KIND/WORD		another letter about the case
 *	vendor/VENDOR/KIND/WORD		a letter about no case, TLP:CLEAR
 *
 * Invariant: one vendor, one address, and the label of its case.
 */

/*
 * About a case; AT: its day, or "" for never; WORD: NULL for its revision. ROW
 * is NULL for a vendor that is not in the list. New.
 */
json_t *notice_about(const json_t *case_, const char *at, const char *vendor,
    const json_t *row, const char *kind, const char *word);

/* About no case: CLEAR, and without a key, since an applicant has none; it is
 * signed only. New. */
json_t *notice_plain(const json_t *row, const char *kind, const char *word);

#endif
