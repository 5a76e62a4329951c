# Six Japanese mails of other people's test suites, and the two founding texts,
# when VC_CORPUS names the folder that has them: what a person reads in them.

load ../helper

prepare() {
	[ -n "${VC_CORPUS-}" ] || skip 'VC_CORPUS is not set'
	MAILS=$VC_CORPUS/mail-samples
	SEEDS=$VC_CORPUS/seeds
}

# reads FILE WANT: all that is decoded of it, as one JSON text.
reads() {
	run_out vc-verify "$MAILS/$1"
	assert_equal "$status $stderr" "1 "
	assert_equal "$(jq -c '[.verdict, .flag]' out)" '["unsigned",[]]'
	run -0 jq -S '{claimed, attachment: [.attachment[]? |
		[.name, .media_type, .size_n, .sha256]]}' out
	assert_output "$(jq -nS "$2")"
}

sha() { printf "$1" | sha256sum | cut -d ' ' -f 1; }

@test "UTF-8 in encoded words and in base64" {
	reads mikel-mail-japanese.eml '{claimed: {
		from: "Mikel Lindsaar <raasdnil@gmail.com>",
		from_address: "raasdnil@gmail.com",
		to: "みける <raasdnil@gmail.com>",
		subject: "まみむめも",
		text: "かきくえこ\n\n-- \nhttp://lindsaar.net/\nRails, RSpec and Life blog....\n"
	}, attachment: []}'
}

@test "a name of an attachment in encoded words" {
	reads mikel-mail-japanese_attachment.eml '{claimed: {
		from: "Mikel Lindsaar <raasdnil@gmail.com>",
		from_address: "raasdnil@gmail.com",
		to: "Mikel Lindsaar <raasdnil@gmail.com>",
		subject: "testing",
		date_at: "2009-10-16T12:39:34Z",
		message_id: "<57a815bf0910160539m64240421gb35ea52e101aedbc@mail.gmail.com>",
		text: "testing\n\n-- \nhttp://lindsaar.net/\nRails, RSpec and Life blog....\n",
		attached: "this is a test\nこれわてすと"
	}, attachment: [["てすと.txt", "text/plain", 33,
		"'"$(sha 'this is a test\nこれわてすと')"'"]]}'
}

@test "a name of an attachment in segments, and a subject of five lines" {
	reads mikel-mail-japanese_attachment_long_name.eml '{claimed: {
		from: "Mikel Lindsaar <mikel@test.lindsaar.net>",
		from_address: "mikel@test.lindsaar.net",
		to: "Mikel Lindsaar <raasdnil@gmail.com>",
		subject: ("まみむめも" * 10),
		date_at: "2009-10-30T08:11:02Z",
		message_id: "<60A112A8-F26C-4E23-95B8-4EB9F139D6A0@test.lindsaar.net>",
		attached: "this is the data\n"
	}, attachment: [["\("かきくけこ" * 5).txt", "text/plain", 18,
		"'"$(sha 'this is the data\r\n')"'"]]}'
}

@test "ISO-2022-JP in the body" {
	reads mikel-mail-japanese_iso_2022.eml '{claimed: {
		from: "Mikel Lindsaar <raasdnil@gmail.com>",
		from_address: "raasdnil@gmail.com",
		to: "みける <raasdnil@gmail.com>",
		subject: "まみむめも",
		text: "すみません。\n\n"
	}, attachment: []}'
}

@test "Shift_JIS with 8 bits from a telephone" {
	reads mikel-mail-japanese_shift_jis.eml '{claimed: {
		from: "xxxxxxx@docomo.ne.jp",
		from_address: "xxxxxxx@docomo.ne.jp",
		to: "unknown@example.com",
		subject: "test",
		date_at: "2014-05-28T08:18:19Z",
		message_id: "<xxxxx@docomo.ne.jp>",
		text: "あいうえお\n\nこのメールはテスト用のメールです。\n\n今後ともよろしくお願い申し上げます！\n"
	}, attachment: []}'
}

@test "ISO-2022-JP in the subject, with ASCII, and in the body" {
	reads mimekit-japanese.txt '{claimed: {
		from: "Atsushi Eno <x@x.com>",
		from_address: "x@x.com",
		to: "Jeffrey Stedfast <x@x.com>",
		subject: "日本語メールテスト (testing Japanese emails)",
		date_at: "2015-07-21T16:02:29Z",
		message_id: "<55AE6D15.4010805@veritas-vos-liberabit.com>",
		text: "Let'\''s see if both subject and body works fine...\n\n日本語が\n正常に\n送れているか\nテスト.\n"
	}, attachment: []}'
}

@test "there is no seventh mail" {
	run -0 bash -c 'ls "$1" | wc -l' - "$MAILS"
	assert_output 6
	local f
	for f in "$MAILS"/*; do
		grep -qF "reads $(basename "$f")" "$BATS_TEST_FILENAME" ||
			fail "nobody reads $f"
	done
}

# mail_of [CHARSET] <text: a mail with it.
mail_of() {
	printf '%s\n' 'From: vh@sakura.example' 'To: office@centre.example' \
		'Subject: x' 'MIME-Version: 1.0' \
		"Content-Type: text/plain; charset=${1:-UTF-8}" \
		'Content-Transfer-Encoding: 8bit' ''
	cat
}

# filled: the form of 2003 with an answer beside each label.
filled() {
	sed -E -e '/組織名 \(/s/$/ 株式会社さくら/' \
		-e '/2\. 連絡先メールアドレス \(/s/$/ vh@sakura.example/' \
		-e '/3\. 電話番号 \(/s/$/ 03-5550-0100/' \
		-e '/4\. 住所 \(/s/$/ 東京都千代田区 1-2-3/' \
		-e '/氏名 \(/s/$/ 山田太郎/' -e '/所属 \(/s/$/ 品質保証部/' \
		-e '/役職 \(/s/$/ 部長/' \
		-e '/4\. 連絡先メールアドレス \(/s/$/ yamada@sakura.example/' \
		-e '/5\. 電話番号 \(/s/$/ 03-5550-0101/' \
		-e '/6\. 住所 \(/s/$/ 同上/' "$SEEDS"/002_*.txt
}

# form_of: the values, or what is wrong.
form_of() {
	jq -c '.claimed.form | [.team, .primary] |
		map(map_values(.value // .problem))' out
}

@test "the form of 2003, blank and filled in, plain, quoted and in Shift_JIS" {
	local want='[{"organization":"株式会社さくら","email":"vh@sakura.example","phone":"03-5550-0100","address":"東京都千代田区 1-2-3"},{"name":"山田太郎","affiliation":"品質保証部","title":"部長","email":"yamada@sakura.example","phone":"03-5550-0101","address":"ambiguous"}]'
	mail_of <"$(echo "$SEEDS"/002_*.txt)" >in
	run_out vc-parse-poc in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(form_of)" "$(jq -c 'map(map_values("missing"))' <<<"$want")"
	filled | mail_of >in
	run_out vc-parse-poc in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(form_of)" "$want"
	# Only the introduction is left over.
	run -0 jq '[.claimed.form.unknown[].line_n] | max < 35' out
	assert_output true
	filled | sed 's/^/> /' | mail_of >in
	run -0 --separate-stderr vc-parse-poc in
	echo "$output" >out
	assert_equal "$(form_of)" "$want"
	filled | sed 's/®/@/' | iconv -f UTF-8 -t CP932 | mail_of Shift_JIS >in
	run -0 --separate-stderr vc-parse-poc in
	echo "$output" >out
	assert_equal "$(form_of)" "$want"
}

@test "the announcement of 2004, whose lines are gone, is not signed" {
	local text
	text=$(echo "$SEEDS"/000_*.txt)
	{
		cat "$text"
		echo
	} | mail_of >in
	run_out vc-verify in
	assert_equal "$status $stderr" "1 "
	assert_equal "$(jq -c '[.verdict, .why, .signed]' out)" \
		'["partial","the text is not one signed or encrypted whole",null]'
	run -0 jq -r .claimed.text out
	assert_line --partial '「情報セキュリティ早期警戒パートナーシップ」の運用を開始'
	# As words on a page, and with the lines that a signature needs.
	fold -s -w 70 "$text" | mail_of >in
	run -1 --separate-stderr vc-verify in
	assert_equal "$(jq -c '[.verdict, .signed]' <<<"$output")" \
		'["partial",null]'
	sed -E -e 's/^(-----BEGIN PGP SIGNED MESSAGE-----) /\1\n\n/' \
		-e 's/ (-----BEGIN PGP SIGNATURE-----) (Version: [^ ]*) (Charset: [^ ]*) /\n\1\n\2\n\3\n\n/' \
		-e 's/ (-----END PGP SIGNATURE-----)$/\n\1/' "$text" |
		sed '/^iQCV/s/ /\n/g' | fold -s -b -w 400 | mail_of >in
	echo >>in
	run -1 --separate-stderr vc-verify in
	assert_equal "$(jq -c '[.verdict, .signed]' <<<"$output")" \
		'["unknown-key",null]'
}
