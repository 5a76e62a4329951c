#ifndef VC_FUZZ_H
#define VC_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A fuzz target: one function over the octets of a stranger. libFuzzer calls it
 * (make fuzz), and so does replay.c, over the seeds, in make check.
 *
 * must() says what a header promises; where that is broken the process aborts.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define must(x) \
	do { \
		if (!(x)) { \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, \
			    __LINE__, #x); \
			abort(); \
		} \
	} while (0)

/* A copy of the octets on the heap, no octet longer, so that reading over its
 * end is seen. For free(). */
static inline char *
fuzz_copy(const void *p, size_t n)
{
	char *s = malloc(n > 0 ? n : 1);

	must(s != NULL);
	if (n > 0)
		memcpy(s, p, n);
	return s;
}

#endif
