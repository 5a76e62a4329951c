# The characters of Japanese mail, all of them: what a character set holds, how
# labels name it, and how headers carry it. What the tables say is checked
# against another reader in test/world/charset.bats.

# shellcheck disable=SC2059,SC2154
load helper
load cells

# is WANT BYTES LABEL [FLAGS]: decoded so, with these flags and no other.
is() {
	run --separate-stderr "$VC_PROBE/probe-charset" "$3" < <(printf "$2")
	assert_success
	assert_output "$1"
	assert_equal "$stderr" "${4-}"
}

# words WANT VALUE [FLAGS]: the value of a header.
words() {
	run --separate-stderr "$VC_PROBE/probe-charset" -w < <(printf "$2")
	assert_success
	assert_equal "$2: $output" "$2: $1"
	assert_equal "$stderr" "${3-}"
}

# name WANT PARAMETERS [FIELD]: of an attachment.
name() {
	run "$VC_PROBE/probe-message" record < <(
		printf '%s\n' 'Content-Type: multipart/mixed; boundary=z' '' --z \
			"${3:-Content-Disposition: attachment}; $2" '' x --z--)
	assert_success
	assert_equal "$2: $(jq -r '.attachment[0].name' <<<"$output")" "$2: $1"
}

@test "each of the 94 x 94 cells of JIS X 0208 is read, with NEC's and IBM's" {
	local sha=4cbd9125c3239a37e2a003076c71623f0561511445b3c3d47936c3a97a100d04
	table jis0208 7336 "$sha"
	table euc0208 7336 "$sha"
	assert_equal "$(grep -E '^(2422|2d21|7921|7c7e)' jis0208 | tr '\n\t' ' -')" \
		'2422-U+3042 2d21-U+2460 7921-U+7E8A 7c7e-U+FF02 '
}

@test "each cell of JIS X 0212 is read, with those of eucJP-ms" {
	local sha=0d74eca9d6d5005f2097627b91601f0e2a0e879745604bd75ec4f6846d15b6bf
	table jis0212 6173 "$sha"
	table euc0212 6173 "$sha"
	assert_equal "$(grep -E '^(2243|3021|747b)' jis0212 | tr '\n\t' ' -')" \
		'2243-U+00A6 3021-U+4E02 747b-U+9AD9 '
}

@test "each pair of octets of Shift_JIS is read as CP932" {
	table sjis 9604 fb473fcacda28694330be0ec1c06ad222b8588acb240376b447a0a844ee93700
}

@test "single octets: ASCII, yen and overline, half-width kana" {
	table roman 159 614c47299823db96f3470cb52e8b825371332eb2003a57eb14f6faa2473ccd61
	table kana 128 37798845f5f4d10b30dc68aefdae4e8c58cb748674b6035b0499e75aef68f913
	table euc1 96 8cdb96aae12f025228d4971c2164c96a93eba2a9cfeb23a8ed78616b959ffb81
	table eight 159 274e07ab4fc95392999959d6e46a9a7145c8be1ac4531cb4a965240d57c69b40
	cells sjis1 >sjis1
	cmp eight sjis1
	assert_equal "$(grep -E '^(5c|7e|41|b1)' roman | tr '\n\t' ' -')" \
		'41-U+0041 5c-U+00A5 7e-U+203E b1-U+FF71 '
}

@test "half-width kana of eight bits in ISO-2022-JP are read, and flagged" {
	is 'ｱｲ ア' '\261\262 \033$B%%"\033(B' iso-2022-jp guessed
}

@test "what is no half-width kana behind ESC ( I is lossy" {
	is 'ｱ� b' '\033(I1a \033(Bb' iso-2022-jp lossy
	is 'ｱ�' '\0161a\017' cp50222 lossy
}

@test "EUC-JP goes on with the next octet after one that is none" {
	is 'あ�い' '\244\242\200\244\244' euc-jp lossy
	is 'ｱ�a' '\216\261\216a' euc-jp lossy
	is '丂��' '\217\260\241\217\260' euc-jp lossy
	is '�' '\365\241' euc-jp lossy
	is '�' '\217\365\241' euc-jp lossy
}

@test "every label of mail names its charset" {
	local l
	for l in ISO-2022-JP csISO2022JP iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 \
		iso-2022-jp-ms cp50220 CP50221 cp50222 jis; do
		is 'あ①' '\033$B$"-!\033(B' "$l"
	done
	for l in Shift_JIS shift-jis SJIS x-sjis MS_Kanji csShiftJIS windows-31j \
		csWindows31J cp932 ms932 x-ms-cp932; do
		is 'あ①' '\202\240\207\100' "$l"
	done
	for l in EUC-JP eucJP x-euc-jp x-euc eucJP-ms euc-jp-ms cp51932 \
		csEUCPkdFmtJapanese; do
		is 'あ①' '\244\242\255\241' "$l"
	done
	for l in UTF-8 utf8 unicode-1-1-utf-8; do
		is 'あ①' '\343\201\202\342\221\240' "$l"
	done
	is 'あ①' '\202\240\207\100' us-ascii guessed
}

@test "a text of an unknown charset is flagged, and its octets stay" {
	printf 'From: a@b.example\nContent-Type: text/plain; charset=x-klingon\n\ncaf\351\n' >m
	run -1 --separate-stderr vc-verify -k "$PWD" -r "$VC_FIXTURE/vc-roster/small.csv" <m
	assert_equal "$(jq -c '[.flag, .claimed.text]' <<<"$output")" \
		'[["charset-lossy","charset-unknown"],"caf�\n"]'
	jq -r .raw_b64 <<<"$output" | base64 -d | cmp - m
}

@test "encoded words: Q and B, glued, in quotes, cut within a character" {
	words 'あい' '=?ISO-2022-JP?B?GyRCJCIbKEI=?= =?ISO-2022-JP?B?GyRCJCQbKEI=?='
	words 'あい' '=?ISO-2022-JP?B?GyRCJCIbKEI=?==?ISO-2022-JP?B?GyRCJCQbKEI=?='
	words '"あい" <a@b>' '"=?shift_jis?Q?=82=A0?= =?Shift_JIS?B?gqI=?=" <a@b>'
	words '(あ) x' '(=?euc-jp?q?=A4=A2?=) x'
	words 'あい' '=?utf-8?B?44GC44E=?=\n =?utf-8?Q?=84?='
	words 'あい' '=?euc-jp?Q?=A4=A2=A4?= =?euc-jp?Q?=A4?='
	words 'あい' '=?iso-2022-jp?B?GyRCJCIk?= =?iso-2022-jp?B?JBsoQg==?='
	words 'あa' '=?utf-8?Q?=E3=81=82?= =?us-ascii?Q?a?='
}

@test "encoded words that do not return to ASCII spoil nothing behind them" {
	words 'あい x' '=?iso-2022-jp?B?GyRCJCI=?= =?iso-2022-jp?B?GyRCJCQ=?= x'
	words 'あ x =?' '=?iso-2022-jp?Q?=1B$B$"?= x =?'
}

@test "what is no charset of ours stays as it was, and is flagged" {
	words '=?x-klingon?Q?caf=E9?= あ' \
		'=?x-klingon?Q?caf=E9?= =?utf-8?B?44GC?=' unknown
}

@test "raw octets in a header are guessed among ISO-2022-JP, EUC-JP, Shift_JIS, UTF-8" {
	words 'あ =' '\202\240 =' guessed
	words 'あ =' '\244\242 =' guessed
	words 'あ =' '\343\201\202 =' guessed
	words 'あ =' '\033$B$"\033(B =' guessed
}

@test "names by RFC 2231, in each charset, whole or in segments of all kinds" {
	name あ.txt "filename*=iso-2022-jp'ja'%1B\$B\$%22%1B%28B.txt"
	name ①髙.txt "filename*=windows-31j'ja'%87%40%FB%FC.txt"
	name あ.txt "filename*=EUC-JP''%a4%a2.txt"
	name あ.txt "filename*=UTF-8''%E3%81%82.txt"
	name あ.txt "filename*=''%E3%81%82.txt"
	name あい.txt "filename*0*=iso-2022-jp'ja'%1B\$B\$%22; filename*1*=\$\$%1B%28B; filename*2=.txt"
	name あb%41.txt "filename*0*=utf-8''%E3%81; filename*1*=%82; filename*2=\"b%41\"; filename*3=.txt"
	name ab.txt 'filename*1=b; filename*0=a; filename*2=.txt'
	name caf.txt "filename*0=caf; filename*1=.txt; filename*3=x"
}

@test "names by encoded words in a quoted string, whole or in segments" {
	name あい.txt 'filename="=?ISO-2022-JP?B?GyRCJCIbKEI=?= =?ISO-2022-JP?B?GyRCJCQbKEI=?=.txt"'
	name あ.txt 'filename="=?UTF-8?B?44GC?=.txt"'
	name あ.txt 'filename*0="=?UTF-8?B?44"; filename*1="GC?=.txt"'
	name あ.txt 'name="=?Shift_JIS?B?gqA=?=.txt"' 'Content-Type: image/png'
	name あ.txt 'filename="=?UTF-8?Q?a?="; filename*=utf-8'"''%E3%81%82.txt"
}
