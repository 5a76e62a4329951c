load helper
load note

# A note as what other programs take in: records of CVE, OpenVEX. That their
# gates are those of the page is in format.bats.

prepare() {
	cp "$VC_FIXTURE/vc-jvn-render/case.json" .
	export VC_SITE=https://jvn.example
}

# as FORMAT [ARG...]: what is on stdin in this format into `out`.
as() { page -f "$@"; }

# richer: answers with a version that is fixed, and without an end, too.
richer() {
	rich
	status toshiba 2024-01-08T00:00:00Z vulnerable |
		jq -c '.signed.form.product[0] += {affected: {value: "1.x"}, fixed: {value: "2.0"}}'
	status yamaha 2024-01-08T00:00:00Z vulnerable_investigating
}

# said FILTER: what it finds in the CNA's part of each record of `out`.
said() { jq -cr ".containers.cna | $1" out; }

@test "a CVE record a line for each id, with keys in order" {
	richer | as cve -L en
	assert_equal "$status $stderr" "0 "
	run -0 jq -r '.cveMetadata.cveId' out
	assert_output $'CVE-2024-0001\nCVE-2024-0002'
	diff out <(jq -cS . out)
	run -0 jq -c '[.dataType, .dataVersion], .cveMetadata' out
	assert_equal "${lines[0]}" '["CVE_RECORD","5.1"]'
	assert_equal "${lines[1]}" '{"assignerOrgId":"ede6fdc4-6654-4307-a26d-3331c018e2ce","assignerShortName":"jpcert","cveId":"CVE-2024-0001","state":"PUBLISHED"}'
	assert_equal "$(jq -c 'del(.cveMetadata)' out | sort -u | wc -l)" 1
	assert_equal "$(said '.providerMetadata, .datePublic' | head -n 2)" \
		'{"dateUpdated":"2024-02-01T00:00:00Z","orgId":"ede6fdc4-6654-4307-a26d-3331c018e2ce","shortName":"jpcert"}
2024-01-10T03:00:00Z'
	mv out first
	richer | as cve -L en
	cmp first out
}

@test "a CVE record says what is affected, and what is not" {
	richer | jq -c 'if .type == "case" then .cve = .cve[:1] |
		.product[0].vendor = "Sample Inc." |
		.product[0].cpe = "cpe:2.3:a:sample:library:*:*:*:*:*:*:*:*"
		else . end' | as cve -L en
	run -0 said '.affected[]'
	assert_output - <<-'EOF'
		{"cpes":["cpe:2.3:a:sample:library:*:*:*:*:*:*:*:*"],"product":"サンプル通信ライブラリ","vendor":"Sample Inc.","versions":[{"status":"affected","version":"versions prior to 1.2.3"}]}
		{"product":"Sample Router","vendor":"n/a","versions":[{"status":"affected","version":"all versions"}]}
		{"defaultStatus":"affected","product":"P of fujitsu","vendor":"fujitsu"}
		{"product":"P of hitachi","vendor":"hitachi","versions":[{"status":"unaffected","version":"1.0 以上 2.0 未満"}]}
		{"product":"P of toshiba","vendor":"toshiba","versions":[{"status":"affected","version":"1.x"},{"status":"unaffected","version":"2.0"}]}
		{"defaultStatus":"unknown","product":"P of yamaha","vendor":"yamaha"}
	EOF
	run -0 said '.problemTypes, .references'
	assert_output - <<-'EOF'
		[{"descriptions":[{"cweId":"CWE-20","description":"CWE-20","lang":"en","type":"CWE"}]}]
		[{"name":"JVNVU#90000001","url":"https://jvn.example/en/vu/JVNVU90000001/"},{"name":"Advisory 1","url":"https://example.org/advisory/1"},{"url":"https://fujitsu.example/a"}]
	EOF
}

@test "a CVE record is in the language asked for, and in English" {
	jq -c '.cve = .cve[:1]' case.json >one.json
	as cve one.json
	run -0 said '.title, .descriptions[]'
	assert_output - <<-'EOF'
		サンプル通信ライブラリにおける入力確認不備の脆弱性
		{"lang":"ja","value":"サンプル通信ライブラリには、入力確認不備の脆弱性が存在します。"}
		{"lang":"en","value":"The sample library fails to check its input."}
	EOF
	as cve -L en one.json
	run -0 said '.title, .descriptions[]'
	assert_output - <<-'EOF'
		Sample library fails to check its input
		{"lang":"en","value":"The sample library fails to check its input."}
	EOF
}

@test "a CVE record has the score of each version that has one vector" {
	local four=CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
	jq -c --arg v "$four/E:U" '.cve = .cve[:1] | .cvss += [{version: "4.0", vector: $v}]' \
		case.json | as cve
	run -0 said '.metrics[]'
	assert_output - <<-EOF
		{"cvssV4_0":{"baseScore":9.3,"baseSeverity":"CRITICAL","vectorString":"$four/E:U","version":"4.0"},"format":"CVSS"}
		{"cvssV3_1":{"baseScore":7.5,"baseSeverity":"HIGH","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H","version":"3.1"},"format":"CVSS"}
		{"cvssV2_0":{"baseScore":7.8,"vectorString":"AV:N/AC:L/Au:N/C:N/I:N/A:C","version":"2.0"},"format":"CVSS"}
	EOF
	jq -c '.cve = .cve[:1] | .cvss = [{vector: "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"}]' \
		case.json | as cve
	assert_equal "$(said '.metrics[].cvssV3_0 | .baseScore, .baseSeverity')" $'0\nNONE'
	jq -c '.cve = .cve[:1] | .cvss += [.cvss[1]]' case.json | as cve
	assert_equal "$(said '[.metrics[] | keys[]]')" '["cvssV2_0","format"]'
	jq -c 'del(.cvss, .cwe)' case.json | as cve
	assert_equal "$(said 'has("metrics", "problemTypes")' | sort -u)" false
}

@test "an id, an address and a version that a CVE record names twice is in it once" {
	{
		jq -c '.cve += [.cve[0]] | .cwe = ["CWE-20", "CWE-20", "CWE-020", "CWE-123456"] |
			.reference += [.reference[0], {url: .reference[0].url}]' case.json
		status nec 2024-01-08T00:00:00Z notvulnerable signed https://example.org/advisory/1 |
			jq -c '.signed.form.product[0] += {affected: {value: "2"}, fixed: {value: "2"}}'
		status sun 2024-01-08T00:00:00Z unknown signed mailto:a@b.example
	} | as cve
	assert_equal "$(wc -l <out)" 2
	assert_equal "$(said '.references[].url' | sort | uniq -c | tr -s ' ')" \
		$' 2 https://example.org/advisory/1\n 2 https://jvn.example/vu/JVNVU90000001/'
	assert_equal "$(said '[.problemTypes[].descriptions[].cweId]' | sort -u)" '["CWE-20"]'
	assert_equal "$(said '.affected[] | select(.vendor == "nec").versions' | sort -u)" \
		'[{"status":"unaffected","version":"2"}]'
}

@test "an address that is no URI is not in a CVE record" {
	local url n=0
	cp case.json in
	while IFS= read -r url; do
		n=$((n + 1))
		status "v$n" 2024-01-08T00:00:00Z unknown signed "$url" >>in
	done <<-'EOF'
		https://a.example/%
		https://a.example/%a
		https://a.example/%zz
		https://a.example/?a[]=1
		https://a.example/#a#b
		https://a.example:x/
		https://a:b@c.example/
		mailto:a@b.example
		https://a.example:443/%c3%A9?a=1#b
		HTTP://b.example?x:y
	EOF
	as cve in
	run -0 said '.references[2:][].url'
	assert_equal "$(sort -u <<<"$output")" \
		$'HTTP://b.example?x:y\nhttps://a.example:443/%c3%A9?a=1#b'
}

@test "what a CVE record has no room for is cut" {
	jq -c '("界" * 5000) as $x | .cve = .cve[:1] | .title.ja = $x | .overview |= map_values($x) |
		.reference[0].title = $x | .product = [{name: $x, version: $x, vendor: $x}]' \
		case.json | as cve
	run -0 said '[.title, (.descriptions[].value), .references[1].name, (.affected[] |
		.vendor, .product, .versions[].version)] | map("\(length) \(.[-2:])")[]'
	assert_output - <<-'EOF'
		256 界…
		4096 界…
		4096 界…
		512 界…
		512 界…
		2048 界…
		1024 界…
	EOF
	jq -c '.cve = .cve[:1] | .title.ja = "界" * 256 |
		.reference = [range(600) | {url: "https://a.example/\(.)"}]' case.json | as cve
	assert_equal "$(said '.title[-1:], (.references | length)')" $'界\n512'
}

@test "a case that lacks what a CVE record must have is told" {
	local change what
	while IFS=: read -r change what; do
		jq -c "$change" case.json | as cve
		assert_equal "$status $stderr" "65 vc-jvn-render: JVNVU#90000001 has no $what"
		assert [ ! -s out ]
	done <<-'EOF'
		del(.cve):CVE id: there is no CVE record of it
		.cve = []:CVE id: there is no CVE record of it
		del(.product):product: a CVE record must have one
		del(.overview):overview in English: a CVE record must have one
		del(.overview.en):overview in English: a CVE record must have one
	EOF
	jq -c 'del(.product)' case.json | cat - <(status nec 2024-01-08T00:00:00Z unknown) | as cve
	assert_equal "$status" 0
}

# label CHANGE: the labels, changed, are those of the programs.
label() {
	cp -R "$VC_TOP/share" .
	jq "$1" "$VC_TOP/share/label/page.json" >share/label/page.json
	export VC_SHARE=$PWD/share
}

@test "a CVE record of a CNA without a UUID is not made" {
	local change
	for change in 'del(.cna)' 'del(.cna.org_id)' '.cna.org_id = "jpcert"' \
		'.cna.org_id |= sub("-4"; "-1")' '.cna.org_id |= .[:-1]' \
		'.cna.org_id += "0"' '.cna.org_id |= sub("a26d"; "c26d")'; do
		label "$change"
		as cve case.json
		assert_equal "$status $stderr" "78 vc-jvn-render: label/page.json: 'org_id' of 'cna' is no UUID: a CVE record says by it whose it is"
		assert [ ! -s out ]
		as html case.json
		assert_equal "$status" 0
	done
	for change in '"j"' '"a b"' '"x" * 33'; do
		label ".cna.short_name = $change"
		as cve case.json
		assert_equal "$status $stderr" "78 vc-jvn-render: label/page.json: 'short_name' of 'cna' is no name of 2 to 32 letters and digits"
	done
	label 'del(.cna.short_name)'
	as cve case.json
	assert_equal "$(jq -c '[.cveMetadata.assignerShortName, .containers.cna.providerMetadata.shortName]' out | sort -u)" "[null,null]"
}

# stated FILTER: what it finds in each statement of `out`.
stated() { jq -cr ".statements[] | $1" out; }

@test "OpenVEX says who states what since when" {
	rich | as vex -L en
	assert_equal "$status $stderr" "0 "
	run -0 jq -c 'del(.statements)' out
	assert_output '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://jvn.example/en/vu/JVNVU90000001/vex.json","author":"JPCERT/CC","last_updated":"2024-02-01T00:00:00Z","role":"Coordinator","timestamp":"2024-01-10T03:00:00Z","version":3}'
	diff out <(jq --sort-keys --indent 2 . out)
	mv out first
	rich | as vex -L en
	cmp first out
	jq -c '.publish_at = "2024-01-25T00:00:00Z"' case.json | as vex
	assert_equal "$(jq .version out)" 2
	jq -c 'del(.history)' case.json | as vex
	assert_equal "$(jq -c '[.version, .timestamp, .last_updated]' out)" \
		'[1,"2024-01-10T03:00:00Z","2024-01-10T03:00:00Z"]'
}

@test "OpenVEX has a statement for each id and product, with its duties" {
	richer | jq -c 'if .type == "case" then .product[0].purl = "pkg:generic/sample" |
		.product[1].vendor = "Sample Inc." else . end' | as vex -L en
	run -0 stated '[.vulnerability.name, (.products[]."@id" | .[-4:]), .status]'
	assert_equal "${#lines[@]}" 14
	assert_equal "$(jq -c '.statements | length - (unique | length)' out)" 0
	jq '.statements |= map(select(.vulnerability.name == "CVE-2024-0001"))' out >one
	mv one out
	run -0 stated '[.status, .supplier, .timestamp, .status_notes, .products[].identifiers]'
	assert_output - <<-'EOF'
		["affected",null,null,"サンプル通信ライブラリ versions prior to 1.2.3",{"purl":"pkg:generic/sample"}]
		["affected","Sample Inc.",null,"Sample Router all versions",null]
		["affected","fujitsu","2024-01-05T00:00:00Z","P of fujitsu: Vulnerable",null]
		["not_affected","hitachi","2024-01-06T00:00:00Z","P of hitachi 1.0 以上 2.0 未満: Not Vulnerable",null]
		["affected","toshiba","2024-01-08T00:00:00Z","P of toshiba 1.x: Vulnerable",null]
		["fixed","toshiba","2024-01-08T00:00:00Z","P of toshiba 2.0",null]
		["under_investigation","yamaha","2024-01-08T00:00:00Z","P of yamaha: Vulnerable, investigating",null]
	EOF
	run -0 stated '[.action_statement, .impact_statement]'
	assert_output - <<-'EOF'
		["Update\nUpdate to the latest version, as the developer says.",null]
		["Update\nUpdate to the latest version, as the developer says.",null]
		["Update\nUpdate to the latest version, as the developer says.",null]
		[null,"Not Vulnerable"]
		["Fix: 2.0",null]
		[null,null]
		[null,null]
	EOF
}

@test "OpenVEX says what to do, and that there is nothing to be done" {
	{
		jq -c 'del(.solution, .product) | .cve = .cve[:1]' case.json
		status nec 2024-01-08T00:00:00Z vulnerable
		status sun 2024-01-08T00:00:00Z vulnerable | jq -c '
			.signed.form.product[0] += {workaround: {value: "off"}, fix: {value: "get 2.0"}}'
	} | as vex
	run -0 stated .action_statement
	assert_output $'（記載なし）\n回避策: off\n対策: get 2.0'
}

@test "the products of OpenVEX are those of CSAF" {
	richer | as csaf
	jq -r '[.. | .x_generic_uris? // empty | .[].uri] | sort[]' out >csaf
	richer | as vex
	stated '.products[]."@id"' | sort -u | diff csaf -
	assert_equal "$(wc -l <csaf)" 7
}

@test "a case without a CVE id is a vulnerability of its own in OpenVEX" {
	jq -c 'del(.cve)' case.json | as vex
	run -0 stated .vulnerability
	assert_equal "$(sort -u <<<"$output")" \
		'{"@id":"https://jvn.example/vu/JVNVU90000001/","name":"JVNVU#90000001"}'
	jq -c '.cve += [.cve[0]]' case.json | as vex
	assert_equal "$(stated 1 | wc -l)" 4
}

@test "a case without a product is told, where OpenVEX is asked for" {
	jq -c 'del(.product)' case.json | cat - <(sent nec) | as vex
	assert_equal "$status $stderr" "65 vc-jvn-render: JVNVU#90000001 has no product: OpenVEX states nothing without one"
	assert [ ! -s out ]
}

@test "Japanese and English programs read the same of vendors and statuses" {
	local lang
	for lang in ja en; do
		richer | as cve -L "$lang"
		said '[.affected[] | .vendor, .defaultStatus, .versions[]?.status],
			[.metrics, .problemTypes, .datePublic]' >"cve.$lang"
		richer | as vex -L "$lang"
		stated '[.vulnerability.name, .status, .supplier, .timestamp]' >"vex.$lang"
	done
	diff cve.ja cve.en
	diff vex.ja vex.en
	assert_equal "$(cat cve.ja vex.ja | wc -l)" 18
}

# hostile STRING: it is in every field that is free; the paths of what the
# formats make of it in `paths`.
hostile() {
	local f
	fill "$1" | free_fields | jq -c 'if .type == "case" then
		.cve = ["CVE-2024-0001", "CVE-2024-0002"] else . end' >in
	for f in csaf cve vex; do
		as "$f" in
		[ "$status" -eq 0 ] || fail "$f: $1: $(cat err)"
		mv out "$f"
	done
	jq -c '[paths(scalars)][]' csaf cve vex >paths
}

@test "hostile text in any field changes nothing but what programs are told" {
	local s
	hostile x
	mv paths harmless
	assert_equal "$(grep -c . harmless)" 225
	for s in "${HOSTILE[@]}"; do
		hostile "$s"
		diff harmless paths || fail "$s"
		run ! grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' csaf cve vex
		run ! grep -niP '\\u(00[01]|007f|00[89]|20|fe)' csaf cve vex
		run ! grep -n $'\u202e\|\u200b\|\u2066\|\ufeff' csaf cve vex
	done
}
