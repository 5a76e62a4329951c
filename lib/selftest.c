#include "selftest.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "home.h"
#include "pin.h"
#include "lookup.h"
#include "vector.h"
#include "verify.h"

/* Into the store as it is: nobody would pin a weak key, nor a revoked one. */
static int
plant(struct keyring *k, const char *store, const struct vector_vendor *v,
    char fpr[KEY_FPR], struct fail *f)
{
	struct text home = TEXT_INIT, file = TEXT_INIT, armor = TEXT_INIT,
		    path = TEXT_INIT;
	struct key key = { 0 };
	int code;

	text_puts(&file, v->key);
	code = home_new(store, &home, f);
	if (code == 0)
		code = keyring_inspect(k, home.p, &file, &key, f);
	if (code == 0)
		code = keyring_import(k, home.p, &file, &armor, f);
	if (code == 0)
		code = home_finish(home.p, f);
	if (code == 0 && pin_home(store, key.fpr, &path))
		code = home_place(home.p, path.p, f);
	if (code == 0 && pin_file(store, key.fpr, &path))
		code = file_put(path.p, armor.p, armor.n, f);
	memcpy(fpr, key.fpr, KEY_FPR);
	text_release(&home);
	text_release(&file);
	text_release(&armor);
	text_release(&path);
	return code;
}

static int
settle(
    struct keyring *k, const char *dir, struct lookup *lookup, struct fail *f)
{
	struct text list = TEXT_INIT, path = TEXT_INIT;
	const struct vector_vendor *v;
	char fpr[KEY_FPR];
	int code = 0;

	text_puts(&list, "vendor,name_en,kind,state,email,fpr\n");
	for (v = vector_vendors; code == 0 && v->vendor != NULL; v++) {
		code = plant(k, dir, v, fpr, f);
		text_addf(&list, "%s,%s,general,registered,%s,%s\n", v->vendor,
		    v->vendor, v->address, fpr);
	}
	text_addf(&path, "%s/roster.csv", dir);
	if (code == 0)
		code = file_put(path.p, list.p, list.n, f);
	if (code == 0)
		code = lookup_open(lookup, path.p, f);
	text_release(&list);
	text_release(&path);
	if (code == EX_DATAERR)
		code = fail(
		    f, EX_UNAVAILABLE, "gpg takes no good key: %s", f->why);
	return code;
}

static bool
reads_well(const json_t *r)
{
	return record_is(json_object_get(r, "signed"), "text", VECTOR_TEXT);
}

/* Append to WRONG what is not as it must be. */
static void
compare(const struct vector *v, const json_t *r, struct text *wrong)
{
	const char *verdict = record_str(r, "verdict");
	bool good = strcmp(v->verdict, "signed") == 0;

	if (strcmp(verdict, v->verdict) == 0 && (!good || reads_well(r)))
		return;
	text_puts(wrong, wrong->n == 0 ? "" : ", ");
	if (good && verify_passed(r))
		text_addf(wrong, "misreads '%s'", v->name);
	else if (good)
		text_addf(wrong, "refuses '%s'", v->name);
	else if (verify_passed(r))
		text_addf(wrong, "accepts '%s'", v->name);
	else
		text_addf(wrong, "calls '%s' %s, not %s", v->name, verdict,
		    v->verdict);
}

static int
judge(struct verify *verify, const struct vector *v, struct text *wrong,
    struct fail *f)
{
	json_t *mail = record_new("mail", "mail/selftest"), *out = NULL;
	int code;

	record_set_bytes(mail, "raw_b64", v->mail, strlen(v->mail));
	when_parse(v->at, &verify->at);
	code = verify_record(verify, mail, &out, f);
	if (code == 0)
		compare(v, out, wrong);
	json_decref(mail);
	json_decref(out);
	return code;
}

static int
judge_all(struct verify *verify, struct text *said, struct fail *f)
{
	struct text wrong = TEXT_INIT;
	const struct vector *v;
	int code = 0;

	for (v = vectors; code == 0 && v->name != NULL; v++)
		code = judge(verify, v, &wrong, f);
	if (code == 0 && wrong.n > 0)
		code = fail(
		    f, EX_UNAVAILABLE, "gpg %s %s", gpg_version(), wrong.p);
	if (code == 0)
		text_addf(said, "selftest: %zu vectors, gpg %s\n",
		    (size_t)(v - vectors), gpg_version());
	text_release(&wrong);
	return code;
}

int
selftest_run(struct text *said, struct fail *f)
{
	struct lookup lookup = LOOKUP_INIT;
	struct verify verify = VERIFY_INIT;
	char dir[] = "/tmp/vcXXXXXX";
	int code;

	if (mkdtemp(dir) == NULL)
		return fail_sys(f, EX_CANTCREAT, "make a folder in", "/tmp");
	code = settle(&verify.keyring, dir, &lookup, f);
	verify.lookup = &lookup;
	verify.store = dir;
	if (code == 0)
		code = judge_all(&verify, said, f);
	if (code != 0)
		fail_in(f, "selftest");
	verify_release(&verify);
	lookup_release(&lookup);
	home_remove(dir);
	return code;
}
