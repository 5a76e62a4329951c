#include "notice.h"

#include <string.h>

#include "gate.h"
#include "told.h"

/* Kinds of which there is one in a revision. */
static bool
is_bare(const char *kind)
{
	return strcmp(kind, "disclosure") == 0 || strcmp(kind, "update") == 0 ||
	    strcmp(kind, "date-change") == 0;
}

static json_t *
notice_to(const struct text *id, const char *case_, const char *vendor,
    const json_t *row, const char *kind)
{
	json_t *notice = record_new("notice", id->p);

	record_set(notice, "case", case_);
	record_set(notice, "vendor", vendor);
	record_set(notice, "to", record_str(row, "email"));
	record_set(notice, "kind", kind);
	record_set(notice, "fpr", record_str(row, "fpr"));
	record_set(notice, "language", record_str(row, "language"));
	return notice;
}

json_t *
notice_about(const json_t *case_, const char *at, const char *vendor,
    const json_t *row, const char *kind, const char *word)
{
	const char *about = record_str(case_, "id");
	struct text id = TEXT_INIT;
	json_t *notice;

	text_addf(&id, "%s/%s/", about, vendor);
	if (!is_bare(kind))
		text_addf(&id, "%s/", kind);
	if (word != NULL)
		text_puts(&id, word);
	else
		text_addf(&id, "%lld", told_revision(case_));
	notice = notice_to(&id, about, vendor, row, kind);
	text_release(&id);
	record_set(notice, "tlp", gate_tlp(case_));
	record_set(notice, "publish_at", *at == '\0' ? NULL : at);
	return notice;
}

json_t *
notice_plain(const json_t *row, const char *kind, const char *word)
{
	const char *vendor = record_str(row, "vendor");
	struct text id = TEXT_INIT;
	json_t *notice;

	text_addf(&id, "vendor/%s/%s/%s", vendor, kind, word);
	notice = notice_to(&id, NULL, vendor, row, kind);
	text_release(&id);
	json_object_del(notice, "fpr");
	record_set(notice, "tlp", "CLEAR");
	return notice;
}
