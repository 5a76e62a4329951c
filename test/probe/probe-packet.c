/* packet: what lies open in OpenPGP data on stdin; "message" or "signature". */

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "packet.h"

static int
tell_message(const struct text *in, struct fail *f)
{
	struct packet p;
	size_t i;

	if (packet_message(in->p, in->n, &p, f) != 0)
		return f->code;
	for (i = 0; i < p.keys; i++)
		printf("key %s\n", p.key_id[i]);
	printf("passwords %zu\nintegrity %s\n", p.passwords,
	    p.integrity ? "yes" : "no");
	return 0;
}

static int
tell_signature(const struct text *in, struct fail *f)
{
	struct packet_signature s;

	if (packet_signature(in->p, in->n, &s, f) != 0)
		return f->code;
	printf("count %zu\nversion %u\nalgorithm %u\nhash %u\n", s.count,
	    s.version, s.algorithm, s.hash);
	return 0;
}

int
main(int argc, char **argv)
{
	struct text in = TEXT_INIT;
	struct fail f = FAIL_INIT;

	if (argc != 2)
		return EX_USAGE;
	if (file_slurp(0, 16 << 20, &in, &f) == 0) {
		if (strcmp(argv[1], "message") == 0)
			tell_message(&in, &f);
		else
			tell_signature(&in, &f);
	}
	if (f.code != 0)
		printf("%s\n", f.why);
	text_release(&in);
	return f.code;
}
