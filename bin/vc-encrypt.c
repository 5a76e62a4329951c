#include "process.h"
#include "seal.h"
#include "stream.h"

static struct seal seal = SEAL_INIT;
static const char *roster, *store;

static const struct opt options[] = {
	{ 'f', "from", "address", NULL, &seal.from,
	    "the address that the mails are from", "VC_FROM" },
	{ OPT_HOME(&seal.home) },
	{ OPT_KEYS(&store) },
	{ OPT_NOW(&seal.now) },
	{ OPT_ROSTER(&roster) },
	{ OPT_ARCHIVE(&seal.recipient.archive.fpr) },
	{ 'u', "signer", "fingerprint", NULL, &seal.signer,
	    "the centre's key that signs", "VC_SIGNER" },
	{ 0 },
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
		stream_say(&s, &seal.said);
	}
	seal_release(&seal);
	return stream_close(&s);
}
