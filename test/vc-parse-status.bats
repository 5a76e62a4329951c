load helper
load keys

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi fujitsu
	roster_csv hitachi fujitsu >"$BATS_FILE_TMPDIR/roster.csv"
}

teardown_file() { stop_homes; }

prepare() {
	mails=$VC_FIXTURE/vc-parse-status
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
}

# said FILE: what the form in it says, without the lines it says it in.
said() {
	jq -c '(.signed // .claimed).form | del(.form, .unknown) |
		walk(if type == "object" and (.value or .problem)
			then .value // .problem else . end)' "$1"
}

to_mail() {
	printf '%s\n' 'From: Hitachi <vh@hitachi.example>' 'To: office@centre.example' \
		'Subject: answer' 'MIME-Version: 1.0' \
		'Content-Type: text/plain; charset=utf-8' \
		'Content-Transfer-Encoding: 8bit' ''
	cat
}

form() { "$VC_PROBE/probe-form" status; }

# answer VENDOR [LINE...]: the text of an answer, with more lines.
answer() {
	printf 'Case ID: JVNVU#800113\nVendor ID: %s\n' "$1"
	shift
	printf '%s\n' "$@"
}

# signed: a text on stdin as a message that hitachi signed.
signed() {
	jq -cRs '{type: "message", id: "mail/0123456789abcdef0123456789abcdef",
		verdict: "signed", vendor: "hitachi", claimed: {},
		signed: {text: .}, raw_b64: "eA=="}'
}

@test "spellings of one answer give the same fields" {
	local f n=0
	for f in "$mails"/*.eml; do
		run_out vc-parse-status <"$f"
		[ "$status:$stderr" = 0: ] || fail "${f##*/}: exit $status: $stderr"
		[ "$(said out)" = "$(cat "$mails/expected.json")" ] ||
			fail "${f##*/}: $(said out)"
		n=$((n + 1))
	done
	[ "$n" = 5 ]
}

@test "a claimed answer does not name its case at the top" {
	run_out vc-parse-status <"$mails/plain.eml"
	run -0 jq -c '[.type, .case, .vendor, .verdict, .signed, .claimed.form.case.value]' out
	assert_output '["status",null,null,null,null,"JVNVU#800113"]'
	run -0 jq -r .id out
	assert_output "mail/$(sha256sum <"$mails/plain.eml" | cut -c1-32)/status"
}

@test "a signed answer names its case after its type and id" {
	answer hitachi 'Product Name: JP1' 'Status: Vulnerable' | signed >in
	run_out vc-parse-status <in
	assert_equal "$status:$stderr" 0:
	run -0 jq -c 'keys_unsorted, .case, .id' out
	assert_output '["type","id","case","verdict","vendor","claimed","signed","raw_b64"]
"JVNVU#800113"
"mail/0123456789abcdef0123456789abcdef/status"'
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"JP1","status":"vulnerable"}]}'
}

@test "a vendor speaks for itself alone" {
	answer fujitsu 'Product Name: Si-R' 'Status: Not Vulnerable' | signed >in
	run -77 --separate-stderr vc-parse-status <in
	assert_equal "$stderr" "vc-parse-status: line 1: the form speaks for 'fujitsu', the signature is of 'hitachi'"
	run -0 jq -c '[.type, .code, .of.type, .of.raw_b64]' <<<"$output"
	assert_output '["reject",77,"message",null]'
	jq -c 'del(.vendor)' in >none
	run -77 --separate-stderr vc-parse-status <none
	assert_equal "$stderr" "vc-parse-status: line 1: the form speaks for 'fujitsu', the signature is of ''"
}

@test "an answer names its case and its vendor, once" {
	answer hitachi | sed 1d | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: field 'case' of the form: missing"
	answer hitachi | sed 2d | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: field 'vendor' of the form: missing"
	answer '株式会社日立製作所' | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: field 'vendor' of the form: bad-vendor"
	answer hitachi '' 'Case ID: JVN#12345678' | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: field 'case' of the form: ambiguous"
	printf 'Hello\n' | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: no form found in the mail: no line has a label of the form 'status'"
}

@test "full-width case numbers are the same case" {
	answer hitachi | sed 's/: JVN.*/：ＪＶＮＶＵ＃８００１１３/' | to_mail >mail
	run_out vc-parse-status mail
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[]}'
}

@test "each status word of the label file gives its token, in any width and case" {
	local token word part n=0
	jq -r '.section[].field[] | select(.name == "status") | .word | to_entries[] |
		.key as $k | ($k, .value[][]) | [$k, .] | @tsv' \
		"$VC_SHARE/label/status.json" >words
	[ "$(cut -f1 words | sort -u | wc -l)" = 5 ]
	while IFS=$'\t' read -r token word; do
		for word in "$word" "${word^^}" "$(tr '()' '[]' <<<"$word")" "　$word"; do
			n=$((n + 1))
			printf 'Product Name: %s %s\nStatus: %s\n' $n "$token" "$word"
		done
	done <words | split -l 400 - in.
	for part in in.*; do
		form <"$part" | jq -r '.product[] | .name.value, (.status | .value // .raw)' |
			paste -d ' ' - - >got
		# The last word of each is the token, said and understood.
		run -0 awk '$2 != $3' got
		assert_output ""
		assert_equal "$(wc -l <got)" "$(grep -c ^Status "$part")"
	done
}

@test "a status in two languages that agree is one; what disagrees or is new is none" {
	local s
	run -0 form <<<'製品名: X
ステータス: 影響あり (Vulnerable)'
	run -0 jq -r '.product[0].status.value' <<<"$output"
	assert_output vulnerable
	for s in '影響あり (Not Vulnerable)' '影響あり / 影響なし / 不明' 'vulnerable?no' \
		'影響はない模様' 'vulnerabl' '影響あり。ただし旧版のみ' '影響' '影響なしではない' \
		'該当製品なし以外' '対象外' 'not' 'not known vulnerable' 'Vulnerable? No'; do
		run -0 form <<<"製品名: X
ステータス: $s"
		run -0 jq -c '.product[0].status | [.problem, .value]' <<<"$output"
		assert_output '["unknown-status",null]'
	done
}

@test "a box that is empty, a cross and a question mark are no status" {
	local s
	for s in '□影響あり' '☐ 影響あり' '[ ] 影響あり' '（　）影響あり' '×影響あり' \
		'影響あり？' '影響あり (?)' '影響あり→影響なし' '~~影響あり~~' '!vulnerable' \
		$'□影響あり\n■影響なし' '□影響あり ■影響なし' $'影響あり\n（一部の製品のみ）'; do
		run -0 form <<<"製品名: X
ステータス: $s"
		run -0 jq -c '.product[0].status | [.problem, .value]' <<<"$output"
		[ "$output" = '["unknown-status",null]' ] || fail "$s: $output"
	done
	for s in '■影響あり' '☑ 影響あり' '○ 影響あり' '・影響あり' '→ 影響あり。' \
		'「影響あり」' '**影響あり**' $'影響あり\nVulnerable' '影響あり／Vulnerable' \
		$'影響あり\n以上、よろしくお願いいたします。'; do
		run -0 form <<<"製品名: X
ステータス: $s"
		run -0 jq -r '.product[0].status | .value // .problem' <<<"$output"
		[ "$output" = vulnerable ] || fail "$s: $output"
	done
}

@test "what denies is never vulnerable, and what affirms is never the other" {
	local token word said
	while read -r token word; do
		run -0 form <<<"製品名: X
ステータス: $word"
		said=$(jq -r '.product[0].status | .value // .problem' <<<"$output")
		[ "$said" = "$token" ] || fail "$word: $said"
	done <<-'E'
		vulnerable 影響を受けます
		vulnerable 該当製品あり
		vulnerable 影響有り。
		vulnerable Known Affected
		notvulnerable 影響を受けません
		notvulnerable 影響はありません。
		notvulnerable 該当製品無し
		notvulnerable 該当なし
		notvulnerable 該当する製品はありません
		notvulnerable Not affected
		unknown 調査中です
		vulnerable_investigating 影響あり・調査中
		vulnerable_investigating 影響あり（調査中）
		vulnerable_investigating Affected, under investigation
		notvulnerable_investigating 影響なし、調査継続中
		notvulnerable_investigating 該当製品なし（調査中）
	E
	# A word of one token must not be another's with a sign or a blank less.
	jq -r '.section[].field[] | select(.name == "status") | .word | to_entries[] |
		.key as $k | .value[][] | [$k, .] | @tsv' "$VC_SHARE/label/status.json" |
		while IFS=$'\t' read -r token word; do
			case $token:$word in
			vulnerable*:*ない* | vulnerable*:*ません* | vulnerable*:*なし* | vulnerable*:*無* | \
				vulnerable*:[Nn]ot* | vulnerable*:*' not '* | vulnerable*:[Uu]n[!d]* | vulnerable*:非*)
				echo "$token: $word"
				;;
			esac
		done >wrong
	run -0 cat wrong
	assert_output ''
}

@test "a date is read when it can be no other day, and else a problem" {
	local said day
	while IFS='|' read -r said day; do
		run -0 form <<<"公表希望日 (Preferred Date of Publication): $said"
		run -0 jq -r '.wish_day | .value // .problem' <<<"$output"
		[ "$output" = "$day" ] || fail "$said: $output"
	done <<-'E'
		2026-11-30|2026-11-30
		2026/11/30|2026-11-30
		2026.11.30|2026-11-30
		2026年11月30日|2026-11-30
		２０２６年１１月３０日（月）|2026-11-30
		2026 年 1 月 5 日|2026-01-05
		令和8年11月30日|2026-11-30
		令和元年12月1日(日曜日)|2019-12-01
		30 November 2026|2026-11-30
		Nov. 30, 2026|2026-11-30
		Monday, November 30th, 2026|2026-11-30
		2028-02-29|2028-02-29
		2026-11-30（火）|bad-date
		11月30日|bad-date
		11/30|bad-date
		11/30/2026|bad-date
		30.11.2026|bad-date
		26-11-30|bad-date
		2026-02-29|bad-date
		2026-13-01|bad-date
		2026-11-31|bad-date
		2026-11/30|bad-date
		2026-11|bad-date
		20261130|bad-date
		2026年11月30日以降|bad-date
		2026-11-30 or 2026-12-07|bad-date
		2026-11-30T00:00:00Z|bad-date
		2026年11月末|bad-date
		未定|bad-date
		May 2026|bad-date
		同上|ambiguous
	E
}

@test "a product that has two statuses is in doubt, unless its versions differ" {
	answer hitachi 'Product Name: JP1' 'Status: Vulnerable' \
		'Product Name: ＪＰ１' 'Status: Not Vulnerable' | to_mail >mail
	run_out vc-parse-status mail
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"JP1","status":"ambiguous"},{"name":"ＪＰ１","status":"ambiguous"}]}'
	answer hitachi 'Product Name: JP1' 'Status: Vulnerable' 'Affected Versions: 7' \
		'Product Name: JP1' 'Status: Not Vulnerable' 'Affected Versions: 8' | to_mail >mail
	run_out vc-parse-status mail
	run -0 jq -c '[.claimed.form.product[].status.value]' out
	assert_output '["vulnerable","notvulnerable"]'
}

@test "what the notice asks about, quoted and unanswered, is no second product" {
	{
		answer hitachi 'Product Name: JP1' 'Status: Vulnerable'
		printf '\n'
		answer hitachi 'Product' 'Product Name: JP1' 'Status:' 'Fix:' | sed 's/^/> /'
	} | to_mail >mail
	run_out vc-parse-status mail
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"JP1","status":"vulnerable"}]}'
}

@test "a product without a name or a status says so" {
	answer hitachi 'Status: Vulnerable' '' 'Product 2' 'Product Name: JP1' | to_mail >mail
	run_out vc-parse-status mail
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"missing","status":"vulnerable"},{"name":"JP1","status":"missing"}]}'
}

@test "only http and https without tricks is an address of an advisory" {
	local u
	run -0 form <<<'Product Name: X
Advisory URL: ｈｔｔｐｓ：//www.hitachi.example/a?b=1'
	run -0 jq -r '.product[0].url.value' <<<"$output"
	assert_output 'https://www.hitachi.example/a?b=1'
	for u in 'javascript:alert(1)' 'ftp://x.example/' 'https://' 'http://x.example/ y' \
		'http://x.example/"><script>' 'https://例え.example/' www.hitachi.example; do
		run -0 form <<<"Product Name: X
Advisory URL: $u"
		run -0 jq -c '.product[0].url | [.problem, .value]' <<<"$output"
		assert_output '["bad-url",null]'
	done
}

@test "what hides in a statement is shown" {
	printf 'Vendor Statement: a\xe2\x80\xaeb\xe2\x80\x8b\nsecond\tline\n' >text
	run -0 form <text
	run -0 jq -c .statement.value <<<"$output"
	assert_output '"a[U+202E]b[U+200B]\nsecond line"'
}

@test "the blank forms have no line that is not known" {
	local lang
	for lang in ja en; do
		sed 's/{{id}}/JVNVU#800113/; s/{{vendor_id}}/hitachi/' \
			"$VC_SHARE/form/status.$lang.txt" >text
		run_out form <text
		assert_equal "$status:$stderr" 0:
		run -0 jq -c '[.case.value, .vendor.value, .product, .unknown]' out
		assert_output '["JVNVU#800113","hitachi",[],[]]'
	done
}

@test "two hundred products are read, more are refused" {
	local i
	for ((i = 1; i <= 201; i++)); do
		printf 'Product Name: P%d\nStatus: Unknown\n' "$i"
	done >text
	head -n 400 text >less
	run_out form <less
	run -0 jq '.product | length' out
	assert_output 200
	run -65 --separate-stderr form <text
	assert_equal "$stderr" "probe-form: toolarge: the form has more than 200 blocks of 'product'"
}

# notice LANG: the letter about a case as vc-route makes it, in the files
# `letter` and `sheet`. Its text looks like an answer here and there.
notice() {
	roster_csv hitachi | sed "s/,en,/,$1,/" >list.csv
	jq -cn '{type: "case", id: "JVNVU#800113", tlp: "AMBER", state: "embargoed",
		vendor: ["hitachi"], title: {en: "A flaw"}, overview: {en: "See below."},
		solution: {en: "Product Name: BIND\nStatus: Vulnerable\nWorkaround: stop it\n\n回避策: 止める\nFix: 8.9\nAdvisory URL: https://x.example/"}}' |
		vc-route -r list.csv | jq -c 'select(.type == "notice")' >notice
	jq -r .text notice >letter
	jq -r '.attachment[0].text' notice >sheet
}

# fill: the sheet on stdin, answered; expected: what it says then.
fill() {
	sed '/Product Name.*:$/s/$/ JP1/; /Status.*:$/s/$/ 影響あり/
		/Affected Versions.*:$/s/$/ 8.1/; /Fixed Versions.*:$/s/$/ 8.2/
		/Workaround.*:$/s/$/ limit it/; /Fix.*:$/{/Fixed/!s/$/ update/}
		/URL.*:$/s/$/ https:\/\/www.hitachi.example\/1/
		/Vendor Statement.*:$/s/$/ We are sorry./
		/Date of Publication.*:$/s/$/ 2026年11月30日/; /Wishes.*:$/s/$/ none/'
}
expected='{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"JP1","status":"vulnerable","affected":"8.1","fixed":"8.2","workaround":"limit it","fix":"update","url":"https://www.hitachi.example/1"}],"statement":"We are sorry.","wish_day":"2026-11-30","wish":"none"}'

quote() { sed "s/^/$1/"; }
signature() { printf '%s\n' '' '-- ' 'Taro Yamada, Hitachi' 'Telephone Number: 03-0000-0000' 'Status: busy'; }

# answers the sheet LINE by line: each answer is below its quoted label.
between() { fill | sed 's/^\([^:]*[0-9]\. [^:]*:\) \(.*\)$/> \1\n\2/; t; s/^/> /'; }

@test "a reply that quotes the notice says what its author says, and no more" {
	local lang how
	for lang in ja en; do
		notice $lang
		{ fill <sheet; echo; quote '> ' <letter; quote '> ' <sheet; } >top
		{ quote '> ' <letter; echo; fill <sheet; signature; } >bottom
		{ echo 'Dear all,'; quote '> ' <letter; quote '> ' <sheet | fill; } >inside
		{ echo 'Dear all,'; quote '> ' <letter; between <sheet; signature; } >between
		{ fill <sheet; signature; echo; echo '-----Original Message-----'; cat letter sheet; } >outlook
		{ fill <sheet; printf '\n________________________________\n差出人: <vh@centre.example>\n送信日時: 2008\n件名: x\n\n'; cat letter sheet; } >modern
		{ quote '＞' <letter; quote '＞' <sheet | fill; } >wide
		{ fill <sheet; printf '\n  2008年7月8日 センター <vh@centre.example>:\n'; quote '> > ' <letter; quote '> ' <sheet; } >twice
		{ fill <sheet; echo 'よろしくお願いいたします。'; quote '| ' <letter; } >bar
		for how in top bottom inside between outlook modern wide twice bar; do
			to_mail <$how >mail
			run_out vc-parse-status mail
			[ "$status:$stderr" = 0: ] || fail "$lang $how: $status $stderr"
			[ "$(said out)" = "$expected" ] || fail "$lang $how: $(said out)"
		done
	done
}

@test "a reply without an answer takes none from the notice it quotes" {
	notice ja
	{ echo '調査します。'; quote '> ' <letter; quote '> ' <sheet; } | to_mail >mail
	run_out vc-parse-status mail
	assert_equal "$status:$stderr" 0:
	run -0 said out
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[]}'
	{ echo '影響はありません。'; quote '> ' <letter; } | to_mail >mail
	run -65 --separate-stderr vc-parse-status mail
	assert_equal "$stderr" "vc-parse-status: mail: field 'vendor' of the form: missing"
}

@test "a quoted answer that another quotes and corrects is in doubt" {
	notice en
	quote '> ' <sheet | fill | sed '/Affected/s/$/\nno, 8.0 too/' | to_mail >mail
	run_out vc-parse-status mail
	run -0 jq -c '.claimed.form.product[0].affected | del(.line_n)' out
	assert_output '{"problem":"ambiguous","raw":"> 3. Affected Versions: 8.1\nno, 8.0 too"}'
}

@test "two products that a reply adds to the sheet are two" {
	notice en
	{
		sed '/^\*\*\* Statement/,$d' sheet | fill
		sed -n '/^\*\*\* Product/,/^$/p' sheet | fill | sed 's/JP1/Cosminexus/; s/影響あり/Not affected/'
		sed -n '/^\*\*\* Statement/,$p' sheet
	} | to_mail >mail
	run_out vc-parse-status mail
	run -0 jq -c '[.claimed.form.product[] | [.name.value, .status.value]]' out
	assert_output '[["JP1","vulnerable"],["Cosminexus","notvulnerable"]]'
}

@test "an encrypted answer travels on until vc-verify opens it" {
	printf '%s\n' '-----BEGIN PGP MESSAGE-----' '' 'hF4D' '=AAAA' '-----END PGP MESSAGE-----' | to_mail >mail
	run_out vc-parse-status mail
	assert_equal "$status:$stderr" 0:
	run -0 jq -c '[.type, .claimed.problem, .claimed.form]' out
	assert_output '["status","encrypted",null]'
	jq -r .raw_b64 out | base64 -d | cmp - mail
}

@test "the ledger keeps case, vendor and status, and none of the words" {
	run_out vc-parse-status -l kept.jsonl "$mails/plain.eml"
	assert_equal "$status" 0
	run -0 jq -c '.claimed.form | del(.form) | walk(if type == "object" then .value // . else . end)' kept.jsonl
	assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"status":"vulnerable"},{"status":"notvulnerable_investigating"}]}'
	run -1 grep -cE '個別|JP1|Cosminexus|8\.1|お知らせ|security/1' kept.jsonl
}

@test "records that are not ours go by, octet for octet" {
	local other='{"type":"poc","id":"mail/2/poc",  "claimed":{}}'
	run -0 vc-parse-status <<<"$other"
	assert_output "$other"
}

@test "a poc parser behind leaves a status alone, and the other way round" {
	run_out vc-parse-status "$mails/plain.eml"
	mv out one
	run_out vc-parse-poc <one
	assert_equal "$status:$stderr" 0:
	cmp one out
}

@test "a full device is told to the caller" {
	# shellcheck disable=SC2016
	run -74 bash -c 'vc-parse-status "$1" >/dev/full' - "$mails/plain.eml"
}

@test "vc-verify may stand before or behind: one signed record, octet for octet" {
	local how
	VC_HOME=$(key_home centre)
	export VC_HOME
	answer hitachi 'Product Name: JP1' 'Status: 影響あり' 'Wishes: none' >text
	for how in mail_clear sign_mime encrypt_mime; do
		"$how" hitachi <text >mail
		run_out bash -o pipefail -c 'vc-verify <mail | vc-parse-status'
		[ "$status:$stderr" = 0: ] || fail "$how: $status $stderr"
		mv out before
		run_out bash -o pipefail -c 'vc-parse-status <mail | vc-verify'
		[ "$status:$stderr" = 0: ] || fail "$how: $status $stderr"
		cmp before out || fail "$how: $(diff before out)"
		run -0 said out
		assert_output '{"case":"JVNVU#800113","vendor":"hitachi","product":[{"name":"JP1","status":"vulnerable"}],"wish":"none"}'
		run -0 jq -c '[.type, .case, .verdict, .vendor, .claimed.form]' out
		assert_output '["status","JVNVU#800113","signed","hitachi",null]'
	done
}

@test "an answer signed by another vendor is refused in either order" {
	VC_HOME=$(key_home centre)
	export VC_HOME
	answer fujitsu 'Product Name: JP1' 'Status: 影響あり' | mail_clear hitachi >mail
	run -77 --separate-stderr bash -o pipefail -c 'vc-verify <mail | vc-parse-status'
	assert_equal "$stderr" "vc-parse-status: line 1: the form speaks for 'fujitsu', the signature is of 'hitachi'"
	run -77 --separate-stderr bash -o pipefail -c 'vc-parse-status <mail | vc-verify'
	assert_equal "$stderr" "vc-verify: line 1: the form speaks for 'fujitsu', the signature is of 'hitachi'"
}

@test "a form around the signed text does not count as signed" {
	VC_HOME=$(key_home centre)
	export VC_HOME
	answer hitachi 'Product Name: JP1' 'Status: 影響なし' | mail_clear hitachi >mail
	answer hitachi 'Product Name: JP1' 'Status: 影響あり' >>mail
	run_out bash -c 'vc-verify <mail | vc-parse-status'
	run -0 jq -c '[.verdict, .case, .signed, .claimed.form.product[0].status.problem]' out
	assert_output '["partial",null,null,"ambiguous"]'
}
