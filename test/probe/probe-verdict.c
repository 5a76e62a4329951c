/*
 * lib/verdict as a filter: evidence as a JSON object a line, and for each the
 * word and the reason. What a line leaves out is that of a good signature.
 */
#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "record.h"

static const char *const states[] = { "error", "good", "bad", "unknown-key",
	"expired-key", "expired", "revoked-key" };

static void
copy(char *to, size_t size, const json_t *line, const char *key,
    const char *none)
{
	const char *s = record_str(line, key);

	snprintf(to, size, "%s", s != NULL ? s : none);
}

static long long
number(const json_t *line, const char *key, long long none)
{
	const json_t *v = json_object_get(line, key);

	return v != NULL ? json_integer_value(v) : none;
}

static int
judge(const json_t *line)
{
	static const char fpr[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	struct signature s = { 0 };
	struct evidence e = { .signature = &s };
	struct verdict v = { "error", "" };
	char pinned[KEY_FPR], state[16];

	copy(state, sizeof state, line, "state", "good");
	while (strcmp(states[s.state], state) != 0)
		if (++s.state == sizeof states / sizeof *states)
			return 0;
	s.count = (size_t)number(line, "count", 1);
	copy(s.fpr, sizeof s.fpr, line, "fpr", fpr);
	copy(s.primary, sizeof s.primary, line, "primary", fpr);
	copy(s.hash, sizeof s.hash, line, "hash", "SHA256");
	copy(s.algorithm, sizeof s.algorithm, line, "algorithm", "EdDSA");
	copy(pinned, sizeof pinned, line, "pinned", fpr);
	s.bits = (unsigned)number(line, "bits", 255);
	s.created = number(line, "created", 1000000000);
	s.key_expires = number(line, "key_expires", 0);
	s.wrong_usage = json_is_true(json_object_get(line, "wrong_usage"));
	e.pinned = *pinned == '\0' ? NULL : pinned;
	e.version = (unsigned)number(line, "version", 4);
	e.at = number(line, "at", 1000000000);
	if (verdict_judge(&v, &e) != verdict_passed(&v))
		return 0;
	printf("%s: %s\n", v.word, v.why);
	return 1;
}

int
main(void)
{
	struct text in = TEXT_INIT;
	struct fail f = FAIL_INIT;
	const char *p, *lf;
	json_t *line;
	int good = 1;

	if (file_slurp(0, FILE_MAX, &in, &f) != 0)
		return f.code;
	for (p = in.p; good && (lf = strchr(p, '\n')) != NULL; p = lf + 1) {
		line = json_loadb(p, (size_t)(lf - p), 0, NULL);
		good = line != NULL && judge(line);
		json_decref(line);
	}
	text_release(&in);
	return good ? 0 : EX_DATAERR;
}
