#include "case.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "enclosure.h"
#include "gate.h"
#include "ident.h"
#include "range.h"
#include "score.h"
#include "types.h"
#include "words.h"

/* Where in the case: "product[0].range[1]". */
struct place {
	char p[2 * RECORD_KEY];
	size_t n;
	struct fail *f;
};

/* What a field of a case, or of an object in it, holds. */
struct part {
	const char *name;
	bool many;		   /* it is an array of such */
	bool (*is)(const char *s); /* a string that is so */
	const struct part *inside; /* an object with these */
	int (*whole)(const struct place *at, const json_t *v); /* or this */
	const char *what; /* else: what is wrong */
};

/* The digits of the own series; an id of another centre, or one of the old
 * schemes, is what the gate lets by (https://jvn.jp/nav/jvnhelp.html). */
static bool
is_id(const char *id)
{
	static const struct {
		const char *series, *digits;
		size_t n, old;
	} own[] = {
		{ "JVN#", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 8, 8 },
		{ "JVNVU#", "0123456789", 8, 6 },
		{ "JVNTA#", "0123456789", 8, 8 },
	};
	size_t i, k, n;

	for (i = 0; i < sizeof own / sizeof *own; i++) {
		k = strlen(own[i].series);
		if (id == NULL || strncmp(id, own[i].series, k) != 0)
			continue;
		n = strlen(id + k);
		return (n == own[i].n || n == own[i].old) &&
		    strspn(id + k, own[i].digits) == n;
	}
	return gate_case_id(id);
}

static int
wrong(const struct place *at, const char *what)
{
	return fail(at->f, EX_DATAERR, "field '%s' %s", at->p, what);
}

static bool
among(const char *s, const char *const *word)
{
	while (*word != NULL && strcmp(*word, s) != 0)
		word++;
	return *word != NULL;
}

static bool
is_line(const char *s)
{
	return *s != '\0' && !text_hidden(s, strlen(s));
}

static bool
is_alias(const char *s)
{
	return is_line(s) && strchr(s, ' ') == NULL;
}

static bool
is_token(const char *s)
{
	return text_token(s, "._+-", 64);
}

static bool
is_time(const char *s)
{
	when_t t;

	return when_parse(s, &t);
}

static bool
is_tlp(const char *s)
{
	static const char *const word[] = { "CLEAR", "WHITE", "GREEN", "AMBER",
		"AMBER+STRICT", "RED", NULL };

	return among(s, word);
}

static bool
is_url(const char *s)
{
	return words_url(s) && strncmp(s, "http", 4) == 0;
}

static bool
is_consent(const char *s)
{
	static const char *const word[] = { "identity", "contact", "publish",
		NULL };

	return among(s, word);
}

/* In two languages, or in one, or as it is. */
static int
words(const struct place *at, const json_t *v)
{
	const char *lang;
	const json_t *e;

	if (json_is_string(v))
		return 0;
	json_object_foreach((json_t *)v, lang, e)
		if (!json_is_string(e))
			return wrong(at, "has something that is not text");
	if (record_str(v, "ja") == NULL && record_str(v, "en") == NULL)
		return wrong(at, "has neither 'ja' nor 'en'");
	return 0;
}

static int
range(const struct place *at, const json_t *v)
{
	const char *what = range_wrong(v);

	return what == NULL ? 0 : wrong(at, what);
}

/* When the name of a developer who cannot be reached was put on the list. */
static int
listed(const struct place *at, const json_t *v)
{
	const char *vendor;
	const json_t *e;
	when_t t;

	json_object_foreach((json_t *)v, vendor, e)
		if (!is_token(vendor) || !when_parse(json_string_value(e), &t))
			return wrong(at, "is not times by the ids of vendors");
	return 0;
}

/* A field that is misspelled here would go out unrestricted. */
static int
restriction(const struct place *at, const json_t *v)
{
	static const char *const word[] = { "need-to-know", "private", NULL };
	const struct types_field *d;
	const char *key, *s;
	const json_t *e;

	json_object_foreach((json_t *)v, key, e) {
		for (d = types_find("case")->field; d->name != NULL; d++)
			if (strcmp(d->name, key) == 0)
				break;
		if (d->name == NULL)
			return wrong(at, "names a field that no case has");
		s = json_string_value(e);
		if (s == NULL || !among(s, word))
			return wrong(at,
			    "has another word than 'need-to-know' and "
			    "'private'");
	}
	return 0;
}

/* What is typed beside a vector must be what it says. */
static int
cvss(const struct place *at, const json_t *v)
{
	const char *vector = record_str(v, "vector");
	struct fail f = FAIL_INIT;
	struct score is;

	if (vector == NULL)
		return wrong(at, "has no vector");
	if (score_read(vector, &is, &f) != 0)
		return fail(
		    at->f, EX_DATAERR, "field '%s.vector' %s", at->p, f.why);
	if (json_object_get(v, "version") != NULL &&
	    !record_is(v, "version", is.version))
		return wrong(at, "has another version than its vector");
	if (json_object_get(v, "score") != NULL &&
	    !record_is(v, "score", is.text))
		return wrong(at,
		    "has another score than that of its vector: leave it out, "
		    "it is computed");
	return 0;
}

/* A file is named by its hash: what is misspelled here is never found. */
static int
attachment(const struct place *at, const json_t *v)
{
	const char *name = record_str(v, "name");
	const char *type = record_str(v, "media_type");
	const char *sha = record_str(v, "sha256");

	if (name == NULL || !enclosure_name(name))
		return wrong(at, "has no name that a file can have everywhere");
	if (type == NULL || !enclosure_type(type))
		return wrong(at, "has no media type that is mailed");
	if (sha == NULL || !hash_is(sha))
		return wrong(at, "has no SHA-256 of 64 lower-case hex digits");
	return 0;
}

#define LINE .is = is_line, .what = "is not one line of text"
#define TOKEN .is = is_token, .what = "is not a word"
#define TIME .is = is_time, .what = "is no time such as 2008-07-08T18:45:59Z"
#define URL \
	.is = is_url, \
	.what = "is no address that begins with http:// or https://"
#define WORDS .whole = words
#define MANY .many = true

static const struct part product[] = {
	{ "name", WORDS },
	{ "version", WORDS },
	{ "vendor", LINE },
	{ "purl", .is = ident_purl,
	    .what = "is no package URL such as pkg:npm/example@1.2" },
	{ "cpe", .is = ident_cpe,
	    .what =
		"is no CPE name such as cpe:2.3:a:isc:bind:*:*:*:*:*:*:*:*" },
	{ "range", MANY, .whole = range },
	{ 0 },
};

static const struct part reference[] = {
	{ "url", URL },
	{ "title", WORDS },
	{ "vendor", TOKEN },
	{ 0 },
};

static const struct part related[] = {
	{ "kind", TOKEN },
	{ "id", LINE },
	{ "url", URL },
	{ 0 },
};

static const struct part history[] = {
	{ "at", TIME },
	{ "text", WORDS },
	{ 0 },
};

static const struct part finder[] = {
	{ "name", WORDS },
	{ "email", LINE },
	{ "affiliation", WORDS },
	{ "consent", MANY, .is = is_consent,
	    .what = "is none of 'identity', 'contact' and 'publish'" },
	{ 0 },
};

static const struct part parts[] = {
	{ "tlp", .is = is_tlp,
	    .what = "is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED" },
	{ "publish_at", TIME },
	{ "priority_at", TIME },
	{ "updated_at", TIME },
	{ "origin", TOKEN },
	{ "listed", .whole = listed },
	{ "alias", MANY, .is = is_alias,
	    .what = "is not an id without blanks" },
	{ "title", WORDS },
	{ "overview", WORDS },
	{ "description", WORDS },
	{ "impact", WORDS },
	{ "solution", WORDS },
	{ "poc", WORDS },
	{ "exploit", WORDS },
	{ "addendum", WORDS },
	{ "comment", WORDS },
	{ "credit", WORDS },
	{ "restriction", .whole = restriction },
	{ "product", MANY, .inside = product },
	{ "keyword", MANY, LINE },
	{ "vendor", MANY, TOKEN },
	{ "cve", MANY, .is = ident_cve,
	    .what = "is no id such as CVE-2008-1447" },
	{ "cwe", MANY, .is = ident_cwe, .what = "is no id such as CWE-331" },
	{ "cvss", MANY, .whole = cvss },
	{ "reference", MANY, .inside = reference },
	{ "attachment", MANY, .whole = attachment },
	{ "related", MANY, .inside = related },
	{ "history", MANY, .inside = history },
	{ "finder", MANY, .inside = finder },
	{ 0 },
};

static int check(struct place *at, const struct part *p, const json_t *o);

static int
check_value(struct place *at, const struct part *p, const json_t *v)
{
	int rc = 0;

	if (p->is != NULL)
		return json_is_string(v) && p->is(json_string_value(v)) ?
		    0 :
		    wrong(at, p->what);
	if (p->whole != NULL)
		return json_is_object(v) || p->whole == words ?
		    p->whole(at, v) :
		    wrong(at, "is not an object");
	if (!json_is_object(v))
		return wrong(at, "is not an object");
	for (p = p->inside; rc == 0 && p->name != NULL; p++)
		rc = check(at, p, v);
	return rc;
}

/* Check V one place deeper. */
static int check_at(struct place *at, const struct part *p, const json_t *v,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static int
check_at(struct place *at, const struct part *p, const json_t *v,
    const char *fmt, ...)
{
	size_t n = at->n, room = sizeof at->p - n;
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vsnprintf(at->p + n, room, fmt, ap);
	va_end(ap);
	if (rc > 0)
		at->n += (size_t)rc < room ? (size_t)rc : room - 1;
	rc = check_value(at, p, v);
	at->n = n;
	at->p[n] = '\0';
	return rc;
}

/* What O has of it, if it has any. */
static int
check(struct place *at, const struct part *p, const json_t *o)
{
	const json_t *v = json_object_get(o, p->name), *e;
	const char *dot = at->n == 0 ? "" : ".";
	size_t i;
	int rc = 0;

	if (v == NULL)
		return 0;
	if (!p->many)
		return check_at(at, p, v, "%s%s", dot, p->name);
	if (!json_is_array(v))
		return fail(at->f, EX_DATAERR, "field '%s%s%s' is not an array",
		    at->p, dot, p->name);
	json_array_foreach(v, i, e) {
		rc = check_at(at, p, e, "%s%s[%zu]", dot, p->name, i);
		if (rc != 0)
			break;
	}
	return rc;
}

int
case_check(const json_t *case_, struct fail *f)
{
	struct place at = { .f = f };
	const struct part *p;
	int rc = 0;

	if (!is_id(record_str(case_, "id")))
		return fail(f, EX_DATAERR,
		    "field 'id' is no id of a case such as JVN#12345678");
	for (p = parts; rc == 0 && p->name != NULL; p++)
		rc = check(&at, p, case_);
	return rc;
}
