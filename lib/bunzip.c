#include "bunzip.h"

#include <bzlib.h>
#include <limits.h>
#include <stdint.h>

#include "process.h"

enum {
	ROOM = 64 << 10,
};

static enum inflate
run(bz_stream *z, size_t max, struct text *out)
{
	int rc;

	do {
		z->next_out = text_room(out, ROOM);
		z->avail_out = ROOM;
		rc = BZ2_bzDecompress(z);
		out->n += ROOM - z->avail_out;
		out->p[out->n] = '\0';
		if (out->n > max)
			return INFLATE_FULL;
	} while (rc == BZ_OK && (z->avail_in > 0 || z->avail_out == 0));
	return rc == BZ_STREAM_END && z->avail_in == 0 ? INFLATE_GOOD :
							 INFLATE_BAD;
}

enum inflate
bunzip_octets(const void *p, size_t n, size_t max, struct text *out)
{
	bz_stream z = { .next_in = (char *)(uintptr_t)p };
	enum inflate how;

	if (n > UINT_MAX)
		return INFLATE_FULL;
	z.avail_in = (unsigned)n;
	if (BZ2_bzDecompressInit(&z, 0, 0) != BZ_OK)
		process_nomem();
	how = run(&z, max, out);
	BZ2_bzDecompressEnd(&z);
	if (how != INFLATE_GOOD)
		text_wipe(out);
	return how;
}
