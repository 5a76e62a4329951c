#include "merge.h"

bool
merge_equal(const json_t *a, const json_t *b)
{
	return a == b || json_equal(a, b);
}

json_t *
merge_both(const json_t *a, const json_t *b)
{
	json_t *both = a != NULL ? json_copy((json_t *)a) : json_object();

	json_object_update_missing(both, (json_t *)b);
	return both;
}

/* OLD, with those keys of IS that WAS has otherwise. */
static json_t *
merge_object(const json_t *old, const json_t *was, const json_t *is)
{
	json_t *out = old != NULL ? json_deep_copy(old) : json_object();
	json_t *all = merge_both(was, is), *v;
	const char *key;

	json_object_foreach(all, key, v) {
		json_t *now = json_object_get(is, key);

		if (merge_equal(json_object_get(was, key), now))
			continue;
		if (now == NULL)
			json_object_del(out, key);
		else
			json_object_set(out, key, now);
	}
	json_decref(all);
	return out;
}

/* IS, with the items that were seen in WAS as OLD has them. */
static json_t *
merge_array(const json_t *old, const json_t *was, const json_t *is)
{
	bool known = json_array_size(old) == json_array_size(was);
	json_t *out = json_array(), *v, *w;
	size_t i, j;

	json_array_foreach(is, i, v) {
		json_array_foreach(was, j, w)
			if (known && json_equal(v, w)) {
				v = json_array_get(old, j);
				break;
			}
		json_array_append(out, v);
	}
	return out;
}

json_t *
merge_field(const json_t *old, const json_t *was, const json_t *is)
{
	if (json_is_object(was) || json_is_object(is))
		return merge_object(old, was, is);
	if (json_is_array(was) || json_is_array(is))
		return merge_array(old, was, is);
	return is != NULL ? json_incref((json_t *)is) : json_string("");
}
