#include "holder.h"

#include <string.h>

/* Was it not yet told? */
static bool
is_news(struct holder *h, const char *id, const char *what, const char *holder)
{
	struct text key = TEXT_INIT;
	bool news;

	text_addf(&key, "%s %s %s", id, holder, what);
	news = json_object_get(h->told, key.p) == NULL;
	json_object_set_new(h->told, key.p, json_true());
	text_release(&key);
	return news;
}

void
holder_row(struct holder *h, const struct table_row *row, bool make,
    holder_told *told, void *arg)
{
	const char *id = row->cell[0], *has;
	struct text key = TEXT_INIT;

	if (h->of == NULL) {
		h->of = json_object();
		h->told = json_object();
	}
	claims_of(&h->claims, row);
	for (size_t i = 0; i < h->claims.n; i++) {
		const struct claim *c = &h->claims.one[i];

		if (c->kind == CLAIM_ID)
			continue;
		text_clear(&key);
		text_addf(&key, "%c%.*s", (char)c->kind, (int)c->n,
		    h->claims.keys.p + c->at);
		has = record_str(h->of, key.p);
		if (has == NULL && make)
			record_set(h->of, key.p, id);
		else if (has != NULL && strcmp(has, id) != 0 &&
		    is_news(h, id, c->what, has))
			told(arg, id, c->what, has);
	}
	text_release(&key);
}

void
holder_release(struct holder *h)
{
	json_decref(h->of);
	json_decref(h->told);
	claims_release(&h->claims);
	*h = (struct holder)HOLDER_INIT;
}
