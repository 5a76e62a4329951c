#include "deliver.h"
#include "process.h"
#include "stream.h"

static struct deliver deliver = DELIVER_INIT;
static const char *roster, *store, *transport;

static const struct opt options[] = {
	{ 'H', "hold", NULL, &deliver.hold, NULL,
	    "hold mails that are in doubt for a person", NULL },
	{ OPT_KEYS(&store) },
	{ 'n', "dry-run", NULL, &deliver.dry, NULL,
	    "check everything, say what would go, send nothing", NULL },
	{ OPT_NOW(&deliver.now) },
	{ 'o', "output", "transport", NULL, &transport,
	    "maildir:DIR or sendmail:[PATH], the default", NULL },
	{ OPT_ROSTER(&roster) },
	{ 0 },
};

static const struct refuse refuses[] = {
	{ "notice", "not sealed" },
	{ "case", "not routed" },
	{ NULL, NULL },
};

static const struct prog prog = {
	.name = "vc-mail",
	.does = "hand over sealed mails, never twice knowingly",
	.operand = "[file ...]",
	.takes = "sealed",
	.gives = "sent",
	.refuses = refuses,
	.opt = options,
	.may = PROCESS_RUN | PROCESS_WRITE | PROCESS_SETID,
};

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	const char *ledger = opt_common.ledger;
	struct stream s = STREAM_INIT;
	json_t *in;

	if (deliver.dry)
		opt_common.ledger = NULL;
	if (stream_open(&s, &prog, operand) != 0 ||
	    deliver_open(&deliver, roster, store, ledger, transport, &s.fail) !=
		0)
		return stream_fail(&s);
	while ((in = stream_next(&s)) != NULL) {
		deliver_record(&deliver, &s, in);
		stream_say(&s, &deliver.said);
	}
	deliver_release(&deliver);
	return stream_close(&s);
}
