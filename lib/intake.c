#include "intake.h"

#include <string.h>
#include <strings.h>

#include "body.h"
#include "encoded.h"
#include "part.h"

void
intake_flag(json_t *flag, const char *name)
{
	size_t i;
	json_t *v;

	json_array_foreach(flag, i, v)
		if (strcmp(json_string_value(v), name) == 0)
			return;
	json_array_append_new(flag, json_string(name));
}

static void
flag_charset(json_t *flag, unsigned bits)
{
	if (bits & CHARSET_GUESSED)
		intake_flag(flag, "charset-guessed");
	if (bits & CHARSET_LOSSY)
		intake_flag(flag, "charset-lossy");
	if (bits & CHARSET_UNKNOWN)
		intake_flag(flag, "charset-unknown");
	if (bits & CHARSET_LONG)
		intake_flag(flag, "text-too-large");
}

static void
set_field(const struct message *m, json_t *claimed, const char *key,
    const char *name, json_t *flag)
{
	struct text value = TEXT_INIT;
	unsigned bits = 0;

	if (message_field(m, name, &value, &bits) > 0 && value.n > 0)
		record_set(claimed, key, value.p);
	flag_charset(flag, bits);
	text_release(&value);
}

void
intake_header(const struct message *m, json_t *claimed, json_t *flag)
{
	struct text from = TEXT_INIT;
	struct fail f = FAIL_INIT;
	char at[WHEN_LEN];
	when_t date;

	set_field(m, claimed, "from", "From", flag);
	if (message_from(m, &from, &f) == 0)
		record_set(claimed, "from_address", from.p);
	text_release(&from);
	set_field(m, claimed, "to", "To", flag);
	set_field(m, claimed, "subject", "Subject", flag);
	if (message_date(m, &date)) {
		when_format(date, at);
		record_set(claimed, "date_at", at);
	}
	set_field(m, claimed, "message_id", "Message-ID", flag);
	set_field(m, claimed, "in_reply_to", "In-Reply-To", flag);
}

static void
set_text(json_t *into, const char *key, const struct text *t, unsigned bits,
    json_t *flag)
{
	flag_charset(flag, bits);
	if ((bits & CHARSET_LONG) == 0)
		json_object_set_new(
		    into, key, json_stringn(t->n == 0 ? "" : t->p, t->n));
}

void
intake_decoded(json_t *into, const char *key, const char *label, const char *p,
    size_t n, json_t *flag)
{
	struct text t = TEXT_INIT;
	unsigned bits = encoded_body(label, p, n, &t);

	set_text(into, key, &t, bits, flag);
	text_wipe(&t);
}

/* The mailer wrapped the lines and says so (RFC 3676). What it signed in the
 * text itself has lost the blanks that would tell where (RFC 9580, 7.2). */
static void
flag_flow(const struct message *m, json_t *flag)
{
	const struct mime_part *part =
	    &m->mime.part[body_text(m->raw, &m->mime)];
	struct text flow = TEXT_INIT, delsp = TEXT_INIT, label = TEXT_INIT;

	if (m->shape != MESSAGE_CLEARSIGNED &&
	    part_param(m->raw, part, "Content-Type", "format", &flow, &label) &&
	    strcasecmp(flow.p, "flowed") == 0) {
		intake_flag(flag, "flowed");
		if (part_param(m->raw, part, "Content-Type", "delsp", &delsp,
			&label) &&
		    strcasecmp(delsp.p, "yes") == 0)
			intake_flag(flag, "delsp");
	}
	text_release(&flow);
	text_release(&delsp);
	text_release(&label);
}

static void
release(struct message_attachment *a)
{
	text_release(&a->name);
	text_wipe(&a->octets);
}

/* The text of the attachment that is the only text file. The flags are those
 * of the text of the mail and say nothing of it. */
static void
set_attached(const struct message *m, json_t *into)
{
	struct message_attachment a;
	struct text label = TEXT_INIT;
	json_t *flag = json_array();
	size_t i, k, one = 0, files = 0;

	for (i = 0; (k = body_attachment(m->raw, &m->mime, i)) < m->mime.n; i++)
		if (strcmp(part_type(&m->mime.part[k]), "text/plain") == 0) {
			files++;
			one = i;
			text_clear(&label);
			part_charset(m->raw, &m->mime.part[k], &label);
		}
	text_puts(&label, "");
	if (files == 1 && message_attachment(m, one, &a, NULL)) {
		intake_decoded(
		    into, "attached", label.p, a.octets.p, a.octets.n, flag);
		release(&a);
	}
	text_release(&label);
	json_decref(flag);
}

void
intake_text(const struct message *m, json_t *into, json_t *flag)
{
	struct text t = TEXT_INIT;
	unsigned bits = 0;

	if (message_text(m, &t, &bits)) {
		set_text(into, "text", &t, bits, flag);
		flag_flow(m, flag);
	}
	set_attached(m, into);
	text_wipe(&t);
}

void
intake_attachments(const struct message *m, json_t *array, json_t *flag)
{
	struct message_attachment a;
	unsigned bits = 0;
	json_t *o;
	size_t i;

	for (i = 0; message_attachment(m, i, &a, &bits); i++) {
		o = json_object();
		record_set(o, "name", a.name.n > 0 ? a.name.p : NULL);
		record_set(o, "media_type", a.media_type);
		json_object_set_new(
		    o, "size_n", json_integer((json_int_t)a.octets.n));
		record_set(o, "sha256", a.sha256);
		json_array_append_new(array, o);
		release(&a);
	}
	flag_charset(flag, bits);
}

int
intake_keep(const struct message *m, const json_t *told, struct folder *to,
    struct fail *f)
{
	struct message_attachment a;
	int code = 0;
	size_t i;

	for (i = 0; code == 0 && message_attachment(m, i, &a, NULL); i++) {
		if (record_is(json_array_get(told, i), "sha256", a.sha256))
			code = folder_keep(to, a.sha256, &a.octets, f);
		else
			code = fail(f, EX_SOFTWARE,
			    "attachment %zu is not the one that is told", i);
		release(&a);
	}
	if (code == 0 && i != json_array_size(told))
		code = fail(f, EX_SOFTWARE,
		    "%zu attachments are told, and %zu found",
		    json_array_size(told), i);
	return code == 0 && i > 0 ? folder_sync(to, f) : code;
}

/* What the header, the text and the attachments say. */
static void
put_parts(const struct message *m, json_t *r, json_t *claimed, json_t *flag)
{
	json_t *array = json_array();

	intake_header(m, claimed, flag);
	intake_text(m, claimed, flag);
	intake_attachments(m, array, flag);
	if (json_array_size(array) > 0)
		json_object_set(r, "attachment", array);
	json_decref(array);
	if (m->shape == MESSAGE_ENCRYPTED || m->shape == MESSAGE_ARMORED)
		intake_flag(flag, "encrypted");
}

static bool
is_cut(const json_t *mail)
{
	return json_is_true(json_object_get(mail, "too_large"));
}

static void
put_refused(json_t *r, const char *why, json_t *flag)
{
	if (strncmp(why, "toolarge", 8) == 0)
		intake_flag(flag, "toolarge");
	else
		intake_flag(flag, "malformed");
	record_set(r, "why", why);
}

json_t *
intake_read(
    const json_t *mail, const struct message *m, const struct fail *refused)
{
	json_t *r = record_new("message", record_str(mail, "id"));
	json_t *flag = json_array(), *claimed = json_object();

	if (m == NULL)
		put_refused(r,
		    is_cut(mail) ? "toolarge: the mail was cut when it came" :
				   refused->why,
		    flag);
	json_object_set(r, "claimed", claimed);
	if (m != NULL)
		put_parts(m, r, claimed, flag);
	json_object_set(r, "too_large", json_object_get(mail, "too_large"));
	json_object_set(r, "raw_n", json_object_get(mail, "raw_n"));
	json_object_set(r, "raw_b64", json_object_get(mail, "raw_b64"));
	if (json_array_size(flag) > 0)
		json_object_set(r, "flag", flag);
	json_decref(flag);
	json_decref(claimed);
	return r;
}

int
intake_message(const json_t *mail, json_t **message, struct fail *f)
{
	struct text raw = TEXT_INIT;
	struct message m = MESSAGE_INIT;
	struct fail refused = FAIL_INIT;
	const char *id;
	bool read = false;

	if (record_need(mail, "id", &id, f) != 0)
		return f->code;
	if (!is_cut(mail)) {
		if (record_bytes(mail, "raw_b64", &raw, f) != 0)
			return f->code;
		text_add(&raw, "", 0);
		read = message_parse(&m, raw.p, raw.n, &refused) == 0;
	}
	*message = intake_read(mail, read ? &m : NULL, &refused);
	message_release(&m);
	text_wipe(&raw);
	return 0;
}
