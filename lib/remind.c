#include "remind.h"

#include <string.h>

#include "gate.h"
#include "notice.h"

bool
remind_day(const json_t *report, char day[WHEN_DAY])
{
	const char *at;
	const json_t *e;
	when_t t;
	size_t i;

	if (record_str(report, "vendor") == NULL)
		return false;
	json_array_foreach(json_object_get(report, "due"), i, e) {
		at = record_str(e, "at");
		if (record_is(e, "what", "reminder") && at != NULL &&
		    when_parse(at, &t)) {
			when_day(t, day);
			return true;
		}
	}
	return false;
}

int
remind_about(const struct told *t, const json_t *case_, const json_t *row,
    const char *day, json_t **notice, json_t **about, struct fail *f)
{
	const char *vendor = record_str(row, "vendor");
	static const char *const field[] = { "type", "id", "revision_n", "tlp",
		"state", "publish_at" };

	*notice = *about = NULL;
	if (json_object_get(t->ever, vendor) == NULL)
		return fail(f, EX_NOPERM,
		    "%s: vendor '%s' was never told of it",
		    record_str(case_, "id"), vendor);
	*notice = notice_about(case_, t->at, vendor, row, "reminder", day);
	*about = json_object();
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		if (json_object_get(case_, field[i]) != NULL)
			json_object_set(
			    *about, field[i], json_object_get(case_, field[i]));
	record_set(*about, "asked_at", told_asked(t, vendor));
	return 0;
}

const char *
remind_announced(const json_t *announcement, struct fail *f)
{
	static const char head[] = "announcement/";
	const char *id = record_str(announcement, "id");

	if (strncmp(id, head, strlen(head)) != 0 ||
	    !text_token(id + strlen(head), "._+-", 64)) {
		fail(f, EX_DATAERR,
		    "the id of an announcement is 'announcement/' and a word");
		return NULL;
	}
	if (strcmp(gate_tlp(announcement), "CLEAR") != 0) {
		fail(f, EX_NOPERM,
		    "%s is TLP:%s: only what is TLP:CLEAR goes to all", id,
		    gate_tlp(announcement));
		return NULL;
	}
	return id + strlen(head);
}
