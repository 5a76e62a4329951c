#include "policy.h"

#include <string.h>

#include "gate.h"

typedef bool policy_rule(const struct policy *p, const json_t *row);

/* By what the match says: the case may name thousands. */
/* Does the case name this vendor? */
static bool
policy_named(const struct policy *p, const json_t *row)
{
	const json_t *why = match_why(p->match, record_str(row, "vendor")), *e;
	size_t i;

	json_array_foreach(why, i, e)
		if (strncmp(json_string_value(e), "vendor[", 7) == 0)
			return true;
	return false;
}

static bool
is_meant(const struct policy *p, const json_t *row)
{
	return record_is(row, "role", "vendor") || policy_named(p, row);
}

void
policy_begin(struct policy *p, const json_t *case_, const struct match *match,
    when_t now)
{
	struct fail f = FAIL_INIT;
	*p = (struct policy){ .case_ = case_, .match = match, .now = now };
	p->published = gate_publish(case_, now, &f) == 0;
	for (size_t i = 0; i < match->n; i++)
		p->meant +=
		    is_meant(p, roster_row(match->roster, match->row[i]));
}

static bool
no_match(const struct policy *p, const json_t *row)
{
	return match_why(p->match, record_str(row, "vendor")) == NULL;
}

static bool
role(const struct policy *p, const json_t *row)
{
	if (record_is(row, "role", "csirt") ||
	    record_is(row, "role", "critical"))
		return !policy_named(p, row);
	return !record_is(row, "role", "vendor");
}

static bool
agreement(const struct policy *p, const json_t *row)
{
	return !p->published && record_is(row, "role", "csirt") &&
	    !record_has(row, "agreement", gate_tlp(p->case_));
}

static bool
priority(const struct policy *p, const json_t *row)
{
	const char *at = record_str(p->case_, "priority_at");
	when_t t;

	return !p->published && record_is(row, "role", "critical") &&
	    (at == NULL || !when_parse(at, &t) || t > p->now);
}

static bool
unregistered(const struct policy *p, const json_t *row)
{
	(void)p;
	return !roster_registered(row);
}

/* Is the case about nothing but this vendor's own products? */
static bool
is_own(const struct policy *p, const json_t *row)
{
	const char *id = record_str(row, "vendor");
	const json_t *product = json_object_get(p->case_, "product");
	json_t *e;
	size_t i;

	if (p->meant > 1)
		return false;
	json_array_foreach(json_object_get(p->case_, "vendor"), i, e)
		if (!json_is_string(e) || strcmp(json_string_value(e), id) != 0)
			return false;
	json_array_foreach(product, i, e)
		if (!match_by(p->match, id, "product", i) &&
		    (!policy_named(p, row) || json_object_get(e, "vendor")))
			return false;
	return json_array_size(product) > 0 || policy_named(p, row);
}

static bool
individual(const struct policy *p, const json_t *row)
{
	return !p->published && !record_is(row, "kind", "general") &&
	    !is_own(p, row);
}

static bool
direct(const struct policy *p, const json_t *row)
{
	const char *origin = record_str(p->case_, "origin");

	return !p->published && origin != NULL &&
	    record_has(row, "direct", origin);
}

static bool
unpinned(const struct policy *p, const json_t *row)
{
	(void)p;
	return record_str(row, "fpr") == NULL;
}

static bool
no_address(const struct policy *p, const json_t *row)
{
	(void)p;
	return record_str(row, "email") == NULL;
}

/* In the order in which they are asked. FAULT: a person always hears of it. */
static const struct {
	policy_rule *rule;
	const char *word, *words;
	bool reach, fault;
} rules[] = {
	{ no_match, "no-match", "is not meant", false, false },
	{ role, "role", "is told only what names it", false, false },
	{ agreement, "agreement", "has no agreement for the TLP label", false,
	    false },
	{ priority, "priority", "is not told before 'priority_at'", false,
	    false },
	{ unregistered, "unregistered", "is not registered", true, false },
	{ individual, "individual", "is told of its own products alone", false,
	    false },
	{ direct, "direct", "is told by the centre that the case came from",
	    false, false },
	{ unpinned, "unpinned", "has no confirmed key", true, true },
	{ no_address, "no-address", "has no address to write to", true, true },
};

enum {
	RULES = sizeof rules / sizeof *rules,
};

const char *
policy_against(const struct policy *p, const json_t *row)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].rule(p, row))
			return rules[i].word;
	return NULL;
}

const char *
policy_unreachable(const json_t *row)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].reach && rules[i].rule(NULL, row))
			return rules[i].word;
	return NULL;
}

bool
policy_reads(const struct policy *p, const json_t *row)
{
	for (size_t i = 0; i < RULES; i++)
		if (!rules[i].reach && rules[i].rule(p, row))
			return false;
	return true;
}

bool
policy_fault(const struct policy *p, const json_t *row, const char *word)
{
	for (size_t i = 0; i < RULES; i++)
		if (strcmp(rules[i].word, word) == 0 && rules[i].fault)
			return true;
	return policy_named(p, row);
}

bool
policy_decides(const char *word)
{
	for (size_t i = 0; i < RULES; i++)
		if (strcmp(rules[i].word, word) == 0)
			return !rules[i].reach;
	return false;
}

const char *
policy_words(const char *word)
{
	for (size_t i = 0; i < RULES; i++)
		if (strcmp(rules[i].word, word) == 0)
			return rules[i].words;
	return "is not told";
}
