#include "edit.h"
#include "health.h"
#include "mailing.h"
#include "owed.h"
#include "process.h"
#include "sheet.h"
#include "stream.h"
#include "vouch.h"

static const char *roster, *now, *encoding;
static bool records, owed, keys, letters;
static struct vouch vouch = VOUCH_INIT;
static struct mailing mailing = MAILING_INIT;
static char *none[] = { NULL };
static struct edit edit = EDIT_INIT;

static const struct opt options[] = {
	{ 'a', "add", "keyfile", NULL, &vouch.keyfile,
	    "add a vendor's public key to the key store", NULL },
	{ 'b', "by", "person", NULL, &vouch.by,
	    "who brings the key, or edited the table", NULL },
	{ 'e', "encoding", "encoding", NULL, &encoding,
	    "print the table in cp932 or utf-8", NULL },
	{ 'i', "edited", "edited", NULL, &edit.path,
	    "print how this edited table differs, as records", NULL },
	{ 'j', "records", NULL, &records, NULL,
	    "print records instead of a table", NULL },
	{ 'K', "health", NULL, &keys, NULL,
	    "print which keys need care, and why", NULL },
	{ OPT_KEYS(&vouch.store) },
	{ 'm', "missing", NULL, &owed, NULL,
	    "print what each applicant still owes", NULL },
	{ OPT_NOW(&now) },
	{ OPT_ROSTER(&roster) },
	{ OPT_ARCHIVE(&vouch.archive) },
	{ 'T', "letters", NULL, &letters, NULL,
	    "with -K and -m: print the letters that ask for it", NULL },
	{ OPT_TEMPLATE(&mailing.letter.folder) },
	{ 'w', "whose", "vendor", NULL, &vouch.vendor,
	    "the vendor that the key belongs to", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-roster",
	.does = "print the vendor list, bring in the key of a vendor",
	.operand = "[roster]",
	.takes = "none",
	.gives = "key notice",
	.opt = options,
	.may = PROCESS_RUN | PROCESS_WRITE,
};

static int
list(struct stream *s, const struct roster *r)
{
	struct text out = TEXT_INIT;

	s->prog = &prog;
	if (records)
		sheet_records(r, &out);
	else
		sheet_table(r, &out);
	return sheet_put(&out, encoding, s);
}

/* What is owed to us, or which keys need care. */
static int
ask(struct stream *s, const struct roster *r)
{
	json_t *due = NULL, **want = letters ? &due : NULL;
	struct text out = TEXT_INIT;
	when_t at;

	if (keys && vouch.store == NULL)
		opt_usage(&prog, "option '-K' needs '-k'");
	if (letters && stream_open(s, &prog, none) != 0)
		return stream_fail(s);
	if (when_now(now, &at, &s->fail) != 0 ||
	    (keys ? health_ask(
			r, vouch.store, at, records, &out, want, &s->fail) :
		    owed_ask(roster, at, &out, want, &s->fail)) != 0)
		return stream_fail(s);
	if (letters)
		return mailing_put(&mailing, opt_common.ledger, due, s);
	return sheet_put(&out, encoding, s);
}

static int
add_key(struct stream *s, const struct roster *r)
{
	json_t *key;

	if (vouch.store == NULL ||
	    (vouch.vendor == NULL && vouch.archive == NULL))
		opt_usage(&prog, "option '-a' needs '-k', and '-w' or '-R'");
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
	if (edit.path != NULL && vouch.by == NULL)
		opt_usage(&prog, "option '-i' needs '-b': who edited it");
	if (encoding != NULL && (records || edit.path != NULL))
		opt_usage(&prog, "records are in UTF-8: leave out '-e'");
	if (letters && !owed && !keys)
		opt_usage(&prog, "option '-T' needs '-m' or '-K'");
	if (operand[0] != NULL)
		roster = operand[0];
	if (roster == NULL)
		roster = opt_common.ledger;
	if (roster == NULL)
		opt_usage(&prog, "no vendor list: name one, or use '-r'");
	s.prog = &prog;
	if (owed)
		return ask(&s, NULL);
	if (edit.path != NULL)
		return edit_put(&edit, roster, vouch.by, &s);
	if (roster_load(&r, roster, &s.fail) != 0)
		return stream_fail(&s);
	code = vouch.keyfile != NULL ? add_key(&s, &r) :
	    keys		     ? ask(&s, &r) :
				       list(&s, &r);
	roster_release(&r);
	vouch_release(&vouch);
	mailing_release(&mailing);
	return code;
}
