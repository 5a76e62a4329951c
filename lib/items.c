#include "items.h"

#include <string.h>

static void
add_item(json_t *list, struct text *item)
{
	size_t from = 0;

	while (from < item->n && item->p[from] == ' ')
		from++;
	while (item->n > from && item->p[item->n - 1] == ' ')
		item->n--;
	if (item->n > from)
		json_array_append_new(
		    list, json_stringn(item->p + from, item->n - from));
	text_clear(item);
}

json_t *
items_split(const char *cell)
{
	json_t *list = json_array();
	struct text item = TEXT_INIT;

	for (const char *s = cell; s != NULL && *s != '\0';) {
		size_t n = strcspn(s, "|\\");

		text_add(&item, s, n);
		s += n;
		if (*s == '|') {
			add_item(list, &item);
			s++;
		} else if (*s == '\\') {
			s += s[1] == '|' || s[1] == '\\';
			text_add(&item, s++, 1);
		}
	}
	add_item(list, &item);
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
