#ifndef VC_INPUT_H
#define VC_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"
#include "hash.h"
#include "text.h"

/*
 * Where a stream reads from: stdin, or files one after another; as lines, or
 * whole as one mail. Memory is bounded: a line longer than INPUT_LINE_MAX is
 * read over, a mail longer than INPUT_MAIL_MAX is hashed and counted only.
 */

enum {
	INPUT_READ = 64 << 10,	   /* octets read at once */
	INPUT_LINE_MAX = 16 << 20, /* octets of a line without its LF */
	INPUT_MAIL_MAX = 10 << 20, /* octets of a mail */
};

enum input_got {
	INPUT_END,  /* of this input */
	INPUT_LINE, /* p[0..n) is a line, p[n] its LF */
	INPUT_CUT,  /* p[0..n) is a last line without LF */
	INPUT_LONG, /* a line over the limit was read over */
};

struct input {
	char **operand;	   /* files still to read, NULL-terminated, or NULL */
	const char *place; /* the file being read, or NULL: stdin */
	int fd;
	bool eof;
	struct text buf; /* octets read; [pos..n) are not used yet */
	size_t pos;
	size_t line; /* number of the line that p is */
	const char *p;
	size_t n;
	void (*wait)(void *); /* called before a read that has to wait */
	void *arg;
	int code; /* of an error while reading: told once, then 0 */
};

#define INPUT_INIT \
	{ \
		.fd = -1 \
	}

/* Begin with stdin (operand empty or NULL) or be ready for input_next(). */
int input_open(struct input *in, char **operand, struct fail *f);

/* Open the next operand. False: there is none (0) or it fails (*f, code). */
bool input_next(struct input *in, struct fail *f);

/* Does what is still to be read begin with these octets? Reads no more. */
bool input_begins(struct input *in, const char *head, struct fail *f);

/* The next line, valid until the next call. */
enum input_got input_line(struct input *in, struct fail *f);

/* Let go of the line that came last and of the memory it took. */
void input_forget(struct input *in);

/* Is a whole line more here, without waiting? It is p[0..n), not yet taken. */
bool input_more(struct input *in, const char **p, size_t *n, struct fail *f);

/*
 * The rest of this input as one mail: *n octets with their hash; RAW holds
 * them, or nothing when they are too many. A leading mbox line, which tells
 * how the mail came, is left out: a mail has one hash. False when there is
 * none.
 */
bool input_mail(struct input *in, struct text *raw, size_t *n,
    char sha[HASH_LEN], struct fail *f);

void input_release(struct input *in);

#endif
