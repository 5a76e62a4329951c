#include "ahead.h"

bool
ahead(struct stream *s)
{
	struct fail f = FAIL_INIT;
	const char *p, *type;
	size_t n, len;

	return input_more(&s->input, &p, &n, &f) &&
	    record_type(p, n, &type, &len, &f) == 0 &&
	    record_among(s->prog->takes, type, len);
}
