#ifndef VC_OPT_H
#define VC_OPT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The options of a program, as one table. The table gives the parser, -h,
 * --complete for the shells, and the check against the man page's SYNOPSIS.
 * A letter means the same in every program: vc(7), OPTIONS.
 *
 * -l FILE, -q, -v, -h, -V and the long forms of all are added to every table.
 */

struct opt {
	char letter;
	const char *name;  /* long form, without dashes */
	const char *arg;   /* name of the argument, or NULL for a switch */
	bool *flag;	   /* set by a switch */
	const char **text; /* set by an option with an argument, not copied */
	const char *help;  /* one line, lower case */
	const char
	    *env; /* variable that stands in when the option is not given */
};

/* Rows that several programs share: { OPT_HOME(where the argument goes) }. */
#define OPT_ARCHIVE(to) \
	'R', "archive", "fingerprint", NULL, to, "the centre's archive key", \
	    "VC_ARCHIVE"
#define OPT_HOME(to) \
	'g', "home", "home", NULL, to, "the centre's own GnuPG home", "VC_HOME"
#define OPT_KEYS(to) \
	'k', "keys", "store", NULL, to, "the store of pinned keys", "VC_KEYS"
#define OPT_NOW(to) \
	'N', "now", "time", NULL, to, "take this as the present time", NULL
#define OPT_ROSTER(to) \
	'r', "roster", "roster", NULL, to, \
	    "the vendor list: a ledger or a CSV table", "VC_ROSTER"
#define OPT_TEMPLATE(to) \
	't', "template", "folder", NULL, to, "the folder of templates", \
	    "VC_TEMPLATE"

/* A type that a program must not let by, and why: vc-record(5), rule 9. */
struct refuse {
	const char *type, *why; /* always EX_NOPERM */
};

struct prog {
	const char *name;
	const char *does;    /* one line, the same as .Nd of its man page */
	const char *operand; /* as in SYNOPSIS: "[mail ...]", or NULL: none */
	const char *takes;   /* types, separated by blanks; "*" is any */
	const char *gives;
	const struct refuse *refuses; /* ends with a NULL type; may be NULL */
	const struct opt *opt;	      /* ends with letter 0 */
	unsigned may;		      /* PROCESS_... */
	bool mail; /* operands are mails, stdin is a mail or records */
	bool sink; /* gives no records: swallows what it does not take */
	const char *const *into; /* what -o says when it is a folder, or NULL */
};

/* What the shared options said. */
extern struct opt_common {
	const char *ledger, *into;
	bool quiet, verbose;
} opt_common;

/*
 * Start the process (process_start), then read the options. Returns the
 * operands (NULL-terminated, inside argv). -h, -V and --complete print and
 * exit 0 (74 when stdout cannot be written); a wrong call prints what is wrong
 * and exits 64.
 */
char **opt_parse(const struct prog *p, int argc, char **argv);

/* Exit with 64 after "NAME: " and a message; for what a table cannot say. */
_Noreturn void opt_usage(const struct prog *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
