#ifndef VC_CSAF_H
#define VC_CSAF_H

#include "words.h"

/*
 * A note as a security advisory of CSAF 2.0 (OASIS); its publisher is the
 * coordinator. What the vendors answered is in affects.h, and a note of the
 * document lists them all with the words of the page, those without a product
 * and the silent ones, too. There is no CWE in it, whose name the standard
 * wants, nor version 4 of CVSS, which it does not know.
 *
 * Invariant: the keys are in order, as the standard recommends; two runs give
 * the same octets.
 */

/* Append the document. VIEW is that of page.c, with its "site". 0. */
int csaf_put(const json_t *view, struct text *out, struct fail *f);

#endif
