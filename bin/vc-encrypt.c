#include <stdio.h>

#include "process.h"
#include "seal.h"
#include "stream.h"

static struct seal seal = SEAL_INIT;
static const char *roster, *store;

static const struct opt options[] = {
	{ .letter = 'f',
	    .name = "from",
	    .arg = "address",
	    .text = &seal.from,
	    .env = "VC_FROM",
	    .help = "the address that the mails are from" },
	{ .letter = 'g',
	    .name = "home",
	    .arg = "home",
	    .text = &seal.home,
	    .env = "VC_HOME",
	    .help = "the centre's own GnuPG home" },
	{ .letter = 'k',
	    .name = "keys",
	    .arg = "keys",
	    .text = &store,
	    .env = "VC_KEYS",
	    .help = "the store of pinned keys" },
	{ .letter = 'N',
	    .name = "now",
	    .arg = "time",
	    .text = &seal.now,
	    .help = "take this as the time, for tests" },
	{ .letter = 'r',
	    .name = "roster",
	    .arg = "roster",
	    .text = &roster,
	    .env = "VC_ROSTER",
	    .help = "the vendor list: a table or a ledger" },
	{ .letter = 'u',
	    .name = "signer",
	    .arg = "fingerprint",
	    .text = &seal.signer,
	    .env = "VC_SIGNER",
	    .help = "the centre's key that signs" },
	{ .letter = 0 },
};

static const struct refuse refuses[] = {
	{ "case", "not routed" },
	{ NULL, NULL },
};

static const struct prog prog = {
	.name = "vc-encrypt",
	.does = "seal notices: one signed and encrypted mail for each vendor",
	.operand = "[file ...]",
	.takes = "notice",
	.gives = "sealed",
	.refuses = refuses,
	.opt = options,
	.may = PROCESS_RUN,
};

static void
say(struct text *said)
{
	if (said->n > 0 && !opt_common.quiet)
		fwrite(said->p, 1, said->n, stderr);
	text_clear(said);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	json_t *in, *out;

	if (stream_open(&s, &prog, operand) != 0 ||
	    seal_open(&seal, roster, store, &s.fail) != 0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL) {
		if (seal_notice(&seal, in, &out, &s.fail) != 0)
			stream_reject(&s, in);
		else
			stream_put(&s, out);
		say(&seal.said);
	}
	seal_release(&seal);
	return stream_close(&s);
}
