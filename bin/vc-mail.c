#include "deliver.h"
#include "process.h"
#include "stream.h"

static struct deliver deliver = DELIVER_INIT;
static const char *roster, *store, *transport;

static const struct opt options[] = {
	{ 'C', "ca", "file", NULL, &deliver.post.smtp.ca,
	    "trust the certificate authorities in this file alone", NULL },
	{ 'H', "hold", NULL, &deliver.hold, NULL,
	    "hold mails that are in doubt for a person", NULL },
	{ OPT_KEYS(&store) },
	{ 'M', "mails", "number", NULL, &deliver.most,
	    "at most so many mails in one connection", NULL },
	{ 'm', "most", "rate", NULL, &deliver.rate,
	    "at most so many mails in a time: 60/min", NULL },
	{ 'n', "dry-run", NULL, &deliver.dry, NULL,
	    "check everything, say what would go, send nothing", NULL },
	{ OPT_NOW(&deliver.now) },
	{ 'o', "output", "transport", NULL, &transport,
	    "maildir:DIR, sendmail:[PATH] (the default), smtp://SERVER, "
	    "smtps://SERVER",
	    NULL },
	{ 'P', "password", "file", NULL, &deliver.password,
	    "the file with the password of the server's user", "VC_PASSWORD" },
	{ 'p', "proof", "address", NULL, &deliver.proof,
	    "send the first mail here, and none to a vendor", NULL },
	{ OPT_ROSTER(&roster) },
	{ OPT_ARCHIVE(&deliver.recipient.archive.fpr) },
	{ 'W', "wait", "seconds", NULL, &deliver.wait,
	    "wait at most so long for a server's reply", NULL },
	{ 'y', "yes", NULL, &deliver.again, NULL, "send again what bounced",
	    NULL },
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
	.gives = "sent proof",
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
