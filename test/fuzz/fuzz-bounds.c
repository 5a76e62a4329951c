/* bounds_read: what comes out are ranges that can be told, and that are read
 * the same, or not at all, when they are told in either language. */

#include "fuzz.h"

#include "bounds.h"

static struct phrase phrase = PHRASE_INIT;

static void
check_range(const json_t *range)
{
	const char *op, *s;
	const json_t *v;

	must(range_wrong(range) == NULL);
	json_object_foreach((json_t *)(uintptr_t)range, op, v) {
		s = json_string_value(v);
		must(strlen(s) <= PHRASE_VERSION);
		must(strpbrk(s, "0123456789") != NULL);
		for (; *s != '\0'; s++)
			must(*s >= ' ' && *s <= '~');
	}
}

static void
check_told(const json_t *ranges, enum words_lang lang)
{
	json_t *text = bounds_say(&phrase, ranges, lang), *back;

	must(text != NULL);
	back = bounds_read(&phrase, json_string_value(text));
	must(back == NULL || json_equal(back, ranges));
	json_decref(back);
	json_decref(text);
}

static void
check(const char *s)
{
	json_t *ranges = bounds_read(&phrase, s), *view;
	const json_t *one;
	size_t i;

	if (ranges == NULL)
		return;
	must(strlen(s) <= PHRASE_MAX);
	must(json_array_size(ranges) > 0);
	must(json_array_size(ranges) <= BOUNDS_MAX);
	json_array_foreach(ranges, i, one)
		check_range(one);
	check_told(ranges, WORDS_JA);
	check_told(ranges, WORDS_EN);
	view = bounds_view(&phrase, ranges, WORDS_EN);
	must(json_array_size(view) == json_array_size(ranges));
	json_decref(view);
	json_decref(ranges);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fail f = FAIL_INIT;
	char *in = malloc(n + 1);

	if (phrase.data == NULL && phrase_load(&phrase, &f) != 0) {
		fprintf(stderr, "VC_SHARE: %s\n", f.why);
		exit(f.code);
	}
	must(in != NULL);
	if (n > 0)
		memcpy(in, data, n);
	in[n] = '\0';
	check(in);
	free(in);
	return 0;
}
