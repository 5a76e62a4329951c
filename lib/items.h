#ifndef VC_ITEMS_H
#define VC_ITEMS_H

#include "record.h"

/*
 * A list inside a cell of a table: items with | between them, \| and \\ for
 * these two characters. Blanks round an item and empty items do not count.
 */

/* The next item at *CELL into ITEM, and step over it. False: no more. */
bool items_next(const char **cell, struct text *item);

/* The items of a cell, a new array. */
json_t *items_split(const char *cell);

/* Append the strings of an array as a cell. */
void items_join(const json_t *list, struct text *out);

#endif
