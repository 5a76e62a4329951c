/* case_check, score_read and the names of ident: whatever comes, an answer, and
 * what is let by has its form. */

#include "fuzz.h"

#include "case.h"
#include "ident.h"
#include "score.h"

static void
plain(const char *s, bool good)
{
	const char *p;

	must(!good || *s != '\0');
	for (p = s; good && *p != '\0'; p++)
		must(*p > ' ' && *p <= '~');
}

static void
score(const char *s)
{
	struct fail f = FAIL_INIT;
	struct score is;

	if (score_read(s, &is, &f) != 0) {
		must(f.code == EX_DATAERR && f.why[0] != '\0');
		return;
	}
	plain(s, true);
	must(strlen(s) <= SCORE_VECTOR);
	must(strcmp(is.text, "10.0") == 0 ||
	    (strlen(is.text) == 3 && is.text[1] == '.'));
	must(strspn(is.text, "0123456789.") == strlen(is.text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fail f = FAIL_INIT;
	char *line = fuzz_copy(data, n), *s = malloc(n + 1);
	json_t *r;

	must(s != NULL);
	if (n > 0)
		memcpy(s, line, n);
	s[n] = '\0';
	score(s);
	plain(s, ident_cve(s));
	plain(s, ident_cwe(s));
	plain(s, ident_purl(s));
	plain(s, ident_cpe(s));
	r = record_parse(line, n, &f);
	if (r != NULL && case_check(r, &f) != 0)
		must(f.code == EX_DATAERR && strncmp(f.why, "field '", 7) == 0);
	json_decref(r);
	free(s);
	free(line);
	return 0;
}
