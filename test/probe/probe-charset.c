#include <stdio.h>
#include <string.h>

#include "encoded.h"
#include "file.h"
#include "process.h"

static void
say(unsigned flags)
{
	if (flags & CHARSET_GUESSED)
		fprintf(stderr, "guessed\n");
	if (flags & CHARSET_LOSSY)
		fprintf(stderr, "lossy\n");
	if (flags & CHARSET_UNKNOWN)
		fprintf(stderr, "unknown\n");
}

/* probe-charset LABEL | -w (header words) | -b LABEL (body) < octets. */
int
main(int argc, char **argv)
{
	struct text in = TEXT_INIT, out = TEXT_INIT;
	struct fail f = FAIL_INIT;
	unsigned flags;

	process_start("probe-charset", 0);
	if (file_slurp(0, 64 << 20, &in, &f) != 0)
		return f.code;
	text_add(&in, "", 0);
	if (argc > 1 && strcmp(argv[1], "-w") == 0)
		flags = encoded_words(in.p, in.n, &out);
	else if (argc > 2 && strcmp(argv[1], "-b") == 0)
		flags = encoded_body(argv[2], in.p, in.n, &out);
	else
		flags =
		    charset_decode(argc > 1 ? argv[1] : NULL, in.p, in.n, &out);
	if (out.n > 0)
		fwrite(out.p, 1, out.n, stdout);
	say(flags);
	if (text_utf8(out.p, out.n) != out.n)
		return EX_SOFTWARE;
	text_release(&in);
	text_release(&out);
	return 0;
}
