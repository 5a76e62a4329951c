#ifndef VC_INTAKE_H
#define VC_INTAKE_H

#include "folder.h"
#include "message.h"
#include "record.h"

/*
 * A mail becomes a record of type `message` without a verdict: whatever it
 * says stands under `claimed` (vc-record(5)). Nothing of a mail is refused
 * here: one that is over a limit or malformed is a record, too, with that flag
 * and why, and its octets stay with it.
 *
 * Flags: toolarge malformed encrypted text-too-large charset-guessed
 * charset-lossy charset-unknown flowed delsp. (charset-unsigned: finding.h.)
 */

/*
 * MAIL is a record of type `mail`; *message is new. EX_DATAERR only when MAIL
 * has neither octets nor too_large.
 */
int intake_message(const json_t *mail, json_t **message, struct fail *f);

/* The same for who has read the octets already: M, or NULL and why it was
 * refused (of a mail with too_large that is known). New. */
json_t *intake_read(
    const json_t *mail, const struct message *m, const struct fail *refused);

/* What the header says (from, from_address, to, subject, date_at, message_id,
 * in_reply_to), into CLAIMED; flags go to the array FLAG. */
void intake_header(const struct message *m, json_t *claimed, json_t *flag);

/*
 * Set `text` in INTO: the text of a plain mail, of the signed entity, or of a
 * clearsigned frame (dash-unescaped, unverified). Nothing when encrypted. And
 * `attached`, the text of the attachment that is the only text file.
 */
void intake_text(const struct message *m, json_t *into, json_t *flag);

/* Append the attachments to an array; a signature part is none. */
void intake_attachments(const struct message *m, json_t *array, json_t *flag);

/*
 * Keep the octets of the attachments that the array TOLD lists, all of them.
 * As folder_keep() and folder_sync(); EX_SOFTWARE when M has others.
 */
int intake_keep(const struct message *m, const json_t *told, struct folder *to,
    struct fail *f);

/* Set a text from octets in the charset LABEL: UTF-8, LF, no other C0 but TAB.
 */
void intake_decoded(json_t *into, const char *key, const char *label,
    const char *p, size_t n, json_t *flag);

/* Add a flag once. */
void intake_flag(json_t *flag, const char *name);

#endif
