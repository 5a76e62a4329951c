#ifndef VC_REMIND_H
#define VC_REMIND_H

#include "told.h"
#include "when.h"

/*
 * Letters that no case asks for: a reminder to a vendor that does not answer,
 * and an announcement to all. They say nothing of a case but its id and its
 * day, and that only to whom was told of it.
 */

/* The day in Japan, "2008-08-22", from when on REPORT wants its vendor
 * reminded, by its `due`. False: it does not. */
bool remind_day(const json_t *report, char day[WHEN_DAY]);

/*
 * The reminder without its letter, and what its letter is about; both new.
 * EX_NOPERM: the vendor was never told of the case.
 */
int remind_about(const struct told *t, const json_t *case_, const json_t *row,
    const char *day, json_t **notice, json_t **about, struct fail *f);

/*
 * The last part of an announcement's id, "briefing-2004" of
 * "announcement/briefing-2004". NULL: EX_DATAERR, it has another id, or
 * EX_NOPERM, it is not TLP:CLEAR.
 */
const char *remind_announced(const json_t *announcement, struct fail *f);

#endif
