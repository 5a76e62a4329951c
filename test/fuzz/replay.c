#include "fuzz.h"

#include "file.h"

/*
 * The main of a fuzz target where there is no libFuzzer: replay FILE... calls
 * it with each file whole, and with what is left when it is cut at 64 places.
 * Prints how many inputs there were.
 */

int
main(int argc, char **argv)
{
	struct text t = TEXT_INIT;
	struct fail f = FAIL_INIT;
	size_t k, n, step, inputs = 0;
	char *cut;
	int i;

	for (i = 1; i < argc; i++) {
		text_clear(&t);
		if (file_read(argv[i], FILE_MAX, &t, &f) != 0) {
			fprintf(stderr, "%s: %s\n", argv[0], f.why);
			return f.code;
		}
		n = t.n;
		step = n / 64 + 1;
		for (k = 0;; k = k + step < n ? k + step : n) {
			cut = fuzz_copy(t.p, k);
			LLVMFuzzerTestOneInput((const uint8_t *)cut, k);
			free(cut);
			inputs++;
			if (k == n)
				break;
		}
	}
	text_release(&t);
	printf("%zu inputs\n", inputs);
	return 0;
}
