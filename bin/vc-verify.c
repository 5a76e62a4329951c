#include <stddef.h>

#include "folder.h"
#include "lookup.h"
#include "process.h"
#include "selftest.h"
#include "stream.h"
#include "verify.h"
#include "when.h"

static const char *add, *list, *store, *home, *at, *now;
static bool selftest;
static struct lookup lookup = LOOKUP_INIT;

static const struct opt opts[] = {
	{ 'A', "at", "time", NULL, &at,
	    "judge archived mails as if they had come then", NULL },
	{ 'a', "add", "folder", NULL, &add, "add attachments to this folder",
	    "VC_ATTACHMENTS" },
	{ OPT_HOME(&home) },
	{ OPT_KEYS(&store) },
	{ OPT_NOW(&now) },
	{ OPT_ROSTER(&list) },
	{ 'S', "selftest", NULL, &selftest, NULL,
	    "judge mails whose verdict is known, and no other", NULL },
	{ 0 },
};

static const struct prog prog = {
	.name = "vc-verify",
	.does = "say who signed exactly what",
	.operand = "[mail ...]",
	.takes = "mail message poc status",
	.gives = "message poc status",
	.opt = opts,
	.may = PROCESS_RUN | PROCESS_WRITE,
	.mail = true,
};

static int
test(struct stream *s, char *const *operand)
{
	struct text said = TEXT_INIT;

	if (operand[0] != NULL)
		opt_usage(&prog, "option '-S' takes no mail");
	s->prog = &prog;
	if (selftest_run(&said, &s->fail) != 0)
		return stream_fail(s);
	stream_say(s, &said);
	text_release(&said);
	return stream_close(s);
}

int
main(int argc, char **argv)
{
	char **operand = opt_parse(&prog, argc, argv);
	struct stream s = STREAM_INIT;
	struct verify verify = VERIFY_INIT;
	struct folder folder = FOLDER_INIT;
	json_t *in, *out;

	if (selftest)
		return test(&s, operand);
	if (stream_open(&s, &prog, operand) != 0 ||
	    when_now(at != NULL ? at : now, &verify.at, &s.fail) != 0 ||
	    (add != NULL && folder_open(&folder, add, &s.fail) != 0) ||
	    lookup_open(&lookup, list, &s.fail) != 0)
		return stream_fail(&s);
	verify.lookup = &lookup;
	verify.store = store;
	verify.home = home;
	verify.replay.ledger = opt_common.ledger;
	verify.folder = add == NULL ? NULL : &folder;
	while ((in = stream_next(&s)) != NULL) {
		if (verify_record(&verify, in, &out, &s.fail) != 0) {
			stream_reject(&s, out != NULL ? out : in);
			json_decref(out);
			continue;
		}
		if (!verify_passed(out))
			stream_no(&s);
		stream_put(&s, out);
	}
	verify_release(&verify);
	lookup_release(&lookup);
	folder_release(&folder);
	return stream_close(&s);
}
