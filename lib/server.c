#include "server.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

static const char smtp[] = "smtp://", smtps[] = "smtps://";

bool
server_is(const char *spec)
{
	return strncmp(spec, smtp, sizeof smtp - 1) == 0 ||
	    strncmp(spec, smtps, sizeof smtps - 1) == 0;
}

static int
server_wrong(struct fail *f)
{
	return fail(f, EX_USAGE,
	    "option '-o' wants smtp://[user@]host[:port] or the same with "
	    "smtps");
}

/* Copy s[0..n), 1 to SERVER_NAME - 1 characters of printable ASCII. */
static bool
server_copy(char to[SERVER_NAME], const char *s, size_t n)
{
	size_t i;

	if (n == 0 || n >= SERVER_NAME)
		return false;
	for (i = 0; i < n; i++)
		if (s[i] <= ' ' || s[i] >= 0x7f)
			return false;
	memcpy(to, s, n);
	to[n] = '\0';
	return true;
}

/* HOST, or [V6]; *rest is what follows. */
static bool
server_host(struct server *s, const char *p, const char **rest)
{
	size_t n = strcspn(p, "]");

	if (*p == '[' && p[n] == ']') {
		*rest = p + n + 1;
		return server_copy(s->host, p + 1, n - 1) &&
		    strspn(s->host, "0123456789abcdefABCDEF:.") ==
		    strlen(s->host);
	}
	n = strcspn(p, ":");
	*rest = p + n;
	return server_copy(s->host, p, n) &&
	    text_token(s->host, ".-", SERVER_NAME - 1);
}

static bool
server_port(struct server *s, const char *p)
{
	long port = s->at_once ? 465 : 25;

	if (*p != '\0' && (*p != ':' || !text_count(p + 1, 65535, &port)))
		return false;
	snprintf(s->port, sizeof s->port, "%ld", port);
	snprintf(s->place, sizeof s->place,
	    strchr(s->host, ':') == NULL ? "%s:%s" : "[%s]:%s", s->host,
	    s->port);
	return port > 0;
}

static int
server_secret(struct server *s, const char *path, struct fail *f)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return fail_sys(f, EX_NOINPUT, "open", path);
	if ((st.st_mode & 077) != 0)
		return fail(f, EX_CONFIG,
		    "others can read '%s': it needs mode 600", path);
	if (file_read(path, SERVER_PASSWORD, &s->password, f) != 0)
		return f->code;
	s->password.n =
	    s->password.p == NULL ? 0 : strcspn(s->password.p, "\r\n");
	if (s->password.n == 0)
		return fail(f, EX_CONFIG, "'%s' has no password", path);
	s->password.p[s->password.n] = '\0';
	return 0;
}

static int
server_user(struct server *s, const char *password, struct fail *f)
{
	if (s->user[0] == '\0')
		return password == NULL ?
		    0 :
		    fail(f, EX_USAGE,
			"a password needs a user: -o %s://user@%s",
			s->at_once ? "smtps" : "smtp", s->place);
	if (s->here)
		return fail(f, EX_USAGE,
		    "'%s' is spoken to in the clear: no user", s->place);
	if (password == NULL)
		return fail(f, EX_USAGE,
		    "option '-P' is needed: the file with the password of "
		    "'%s'",
		    s->user);
	return server_secret(s, password, f);
}

int
server_read(
    struct server *s, const char *spec, const char *password, struct fail *f)
{
	const char *p, *at;

	s->at_once = strncmp(spec, smtps, sizeof smtps - 1) == 0;
	if (!server_is(spec))
		return server_wrong(f);
	p = strstr(spec, "//") + 2;
	at = strrchr(p, '@');
	if (at != NULL && !server_copy(s->user, p, (size_t)(at - p)))
		return server_wrong(f);
	if (at != NULL)
		p = at + 1;
	if (!server_host(s, p, &p) || !server_port(s, p))
		return server_wrong(f);
	s->here = !s->at_once &&
	    (strcmp(s->host, "127.0.0.1") == 0 || strcmp(s->host, "::1") == 0);
	return server_user(s, password, f);
}

void
server_release(struct server *s)
{
	text_wipe(&s->password);
}
