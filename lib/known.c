#include "known.h"

#include <string.h>

#include "fold.h"
#include "lines.h"

/* The next part of *p..end that has a letter, as a key. False at the end. */
static bool
known_part(const char **p, const char *end, struct text *key)
{
	const char *part;
	size_t n;

	while ((part = lines_part(p, end, &n)) != NULL) {
		text_clear(key);
		fold_bare(key, part, n);
		if (key->n > 0)
			return true;
	}
	return false;
}

label_set
known_fields(const struct label *l, const char *p, size_t n, bool *two)
{
	struct text key = TEXT_INIT;
	const char *end = p + n, *whole = p;
	const json_t *found;
	label_set set = ~0u, one;
	int parts = 0;

	text_puts(&key, "");
	if (n <= LABEL_LINE)
		fold_bare(&key, p, n);
	found = json_object_get(l->key, key.p);
	*two = false;
	lines_part(&whole, end, &n);
	if (key.n == 0 || found != NULL || whole == end) {
		set = (label_set)json_integer_value(found);
		goto out;
	}
	while (set != 0 && known_part(&p, end, &key)) {
		found = json_object_get(l->key, key.p);
		one = (label_set)json_integer_value(found);
		if (found != NULL)
			parts++;
		else if (json_object_get(l->note, key.p) != NULL)
			continue;
		set &= one;
	}
	*two = parts > 1;
	if (parts == 0)
		set = 0;
out:
	text_release(&key);
	return set;
}

/* "製品2", "product 2": the heading of a block has its number. */
static const json_t *
known_numbered(const struct label *l, struct text *key)
{
	const json_t *found = json_object_get(l->heading, key->p);

	while (found == NULL && key->n > 1 && key->p[key->n - 1] >= '0' &&
	    key->p[key->n - 1] <= '9') {
		key->p[--key->n] = '\0';
		found = json_object_get(l->heading, key->p);
	}
	return found;
}

int
known_heading(const struct label *l, const char *p, size_t n)
{
	struct text key = TEXT_INIT;
	const char *end = p + n;
	const json_t *found;
	int section = -1, one;

	while (n <= LABEL_LINE && known_part(&p, end, &key)) {
		found = known_numbered(l, &key);
		one = found == NULL ? -1 : (int)json_integer_value(found);
		if (one < 0 || (section >= 0 && section != one)) {
			section = -1;
			break;
		}
		section = one;
	}
	text_release(&key);
	return section;
}

/* Does one of the keys of MAP begin like KEY, as far as both go? */
static bool
known_begins(const json_t *map, const char *key)
{
	const char *one, *p, *q;
	const json_t *v;

	json_object_foreach((json_t *)map, one, v) {
		for (p = one, q = key; *p != '\0' && *p == *q; p++, q++)
			;
		if (*p == '\0' || *q == '\0')
			return true;
	}
	return false;
}

bool
known_may(const struct label *l, const char *key)
{
	return *key != '\0' &&
	    (known_begins(l->key, key) || known_begins(l->heading, key) ||
		known_begins(l->note, key));
}

bool
known_line(const json_t *map, const char *key, bool open)
{
	const json_t *begins;
	const char *hint;

	if (*key == '\0')
		return false;
	if (json_object_get(map, key) != NULL)
		return true;
	json_object_foreach((json_t *)map, hint, begins)
		if (open && json_is_true(begins) &&
		    strncmp(key, hint, strlen(hint)) == 0)
			return true;
	return false;
}
