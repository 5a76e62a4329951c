#include "fold.h"

#include <glib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* How an organisation is incorporated: at the ends of a Japanese name, */
static const char *const fold_before[] = {
	"特定非営利活動法人",
	"国立研究開発法人",
	"有限責任中間法人",
	"独立行政法人",
	"一般社団法人",
	"公益社団法人",
	"一般財団法人",
	"公益財団法人",
	"国立大学法人",
	"特例有限会社",
	"有限会社",
	"株式会社",
	"合同会社",
	"合資会社",
	"合名会社",
	"相互会社",
	"社団法人",
	"財団法人",
	"学校法人",
};
/* in brackets anywhere, */
static const char *const fold_mark[] = {
	"(株)",
	"(有)",
	"(合)",
	"(同)",
	"(資)",
	"(名)",
	"(社)",
	"(財)",
	"(独)",
	"(一社)",
	"(公社)",
	"(一財)",
	"(公財)",
	"(特非)",
	"(学)",
};
/* in front of a Latin one, */
static const char *const fold_front[] = {
	"kabushiki kaisha ",
	"kabushikikaisha ",
	"kabushiki gaisha ",
	"yugen kaisha ",
	"yugen gaisha ",
	"godo kaisha ",
	"goshi kaisha ",
	"gomei kaisha ",
	"kk ",
	"yk ",
	"gk ",
};
/* and as its last words. */
static const char *const fold_after[] = {
	" yugen kaisha",
	" yugen gaisha",
	" godo kaisha",
	" goshi kaisha",
	" gomei kaisha",
	" inc",
	" incorporated",
	" co",
	" company",
	" ltd",
	" limited",
	" coltd",
	" corp",
	" corporation",
	" llc",
	" llp",
	" plc",
	" kk",
	" yk",
	" gk",
	" kaisha",
	" gaisha",
	" kabushiki",
	" kabushikikaisha",
	" gmbh",
	" kg",
	" ag",
	" se",
	" bv",
	" nv",
	" sa",
	" sas",
	" sarl",
	" srl",
	" ab",
	" oy",
	" oyj",
	" a s",
	" aps",
	" pte",
	" pty",
	" pvt",
	" sdn",
	" bhd",
};

/* The pairs that the MS and JIS tables tell apart, and other dashes. */
static gunichar
fold_char(gunichar c)
{
	if (g_unichar_isspace(c))
		return ' ';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 ||
	    c == 0x2043 || c == 0x2500)
		return '-';
	if (c == 0x301c)
		return '~';
	if (c == 0x2225)
		return 0x2016;
	return c;
}

static void
fold_put(struct text *out, gunichar c)
{
	char u[6];

	text_add(out, u, (size_t)g_unichar_to_utf8(c, u));
}

/* Kana and ideographs that no other character composes with or becomes. */
static bool
fold_kanji_kana(gunichar c)
{
	return (c >= 0x3041 && c <= 0x3093) || (c >= 0x30a1 && c <= 0x30f6) ||
	    c == 0x30fc || (c >= 0x4e00 && c <= 0x9fa5);
}

/* True for what NFKC keeps and has no case but ASCII's: most of what is read.
 * Controls are left to it, but for TAB and line ends. */
static bool
fold_plain(const char *p, size_t n)
{
	const char *end = p + n;
	gunichar c;

	while (p < end) {
		c = text_char(&p);
		if (c < 0x80 ?
			!g_ascii_isprint((char)c) && !g_ascii_isspace((char)c) :
			!fold_kanji_kana(c))
			return false;
	}
	return true;
}

/* Is it plain, and surely UTF-8? */
static bool
fold_plain3(const char *p, size_t n)
{
	const char *end = p + n, *at;

	while (p < end) {
		if ((*p & 0x80) == 0) {
			if (!g_ascii_isprint(*p) && !g_ascii_isspace(*p))
				return false;
			p++;
			continue;
		}
		at = p;
		if ((*p & 0xF0) != 0xE0 || end - p < 3 ||
		    (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 ||
		    !fold_kanji_kana(text_char(&at)))
			return false;
		p = at;
	}
	return true;
}

/* The ASCII that fold_bare() keeps. */
static bool
fold_ascii(char c)
{
	return g_ascii_isalnum(c) || c == '+' || c == '#';
}

/*
 * The key of what is plain, in one pass; BARE as of fold_bare(). False: it is
 * not plain, or too long, and nothing was done.
 */
static bool
fold_quick(struct text *out, const char *p, size_t n, bool bare)
{
	const char *end = p + n;
	bool blank = false;
	char *to;

	if (n > FOLD_MAX || !fold_plain3(p, n))
		return false;
	to = text_room(out, n);
	for (; p < end; p++) {
		if (g_ascii_isspace(*p)) {
			blank = to > out->p + out->n;
			continue;
		}
		if (bare && (*p & 0x80) == 0 && !fold_ascii(*p))
			continue;
		if (blank && !bare)
			*to++ = ' ';
		blank = false;
		*to++ = g_ascii_tolower(*p);
	}
	*to = '\0';
	out->n = (size_t)(to - out->p);
	return true;
}

static char *
fold_lower(const char *p, size_t n)
{
	return fold_plain(p, n) ? g_ascii_strdown(p, (gssize)n) :
				  g_utf8_casefold(p, (gssize)n);
}

void
fold_width(struct text *out, const char *p, size_t n)
{
	const char *at;
	char *s;

	if (n > FOLD_MAX || text_utf8(p, n) != n || memchr(p, 0, n) != NULL)
		return;
	s = fold_plain(p, n) ?
	    g_strndup(p, n) :
	    g_utf8_normalize(p, (gssize)n, G_NORMALIZE_ALL_COMPOSE);
	for (at = s; at != NULL && *at != '\0';)
		fold_put(out, fold_char(text_char(&at)));
	g_free(s);
}

void
fold_key(struct text *out, const char *p, size_t n)
{
	struct text wide = TEXT_INIT;
	bool blank = false;
	const char *at;
	char *s;

	if (fold_quick(out, p, n, false))
		return;
	fold_width(&wide, p, n);
	s = fold_lower(wide.p == NULL ? "" : wide.p, wide.n);
	for (at = s; *at == ' ';)
		at++;
	for (; *at != '\0'; at++) {
		if (*at != ' ') {
			if (blank)
				text_add(out, " ", 1);
			text_add(out, at, 1);
		}
		blank = *at == ' ';
	}
	g_free(s);
	text_release(&wide);
}

static bool
fold_kept(gunichar c)
{
	if (c < 0x80)
		return fold_ascii((char)c);
	return fold_kanji_kana(c) || g_unichar_isalnum(c) ||
	    g_unichar_ismark(c);
}

void
fold_bare(struct text *out, const char *p, size_t n)
{
	struct text key = TEXT_INIT;
	const char *at;
	gunichar c;

	if (fold_quick(out, p, n, true))
		return;
	fold_key(&key, p, n);
	for (at = key.p; at != NULL && *at != '\0';)
		if (fold_kept(c = text_char(&at)))
			fold_put(out, c);
	text_release(&key);
}

/* A copy of a key without fold_mark, and without fold_before at its ends. */
static char *
fold_kanji(const char *key)
{
	char *s = g_strstrip(g_strdup(key)), *at;
	size_t i;

	for (i = 0; i < COUNT(fold_mark) && strchr(s, '(') != NULL; i++)
		while ((at = strstr(s, fold_mark[i])) != NULL)
			memset(at, ' ', strlen(fold_mark[i]));
	g_strstrip(s);
	if (strstr(s, "法人") == NULL && strstr(s, "会社") == NULL)
		return s;
	for (i = 0; i < COUNT(fold_before); i++)
		if (g_str_has_prefix(s, fold_before[i]))
			memset(s, ' ', strlen(fold_before[i]));
		else if (g_str_has_suffix(s, fold_before[i]))
			s[strlen(s) - strlen(fold_before[i])] = '\0';
	return s;
}

/* The words of S, one blank between, "k.k." as "kk". */
static void
fold_words(struct text *out, const char *s)
{
	bool blank = false;
	gunichar c;

	while (*s != '\0') {
		c = text_char(&s);
		if (fold_kept(c)) {
			if (blank && out->n > 0)
				text_add(out, " ", 1);
			fold_put(out, c);
			blank = false;
		} else if (c != '.' && c != '\'')
			blank = true;
	}
}

/* Cut one of fold_after off the end; the blank leaves a word before it. */
static bool
fold_cut(struct text *words)
{
	size_t i, n;

	for (i = 0; i < COUNT(fold_after); i++) {
		n = strlen(fold_after[i]);
		if (words->n > n &&
		    words->p[words->n - 1] == fold_after[i][n - 1] &&
		    memcmp(words->p + words->n - n, fold_after[i], n) == 0) {
			words->n -= n;
			return true;
		}
	}
	return false;
}

/* How much of the front is one of fold_front, and not all there is. */
static size_t
fold_skip(const struct text *words)
{
	size_t i, n;

	for (i = 0; i < COUNT(fold_front); i++) {
		n = strlen(fold_front[i]);
		if (words->n > n && memcmp(words->p, fold_front[i], n) == 0)
			return n;
	}
	return 0;
}

void
fold_name(struct text *out, const char *p, size_t n)
{
	struct text key = TEXT_INIT, words = TEXT_INIT;
	size_t before = out->n, i;
	char *s;

	fold_key(&key, p, n);
	s = fold_kanji(key.p == NULL ? "" : key.p);
	fold_words(&words, s);
	while (fold_cut(&words))
		;
	for (i = fold_skip(&words); i < words.n; i++)
		if (words.p[i] != ' ')
			text_add(out, words.p + i, 1);
	if (out->n == before)
		fold_bare(out, p, n);
	g_free(s);
	text_release(&key);
	text_release(&words);
}
