#include "filing.h"

#include <string.h>

#include "form.h"
#include "intake.h"

bool
filing_signed(const json_t *r)
{
	const char *verdict = record_str(r, "verdict");

	return verdict != NULL && strcmp(verdict, "signed") == 0;
}

static const char *
filing_under(const json_t *r)
{
	return filing_signed(r) ? "signed" : "claimed";
}

json_t *
filing_form(const json_t *r)
{
	const json_t *under = json_object_get(r, filing_under(r));
	json_t *form = json_object_get(under, "form");

	return json_is_object(form) ? form : NULL;
}

/* A copy of claimed or signed without what we derive from the text. */
static json_t *
filing_said(const json_t *said)
{
	json_t *copy = json_copy((json_t *)said);

	json_object_del(copy, "text");
	json_object_del(copy, "attached");
	json_object_del(copy, "form");
	json_object_del(copy, "problem");
	return copy;
}

static json_t *
filing_attachments(const json_t *list)
{
	json_t *copy = json_array(), *one;
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		one = json_copy((json_t *)e);
		json_object_del(one, "text");
		json_array_append_new(copy, one);
	}
	return copy;
}

/* The record of TYPE with all of the message but its texts. */
static json_t *
filing_carry(const char *type, const json_t *message)
{
	struct text id = TEXT_INIT;
	const char *key;
	json_t *r, *v;

	text_addf(&id, "%s/%s", record_str(message, "id"), type);
	r = record_new(type, id.p);
	text_release(&id);
	json_object_foreach((json_t *)message, key, v)
		if (strcmp(key, "type") == 0 || strcmp(key, "id") == 0 ||
		    (strcmp(key, "signed") == 0 && !filing_signed(message)))
			continue;
		else if (strcmp(key, "claimed") == 0 ||
		    strcmp(key, "signed") == 0)
			json_object_set_new(r, key, filing_said(v));
		else if (strcmp(key, "attachment") == 0)
			json_object_set_new(r, key, filing_attachments(v));
		else
			json_object_set(r, key, v);
	if (json_object_get(r, "claimed") == NULL)
		json_object_set_new(r, "claimed", json_object());
	if (filing_signed(r) && json_object_get(r, "signed") == NULL)
		json_object_set_new(r, "signed", json_object());
	return r;
}

/* The word of a verdict, or of the flag that stands in for one. */
static bool
filing_is(const json_t *message, const char *word)
{
	const char *verdict = record_str(message, "verdict");

	return (verdict != NULL && strcmp(verdict, word) == 0) ||
	    record_has(message, "flag", word);
}

/* Not 0: the mail is none that has a text. */
static int
filing_whole(const json_t *message, struct fail *f)
{
	const char *why = record_str(message, "why");

	if (!filing_is(message, "toolarge") && !filing_is(message, "malformed"))
		return 0;
	return fail(f, EX_DATAERR, "the text of the mail cannot be read: %s",
	    why != NULL ? why : "it is over a limit or malformed");
}

/* There is no text: wait for vc-verify to decrypt it, or say why not. */
static int
filing_textless(const json_t *message, json_t *r, struct fail *f)
{
	if (record_has(message, "flag", "text-too-large"))
		return fail(f, EX_DATAERR, "the text of the mail is too large");
	if (!record_has(message, "flag", "encrypted"))
		return fail(f, EX_DATAERR,
		    "the mail has no plain text, and HTML is not read: ask for"
		    " it as plain text");
	if (record_str(message, "verdict") != NULL)
		return fail(f, EX_DATAERR,
		    "the text of the mail cannot be read: vc-verify did not"
		    " decrypt it");
	if (json_object_get(message, "raw_b64") == NULL)
		return fail(f, EX_DATAERR,
		    "the text of the mail cannot be read: put vc-verify"
		    " before");
	json_object_set_new(
	    json_object_get(r, "claimed"), "problem", json_string("encrypted"));
	return 0;
}

/* A form that came as a file: say which files are read. */
static int
filing_attached(const json_t *message, struct fail *f)
{
	char why[FAIL_WHY];

	if (json_array_size(json_object_get(message, "attachment")) == 0)
		return f->code;
	memcpy(why, f->why, sizeof why);
	return fail(f, f->code,
	    "%s; of files, a single attached text is read: ask for it in the"
	    " text",
	    why);
}

static enum lines_flow
filing_flow(const json_t *message)
{
	return !record_has(message, "flag", "flowed") ? LINES_FIXED :
	    record_has(message, "flag", "delsp")      ? LINES_DELSP :
							LINES_FLOWED;
}

/* The form out of the text; when that has not one label, out of the file. */
static int
filing_read(const struct label *l, const json_t *message, const json_t *said,
    json_t **form, struct fail *f)
{
	const char *text = record_str(said, "text");
	const char *file = record_str(said, "attached");
	struct fail none = FAIL_INIT;

	if (text != NULL &&
	    form_parse(l, text, strlen(text), filing_flow(message), form, f) ==
		0)
		return 0;
	if (file == NULL ||
	    (f->code != 0 && strncmp(f->why, "no form", 7) != 0))
		return f->code;
	if (form_parse(l, file, strlen(file), LINES_FIXED, form, &none) != 0) {
		if (f->code == 0)
			*f = none;
		return f->code;
	}
	*f = (struct fail)FAIL_INIT;
	json_object_set_new(*form, "attached", json_true());
	return 0;
}

static int
filing_fill(
    const struct label *l, const json_t *message, json_t *r, struct fail *f)
{
	const char *under = filing_under(message);
	const json_t *said = json_object_get(message, under);
	json_t *form = NULL;

	if (filing_whole(message, f) != 0)
		return f->code;
	if (record_str(said, "text") == NULL &&
	    record_str(said, "attached") == NULL)
		return filing_textless(message, r, f);
	if (filing_read(l, message, said, &form, f) != 0)
		return filing_attached(message, f);
	json_object_set_new(json_object_get(r, under), "form", form);
	return 0;
}

int
filing_record(const struct label *l, const char *type, const json_t *in,
    json_t **out, struct fail *f)
{
	const char *kind = record_str(in, "type");
	json_t *message = NULL, *r;
	const char *id;
	int code;

	if (kind != NULL && strcmp(kind, "mail") == 0) {
		if (intake_message(in, &message, f) != 0)
			return f->code;
	} else
		message = json_incref((json_t *)in);
	code = record_need(message, "id", &id, f);
	if (code == 0) {
		r = filing_carry(type, message);
		code = filing_fill(l, message, r, f);
		if (code == 0)
			*out = r;
		else
			json_decref(r);
	}
	json_decref(message);
	return code;
}
