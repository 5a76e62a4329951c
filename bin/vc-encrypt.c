#include "ahead.h"
#include "process.h"
#include "seal.h"
#include "stream.h"
#include "trial.h"

static struct seal seal = SEAL_INIT;
static const char *roster, *store;
static bool keys;

static const struct opt options[] = {
	{ 'a', "add", "folder", NULL, &seal.files,
	    "add attachments that are in this folder", "VC_ATTACHMENTS" },
	{ 'f', "from", "address", NULL, &seal.from,
	    "the address that the mails are from", "VC_FROM" },
	{ OPT_HOME(&seal.home) },
	{ 'K', "health", NULL, &keys, NULL,
	    "try the key of each registered vendor, and seal nothing", NULL },
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
	.gives = "sealed health",
	.refuses = refuses,
	.opt = options,
	.may = PROCESS_RUN,
};

/* Under way: n of them, from the first on, around the end. */
static struct sealing along[SEAL_ALONG];
static size_t first, n;

/* What began first ends first. */
static void
put_first(struct stream *s)
{
	const size_t line = s->input.line;
	struct sealing *g = &along[first];
	json_t *notice = json_incref(g->notice), *out;

	s->input.line = g->line;
	if (seal_end(&seal, g, &out, &s->fail) != 0)
		stream_reject(s, notice);
	else
		stream_put(s, out);
	stream_say(s, &seal.said);
	json_decref(notice);
	s->input.line = line;
	first = (first + 1) % SEAL_ALONG;
	n--;
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct sealing *g;
	json_t *in;
	int code;

	if (keys && operand[0] != NULL)
		opt_usage(&prog, "'%s' is one argument too many", operand[0]);
	if (keys)
		opt_common.ledger = NULL;
	if (stream_open(&s, &prog, operand) != 0 ||
	    seal_open(&seal, roster, store, &s.fail) != 0)
		return stream_fail(&s);
	while (!keys && (in = stream_next(&s)) != NULL) {
		g = &along[(first + n++) % SEAL_ALONG];
		seal_begin(&seal, in, g);
		g->line = s.input.line;
		while (n == SEAL_ALONG || (n > 0 && !ahead(&s)))
			put_first(&s);
	}
	while (n > 0)
		put_first(&s);
	code = keys ? trial_put(&seal, &s) : stream_close(&s);
	seal_release(&seal);
	return code;
}
