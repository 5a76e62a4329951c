#ifndef VC_BUNZIP_H
#define VC_BUNZIP_H

#include "inflate.h"

/* What bzip2 made small, made whole again; as inflate_octets(). */
enum inflate bunzip_octets(
    const void *p, size_t n, size_t max, struct text *out);

#endif
