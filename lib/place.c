#include "place.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool
place_site(const char *base)
{
	return words_url(base) && strncasecmp(base, "http", 4) == 0 &&
	    strpbrk(base, "?#") == NULL;
}

const char *
place_series(const json_t *series, const char *id)
{
	const char *prefix, *folder = "note";
	const json_t *one;
	size_t n = 0;

	json_object_foreach((json_t *)(uintptr_t)series, prefix, one)
		if (strlen(prefix) > n && json_is_string(one) &&
		    text_token(json_string_value(one), "_-", 32) &&
		    strncmp(id, prefix, strlen(prefix)) == 0) {
			n = strlen(prefix);
			folder = json_string_value(one);
		}
	return folder;
}

void
place_note(const json_t *series, const char *id, enum words_lang lang,
    struct text *out)
{
	text_addf(out, "%s%s/", lang == WORDS_EN ? "en/" : "",
	    place_series(series, id));
	for (; *id != '\0'; id++)
		if (*id != '#')
			text_add(out, id, 1);
	text_puts(out, "/");
}

void
place_csaf(const char *id, const char *published, enum words_lang lang,
    struct text *out)
{
	bool gap = false;

	text_addf(out, "csaf/%s/%.4s/", words_lang_name[lang], published);
	for (; *id != '\0'; id++) {
		char low = (char)tolower((unsigned char)*id);
		bool keep = (low >= 'a' && low <= 'z') ||
		    (low >= '0' && low <= '9') || low == '+' || low == '-';

		if (keep)
			text_add(out, &low, 1);
		else if (!gap)
			text_add(out, "_", 1);
		gap = !keep;
	}
	text_puts(out, ".json");
}

void
place_base(const char *base, struct text *out)
{
	text_addf(out, "%s%s", base, base[strlen(base) - 1] == '/' ? "" : "/");
}

json_t *
place_view(const char *base, const json_t *series, const char *id,
    const char *published, enum words_lang lang)
{
	struct text s = TEXT_INIT;
	json_t *v = json_object();
	size_t n;

	place_base(base, &s);
	n = s.n;
	record_set(v, "address", s.p);
	place_note(series, id, lang, &s);
	record_set(v, "page", s.p);
	if (published != NULL) {
		s.n = n;
		place_csaf(id, published, lang, &s);
		record_set(v, "csaf", s.p);
	}
	text_release(&s);
	return v;
}
