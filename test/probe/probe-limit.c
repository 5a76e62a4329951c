#include <stdio.h>

#include "file.h"
#include "limit.h"
#include "process.h"

/* probe-limit < mail: "ok" and its parts, or the reason. */
int
main(void)
{
	struct text raw = TEXT_INIT;
	struct fail f = FAIL_INIT;
	struct mime m;
	size_t skip, i;

	process_start("probe-limit", 0);
	if (file_slurp(0, 64 << 20, &raw, &f) != 0 ||
	    (skip = mime_mbox(raw.p, raw.n),
		limit_check(raw.p + skip, raw.n - skip, &m, &f) != 0)) {
		printf("%s\n", f.why);
		text_release(&raw);
		return f.code;
	}
	printf("ok\n");
	for (i = 0; i < m.n; i++)
		printf("%zu %d %d [%zu %zu %zu) %s\n", i, m.part[i].parent,
		    m.part[i].depth, m.part[i].head, m.part[i].body,
		    m.part[i].end, m.part[i].type);
	text_release(&raw);
	return 0;
}
