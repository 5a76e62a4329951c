#include <stdio.h>
#include <string.h>

#include "file.h"
#include "fold.h"

/* The key of stdin: probe-fold width|key|bare|name. */
int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*fold)(struct text *out, const char *p, size_t n);
	} way[] = {
		{ "width", fold_width },
		{ "key", fold_key },
		{ "bare", fold_bare },
		{ "name", fold_name },
	};
	struct text text = TEXT_INIT, key = TEXT_INIT;
	struct fail f = FAIL_INIT;
	size_t i;

	if (argc != 2 || file_slurp(0, FILE_MAX, &text, &f) != 0)
		return EX_USAGE;
	for (i = 0; i < sizeof way / sizeof *way; i++)
		if (strcmp(argv[1], way[i].name) == 0)
			way[i].fold(&key, text.p, text.n);
	fwrite(key.p, 1, key.n, stdout);
	text_release(&text);
	text_release(&key);
	return 0;
}
