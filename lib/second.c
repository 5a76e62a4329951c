#include "second.h"

#include <dlfcn.h>
#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

#include "process.h"

/* What is called of GMime and, behind it, of GObject. */
#define CALLS(CALL) \
	CALL(g_date_time_to_unix) \
	CALL(g_date_time_unref) \
	CALL(g_mime_data_wrapper_get_stream) \
	CALL(g_mime_init) \
	CALL(g_mime_message_get_mime_part) \
	CALL(g_mime_message_part_get_message) \
	CALL(g_mime_message_part_get_type) \
	CALL(g_mime_multipart_get_count) \
	CALL(g_mime_multipart_get_part) \
	CALL(g_mime_multipart_get_type) \
	CALL(g_mime_parser_construct_message) \
	CALL(g_mime_parser_new_with_stream) \
	CALL(g_mime_part_get_content) \
	CALL(g_mime_part_get_type) \
	CALL(g_mime_stream_mem_new_with_buffer) \
	CALL(g_mime_utils_header_decode_date) \
	CALL(g_object_unref) \
	CALL(g_type_check_instance_is_a) \
	CALL(internet_address_list_get_address) \
	CALL(internet_address_list_length) \
	CALL(internet_address_list_parse) \
	CALL(internet_address_mailbox_get_addr) \
	CALL(internet_address_mailbox_get_idn_addr) \
	CALL(internet_address_mailbox_get_type)

/* Names are looked for in its own libraries first: finding them is half of
 * loading it. The sanitizers do not like that. */
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
#define LOADING RTLD_LAZY
#else
#define LOADING (RTLD_LAZY | RTLD_DEEPBIND)
#endif

#define MEMBER(name) __typeof__(name) *(name);
#define LOAD(name) load(library, #name, &gmime.name, sizeof gmime.name);

static struct {
	CALLS(MEMBER)
} gmime;

static void
load(void *library, const char *name, void *to, size_t n)
{
	void *found;

	errno = ENOSYS;
	found = dlsym(library, name);
	if (found == NULL)
		process_missing(name);
	memcpy(to, &found, n);
}

/* GLib aborts, or calls itself without end, when memory is out. What else it
 * would say is about strangers' mails. */
static void
say(const gchar *domain, GLogLevelFlags level, const gchar *what, gpointer none)
{
	(void)domain;
	(void)what;
	(void)none;
	if ((level & G_LOG_LEVEL_ERROR) != 0)
		process_nomem();
}

static void
start(void)
{
	static const char name[] = "libgmime-3.0.so.0";
	static bool started;
	void *library;

	if (started)
		return;
	g_log_set_default_handler(say, NULL);
	errno = ENOENT;
	library = dlopen(name, LOADING);
	if (library == NULL)
		process_missing(name);
	CALLS(LOAD)
	gmime.g_mime_init();
	started = true;
}

static bool
is(void *object, GType type)
{
	return object != NULL && gmime.g_type_check_instance_is_a(object, type);
}

/* GMime leaves the CR of the last delimiter's line end in the part when a CRLF
 * mail does not end in one, and begins an empty part behind that line end. */
static bool
leaf_agrees(const char *raw, const struct mime_part *part, GMimeObject *o)
{
	GMimeDataWrapper *content;
	GMimeStream *s;
	gint64 more;

	if (!is(o, gmime.g_mime_part_get_type()))
		return false;
	content = gmime.g_mime_part_get_content((GMimePart *)o);
	if (content == NULL)
		return part->body == part->end;
	s = gmime.g_mime_data_wrapper_get_stream(content);
	more = s->bound_end - (gint64)part->end;
	if (part->body == part->end && s->bound_start == s->bound_end)
		return more == 0 || (more == 1 && raw[part->end] == '\n') ||
		    (more == 2 && memcmp(raw + part->end, "\r\n", 2) == 0);
	return s->bound_start == (gint64)part->body &&
	    (more == 0 ||
		(more == 1 && memcmp(raw + part->end, "\r\n", 2) == 0));
}

/* Does GMime see the part *i and all below it where our scan does? At most
 * MIME_DEPTH deep, because our own tree is. */
static bool
agrees(const char *raw, const struct mime *m, size_t *i, GMimeObject *o)
{
	const struct mime_part *part = &m->part[*i];
	GMimeMessage *inner;
	GMimeObject *child;
	int k;

	if (o == NULL || ++*i > m->n)
		return false;
	if (part->kind == MIME_LEAF)
		return leaf_agrees(raw, part, o);
	if (part->kind == MIME_MESSAGE) {
		if (!is(o, gmime.g_mime_message_part_get_type()))
			return false;
		inner = gmime.g_mime_message_part_get_message(
		    (GMimeMessagePart *)o);
		return inner != NULL &&
		    agrees(
			raw, m, i, gmime.g_mime_message_get_mime_part(inner));
	}
	if (!is(o, gmime.g_mime_multipart_get_type()) ||
	    gmime.g_mime_multipart_get_count((GMimeMultipart *)o) !=
		part->children)
		return false;
	for (k = 0; k < part->children; k++) {
		child = gmime.g_mime_multipart_get_part((GMimeMultipart *)o, k);
		if (!agrees(raw, m, i, child))
			return false;
	}
	return true;
}

bool
second_parts(const char *raw, size_t n, const struct mime *m)
{
	GMimeStream *s;
	GMimeParser *parser;
	GMimeMessage *mail;
	bool same = false;
	size_t i = 0;

	start();
	s = gmime.g_mime_stream_mem_new_with_buffer(raw, n);
	parser = gmime.g_mime_parser_new_with_stream(s);
	mail = gmime.g_mime_parser_construct_message(parser, NULL);
	if (mail != NULL) {
		same = agrees(
		    raw, m, &i, gmime.g_mime_message_get_mime_part(mail));
		same = same && i == m->n;
		gmime.g_object_unref(mail);
	}
	gmime.g_object_unref(parser);
	gmime.g_object_unref(s);
	return same;
}

static bool
same_address(InternetAddressMailbox *one, const char *want)
{
	const char *idn = gmime.internet_address_mailbox_get_idn_addr(one);

	return strcmp(gmime.internet_address_mailbox_get_addr(one), want) ==
	    0 ||
	    (idn != NULL && strcmp(idn, want) == 0);
}

bool
second_address(const char *value, const char *want)
{
	InternetAddressList *list;
	InternetAddress *one = NULL;
	bool same = false;

	start();
	list = gmime.internet_address_list_parse(NULL, value);
	if (list != NULL && gmime.internet_address_list_length(list) == 1)
		one = gmime.internet_address_list_get_address(list, 0);
	if (is(one, gmime.internet_address_mailbox_get_type()))
		same = same_address((InternetAddressMailbox *)one, want);
	if (list != NULL)
		gmime.g_object_unref(list);
	return same;
}

bool
second_date(const char *value, when_t *t)
{
	GDateTime *date;

	start();
	date = gmime.g_mime_utils_header_decode_date(value);
	if (date == NULL)
		return false;
	*t = gmime.g_date_time_to_unix(date);
	gmime.g_date_time_unref(date);
	return true;
}
