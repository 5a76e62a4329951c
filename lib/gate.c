#include "gate.h"

#include <string.h>

bool
gate_case_id(const char *id)
{
	return id != NULL && text_token(id, "#-_.", 64);
}

const char *
gate_tlp(const json_t *r)
{
	static const char *const label[] = { "CLEAR", "GREEN", "AMBER",
		"AMBER+STRICT" };
	const char *tlp = record_str(r, "tlp");
	size_t i;

	if (tlp != NULL && strcmp(tlp, "WHITE") == 0)
		return "CLEAR";
	for (i = 0; tlp != NULL && i < sizeof label / sizeof label[0]; i++)
		if (strcmp(tlp, label[i]) == 0)
			return label[i];
	return "RED";
}

bool
gate_publish_at(const json_t *r, when_t *t)
{
	const char *s = record_str(r, "publish_at");

	return s != NULL && when_parse(s, t);
}

/* The state, if it is a known one: only such words are safe to show. */
static const char *
gate_state(const json_t *r)
{
	static const char *const name[] = { "draft", "embargoed", "public",
		"withdrawn" };
	const char *state = record_str(r, "state");
	size_t i;

	for (i = 0; state != NULL && i < sizeof name / sizeof name[0]; i++)
		if (strcmp(state, name[i]) == 0)
			return name[i];
	return "unknown";
}

int
gate_publish(const json_t *case_, when_t now, struct fail *f)
{
	const char *id = record_str(case_, "id"), *tlp = gate_tlp(case_);
	const char *state = gate_state(case_);
	char at[WHEN_LEN];
	when_t t;

	if (!gate_case_id(id))
		return fail(f, EX_NOPERM, "the case has no usable id");
	if (strcmp(tlp, "CLEAR") != 0)
		return fail(f, EX_NOPERM,
		    "%s may not be published: it is TLP:%s, not TLP:CLEAR", id,
		    tlp);
	if (strcmp(state, "public") != 0)
		return fail(f, EX_NOPERM,
		    "%s may not be published: its state is '%s', not 'public'",
		    id, state);
	if (!gate_publish_at(case_, &t))
		return fail(f, EX_NOPERM,
		    "%s may not be published: it has no valid 'publish_at'",
		    id);
	if (t <= now)
		return 0;
	when_format(t, at);
	return fail(f, EX_NOPERM, "%s may not be published before %s", id, at);
}
