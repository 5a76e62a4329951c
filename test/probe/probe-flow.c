/*
 * lib/flow as a filter: texts on stdin, each ended by a NUL; each as it is
 * mailed on stdout, or a !, and a NUL.
 */
#include "flow.h"

#include <string.h>

#include "file.h"

int
main(void)
{
	struct text in = TEXT_INIT, out = TEXT_INIT;
	struct fail f = FAIL_INIT;
	const char *p;
	size_t n;

	if (file_slurp(0, FILE_MAX, &in, &f) != 0)
		return 74;
	for (p = in.p; p < in.p + in.n; p += n + 1) {
		n = strlen(p);
		if (!flow_write(&out, p, n))
			text_puts(&out, "!");
		text_add(&out, "", 1);
	}
	file_write(1, out.p, out.n);
	text_release(&in);
	text_release(&out);
	return 0;
}
