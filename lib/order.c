#include "order.h"

#include <string.h>

#include "file.h"

#define FILE_NAME "label/order.json"

static const struct {
	const char *name, *state;
} steps[ORDER_STEPS] = {
	[ORDER_APPLY] = { "apply", "applied" },
	[ORDER_SHOWN] = { "papers-shown", "papers-shown" },
	[ORDER_IN] = { "papers-in", "papers-in" },
	[ORDER_MEETING] = { "meeting", "met" },
	[ORDER_AGREE] = { "agree", "registered" },
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

const json_t *
order_paper(const json_t *table, const char *word)
{
	return word == NULL ?
	    NULL :
	    json_object_get(json_object_get(table, "paper"), word);
}

static int
check_names(const json_t *table, struct fail *f)
{
	json_t *paper = json_object_get(table, "paper"), *name;
	const char *word;

	if (json_object_size(paper) == 0)
		return fail(f, EX_CONFIG, "'paper' names no papers");
	json_object_foreach(paper, word, name)
		if (!text_token(word, "._+-", 64) ||
		    record_str(name, "ja") == NULL ||
		    record_str(name, "en") == NULL)
			return fail(f, EX_CONFIG,
			    "paper '%s' has no name in ja and en", word);
	return 0;
}

/* From apply to agree, forward; and papers need somebody to bring them in. */
static int
check_steps(const json_t *row, struct fail *f)
{
	const json_t *list = json_object_get(row, "step");
	enum order last = ORDER_APPLY, one;
	json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		one = order_find(json_string_value(e));
		if (one == ORDER_STEPS)
			return fail(f, EX_CONFIG, "step[%zu] is unknown", i);
		if (i == 0 ? one != ORDER_APPLY : one <= last)
			return fail(
			    f, EX_CONFIG, "step[%zu] is out of its order", i);
		last = one;
	}
	if (last != ORDER_AGREE)
		return fail(f, EX_CONFIG, "the last step is not 'agree'");
	if (order_next(row, ORDER_IN) != ORDER_IN)
		return fail(f, EX_CONFIG, "the step 'papers-in' is missing");
	return 0;
}

static int
check_row(
    const json_t *table, const json_t *row, const char *before, struct fail *f)
{
	const char *from = record_str(row, "from"), *word;
	const json_t *paper = json_object_get(row, "paper");
	json_t *e;
	size_t i;

	if (check_steps(row, f) != 0)
		return f->code;
	if (json_array_size(paper) == 0)
		return fail(f, EX_CONFIG, "'paper' lists no papers");
	json_array_foreach(paper, i, e) {
		word = json_string_value(e);
		if (order_paper(table, word) == NULL)
			return fail(f, EX_CONFIG, "paper[%zu] has no name", i);
	}
	if (before != NULL && (from == NULL || strcmp(before, from) >= 0))
		return fail(
		    f, EX_CONFIG, "'from' is not after that of the row before");
	return 0;
}

static int
check_kind(const json_t *table, const char *kind, struct fail *f)
{
	const json_t *rows = json_object_get(table, kind);
	const char *before = NULL;
	json_t *row;
	size_t i;

	if (json_array_size(rows) == 0)
		return fail(f, EX_CONFIG, "'%s' has no rows", kind);
	json_array_foreach(rows, i, row) {
		if (check_row(table, row, before, f) != 0)
			return fail_in(f, "%s[%zu]", kind, i);
		before = record_str(row, "from");
		before = before == NULL ? "" : before;
	}
	return 0;
}

int
order_load(json_t **table, struct fail *f)
{
	struct text file = TEXT_INIT;
	json_error_t why;

	*table = NULL;
	if (file_share(FILE_NAME, &file, f) != 0)
		return f->code;
	*table = json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, &why);
	text_release(&file);
	if (*table == NULL)
		return fail(
		    f, EX_CONFIG, "%s:%d: no JSON", FILE_NAME, why.line);
	if (check_names(*table, f) == 0 &&
	    check_kind(*table, "general", f) == 0 &&
	    check_kind(*table, "individual", f) == 0)
		return 0;
	json_decref(*table);
	*table = NULL;
	return fail_in(f, "%s", FILE_NAME);
}

const json_t *
order_row(const json_t *table, const char *kind, const char *at)
{
	bool general = kind != NULL && strcmp(kind, "general") == 0;
	const json_t *rows =
	    json_object_get(table, general ? "general" : "individual");
	size_t i = json_array_size(rows) - 1;
	const char *from;

	for (; i > 0; i--) {
		from = record_str(json_array_get(rows, i), "from");
		if (at == NULL || strcmp(from, at) <= 0)
			break;
	}
	return json_array_get(rows, i);
}

enum order
order_next(const json_t *row, enum order step)
{
	while (step < ORDER_STEPS && !record_has(row, "step", steps[step].name))
		step++;
	return step;
}

json_t *
order_missing(const json_t *row, const json_t *paper)
{
	json_t *out = json_array(), *want, *e;
	size_t i, k;

	json_array_foreach(json_object_get(row, "paper"), i, want) {
		json_array_foreach(paper, k, e)
			if (json_equal(e, want))
				break;
		if (k == json_array_size(paper))
			json_array_append(out, want);
	}
	return out;
}
