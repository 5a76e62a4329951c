#include "enclosure.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "fold.h"
#include "transfer.h"

enum {
	PLAIN = 80, /* octets of a name in ASCII, NUL included */
	ENDING = 8, /* octets behind its dot */
};

bool
enclosure_name(const char *s)
{
	static const char yen[] = "\xC2\xA5"; /* a backslash in CP932 */
	const size_t n = strlen(s);
	struct text narrow = TEXT_INIT;
	bool good = n <= ENCLOSURE_NAME && !text_hidden(s, n) &&
	    strpbrk(s, ":*?\"<>|") == NULL;

	if (good)
		fold_width(&narrow, s, n);
	good = good && narrow.n > 0 && strpbrk(narrow.p, "/\\") == NULL &&
	    strstr(narrow.p, yen) == NULL &&
	    strchr(".- ", narrow.p[0]) == NULL &&
	    strchr(". ", narrow.p[narrow.n - 1]) == NULL;
	text_release(&narrow);
	return good;
}

bool
enclosure_type(const char *s)
{
	const size_t n = strcspn(s, "/");
	char first[32];

	if (s[n] == '\0' || n >= sizeof first)
		return false;
	memcpy(first, s, n);
	first[n] = '\0';
	return text_token(first, "", sizeof first) &&
	    text_token(s + n + 1, ".+-", ENCLOSURE_TYPE) &&
	    strcasecmp(first, "multipart") != 0 &&
	    strcasecmp(first, "message") != 0;
}

static bool
is_plain(const char *name)
{
	return text_token(name, "._+-", PLAIN - 1);
}

/* What a reader without RFC 2231 calls it: NAME if that is plain ASCII, else
 * "file-2.pdf", by its place. */
static void
plain_name(const char *name, size_t i, char out[PLAIN])
{
	const char *dot = strrchr(name, '.');

	if (is_plain(name))
		snprintf(out, PLAIN, "%s", name);
	else
		snprintf(out, PLAIN, "file-%zu%s", i + 1,
		    dot != NULL && text_token(dot + 1, "", ENDING) ? dot : "");
}

/* Two names that could fall together. */
static bool
same(const char *a, size_t i, const char *b, size_t k)
{
	struct text one = TEXT_INIT, two = TEXT_INIT;
	char x[PLAIN], y[PLAIN];
	bool is;

	plain_name(a, i, x);
	plain_name(b, k, y);
	fold_key(&one, a, strlen(a));
	fold_key(&two, b, strlen(b));
	is = strcasecmp(x, y) == 0 ||
	    (one.n == two.n && one.n > 0 && memcmp(one.p, two.p, one.n) == 0);
	text_release(&one);
	text_release(&two);
	return is;
}

int
enclosure_check(const json_t *list, struct fail *f)
{
	const char *a, *b;
	size_t i, k;

	if (json_array_size(list) > ENCLOSURE_MAX)
		return fail(f, EX_DATAERR,
		    "field 'attachment' has more than %d", ENCLOSURE_MAX);
	for (i = 0; i < json_array_size(list); i++) {
		a = record_str(json_array_get(list, i), "name");
		for (k = 0; a != NULL && k < i; k++) {
			b = record_str(json_array_get(list, k), "name");
			if (b != NULL && same(a, i, b, k))
				return fail(f, EX_DATAERR,
				    "attachment[%zu]: field 'name' is that of "
				    "attachment[%zu]",
				    i, k);
		}
	}
	return 0;
}

/* RFC 2231, 4. It stands in front of the plain one: some readers take the first
 * that they see. */
static void
put_name(struct text *out, const char *name, size_t i)
{
	char plain[PLAIN];
	const char *s;

	plain_name(name, i, plain);
	text_puts(out, "Content-Disposition: attachment;");
	if (!is_plain(name)) {
		text_puts(out, "\r\n filename*=UTF-8''");
		for (s = name; *s != '\0'; s++)
			if (text_token((const char[]){ *s, '\0' }, "", 1) ||
			    strchr("._-", *s) != NULL)
				text_add(out, s, 1);
			else
				text_addf(out, "%%%02X", (unsigned char)*s);
		text_puts(out, ";\r\n");
	}
	text_addf(out, " filename=\"%s\"\r\n", plain);
}

static int
check(const json_t *a, const char **name, const char **type, struct fail *f)
{
	if (record_need(a, "name", name, f) != 0 ||
	    record_need(a, "media_type", type, f) != 0)
		return f->code;
	if (!enclosure_name(*name))
		return fail(f, EX_DATAERR,
		    "field 'name' is not one that a file can have everywhere");
	if (!enclosure_type(*type))
		return fail(f, EX_DATAERR,
		    "field 'media_type' is not one that is mailed");
	return 0;
}

/* The octets; of a text, in the lines of a mail. */
static int
content(const json_t *a, const char *type, const struct folder *from,
    struct text *out, struct fail *f)
{
	const char *sha = record_str(a, "sha256"), *text;

	if (json_object_get(a, "sha256") == NULL) {
		if (record_need(a, "text", &text, f) != 0)
			return f->code;
		if (strncasecmp(type, "text/", 5) == 0)
			transfer_crlf(out, text, strlen(text));
		else
			text_puts(out, text);
		return 0;
	}
	if (json_object_get(a, "text") != NULL)
		return fail(f, EX_DATAERR,
		    "fields 'sha256' and 'text' exclude each other");
	if (sha == NULL || !hash_is(sha))
		return fail(f, EX_DATAERR,
		    "field 'sha256' is not 64 lower-case hex digits");
	if (from == NULL)
		return fail(f, EX_USAGE,
		    "option '-a' is needed: the folder that has the file");
	return folder_read(from, sha, ENCLOSURE_FILE, out, f);
}

static int
put_part(const json_t *a, size_t i, const struct folder *from, struct text *out,
    struct fail *f)
{
	struct text octets = TEXT_INIT;
	const char *name = "", *type = "";
	int code = check(a, &name, &type, f);

	if (code == 0)
		code = content(a, type, from, &octets, f);
	if (code == 0) {
		text_addf(out, "Content-Type: %s%s\r\n", type,
		    strncasecmp(type, "text/", 5) == 0 &&
			    text_utf8(octets.p, octets.n) == octets.n ?
			"; charset=UTF-8" :
			"");
		put_name(out, name, i);
		text_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
		transfer_base64(out, octets.p, octets.n);
	}
	text_wipe(&octets);
	return code;
}

int
enclosure_part(const json_t *list, size_t i, const struct folder *from,
    struct text *out, struct fail *f)
{
	if (put_part(json_array_get(list, i), i, from, out, f) != 0)
		return fail_in(f, "attachment[%zu]", i);
	return 0;
}
