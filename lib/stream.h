#ifndef VC_STREAM_H
#define VC_STREAM_H

#include "ledger.h"
#include "opt.h"
#include "record.h"

/*
 * Records coming and going: the loop of every program.
 *
 *	while ((in = stream_next(&s)) != NULL)
 *		if (verb(in, &out, &s.fail) != 0)
 *			stream_reject(&s, in);
 *		else
 *			stream_put(&s, out);
 *	return stream_close(&s);
 *
 * What the program does not take goes by byte for byte, in its place. What it
 * refuses leaves as a reject. With -l, the fact of a record is on disk before
 * the record is on stdout. Records that are ready together are kept with one
 * sync; none waits for input that may not come.
 */

enum {
	STREAM_READ = 256 << 10,  /* octets read at once */
	STREAM_BATCH = 4 << 20,   /* octets that wait at most for a sync */
	STREAM_MAIL = 10 << 20,   /* octets of a mail; longer is cut, too_large */
};

struct stream {
	struct fail fail;  /* why the verb refused */
	const struct prog *prog;
	char **operand;    /* files still to read; stdin when there is none */
	const char *place; /* the operand being read, or NULL for stdin */
	int fd;
	bool ended, mail;
	struct text buf;   /* octets read; [pos..n) not used yet */
	size_t pos, line;  /* line: number of the current line */
	struct text out;   /* records that wait for the ledger's sync */
	struct ledger ledger;
	json_t *in;        /* the record that stream_next() gave */
	size_t lo, ln;     /* its line: buf[lo..lo+ln) */
	int code;          /* worst so far */
	bool no;           /* stream_no() was called */
	size_t seen;       /* records taken, for the progress line */
	long long shown;   /* when progress was last shown, ms */
};

#define STREAM_INIT \
	{ \
		.fd = -1, .ledger = LEDGER_INIT \
	}

/*
 * Open the ledger, if -l names one, and the first input. Not 0: the caller
 * returns stream_fail(). Operands are files; none means stdin. For a program
 * with .mail each operand is one mail, and stdin is one mail unless it begins
 * with a record; a mail comes as a record of type `mail`.
 */
int stream_open(struct stream *s, const struct prog *p, char **operand);

/* The next record of a type that the program takes. Borrowed until the next
 * call. NULL at the end, and when stdout or the ledger failed. */
json_t *stream_next(struct stream *s);

/* Pass the record that stream_next() gave on as it came, and keep its fact. */
void stream_pass(struct stream *s);

/* Put a record, or every record of an array. Steals. NULL puts nothing. */
void stream_put(struct stream *s, json_t *out);
void stream_put_all(struct stream *s, json_t *outs);

/* Refuse IN for the reason in s->fail: a reject on stdout, a line on stderr. */
void stream_reject(struct stream *s, const json_t *in);

/* An answer of "no": the exit status is 1 when nothing worse happens. */
void stream_no(struct stream *s);

/* A line on stderr, unless -q: "NAME: " + message. */
void stream_say(const struct prog *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Write octets that are no record (pages, CSV) to stdout. 0, or EX_IOERR. */
int stream_write(struct stream *s, const void *p, size_t n);

/* Say s->fail and return its code: for what ends a program. */
int stream_fail(struct stream *s);

/* Flush, release, and return the exit status. */
int stream_close(struct stream *s);

#endif
