#include <stdio.h>
#include <string.h>

#include "brand.h"

/* A purl or CPE a line; its comparison key a line, "-" for none. */
int
main(void)
{
	struct text key = TEXT_INIT;
	char line[8192];

	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		text_clear(&key);
		puts(brand_key(line, &key) ? key.p : "-");
	}
	text_release(&key);
	return 0;
}
