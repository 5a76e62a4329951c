#include "bounds.h"

#include <string.h>

/* A piece of a phrase: one version, or one end or both of a range. */
struct bounds_part {
	const struct phrase_token *from, *to, *one;
	const char *from_op, *to_op;
	bool bare; /* `one` without a word that says: this one */
};

struct bounds_reader {
	const struct phrase_token *t;
	struct bounds_part part[BOUNDS_MAX];
	enum phrase_kind before[BOUNDS_MAX]; /* what parts it from the last */
	size_t n;
};

static bool
bounds_lower(const char *op)
{
	return *op == 'g';
}

/* Put the version into the part, at the end that OP says. */
static void
bounds_end(
    struct bounds_part *part, const char *op, const struct phrase_token *v)
{
	if (*op == 'e') {
		part->one = v;
	} else if (bounds_lower(op)) {
		part->from = v;
		part->from_op = op;
	} else {
		part->to = v;
		part->to_op = op;
	}
}

/* The end behind TO: a version, with or without a word which end it is. */
static bool
bounds_upper(struct bounds_reader *r, struct bounds_part *part)
{
	const struct phrase_token *v = r->t;

	if (v->kind != PHRASE_NUMBER)
		return false;
	r->t++;
	bounds_end(part, "le", v);
	if (r->t->kind != PHRASE_AFTER)
		return true;
	bounds_end(part, r->t->op, v);
	return *(r->t++)->op == 'l';
}

static bool
bounds_before(struct bounds_reader *r, struct bounds_part *part)
{
	const char *op = r->t++->op;

	if (r->t->kind != PHRASE_NUMBER)
		return false;
	bounds_end(part, op, r->t++);
	return true;
}

/* FROM version TO version; FROM version BEFORE version; FROM version AFTER. */
static bool
bounds_from(struct bounds_reader *r, struct bounds_part *part)
{
	const struct phrase_token *v = ++r->t;

	if (v->kind != PHRASE_NUMBER)
		return false;
	bounds_end(part, "ge", v);
	r->t++;
	if (r->t->kind == PHRASE_TO)
		return r->t++, bounds_upper(r, part);
	if (r->t->kind == PHRASE_BEFORE)
		return *r->t->op == 'l' && bounds_before(r, part);
	return r->t->kind == PHRASE_AFTER && strcmp(r->t++->op, "ge") == 0;
}

/* A version, and what is said behind it. */
static bool
bounds_number(struct bounds_reader *r, struct bounds_part *part)
{
	const struct phrase_token *v = r->t++;

	switch (r->t->kind) {
	case PHRASE_TO:
		r->t++;
		bounds_end(part, "ge", v);
		return bounds_upper(r, part);
	case PHRASE_AFTER:
		bounds_end(part, r->t++->op, v);
		return true;
	case PHRASE_ONLY:
		r->t++;
		part->one = v;
		return true;
	default:
		part->one = v;
		part->bare = true;
		return true;
	}
}

static bool
bounds_part(struct bounds_reader *r, struct bounds_part *part)
{
	switch (r->t->kind) {
	case PHRASE_FROM:
		return bounds_from(r, part);
	case PHRASE_BEFORE:
		return bounds_before(r, part);
	case PHRASE_NUMBER:
		return bounds_number(r, part);
	case PHRASE_ONLY:
		part->one = ++r->t;
		return r->t++->kind == PHRASE_NUMBER;
	default:
		return false;
	}
}

static bool
bounds_parts_two(enum phrase_kind k)
{
	return k == PHRASE_BOTH || k == PHRASE_AND || k == PHRASE_OR ||
	    k == PHRASE_COMMA || k == PHRASE_NEXT;
}

/* What stands between two parts; of ", and" the word. END: nothing. */
static enum phrase_kind
bounds_between(struct bounds_reader *r)
{
	enum phrase_kind k = PHRASE_END;

	if (!bounds_parts_two(r->t->kind))
		return k;
	k = r->t++->kind;
	if ((k == PHRASE_COMMA || k == PHRASE_NEXT) &&
	    bounds_parts_two(r->t->kind))
		k = r->t++->kind;
	return k;
}

/* Is the part but the other end of the range that the last one began? */
static bool
bounds_join(struct bounds_part *last, const struct bounds_part *part,
    enum phrase_kind between)
{
	if (last->from == NULL || last->to != NULL || part->to == NULL ||
	    part->from != NULL || between == PHRASE_OR ||
	    between == PHRASE_NEXT)
		return false;
	last->to = part->to;
	last->to_op = part->to_op;
	return true;
}

static bool
bounds_parts(struct bounds_reader *r)
{
	struct bounds_part part;
	enum phrase_kind between = PHRASE_NEXT;

	do {
		part = (struct bounds_part){ .bare = false };
		if (!bounds_part(r, &part))
			return false;
		if (r->n == 0 ||
		    !bounds_join(&r->part[r->n - 1], &part, between)) {
			if (r->n == BOUNDS_MAX || between == PHRASE_END ||
			    between == PHRASE_BOTH)
				return false;
			r->before[r->n] = between;
			r->part[r->n++] = part;
		}
		between = bounds_between(r);
	} while (r->t->kind != PHRASE_END);
	return between == PHRASE_END;
}

/*
 * Can it be read in one way only? What is open below comes first, what is open
 * above last; where they meet, "< 2.0, >= 1.0" may be one range. A bare version
 * beside a range may be meant to share its word.
 */
static bool
bounds_clear(const struct bounds_reader *r)
{
	const struct bounds_part *part;
	size_t i;

	for (i = 0; i < r->n; i++) {
		part = &r->part[i];
		if (part->bare != r->part[0].bare)
			return false;
		if (part->one != NULL)
			continue;
		if ((part->from == NULL && i > 0) ||
		    (part->to == NULL && i + 1 < r->n))
			return false;
		if (i > 0 && part->to == NULL && r->part[i - 1].from == NULL &&
		    r->part[i - 1].one == NULL && r->before[i] != PHRASE_OR &&
		    r->before[i] != PHRASE_NEXT)
			return false;
	}
	return true;
}

static json_t *
bounds_range(const struct bounds_part *part)
{
	json_t *v = json_object();

	if (part->one != NULL)
		record_set(v, "eq", part->one->version);
	if (part->from != NULL)
		record_set(v, part->from_op, part->from->version);
	if (part->to != NULL)
		record_set(v, part->to_op, part->to->version);
	return v;
}

/* The same, or NULL when one of them is none. Steals. */
static json_t *
bounds_right(json_t *ranges)
{
	const json_t *one;
	size_t i;

	json_array_foreach(ranges, i, one)
		if (range_wrong(one) != NULL)
			break;
	if (i > 0 && i == json_array_size(ranges))
		return ranges;
	json_decref(ranges);
	return NULL;
}

json_t *
bounds_read(const struct phrase *p, const char *s)
{
	struct phrase_token token[PHRASE_TOKENS];
	struct bounds_reader r = { .t = token };
	json_t *ranges;
	size_t i;

	if (!phrase_cut(p, s, token) || !bounds_parts(&r) || !bounds_clear(&r))
		return NULL;
	ranges = json_array();
	for (i = 0; i < r.n; i++)
		json_array_append_new(ranges, bounds_range(&r.part[i]));
	return bounds_right(ranges);
}

json_t *
bounds_product(const struct phrase *p, const json_t *product)
{
	json_t *range = json_object_get(product, "range"), *both[2];
	const json_t *version = json_object_get(product, "version");
	const char *ja, *en;

	if (range != NULL)
		return bounds_right(json_incref(range));
	ja = words_pick(version, WORDS_JA, NULL);
	en = words_pick(version, WORDS_EN, NULL);
	if (ja == NULL || en == NULL)
		return NULL;
	both[0] = bounds_read(p, ja);
	both[1] = bounds_read(p, en);
	if (!json_equal(both[0], both[1])) {
		json_decref(both[0]);
		both[0] = NULL;
	}
	json_decref(both[1]);
	return both[0];
}

/* The text of "say" with the version in it. */
static void
bounds_put(const struct phrase *p, const char *op, const char *version,
    enum words_lang lang, struct text *out)
{
	const char *s = phrase_say(p, op, words_lang_name[lang]);
	const char *at = strstr(s, "{}");

	text_addf(out, "%.*s%s%s", (int)(at - s), s, version, at + 2);
}

static const char *const bounds_op[] = { "eq", "ge", "gt", "le", "lt" };
static const char *const bounds_sign[] = { "=", ">=", ">", "<=", "<" };

/* ALONE: no other kind of range stands beside it. */
static void
bounds_sentence(const struct phrase *p, const json_t *range, bool alone,
    enum words_lang lang, struct text *out)
{
	const char *v, *op;
	bool first = true;
	size_t i;

	for (i = 0; i < 5; i++) {
		v = record_str(range, bounds_op[i]);
		if (v == NULL)
			continue;
		if (!first)
			text_puts(
			    out, phrase_say(p, "both", words_lang_name[lang]));
		op = i == 0 && !alone ? "only" : bounds_op[i];
		bounds_put(p, op, v, lang, out);
		first = false;
	}
}

json_t *
bounds_say(const struct phrase *p, const json_t *ranges, enum words_lang lang)
{
	struct text t = TEXT_INIT;
	const json_t *one;
	bool alone = true;
	json_t *v;
	size_t i;

	json_array_foreach(ranges, i, one)
		alone = alone && record_str(one, "eq") != NULL;
	json_array_foreach(ranges, i, one) {
		if (i > 0)
			text_puts(
			    &t, phrase_say(p, "or", words_lang_name[lang]));
		bounds_sentence(p, one, alone, lang, &t);
	}
	v = t.n == 0 ? NULL : json_stringn(t.p, t.n);
	text_release(&t);
	return v;
}

static json_t *
bounds_view_one(
    const struct phrase *p, const json_t *range, enum words_lang lang)
{
	json_t *v = json_object(), *bound = json_array(), *one = NULL;
	struct text sign = TEXT_INIT;
	const char *version;
	size_t i;

	for (i = 0; i < 5; i++) {
		version = record_str(range, bounds_op[i]);
		if (version == NULL)
			continue;
		text_addf(&sign, "%s%s %s", sign.n == 0 ? "" : ", ",
		    bounds_sign[i], version);
		one = json_object();
		record_set(one, "op", bounds_op[i]);
		record_set(one, "version", version);
		json_array_append_new(bound, one);
	}
	if (json_array_size(bound) == 1) {
		json_object_set(v, "one", one);
	} else {
		json_object_set(v, "from", json_array_get(bound, 0));
		json_object_set(v, "to", json_array_get(bound, 1));
	}
	json_object_set_new(v, "bound", bound);
	record_set(v, "sign", sign.p);
	text_clear(&sign);
	bounds_sentence(p, range, true, lang, &sign);
	record_set(v, "text", sign.p);
	text_release(&sign);
	return v;
}

json_t *
bounds_view(const struct phrase *p, const json_t *ranges, enum words_lang lang)
{
	json_t *view = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(ranges, i, one)
		json_array_append_new(view, bounds_view_one(p, one, lang));
	for (i = 0; i + 1 < json_array_size(view); i++)
		json_object_set_new(
		    json_array_get(view, i), "more", json_true());
	return view;
}
