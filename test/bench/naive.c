/*
 * naive MAIL: what a program looks like that verifies one PGP/MIME mail and
 * knows nothing of what costs: gpgme with its defaults, GMime for the mail.
 * Prints the fingerprint of the good signature and the signed text.
 */
#include <gmime/gmime.h>
#include <gpgme.h>
#include <locale.h>
#include <stdio.h>

/* The part as it was signed: with CRLF. */
static gpgme_data_t
octets(GMimeObject *part, int content)
{
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *mem = g_mime_stream_mem_new();
	GByteArray *array;
	gpgme_data_t data;

	if (content) {
		g_mime_data_wrapper_write_to_stream(
		    g_mime_part_get_content(GMIME_PART(part)), mem);
	} else {
		g_mime_format_options_set_newline_format(
		    format, GMIME_NEWLINE_FORMAT_DOS);
		g_mime_object_write_to_stream(part, format, mem);
	}
	array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
	gpgme_data_new_from_mem(&data, (char *)array->data, array->len, 1);
	g_mime_format_options_free(format);
	g_object_unref(mem);
	return data;
}

static int
verify(GMimeMultipart *root)
{
	GMimeObject *part = g_mime_multipart_get_part(root, 0);
	gpgme_data_t text = octets(part, 0);
	gpgme_data_t sig = octets(g_mime_multipart_get_part(root, 1), 1);
	gpgme_verify_result_t result;
	gpgme_ctx_t ctx;
	char *said;

	gpgme_check_version(NULL);
	gpgme_set_locale(NULL, LC_CTYPE, setlocale(LC_CTYPE, NULL));
	if (gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP) != 0 ||
	    gpgme_new(&ctx) != 0 || gpgme_op_verify(ctx, sig, text, NULL) != 0)
		return 1;
	result = gpgme_op_verify_result(ctx);
	if (result->signatures == NULL || result->signatures->status != 0)
		return 1;
	said = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	printf("%s\n%s", result->signatures->fpr, said);
	g_free(said);
	gpgme_data_release(text);
	gpgme_data_release(sig);
	gpgme_release(ctx);
	return 0;
}

int
main(int argc, char **argv)
{
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *mail;
	GMimeObject *root;

	setlocale(LC_ALL, "");
	g_mime_init();
	stream = g_mime_stream_fs_open(argv[argc - 1], 0, 0, NULL);
	if (stream == NULL)
		return 66;
	parser = g_mime_parser_new_with_stream(stream);
	mail = g_mime_parser_construct_message(parser, NULL);
	root = mail == NULL ? NULL : g_mime_message_get_mime_part(mail);
	if (root == NULL || !GMIME_IS_MULTIPART_SIGNED(root))
		return 65;
	return verify(GMIME_MULTIPART(root));
}
