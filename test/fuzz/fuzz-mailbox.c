/* mailbox: an address that is read is one that is read as itself. */

#include "fuzz.h"

#include "envelope.h"
#include "mailbox.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *in = fuzz_copy(data, n);
	struct text one = TEXT_INIT, again = TEXT_INIT;
	const char *at;
	size_t i;

	if (mailbox_read(in, n, &one) == MAILBOX_ONE) {
		must(one.n > 2 && one.n <= MAILBOX_MAX && one.n <= n);
		for (i = 0; i < one.n; i++)
			must(one.p[i] > ' ' && one.p[i] < 0x7f &&
			    strchr("()<>,;:\\\"[]", one.p[i]) == NULL);
		at = strchr(one.p, '@');
		must(at != NULL && strchr(at + 1, '@') == NULL);
		must(one.p[0] != '-' && at[1] != '-');
		must(mailbox_read(one.p, one.n, &again) == MAILBOX_ONE);
		must(strcmp(one.p, again.p) == 0);
	} else {
		must(one.n == 0);
	}
	text_release(&one);
	text_release(&again);
	free(in);
	return 0;
}
