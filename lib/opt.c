#include "opt.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "process.h"
#include "text.h"

enum {
	OPT_MAX = 32,
};

struct opt_common opt_common;

static bool opt_help, opt_version, opt_complete;

static const struct opt common[] = {
	{ .letter = 'l',
	    .name = "ledger",
	    .arg = "ledger",
	    .text = &opt_common.ledger,
	    .env = "VC_LEDGER",
	    .help = "keep the fact of each record in this file" },
	{ .letter = 'q',
	    .name = "quiet",
	    .flag = &opt_common.quiet,
	    .help = "no messages but errors" },
	{ .letter = 'v',
	    .name = "verbose",
	    .flag = &opt_common.verbose,
	    .help = "say at the end how much was taken and refused" },
	{ .letter = 'h',
	    .name = "help",
	    .flag = &opt_help,
	    .help = "print this" },
	{ .letter = 'V',
	    .name = "version",
	    .flag = &opt_version,
	    .help = "print the version" },
	{ .name = "complete", .flag = &opt_complete },
	{ .letter = 0 },
};

struct opts {
	const struct opt *all[OPT_MAX];
	struct option longs[OPT_MAX + 1];
	char letters[3 * OPT_MAX];
	size_t n;
};

static int
opt_order(const void *a, const void *b)
{
	const struct opt *x = *(const struct opt *const *)a;
	const struct opt *y = *(const struct opt *const *)b;
	int lx = x->letter | 0x20, ly = y->letter | 0x20;

	return lx != ly ? lx - ly : y->letter - x->letter;
}

static void
opt_collect(const struct prog *p, struct opts *o)
{
	const struct opt *table[2] = { p->opt, common }, *e;
	size_t i, k = 0;

	memset(o, 0, sizeof *o);
	for (i = 0; i < 2; i++)
		for (e = table[i]; e != NULL && e->name != NULL; e++)
			if (o->n < OPT_MAX)
				o->all[o->n++] = e;
	qsort(o->all, o->n, sizeof o->all[0], opt_order);
	o->letters[k++] = ':';
	for (i = 0; i < o->n; i++) {
		e = o->all[i];
		o->longs[i].name = e->name;
		o->longs[i].has_arg = e->arg != NULL;
		o->longs[i].val = 0x100 + (int)i;
		if (e->letter == 0)
			continue;
		o->letters[k++] = e->letter;
		if (e->arg != NULL)
			o->letters[k++] = ':';
	}
}

/* "vc-x [-qv] [-l ledger] [-r roster] [mail ...]": also the SYNOPSIS. */
static void
opt_synopsis(const struct prog *p, const struct opts *o, struct text *t)
{
	size_t i;

	text_puts(t, p->name);
	text_puts(t, " [-");
	for (i = 0; i < o->n; i++)
		if (o->all[i]->arg == NULL && o->all[i]->letter != 0 &&
		    o->all[i]->letter != 'h' && o->all[i]->letter != 'V')
			text_addf(t, "%c", o->all[i]->letter);
	text_puts(t, "]");
	for (i = 0; i < o->n; i++)
		if (o->all[i]->arg != NULL)
			text_addf(
			    t, " [-%c %s]", o->all[i]->letter, o->all[i]->arg);
	if (p->operand != NULL)
		text_addf(t, " %s", p->operand);
}

static void
opt_print_help(const struct prog *p, const struct opts *o)
{
	struct text t = TEXT_INIT;
	const struct opt *e;
	char left[64];
	size_t i;

	opt_synopsis(p, o, &t);
	printf("usage: %s\n%s: %s\n", t.p, p->name, p->does);
	text_release(&t);
	for (i = 0; i < o->n; i++) {
		e = o->all[i];
		if (e->letter == 0)
			continue;
		snprintf(left, sizeof left, "-%c, --%s%s%s", e->letter, e->name,
		    e->arg != NULL ? " " : "", e->arg != NULL ? e->arg : "");
		printf("  %-26s %s", left, e->help);
		if (e->env != NULL)
			printf(" (%s)", e->env);
		putchar('\n');
	}
	printf("takes: %s; gives: %s\n", p->takes, p->gives);
}

static void
opt_print_complete(const struct opts *o)
{
	const struct opt *e;
	size_t i;

	for (i = 0; i < o->n; i++) {
		e = o->all[i];
		if (e->letter != 0)
			printf("-%c\t--%s\t%s\t%s\n", e->letter, e->name,
			    e->help, e->arg != NULL ? e->arg : "");
	}
}

static _Noreturn void
opt_end(void)
{
	exit(fflush(stdout) != 0 || ferror(stdout) ? EX_IOERR : 0);
}

static void
opt_environment(const struct opts *o)
{
	const struct opt *e;
	const char *s;
	size_t i;

	for (i = 0; i < o->n; i++) {
		e = o->all[i];
		if (e->env == NULL || (s = getenv(e->env)) == NULL)
			continue;
		if (e->arg != NULL && *e->text == NULL && *s != '\0')
			*e->text = s;
	}
}

static const struct opt *
opt_found(const struct opts *o, int c)
{
	size_t i;

	if (c >= 0x100)
		return o->all[c - 0x100];
	for (i = 0; i < o->n; i++)
		if (o->all[i]->letter == c)
			return o->all[i];
	return NULL;
}

static _Noreturn void
opt_wrong(const struct prog *p, int c, const char *word)
{
	struct text t = TEXT_INIT;

	if (strncmp(word, "--", 2) != 0 && optopt != 0 && optopt < 0x100)
		text_addf(&t, "-%c", optopt);
	else
		text_puts(&t, word);
	if (c == ':')
		opt_usage(p, "option '%s' needs an argument", t.p);
	opt_usage(p, "option '%s' is unknown", t.p);
}

char **
opt_parse(const struct prog *p, int argc, char **argv)
{
	const struct opt *e;
	struct opts o;
	int c, at = 1;

	process_start(p->name, p->may);
	opt_collect(p, &o);
	opterr = 0;
	while ((c = getopt_long(argc, argv, o.letters, o.longs, NULL)) != -1) {
		e = c == '?' || c == ':' ? NULL : opt_found(&o, c);
		if (e == NULL)
			opt_wrong(p, c, argv[c == ':' ? optind - 1 : at]);
		if (e->arg == NULL)
			*e->flag = true;
		else
			*e->text = optarg;
		at = optind;
	}
	if (opt_help)
		opt_print_help(p, &o);
	else if (opt_version)
		printf("%s %s\n", p->name, VC_VERSION);
	else if (opt_complete)
		opt_print_complete(&o);
	if (opt_help || opt_version || opt_complete)
		opt_end();
	opt_environment(&o);
	opt_common.into = p->into == NULL ? NULL : *p->into;
	if (p->operand == NULL && optind < argc)
		opt_usage(p, "'%s' is one argument too many", argv[optind]);
	return argv + optind;
}

_Noreturn void
opt_usage(const struct prog *p, const char *fmt, ...)
{
	struct text t = TEXT_INIT, shown = TEXT_INIT;
	char why[FAIL_WHY];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	text_addf(&t, "%s: %s; see %s -h", p->name, why, p->name);
	text_mask(&shown, t.p, t.n, false);
	dprintf(2, "%s\n", shown.p);
	exit(EX_USAGE);
}
