#include <stdio.h>
#include <string.h>

#include "encoded.h"
#include "file.h"
#include "intake.h"
#include "process.h"

static const char *const shapes[] = { "plain", "clearsigned", "signed",
	"encrypted", "armored", "partial", "foreign" };

static int
entity(struct message *m)
{
	struct message inner = MESSAGE_INIT;
	struct fail f = FAIL_INIT;
	json_t *r = json_object(), *flag = json_array(), *list = json_array();
	struct text line = TEXT_INIT;

	if (message_parse(&inner, m->covered.p, m->covered.n, &f) == 0) {
		record_set(r, "shape", shapes[inner.shape]);
		intake_header(&inner, r, flag);
		intake_text(&inner, r, flag);
		intake_attachments(&inner, list, flag);
	} else {
		record_set(r, "why", f.why);
	}
	json_object_set_new(r, "attachment", list);
	record_line(r, &line);
	printf("%s", line.p);
	text_release(&line);
	message_release(&inner);
	json_decref(r);
	json_decref(flag);
	return f.code;
}

static int
show(struct text *raw, const char *what)
{
	struct message m = MESSAGE_INIT;
	struct fail f = FAIL_INIT;
	struct text from = TEXT_INIT;
	char sha[HASH_LEN];
	json_t *r = json_object();

	if (message_parse(&m, raw->p, raw->n, &f) != 0) {
		printf("%s\n", f.why);
	} else if (strcmp(what, "covered") == 0) {
		fwrite(m.covered.p, 1, m.covered.n, stdout);
	} else if (strcmp(what, "pgp") == 0) {
		fwrite(m.pgp.p, 1, m.pgp.n, stdout);
	} else if (strcmp(what, "entity") == 0) {
		f.code = entity(&m);
	} else if (strcmp(what, "from") == 0) {
		message_from(&m, &from, &f);
		printf("%s\n", f.code == 0 ? from.p : f.why);
	} else {
		hash_sha256(m.covered.p, m.covered.n, sha);
		printf("%s%s%s%s%s\n", shapes[m.shape], m.why ? ": " : "",
		    m.why ? m.why : "", m.covered.n > 0 ? " " : "",
		    m.covered.n > 0 ? sha : "");
	}
	text_release(&from);
	message_release(&m);
	json_decref(r);
	return f.code;
}

static int
record(const struct text *raw)
{
	json_t *mail =
		   record_new("mail", "mail/0123456789abcdef0123456789abcdef"),
	       *out = NULL;
	struct text line = TEXT_INIT;
	struct fail f = FAIL_INIT;

	record_set_bytes(mail, "raw_b64", raw->p, raw->n);
	if (intake_message(mail, &out, &f) != 0) {
		printf("%s\n", f.why);
	} else {
		json_object_del(out, "raw_b64");
		record_line(out, &line);
		printf("%s", line.p);
	}
	text_release(&line);
	json_decref(mail);
	json_decref(out);
	return f.code;
}

/*
 * probe-message [shape|covered|pgp|entity|from|record|words] < mail
 */
int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "shape";
	struct text raw = TEXT_INIT, out = TEXT_INIT;
	struct fail f = FAIL_INIT;
	int code = 0;

	process_start("probe-message", 0);
	if (file_slurp(0, 64 << 20, &raw, &f) != 0)
		return f.code;
	text_add(&raw, "", 0);
	if (strcmp(what, "record") == 0) {
		code = record(&raw);
	} else if (strcmp(what, "words") == 0) {
		encoded_put(&out, raw.p);
		printf("%s\n", out.p);
	} else {
		code = show(&raw, what);
	}
	text_release(&raw);
	text_release(&out);
	return code;
}
