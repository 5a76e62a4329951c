#ifndef VC_ENCLOSURE_H
#define VC_ENCLOSURE_H

#include "folder.h"
#include "record.h"

/*
 * A file that goes with a letter: an object of `attachment` of a notice, with
 * name, media_type, and either its text or the SHA-256 of a file in the folder
 * for attachments (folder.h), which may be of any octets.
 *
 * Invariant: the part that is made of it is ASCII in lines of at most 998
 * octets, and what it says of the file adds no header field and is no path. A
 * file is what its hash says, or it is not mailed.
 */

enum {
	ENCLOSURE_MAX = 32,	  /* of one letter */
	ENCLOSURE_NAME = 200,	  /* octets of a name */
	ENCLOSURE_TYPE = 64,	  /* octets of what follows the slash */
	ENCLOSURE_FILE = 5 << 20, /* octets of a file; more fit into no mail */
};

/*
 * Can a file have that name wherever it is saved? UTF-8 without controls, bidi
 * and zero-width characters, without / \ : * ? " < > | and what becomes a slash
 * in half width, neither beginning with a dot, a dash or a blank nor ending
 * with a dot or a blank.
 */
bool enclosure_name(const char *s);

/* A media type without parameters, not of what holds parts itself. */
bool enclosure_type(const char *s);

/* EX_DATAERR: the array LIST has more than ENCLOSURE_MAX, or two whose names
 * are one file to somebody: but for case and width they are the same. */
int enclosure_check(const json_t *list, struct fail *f);

/*
 * Append the part of an object A of LIST, header and body. FROM is the folder,
 * or NULL. EX_DATAERR: its name, its type, its file. EX_USAGE: FROM is needed.
 * EX_NOINPUT: the file is missing. The reason begins with attachment[I].
 */
int enclosure_part(const json_t *list, size_t i, const struct folder *from,
    struct text *out, struct fail *f);

#endif
