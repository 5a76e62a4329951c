# Six Japanese mails of other people's test suites, when VC_CORPUS names the
# folder that has them.

load ../helper

prepare() {
	[ -n "${VC_CORPUS-}" ] || skip 'VC_CORPUS is not set'
}

# claims FILE JQ WANT
claims() {
	run --separate-stderr "$VC_PROBE/probe-message" record \
		<"$VC_CORPUS/mail-samples/$1"
	assert_success
	assert_equal "$(jq -r "$2" <<<"$output")" "$3"
	assert_equal "$(jq -c .flag <<<"$output")" null
}

@test "ISO-2022-JP in the subject, in the display name and in the body" {
	claims mikel-mail-japanese.eml .claimed.subject まみむめも
	claims mikel-mail-japanese.eml .claimed.to 'みける <raasdnil@gmail.com>'
	claims mikel-mail-japanese.eml '.claimed.text|split("\n")[0]' かきくえこ
	claims mikel-mail-japanese_iso_2022.eml .claimed.text $'すみません。'
}

@test "Shift_JIS with 8 bits from a telephone" {
	claims mikel-mail-japanese_shift_jis.eml .claimed.text \
		$'あいうえお\n\nこのメールはテスト用のメールです。\n\n今後ともよろしくお願い申し上げます！'
	claims mikel-mail-japanese_shift_jis.eml .claimed.date_at \
		2014-05-28T08:18:19Z
}

@test "names of attachments in encoded words and in RFC 2231 segments" {
	claims mikel-mail-japanese_attachment.eml '.attachment[0].name' てすと.txt
	claims mikel-mail-japanese_attachment_long_name.eml '.attachment[0].name' \
		かきくけこかきくけこかきくけこかきくけこかきくけこ.txt
	claims mikel-mail-japanese_attachment_long_name.eml \
		'.claimed.subject|length' 50
}

@test "a subject of Japanese and ASCII" {
	claims mimekit-japanese.txt .claimed.subject \
		'日本語メールテスト (testing Japanese emails)'
	claims mimekit-japanese.txt '.claimed.text|split("\n")[2]' 日本語が
}
