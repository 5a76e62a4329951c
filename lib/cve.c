#include "cve.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "affects.h"
#include "cvss.h"

enum {
	CVE_TITLE = 256, /* characters at most, of each text */
	CVE_PROSE = 4096,
	CVE_VENDOR = 512,
	CVE_NAME = 512,
	CVE_PRODUCT = 2048,
	CVE_VERSION = 1024,
	CVE_CWE = 9,
	CVE_SHORT = 32,
};

/* Set KEY to the text as it is shown, of at most MAX characters. */
static void
cve_show(json_t *o, const char *key, const char *s, size_t max)
{
	struct text t = TEXT_INIT;
	const char *p, *cut;
	size_t n;

	text_mask(&t, s, strlen(s), true);
	p = cut = t.n == 0 ? "-" : t.p;
	for (n = 0; n < max && *p != '\0'; n++) {
		cut = p;
		text_char(&p);
	}
	if (t.n == 0 || *p == '\0')
		record_set(o, key, t.n == 0 ? "-" : t.p);
	else
		json_object_set_new(
		    o, key, json_sprintf("%.*s\u2026", (int)(cut - t.p), t.p));
	text_release(&t);
}

/* Append V to the list KEY of O unless it is in it. Steals. */
static void
cve_add(json_t *o, const char *key, json_t *v)
{
	json_t *list = json_object_get(o, key);
	const json_t *one;
	size_t i;

	if (list == NULL) {
		list = json_array();
		json_object_set_new(o, key, list);
	}
	json_array_foreach(list, i, one)
		if (json_equal(one, v)) {
			json_decref(v);
			return;
		}
	json_array_append_new(list, v);
}

static void
cve_version(json_t *product, const char *version, const char *status)
{
	json_t *v = json_object();

	cve_show(v, "version", version, CVE_VERSION);
	record_set(v, "status", status);
	cve_add(product, "versions", v);
}

static const char *
cve_status(const char *token)
{
	if (token == NULL || strcmp(token, "vulnerable") == 0)
		return "affected";
	return strcmp(token, "notvulnerable") == 0 ? "unaffected" : "unknown";
}

static void
cve_product(json_t *list, const char *vendor, const json_t *item)
{
	const char *status = cve_status(record_str(item, "token"));
	const char *version = record_str(item, "affected");
	const char *fixed = record_str(item, "fixed");
	const char *cpe = record_str(item, "cpe");
	json_t *v = json_object();

	cve_show(v, "vendor", vendor == NULL ? "n/a" : vendor, CVE_VENDOR);
	cve_show(v, "product", record_str(item, "product_name"), CVE_PRODUCT);
	if (cpe != NULL)
		json_object_set_new(v, "cpes", json_pack("[s]", cpe));
	if (version != NULL)
		cve_version(v, version, status);
	else
		record_set(v, "defaultStatus", status);
	if (fixed != NULL && (version == NULL || strcmp(fixed, version) != 0))
		cve_version(v, fixed, "unaffected");
	json_array_append_new(list, v);
}

static json_t *
cve_affected(const json_t *view)
{
	const json_t *vendor, *item;
	json_t *list = json_array();
	size_t i, k;

	json_array_foreach(json_object_get(view, "product_item"), i, item)
		cve_product(list, record_str(item, "vendor_name"), item);
	json_array_foreach(json_object_get(view, "vendor"), i, vendor)
		json_array_foreach(json_object_get(vendor, "item"), k, item)
			cve_product(
			    list, record_str(vendor, "vendor_name"), item);
	return list;
}

static void
cve_description(json_t *cna, const json_t *text, const char *lang)
{
	json_t *prose = words_plain(text), *v;

	if (prose != NULL && record_str(text, "foreign") == NULL) {
		v = json_object();
		record_set(v, "lang", lang);
		cve_show(v, "value", json_string_value(prose), CVE_PROSE);
		cve_add(cna, "descriptions", v);
	}
	json_decref(prose);
}

static void
cve_problems(json_t *cna, const json_t *view)
{
	const json_t *one;
	const char *id;
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(view, "cwe"), i, one) {
		id = record_str(one, "text");
		if (record_str(one, "href") == NULL || id[4] == '0' ||
		    strlen(id) > CVE_CWE)
			continue;
		v = json_pack("{s:s, s:s, s:s, s:s}", "cweId", id,
		    "description", id, "lang", "en", "type", "CWE");
		cve_add(cna, "problemTypes",
		    json_pack("{s:[o]}", "descriptions", v));
	}
}

static void
cve_metrics(json_t *cna, const json_t *view)
{
	static const struct {
		const char *major, *version, *key;
	} as[] = { { "4", "4.0", "cvssV4_0" }, { "3", "3.1", "cvssV3_1" },
		{ "3", "3.0", "cvssV3_0" }, { "2", "2.0", "cvssV2_0" } };
	json_t *v;
	size_t i;

	for (i = 0; i < sizeof as / sizeof as[0]; i++) {
		v = cvss_base(json_object_get(view, "cvss"), as[i].major);
		if (v != NULL && record_is(v, "version", as[i].version))
			cve_add(cna, "metrics",
			    json_pack(
				"{s:s, s:O}", "format", "CVSS", as[i].key, v));
		json_decref(v);
	}
}

/*
 * An address that can be fetched and is a URI (RFC 3986): words_url() lets by
 * what a browser makes something of, and one wrong octet of a vendor would cost
 * the whole record.
 */
static bool
cve_uri(const char *url)
{
	const char *p, *host = strstr(url, "://"), *end, *port;

	if (strncasecmp(url, "http", 4) != 0 || host == NULL)
		return false;
	host += 3;
	end = host + strcspn(host, "/?#");
	port = memchr(host, ':', (size_t)(end - host));
	if (strpbrk(url, "[]") != NULL ||
	    memchr(host, '@', (size_t)(end - host)) != NULL ||
	    (port != NULL && port + 1 + strspn(port + 1, "0123456789") != end))
		return false;
	for (p = url; (p = strchr(p, '%')) != NULL; p++)
		if (text_hex_digit(p[1]) < 0 || text_hex_digit(p[2]) < 0)
			return false;
	p = strchr(url, '#');
	return p == NULL || strchr(p + 1, '#') == NULL;
}

static void
cve_reference(json_t *cna, const char *url, const char *name)
{
	const json_t *list = json_object_get(cna, "references"), *one;
	json_t *v;
	size_t i;

	if (url == NULL || !cve_uri(url) ||
	    json_array_size(list) >= CVE_REFERENCES)
		return;
	json_array_foreach(list, i, one)
		if (record_is(one, "url", url))
			return;
	v = json_object();
	record_set(v, "url", url);
	if (name != NULL && *name != '\0')
		cve_show(v, "name", name, CVE_NAME);
	cve_add(cna, "references", v);
}

static void
cve_references(json_t *cna, const json_t *view)
{
	const json_t *one, *page;
	size_t i, k;

	cve_reference(cna, record_str(json_object_get(view, "site"), "page"),
	    record_str(view, "id"));
	json_array_foreach(json_object_get(view, "reference"), i, one)
		cve_reference(
		    cna, record_str(one, "href"), record_str(one, "about"));
	json_array_foreach(json_object_get(view, "link"), i, one)
		cve_reference(cna, record_str(one, "href"), NULL);
	json_array_foreach(json_object_get(view, "vendor"), i, one)
		json_array_foreach(json_object_get(one, "page"), k, page)
			cve_reference(cna, record_str(page, "href"), NULL);
}

static json_t *
cve_container(const json_t *view)
{
	const char *title = record_str(view, "title");
	const json_t *cna =
	    json_object_get(json_object_get(view, "label"), "cna");
	json_t *v = json_object(), *by = json_object();

	record_set(by, "orgId", record_str(cna, "org_id"));
	record_set(by, "shortName", record_str(cna, "short_name"));
	record_set(by, "dateUpdated",
	    record_str(json_object_get(view, "updated"), "utc"));
	json_object_set_new(v, "providerMetadata", by);
	record_set(v, "datePublic",
	    record_str(json_object_get(view, "published"), "utc"));
	if (title != NULL)
		cve_show(v, "title", title, CVE_TITLE);
	cve_description(
	    v, json_object_get(view, "overview"), record_str(view, "lang"));
	cve_description(v, json_object_get(view, "overview_en"), "en");
	json_object_set_new(v, "affected", cve_affected(view));
	cve_problems(v, view);
	cve_metrics(v, view);
	cve_references(v, view);
	return v;
}

/* A UUID of version 4 (RFC 9562, 5.4). */
static bool
cve_uuid(const char *s)
{
	static const char form[] = "xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx";
	size_t i;

	if (s == NULL || strlen(s) != sizeof form - 1)
		return false;
	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == 'x'     ? text_hex_digit(s[i]) < 0 :
			form[i] == 'N' ? strchr("89abAB", s[i]) == NULL :
					 s[i] != form[i])
			return false;
	return true;
}

static int
cve_cna(const json_t *cna, struct fail *f)
{
	const char *name = record_str(cna, "short_name");

	if (!cve_uuid(record_str(cna, "org_id")))
		return fail(f, EX_CONFIG,
		    "label/page.json: 'org_id' of 'cna' is no UUID: a CVE "
		    "record says by it whose it is");
	if (name != NULL &&
	    (strlen(name) < 2 || !text_token(name, "._-", CVE_SHORT)))
		return fail(f, EX_CONFIG,
		    "label/page.json: 'short_name' of 'cna' is no name of 2 to "
		    "%d letters and digits",
		    CVE_SHORT);
	return 0;
}

/* Has the case what each record must have? */
static int
cve_whole(const json_t *cna, const char *id, struct fail *f)
{
	const json_t *one;
	bool english = false;
	size_t i;

	if (json_array_size(json_object_get(cna, "affected")) == 0)
		return fail(f, EX_DATAERR,
		    "%s has no product: a CVE record must have one", id);
	json_array_foreach(json_object_get(cna, "descriptions"), i, one)
		english = english || record_is(one, "lang", "en");
	if (!english)
		return fail(f, EX_DATAERR,
		    "%s has no overview in English: a CVE record must have one",
		    id);
	return 0;
}

static void
cve_record(json_t *cna, const char *cve, struct text *out)
{
	const json_t *by = json_object_get(cna, "providerMetadata");
	json_t *meta = json_object(), *v;
	char *s;

	record_set(meta, "cveId", cve);
	record_set(meta, "assignerOrgId", record_str(by, "orgId"));
	record_set(meta, "assignerShortName", record_str(by, "shortName"));
	record_set(meta, "state", "PUBLISHED");
	v = json_pack("{s:s, s:s, s:o, s:{s:O}}", "dataType", "CVE_RECORD",
	    "dataVersion", "5.1", "cveMetadata", meta, "containers", "cna",
	    cna);
	s = json_dumps(
	    v, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(3));
	text_addf(out, "%s\n", s);
	free(s);
	json_decref(v);
}

int
cve_put(const json_t *view, struct text *out, struct fail *f)
{
	const char *id = record_str(view, "id");
	json_t *cve = affects_cves(view), *cna = cve_container(view);
	const json_t *one;
	size_t i;
	int rc;

	rc = cve_cna(json_object_get(json_object_get(view, "label"), "cna"), f);
	if (rc == 0 && json_array_size(cve) == 0)
		rc = fail(f, EX_DATAERR,
		    "%s has no CVE id: there is no CVE record of it", id);
	if (rc == 0)
		rc = cve_whole(cna, id, f);
	if (rc == 0)
		json_array_foreach(cve, i, one)
			cve_record(cna, json_string_value(one), out);
	json_decref(cve);
	json_decref(cna);
	return rc;
}
