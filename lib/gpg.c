#include "gpg.h"

#include <errno.h>
#include <gpgme.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cause.h"
#include "file.h"
#include "gpgkey.h"
#include "process.h"

/* An operation. Its output goes no further than the limit. */
struct gpg_work {
	enum gpg_op op;
	gpgme_data_t in, with, out;
	struct text *to;
	bool full;
};

static ssize_t
work_write(void *handle, const void *p, size_t n)
{
	struct gpg_work *w = handle;

	if (n > GPG_OUTPUT - w->to->n) {
		w->full = true;
		errno = EFBIG;
		return -1;
	}
	text_add(w->to, p, n);
	return (ssize_t)n;
}

static gpgme_data_t
source_data(const struct text *t)
{
	gpgme_data_t d;

	if (gpgme_data_new_from_mem(&d, t->n > 0 ? t->p : "", t->n, 0) != 0)
		process_nomem();
	return d;
}

static int
trouble(gpgme_error_t e, struct fail *f)
{
	return cause_fail(
	    gpgme_err_code(e), gpgme_strerror(e), getenv("GNUPGHOME"), f);
}

int
gpg_start(struct gpg *g, struct fail *f)
{
	gpgme_error_t e;

	if (g->ctx != NULL)
		return 0;
	/* In a locale with a name gpg reads two dozen files with each start. */
	if (setenv("LC_ALL", "C", 1) != 0)
		process_nomem();
	/* Five programs fewer to start, and gpg out of PATH. */
	gpgme_set_global_flag("disable-gpgconf", "1");
	gpgme_set_global_flag("require-gnupg", "2.2.0");
	if (gpgme_check_version("1.18.0") == NULL)
		return fail(f, EX_UNAVAILABLE, "gpgme is older than 1.18");
	e = gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP);
	if (e == 0)
		e = gpgme_new(&g->ctx);
	if (e == 0)
		e = gpgme_set_protocol(g->ctx, GPGME_PROTOCOL_OpenPGP);
	if (e != 0) {
		gpg_release(g);
		if (trouble(e, f) != 0)
			return f->code;
		return fail(f, EX_UNAVAILABLE, "gpg: %s", gpgme_strerror(e));
	}
	gpgme_set_offline(g->ctx, 1);
	gpgme_set_armor(g->ctx, 1);
	gpgme_set_pinentry_mode(g->ctx, GPGME_PINENTRY_MODE_ERROR);
	return 0;
}

/* The home goes to gpg by its variable: a change of home starts nothing. */
int
gpg_enter(struct gpg *g, const char *home, struct fail *f)
{
	char path[PATH_MAX];

	if (file_trusted(home, f) != 0)
		return f->code;
	if (realpath(home, path) == NULL)
		return fail_sys(f, EX_NOINPUT, "open", home);
	if (g->home.n == 0 || strcmp(g->home.p, path) != 0) {
		if (g->ctx != NULL)
			gpgme_signers_clear(g->ctx);
		g->signer[0] = '\0';
		text_clear(&g->home);
		text_puts(&g->home, path);
	}
	if (setenv("GNUPGHOME", path, 1) != 0)
		process_nomem();
	return gpg_start(g, f);
}

int
gpg_keys(
    struct gpg *g, const struct text *file, struct key *out, struct fail *f)
{
	gpgme_data_t data = source_data(file);
	gpgme_key_t key;
	gpgme_error_t e;

	*out = (struct key){ 0 };
	e = gpgme_op_keylist_from_data_start(g->ctx, data, 0);
	while (e == 0 && (e = gpgme_op_keylist_next(g->ctx, &key)) == 0) {
		gpgkey_read(out, key);
		gpgme_key_unref(key);
	}
	gpgme_op_keylist_end(g->ctx);
	gpgme_data_release(data);
	if (gpgme_err_code(e) != GPG_ERR_EOF && trouble(e, f) != 0)
		return f->code;
	if (out->primaries == 0 || !key_is_fpr(out->fpr))
		return fail(f, EX_DATAERR, "no OpenPGP key in the file");
	return 0;
}

void
gpg_signature(struct gpg *g, struct signature *out)
{
	gpgme_verify_result_t result = gpgme_op_verify_result(g->ctx);
	gpgme_signature_t s = result == NULL ? NULL : result->signatures;

	*out = (struct signature){ 0 };
	if (s == NULL)
		return;
	out->state = cause_state(gpgme_err_code(s->status));
	if (s->fpr != NULL && key_is_fpr(s->fpr))
		gpgkey_copy(out->fpr, sizeof(out->fpr), s->fpr);
	if (s->hash_algo != GPGME_MD_NONE)
		gpgkey_copy(out->hash, sizeof(out->hash),
		    gpgme_hash_algo_name(s->hash_algo));
	gpgkey_copy(out->algorithm, sizeof(out->algorithm),
	    gpgme_pubkey_algo_name(s->pubkey_algo));
	out->created = (when_t)s->timestamp;
	out->wrong_usage = s->wrong_key_usage;
	for (; s != NULL; s = s->next)
		out->count++;
}

static gpgme_error_t
import(gpgme_ctx_t ctx, gpgme_data_t in, gpgme_data_t out)
{
	gpgme_error_t e = gpgme_op_import(ctx, in);
	gpgme_import_result_t r = gpgme_op_import_result(ctx);
	char fpr[KEY_FPR];

	if (e != 0)
		return e;
	if (r == NULL || r->imported != 1 || r->secret_imported != 0)
		return gpgme_error(GPG_ERR_BAD_DATA);
	gpgkey_copy(
	    fpr, sizeof(fpr), r->imports->fpr); /* r ends with the next call */
	return gpgme_op_export(ctx, fpr, 0, out);
}

static gpgme_error_t
seal(gpgme_ctx_t ctx, const struct gpg_work *w, const char *keyfiles)
{
	struct text to = TEXT_INIT;
	gpgme_error_t e;

	text_addf(&to, "--file\n%s", keyfiles);
	e = gpgme_op_encrypt_sign_ext_start(ctx, NULL, to.p,
	    GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO |
		GPGME_ENCRYPT_NO_COMPRESS,
	    w->in, w->out);
	text_release(&to);
	return e;
}

static gpgme_error_t
operate(gpgme_ctx_t ctx, const struct gpg_work *w)
{
	switch (w->op) {
	case GPG_VERIFY:
		return gpgme_op_verify(ctx, w->in, w->with, NULL);
	case GPG_OPEN:
		return gpgme_op_verify(ctx, w->in, NULL, w->out);
	case GPG_UNWRAP:
		return gpgme_op_decrypt_ext(
		    ctx, GPGME_DECRYPT_UNWRAP, w->in, w->out);
	case GPG_SIGN:
		return gpgme_op_sign(ctx, w->in, w->out, GPGME_SIG_MODE_DETACH);
	case GPG_IMPORT:
		return import(ctx, w->in, w->out);
	case GPG_SEAL:
		break;
	}
	return gpgme_error(GPG_ERR_BUG);
}

/*
 * "No secret key" is also what gpg says when it cannot reach the agent. Is the
 * public part of one of the keys here, that the message is encrypted for?
 */
static bool
is_ours(struct gpg *g)
{
	gpgme_decrypt_result_t r = gpgme_op_decrypt_result(g->ctx);
	gpgme_recipient_t to = r == NULL ? NULL : r->recipients;
	struct text ids = TEXT_INIT;
	gpgme_key_t key;
	bool ours = false;
	size_t i;

	for (; to != NULL; to = to->next)
		text_add(&ids, to->keyid, KEY_ID);
	for (i = 0; !ours && i < ids.n; i += KEY_ID) {
		ours = gpgme_op_keylist_start(g->ctx, ids.p + i, 0) == 0 &&
		    gpgme_op_keylist_next(g->ctx, &key) == 0;
		if (ours)
			gpgme_key_unref(key);
		gpgme_op_keylist_end(g->ctx);
	}
	text_release(&ids);
	return ours;
}

/* Why an operation failed that was given something. */
static int
refused(struct gpg *g, enum gpg_op op, gpgme_error_t e, struct fail *f)
{
	gpgme_encrypt_result_t r;
	gpgme_sign_result_t s = gpgme_op_sign_result(g->ctx);

	/* So it says of a signer when it cannot reach the agent. */
	if (op == GPG_SIGN && s != NULL && s->invalid_signers != NULL &&
	    gpgme_err_code(s->invalid_signers->reason) == GPG_ERR_GENERAL)
		e = gpgme_error(GPG_ERR_NO_AGENT);
	if (trouble(e, f) != 0)
		return f->code;
	if (op == GPG_UNWRAP && gpgme_err_code(e) == GPG_ERR_NO_SECKEY)
		return is_ours(g) ?
		    fail(f, EX_TEMPFAIL,
			"no agent for '%s', or it has lost the secret key",
			g->home.p) :
		    fail(f, EX_NOPERM, "encrypted for no key of the centre");
	if (op == GPG_SEAL && (r = gpgme_op_encrypt_result(g->ctx)) != NULL &&
	    r->invalid_recipients != NULL)
		return fail(f, EX_NOPERM,
		    "cannot-encrypt: gpg refuses the key: %s",
		    gpgme_strerror(r->invalid_recipients->reason));
	if (op == GPG_SEAL || op == GPG_SIGN)
		return fail(f, EX_CONFIG, "the signer's key cannot sign: %s",
		    gpgme_strerror(e));
	return fail(f, EX_DATAERR, "gpg: %s", gpgme_strerror(e));
}

static void
work_open(struct gpg *g, struct gpg_work *w, const struct text *in,
    const struct text *with, struct text *out)
{
	static struct gpgme_data_cbs calls = { .write = work_write };

	w->to = out;
	text_clear(out);
	w->in = source_data(in);
	w->with = with == NULL ? NULL : source_data(with);
	if (gpgme_data_new_from_cbs(&w->out, &calls, w) != 0)
		process_nomem();
	gpgme_set_armor(g->ctx, w->op != GPG_UNWRAP);
}

/* It ended with E. */
static int
work_close(struct gpg *g, struct gpg_work *w, gpgme_error_t e, struct fail *f)
{
	gpgme_data_release(w->in);
	gpgme_data_release(w->with);
	gpgme_data_release(w->out);
	if (e == 0 && !w->full)
		return 0;
	text_wipe(w->to);
	if (w->full)
		return fail(f, EX_DATAERR,
		    "toolarge: more than %d octets come out of it", GPG_OUTPUT);
	return refused(g, w->op, e, f);
}

int
gpg_run(struct gpg *g, enum gpg_op op, const struct text *in,
    const struct text *with, struct text *out, struct fail *f)
{
	struct gpg_work w = { .op = op };
	struct text none = TEXT_INIT;
	int code;

	work_open(g, &w, in, with, out == NULL ? &none : out);
	code = work_close(g, &w, operate(g->ctx, &w), f);
	text_wipe(&none);
	return code;
}

static int
work_end(struct gpg *g, gpgme_error_t e, struct fail *f)
{
	int code = work_close(g, g->work, e, f);

	free(g->work);
	g->work = NULL;
	return code;
}

int
gpg_begin(struct gpg *g, const struct text *in, const char *keyfiles,
    struct text *out, struct fail *f)
{
	gpgme_error_t e;

	g->work = process_alloc(sizeof *g->work);
	*g->work = (struct gpg_work){ .op = GPG_SEAL };
	work_open(g, g->work, in, NULL, out);
	e = seal(g->ctx, g->work, keyfiles);
	return e == 0 ? 0 : work_end(g, e, f);
}

int
gpg_end(struct gpg *g, struct fail *f)
{
	gpgme_error_t e = 0;

	gpgme_wait(g->ctx, &e, 1);
	return work_end(g, e, f);
}

int
gpg_signer(struct gpg *g, const char *fpr, struct fail *f)
{
	gpgme_error_t e;
	gpgme_key_t key;

	if (!key_is_fpr(fpr))
		return fail(f, EX_CONFIG, "the signer is no fingerprint");
	if (strcmp(g->signer, fpr) == 0)
		return 0;
	gpgme_signers_clear(g->ctx);
	g->signer[0] = '\0';
	e = gpgme_get_key(g->ctx, fpr, &key, 0);
	if (e != 0 && trouble(e, f) != 0)
		return f->code;
	if (e != 0)
		return fail(f, EX_CONFIG,
		    "the signer's secret key is not in '%s'", g->home.p);
	if (gpgme_signers_add(g->ctx, key) != 0)
		process_nomem();
	gpgme_key_unref(key);
	gpgkey_copy(g->signer, sizeof(g->signer), fpr);
	return 0;
}

int
gpg_made(struct gpg *g, const char **hash, struct fail *f)
{
	gpgme_sign_result_t r = gpgme_op_sign_result(g->ctx);

	if (r == NULL || r->invalid_signers != NULL || r->signatures == NULL ||
	    r->signatures->next != NULL)
		return fail(f, EX_SOFTWARE, "gpg made no single signature");
	*hash = gpgme_hash_algo_name(r->signatures->hash_algo);
	return 0;
}

const char *
gpg_version(void)
{
	gpgme_engine_info_t e = NULL;

	gpgme_get_engine_info(&e);
	while (e != NULL && e->protocol != GPGME_PROTOCOL_OpenPGP)
		e = e->next;
	return e == NULL || e->version == NULL ? "?" : e->version;
}

void
gpg_release(struct gpg *g)
{
	gpgme_release(g->ctx);
	text_release(&g->home);
	*g = (struct gpg)GPG_INIT;
}
