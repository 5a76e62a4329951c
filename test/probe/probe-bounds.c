/*
 * lib/bounds as a filter, a line for a line, "-" for nothing. Without an
 * argument: a phrase to ranges; \n in it is a new line. product: a product of a
 * case to ranges. ja, en: ranges to their sentence. view: to what a page gets.
 */
#include "bounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
show(json_t *v)
{
	char *s = NULL;

	if (json_is_string(v))
		puts(json_string_value(v));
	else if (v == NULL)
		puts("-");
	else
		puts(s = json_dumps(v, JSON_COMPACT));
	free(s);
	json_decref(v);
}

static void
phrase(const struct phrase *p, char *line)
{
	char *at;

	while ((at = strstr(line, "\\n")) != NULL) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
	show(bounds_read(p, line));
}

int
main(int argc, char **argv)
{
	struct phrase p = PHRASE_INIT;
	struct fail f = FAIL_INIT;
	const char *what = argc > 1 ? argv[1] : "";
	char *line = NULL;
	size_t cap = 0;
	json_t *v;

	if (phrase_load(&p, &f) != 0) {
		printf("%d %s\n", f.code, f.why);
		return f.code;
	}
	while (getline(&line, &cap, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		v = *what == '\0' ? NULL : json_loads(line, 0, NULL);
		if (*what == '\0')
			phrase(&p, line);
		else if (strcmp(what, "product") == 0)
			show(bounds_product(&p, v));
		else if (strcmp(what, "view") == 0)
			show(bounds_view(&p, v, WORDS_JA));
		else
			show(bounds_say(&p, v, words_lang(what, WORDS_JA)));
		json_decref(v);
	}
	free(line);
	phrase_release(&p);
	return 0;
}
