#include "wrapper.h"

#include <string.h>
#include <strings.h>

#include "part.h"

static const char cte[] = "Content-Transfer-Encoding";

static bool
protocol_is(const char *raw, const struct mime_part *root, const char *want)
{
	struct text t = TEXT_INIT, label = TEXT_INIT;
	bool is;

	text_add(&t, "", 0);
	is = !part_param(raw, root, "Content-Type", "protocol", &t, &label) ||
	    strcasecmp(t.p, want) == 0;
	text_release(&t);
	text_release(&label);
	return is;
}

const char *
wrapper_fault(const char *raw, size_t n, const struct mime *m,
    const char *protocol, const char *second)
{
	const struct mime_part *root = m->part, *last = &m->part[m->n - 1];
	size_t i = root->closed;

	if (root->children != 2)
		return "not exactly two parts in it";
	if (last->parent != 0 || last->kind != MIME_LEAF ||
	    strcmp(part_type(last), second) != 0)
		return "its second part is of another type";
	if (!protocol_is(raw, root, protocol))
		return "its protocol is another";
	if (part_begins(raw, root, cte, "base64") ||
	    part_begins(raw, root, cte, "quoted-printable"))
		return "the whole is transfer-encoded";
	if (i == 0)
		return "its end is missing";
	while (i < n && memchr(" \t\r\n", raw[i], 4) != NULL)
		i++;
	return i < n ? "text follows after its end" : NULL;
}

bool
wrapper_foreign(const struct mime *m)
{
	static const char *const types[] = { "application/pkcs7-mime",
		"application/x-pkcs7-mime", "application/pkcs7-signature",
		"application/x-pkcs7-signature" };
	const char *root = part_type(m->part), *last;
	size_t i;

	last = strcmp(root, "multipart/signed") == 0 ?
	    part_type(&m->part[m->n - 1]) :
	    root;
	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(last, types[i]) == 0)
			return true;
	return false;
}
