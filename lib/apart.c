#include "apart.h"

/* Is the label in line I the last of its section, as far as labels go? */
static bool
apart_last(const struct reader *r, size_t i)
{
	const struct line *x = &r->line[i], *next;
	size_t k;

	for (k = i + 1; k < r->lines; k++) {
		next = &r->line[k];
		if (next->use == LINE_LABEL)
			return next->block != x->block ||
			    r->label->field[next->field].section !=
			    r->label->field[x->field].section;
		if (next->use == LINE_HEADING)
			break;
	}
	return true;
}

/* Do the answers stand apart from their labels, as far as one can be sure?
 * Ids were filled in by us. */
static bool
apart_all(const struct reader *r)
{
	const struct line *x;
	const struct label_field *field;
	bool apart = false;
	size_t i;

	for (i = 0; i < r->lines; i++) {
		x = &r->line[i];
		if (x->use == LINE_VALUE && !r->line[x->owner].gap)
			return false;
		if (x->use != LINE_LABEL)
			continue;
		field = &r->label->field[x->field];
		if (x->v_n > 0 &&
		    (field->kind != LABEL_TOKEN || field->word != NULL))
			return false;
		apart = apart || (x->gap && !apart_last(r, i));
	}
	return apart;
}

void
apart_check(struct reader *r)
{
	size_t i, k;

	if (apart_all(r))
		return;
	for (i = 0; i < r->lines; i++)
		if (r->line[i].use == LINE_LABEL && r->line[i].gap &&
		    apart_last(r, i))
			for (k = i + 1; k < r->lines; k++)
				if (r->line[k].use == LINE_VALUE &&
				    r->line[k].owner == i)
					r->line[k].use = LINE_UNKNOWN;
}
