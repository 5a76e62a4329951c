#include "ahead.h"

#include "schema.h"

bool
ahead(struct stream *s)
{
	struct fail f = FAIL_INIT;
	const char *p, *type;
	json_t *r = NULL;
	size_t n, len;
	bool good;

	if (input_more(&s->input, &p, &n, &f) &&
	    record_type(p, n, &type, &len, &f) == 0 &&
	    record_among(s->prog->takes, type, len))
		r = record_parse(p, n, &f);
	good = r != NULL && schema_check(r, &f) == 0;
	json_decref(r);
	return good;
}
