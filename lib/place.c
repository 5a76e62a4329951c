#include "place.h"

#include <string.h>
#include <strings.h>

bool
place_site(const char *base)
{
	return words_url(base) && strncasecmp(base, "http", 4) == 0 &&
	    strpbrk(base, "?#") == NULL;
}

/* The folder of the longest prefix that ID has. */
static const char *
place_folder(const json_t *series, const char *id)
{
	const char *prefix, *folder = "note";
	const json_t *one;
	size_t n = 0;

	json_object_foreach((json_t *)(uintptr_t)series, prefix, one)
		if (strlen(prefix) > n && json_is_string(one) &&
		    strncmp(id, prefix, strlen(prefix)) == 0) {
			n = strlen(prefix);
			folder = json_string_value(one);
		}
	return folder;
}

json_t *
place_note(const char *base, const json_t *series, const char *id,
    enum words_lang lang)
{
	const char *slash = base[strlen(base) - 1] == '/' ? "" : "/";
	struct text s = TEXT_INIT;
	json_t *v = json_object();

	text_addf(&s, "%s%s", base, slash);
	record_set(v, "address", s.p);
	text_addf(&s, "%s%s/", lang == WORDS_EN ? "en/" : "",
	    place_folder(series, id));
	for (; *id != '\0'; id++)
		if (*id != '#')
			text_add(&s, id, 1);
	text_puts(&s, "/");
	record_set(v, "page", s.p);
	text_release(&s);
	return v;
}
