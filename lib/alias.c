#include "alias.h"

#include <stddef.h>
#include <strings.h>

static const struct alias aliases[] = {
	{ "utf-8", ALIAS_UTF8, NULL },
	{ "utf8", ALIAS_UTF8, NULL },
	{ "unicode-1-1-utf-8", ALIAS_UTF8, NULL },
	{ "us-ascii", ALIAS_ASCII, NULL },
	{ "ascii", ALIAS_ASCII, NULL },
	{ "ansi_x3.4-1968", ALIAS_ASCII, NULL },
	{ "iso646-us", ALIAS_ASCII, NULL },
	{ "iso-2022-jp", ALIAS_JIS, NULL },
	{ "iso-2022-jp-1", ALIAS_JIS, NULL },
	{ "iso-2022-jp-2", ALIAS_JIS, NULL },
	{ "iso-2022-jp-3", ALIAS_JIS, NULL },
	{ "iso-2022-jp-2004", ALIAS_JIS, NULL },
	{ "iso-2022-jp-ms", ALIAS_JIS, NULL },
	{ "csiso2022jp", ALIAS_JIS, NULL },
	{ "cp50220", ALIAS_JIS, NULL },
	{ "cp50221", ALIAS_JIS, NULL },
	{ "cp50222", ALIAS_JIS, NULL },
	{ "jis", ALIAS_JIS, NULL },
	{ "shift_jis", ALIAS_OTHER, "CP932" },
	{ "shift-jis", ALIAS_OTHER, "CP932" },
	{ "sjis", ALIAS_OTHER, "CP932" },
	{ "x-sjis", ALIAS_OTHER, "CP932" },
	{ "ms_kanji", ALIAS_OTHER, "CP932" },
	{ "csshiftjis", ALIAS_OTHER, "CP932" },
	{ "windows-31j", ALIAS_OTHER, "CP932" },
	{ "cswindows31j", ALIAS_OTHER, "CP932" },
	{ "cp932", ALIAS_OTHER, "CP932" },
	{ "ms932", ALIAS_OTHER, "CP932" },
	{ "x-ms-cp932", ALIAS_OTHER, "CP932" },
	{ "euc-jp", ALIAS_EUC, NULL },
	{ "eucjp", ALIAS_EUC, NULL },
	{ "x-euc-jp", ALIAS_EUC, NULL },
	{ "x-euc", ALIAS_EUC, NULL },
	{ "eucjp-ms", ALIAS_EUC, NULL },
	{ "euc-jp-ms", ALIAS_EUC, NULL },
	{ "cp51932", ALIAS_EUC, NULL },
	{ "cseucpkdfmtjapanese", ALIAS_EUC, NULL },
	{ "iso-8859-1", ALIAS_OTHER, "CP1252" },
	{ "latin1", ALIAS_OTHER, "CP1252" },
	{ "windows-1252", ALIAS_OTHER, "CP1252" },
	{ "cp1252", ALIAS_OTHER, "CP1252" },
	{ "iso-8859-2", ALIAS_OTHER, "ISO-8859-2" },
	{ "iso-8859-15", ALIAS_OTHER, "ISO-8859-15" },
	{ "windows-1250", ALIAS_OTHER, "CP1250" },
	{ "windows-1251", ALIAS_OTHER, "CP1251" },
	{ "koi8-r", ALIAS_OTHER, "KOI8-R" },
	{ "gb2312", ALIAS_OTHER, "GB18030" },
	{ "gbk", ALIAS_OTHER, "GB18030" },
	{ "gb18030", ALIAS_OTHER, "GB18030" },
	{ "big5", ALIAS_OTHER, "BIG5" },
	{ "euc-kr", ALIAS_OTHER, "CP949" },
	{ "ks_c_5601-1987", ALIAS_OTHER, "CP949" },
	{ NULL, 0, NULL },
};

const struct alias *
alias_find(const char *label)
{
	const struct alias *a;

	for (a = aliases; a->label != NULL; a++)
		if (strcasecmp(a->label, label) == 0)
			return a;
	return NULL;
}
