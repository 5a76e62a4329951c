#ifndef VC_LABEL_H
#define VC_LABEL_H

#include "record.h"

/*
 * The words of a form, from share/label/NAME.json, editable data: sections and
 * headings, fields, labels and tokens, and the lines around them; see
 * vc-parse-poc(1), FILES. Spellings are compared by fold_bare(). Invariant
 * after label_load(): sections and fields have names, every kind is known.
 */

enum {
	LABEL_SECTIONS = 16,
	LABEL_FIELDS = 31, /* in all sections together: bits of label_set */
	LABEL_LINE = 300,  /* octets that a label or heading has at most */
};

enum label_kind {
	LABEL_TEXT,  /* one line, lines joined by a blank */
	LABEL_PROSE, /* lines kept */
	LABEL_EMAIL, /* an ASCII addr-spec */
	LABEL_PHONE,
	LABEL_TOKEN, /* one of the words of the field, or an id */
	LABEL_URL,   /* http or https */
	LABEL_LIST,  /* an array, split at commas */
	LABEL_DATE,  /* a day with its year */
};

struct label_field {
	const char *name; /* borrowed from `data` */
	enum label_kind kind;
	bool need;
	int section;
	json_t *word; /* fold_bare(spelling) -> token, or NULL */
};

struct label_section {
	const char *name; /* "" : its fields stand in the form itself */
	bool repeat;	  /* an array of blocks; its first field begins one */
	int first, end;	  /* its fields: field[first..end) */
};

typedef unsigned label_set; /* bit i: field[i] */

struct label {
	json_t *data;	  /* the file */
	const char *name; /* of the form, in it */
	json_t *key;	  /* fold_bare(label) -> label_set */
	json_t *heading;  /* fold_bare(heading) -> section */
	json_t *note;	  /* fold_bare of words that may stand beside a label */
	json_t *ignore;	  /* fold_bare(line) -> true: only its beginning */
	json_t *end;	  /* the same, of lines that follow a form */
	json_t *quote;	  /* the same, of lines above another mail */
	json_t *same;	  /* the same, of answers that point to another one */
	int sections, fields;
	struct label_section section[LABEL_SECTIONS];
	struct label_field field[LABEL_FIELDS];
};

#define LABEL_INIT \
	{ \
		.data = NULL \
	}

/* EX_NOINPUT: no such file; EX_CONFIG: what is wrong with it. */
int label_load(struct label *l, const char *name, struct fail *f);

void label_release(struct label *l);

#endif
