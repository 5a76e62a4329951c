load helper
load note

# A note as text, as feeds and as VULDEF: what is on the page is in them, and
# the gates are the same.

FEEDS='rss rss-old atom'
MACHINE="$FEEDS vuldef"
ALL="$MACHINE csaf cve vex"

prepare() {
	cp "$VC_FIXTURE/vc-jvn-render/case.json" .
	export VC_SITE=https://jvn.example
}

# as FORMAT [ARG...]: what is on stdin in this format into `out`.
as() { page -f "$@"; }

# at PATH: what stands there in `out`, a line each; names have no namespace.
at() {
	python3 - "$1" <<-'EOF'
		import re, sys
		import xml.etree.ElementTree as tree
		path, _, attribute = sys.argv[1].partition("@")
		root = tree.fromstring(re.sub(r"<(/?)[a-z]+:", r"<\1",
		    re.sub(r' xmlns(:\w+)?="[^"]*"', "", open("out").read())
		    .replace("rdf:", "").replace("xml:", "")))
		for e in root.findall(path):
		    print(e.get(attribute) if attribute else "".join(e.itertext()))
	EOF
}

# shape FILE...: their elements and their attributes, without what they say.
shape() {
	python3 - "$@" <<-'EOF'
		import sys
		import xml.etree.ElementTree as tree
		for name in sys.argv[1:]:
		    for e in tree.parse(name).iter():
		        print(e.tag, len(e), *sorted(e.keys()))
	EOF
}

@test "the text has the sections of the page, in its order" {
	local lang
	for lang in ja en; do
		page -L "$lang" case.json
		sed -nE 's,^<h[23][^>]*>([^<]*)</h.>$,[\1],p' out |
			grep -v 'CVSS v' >headings
		rich | as text -L "$lang"
		assert_equal "$status" 0
		grep '^\[.*\]$' out >ours
		diff headings ours
	done
	assert_equal "$(grep -c . headings)" 13
}

@test "the text says what each vendor said, and who is silent" {
	rich | as text
	run -0 sed -n '/^\[ベンダ情報\]/,/^$/p' out
	assert_output - <<-'EOF'
		[ベンダ情報]
		fujitsu: 該当製品あり (2024/01/05)
		  https://fujitsu.example/a
		furukawa: 不明 (2024/01/07)
		hitachi: 該当製品なし (2024/01/06)
		nec: 回答なし
	EOF
	run -0 grep -A3 '^hitachiからの情報' out
	assert_output - <<-'EOF'
		hitachiからの情報
		- P of hitachi: 該当製品なし
		  影響を受けるバージョン: 1.0 以上 2.0 未満 [>= 1.0, < 2.0]
		  回避策: off
	EOF
	assert_equal "$(sed -n 4p out)" https://jvn.example/vu/JVNVU90000001/
}

@test "empty sections of the text are told" {
	jq -c '{type, id, tlp, state, publish_at}' case.json | as text
	assert_equal "$(grep -c '^（記載なし）$' out)" 10
	run ! grep -nE '^\[(更新履歴|分析結果のコメント)\]' out
}

@test "a draft as text says so in its first line" {
	jq -c '.tlp = "RED"' case.json | as text -d
	assert_equal "$(head -n 1 out)" \
		"草稿：公開前の情報です。転送や掲載はしないでください。"
	assert_equal "$(grep -c '^TLP:RED$' out)" 1
}

@test "JVNRSS says what, where, when, how grave" {
	rich | as rss
	assert_equal "$status $stderr" "0 "
	assert_equal "$(at item/title)" "$(jq -r .title.ja case.json)"
	assert_equal "$(at item/description)" "$(jq -r .overview.ja case.json)"
	assert_equal "$(at item/identifier)" "JVNVU#90000001"
	assert_equal "$(at item@about)" https://jvn.example/vu/JVNVU90000001/
	assert_equal "$(at channel/items/Seq/li@resource)" "$(at item/link)"
	assert_equal "$(at item/issued)" 2024-01-10T03:00:00Z
	assert_equal "$(at item/modified)" 2024-02-01T00:00:00Z
	run -0 at item/references
	assert_output - <<-'EOF'
		https://www.cve.org/CVERecord?id=CVE-2024-0001
		https://www.cve.org/CVERecord?id=CVE-2024-0002
		https://cwe.mitre.org/data/definitions/20.html
		https://example.org/advisory/1
	EOF
	assert_equal "$(at item/cvss@score | tr '\n' ' ')" "7.5 7.8 "
	assert_equal "$(at item/cvss@severity | tr '\n' ' ')" "High High "
	assert_equal "$(at item/cvss@version | tr '\n' ' ')" "3.1 2.0 "
}

@test "the older JVNRSS differs by one namespace" {
	rich | as rss
	mv out new
	rich | as rss-old
	run diff new out
	assert_equal "$(grep -c '^[<>]' <<<"$output")" 2
	assert_equal "$(grep -o 'xmlns:sec="[^"]*"' out)" 'xmlns:sec="http://jvn.jp/rss/mod_sec/"'
	assert_equal "$(grep -o 'xmlns:sec="[^"]*"' new)" \
		'xmlns:sec="http://jvn.jp/rss/mod_sec/3.0/"'
}

@test "Atom has one entry, with the page, its day and what it is about" {
	rich | as atom -L en
	assert_equal "$status" 0
	assert_equal "$(at entry/id)" https://jvn.example/en/vu/JVNVU90000001/
	assert_equal "$(at entry/title)" "JVNVU#90000001: $(jq -r .title.en case.json)"
	assert_equal "$(at entry/published) $(at entry/updated)" \
		"2024-01-10T03:00:00Z 2024-02-01T00:00:00Z"
	assert_equal "$(at entry/category@term | tr '\n' ' ')" \
		"CVE-2024-0001 CVE-2024-0002 CWE-20 "
	assert_equal "$(at id)" https://jvn.example/en/
}

@test "VULDEF has a status for each product and each vendor" {
	rich | as vuldef
	assert_equal "$status" 0
	local item=Vulinfo/VulinfoData/Affected/AffectedItem
	assert_equal "$(at $item@affectedstatus | tr '\n' ' ')" \
		"None None vulnerable unknown notvulnerable unknown "
	assert_equal "$(at $item/Name | tr '\n' ' ')" "fujitsu furukawa hitachi nec "
	assert_equal "$(at $item/Description | tail -n 1)" 回答なし
	run -0 at $item/VersionNumber
	assert_output $'1.2.3\n1.0 以上 2.0 未満\n1.02.0'
	assert_equal "$(at Vulinfo@restriction)" public
	run -0 at Vulinfo/VulinfoData/Solution/SolutionItem@solutiontype
	assert_output $'None\nfixed\nworkaround'
	assert_equal "$(at Vulinfo/VulinfoData/Impact/Cvss/Base | tr '\n' ' ')" "7.5 7.8 "
	assert_equal "$(at Vulinfo/VulinfoData/DateLastUpdated)" 2024-02-01T00:00:00Z
	assert_equal "$(at Vulinfo/VulinfoData/History/HistoryItem/DateTime | head -n 1)" \
		2024-01-20T00:00:00Z
	run -0 at Vulinfo/VulinfoData/Related/RelatedItem@type
	assert_output $'vendor\nadvisory\nadvisory\nadvisory\ncwe'
}

@test "VULDEF of a case with nothing in it is whole" {
	jq -c '{type, id, tlp, state, publish_at}' case.json | as vuldef
	assert_equal "$status" 0
	run -0 xmllint --noout out
	assert_equal "$(at Vulinfo/VulinfoData/Title)" （題名なし）
	assert_equal "$(at Vulinfo/VulinfoData/Solution/SolutionItem@solutiontype)" unknown
	run ! grep -nE '<(Affected|Related|Credit|History)>' out
}

@test "Japanese and English say the same of vendors, days, versions and scores" {
	local f what
	for f in rss atom vuldef; do
		rich | as "$f" -L ja
		mv out ja
		shape ja >ja.shape
		rich | as "$f" -L en
		mv out en
		shape en | diff ja.shape - || fail "$f: the elements differ"
		for what in '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]*Z' 'affectedstatus="[a-z_]*"' \
			'CV[ES][SE]-[0-9-]*|CVSS:[^<"]*' '<(Name|VersionNumber|Range[BE])[^<]*' \
			'score="[^"]*"|<Base>[^<]*'; do
			grep -oE "$what" ja >a || true
			grep -oE "$what" en | diff a - || fail "$f: $what"
		done
	done
}

# products STATUS: the names of the products that have it in each vulnerability.
products() {
	jq -r --arg s "$1" '([.. | objects | select(.product_id?) |
			{key: .product_id, value: .name}] | from_entries) as $name |
		.vulnerabilities[] | [.product_status[$s][]? | $name[.]] | join("|")' out | uniq
}

@test "CSAF has each product once, with the status that its vendor gave" {
	{
		rich
		status toshiba 2024-01-08T00:00:00Z vulnerable |
			jq -c '.signed.form.product[0] += {affected: {value: "1.x"}, fixed: {value: "2.0"}}'
		status yamaha 2024-01-08T00:00:00Z vulnerable_investigating
	} | as csaf
	assert_equal "$status $stderr" "0 "
	assert_equal "$(products known_affected)" \
		"サンプル通信ライブラリ 1.2.3 より前のバージョン|サンプルルータ すべてのバージョン|P of fujitsu|P of toshiba 1.x"
	assert_equal "$(products known_not_affected)" "P of hitachi 1.0 以上 2.0 未満"
	assert_equal "$(products under_investigation)" "P of yamaha"
	assert_equal "$(products fixed)" "P of toshiba 2.0"
	run -0 jq -r '.vulnerabilities[].cve' out
	assert_output $'CVE-2024-0001\nCVE-2024-0002'
	run -0 jq -r '.product_tree.branches[].name' out
	assert_output $'fujitsu\nhitachi\ntoshiba\nyamaha'
	assert_equal "$(jq '[.. | .product_id? // empty] | length - (unique | length)' out)" 0
	run -0 jq -r '.document.notes[] | select(.title == "ベンダ情報").text' out
	assert_output - <<-'EOF'
		fujitsu: 該当製品あり
		furukawa: 不明
		hitachi: 該当製品なし
		nec: 回答なし
		toshiba: 該当製品あり
		yamaha: 該当製品あり（調査中）
	EOF
	run -0 jq -r '.vulnerabilities[0].remediations[] | .category' out
	assert_output $'mitigation\nmitigation\nmitigation\nworkaround\nvendor_fix\nvendor_fix\nmitigation'
}

@test "CSAF has the scores, the days and the place of its file" {
	as csaf case.json
	run -0 jq -c '.vulnerabilities[0].scores[0] | .cvss_v3.baseScore, .cvss_v3.baseSeverity,
		.cvss_v2.baseScore, (.products | length)' out
	assert_output $'7.5\n"HIGH"\n7.8\n2'
	run -0 jq -c '.document.tracking | .version, .initial_release_date,
		.current_release_date, [.revision_history[].date]' out
	assert_output - <<-'EOF'
		"3"
		"2024-01-10T03:00:00Z"
		"2024-02-01T00:00:00Z"
		["2024-01-10T03:00:00Z","2024-01-20T00:00:00Z","2024-02-01T00:00:00Z"]
	EOF
	run -0 jq -r '.document.references[0].url' out
	assert_output https://jvn.example/csaf/ja/2024/jvnvu_90000001.json
	run -0 diff out <(jq --sort-keys --indent 2 . out)
	jq -c '.cvss += [{version: "3.0", vector: "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}]' \
		case.json | as csaf
	assert_equal "$(jq -c '.vulnerabilities[0].scores[0] | keys' out)" '["cvss_v2","products"]'
}

@test "CSAF of a case with nothing in it claims no product" {
	jq -c '{type, id, tlp, state, publish_at}' case.json | as csaf
	assert_equal "$(jq -c '.document.category, keys, .vulnerabilities[0].ids[0].text' out)" \
		$'"csaf_base"\n["document","vulnerabilities"]\n"JVNVU#90000001"'
}

@test "no format opens a gate" {
	local f change
	for f in text $ALL; do
		while IFS= read -r change; do
			jq -c "$change" case.json | as "$f"
			assert_equal "$f $change: $status" "$f $change: 77"
			assert [ ! -s out ]
		done <<-'EOF'
			.tlp = "GREEN"
			del(.tlp)
			.state = "embargoed"
			.state = "withdrawn"
			.publish_at = "2024-03-01T00:00:01Z"
			del(.publish_at)
		EOF
		as "$f" case.json
		assert_equal "$f $status" "$f 0"
	done
}

@test "what programs read has no draft" {
	local f
	for f in $ALL; do
		as "$f" -d case.json
		assert_equal "$f $status $stderr" "$f 64 vc-jvn-render: a program does not see that '$f' is a draft: give html or text"
		assert [ ! -s out ]
	done
}

@test "a series has its folder, and a note of none has one" {
	local id path
	while read -r id path; do
		jq -c --arg id "$id" '.id = $id' case.json | as rss
		assert_equal "$(at item/link)" "https://jvn.example/$path"
	done <<-'EOF'
		JVN#11257333 jp/JVN11257333/
		JVNVU#99322074 vu/JVNVU99322074/
		JVNTA#90000001 ta/JVNTA90000001/
		VU#800113 note/VU800113/
	EOF
	as rss -B http://a.example/b/ case.json
	assert_equal "$(at item/link)" http://a.example/b/vu/JVNVU90000001/
}

@test "a wrong format or site is told" {
	as pdf case.json
	assert_equal "$status $stderr" "64 vc-jvn-render: there is no format 'pdf'"
	local f site
	for site in jvn.example ftp://a.example/ 'https://a.example/?x' \
		'https://a.example/#x' mailto:a@b.example; do
		as text -B "$site" case.json
		assert_equal "$status $stderr" "64 vc-jvn-render: a site is not at '$site': give an address such as https://jvn.example/"
	done
	unset VC_SITE
	for f in $FEEDS csaf cve vex; do
		as "$f" case.json
		assert_equal "$status $stderr" "64 vc-jvn-render: format '$f' says where the page stands: give the address of the site by -B or VC_SITE"
	done
	as vuldef case.json
	assert_equal "$status" 0
}

# hostile STRING: it is in every field that is free; the formats, each in its
# file, and their shapes in `shapes`.
hostile() {
	local f
	fill "$1" | free_fields >in
	for f in $MACHINE; do
		as "$f" in
		[ "$status" -eq 0 ] || fail "$f: $1: $(cat err)"
		mv out "$f"
	done
	# shellcheck disable=SC2086
	shape $MACHINE >shapes
}

@test "hostile text in any field changes nothing but what is said" {
	local s
	hostile x
	mv shapes harmless
	assert_equal "$(grep -c . harmless)" 106
	for s in "${HOSTILE[@]}"; do
		hostile "$s"
		diff harmless shapes || fail "$s"
		# shellcheck disable=SC2086
		run ! grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' $MACHINE
		# shellcheck disable=SC2086
		run ! grep -n $'\u202e\|\u200b\|\u2066\|\ufeff\|\uffff' $MACHINE
	done
}

@test "an id that is none, or a score, is in no format" {
	local f
	for f in text $ALL; do
		fill x | as "$f"
		assert_equal "$f $status" "$f 65"
		assert [ ! -s out ]
	done
}
