#include "range.h"

#include <string.h>

static bool
range_version(const json_t *v)
{
	const char *s = json_string_value(v);

	return s != NULL && *s != '\0' && !text_hidden(s, strlen(s));
}

/* Do both ends name one version that does not belong to the range? */
static bool
range_empty(const json_t *range)
{
	const char *from = record_str(range, "ge"),
		   *to = record_str(range, "le");
	bool open = from == NULL || to == NULL;

	if (from == NULL)
		from = record_str(range, "gt");
	if (to == NULL)
		to = record_str(range, "lt");
	return open && from != NULL && to != NULL && strcmp(from, to) == 0;
}

const char *
range_wrong(const json_t *range)
{
	static const char *const word[] = { "eq", "ge", "gt", "le", "lt" };
	size_t i, known = 0, n = json_object_size(range);
	const json_t *v[5];

	for (i = 0; i < 5; i++) {
		v[i] = json_object_get(range, word[i]);
		known += v[i] != NULL && range_version(v[i]);
	}
	if (known != n)
		return "is not versions under 'eq', 'ge', 'gt', 'le' and 'lt' "
		       "alone";
	if (n == 0)
		return "has no version";
	if (v[0] != NULL && n > 1)
		return "has other ends beside 'eq'";
	if ((v[1] != NULL && v[2] != NULL) || (v[3] != NULL && v[4] != NULL))
		return "has two ends on one side";
	return range_empty(range) ? "holds no version" : NULL;
}
