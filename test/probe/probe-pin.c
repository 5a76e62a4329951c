/* pin: "pin STORE KEYFILE" prints the key record; "read STORE FPR" the facts;
 * "seal HOME SIGNER KEYFILE" and "sign HOME SIGNER" work on stdin. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "file.h"
#include "pin.h"

static int
probe_pin(struct keyring *k, char **a, struct fail *f)
{
	struct text line = TEXT_INIT;
	json_t *r = NULL;

	if (pin_key(k, a[3], a[2], time(NULL), &r, f) != 0)
		return f->code;
	record_line(r, &line);
	fputs(line.p, stdout);
	json_decref(r);
	text_release(&line);
	return 0;
}

static int
probe_read(char **a, struct fail *f)
{
	const char *reason;
	struct key key;

	if (pin_read(a[2], a[3], time(NULL), &key, f) != 0)
		return f->code;
	reason = key_reason(&key, time(NULL));
	printf("%s %u %s %s\n", key.algorithm, key.bits,
	    key.encryptions > 0 ? key.encryption[0] : "-",
	    reason == NULL ? "fine" : reason);
	return 0;
}

static int
probe_make(struct keyring *k, char **a, struct fail *f)
{
	struct text in = TEXT_INIT, out = TEXT_INIT;
	char micalg[16] = "";
	int code;

	code = file_slurp(0, 16 << 20, &in, f);
	if (code == 0 && strcmp(a[1], "seal") == 0)
		code = keyring_begin(k, a[2], a[3], a[4], a[5], &in, &out, f) !=
			0 ?
		    f->code :
		    keyring_end(k, &out, f);
	else if (code == 0)
		code = keyring_sign(k, a[2], a[3], &in, &out, micalg, f);
	if (code == 0)
		printf("%s%s%s", micalg, micalg[0] == '\0' ? "" : "\n", out.p);
	text_release(&in);
	text_release(&out);
	return code;
}

int
main(int argc, char **argv)
{
	struct keyring k = KEYRING_INIT;
	struct fail f = FAIL_INIT;

	if (argc < 4)
		return EX_USAGE;
	if (strcmp(argv[1], "pin") == 0)
		probe_pin(&k, argv, &f);
	else if (strcmp(argv[1], "read") == 0)
		probe_read(argv, &f);
	else
		probe_make(&k, argv, &f);
	if (f.code != 0)
		printf("%s\n", f.why);
	keyring_release(&k);
	return f.code;
}
