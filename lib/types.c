#include "types.h"

#include <stddef.h>
#include <string.h>

#define VERDICTS \
	" signed unsigned partial bad mismatch unknown-key expired revoked" \
	" weak future replay ambiguous ambiguous-from bad-from malformed" \
	" toolarge unsupported error "
#define TLPS " CLEAR WHITE GREEN AMBER AMBER+STRICT RED "

static const struct types_field f_mail[] = {
	{ "raw_b64", F_B64, BULK, NULL },
	{ "raw_n", F_COUNT, 0, NULL },
	{ "too_large", F_BOOL, 0, NULL },
	{ 0 },
};

#define VERIFIED \
	{ "verdict", F_TOKEN, 0, VERDICTS }, { "why", F_TEXT, 0, NULL }, \
	    { "vendor", F_TOKEN, 0, NULL }, { "primary_fpr", F_FPR, 0, NULL }, \
	    { "signer_fpr", F_FPR, 0, NULL }, \
	    { "signed_at", F_WHEN, 0, NULL }, { "flag", F_LIST, 0, NULL }, \
	    { "covered_sha256", F_SHA256, 0, NULL }, \
	    { "covered_n", F_COUNT, 0, NULL }, \
	    { "claimed", F_OBJECT, 0, NULL }, { "signed", F_OBJECT, 0, NULL }, \
	    { "attachment", F_LIST, 0, NULL }, \
	{ \
		"raw_b64", F_B64, BULK, NULL \
	}

static const struct types_field f_message[] = {
	VERIFIED,
	{ 0 },
};

static const struct types_field f_poc[] = {
	VERIFIED,
	{ "on_file", F_LIST, 0, NULL },
	{ 0 },
};

static const struct types_field f_status[] = {
	VERIFIED,
	{ "case", F_ID, 0, NULL },
	{ 0 },
};

static const struct types_field f_vendor[] = {
	{ "vendor", F_TOKEN, NEED, NULL },
	{ "name", F_OBJECT, 0, NULL },
	{ "kind", F_TOKEN, 0, " general individual " },
	{ "role", F_TOKEN, 0, " vendor csirt critical " },
	{ "state", F_TOKEN, 0,
	    " applied papers-shown papers-in met registered suspended"
	    " withdrawn " },
	{ "language", F_TOKEN, 0, " ja en " },
	{ "region", F_TOKEN, GOES, " domestic overseas " },
	{ "email", F_TEXT, 0, NULL },
	{ "phone", F_TEXT, 0, NULL },
	{ "address", F_TEXT, 0, NULL },
	{ "fpr", F_FPR, 0, NULL },
	{ "contact", F_OBJECT, 0, NULL },
	{ "product", F_LIST, 0, NULL },
	{ "keyword", F_LIST, 0, NULL },
	{ "domain", F_LIST, 0, NULL },
	{ "consent", F_LIST, 0, NULL },
	{ "paper", F_LIST, 0, NULL },
	{ "document", F_LIST, 0, NULL },
	{ "mail", F_LIST, 0, NULL },
	{ "clearance", F_LIST, 0, NULL },
	{ "agreement", F_LIST, 0, NULL },
	{ "direct", F_LIST, 0, NULL },
	{ "heard_at", F_WHEN, 0, NULL },
	{ "by", F_TEXT, 0, NULL },
	{ 0 },
};

static const struct types_field f_step[] = {
	{ "vendor", F_TOKEN, NEED, NULL },
	{ "step", F_TOKEN, NEED,
	    " apply papers-shown papers-in meeting agree " },
	{ "by", F_TEXT, NEED, NULL },
	{ "done_at", F_WHEN, NEED, NULL },
	{ "of", F_ID, 0, NULL },
	{ "kind", F_TOKEN, 0, " general individual " },
	{ "language", F_TOKEN, 0, " ja en " },
	{ "name", F_OBJECT, 0, NULL },
	{ "paper", F_LIST, 0, NULL },
	{ "document", F_LIST, 0, NULL },
	{ "product", F_LIST, 0, NULL },
	{ "keyword", F_LIST, 0, NULL },
	{ "domain", F_LIST, 0, NULL },
	{ 0 },
};

static const struct types_field f_change[] = {
	{ "vendor", F_TOKEN, NEED, NULL },
	{ "by", F_TEXT, NEED, NULL },
	{ "email", F_TEXT, 0, NULL },
	{ "contact", F_OBJECT, 0, NULL },
	{ "mail", F_LIST, 0, NULL },
	{ "domain", F_LIST, 0, NULL },
	{ 0 },
};

static const struct types_field f_key[] = {
	{ "vendor", F_TOKEN, 0, NULL },
	{ "fpr", F_FPR, NEED, NULL },
	{ "algorithm", F_TEXT, 0, NULL },
	{ "bits_n", F_COUNT, 0, NULL },
	{ "created_at", F_WHEN, 0, NULL },
	{ "expires_at", F_WHEN, 0, NULL },
	{ "encryption", F_LIST, 0, NULL },
	{ "by", F_TEXT, 0, NULL },
	{ 0 },
};

static const struct types_field f_confirm[] = {
	{ "of", F_ID, NEED, NULL },
	{ "by", F_TEXT, NEED, NULL },
	{ "confirmed_at", F_WHEN, NEED, NULL },
	{ 0 },
};

/* tlp and publish_at are text: what gate.h cannot read is RED, and never. */
static const struct types_field f_case[] = {
	{ "revision_n", F_COUNT, 0, NULL },
	{ "tlp", F_TEXT, 0, NULL },
	{ "state", F_TOKEN, NEED, " draft embargoed public withdrawn " },
	{ "publish_at", F_TEXT, 0, NULL },
	{ "updated_at", F_WHEN, 0, NULL },
	{ "priority_at", F_TEXT, 0, NULL },
	{ "origin", F_TOKEN, 0, NULL },
	{ "alias", F_LIST, 0, NULL },
	{ "listed", F_OBJECT, 0, NULL },
	{ "title", F_OBJECT, BULK, NULL },
	{ "overview", F_OBJECT, BULK, NULL },
	{ "description", F_OBJECT, BULK, NULL },
	{ "impact", F_OBJECT, BULK, NULL },
	{ "solution", F_OBJECT, BULK, NULL },
	{ "poc", F_OBJECT, BULK, NULL },
	{ "exploit", F_OBJECT, BULK, NULL },
	{ "restriction", F_OBJECT, BULK, NULL },
	{ "product", F_LIST, BULK, NULL },
	{ "keyword", F_LIST, BULK, NULL },
	{ "vendor", F_LIST, BULK, NULL },
	{ "cve", F_LIST, 0, NULL },
	{ "cwe", F_LIST, BULK, NULL },
	{ "cvss", F_LIST, BULK, NULL },
	{ "reference", F_LIST, BULK, NULL },
	{ "attachment", F_LIST, BULK, NULL },
	{ "addendum", F_OBJECT, BULK, NULL },
	{ "comment", F_OBJECT, BULK, NULL },
	{ "credit", F_OBJECT, BULK, NULL },
	{ "finder", F_LIST, BULK, NULL },
	{ "related", F_LIST, BULK, NULL },
	{ "history", F_LIST, BULK, NULL },
	{ 0 },
};

#define KINDS \
	" disclosure update date-change reminder publication embargo-ended" \
	" papers meeting registered key announcement "

#define ADDRESSED \
	{ "case", F_ID, 0, NULL }, { "vendor", F_TOKEN, NEED, NULL }, \
	{ \
		"to", F_TEXT, NEED, NULL \
	}

static const struct types_field f_notice[] = {
	ADDRESSED,
	{ "kind", F_TOKEN, 0, KINDS },
	{ "fpr", F_FPR, 0, NULL },
	{ "language", F_TOKEN, 0, " ja en " },
	{ "tlp", F_TOKEN, 0, TLPS },
	{ "publish_at", F_WHEN, 0, NULL },
	{ "why", F_LIST, 0, NULL },
	{ "subject", F_TEXT, BULK, NULL },
	{ "text", F_TEXT, BULK, NULL },
	{ "attachment", F_LIST, BULK, NULL },
	{ 0 },
};

static const struct types_field f_sealed[] = {
	ADDRESSED,
	{ "fpr", F_FPR, 0, NULL },
	{ "tlp", F_TOKEN, 0, TLPS },
	{ "message_id", F_TEXT, NEED, NULL },
	{ "key_id", F_LIST, NEED, NULL },
	{ "mail_sha256", F_SHA256, NEED, NULL },
	{ "mail_b64", F_B64, BULK, NULL },
	{ 0 },
};

static const struct types_field f_try[] = {
	ADDRESSED,
	{ "message_id", F_TEXT, NEED, NULL },
	{ "mail_sha256", F_SHA256, NEED, NULL },
	{ "tried_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_sent[] = {
	ADDRESSED,
	{ "message_id", F_TEXT, NEED, NULL },
	{ "mail_sha256", F_SHA256, NEED, NULL },
	{ "via", F_TEXT, NEED, NULL },
	{ "reply", F_TEXT, 0, NULL },
	{ "sent_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_deferred[] = {
	ADDRESSED,
	{ "message_id", F_TEXT, NEED, NULL },
	{ "reply", F_TEXT, 0, NULL },
	{ "deferred_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_bounce[] = {
	ADDRESSED,
	{ "message_id", F_TEXT, 0, NULL },
	{ "status", F_TEXT, 0, NULL },
	{ "reply", F_TEXT, 0, NULL },
	{ "bounced_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_ended[] = {
	{ "case", F_ID, NEED, NULL },
	{ "by", F_TEXT, NEED, NULL },
	{ "why", F_TEXT, NEED, NULL },
	{ "ended_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_ahead[] = {
	{ "case", F_ID, NEED, NULL },
	{ "vendor", F_LIST, NEED, NULL },
	{ "by", F_TEXT, NEED, NULL },
	{ "why", F_TEXT, NEED, NULL },
	{ "decided_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_announcement[] = {
	{ "tlp", F_TEXT, 0, NULL },
	{ "title", F_OBJECT, NEED, NULL },
	{ "text", F_OBJECT, NEED, NULL },
	{ 0 },
};

static const struct types_field f_health[] = {
	{ "vendor", F_TOKEN, NEED, NULL },
	{ "state", F_TOKEN, 0, NULL },
	{ "health", F_TOKEN, NEED,
	    " missing unpinned revoked expired disabled weak cannot-encrypt"
	    " expiring " },
	{ "days_n", F_COUNT, 0, NULL },
	{ "expires_at", F_WHEN, 0, NULL },
	{ "fpr", F_FPR, 0, NULL },
	{ 0 },
};

static const struct types_field f_report[] = {
	{ "case", F_ID, NEED, NULL },
	{ "vendor", F_TOKEN, 0, NULL },
	{ "contact", F_TOKEN, 0,
	    " not-notified tried sent bounced acknowledged answered silent " },
	{ "state", F_TOKEN, 0, " draft embargoed public withdrawn " },
	{ "day0_at", F_WHEN, 0, NULL },
	{ "target_at", F_WHEN, 0, NULL },
	{ "publish_at", F_WHEN, 0, NULL },
	{ "finder_at", F_WHEN, 0, NULL },
	{ "ended_at", F_WHEN, 0, NULL },
	{ "tried_at", F_WHEN, 0, NULL },
	{ "sent_at", F_WHEN, 0, NULL },
	{ "bounced_at", F_WHEN, 0, NULL },
	{ "acknowledged_at", F_WHEN, 0, NULL },
	{ "answered_at", F_WHEN, 0, NULL },
	{ "reminder_at", F_WHEN, 0, NULL },
	{ "unreachable_at", F_WHEN, 0, NULL },
	{ "product_at", F_WHEN, 0, NULL },
	{ "why", F_TEXT, 0, NULL },
	{ "due", F_LIST, 0, NULL },
	{ 0 },
};

static const struct types_field f_route[] = {
	{ "case", F_ID, NEED, NULL },
	{ "vendor", F_TOKEN, NEED, NULL },
	{ "chosen", F_BOOL, NEED, NULL },
	{ "why", F_LIST, NEED, NULL },
	{ "near", F_LIST, BULK, NULL },
	{ 0 },
};

static const struct types_field f_published[] = {
	{ "path", F_TEXT, NEED, NULL },
	{ "note", F_ID, 0, NULL },
	{ "language", F_TOKEN, 0, " ja en " },
	{ "file_n", F_COUNT, 0, NULL },
	{ "file_sha256", F_SHA256, 0, NULL },
	{ "from_sha256", F_SHA256, 0, NULL },
	{ "gone", F_BOOL, 0, NULL },
	{ "published_at", F_WHEN, NEED, NULL },
	{ 0 },
};

static const struct types_field f_reject[] = {
	{ "by", F_TEXT, NEED, NULL },
	{ "code", F_COUNT, NEED, NULL },
	{ "why", F_TEXT, NEED, NULL },
	{ "of", F_OBJECT, 0, NULL },
	{ 0 },
};

static const struct types_field f_torn[] = {
	{ 0 },
};

static const struct types all[] = {
	{ "mail", true, "", f_mail },
	{ "message", true, " text attached subject name ", f_message },
	{ "poc", true, " text attached subject raw unknown ", f_poc },
	{ "status", true,
	    " text attached raw unknown subject name affected fixed workaround "
	    "fix"
	    " url statement wish ",
	    f_status },
	{ "vendor", false, "", f_vendor },
	{ "step", false, "", f_step },
	{ "key", false, "", f_key },
	{ "change", false, "", f_change },
	{ "confirm", false, "", f_confirm },
	{ "case", true, "", f_case },
	{ "notice", true, "", f_notice },
	{ "sealed", true, "", f_sealed },
	{ "try", true, "", f_try },
	{ "deferred", true, "", f_deferred },
	{ "sent", true, "", f_sent },
	{ "proof", true, "", f_sent },
	{ "bounce", true, "", f_bounce },
	{ "embargo-ended", true, "", f_ended },
	{ "go-ahead", true, "", f_ahead },
	{ "announcement", false, "", f_announcement },
	{ "health", false, "", f_health },
	{ "route", true, "", f_route },
	{ "report", true, "", f_report },
	{ "published", true, "", f_published },
	{ "reject", false, " text ", f_reject },
	{ "torn", false, "", f_torn },
};

const struct types *
types_find(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < sizeof all / sizeof all[0]; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}
