/* tag and template: a template that was read is whole, and ends. */

#include "fuzz.h"

#include "tag.h"
#include "template.h"

enum {
	SECTIONS = 12, /* an array of two in each is 4096 rounds */
};

static void
check_row(const char *p, size_t n, const struct text *row)
{
	const struct tag *k = tag_row(row);
	size_t count = tag_count(row), i;

	for (i = 0; i < count; i++) {
		must(k[i].p >= p && k[i].p + k[i].n <= p + n);
		must(k[i].line >= 1 || k[i].kind == TAG_LITERAL);
		if (k[i].kind == TAG_SECTION || k[i].kind == TAG_INVERTED)
			must(k[i].to > i && k[i].to < count &&
			    k[k[i].to].kind == TAG_CLOSE);
		if (k[i].kind != TAG_LITERAL && k[i].kind != TAG_COMMENT)
			must(k[i].n > 0 && k[i].n <= TAG_NAME);
	}
}

static size_t
sections(const char *p, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i + 2 < n; i++)
		k += p[i] == '{' && p[i + 1] == '{' &&
		    strchr("}& ", p[i]) == NULL;
	return k;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char json[] =
	    "{\"a\":\"<x&'\\\"\\u202e\\ufffe>\",\"b\":true,\"n\":7,\"e\":[],"
	    "\"o\":{\"a\":\"y\",\"o\":{\"c\":\"z\"}},\"l\":[{\"i\":1},\"s\"]}";
	static json_t *context;
	struct template t = TEMPLATE_INIT;
	struct text row = TEXT_INIT, out = TEXT_INIT;
	char *p = fuzz_copy(data, n);
	struct fail f = FAIL_INIT;
	int e;

	if (context == NULL)
		context = json_loadb(json, sizeof json - 1, 0, NULL);
	if (tag_read("x", p, n, &row, &f) == 0)
		check_row(p, n, &row);
	else
		must(f.code == EX_CONFIG);
	if (sections(p, n) <= SECTIONS && template_read(&t, "x", p, n, &f) == 0)
		for (e = TEMPLATE_HTML; e <= TEMPLATE_TEXT; e++) {
			struct fail g = FAIL_INIT;
			int code = template_render(
			    &t, context, (enum template_escape)e, &out, &g);

			must(code == 0 || code == EX_CONFIG);
			must(code == 0 || out.n == 0);
			if (text_utf8(p, n) == n)
				must(text_utf8(out.p, out.n) == out.n);
			text_clear(&out);
		}
	template_release(&t);
	text_release(&row);
	text_release(&out);
	free(p);
	return 0;
}
