load helper

prepare() {
	jq -cn --slurpfile c "$VC_FIXTURE/vc-jvn-render/case.json" '
		{case:($c[0] | .tlp = "AMBER" | .state = "embargoed"),
		vendor:{type:"vendor",id:"vendor/hitachi",vendor:"hitachi",role:"vendor",
			name:{ja:"株式会社日立製作所",en:"Hitachi, Ltd."},
			contact:{name:"例示 花子"},language:"ja"},
		notice:{type:"notice",id:"JVNVU#90000001/hitachi/2"}}' >in.json
}

# letter [CHANGE]: the notice for in.json, changed, in `notice`.
letter() {
	status=0
	jq -c "${1:-.}" in.json | "$VC_PROBE/probe-letter" ${2:+"$2"} \
		>notice 2>err || status=$?
	stderr=$(cat err)
}

text() {
	jq -r .text notice
}

@test "a letter begins with its TLP label and what it means" {
	local tlp
	for tlp in RED AMBER+STRICT AMBER GREEN CLEAR; do
		letter ".case.tlp = \"$tlp\""
		assert_equal "$stderr" ""
		assert_equal "$(text | sed -n 1p)" "TLP:$tlp"
		text | sed -n 2p | grep -q '^（.*）$' || fail "$tlp: $(text)"
		letter ".case.tlp = \"$tlp\" | .notice.language = \"en\""
		assert_equal "$(text | sed -n 1p)" "TLP:$tlp"
		text | sed -n 2p | grep -q '^(.*)$' || fail "$tlp: $(text)"
	done
	letter '.case.tlp = "WHITE"'
	assert_equal "$(text | sed -n 1p)" "TLP:CLEAR"
	letter 'del(.case.tlp)'
	assert_equal "$(text | sed -n 1p)" "TLP:RED"
	letter '.case.tlp = "unheard"'
	assert_equal "$(text | sed -n 1p)" "TLP:RED"
}

@test "a Japanese letter says all that a vendor needs" {
	letter
	assert_equal "$status" 0
	assert_equal "$(jq -r .subject notice)" "[JVNVU#90000001] 脆弱性関連情報のご連絡：サンプル通信ライブラリにおける入力確認不備の脆弱性"
	local line
	for line in '株式会社日立製作所' '例示 花子 様' \
		'日本時間: 2024/01/10 12:00:00' 'UTC     : 2024-01-10T03:00:00Z' \
		'・サンプル通信ライブラリ 1.2.3 より前のバージョン' \
		'サンプル通信ライブラリには、入力確認不備の脆弱性が存在します。' \
		'影響の有無は製品ごとに異なります。' \
		'遠隔の第三者によってサービスを停止される可能性があります。' \
		'CVE-2024-0002' '■ 情報の取り扱いについて'; do
		text | grep -qxF "$line" || fail "$line"
	done
}

@test "an English letter does so, too" {
	letter '.vendor.language = "en"'
	assert_equal "$(jq -r .subject notice)" "[JVNVU#90000001] Vulnerability notice: Sample library fails to check its input"
	local line
	for line in 'To Hitachi, Ltd.' 'Attention: 例示 花子' \
		'  UTC:        2024-01-10T03:00:00Z' \
		'  Japan time: 2024/01/10 12:00:00' \
		'The sample library fails to check its input.' \
		'A remote attacker may stop the service.' \
		'Please keep this to yourselves'; do
		text | grep -qxF "$line" || fail "$line"
	done
}

@test "the notice decides the language, then the vendor, then Japanese" {
	letter '.notice.language = "en" | .vendor.language = "ja"'
	text | grep -qxF 'To Hitachi, Ltd.'
	letter 'del(.vendor.language)'
	text | grep -qxF '株式会社日立製作所'
	letter '.vendor.language = "fr"'
	text | grep -qxF '株式会社日立製作所'
}

@test "what the case has in the other language only is taken from there" {
	letter '.case.overview = {"en":"Only English."} | del(.case.impact)'
	text | grep -qxF 'Only English.'
	text | grep -A1 -xF '■ 想定される影響' | grep -qxF '（記載なし）'
}

@test "without a time of publication the letter says so" {
	letter 'del(.case.publish_at)'
	text | grep -qF '未定です。'
	letter '.case.publish_at = "soon" | .notice.language = "en"'
	text | grep -qF 'Not decided yet.'
}

@test "the first letter speaks of no revision, a public one of no secret" {
	letter 'del(.case.revision_n) | .case.tlp = "CLEAR"'
	run ! grep -F '版' <(jq -r .subject notice)
	run ! grep -F '情報の取り扱いについて' notice
	run ! grep -F '先にご連絡' notice
}

@test "the answer form goes with it, case and vendor filled in" {
	letter
	assert_equal "$(jq -c '[.attachment[]|{name,media_type}]' notice)" \
		'[{"name":"status.txt","media_type":"text/plain"},{"name":"case.json","media_type":"application/json"}]'
	jq -r '.attachment[0].text' notice >form
	grep -qE '^2\. .*: hitachi$' form
	grep -qE '^1\. .*: JVNVU#90000001$' form
	run ! grep -F '{{' form
	letter '.notice.language = "en"'
	jq -r '.attachment[0].text' notice >english
	run ! cmp -s form english
	grep -qF 'JVNVU#90000001' english
	grep -qF 'hitachi' english
}

@test "hostile words stay in one line of the subject, and show" {
	letter '.case.title = {"ja":"a\nBcc: x@y.example\u202eb\u0007\tc"}'
	assert_equal "$(jq -r .subject notice)" "[JVNVU#90000001] 脆弱性関連情報のご連絡：a Bcc: x@y.example[U+202E]b? c"
	letter '.vendor.name = {"ja":"x\u001b[31m\u200b"}'
	text | grep -qxF 'x?[31m[U+200B]'
	letter '.case.overview = {"ja":"{{title}}"}'
	text | grep -qxF '{{title}}'
}

@test "a case or a vendor without a usable id gets no letter" {
	letter '.case.id = "a b"'
	assert_equal "$status" 65
	assert_equal "$stderr" "the case has no usable id"
	letter '.vendor.vendor = "../x"'
	assert_equal "$status" 65
	assert_equal "$stderr" "the vendor has no usable id"
	assert [ ! -s notice ]
}

@test "a template without subject or label is refused" {
	mkdir -p mine/ja
	printf 'Hello\n\nTLP:{{tlp}}\n' >mine/ja/disclosure.txt
	letter . mine
	assert_equal "$status" 78
	assert_equal "$stderr" \
		"ja/disclosure.txt:1: this is not 'Subject: ...' and a blank line"
	printf 'Subject: x\n\nHello\n' >mine/ja/disclosure.txt
	letter . mine
	assert_equal "$status" 78
	assert_equal "$stderr" \
		"ja/disclosure.txt:3: the letter does not begin with its TLP label"
	rm mine/ja/disclosure.txt
	letter . mine
	assert_equal "$status" 66
}

@test "every kind of letter is there in both languages, with the same tags" {
	local f
	cd "$VC_SHARE/template" || fail "no templates"
	assert_equal "$(ls ja)" "$(ls en)"
	for f in ja/*; do
		f=${f#ja/}
		[ "$f" != centre.txt ] || continue
		tags() { grep -oE "\{\{[^!^}][^}]*\}\}" "$1/$f" |
			grep -vE '^\{\{(japan|utc)\}\}$' | sort -u; }
		run -0 diff <(tags ja) <(tags en)
	done
}

@test "every kind of letter says its subject, its label, and whom it is for" {
	local kind lang
	for kind in disclosure update date-change reminder publication \
		embargo-ended; do
		for lang in ja en; do
			letter ".kind = \"$kind\" | .notice.language = \"$lang\""
			assert_equal "$stderr" ""
			assert_equal "$(jq -r .kind notice)" "$kind"
			jq -r .subject notice | grep -qF '[JVNVU#90000001] '
			assert_equal "$(text | head -n 1)" TLP:AMBER
			text | grep -qxF JVNVU#90000001 ||
				text | grep -qE '^  JVNVU#90000001(: .*)?$'
			run ! grep -F '{{' notice
		done
	done
	for kind in papers meeting registered key announcement; do
		for lang in ja en; do
			letter ".kind = \"$kind\" | .case = {\"title\":\"t\",
				\"text\":\"t\", \"reason\":\"weak\"} |
				.notice.language = \"$lang\" | .notice.tlp = \"CLEAR\""
			assert_equal "$stderr" ""
			assert_equal "$(text | head -n 1)" TLP:CLEAR
			if [ "$kind" = announcement ]; then
				run ! grep -E '日立|Hitachi|hitachi' <(text)
			else
				text | grep -qE '^(To )?(株式会社日立製作所|Hitachi, Ltd.)$'
			fi
			assert_equal "$(jq -c .attachment notice)" null
			run ! grep -F '{{' notice
		done
	done
	letter '.kind = "greeting"'
	assert_equal "$status $stderr" "70 there is no letter 'greeting'"
}

@test "the form goes with what asks for an answer, the case with what tells of it" {
	local kind
	for kind in disclosure update date-change reminder publication \
		embargo-ended; do
		letter ".kind = \"$kind\""
		echo "$kind $(jq -r '[.attachment[].name] | join(" ")' notice)"
	done >list
	run -0 cat list
	assert_output "disclosure status.txt case.json
update status.txt case.json
date-change case.json
reminder status.txt
publication status.txt
embargo-ended status.txt"
}

# data: the case that goes with it.
data() {
	jq -r '.attachment[] | select(.name == "case.json").text' notice
}

@test "the case goes as data, a line that is a record" {
	letter '.case = {type:"case",id:"JVNVU#90000001",tlp:"RED",
		product:[{name:"Any",range:[{lt:"2"}]}]}'
	assert_equal "$(data)" '{"type":"case","id":"JVNVU#90000001","tlp":"RED","product":[{"name":"Any","range":[{"lt":"2"}]}]}'
}

@test "a proof of concept and a finder have their place in the letter" {
	letter '.case += {poc:{en:"canary one"},exploit:{en:"canary two"},
		finder:[{name:{ja:"発見 太郎"},affiliation:"Lab",
			email:"finder@x.example"},{name:"Ann"}]}'
	run -0 bash -c "jq -r .text notice | sed -n '/^■ 実証/,/^■ CVE/p'"
	assert_output "■ 実証コード
canary one

■ 攻撃の手法
canary two

■ 発見者
・発見 太郎（Lab） <finder@x.example>
・Ann

■ CVE 番号"
}

@test "a change of the day says both days" {
	letter '.kind = "date-change" | .case.former_at = "2026-10-01T03:00:00Z"
		| .case.publish_at = "2026-11-01T03:00:00Z"'
	text | sed -n '/予定日時$/,/UTC/p' | grep -A1 日本 >days
	run -0 cat days
	assert_output "日本時間: 2026/11/01 12:00:00
UTC     : 2026-11-01T03:00:00Z
--
日本時間: 2026/10/01 12:00:00
UTC     : 2026-10-01T03:00:00Z"
	letter '.kind = "date-change" | del(.case.publish_at)'
	text | grep -qxF '未定です。決まりましたら改めてご連絡いたします。'
	text | grep -qxF 未定
}

@test "the letter about papers spells out what is missing, the one about a key what is wrong" {
	letter '.kind = "papers" | .notice = {id:"x",type:"notice",tlp:"CLEAR"} |
		.case = {missing:[{ja:"会社の登記簿謄本"},{ja:"暗号化の公開鍵",en:"key"}]}'
	run -0 bash -c "jq -r .text notice | grep '^・'"
	assert_output "・会社の登記簿謄本
・暗号化の公開鍵"
	letter '.kind = "key" | .notice = {id:"x",type:"notice",tlp:"CLEAR",
		language:"en"} | .case = {reason:"expiring",
		expires_at:"2026-12-01T00:00:00Z"}'
	run -0 bash -c "jq -r .text notice | grep '^  \\*'"
	assert_output "  * State:       about to expire
  * Expires:     2026-12-01T00:00:00Z (UTC)"
}
