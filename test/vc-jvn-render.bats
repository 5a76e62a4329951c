load helper
load note

prepare() { cp "$VC_FIXTURE/vc-jvn-render/case.json" .; }

# The rows of the table of vendors, as text.
rows() {
	sed -n '/<table class="vendor">/,/<\/table>/p' out | grep '^<tr class' |
		sed 's/<\/t[hd]>/|/g; s/<[^>]*>//g'
}

# The page without anything but its tags.
tags() {
	grep -o '<[^>]*>' "$1"
}

@test "a Japanese page has the twelve sections of JVN in their order" {
	page case.json
	assert_equal "$status" 0
	assert_equal "$stderr" ""
	run -0 bash -c "sed -n 's/.*<h2[^>]*>\(.*\)<\/h2>/\1/p' out"
	assert_output "概要
影響を受けるシステム
詳細情報
想定される影響
対策方法
ベンダ情報
参考情報
JPCERT/CCからの補足情報
JPCERT/CCによる脆弱性分析結果
謝辞
関連文書
更新履歴"
	assert_equal "$(head -n 2 out)" '<!DOCTYPE html>
<html lang="ja">'
	run -0 grep -c '公開日：.*2024/01/10.*　最終更新日：.*2024/02/01' out
	run -0 grep -F '<title>JVNVU#90000001: サンプル通信ライブラリにおける入力確認不備の脆弱性</title>' out
	run -0 grep -F "content=\"default-src 'none'; style-src 'self'; img-src 'self'\"" out
	run ! grep -iE '<script|style=|onclick' out
}

@test "an English page has them in English" {
	page -L en case.json
	assert_equal "$status" 0
	run -0 bash -c "sed -n 's/.*<h2[^>]*>\(.*\)<\/h2>/\1/p' out"
	assert_output "Overview
Products Affected
Description
Impact
Solution
Vendor Status
References
JPCERT/CC Addendum
Vulnerability Analysis by JPCERT/CC
Credit
Other Information
Update History"
	run -0 grep -F '<title>JVNVU#90000001: Sample library fails to check its input</title>' out
	run -0 grep -F '<li>Sample Router all versions</li>' out
}

@test "empty sections are printed, a history without updates is not" {
	jq -c '{type,id,tlp,state,publish_at}' case.json >bare.json
	page bare.json
	assert_equal "$status" 0
	assert_equal "$(grep -c '<h2' out)" 11
	run ! grep -F '更新履歴' out
	assert_equal "$(grep -c '<tr><th scope="row">[^<]*</th><td></td></tr>' out)" 7
	assert_equal "$(grep -o '2024/01/10' out | wc -l)" 2
	run -0 grep -F 'JVNVU#90000001: （題名なし）</title>' out
}

@test "a page is a well-formed tree" {
	{ cat case.json; status fujitsu 2024-01-05T00:00:00Z vulnerable; sent nec; } |
		page -d
	sed -E 's/<(meta|link|br)([^>]*)>/<\1\2\/>/g; 1d' out >tree.xml
	run -0 xmllint --noout tree.xml
	assert_output ""
	assert_equal "$(grep -o ' id="[^"]*"' out | sort | uniq -d)" ""
}

@test "text in one language only stands on both pages and says so" {
	jq -c '.overview = {"en":"Only English."} | .title = {"en":"Title"}' \
		case.json | page
	run -0 grep -F '<p lang="en">Only English.</p>' out
	run -0 grep -F '<span class="title" lang="en">Title</span>' out
	run ! grep -F '<p lang="ja">' out
}

@test "CVSS v3 stands before v2, with every choice and one marked" {
	page case.json
	assert_equal "$(sed -n 's/.*<h3>\(CVSS.*\)<\/h3>/\1/p' out)" "CVSS v3
CVSS v2"
	assert_equal "$(grep -c '<li class="selected"><strong>' out)" 14
	run -0 grep -F '<th scope="row">攻撃元区分(AV)</th><td><ul><li class="unselected">物理 (P)</li><li class="unselected">ローカル (L)</li><li class="unselected">隣接 (A)</li><li class="selected"><strong>ネットワーク (N)</strong></li></ul></td>' out
	jq -c '.cvss = [{version:"4.0",vector:"CVSS:4.0/AV:N",score:"9.3"},
		{version:"3.1",vector:"nonsense",score:"7.5"},{version:"x",vector:"y"}]' \
		case.json | page -d
	assert_equal "$(sed -n 's/.*<h3>\(CVSS.*\)<\/h3>/\1/p' out)" "CVSS v4
CVSS v3"
	run ! grep -F 'selected' out
}

@test "a page shows the score that the vector has, not one that was typed" {
	local v=CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
	jq -c --arg v "$v" '.cvss = [{vector:$v},
		{version:"3.1",vector:"nonsense",score:"7.5"},
		{version:"2.0",vector:"AV:N/AC:L/Au:N/C:N/I:N/A:C",score:"1.0"}]' \
		case.json | page -d
	assert_equal "$(sed -n 's/.*<h3>\(CVSS.*\)<\/h3>/\1/p' out)" "CVSS v4
CVSS v3
CVSS v2"
	assert_equal "$(grep -o '基本値: <strong>[^<]*' out)" "基本値: <strong>7.7
基本値: <strong>7.8"
}

@test "a page leaves only for CLEAR, public, and not before its time" {
	local tlp state at draft want n=0
	for tlp in CLEAR WHITE GREEN AMBER AMBER+STRICT RED ''; do
	for state in draft embargoed public withdrawn; do
	for at in 2004-07-08T00:00:00Z 2024-02-29T23:59:59Z "$NOW" \
		2024-03-01T00:00:01Z 9999-12-31T23:59:59Z ''; do
		jq -c --arg t "$tlp" --arg s "$state" --arg a "$at" '.state = $s |
			if $t == "" then del(.tlp) else .tlp = $t end |
			if $a == "" then del(.publish_at) else .publish_at = $a end' \
			case.json >c.json
		for draft in '' -d; do
			case $draft,$tlp,$state,$at in
			-d,*) want=0 ;;
			,CLEAR,public,20[02]4-0[27]-* | ,CLEAR,public,"$NOW") want=0 ;;
			,WHITE,public,20[02]4-0[27]-* | ,WHITE,public,"$NOW") want=0 ;;
			*) want=77 ;;
			esac
			page $draft c.json
			[ "$status" -eq "$want" ] ||
				fail "'$tlp' '$state' '$at' '$draft': $status"
			if [ "$want" -eq 77 ]; then
				[ ! -s out ] || fail "'$tlp' '$state' '$at': a page"
				! grep -E '[^ -~]|ample' err ||
					fail "'$tlp' '$state' '$at': the text shows"
			fi
			[ "$draft" = "$(grep -q 'class="draft"' out && echo -d)" ] ||
				fail "'$tlp' '$state' '$at' '$draft': the mark"
			n=$((n + 1))
		done
	done
	done
	done
	assert_equal "$n" 336
}

@test "a refusal says which gate is closed" {
	local id='vc-jvn-render: JVNVU#90000001 may not be published'
	NOW=2024-01-10T02:59:59Z page case.json
	assert_equal "$stderr" "$id before 2024-01-10T03:00:00Z"
	jq -c '.tlp = "AMBER+STRICT"' case.json | page
	assert_equal "$stderr" "$id: it is TLP:AMBER+STRICT, not TLP:CLEAR"
	jq -c 'del(.tlp)' case.json | page
	assert_equal "$stderr" "$id: it is TLP:RED, not TLP:CLEAR"
	jq -c '.state = "embargoed"' case.json | page
	assert_equal "$stderr" "$id: its state is 'embargoed', not 'public'"
	jq -c 'del(.publish_at)' case.json | page
	assert_equal "$stderr" "$id: it has no valid 'publish_at'"
}

@test "unknown words at a gate keep it closed" {
	local change
	for change in '.tlp = "clear"' '.tlp = "PUBLIC"' \
		'.publish_at = "2024-01-01"' '.publish_at = "2024-13-01T00:00:00Z"'; do
		jq -c "$change" case.json | page
		assert_equal "$change $status" "$change 77"
		[ ! -s out ] || fail "$change: a page"
	done
}

@test "a case whose fields do not say what they mean is not published" {
	local change why
	while IFS='|' read -r change why; do
		jq -c "$change" case.json | page
		assert_equal "$change: $status $stderr" \
			"$change: 65 vc-jvn-render: field $why"
		assert [ ! -s out ]
		jq -c "$change" case.json | page -d
		assert_equal "$change: $status $stderr" "$change: 0 "
	done <<-'EOF'
		.cvss[0].score = "9.1"|'cvss[0]' has another score than that of its vector: leave it out, it is computed
		.cve = ["CVE-24-1"]|'cve[0]' is no id such as CVE-2008-1447
		.reference = [{url:"ftp://a.example"}]|'reference[0].url' is no address that begins with http:// or https://
		.restriction = {impakt:"private"}|'restriction' names a field that no case has
	EOF
}

@test "what a case restricts is on no page, and not in its draft" {
	local word field format n=0
	jq -c 'def all($x): map_values($x);
		reduce ("title", "overview", "description", "impact", "solution",
			"addendum", "comment", "credit") as $k (.; .[$k] |= all("canary" + $k)) |
		.product = [{name: "canaryproduct"}] | .cve = ["CVE-1999-123456789"] |
		.cwe = ["CWE-987654"] | .reference = [{url: "https://canary.example/reference"}] |
		.related = [{kind: "jvndb", id: "canaryrelated"}] |
		.history |= map(.text |= all("canaryhistory"))' case.json >all.json
	for word in private need-to-know; do
	for field in title overview description impact solution addendum comment \
		credit product cve cwe cvss reference related history; do
		jq -c --arg f "$field" --arg w "$word" '.restriction = {($f): $w}' all.json >c.json
		for format in html text rss atom vuldef csaf; do
			page -f "$format" -B https://jvn.example/ c.json
			[ "$status" -eq 0 ] && [ -s out ] || fail "$field $format: exit $status"
			n=$((n + 1))
			case $field in
			cve) ! grep -q CVE-1999 out ;;
			cwe) ! grep -q CWE-9876 out ;;
			cvss) ! grep -qE 'AV:N|7\.[58]' out ;;
			reference) ! grep -q canary.example out ;;
			*) ! grep -q "canary$field" out ;;
			esac || fail "$field, which is $word, is in $format"
		done
		page -d c.json
		[ "$field" = title ] || ! grep -q "canary$field" out || fail "$field is in the draft"
	done
	done
	assert_equal "$n" 180
	for field in restriction tlp state publish_at; do
		jq -c --arg f "$field" '.restriction = {($f): "private", title: "private"}' all.json >c.json
		page c.json
		assert_equal "$field $status $(grep -c canarytitle out)" "$field $(
			[ "$field" = restriction ] && echo 0 || echo 77) 0"
	done
	jq -c '.restriction = {id: "private"}' all.json | page -d
	assert_equal "$status" 0
	page -f text all.json
	assert_equal "$(grep -oE 'canary[a-z]+' out | sort -u | wc -l)" 11
}

@test "a case that is none is refused" {
	local change
	for change in '.tlp = 1' '.publish_at = 0' '.state = "Public"' \
		'.state = ["public"]' '.id = "a b"' '.id = "../x"'; do
		jq -c "$change" case.json | page
		case $status in 65 | 77) ;; *) fail "$change: $status" ;; esac
		[ ! -s out ] || fail "$change: a page"
	done
}

@test "a draft is marked in its title, in its text and for robots" {
	jq -c '.tlp = "RED" | .state = "draft"' case.json | page -d
	assert_equal "$status" 0
	run -0 grep -F '<title>【草稿】JVNVU#90000001: ' out
	run -0 grep -F '<aside class="mark"><strong>草稿：' out
	run -0 grep -F 'noindex' out
	run -0 grep -F 'TLP:RED' out
}

@test "exactly one case makes a page" {
	page </dev/null
	assert_equal "$status" 65
	assert_equal "$stderr" "vc-jvn-render: no case on the input"
	cat case.json case.json | page
	assert_equal "$status" 65
	assert [ ! -s out ]
	assert_equal "$stderr" "vc-jvn-render: line 2: this is the second case: one run makes one page
vc-jvn-render: more than one case on the input: nothing was made"
}

@test "vendors stand in a table with status, day and page" {
	{ status nec 2024-01-06T00:00:00Z notvulnerable
	cat case.json
	status fujitsu 2024-01-05T20:00:00Z vulnerable signed https://fujitsu.example/a
	status yamaha 2024-01-05T00:00:00Z vulnerable_investigating
	status ibm 2024-01-05T00:00:00Z notvulnerable_investigating
	status sun 2024-01-05T00:00:00Z unknown; } >records
	page <records
	assert_equal "$status" 0
	run rows
	assert_output "fujitsu|該当製品あり|2024/01/06|https://fujitsu.example/a|
ibm|該当製品なし（調査中）|2024/01/05||
nec|該当製品なし|2024/01/06||
sun|不明|2024/01/05||
yamaha|該当製品あり（調査中）|2024/01/05||"
	page -L en <records
	run rows
	assert_output "fujitsu|Vulnerable|2024/01/06|https://fujitsu.example/a|
ibm|Not Vulnerable, investigating|2024/01/05||
nec|Not Vulnerable|2024/01/06||
sun|Unknown|2024/01/05||
yamaha|Vulnerable, investigating|2024/01/05||"
	run ! grep -F '<table class="link">' out
}

@test "who was told and did not answer stands there as silent" {
	{ cat case.json; sent nec; sent fujitsu
	status fujitsu 2024-01-05T00:00:00Z notvulnerable; } | page
	run rows
	assert_output "fujitsu|該当製品なし|2024/01/05||
nec|回答なし|||"
}

@test "a status that is not signed is not there" {
	local verdict
	for verdict in unsigned partial bad mismatch unknown-key expired revoked \
		weak future replay ambiguous ambiguous-from bad-from malformed \
		toolarge unsupported error; do
		{ cat case.json
		status nec 2024-01-05T00:00:00Z vulnerable "$verdict"; } | page
		assert_equal "$status" 0
		run ! grep -q nec out
	done
	{ cat case.json; sent nec
	status nec 2024-01-05T00:00:00Z vulnerable | jq -c 'del(.verdict)'
	status nec 2024-01-05T00:00:00Z vulnerable unsigned; } | page
	run rows
	assert_output "nec|回答なし|||"
}

@test "a status of another case is not there" {
	{ cat case.json
	status nec 2024-01-05T00:00:00Z vulnerable |
		jq -c '.case = "JVNVU#90000002"'; } | page
	assert_equal "$status" 0
	run ! grep -q nec out
}

@test "the status that was signed last counts, in any order" {
	status nec 2024-01-05T00:00:00Z vulnerable >s1
	status nec 2024-01-07T00:00:00Z notvulnerable >s2
	status nec 2024-01-06T00:00:00Z unknown >s3
	local order
	for order in "s1 s2 s3" "s2 s1 s3" "s3 s2 s1" "s2 s3 s1"; do
		# shellcheck disable=SC2086
		cat $order case.json | page
		run rows
		assert_output "nec|該当製品なし|2024/01/07||"
	done
	status nec 2024-01-07T00:00:00Z vulnerable >s4
	cat s2 s4 case.json | page
	cp out first
	cat s4 case.json s2 | page
	cmp first out
}

@test "a vendor is as its gravest product, and every product is shown" {
	{ cat case.json
	status nec 2024-01-05T00:00:00Z notvulnerable | jq -c '
		.signed.form.product += [{name:{value:"Q"},
		status:{value:"vulnerable"},fixed:{value:"2.0"}},
		{name:{value:"R"},status:{value:"strange"}}] |
		.signed.form.statement = {value:"One.\n\nTwo."}'; } | page
	run rows
	assert_output "nec|該当製品あり|2024/01/05||"
	run -0 bash -c "sed -n '/<h3>nec/,/<\/section>/p' out | sed 's/<[^>]*>//g'"
	assert_output "necからの情報
One.
Two.

P of nec
該当製品なし


Q
該当製品あり
対策済みバージョン
2.0


R
不明"
}

@test "the roster gives the names of the vendors" {
	{ cat case.json; sent hitachi; sent unheard
	status fujitsu 2024-01-05T00:00:00Z vulnerable; } >records
	cp "$VC_FIXTURE/man/roster.csv" .
	page -r roster.csv <records
	assert_equal "$status" 0
	run rows
	assert_output "unheard|回答なし|||
富士通株式会社|該当製品あり|2024/01/05||
株式会社日立製作所|回答なし|||"
	VC_ROSTER=roster.csv page -L en <records
	run rows
	assert_output "Fujitsu Limited|Vulnerable|2024/01/05||
Hitachi, Ltd.|No answer yet|||
unheard|No answer yet|||"
}

@test "without answers the table of vendors is one of links" {
	jq -c '.reference += [
		{vendor:"ビートA / ビートB",url:"https://a.example/1",title:"一"},
		{vendor:"ビートA / ビートB",url:"https://a.example/2",title:"二"}]' \
		case.json | page -d
	run -0 bash -c "sed -n '/<table class=\"link\">/,/<\/table>/p' out | grep '^<tr>'"
	assert_output '<tr><th scope="col">ベンダ</th><th scope="col">リンク</th></tr>
<tr><th scope="row">ビートA / ビートB</th><td><a href="https://a.example/1">一</a></td></tr>
<tr><td></td><td><a href="https://a.example/2">二</a></td></tr>'
	assert_equal "$(grep -c 'example.org/advisory/1">' out)" 1
}

@test "other information has its fixed rows, and one for each CVE" {
	page case.json
	run -0 bash -c "sed -n '/id=\"document\"/,/<\/table>/p' out | grep '^<tr>' |
		sed 's/<\/t[hd]>/|/g; s/<[^>]*>//g'"
	assert_output "種別|文書|
JPCERT 緊急報告||
JPCERT REPORT||
CERT Advisory||
CPNI Advisory||
TRnotes||
CVE|CVE-2024-0001|
|CVE-2024-0002|
JVN iPedia|JVNDB-2024-001001|"
	run -0 grep -F '<a href="https://www.cve.org/CVERecord?id=CVE-2024-0001">' out
	jq -c '.related += [{kind:"unheard_of",id:"U-1"},
		{kind:"cert_advisory",id:"TA08-190B",url:"https://a.example/"}]' \
		case.json | page
	run -0 grep -F '<th scope="row">CERT Advisory</th><td><a href="https://a.example/">TA08-190B</a>' out
	run -0 grep -F '<tr><th scope="row">unheard_of</th><td>U-1</td></tr>' out
	run -0 grep -F '<a href="https://cwe.mitre.org/data/definitions/20.html">CWE-20</a>' out
	jq -c '.cve = ["CVE-2024-1\"onclick=","CVE-24-00001"] | .cwe = ["CWE-x"]' \
		case.json | page
	run ! grep -E 'CVERecord|cwe.mitre' out
}

@test "hostile text in any field changes no tag of the page" {
	local s lang
	for lang in ja en; do
		fill x | page -d -L "$lang"
		assert_equal "$status" 0
		tags out >harmless
		for s in "${HOSTILE[@]}"; do
			fill "$s" | page -d -L "$lang"
			[ "$status" -eq 0 ] || fail "$s: $(cat err)"
			tags out | cmp - harmless || fail "$s"
			run ! grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' out
			run ! grep -n $'\u202e\|\u200b\|\u2066\|\ufeff\|\uffff' out
		done
	done
}

@test "hostile names in the roster change no tag" {
	local name
	for name in x '<b>"' "'&"; do
		jq -cn --arg n "$name" '{type:"vendor",id:"vendor/nec",
			vendor:"nec",name:{ja:$n,en:$n},kind:"general",
			state:"registered",email:"a@nec.example"}' >roster.jsonl
		{ cat case.json; sent nec; } | page -r roster.jsonl
		assert_equal "$stderr" ""
		tags out >tags."${#name}"
	done
	cmp tags.1 tags.4
	cmp tags.1 tags.2
	run -0 grep -F "&#39;&amp;" out
}

@test "only http, https and mailto become links" {
	local url
	for url in https://a.example/ http://a.example/x?y=1#z mailto:a@b.example; do
		jq -c --arg u "$url" '.reference = [{url:$u}]' case.json | page -d
		grep -qF "<a href=\"$url\">" out || fail "$url"
	done
	for url in ftp://a.example javascript:x file:///etc/passwd //a.example x; do
		jq -c --arg u "$url" '.reference = [{url:$u}]' case.json | page -d
		grep -qF "<li>$url</li>" out || fail "$url"
	done
}

@test "records of other types and rejects are swallowed" {
	{ echo '{"type":"unheard-of","id":"x"}'
	cat case.json
	echo '{"type":"reject","by":"vc-verify","code":65,"why":"x","of":{}}'; } |
		page
	assert_equal "$status" 65
	assert_equal "$(head -n 1 out)" '<!DOCTYPE html>'
	run ! grep -E 'unheard|reject' out
}

@test "templates and words can be others" {
	cp -R "$VC_SHARE/template" mine
	sed -i 's/<footer>/<footer id="mine">/' mine/page.html
	page -t mine case.json
	run -0 grep -F '<footer id="mine">' out
	echo '{{#a}}' >mine/none.html
	page -t mine case.json
	assert_equal "$status" 78
	assert_equal "$stderr" \
		"vc-jvn-render: none.html:1: section 'a' is not closed"
	assert [ ! -s out ]
	cp -R "$VC_SHARE" share
	sed -i 's/"回答なし"/"返答待ち"/' share/label/page.json
	{ cat case.json; sent nec; } | VC_SHARE=$PWD/share page
	run rows
	assert_output "nec|返答待ち|||"
	echo '[' >share/label/page.json
	VC_SHARE=$PWD/share page case.json
	assert_equal "$status" 78
	assert_equal "$stderr" \
		"vc-jvn-render: label/page.json:2: this is no JSON object"
}

@test "a wrong call is told" {
	page -L de case.json
	assert_equal "$status" 64
	assert_equal "$stderr" "vc-jvn-render: language is 'ja' or 'en'"
	run_out vc-jvn-render -N yesterday case.json
	assert_equal "$status" 64
	assert [ ! -s out ]
	page -r none.csv case.json
	assert_equal "$status" 66
	run -74 --separate-stderr bash -c 'vc-jvn-render -d case.json >/dev/full'
}

@test "ten times the vendors cost about ten times as much" {
	local n
	for n in 2000 20000; do
		cat case.json >"records.$n"
		jq -cn "range($n)"' | {type:"sent",id:"JVNVU#90000001/v\(.)/1",
			case:"JVNVU#90000001",vendor:"v\(.)",to:"x@y.example",
			message_id:"<a@b.example>",mail_sha256:("0"*64),via:"maildir",
			sent_at:"2024-01-02T00:00:00Z"}' >>"records.$n"
	done
	page <records.2000
	assert_equal "$status" 0
	assert_equal "$(rows | wc -l)" 2000
	linear 10 records.2000 records.20000 vc-jvn-render -d
}
