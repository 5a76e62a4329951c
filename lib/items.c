#include "items.h"

#include <string.h>

static void
trim(struct text *item)
{
	size_t from = strspn(item->p, " ");

	item->n -= from;
	memmove(item->p, item->p + from, item->n + 1);
	while (item->n > 0 && item->p[item->n - 1] == ' ')
		item->p[--item->n] = '\0';
}

bool
items_next(const char **cell, struct text *item)
{
	const char *s = *cell;
	size_t n;

	for (text_clear(item); item->n == 0 && *s != '\0'; trim(item)) {
		while (*s != '\0' && *s != '|') {
			n = strcspn(s, "|\\");
			text_add(item, s, n);
			s += n;
			if (*s == '\\') {
				s += s[1] == '|' || s[1] == '\\';
				text_add(item, s++, 1);
			}
		}
		text_add(item, "", 0);
		s += *s == '|';
	}
	*cell = s;
	return item->n > 0;
}

json_t *
items_split(const char *cell)
{
	json_t *list = json_array();
	struct text item = TEXT_INIT;

	while (cell != NULL && items_next(&cell, &item))
		json_array_append_new(list, json_stringn(item.p, item.n));
	text_release(&item);
	return list;
}

void
items_join(const json_t *list, struct text *out)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		if (i > 0)
			text_add(out, "|", 1);
		for (const char *s = json_string_value(item);
		     s != NULL && *s != '\0'; s++) {
			if (*s == '|' || *s == '\\')
				text_add(out, "\\", 1);
			text_add(out, s, 1);
		}
	}
}
