#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "lookup.h"
#include "process.h"

enum {
	ROWS = 12,
};

/* What is wrong with a roster on purpose, and concerns its last row. */
enum fault {
	NONE,
	SAME_ID, /* as row 0 */
	SAME_EMAIL,
	SAME_CONTACT,
	SAME_DOMAIN,
	SAME_FPR,
	BAD_EMAIL,
	BAD_TOKEN,
	BAD_CELLS,
	BAD_QUOTE,
	HIDDEN,
	FAULTS
};

static uint64_t seed = 88172645463325252u;
static size_t answered, refused;

static unsigned
any(size_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 20) % below);
}

/* An address or domain of row I, in another case now and then. */
static void
put_domain(struct text *t, unsigned i, const char *what, const char *before)
{
	char s[80];
	unsigned up = any(4), k, at;

	snprintf(s, sizeof s, "%s%s%u.example", before, what, i);
	at = (unsigned)strcspn(s, "@");
	for (k = s[at] == '@' ? at : 0; s[k] != '\0'; k++)
		if (up == 0 && s[k] >= 'a' && s[k] <= 'z')
			s[k] = (char)(s[k] - 0x20);
	text_puts(t, s);
}

static void
put_fpr(struct text *t, unsigned i)
{
	char fpr[41];
	unsigned form = any(3), k;

	snprintf(fpr, sizeof fpr, "%038uAB", i + 1);
	for (k = 0; k < 40; k++) {
		if (form == 1 && k > 0 && k % 4 == 0)
			text_puts(t, k == 20 ? "  " : " ");
		text_addf(t, "%c",
		    form == 2 && fpr[k] >= 'A' ? fpr[k] + 0x20 : fpr[k]);
	}
}

/* A cell with everything that CSV allows and that is not looked for. */
static void
put_prose(struct text *t, const char *end)
{
	static const char *const word[] = { "psirt@d3.example", "e1.example",
		"v2", "d0.example", "\"\"", ",", "日本", " ", "A1B2", "," };
	unsigned n = any(4);

	text_puts(t, "\"x");
	while (n-- > 0)
		text_puts(t, word[any(sizeof word / sizeof *word)]);
	if (any(3) == 0)
		text_puts(t, end);
	text_puts(t, "y\"");
}

static void
put_row(struct text *t, unsigned i, unsigned order, enum fault fault,
    const char *end)
{
	bool bad = fault != NONE;
	unsigned c, k;

	for (k = 0; k < 9; k++) {
		c = order == 0 ? k : 8 - k;
		if (k > 0)
			text_puts(t, ",");
		if (c == 0)
			text_addf(t, "v%u", fault == SAME_ID ? 0 : i);
		else if (c == 1)
			put_prose(t, "");
		else if (c == 2)
			text_puts(t,
			    fault == BAD_TOKEN	   ? "known" :
				!bad && i % 5 == 4 ? "withdrawn" :
				any(2) == 0	   ? "registered" :
						     "");
		else if (c == 3 && fault == BAD_EMAIL)
			text_addf(t, "psirt@@d%u.example", i);
		else if (c == 3)
			put_domain(
			    t, fault == SAME_EMAIL ? 0 : i, "d", "psirt@");
		else if (c == 4)
			put_prose(t, "\n");
		else if (c == 5)
			put_fpr(t, fault == SAME_FPR ? 0 : i);
		else if (c == 6 && fault == SAME_DOMAIN)
			put_domain(t, 0, "e", "");
		else if (c == 6) {
			text_puts(t, any(2) == 0 ? " " : "f|");
			t->n -= t->p[t->n - 1] == '|' ? 2 : 0;
			put_domain(t, i, "e", "");
			text_puts(t, any(2) == 0 ? " | " : "|");
			put_domain(t, i, "f", "");
		} else if (c == 7)
			put_domain(
			    t, fault == SAME_CONTACT ? 0 : i, "c", "Ya.ma@");
		else if (c == 8)
			text_puts(t,
			    fault == HIDDEN ? "a\xe2\x80\xaez" :
				any(2) == 0 ? "'+81" :
					      "");
	}
	if (fault == BAD_CELLS)
		text_puts(t, ",");
	if (fault == BAD_QUOTE)
		text_puts(t, "x\"x");
	text_puts(t, end);
	if (any(9) == 0)
		text_puts(t, end);
}

static void
put_table(struct text *t, enum fault fault)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	static const char *const head[] = { "vendor", "name_ja", "state",
		"email", "address", "fpr", "domain", "contact_email", "phone" };
	const char *end = ends[any(3)];
	unsigned order = any(2), n = ROWS - 1, k;

	text_clear(t);
	text_puts(t, any(2) == 0 ? "" : "\xef\xbb\xbf");
	for (k = 0; k < 9; k++)
		text_addf(
		    t, "%s%s", k > 0 ? "," : "", head[order == 0 ? k : 8 - k]);
	text_puts(t, end);
	for (k = 0; k < n; k++)
		put_row(t, k, order, NONE, end);
	if (fault != NONE)
		put_row(t, n, order, fault, end);
}

static const char *
keep(const struct text *t)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("roster", MFD_CLOEXEC);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (fchmod(fd, 0600) != 0 || ftruncate(fd, 0) != 0 ||
	    lseek(fd, 0, SEEK_SET) != 0 || file_write(fd, t->p, t->n) != 0)
		exit(EX_IOERR);
	return path;
}

static int
say(const char *what, const struct text *t, const char *asked)
{
	printf("%s: %s\n%s\n", what, asked, t->p);
	return 1;
}

/* One question, answered by both. CONCERNED: it is about the faulty rows. */
static int
ask(struct lookup *l, const struct roster *full, const char *what, bool fpr,
    bool concerned, enum fault fault, const struct text *t)
{
	const json_t *row, *want;
	struct fail f = FAIL_INIT;
	int code;

	want = fpr ? roster_by_fpr(full, what) : roster_by_address(full, what);
	code = fpr ? lookup_fpr(l, what, &row, &f) :
		     lookup_address(l, what, &row, &f);
	refused += code != 0;
	answered += code == 0 && row != NULL;
	if (concerned)
		return code == EX_CONFIG && row == NULL ?
		    0 :
		    say("not refused", t, what);
	/* What shares a row with a fault may be refused, too. */
	if (code != 0)
		return fault != NONE && code == EX_CONFIG ? 0 :
							    say(f.why, t, what);
	if (row != want && !json_equal(row, want))
		return say("another answer", t, what);
	return 0;
}

static bool
is_about(enum fault fault, unsigned i, unsigned kind)
{
	static const unsigned of[FAULTS] = { [SAME_EMAIL] = 0,
		[SAME_CONTACT] = 1,
		[SAME_DOMAIN] = 2,
		[SAME_FPR] = 4 };

	if (fault == NONE || (i > 0 && i < ROWS - 1))
		return false;
	if (i == 0)
		return fault <= SAME_FPR;
	/* What row 0 has instead stands nowhere in the last row. */
	return fault == SAME_ID || fault > SAME_FPR ?
	    true :
	    kind != of[fault] && !(fault == SAME_DOMAIN && kind == 3);
}

static int
round_of(enum fault fault)
{
	static const char *const form[][2] = { { "psirt@d", ".example" },
		{ "Ya.ma@c", ".EXAMPLE" }, { "any@e", ".Example" },
		{ "x@f", ".example" }, { NULL, NULL },
		{ "PSIRT@d", ".example" }, { "psirt@d", ".exampl" },
		{ "psirt@x.d", ".example" } };
	struct text t = TEXT_INIT, good = TEXT_INIT;
	struct roster full = ROSTER_INIT;
	struct lookup l = LOOKUP_INIT;
	struct fail f = FAIL_INIT;
	unsigned i, k, n;
	char what[80];
	int bad = 0;
	uint64_t same = seed;

	put_table(&good, NONE);
	seed = same;
	put_table(&t, fault);
	if (roster_load(&full, keep(&good), &f) != 0)
		bad += say(f.why, &good, "full");
	if (lookup_open(&l, keep(&t), &f) != 0)
		bad += say(f.why, &t, "open");
	for (n = 0; n < 60 && bad == 0; n++) {
		i = any(ROWS);
		k = any(8);
		if (k == 4)
			snprintf(what, sizeof what, "%038uAB", i + 1);
		else
			snprintf(what, sizeof what, "%s%u%s", form[k][0], i,
			    form[k][1]);
		bad += ask(&l, &full, what, k == 4,
		    k < 5 && is_about(fault, i, k), fault, &t);
	}
	lookup_release(&l);
	roster_release(&full);
	text_release(&good);
	text_release(&t);
	return bad;
}

/* Both on a file that is there, with the questions of stdin. */
static int
compare(const char *path)
{
	struct roster full = ROSTER_INIT;
	struct lookup l = LOOKUP_INIT;
	struct fail f = FAIL_INIT;
	const json_t *row = NULL;
	char line[512];
	int code;

	code = roster_load(&full, path, &f);
	if (code != 0)
		printf("load: %d %s\n", code, f.why);
	f = (struct fail)FAIL_INIT;
	if (lookup_open(&l, path, &f) != 0)
		printf("open: %d %s\n", f.code, f.why);
	while (f.code == 0 && fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		code = strchr(line, '@') != NULL ?
		    lookup_address(&l, line, &row, &f) :
		    lookup_fpr(&l, line, &row, &f);
		printf("%d %s\n", code,
		    code != 0	    ? f.why :
			row == NULL ? "-" :
				      record_str(row, "vendor"));
		f = (struct fail)FAIL_INIT;
	}
	lookup_release(&l);
	roster_release(&full);
	return 0;
}

/*
 * probe-lookup N: N tables at random, right and wrong ones, and questions: what
 * is looked up is what a full load of the right rows gives.
 * probe-lookup FILE <addresses and fingerprints: what both say of a file.
 */
int
main(int argc, char **argv)
{
	long n;
	int bad = 0;

	process_start("probe-lookup", 0);
	if (argc != 2)
		return EX_USAGE;
	if (!text_count(argv[1], 10000000, &n))
		return compare(argv[1]);
	while (n-- > 0 && bad == 0)
		bad += round_of((enum fault)any(FAULTS));
	printf("%zu answered, %zu refused\n", answered, refused);
	return bad == 0 ? 0 : 1;
}
