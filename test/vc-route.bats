load helper

prepare() {
	cp "$VC_FIXTURE/vc-route/list.csv" list.csv
	cp "$VC_FIXTURE/man/case.json" dns.json
	chmod 644 list.csv
	export VC_ROSTER=list.csv
}

# a_case FIELDS: a record of a case that is under embargo.
a_case() {
	jq -cn '{type: "case", id: "JVN#12345678", tlp: "AMBER",
		state: "embargoed", publish_at: "2030-01-01T00:00:00Z",
		title: {ja: "題", en: "title"}} + '"$1"
}

# told FIELDS [OPTION...]: the vendors that get a notice, on one line.
told() {
	local c=$1
	shift
	a_case "$c" | vc-route -q "$@" 2>/dev/null |
		jq -rs '[.[] | select(.type == "notice").vendor] | join(" ")'
}

@test "a notice says for whom, to which address and key, and why by place" {
	run -0 --separate-stderr bash -c 'vc-route dns.json |
		jq -c "del(.subject, .text, .attachment)"'
	assert_output '{"type":"notice","id":"JVNVU#800113/alpha/1","case":"JVNVU#800113","vendor":"alpha","to":"psirt@alpha.example","kind":"disclosure","fpr":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","language":"ja","tlp":"AMBER","publish_at":"2008-07-08T18:00:00Z","why":["keyword[0]"]}
{"type":"notice","id":"JVNVU#800113/beta/1","case":"JVNVU#800113","vendor":"beta","to":"psirt@beta.example","kind":"disclosure","fpr":"BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB","language":"en","tlp":"AMBER","publish_at":"2008-07-08T18:00:00Z","why":["keyword[0]"]}'
	assert_equal "$stderr" ""
}

@test "a notice holds a letter in the vendor's language" {
	run -0 bash -c 'vc-route dns.json | jq -r ".text | length > 100"'
	assert_output "true
true"
	run -0 bash -c 'vc-route dns.json | jq -r .text | head -n 1'
	assert_output "TLP:AMBER"
	run -0 bash -c 'vc-route dns.json | jq -r "select(.vendor == \"alpha\").text"'
	assert_output --partial "株式会社アルファ"
}

@test "all reasons are given, in the order product, keyword, vendor" {
	run -0 bash -c "$(declare -f a_case); a_case '{product: [{name: \"X\"}, {name: \"Alpha Mail\"}], keyword: [\"a\", \"TLS\"], vendor: [\"alpha\"]}' | vc-route | jq -c .why"
	assert_output '["product[1]","keyword[1]","vendor[0]"]'
}

@test "products and keywords match in any width and case, never by a part" {
	assert_equal "$(told '{product: [{name: "ａｌｐｈａ ＤＮＳ　Server"}]}')" alpha
	assert_equal "$(told '{product: [{name: "alpha-dns-server"}]}')" alpha
	assert_equal "$(told '{product: [{name: "Alpha"}]}')" ""
	assert_equal "$(told '{product: [{name: "Alpha DNS Server 2"}]}')" ""
	assert_equal "$(told '{keyword: ["ｔｌｓ"]}')" alpha
	assert_equal "$(told '{keyword: ["TL"]}')" ""
	assert_equal "$(told '{keyword: [""], product: [{name: "--"}]}')" ""
}

@test "a product that says whose it is means that vendor and no other" {
	assert_equal "$(told '{product: [{name: "Alpha Mail", vendor: "beta"}]}')" beta
	assert_equal "$(told '{product: [{name: "Anything", vendor: "アルファ"}]}')" alpha
	assert_equal "$(told '{product: [{name: "Alpha Mail", vendor: "Omega"}]}')" ""
}

@test "a letter names a product whose vendor the case says to that vendor alone" {
	a_case '{keyword: ["DNS"], product: [{name: "Anything", vendor: "アルファ"},
		{name: "Something", vendor: "beta"}, {name: "Whatever"}]}' |
		vc-route >out
	run -0 jq -r '.vendor + ": " + ([.text | scan("Anything|Something|Whatever")] | join(" "))' out
	assert_output 'alpha: Anything Whatever
beta: Something Whatever'
}

@test "no vendor reads of a product that the list says is another's" {
	a_case '{keyword: ["DNS"], product: [{name: "Alpha Mail"},
		{name: "Whatever"}]}' | vc-route >out
	run -0 jq -r '.vendor + ": " + ([.text | scan("Alpha Mail|Whatever")] | join(" "))' out
	assert_output 'alpha: Alpha Mail Whatever
beta: Whatever'
}

@test "who registered individually is told of its own products alone" {
	assert_equal "$(told '{product: [{name: "SoloDNS"}]}')" solo
	assert_equal "$(told '{product: [{name: "SoloDNS"}, {name: "SoloMail"}]}')" solo
	assert_equal "$(told '{product: [{name: "X", vendor: "solo"}]}')" solo
	assert_equal "$(told '{product: [{name: "X"}], vendor: ["solo"]}')" solo
	assert_equal "$(told '{vendor: ["solo"]}')" solo
}

@test "who registered individually is never in a case of several vendors" {
	local c
	for c in '{keyword: ["DNS"]}' \
		'{product: [{name: "SoloDNS"}, {name: "BetaBind"}]}' \
		'{product: [{name: "SoloDNS"}, {name: "Unknown"}]}' \
		'{product: [{name: "SoloDNS"}, {name: "X", vendor: "Omega"}]}' \
		'{product: [{name: "SoloDNS"}], keyword: ["DNS"]}' \
		'{product: [{name: "SoloDNS"}], vendor: ["beta"]}' \
		'{product: [{name: "SoloDNS"}], vendor: ["cert"]}' \
		'{product: [{name: "SoloDNS"}], vendor: ["nobody"]}' \
		'{product: [{name: "SoloDNS"}, {name: "NewDNS"}]}' \
		'{product: [{name: "X", vendor: "Omega"}], vendor: ["solo"]}' \
		'{vendor: ["solo", "beta"]}'; do
		run told "$c"
		refute_output --partial solo
	done
	sed -i '/^alpha\|^beta\|^new\|^gone\|^held\|^cert\|^power/d' list.csv
	assert_equal "$(told '{keyword: ["DNS"]}')" ""
}

@test "after publication, and only then, individual vendors are told of all" {
	local public='state: "public", tlp: "CLEAR", keyword: ["DNS"], publish_at: "2024-01-01T00:00:00Z"'
	assert_equal "$(told "{$public}" -N 2024-01-01T00:00:00Z)" "alpha beta solo"
	assert_equal "$(told "{$public}" -N 2023-12-31T23:59:59Z)" "alpha beta"
	assert_equal "$(told "{$public, tlp: \"GREEN\"}" -N 2024-01-01T00:00:00Z)" "alpha beta"
	assert_equal "$(told "{$public, state: \"embargoed\"}" -N 2024-01-01T00:00:00Z)" "alpha beta"
}

@test "who is not registered, suspended or gone is never told" {
	local v
	for v in new held gone; do
		assert_equal "$(told "{vendor: [\"$v\"]}")" ""
		run -77 --separate-stderr bash -c "$(declare -f a_case); a_case '{vendor: [\"$v\"]}' | vc-route"
		assert_equal "$stderr" "vc-route: line 1: unregistered: vendor '$v' is not registered"
		run -0 jq -r .type <<<"$output"
		assert_output reject
	done
}

@test "a csirt is told what names it and its agreement has the label of" {
	assert_equal "$(told '{keyword: ["DNS"], vendor: ["cert"]}')" "alpha beta"
	sed -i 's/^vendor,.*/&,agreement/; s/^cert,.*/&,AMBER|GREEN/; /^vendor\|^cert/!s/$/,/' list.csv
	assert_equal "$(told '{keyword: ["DNS"]}')" "alpha beta"
	assert_equal "$(told '{keyword: ["DNS"], vendor: ["cert"]}')" "alpha beta cert"
	assert_equal "$(told '{vendor: ["cert"], tlp: "RED"}')" ""
	assert_equal "$(told '{product: [{name: "X", vendor: "cert"}]}')" ""
}

@test "an operator is told what names it, when its time has come" {
	assert_equal "$(told '{vendor: ["power"]}')" ""
	assert_equal "$(told '{vendor: ["power"], priority_at: "2029-12-01T00:00:00Z"}' -N 2029-11-30T23:59:59Z)" ""
	assert_equal "$(told '{vendor: ["power"], priority_at: "2029-12-01T00:00:00Z"}' -N 2029-12-01T00:00:00Z)" power
	assert_equal "$(told '{keyword: ["DNS"], priority_at: "2029-12-01T00:00:00Z"}' -N 2029-12-01T00:00:00Z)" "alpha beta"
	assert_equal "$(told '{vendor: ["power"], priority_at: "soon"}' -N 2029-12-01T00:00:00Z)" ""
}

# fault FIELDS: what is refused, and nothing else comes out.
fault() {
	run -77 --separate-stderr bash -c "$(declare -f a_case); a_case '$1' | vc-route"
}

@test "whom a case should reach and cannot is a reject, not silence" {
	fault '{keyword: ["NK"]}'
	assert_output '{"type":"reject","by":"vc-route","code":77,"why":"unpinned: vendor '"'nokey'"' has no confirmed key","of":{"type":"notice","id":"JVN#12345678/nokey/1","case":"JVN#12345678","vendor":"nokey","to":"psirt@nokey.example","kind":"disclosure","language":"ja","tlp":"AMBER","publish_at":"2030-01-01T00:00:00Z","why":["keyword[0]"]}}'
	assert_equal "$stderr" "vc-route: line 1: unpinned: vendor 'nokey' has no confirmed key"
	fault '{keyword: ["NM"]}'
	assert_equal "$stderr" "vc-route: line 1: no-address: vendor 'nomail' has no address to write to"
	fault '{vendor: ["nobody"]}'
	assert_equal "$stderr" "vc-route: line 1: unregistered: vendor 'nobody' is not in the vendor list"
	fault '{vendor: ["solo"], product: [{name: "BetaBind"}]}'
	assert_equal "$stderr" "vc-route: line 1: individual: vendor 'solo' is told of its own products alone"
	run -0 jq -rs 'map(.type) | join(" ")' <<<"$output"
	assert_output "notice reject"
}

@test "a case that reaches nobody is an answer of no" {
	a_case '{keyword: ["nothing"]}' >c.json
	run -1 --separate-stderr vc-route c.json
	assert_output ""
	assert_equal "$stderr" "vc-route: JVN#12345678: nobody to tell"
	run -1 --separate-stderr vc-route -q c.json
	assert_equal "$stderr" ""
}

@test "a draft and a case that was withdrawn are told to nobody" {
	local s
	for s in draft withdrawn; do
		fault "{keyword: [\"DNS\"], state: \"$s\"}"
		assert_equal "$stderr" "vc-route: line 1: JVN#12345678: a case in state '$s' is told to nobody"
		run -0 jq -c '[.code, .of.id, .of.keyword, .of.title]' <<<"$output"
		assert_output '[77,"JVN#12345678",null,null]'
	done
}

@test "a case without TLP is RED; without a time it is published never" {
	a_case '{keyword: ["TLS"]}' | jq -c 'del(.tlp, .publish_at)' >c.json
	run -0 bash -c 'vc-route c.json | jq -c "[.tlp, .publish_at]"'
	assert_output '["RED",null]'
	a_case '{keyword: ["TLS"], tlp: "WHITE"}' >c.json
	run -0 bash -c 'vc-route c.json | jq -r .tlp'
	assert_output CLEAR
}

@test "a revision of a case makes notices of their own" {
	a_case '{keyword: ["TLS"], revision_n: 3}' >c.json
	run -0 bash -c 'vc-route c.json | jq -r .id'
	assert_output "JVN#12345678/alpha/3"
}

@test "a case whose id cannot be a file name or a header is refused" {
	a_case '{keyword: ["DNS"], id: "../x"}' >c.json
	run -65 --separate-stderr vc-route c.json
	assert_equal "$stderr" "vc-route: c.json: line 1: the case has no usable id"
}

@test "-x says of each vendor not chosen why not" {
	a_case '{keyword: ["DNS"]}' >c.json
	run -0 bash -c 'vc-route -x c.json | jq -r "select(.type == \"route\") | [.id, .chosen, (.why | join(\" \"))] | @csv"'
	assert_output '"JVN#12345678/solo/route",false,"keyword[0] individual"
"JVN#12345678/new/route",false,"keyword[0] unregistered"
"JVN#12345678/gone/route",false,"keyword[0] unregistered"
"JVN#12345678/held/route",false,"keyword[0] unregistered"
"JVN#12345678/nokey/route",false,"no-match"
"JVN#12345678/nomail/route",false,"no-match"
"JVN#12345678/cert/route",false,"keyword[0] role"
"JVN#12345678/power/route",false,"keyword[0] role"'
}

@test "why quotes nothing of the case, and neither does a reject or stderr" {
	a_case '{keyword: ["SECRET", "NK"], product: [{name: "SECRET"}], overview: {ja: "SECRET"}}' >c.json
	run -77 bash -c 'vc-route c.json 2>&1'
	refute_output --partial SECRET
}

@test "the fact of a notice is in the ledger without its letter" {
	a_case '{keyword: ["TLS"]}' | vc-route -l ledger >/dev/null
	run -0 jq -c '[.type, .id, .text, .subject, .why]' ledger
	assert_output '["notice","JVN#12345678/alpha/1",null,null,["keyword[0]"]]'
}

@test "the same case gives the same notices, and other records go by" {
	echo '{"type":"other","id":"x"}' | cat - dns.json >in
	vc-route in >once
	run_out vc-route in
	assert_equal "$status" 0
	cmp once out
	run -0 head -n 1 out
	assert_output '{"type":"other","id":"x"}'
}

@test "the list may be a ledger" {
	vc-roster -j list.csv >list.jsonl
	run -0 bash -c 'vc-route -r list.jsonl dns.json | jq -r .vendor'
	assert_output "alpha
beta"
}

@test "a list that is missing, writable by others or not named is told" {
	run -66 --separate-stderr vc-route -r none.csv dns.json
	assert_output ""
	assert_equal "$stderr" "vc-route: cannot open 'none.csv': No such file or directory"
	chmod 666 list.csv
	run -78 --separate-stderr vc-route dns.json
	assert_output ""
	assert_equal "$stderr" "vc-route: 'list.csv' can be written by others: chmod go-w"
	unset VC_ROSTER
	run -64 --separate-stderr vc-route dns.json
	assert_equal "$stderr" "vc-route: no vendor list: use '-r'; see vc-route -h"
}

@test "templates that are missing end a case with 66 and no notice" {
	mkdir empty
	run -66 --separate-stderr vc-route -t empty dns.json
	run -0 jq -rs 'map(.type) | join(" ")' <<<"$output"
	assert_output reject
}

@test "ten times the vendors are told in about ten times the time" {
	local n
	for n in 1000 10000; do
		awk -v n="$n" 'BEGIN { print "vendor,kind,state,email,fpr,keyword"
			for (i = 0; i < n; i++)
				printf "v%d,general,registered,p@v%d.example,%040X,DNS\n", i, i, i }' >"$n.csv"
	done
	run -0 bash -c 'vc-route -r 1000.csv dns.json | wc -l'
	assert_output 1000
	echo 1000.csv >small && echo 10000.csv >big
	# shellcheck disable=SC2016
	linear 10 small big bash -c 'vc-route -r "$(cat)" dns.json'
}

# near FIELDS: what is near, of whom.
near() {
	a_case "$1" | vc-route -q -x 2>/dev/null |
		jq -r 'select(.near) | .vendor + ": " + (.near | join("; "))'
}

@test "-x says what would mean a vendor if it were spelled as in the list" {
	assert_equal "$(near '{product: [{name: "BetaBimd"}]}')" \
		"beta: product[0] differs from a product of vendor 'beta' by 1 letter"
	assert_equal "$(near '{product: [{name: "x"}, {name: "Alpha DMS Sever"}]}')" \
		"alpha: product[1] differs from a product of vendor 'alpha' by 2 letters"
	assert_equal "$(near '{product: [{name: "Alpha Server"}]}')" \
		"alpha: product[0] differs from a product of vendor 'alpha' by a word"
	assert_equal "$(near '{product: [{name: {ja: "Ａｌｐｈａ Ｍａｉｌ バージョン 2.1"}}]}')" \
		"alpha: product[0] differs from a product of vendor 'alpha' by version words"
	assert_equal "$(near '{product: [{name: "Alpha Mail v3"}]}')" \
		"alpha: product[0] differs from a product of vendor 'alpha' by version words"
	assert_equal "$(near '{product: [{name: "X", vendor: "Alpja"}]}')" \
		"alpha: product[0].vendor differs from the name of vendor 'alpha' by 1 letter"
	assert_equal "$(near '{vendor: ["nokei"]}')" \
		"nokey: vendor[0] differs from vendor 'nokey' by 1 letter"
	sed -i 's/|TLS/|ASN.1|SQL injection/' list.csv
	assert_equal "$(near '{keyword: ["ASN1", "SQL-injection", "SQL injectoin"]}')" \
		"alpha: keyword[2] differs from a keyword of vendor 'alpha' by 2 letters"
}

@test "what is far is not near, and what matches is no near miss" {
	assert_equal "$(near '{product: [{name: "Mail"}, {name: "Server"}, {name: "Gamma Mail"}, {name: "Mail 2"}]}')" ""
	assert_equal "$(near '{keyword: ["TL", "SSL", "D"]}')" ""
	assert_equal "$(near '{product: [{name: "BetaBind"}]}')" ""
}

@test "near misses are kept nowhere and never quote the case" {
	a_case '{product: [{name: "SECRET BetaBimd"}, {name: "BetaBimd"}], overview: {en: "SECRET"}}' |
		vc-route -q -x -l ledger >out || true
	run -0 jq -c 'select(.near).near' out
	assert_output '["product[1] differs from a product of vendor '"'beta'"' by 1 letter"]'
	run ! grep -q SECRET out
	run ! grep -q near ledger
	run -0 grep -c '"type":"route"' ledger
}

@test "near misses stay so few that one can read them" {
	local i
	for i in $(seq 300); do
		echo "v$i,,V,general,vendor,registered,p@v$i.example,$(printf %040X "$i"),ja,Common Ware|Common Warf|Common Wart|Common Wars|Common Wary|Common Ward,"
	done >>list.csv
	a_case '{product: [{name: "Common Warx"}, {name: "Common War"}, {name: "Common Warez"},
		{name: "Common Ware 2"}, {name: "Common Ware 3"}, {name: "Common Ware 4"}]}' >c.json
	run -0 bash -c 'vc-route -q -x c.json | jq -r "select(.near).near | length" | sort -n | uniq -c | sed "s/^ *//"'
	assert_output "25 4"
	run -0 bash -c 'vc-route -q -x c.json | jq -r "select(.near).near[]" | wc -l'
	assert_output 100
}

@test "a purl and a CPE of a case mean who lists the package, in any version" {
	sed -i 's/|Alpha Mail/|pkg:generic\/alpha-mail/; s/BetaBind/BetaBind|cpe:\/a:beta:bind/' list.csv
	assert_equal "$(told '{product: [{name: "M", purl: "pkg:generic/alpha-mail@2.0?x=y"}]}')" alpha
	assert_equal "$(told '{product: [{name: "B", cpe: "cpe:2.3:a:beta:bind:9:*:*:*:*:*:*:*"}]}')" beta
	assert_equal "$(told '{product: [{name: "B", purl: "pkg:generic/beta", cpe: "cpe:2.3:a:beta:mail:9:*:*:*:*:*:*:*"}]}')" ""
	assert_equal "$(told '{product: [{name: {ja: "別", en: "Alpha DNS Server"}}]}')" alpha
	assert_equal "$(told '{product: [{name: "M", vendor: "beta", purl: "pkg:generic/alpha-mail@2.0"}]}')" beta
}

@test "a vendor that the centre of origin tells itself is not told again before" {
	sed -i 's/^vendor,.*/&,direct/; s/^beta,.*/&,certcc|ncsc/; /^vendor\|^beta/!s/$/,/' list.csv
	assert_equal "$(told '{keyword: ["DNS"], origin: "certcc"}')" alpha
	assert_equal "$(told '{keyword: ["DNS"], origin: "cert"}')" "alpha beta"
	assert_equal "$(told '{keyword: ["DNS"], origin: "certcc", state: "public", tlp: "CLEAR", publish_at: "2024-01-01T00:00:00Z"}' -N 2024-01-01T00:00:00Z)" "alpha beta solo"
	a_case '{keyword: ["DNS"], origin: "certcc"}' >c.json
	run -0 bash -c 'vc-route -x c.json | jq -c "select(.vendor == \"beta\").why"'
	assert_output '["keyword[0]","direct"]'
	fault '{keyword: ["DNS"], origin: "certcc", vendor: ["beta"]}'
	assert_equal "$stderr" "vc-route: line 1: direct: vendor 'beta' is told by the centre that the case came from"
}

@test "a centre abroad sees the products of all, and no other vendor does" {
	sed -i 's/^vendor,.*/&,agreement/; s/^cert,.*/&,AMBER/; /^vendor\|^cert/!s/$/,/' list.csv
	a_case '{keyword: ["DNS"], vendor: ["cert"], product: [{name: "Anything", vendor: "アルファ"},
		{name: "Something", vendor: "beta"}, {name: "Whatever"}]}' | vc-route >out
	run -0 jq -r '.vendor + ": " + ([.text | scan("Anything|Something|Whatever")] | join(" "))' out
	assert_output 'alpha: Anything Whatever
beta: Something Whatever
cert: Anything Something Whatever'
	run -0 jq -r '.vendor + ": " + ([.attachment[] | select(.name == "case.json").text | scan("Anything|Something|Whatever")] | join(" "))' out
	assert_output 'alpha: Anything Whatever
beta: Something Whatever
cert: Anything Something Whatever'
}

# files: attachment of a case, two files.
files() {
	echo '{name: "実証.pcap", media_type: "application/octet-stream", sha256: ("0a" * 32), note: "x"},
		{name: "draft.txt", media_type: "text/plain", sha256: ("0b" * 32)}'
}

@test "the files of a case go with it, named by their hashes" {
	a_case "{keyword: [\"DNS\"], attachment: [$(files)]}" >c.json
	run -0 bash -c 'vc-route -l ledger c.json | jq -c "[.vendor, .kind, .attachment[2:]]"'
	local both
	both=$(jq -nc "[$(files)] | map(del(.note))")
	assert_output "[\"alpha\",\"disclosure\",$both]
[\"beta\",\"disclosure\",$both]"
	run ! grep -E 'pcap|draft|0a0a|0b0b' ledger
	jq -c '.revision_n = 2' c.json >again.json
	run -0 bash -c 'vc-route -l ledger again.json | jq -c "[.kind, (.attachment | length)]"'
	assert_output '["update",4]
["update",4]'
	jq -c '.revision_n = 3 | .publish_at = "2031-01-01T00:00:00Z"' c.json >later.json
	run -0 bash -c 'vc-route -l ledger later.json | jq -c "[.kind, (.attachment | map(.name))]"'
	assert_output '["date-change",["case.json"]]
["date-change",["case.json"]]'
}

@test "a restriction of the files keeps them, and their names, from who is not meant" {
	sed -i 's/^vendor,.*/&,clearance/; s/^beta,.*/&,attachment/; /^vendor\|^beta/!s/$/,/' list.csv
	local word want
	while read -r word want; do
		a_case "{keyword: [\"DNS\"], attachment: [$(files)], restriction: {attachment: \"$word\"}}" >c.json
		run -0 bash -c 'vc-route c.json | jq -r "select(tostring | contains(\"draft.txt\")) | .vendor, (.attachment | length)" | paste -sd" " -'
		assert_output "$want"
	done <<-'EOF'
		need-to-know beta 4
		private
	EOF
}

@test "a case whose files have the name of another, or are too many, is refused" {
	local f='media_type: "a/b", sha256: ("0a" * 32)'
	a_case "{keyword: [\"DNS\"], attachment: [{name: \"CASE.json\", $f}]}" >c.json
	run -65 --separate-stderr vc-route c.json
	assert_equal "$stderr" "vc-route: c.json: line 1: attachment[2]: field 'name' is that of attachment[1]"
	assert_equal "$(jq -c '[.type, .of.attachment]' <<<"$output")" '["reject",null]'
	a_case "{keyword: [\"DNS\"], attachment: [range(31) | {name: \"\(.)\", $f}]}" >c.json
	run -65 --separate-stderr vc-route c.json
	assert_equal "$stderr" "vc-route: c.json: line 1: field 'attachment' has more than 32"
}
