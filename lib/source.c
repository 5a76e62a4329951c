#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "outcome.h"

json_t *
source_vendor(const struct page *p, const char *vendor)
{
	json_t *names = json_object();
	enum words_lang lang;

	for (lang = WORDS_JA; lang <= WORDS_EN; lang++) {
		const struct outcome o = { p->roster, p->label, &p->phrase,
			lang };

		json_object_set_new(
		    names, words_lang_name[lang], outcome_name(&o, vendor));
	}
	return names;
}

static void
source_one(struct hash *h, const json_t *v)
{
	char *s = json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS);

	if (s != NULL)
		hash_add(h, s, strlen(s));
	hash_add(h, "\n", 1);
	free(s);
}

/* What is kept by vendors, with their names. */
static void
source_vendors(const struct page *p, struct hash *h, json_t *group)
{
	json_t *names = json_object();
	const char *vendor;
	const json_t *one;

	json_object_foreach(group, vendor, one) {
		(void)one;
		json_object_set_new(names, vendor, source_vendor(p, vendor));
	}
	source_one(h, group);
	source_one(h, names);
	json_decref(names);
}

void
source_digest(const struct page *p, struct hash *h)
{
	const char *id = record_str(p->case_, "id");

	source_one(h, p->case_);
	source_vendors(p, h, json_object_get(p->status, id));
	source_vendors(p, h, json_object_get(p->sent, id));
}
