#ifndef VC_DAY_H
#define VC_DAY_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/*
 * A day of the calendar as people write it, and only when it can be no other:
 * 2026-11-30, 2026/11/30, 2026.11.30, 2026年11月30日, 令和8年11月30日, in any
 * width, 30 November 2026, Nov. 30, 2026; a day of the week beside it must be
 * the right one. Without a year, or with nothing but digits whose order depends
 * on the country, it is none.
 */

/* Append it as 2026-11-30. False when it is no such day. */
bool day_read(const char *p, size_t n, struct text *out);

#endif
