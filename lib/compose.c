#include "compose.h"

#include <stdio.h>
#include <string.h>

#include "encoded.h"
#include "envelope.h"
#include "flow.h"
#include "hash.h"
#include "transfer.h"

/* RFC 9788; and as readers know it that are older. */
#define COMPOSE_CIPHER "hp=\"cipher\";\r\n protected-headers=\"v1\""

enum {
	COMPOSE_FOLD = 76,
};

/* One field, folded at blanks. Nothing in VALUE can begin a new one. */
static void
compose_field(
    struct text *out, const char *before, const char *name, const char *value)
{
	const size_t first = strlen(before) + strlen(name) + 1;
	size_t column = first, n;

	text_addf(out, "%s%s:", before, name);
	for (;; value += n) {
		value += strspn(value, " \t\r\n");
		n = strcspn(value, " \t\r\n");
		if (n == 0)
			break;
		if (column > first && column + 1 + n > COMPOSE_FOLD) {
			text_puts(out, "\r\n");
			column = 0;
		}
		text_puts(out, " ");
		text_add(out, value, n);
		column += 1 + n;
	}
	text_puts(out, "\r\n");
}

static void
compose_hash(const char *s, char out[HASH_LEN])
{
	hash_sha256(s, strlen(s), out);
}

/* "<hash@domain>" out of the id of a notice, the domain that of FROM. */
static void
compose_message_id(const char *id, const char *from, struct text *out)
{
	char hash[HASH_LEN];

	compose_hash(id, hash);
	text_addf(out, "<%.32s@%s>", hash, strchr(from, '@') + 1);
}

/* "Wed, 09 Jul 2008 03:45:59 +0000" (RFC 5322, 3.3) */
static void
compose_date(when_t t, char out[40])
{
	static const char month[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char day[] = "ThuFriSatSunMonTueWed";
	const int days = (int)(t / 86400 - (t % 86400 < 0));
	char iso[WHEN_LEN];
	int m;

	when_format(t, iso);
	m = (iso[5] - '0') * 10 + iso[6] - '0';
	snprintf(out, 40, "%.3s, %.2s %.3s %.4s %.8s +0000",
	    day + 3 * ((days % 7 + 7) % 7), iso + 8, month + 3 * (m - 1), iso,
	    iso + 11);
}

/* What is the same for all readers. */
static void
compose_sender(const struct compose *c, struct text *out)
{
	char date[40];

	compose_date(c->date, date);
	compose_field(out, "", "From", c->from);
	compose_field(out, "", "Date", date);
}

/* The fields that stand outside; or what is told of them inside. */
static void
compose_outside(const struct compose *c, const char *before, struct text *out)
{
	struct text id = TEXT_INIT, thread = TEXT_INIT;
	char date[40];

	compose_message_id(c->id, c->from, &id);
	compose_message_id(c->thread, c->from, &thread);
	compose_date(c->date, date);
	compose_field(out, before, "From", c->from);
	compose_field(out, before, "To", c->to);
	compose_field(out, before, "Date", date);
	compose_field(out, before, "Message-ID", id.p);
	compose_field(out, before, "In-Reply-To", thread.p);
	compose_field(out, before, "References", thread.p);
	text_release(&id);
	text_release(&thread);
}

static void
compose_outer_subject(
    const struct compose *c, const char *before, struct text *out)
{
	char hash[HASH_LEN], subject[64];

	compose_hash(c->id, hash);
	snprintf(subject, sizeof subject, "%s%.*s", ENVELOPE_SUBJECT,
	    ENVELOPE_SUBJECT_HEX, hash);
	compose_field(out, before, "Subject", subject);
}

/* The Subject that only the recipient sees. */
static int
compose_subject(const struct compose *c, struct text *out, struct fail *f)
{
	struct text shown = TEXT_INIT, words = TEXT_INIT;
	const char *s = c->subject;
	char label[32];

	if (strlen(s) > COMPOSE_SUBJECT)
		return fail(f, EX_DATAERR,
		    "field 'subject' is longer than %d octets",
		    COMPOSE_SUBJECT);
	snprintf(label, sizeof label, "[TLP:%s] ", c->tlp);
	if (strncmp(s, label, strlen(label)) == 0)
		s += strlen(label);
	if (s[strspn(s, " ")] == '\0')
		return fail(f, EX_DATAERR, "field 'subject' is blank");
	text_puts(&shown, label);
	text_mask(&shown, s, strlen(s), false);
	encoded_put(&words, shown.p);
	compose_field(out, "", "Subject", words.p);
	text_wipe(&shown);
	text_wipe(&words);
	return 0;
}

/* A boundary that is nowhere in the content. */
static void
compose_boundary(const struct compose *c, const struct text *content,
    char boundary[ENVELOPE_BOUNDARY])
{
	struct text seed = TEXT_INIT;
	char hash[HASH_LEN];
	unsigned k = 0;

	do {
		text_clear(&seed);
		text_addf(&seed, "%s %u", c->id, k++);
		compose_hash(seed.p, hash);
		snprintf(boundary, ENVELOPE_BOUNDARY, "=_%.32s", hash);
	} while (memmem(content->p, content->n, boundary,
		     ENVELOPE_BOUNDARY - 1) != NULL);
	text_release(&seed);
}

/* The words of the notice, and the label directly above them. */
static void
compose_words(const struct compose *c, struct text *shown)
{
	struct text lf = TEXT_INIT;

	text_addf(&lf, "TLP:%s\n", c->tlp);
	if (strncmp(c->text, lf.p, lf.n) == 0)
		text_clear(&lf);
	else
		text_puts(&lf, "\n");
	transfer_lf(&lf, c->text, strlen(c->text));
	text_mask(shown, lf.p, lf.n, true);
	text_wipe(&lf);
}

static void
compose_text(const struct compose *c, const char *hp, struct text *out)
{
	struct text shown = TEXT_INIT, flowed = TEXT_INIT, crlf = TEXT_INIT;

	compose_words(c, &shown);
	text_puts(out, "Content-Type: text/plain; charset=UTF-8");
	if (!c->open && flow_write(&flowed, shown.p, shown.n)) {
		text_addf(out,
		    "; format=flowed%s\r\n"
		    "Content-Transfer-Encoding: 7bit\r\n\r\n",
		    hp);
		text_add(out, flowed.p, flowed.n);
	} else {
		text_addf(
		    out, "%s\r\nContent-Transfer-Encoding: base64\r\n\r\n", hp);
		transfer_crlf(&crlf, shown.p, shown.n);
		transfer_base64(out, crlf.p, crlf.n);
	}
	text_wipe(&shown);
	text_wipe(&flowed);
	text_wipe(&crlf);
}

static void
compose_mixed(const struct compose *c, const struct text *part, size_t n,
    struct text *out)
{
	char boundary[ENVELOPE_BOUNDARY];
	struct text all = TEXT_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		text_add(&all, part[i].p, part[i].n);
	compose_boundary(c, &all, boundary);
	text_wipe(&all);
	text_addf(out,
	    "Content-Type: multipart/mixed; boundary=\"%s\";\r\n"
	    " " COMPOSE_CIPHER "\r\n\r\n",
	    boundary);
	for (i = 0; i < n; i++) {
		text_addf(out, "--%s\r\n", boundary);
		text_add(out, part[i].p, part[i].n);
		text_puts(out, "\r\n");
	}
	text_addf(out, "--%s--\r\n", boundary);
}

static int
compose_size(size_t n, struct fail *f)
{
	if (n <= COMPOSE_MAX)
		return 0;
	return fail(f, EX_DATAERR, "notice is longer than %d octets as a mail",
	    COMPOSE_MAX);
}

static int
compose_parts(const struct compose *c, struct text *part, struct fail *f)
{
	size_t i, n = 0;

	compose_text(c, "", &part[0]);
	for (i = 0; i < json_array_size(c->attachment); i++) {
		if (enclosure_part(
			c->attachment, i, c->files, &part[i + 1], f) != 0)
			return f->code;
		n += part[i + 1].n;
		if (compose_size(n, f) != 0)
			return f->code;
	}
	return 0;
}

static int
compose_body(const struct compose *c, struct text *out, struct fail *f)
{
	struct text part[1 + ENCLOSURE_MAX] = { TEXT_INIT };
	const size_t n = 1 + json_array_size(c->attachment);
	int code;
	size_t i;

	if (c->open && n > 1)
		return fail(f, EX_DATAERR,
		    "field 'attachment': a letter that is only signed has "
		    "none");
	if (n == 1) {
		compose_text(
		    c, c->open ? "; hp=\"clear\"" : "; " COMPOSE_CIPHER, out);
		return 0;
	}
	if (enclosure_check(c->attachment, f) != 0)
		return f->code;
	code = compose_parts(c, part, f);
	if (code == 0)
		compose_mixed(c, part, n, out);
	for (i = 0; i < n; i++)
		text_wipe(&part[i]);
	return code;
}

int
compose_entity(const struct compose *c, struct text *out, struct fail *f)
{
	if (c->all)
		compose_sender(c, out);
	else
		compose_outside(c, "", out);
	if (compose_subject(c, out, f) != 0)
		return f->code;
	if (!c->open) {
		compose_outside(c, "HP-Outer: ", out);
		compose_outer_subject(c, "HP-Outer: ", out);
	}
	text_puts(out, "MIME-Version: 1.0\r\n");
	if (compose_body(c, out, f) != 0)
		return f->code;
	return compose_size(out->n, f);
}

void
compose_mail(
    const struct compose *c, const struct text *armor, struct text *out)
{
	struct text lines = TEXT_INIT, tail = TEXT_INIT;
	char boundary[ENVELOPE_BOUNDARY];

	transfer_crlf(&lines, armor->p, armor->n);
	compose_boundary(c, &lines, boundary);
	compose_outside(c, "", out);
	compose_outer_subject(c, "", out);
	text_puts(out, "MIME-Version: 1.0\r\n");
	text_addf(out,
	    "Content-Type: multipart/encrypted;\r\n"
	    " protocol=\"application/pgp-encrypted\";\r\n"
	    " boundary=\"%s\"\r\n\r\n",
	    boundary);
	envelope_body(boundary, out, &tail);
	text_add(out, lines.p, lines.n);
	text_add(out, tail.p, tail.n);
	text_release(&lines);
	text_release(&tail);
}

int
compose_open(const struct compose *c, const struct text *entity,
    const struct text *armor, const char *micalg, struct text *out,
    struct fail *f)
{
	struct text lines = TEXT_INIT, middle = TEXT_INIT, tail = TEXT_INIT;
	char boundary[ENVELOPE_BOUNDARY];
	int code;

	transfer_crlf(&lines, armor->p, armor->n);
	compose_boundary(c, entity, boundary);
	compose_outside(c, "", out);
	code = compose_subject(c, out, f);
	text_puts(out, "MIME-Version: 1.0\r\n");
	text_addf(out,
	    "Content-Type: multipart/signed; micalg=\"%s\";\r\n"
	    " protocol=\"application/pgp-signature\";\r\n"
	    " boundary=\"%s\"\r\n\r\n",
	    micalg, boundary);
	envelope_signature(boundary, out, &middle, &tail);
	text_add(out, entity->p, entity->n);
	text_add(out, middle.p, middle.n);
	text_add(out, lines.p, lines.n);
	text_add(out, tail.p, tail.n);
	text_release(&lines);
	text_release(&middle);
	text_release(&tail);
	return code;
}
