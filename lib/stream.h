#ifndef VC_STREAM_H
#define VC_STREAM_H

#include <time.h>

#include "input.h"
#include "ledger.h"
#include "opt.h"
#include "record.h"

/*
 * Records coming and going: the loop of every program.
 *
 *	while ((in = stream_next(&s)) != NULL)
 *		verb(in, &out, &s.fail) != 0 ? stream_reject(&s, in)
 *					     : stream_put(&s, out);
 *	return stream_close(&s);
 *
 * What the program does not take goes by byte for byte, in its place; a sink
 * swallows it. What it refuses leaves as a reject. With -l, the fact of a
 * record is on disk before the record is on stdout. Records that are ready
 * together are kept with one sync; none waits for input that may not come.
 */

enum {
	STREAM_BATCH = 1 << 20, /* octets that wait at most for a sync */
};

struct stream {
	struct fail fail; /* why the verb refused */
	const struct prog *prog;
	struct input input;
	bool mail;	 /* this input is a mail, not records */
	struct text out; /* what waits for the ledger's sync */
	struct ledger ledger;
	json_t *in;	      /* what stream_next() gave */
	int code;	      /* worst so far */
	bool no, broken;      /* broken: stdout or the ledger failed */
	bool gives, apart;    /* gives though a sink; refuses no line of now */
	size_t seen, refused; /* records taken, rejects made */
	time_t shown;	      /* progress, or -1: never */
};

#define STREAM_INIT \
	{ \
		.input = INPUT_INIT, .ledger = LEDGER_INIT \
	}

/*
 * Open the ledger (-l) and the first input. Not 0: return stream_fail().
 * Operands are files, none is stdin. For a program with .mail an operand is one
 * mail, stdin is one unless it begins with a record; it comes as type `mail`.
 */
int stream_open(struct stream *s, const struct prog *p, char **operand);

/* The next record to take, borrowed until the next call; NULL at the end. */
json_t *stream_next(struct stream *s);
/* Keep its fact and pass it on as it is: where all types are taken. */
void stream_pass(struct stream *s);
/* Put a record, or every record of an array. Steals. NULL puts nothing. */
void stream_put(struct stream *s, json_t *out);
void stream_put_all(struct stream *s, json_t *outs);

/* Refuse IN for s->fail: a line on stderr and, but for NULL, a reject. */
void stream_reject(struct stream *s, const json_t *in);
/* One more is done, for -v and the line of progress: what no input gave. */
void stream_count(struct stream *s);
/* Put octets that are no record (a page, CSV); written as records are. */
void stream_write(struct stream *s, const void *p, size_t n);
/* An answer of "no": exit status 1 unless something worse happens. */
void stream_no(struct stream *s);
/* Say lines that are no failure on stderr, unless -q, and empty SAID. */
void stream_say(struct stream *s, struct text *said);

int stream_flush(struct stream *s); /* keep and write; 0, or what failed */
/* Flush, release, return the exit status; fail() says s->fail before. */
int stream_close(struct stream *s);
int stream_fail(struct stream *s);

#endif
