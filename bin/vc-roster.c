#include "owed.h"
#include "process.h"
#include "sheet.h"
#include "stream.h"
#include "vouch.h"

static const char *roster, *now, *encoding;
static bool records, owed;
static struct vouch vouch = VOUCH_INIT;

static const struct opt options[] = {
	{ 'a', "add", "keyfile", NULL, &vouch.keyfile,
	    "add a vendor's public key to the key store", NULL },
	{ 'b', "by", "person", NULL, &vouch.by, "who brings the key", NULL },
	{ 'e', "encoding", "encoding", NULL, &encoding,
	    "print the table in cp932 or utf-8", NULL },
	{ 'j', "records", NULL, &records, NULL,
	    "print vendor records instead of a table", NULL },
	{ OPT_KEYS(&vouch.store) },
	{ 'm', "missing", NULL, &owed, NULL,
	    "print what each applicant still owes", NULL },
	{ OPT_NOW(&now) },
	{ OPT_ROSTER(&roster) },
	{ 'w', "whose", "vendor", NULL, &vouch.vendor,
	    "the vendor that the key belongs to", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-roster",
	.does = "print the vendor list, bring in the key of a vendor",
	.operand = "[roster]",
	.takes = "none",
	.gives = "key",
	.opt = options,
	.may = PROCESS_RUN | PROCESS_WRITE,
};

/* What is wrong, all of it; -q hides no error. */
static int
refuse(struct stream *s, struct faults *faults)
{
	opt_common.quiet = false;
	stream_say(s, &faults->said);
	faults_release(faults);
	return stream_fail(s);
}

static int
put_table(struct stream *s, struct text *out)
{
	struct faults faults = FAULTS_INIT;

	sheet_encode(encoding, out, &faults);
	if (faults_end(&faults, EX_DATAERR, &s->fail) == 0)
		stream_write(s, out->p, out->n);
	text_release(out);
	return s->fail.code != 0 ? refuse(s, &faults) : stream_close(s);
}

static int
list(struct stream *s, const struct roster *r)
{
	struct text out = TEXT_INIT;

	s->prog = &prog;
	if (records) {
		sheet_records(r, &out);
		stream_write(s, out.p, out.n);
		text_release(&out);
		return stream_close(s);
	}
	sheet_table(r, &out);
	return put_table(s, &out);
}

static int
list_owed(struct stream *s)
{
	struct enrol e = ENROL_INIT;
	struct text out = TEXT_INIT;
	json_t *owing;

	s->prog = &prog;
	if (owed_load(&e, roster, &s->fail) != 0)
		return stream_fail(s);
	owing = owed_list(&e);
	owed_table(owing, &out);
	json_decref(owing);
	enrol_release(&e);
	return put_table(s, &out);
}

static int
add_key(struct stream *s, const struct roster *r, char **none)
{
	json_t *key;

	if (vouch.store == NULL || vouch.vendor == NULL)
		opt_usage(&prog, "option '-a' needs '-k' and '-w'");
	if (stream_open(s, &prog, none) != 0 ||
	    when_now(now, &vouch.now, &s->fail) != 0 ||
	    vouch_key(&vouch, r, &key, &s->fail) != 0)
		return stream_fail(s);
	stream_put(s, key);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct roster r = ROSTER_INIT;
	struct stream s = STREAM_INIT;
	int code;

	if (operand[0] != NULL && operand[1] != NULL)
		opt_usage(&prog, "'%s' is one argument too many", operand[1]);
	if (!sheet_knows(encoding))
		opt_usage(&prog, "option '-e' takes cp932 or utf-8");
	if (encoding != NULL && records)
		opt_usage(&prog, "records are in UTF-8: leave out '-e'");
	if (operand[0] != NULL)
		roster = operand[0];
	if (roster == NULL)
		roster = opt_common.ledger;
	if (roster == NULL)
		opt_usage(&prog, "no vendor list: name one, or use '-r'");
	s.prog = &prog;
	if (owed)
		return list_owed(&s);
	if (roster_load(&r, roster, &s.fail) != 0)
		return stream_fail(&s);
	code =
	    vouch.keyfile != NULL ? add_key(&s, &r, argv + argc) : list(&s, &r);
	roster_release(&r);
	vouch_release(&vouch);
	return code;
}
