#include "order.h"

#include <string.h>

static const struct {
	const char *name, *state;
} steps[ORDER_STEPS] = {
	[ORDER_APPLY] = { "apply", "applied" },
	[ORDER_SHOWN] = { "papers-shown", "papers-shown" },
	[ORDER_IN] = { "papers-in", "papers-in" },
	[ORDER_MEETING] = { "meeting", "met" },
	[ORDER_AGREE] = { "agree", "registered" },
};

static const char *const papers[] = { "register", "profile", "products",
	"contact", "person", "consent", "public-key" };

enum {
	PAPERS = sizeof papers / sizeof *papers,
};

enum order
order_find(const char *step)
{
	enum order i = ORDER_APPLY;

	while (i < ORDER_STEPS &&
	    (step == NULL || strcmp(steps[i].name, step) != 0))
		i++;
	return i;
}

const char *
order_name(enum order step)
{
	return steps[step].name;
}

const char *
order_state(enum order step)
{
	return steps[step].state;
}

enum order
order_rank(const char *state)
{
	for (enum order i = 0; state != NULL && i < ORDER_STEPS; i++)
		if (strcmp(steps[i].state, state) == 0)
			return i + 1;
	return 0;
}

bool
order_paper(const char *word)
{
	for (size_t i = 0; i < PAPERS; i++)
		if (strcmp(papers[i], word) == 0)
			return true;
	return false;
}

json_t *
order_missing(const json_t *paper)
{
	json_t *out = json_array(), *e;
	bool in[PAPERS] = { false };
	size_t i, k;

	json_array_foreach(paper, i, e)
		for (k = 0; k < PAPERS && json_is_string(e); k++)
			if (strcmp(papers[k], json_string_value(e)) == 0)
				in[k] = true;
	for (k = 0; k < PAPERS; k++)
		if (!in[k])
			json_array_append_new(out, json_string(papers[k]));
	return out;
}
