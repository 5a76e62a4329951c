load helper
load keys

# The founding form as it comes back. The fixtures are mails as they are sent:
# their octets, line ends and charsets matter.

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi
	roster_csv hitachi >"$BATS_FILE_TMPDIR/roster.csv"
}

teardown_file() { stop_homes; }

prepare() {
	mails=$VC_FIXTURE/vc-parse-poc
}

# fields FILE: the answers in it, or their problems, as one line.
fields() {
	jq -c '(.signed // .claimed).form | [.team, .primary] |
		map(map_values(.value // .problem))' "$1"
}

# to_mail: a text on stdin becomes a mail.
to_mail() {
	printf '%s\n' 'From: Sakura <vh@sakura.example>' 'To: office@centre.example' \
		'Subject: form' 'MIME-Version: 1.0' \
		'Content-Type: text/plain; charset=utf-8' \
		'Content-Transfer-Encoding: 8bit' ''
	cat
}

# form: a text on stdin is read as the form.
form() { "$VC_PROBE/probe-form" poc; }

# message TEXT [VERDICT]: a record of that mail, as vc-verify would write it.
message() {
	jq -cn --arg t "$1" --arg v "${2-}" '
		{type: "message", id: "mail/0123456789abcdef0123456789abcdef"} +
		(if $v == "" then {claimed: {text: $t}} else {verdict: $v} +
			if $v == "signed"
			then {vendor: "sakura", claimed: {subject: "form"}, signed: {text: $t}}
			else {claimed: {text: $t}} end end) + {raw_b64: "eA=="}'
}

@test "thirty-six mails as mailers send them give the same fields" {
	local f n=0
	for f in "$mails"/*.eml; do
		run_out vc-parse-poc <"$f"
		[ "$status:$stderr" = 0: ] || fail "${f##*/}: exit $status: $stderr"
		[ "$(fields out)" = "$(cat "$mails/expected.json")" ] ||
			fail "${f##*/}: $(fields out)"
		n=$((n + 1))
	done
	[ "$n" = 36 ]
}

@test "the record has the mail's id, its claimed header and its octets, but no text" {
	run_out vc-parse-poc <"$mails/iso-2022-jp.eml"
	assert_equal "$status:$stderr" 0:
	local id
	id=$(sha256sum <"$mails/iso-2022-jp.eml" | cut -c1-32)
	run -0 jq -r '.type, .id, .claimed.from_address, .claimed.subject,
		.claimed.text, .signed, .claimed.form.form' out
	assert_output "poc
mail/$id/poc
vh@sakura.example
登録用紙をお送りします
null
null
poc"
	jq -r .raw_b64 out | base64 -d | cmp - "$mails/iso-2022-jp.eml"
}

@test "each field names its line and shows it as it came" {
	run_out vc-parse-poc "$mails/full-width.eml"
	run -0 jq -c '.claimed.form.team.phone' out
	assert_output '{"value":"03-1234-5678","line_n":4,"raw":"３．電話番号 （Ｔｅｌｅｐｈｏｎｅ Ｎｕｍｂｅｒ）：０３−１２３４−５６７８"}'
	run_out vc-parse-poc "$mails/many-lines.eml"
	run -0 jq -r '.claimed.form.team.address.raw' out
	assert_output '4. 住所 (Mail address): 東京都千代田区霞が関1-2-3
   さくらビル 4F
   受付: 5番'
}

@test "lines that belong to no field are reported, each with its number" {
	run_out vc-parse-poc "$mails/signature.eml"
	run -0 jq -r '.claimed.form.unknown[] | "\(.line_n) \(.raw)"' out
	assert_output '1 コーディネーションセンター 御中
3 お世話になっております。さくらネットの山田です。
4 登録用紙を下記の通りお送りします。
20 以上、よろしくお願いいたします。
23 山田 花子
24 さくらネット株式会社 品質保証部
25 電話番号: 090-0000-0000
26 住所: 北海道札幌市北区'
}

@test "the blank forms have every label and no line that is not known" {
	local lang
	for lang in ja en; do
		run_out form <"$VC_SHARE/form/poc.$lang.txt"
		assert_equal "$status:$stderr" 0:
		run -0 jq -c '[.team, .primary | map(.problem)], .unknown' out
		assert_output '[["missing","missing","missing","missing"],["missing","missing","missing","missing","missing","missing"]]
[]'
	done
}

@test "the postal address and the e-mail address are not mixed up" {
	run -0 form <<-'E'
		Team Contact
		4. Mail address: 1-2-3 Kasumigaseki
		Primary Contact
		6. MAIL ADDRESS: 4-5-6 Minato Mirai
	E
	run -0 jq -c '[.team, .primary] | map([.email.problem, .address.value])' <<<"$output"
	assert_output '[["missing","1-2-3 Kasumigaseki"],["missing","4-5-6 Minato Mirai"]]'
}

@test "the hint below the e-mail label is never a value" {
	run -0 form <<-'E'
		- ***連絡先情報 (Team Contact)****
		- 2. 連絡先メールアドレス (Team e-mail address):
		 *チームアドレス (例) vh@ --御社名--.co.jp などが望ましい。
		- 3. 電話番号 (Telephone Number): 03-1234-5678
	E
	run -0 jq -c '.team.email, .unknown' <<<"$output"
	assert_output '{"problem":"missing","line_n":2,"raw":"- 2. 連絡先メールアドレス (Team e-mail address):"}
[]'
}

@test "a greeting after an empty last field is no answer" {
	run -0 form <<-'E'
		Primary Contact
		1. Name: Hanako Yamada
		6. Mail Address:

		Thank you for your help.
	E
	run -0 jq -c '.primary.address.problem, .unknown' <<<"$output"
	assert_output '"missing"
[{"line_n":5,"raw":"Thank you for your help."}]'
}

@test "a greeting right below the last answer is no part of it" {
	run -0 form <<-'E'
		Primary Contact
		6. Mail Address: 4-5-6 Minato Mirai
		Yokohama
		以上、よろしくお願いいたします。
	E
	run -0 jq -c '.primary.address.value, .unknown' <<<"$output"
	assert_output '"4-5-6 Minato Mirai Yokohama"
[{"line_n":4,"raw":"以上、よろしくお願いいたします。"}]'
}

@test "a label that both sections have needs a section" {
	run -0 form <<-'E'
		電話番号: 03-0000-0000
		1. 組織名: さくら
		電話番号: 03-1111-1111
		1. 氏名: 山田
		電話番号: 03-2222-2222
	E
	run -0 jq -c '.team.phone.value, .primary.phone.value, .unknown' <<<"$output"
	assert_output '"03-1111-1111"
"03-2222-2222"
[{"line_n":1,"raw":"電話番号: 03-0000-0000"}]'
}

# field NAME ANSWER: what the team's field is found to be.
field() {
	run -0 form <<<"Team Contact
$1: $2"
	run -0 jq -c '.team[] | select(.line_n == 2) | .value // .problem' <<<"$output"
}

@test "an address with its name, as a link and in brackets" {
	local a
	for a in '<vh@sakura.example>' 'mailto:vh@sakura.example' \
		'Sakura <vh@sakura.example>' 'さくら 窓口 ＜ｖｈ＠ｓａｋｕｒａ．ｅｘａｍｐｌｅ＞' \
		'"Sakura, PSIRT" <vh@sakura.example>' 'vh@sakura.example（窓口共用）' \
		'vh@sakura.example (PSIRT)' 'vh@sakura.example<mailto:vh@sakura.example>' \
		'vh@sakura.example [mailto:vh@sakura.example]' '[vh@sakura.example]' \
		'[vh@sakura.example](mailto:vh@sakura.example)' '「vh@sakura.example」' \
		'・vh@sakura.example' '→ vh@sakura.example'; do
		field 'Team e-mail address' "$a"
		[ "$output" = '"vh@sakura.example"' ] || fail "$a: $output"
	done
}

@test "addresses that are none: bad-email, and never a value" {
	local a
	for a in vh vh@ @sakura.example vh@sakura 'vh@sakura.example, b@x.example' \
		'vh@sakura.example / b@x.example' 'vh at sakura.example' 'vh[at]sakura.example' \
		'vh@sakura.example <mailto:other@sakura.example>' 'a@x.example <b@x.example>' \
		'vh@sakura.example (b@x.example)' '[a@x.example](mailto:b@x.example)' \
		'Sakura <vh@sakura.example' 'Sakura <>' '<a@x.example> <b@x.example>' \
		-vh@sakura.example vh@さくら.example 'v h@sakura.example' \
		vh@-sakura.example vh@sakura..example '"v h"@sakura.example'; do
		field 'Team e-mail address' "$a"
		[ "$output" = '"bad-email"' ] || fail "$a: $output"
	done
}

@test "telephone numbers: what may stand beside one, and what is none" {
	local a
	for a in '03-1234-5678 (代表)=03-1234-5678 (代表)' '+81 3 1234 5678=+81 3 1234 5678' \
		'（０３）１２３４ー５６７８ 内線 １２=(03)1234-5678 内線 12' '03.1234.5678 ext. 9=03.1234.5678 ext. 9' \
		'TEL: 03-1234-5678=TEL: 03-1234-5678' '代表 03-1234-5678=代表 03-1234-5678' \
		'+81-(0)3-1234-5678（内線 123）=+81-(0)3-1234-5678(内線 123)' '〇三-1234-5678=bad-phone'; do
		field 'Telephone Number' "${a%=*}"
		[ "$output" = "\"${a#*=}\"" ] || fail "$a: $output"
	done
	for a in 12345 '03-1234-5678 / 090-1111-2222' '03-1234-5678 090-1111-2222' \
		'03-1234-567x' '03-1234-5678 担当山田' '03-1234-5678 FAX 03-1234-5679' \
		'03-1234-5678 (平日 9:00-17:00)' '03-1234+5678' '1234567890123456'; do
		field 'Telephone Number' "$a"
		[ "$output" = '"bad-phone"' ] || fail "$a: $output"
	done
}

@test "an answer that points elsewhere is ambiguous, never a value" {
	local a name
	for a in 同上 （同上） 同上です。 '上記に同じ' '連絡先情報に同じ' 'Same as above.' ditto; do
		for name in 'Organization Name' 'Team e-mail address' 'Telephone Number' 'Mail address'; do
			field "$name" "$a"
			[ "$output" = '"ambiguous"' ] || fail "$name: $a: $output"
		done
	done
	field 'Organization Name' '同上商事株式会社'
	assert_output '"同上商事株式会社"'
}

@test "no letter and no digit is no answer" {
	local a
	for a in - ー … 〃 '（　　）' '[    ]' '【　】' '________' '？'; do
		field 'Organization Name' "$a"
		[ "$output" = '"missing"' ] || fail "$a: $output"
	done
}

@test "two addresses or numbers below each other are ambiguous; a fax line is not" {
	run -0 form <<-'E'
		Team Contact
		2. Team e-mail address: vh@sakura.example
		   psirt@sakura.example
		3. Telephone Number:
		   03-1234-5678
		   090-1234-5678
		Primary Contact
		5. Telephone Number: 03-1234-5679
		   FAX: 03-1234-5670
	E
	run -0 jq -c '.team.email, .team.phone.problem, .primary.phone.value, .unknown' <<<"$output"
	assert_output '{"problem":"ambiguous","line_n":2,"raw":"2. Team e-mail address: vh@sakura.example\n   psirt@sakura.example"}
"ambiguous"
"03-1234-5679"
[{"line_n":9,"raw":"   FAX: 03-1234-5670"}]'
}

@test "what stands right below a quoted answer may correct it: ambiguous" {
	run -0 form <<-'E'
		> Primary Contact
		> 1. Name: Hanako Yamada
		> 2. Affiliation: Quality
		now Development
		> 5. Telephone Number: 03-1234-5679
		090-1234-5679
		> 6. Mail Address: 4-5-6 Minato Mirai
		Best regards,
	E
	run -0 jq -c '.primary | .name.value, .affiliation, .phone.problem, .address.value' <<<"$output"
	assert_output '"Hanako Yamada"
{"problem":"ambiguous","line_n":3,"raw":"> 2. Affiliation: Quality\nnow Development"}
"ambiguous"
"4-5-6 Minato Mirai"'
}

@test "two labels in one line are not told apart: ambiguous" {
	run -0 form <<-'E'
		Primary Contact
		氏名: 山田 花子　所属: 品質保証部　役職: 部長
		住所: 横浜市（電話: 045-000-0000）
	E
	run -0 jq -c '.primary | .name.problem, .title.problem, .address.value' <<<"$output"
	assert_output '"ambiguous"
"missing"
"横浜市（電話: 045-000-0000）"'
}

@test "an address may look like a number, a list or another label" {
	run -0 form <<-'E'
		Team Contact
		4. Mail address:
		2-3-4 Kasumigaseki
		1. Sakura Building 3:5
		電話: 03-1234-5678
		〒100-0001
	E
	run -0 jq -c '.team.address.value' <<<"$output"
	assert_output '"2-3-4 Kasumigaseki 1. Sakura Building 3:5 電話: 03-1234-5678 〒100-0001"'
}

@test "a label that is part of an answer before it does not join it" {
	run -0 form <<-'E'
		Primary Contact
		2. Affiliation: Team
		3. Title:
		Contact
		1. Name:
		Organization
		Name: Hanako
	E
	run -0 jq -c '.primary | map_values(.value // .problem) | [.name, .affiliation, .title]' <<<"$output"
	assert_output '["ambiguous","Team","Contact"]'
}

@test "hints of the blank form are known where a mailer wrapped them" {
	run -0 form <<-'E'
		連絡先情報
		2. 連絡先メールアドレス:
		   * 窓口の電子メールは、担当者が替わっても届く共用のアド
		レスにしてください。
		vh@sakura.example
		ハンドリングチーム責任
		者 (Primary Contact)
		4. 連絡先メールアドレス: yamada@sakura.example
	E
	run -0 jq -c '.team.email.value, .primary.email.value, .unknown' <<<"$output"
	assert_output '"vh@sakura.example"
"yamada@sakura.example"
[]'
}

@test "what a mailer wrapped in flowed text is one line again, and only there" {
	printf 'Primary Contact\n6. Mail Address: 4-5-6 Minato \nMirai, Yokohama \n3. Title: \n2. Affiliation: x\n' >text
	run -0 "$VC_PROBE/probe-form" poc delsp <text
	run -0 jq -c '.primary | [.address.value, .title.problem, .affiliation.value]' <<<"$output"
	assert_output '["4-5-6 MinatoMirai, Yokohama","missing","x"]'
	run -0 "$VC_PROBE/probe-form" poc flowed <text
	run -0 jq -r '.primary.address.value' <<<"$output"
	assert_output '4-5-6 Minato Mirai, Yokohama'
	local how
	for how in 'format=flowed; delsp=yes' 'format="Flowed"' 'delsp=yes'; do
		{ printf 'From: a@sakura.example\nContent-Type: text/plain; %s\n\n' "$how"; cat text; } >mail
		run -0 vc-parse-poc mail
		run -0 jq -c '[.flag, .claimed.form.primary.address.value]' <<<"$output"
		case $how in
		format=*delsp*) assert_output '[["flowed","delsp"],"4-5-6 MinatoMirai, Yokohama"]' ;;
		format=*) assert_output '[["flowed"],"4-5-6 Minato Mirai, Yokohama"]' ;;
		*) assert_output '[null,"4-5-6 Minato Mirai, Yokohama"]' ;;
		esac
	done
}

@test "one label with two answers is ambiguous; the same answer twice is not" {
	run -0 form <<-'E'
		Team Contact
		Organization Name: Sakura
		Organization Name: Ume
		Telephone Number: 03-1234-5678
		Telephone Number: 03-1234-5678
	E
	run -0 jq -c '.team | .organization, .phone.value' <<<"$output"
	assert_output '{"line_n":2,"raw":"Organization Name: Sakura\nOrganization Name: Ume","problem":"ambiguous"}
"03-1234-5678"'
}

@test "what hides in a name is refused, and shown in raw" {
	printf 'Team Contact\nOrganization Name: Sak\xe2\x80\xaeura\nTelephone Number: 03-1234-5678\xe2\x80\x8b\n' >text
	run -0 form <text
	run -0 jq -c '.team | .organization, .phone' <<<"$output"
	assert_output '{"problem":"hidden","line_n":2,"raw":"Organization Name: Sak[U+202E]ura"}
{"problem":"hidden","line_n":3,"raw":"Telephone Number: 03-1234-5678[U+200B]"}'
}

@test "no answer brings a line end or a control into a header" {
	printf 'Team Contact\nOrganization Name: Sakura\rBcc: all@x.example\nTeam e-mail address: vh@sakura.example\\r\\nBcc: all@x.example\n\nPrimary Contact\nName: Yamada\n Bcc: all@x.example\nTitle: \033[31mchief\n' | to_mail >mail
	run_out vc-parse-poc mail
	assert_equal "$status" 0
	run -0 jq -r '[.. | strings | select(explode | any(. < 32 and . != 10))] | length' out
	assert_output 0
	run -0 jq -c '[.. | .value? | strings | select(test("\n"))]' out
	assert_output '[]'
	run -0 jq -c '.claimed.form | .team.email.problem, .primary.name.value' out
	assert_output '"bad-email"
"Yamada Bcc: all@x.example"'
}

@test "a mail without a form is refused" {
	printf 'Hello,\nwhat is the way to register?\n' | to_mail >mail
	run -65 --separate-stderr vc-parse-poc mail
	assert_equal "$stderr" "vc-parse-poc: mail: no form found in the mail: no line has a label of the form 'poc'"
	run -0 jq -c '[.type, .by, .code, .why, .of.type]' <<<"$output"
	assert_output '["reject","vc-parse-poc",65,"no form found in the mail: no line has a label of the form '"'poc'"'","mail"]'
}

@test "a form that came as another file than a text is asked for in the text" {
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","claimed":{"text":"See the file.\n"},"attachment":[{"name":"poc.doc","media_type":"application/msword"}]}'
	assert_equal "$stderr" "vc-parse-poc: line 1: no form found in the mail: no line has a label of the form 'poc'; of files, a single attached text is read: ask for it in the text"
}

# with_file TEXT [TYPE FILE]...: Content-Type and body of a mail with this text
# and these files.
with_file() {
	printf 'Content-Type: multipart/mixed; boundary="=_f"\n\n'
	[ -z "$1" ] || printf -- '--=_f\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$1"
	shift
	while [ $# -gt 0 ]; do
		printf -- '--=_f\nContent-Type: %s\nContent-Disposition: attachment; filename="%s"\nContent-Transfer-Encoding: base64\n\n' "$1" "$2"
		base64 "$2"
		shift 2
	done
	printf -- '--=_f--\n'
}

from() { printf 'From: vh@sakura.example\nMIME-Version: 1.0\n'; }

@test "a form that came as the only text file is read, when the text has no label" {
	local how
	sed '1,/^$/d' "$mails/plain.eml" >poc.txt
	iconv -f UTF-8 -t CP932 poc.txt >sjis.txt
	echo '%PDF-' >paper.pdf
	{ from && with_file 'See the file.' text/plain poc.txt; } >plain
	{ from && with_file 'See the file.' 'text/plain; charset=Shift_JIS' sjis.txt application/pdf paper.pdf; } >labelled
	{ from && with_file '' text/plain sjis.txt; } >alone
	for how in plain labelled alone; do
		run_out vc-parse-poc -l kept.jsonl $how
		[ "$status:$stderr" = 0: ] || fail "$how: $status $stderr"
		[ "$(fields out)" = "$(cat "$mails/expected.json")" ] || fail "$how: $(fields out)"
		run -0 jq -c '[.claimed.form.attached, .claimed.attached, .claimed.form.team.email.line_n]' out
		assert_output '[true,null,8]'
	done
	run -1 grep -c 'お世話' kept.jsonl
	run_out vc-verify -r "$BATS_FILE_TMPDIR/roster.csv" -k "$BATS_FILE_TMPDIR/keys" -l kept.jsonl alone
	run -0 jq -c '.claimed.attached | contains("さくら")' out
	assert_output true
	run -1 grep -c 'お世話' kept.jsonl
}

@test "a text with one label, two text files, other files: no file is read" {
	sed '1,/^$/d' "$mails/plain.eml" >poc.txt
	cp poc.txt two.txt
	cp poc.txt poc.html
	{ from && with_file 'Name: A' text/plain poc.txt; } >mail
	run_out vc-parse-poc mail
	assert_equal "$status:$stderr" 0:
	run -0 jq -c '.claimed.form | [.primary.name.value, .team.email.problem, .attached]' out
	assert_output '["A","missing",null]'
	local why="vc-parse-poc: mail: no form found in the mail: no line has a label of the form 'poc'; of files, a single attached text is read: ask for it in the text"
	{ from && with_file 'See the files.' text/plain poc.txt text/plain two.txt; } >mail
	run -65 --separate-stderr vc-parse-poc mail
	assert_equal "$stderr" "$why"
	{ from && with_file 'See the file.' text/html poc.html; } >mail
	run -65 --separate-stderr vc-parse-poc mail
	assert_equal "$stderr" "$why"
	echo 'nothing to see' >poc.txt
	{ from && with_file 'See the file.' text/plain poc.txt; } >mail
	run -65 --separate-stderr vc-parse-poc mail
	assert_equal "$stderr" "$why"
	{ from && with_file '' text/html poc.html; } >mail
	run -65 --separate-stderr vc-parse-poc mail
	assert_equal "$stderr" "vc-parse-poc: mail: the mail has no plain text, and HTML is not read: ask for it as plain text"
}

@test "a form stands under signed only when the verdict is signed" {
	local text='Team Contact
Organization Name: Sakura' v
	run -0 vc-parse-poc <<<"$(message "$text" signed)"
	run -0 jq -c '[.id, .verdict, .vendor, .claimed, .signed.form.team.organization.value, .signed.text, .raw_b64]' <<<"$output"
	assert_output '["mail/0123456789abcdef0123456789abcdef/poc","signed","sakura",{"subject":"form"},"Sakura",null,"eA=="]'
	for v in '' unsigned bad partial weak unknown-key; do
		run -0 vc-parse-poc <<<"$(message "$text" "$v")"
		run -0 jq -c '[.claimed.form.team.organization.value, .signed]' <<<"$output"
		assert_output '["Sakura",null]'
	done
}

@test "a signed verdict does not lend itself to the claimed text" {
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","verdict":"signed","claimed":{"text":"Team Contact\nOrganization Name: Sakura"},"raw_b64":"eA=="}'
	assert_equal "$stderr" "vc-parse-poc: line 1: the mail has no plain text, and HTML is not read: ask for it as plain text"
}

@test "a form that a record brings along is thrown away" {
	run -0 vc-parse-poc <<<'{"type":"message","id":"mail/1","verdict":"unsigned","claimed":{"text":"Name: A","form":{"form":"poc"}},"signed":{"form":{"form":"poc","team":{}}}}'
	run -0 jq -c '[.claimed.form.primary.name.value, .signed]' <<<"$output"
	assert_output '["A",null]'
}

@test "an encrypted mail that nobody opened travels on; one that could not be opened does not" {
	printf '%s\n' '-----BEGIN PGP MESSAGE-----' '' 'hF4D' '=AAAA' '-----END PGP MESSAGE-----' | to_mail >mail
	run_out vc-parse-poc mail
	assert_equal "$status:$stderr" 0:
	run -0 jq -c '[.type, .claimed.problem, .claimed.form, .flag]' out
	assert_output '["poc","encrypted",null,["encrypted"]]'
	jq -r .raw_b64 out | base64 -d | cmp - mail
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","verdict":"unsupported","flag":["encrypted"],"claimed":{}}'
	assert_equal "$stderr" "vc-parse-poc: line 1: the text of the mail cannot be read: vc-verify did not decrypt it"
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","flag":["encrypted"],"claimed":{}}'
	assert_equal "$stderr" "vc-parse-poc: line 1: the text of the mail cannot be read: put vc-verify before"
}

@test "a mail that is over a limit or malformed says so" {
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","flag":["toolarge"],"why":"toolarge: more than 200 fields","claimed":{}}'
	assert_equal "$stderr" "vc-parse-poc: line 1: the text of the mail cannot be read: toolarge: more than 200 fields"
	run -65 --separate-stderr vc-parse-poc <<<'{"type":"message","id":"mail/1","verdict":"malformed","claimed":{"text":"Name: A"}}'
	assert_equal "$stderr" "vc-parse-poc: line 1: the text of the mail cannot be read: it is over a limit or malformed"
}

@test "a text of too many lines is refused at once" {
	yes 'Name: A' | head -n 10001 >text
	run -65 --separate-stderr form <text
	assert_equal "$stderr" "probe-form: toolarge: the text has more than 10000 lines"
	head -c 1048577 /dev/zero | tr '\0' a >text
	run -65 --separate-stderr form <text
	assert_equal "$stderr" "probe-form: toolarge: the text has more than 1048576 octets"
	(echo 'Team Contact' && printf 'Organization Name: ' && head -c 40000 /dev/zero | tr '\0' a) >text
	run -0 form <text
	run -0 jq -c '.team.organization | [.problem, .value]' <<<"$output"
	assert_output '["toolarge",null]'
}

@test "records that are not ours go by, octet for octet, in their place" {
	local first='{"type":"case","id":"JVN#1",  "state":"draft"}'
	local last='{"type":"poc","id":"mail/2/poc","claimed":{}}'
	printf '%s\n' "$first" "$(message 'Name: A' unsigned)" "$last" >in
	run_out vc-parse-poc <in
	assert_equal "$status:$stderr" 0:
	assert_equal "$(sed -n 1p out)" "$first"
	assert_equal "$(sed -n 2p out | jq -r .type)" poc
	assert_equal "$(sed -n 3p out)" "$last"
	assert_equal "$(wc -l <out)" 3
}

@test "one bad mail does not stop the others" {
	printf 'Hello\n' | to_mail >bad
	run_out vc-parse-poc bad "$mails/plain.eml"
	assert_equal "$status" 65
	run -0 jq -r .type out
	assert_output 'reject
poc'
}

@test "the ledger keeps the answers, and neither lines nor octets" {
	run_out vc-parse-poc -l kept.jsonl "$mails/signature.eml"
	assert_equal "$status" 0
	run -0 jq -c '.claimed.form.team.email, .claimed.form.unknown, .raw_b64' kept.jsonl
	assert_output '{"value":"vh@sakura.example","line_n":8}
null
null'
}

@test "the form of another centre is a label file: ja, en, wrapped, quoted, repeated" {
	local want f
	mkdir -p mine/label
	cp "$VC_FIXTURE/man/flaw.json" mine/label
	export VC_SHARE=$PWD/mine
	want='{"form":"flaw","reporter":{"name":"山田 花子","email":"hanako@finder.example"},"finding":[{"product":"Rose","found":"2004-07-08","public":"no","version":["1.0","1.1"],"detail":"It wilts.\nTwice."},{"product":"Lily","public":"unknown-public"}],"unknown":[]}'
	cat >en <<-'E'
		* Reporter
		(1) Your name (required): 山田 花子
		(2) Reply to: 山田 <hanako@finder.example>
		Leave out what
		you do not know.

		* Finding 1
		(1) Product: Rose
		(2) Found on: 2004/07/08
		(3) Is it public?
		    No
		(4) Versions:
		    - 1.0
		    - 1.1
		(5) What happens: It wilts.
		Twice.

		* Finding 2
		(1) Product: Lily
		(3) Is it public? perhaps
	E
	cat >ja <<-'E'
		> 【届出者】
		> ・お名前（必須）：山田 花子
		> ・返信先：ｈａｎａｋｏ＠ｆｉｎｄｅｒ．ｅｘａｍｐｌｅ
		> わかる範囲で記入してください。
		>
		> 【見つけたもの】
		> ・製品：Rose
		> ・発見日：2004年7月8日（木）
		> ・公開済みか？：
		> いいえ
		> ・版：1.0、1.1
		> ・内容：It wilts.
		> Twice.
		>
		> 【見つけたもの】
		> ・製品：Lily
		> ・公開済みか：たぶん
	E
	for f in en ja; do
		to_mail <$f >mail
		run_out vc-parse-poc -F flaw mail
		assert_equal "$status:$stderr" 0:
		run -0 jq -c '[.type, .on_file]' out
		assert_output '["poc",null]'
		run -0 jq -c '.claimed.form | walk(if type == "object" and (.line_n or .problem)
			then .value // .problem else . end)' out
		[ "$output" = "$want" ] || fail "$f: $output"
	done
}

@test "a label file with a misspelt key or a field without label is named" {
	mkdir -p mine/label
	export VC_SHARE=$PWD/mine
	local at=mine/label/flaw.json
	jq '.sektion = []' "$VC_FIXTURE/man/flaw.json" >$at
	run -78 --separate-stderr vc-parse-poc -F flaw
	assert_equal "$stderr" "vc-parse-poc: label/flaw.json: 'sektion' is none of: form section note ignore end quote same"
	jq '.section[0].titel = "x"' "$VC_FIXTURE/man/flaw.json" >$at
	run -78 --separate-stderr vc-parse-poc -F flaw
	assert_equal "$stderr" "vc-parse-poc: label/flaw.json: 'titel' is none of: name heading repeat field"
	jq '.section[0].field[0].lable = .section[0].field[0].label' "$VC_FIXTURE/man/flaw.json" >$at
	run -78 --separate-stderr vc-parse-poc -F flaw
	assert_equal "$stderr" "vc-parse-poc: label/flaw.json: 'lable' is none of: name kind need label word"
	jq 'del(.section[0].field[0].label)' "$VC_FIXTURE/man/flaw.json" >$at
	run -78 --separate-stderr vc-parse-poc -F flaw
	assert_equal "$stderr" "vc-parse-poc: label/flaw.json: field 'name' has no label"
	echo '[]' >$at
	run -78 --separate-stderr vc-parse-poc -F flaw
	assert_equal "$stderr" "vc-parse-poc: label/flaw.json: one of form section note ignore end quote same is no object"
}

@test "another label file makes another form; a wrong one is named" {
	cp -R "$VC_SHARE" share
	export VC_SHARE=$PWD/share
	echo '{"form":"tiny","section":[{"name":"x","field":[{"name":"colour","kind":"list","label":{"ja":["色"],"en":["Colour"]}}]}]}' >share/label/tiny.json
	printf '色: 赤、青, 白\n' | to_mail >mail
	run_out vc-parse-poc -F tiny mail
	assert_equal "$status:$stderr" 0:
	run -0 jq -c .claimed.form out
	assert_output '{"form":"tiny","x":{"colour":{"value":["赤","青","白"],"line_n":1,"raw":"色: 赤、青, 白"}},"unknown":[]}'
	run -66 --separate-stderr vc-parse-poc -F none mail
	assert_equal "$stderr" "vc-parse-poc: cannot open '$PWD/share/label/none.json': No such file or directory"
	run -64 --separate-stderr vc-parse-poc -F ../x mail
	assert_equal "$stderr" "vc-parse-poc: '../x' is no name of a form"
	echo '{' >share/label/tiny.json
	run -78 --separate-stderr vc-parse-poc -F tiny mail
	assert_regex "$stderr" "^vc-parse-poc: label/tiny.json: "
	echo '{"form":"tiny","section":[{"name":"x","field":[{"name":"a","kind":"text","label":["A"]},{"name":"b","kind":"text","label":["a"]}]}]}' >share/label/tiny.json
	run -78 --separate-stderr vc-parse-poc -F tiny mail
	assert_equal "$stderr" "vc-parse-poc: label/tiny.json: label 'a' means two fields of one section"
	echo '{"form":"tiny","section":[{"name":"x","field":[{"name":"a","kind":"colour","label":["A"]}]}]}' >share/label/tiny.json
	run -78 --separate-stderr vc-parse-poc -F tiny mail
	assert_equal "$stderr" "vc-parse-poc: label/tiny.json: field 'a' has no known kind"
}

# list NAME_JA NAME_EN...: a vendor list with these rows, v1, v2 ...
list() {
	local n=0
	echo vendor,name_ja,name_en
	while [ $# -gt 0 ]; do
		n=$((n + 1))
		printf 'v%d,"%s","%s"\n' "$n" "$1" "$2"
		shift 2
	done
}

# org NAME [LINE]: a mail with the form of an organization.
org() { printf 'Team Contact\nOrganization Name: %s\n%s\n' "$@" '' | to_mail; }

# hash FILE: the hash in the id of a mail.
hash() { sha256sum <"$1" | cut -c1-32; }

@test "an organization of the vendor list is on file, however it writes itself" {
	local a
	list '株式会社さくらネット' 'Sakura Net Co., Ltd.' 'さくら' '' '' 'SAKURA NET K.K.' >list.csv
	for a in 'さくらネット株式会社' '(株)さくらネット' 'さくらﾈｯﾄ㈱' '株式会社　さくら ネット'; do
		org "$a" >mail
		run -0 vc-parse-poc -r list.csv mail
		run -0 jq -c .on_file <<<"$output"
		[ "$output" = '["vendor/v1"]' ] || fail "$a: $output"
	done
	org 'Sakura Net Inc.' >mail
	run -0 vc-parse-poc -r list.csv mail
	run -0 jq -c .on_file <<<"$output"
	assert_output '["vendor/v1","vendor/v3"]'
	for a in さくらシステムズ 'Sakura Net Group' 同上 ''; do
		org "$a" >mail
		run -0 vc-parse-poc -r list.csv mail
		run -0 jq -c 'has("on_file")' <<<"$output"
		[ "$output" = false ] || fail "$a: $output"
	done
}

@test "an earlier form of the organization is on file, in the ledger and in the run" {
	org さくらネット株式会社 >one
	org '㈱さくらネット' >two
	org 梅ネット株式会社 >other
	run -0 vc-parse-poc -l kept.jsonl one other
	run -0 jq -c 'has("on_file")' <<<"$output"
	assert_output $'false\nfalse'
	run -0 vc-parse-poc -l kept.jsonl two
	run -0 jq -c .on_file <<<"$output"
	assert_output "[\"mail/$(hash one)/poc\"]"
	run -0 jq -c .on_file <(tail -n 1 kept.jsonl)
	assert_output "[\"mail/$(hash one)/poc\"]"
	org 'さくらネット（株）' >three
	run -0 vc-parse-poc two other three
	run -0 jq -c '[.id, .on_file]' <<<"$output"
	assert_output "[\"mail/$(hash two)/poc\",null]
[\"mail/$(hash other)/poc\",null]
[\"mail/$(hash three)/poc\",[\"mail/$(hash two)/poc\"]]"
	list 'さくらネット' '' >list.csv
	VC_ROSTER=list.csv run -0 vc-parse-poc -l kept.jsonl three
	run -0 jq -c .on_file <<<"$output"
	assert_output "[\"vendor/v1\",\"mail/$(hash one)/poc\",\"mail/$(hash two)/poc\"]"
}

@test "a form is on file neither by itself nor by what came after it" {
	org さくらネット株式会社 >one
	org '㈱さくらネット' >two
	run_out vc-parse-poc -l kept.jsonl one two
	mv out first
	run_out vc-parse-poc -l kept.jsonl two one
	assert_equal "$status:$stderr" 0:
	sort first >a
	sort out >b
	cmp a b
	run -0 jq -c 'has("on_file")' first
	assert_output $'false\ntrue'
}

@test "what a record says it is on file by is not believed" {
	jq -cn '{type: "message", id: "mail/0123456789abcdef0123456789abcdef", on_file: ["vendor/x"],
		claimed: {text: "Team Contact\nOrganization Name: Sakura\n"}}' >in
	run -0 vc-parse-poc <in
	run -0 jq -c 'has("on_file")' <<<"$output"
	assert_output false
}

@test "being on file grants nothing: verdict and place of the form are the same" {
	list Sakura '' >list.csv
	org Sakura >mail
	run -0 vc-parse-poc mail
	echo "$output" >without
	run -0 vc-parse-poc -r list.csv mail
	run -0 jq -c 'del(.on_file)' <<<"$output"
	assert_output "$(cat without)"
}

@test "a ledger with a damaged form is told, and nothing is said to be on file" {
	org Sakura >mail
	printf '%s\n' '{"type":"poc","id":"mail/1/poc","claimed":{' >kept.jsonl
	run -65 --separate-stderr vc-parse-poc -l kept.jsonl mail
	assert_regex "$stderr" "^vc-parse-poc: .*line 1"
	run -0 jq -r .type <<<"$output"
	assert_output reject
}

@test "a vendor list that is missing is 66, one that is wrong 78" {
	org Sakura >mail
	run -66 --separate-stderr vc-parse-poc -r none.csv mail
	assert_equal "$stderr" "vc-parse-poc: cannot open 'none.csv': No such file or directory"
	echo nonsense >list.csv
	run -78 --separate-stderr vc-parse-poc -r list.csv mail
	assert_regex "$stderr" "^vc-parse-poc: list.csv:1: "
}

@test "a full device is told to the caller" {
	# shellcheck disable=SC2016
	run -74 bash -c 'vc-parse-poc "$1" >/dev/full' - "$mails/plain.eml"
}

@test "vc-verify may stand before or behind: one record, octet for octet" {
	local how
	VC_HOME=$(key_home centre)
	VC_KEYS=$BATS_FILE_TMPDIR/keys
	VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	export VC_HOME VC_KEYS VC_ROSTER
	sed '1,/^$/d' "$mails/plain.eml" | sed 's/さくらネット/hitachi/' >text
	sed 's/さくらネット/hitachi/' "$mails/expected.json" >expected
	for how in mail_plain mail_clear sign_mime; do
		"$how" hitachi <text >mail
		run_out bash -c 'vc-verify <mail | vc-parse-poc'
		mv out before
		run_out bash -c 'vc-parse-poc <mail | vc-verify'
		[ -z "$stderr" ] || fail "$how: $stderr"
		cmp before out || fail "$how: $(diff before out)"
		assert_equal "$(fields out)" "$(cat expected)"
		run -0 jq -c .on_file out
		assert_output '["vendor/hitachi"]'
		run -0 jq -r '.type + " " + .verdict' out
		if [ "$how" = mail_plain ]; then
			assert_output 'poc unsigned'
		else
			assert_output 'poc signed'
		fi
	done
}

@test "a form that came encrypted is found on file only behind vc-verify" {
	VC_HOME=$(key_home centre)
	VC_KEYS=$BATS_FILE_TMPDIR/keys
	VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	export VC_HOME VC_KEYS VC_ROSTER
	sed '1,/^$/d' "$mails/plain.eml" | sed 's/さくらネット/hitachi/' >text
	encrypt_mime hitachi <text >mail
	run_out bash -c 'vc-verify <mail | vc-parse-poc'
	run -0 jq -c '[.verdict, .on_file]' out
	assert_output '["signed",["vendor/hitachi"]]'
	jq -c 'del(.on_file)' out >before
	run_out bash -c 'vc-parse-poc <mail | vc-verify'
	assert_equal "$stderr" ''
	run -0 jq -c . out
	assert_output "$(cat before)"
}

@test "an attached form is signed when what is signed holds it, in either order" {
	local how from
	VC_HOME=$(key_home centre)
	VC_KEYS=$BATS_FILE_TMPDIR/keys
	VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	export VC_HOME VC_KEYS VC_ROSTER
	from=$(key_address hitachi)
	sed '1,/^$/d' "$mails/plain.eml" >poc.txt
	with_file 'See the file.' text/plain poc.txt >entity
	{ mail_head "$from" && sign_entity hitachi <entity; } >mime
	{ mail_head "$from" && crlf <entity | encrypt_entity centre hitachi; } >sealed
	for how in mime sealed; do
		run_out bash -c 'vc-verify <"$1" | vc-parse-poc' - $how
		mv out before
		run_out bash -c 'vc-parse-poc <"$1" | vc-verify' - $how
		[ -z "$stderr" ] || fail "$how: $stderr"
		cmp before out || fail "$how: $(diff before out)"
		[ "$(fields out)" = "$(cat "$mails/expected.json")" ] || fail "$how: $(fields out)"
		run -0 jq -c '[.verdict, .signed.form.attached, .signed.attached, .claimed.attached, .claimed.form]' out
		assert_output '["signed",true,null,null,null]'
	done
	# Beside the signed text, a file is none of its form.
	{ mail_head "$from" && sign_mime hitachi <poc.txt | sed '1,/^MIME-Version/d' >inner &&
		many_parts inner poc.txt; } >mail
	run_out bash -c 'vc-verify <mail | vc-parse-poc'
	run -0 jq -c '[.verdict, .signed]' out
	assert_output '["partial",null]'
}

# many_parts ENTITY FILE: an entity and a text file in one multipart.
many_parts() {
	printf 'Content-Type: multipart/mixed; boundary="=_p"\n\n--=_p\n'
	cat "$1"
	printf -- '\n--=_p\nContent-Type: text/plain; name="x.txt"\nContent-Disposition: attachment\n\n'
	cat "$2"
	printf -- '\n--=_p--\n'
}
