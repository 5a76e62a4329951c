#include "inflate.h"

#include <limits.h>
#include <stdint.h>
#include <zlib.h>

#include "process.h"

enum {
	ROOM = 64 << 10,
};

static enum inflate
run(z_stream *z, size_t max, struct text *out)
{
	int rc;

	do {
		z->next_out = (unsigned char *)text_room(out, ROOM);
		z->avail_out = ROOM;
		rc = inflate(z, Z_NO_FLUSH);
		out->n += ROOM - z->avail_out;
		out->p[out->n] = '\0';
		if (out->n > max)
			return INFLATE_FULL;
	} while (rc == Z_OK && (z->avail_in > 0 || z->avail_out == 0));
	return rc == Z_STREAM_END && z->avail_in == 0 ? INFLATE_GOOD :
							INFLATE_BAD;
}

enum inflate
inflate_octets(const void *p, size_t n, bool zlib, size_t max, struct text *out)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)p };
	enum inflate how;

	if (n > UINT_MAX)
		return INFLATE_FULL;
	z.avail_in = (unsigned)n;
	if (inflateInit2(&z, zlib ? MAX_WBITS : -MAX_WBITS) != Z_OK)
		process_nomem();
	how = run(&z, max, out);
	inflateEnd(&z);
	if (how != INFLATE_GOOD)
		text_wipe(out);
	return how;
}
