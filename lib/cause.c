#include "cause.h"

#include <gpg-error.h>

enum cause {
	CAUSE_NONE, /* it says something about what was given */
	CAUSE_LOCKED,
	CAUSE_AGENT,
	CAUSE_PASSING,
	CAUSE_ENGINE,
};

static enum cause
cause_of(unsigned code)
{
	switch (code) {
	case GPG_ERR_BAD_PASSPHRASE:
	case GPG_ERR_CANCELED:
	case GPG_ERR_FULLY_CANCELED:
	case GPG_ERR_NO_PIN_ENTRY:
	case GPG_ERR_NO_PASSPHRASE:
	case GPG_ERR_PIN_ENTRY:
		return CAUSE_LOCKED;
	case GPG_ERR_NO_AGENT:
	case GPG_ERR_AGENT:
	case GPG_ERR_ASS_CONNECT_FAILED:
		return CAUSE_AGENT;
	case GPG_ERR_TIMEOUT:
	case GPG_ERR_LOCKED:
	case GPG_ERR_ENOMEM:
	case GPG_ERR_ENOSPC:
	case GPG_ERR_EDQUOT:
	case GPG_ERR_EAGAIN:
	case GPG_ERR_EMFILE:
	case GPG_ERR_ENFILE:
	case GPG_ERR_ENOLCK:
	case GPG_ERR_EIO:
		return CAUSE_PASSING;
	case GPG_ERR_INV_ENGINE:
	case GPG_ERR_NO_ENGINE:
	case GPG_ERR_UNSUPPORTED_PROTOCOL:
		return CAUSE_ENGINE;
	default:
		return CAUSE_NONE;
	}
}

int
cause_fail(unsigned code, const char *words, const char *home, struct fail *f)
{
	switch (cause_of(code)) {
	case CAUSE_LOCKED:
		return fail(f, EX_TEMPFAIL,
		    "the key is locked: give its passphrase to the agent");
	case CAUSE_AGENT:
		return fail(f, EX_TEMPFAIL,
		    "no agent for '%s': start it, or use a shorter path", home);
	case CAUSE_PASSING:
		return fail(f, EX_TEMPFAIL, "gpg: %s", words);
	case CAUSE_ENGINE:
		return fail(f, EX_UNAVAILABLE,
		    "gpg cannot be run: install GnuPG 2.2 or later");
	default:
		return 0;
	}
}

enum signature_state
cause_state(unsigned code)
{
	switch (code) {
	case GPG_ERR_NO_ERROR:
		return SIGNATURE_GOOD;
	case GPG_ERR_BAD_SIGNATURE:
		return SIGNATURE_BAD;
	case GPG_ERR_NO_PUBKEY:
		return SIGNATURE_UNKNOWN_KEY;
	case GPG_ERR_SIG_EXPIRED:
		return SIGNATURE_EXPIRED;
	case GPG_ERR_KEY_EXPIRED:
		return SIGNATURE_EXPIRED_KEY;
	case GPG_ERR_CERT_REVOKED:
		return SIGNATURE_REVOKED_KEY;
	default:
		return SIGNATURE_ERROR;
	}
}
