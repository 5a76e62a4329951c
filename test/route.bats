load helper

# Whom to tell, as a table of all that counts and of what must not count. What
# is expected is computed here from the words of vc-route(1), by awk.

# A row of the roster is named by what it is, a case by what it says:
# general.registered.vendor.domestic.none.agree.own / C-AMBER-embargoed-named-come
vendors() {
	echo vendor,kind,state,role,region,consent,agreement,direct,email,fpr,language,keyword,product
	awk 'BEGIN {
		split("general individual", kind); split("registered met suspended withdrawn", state)
		split("vendor csirt critical", role); split("domestic overseas", region)
		split("none both", consent); split("agree none", agree); split("direct own", direct)
		for (a = 1; a <= 2; a++) for (b = 1; b <= 4; b++) for (c = 1; c <= 3; c++)
		for (d = 1; d <= 2; d++) for (e = 1; e <= 2; e++) for (g = 1; g <= 2; g++)
		for (h = 1; h <= 2; h++) {
			id = kind[a] "." state[b] "." role[c] "." region[d] "." consent[e] "." agree[g] "." direct[h]
			n++
			printf "%s,%s,%s,%s,%s,%s,%s,%s,p@v%d.example,%040X,%s,all,Ware %s\n",
				id, kind[a], state[b], role[c], region[d],
				consent[e] == "none" ? "" : "name|window",
				agree[g] == "none" ? "" : "AMBER|CLEAR",
				direct[h] == "own" ? "" : "certcc", n, n,
				e == 1 ? "ja" : "en", id
		}
	}'
}

# What the words of an id say; reads "id means named", tabs between.
cases() {
	jq -cR 'split("\t") as [$id, $means, $named] | ($id | split("-")) as $w |
		{type: "case", id: $id, state: (if $w[2] == "embargoed" then "embargoed" else "public" end),
		publish_at: (if $w[2] == "come" then "2008-07-08T00:00:00Z" else "2030-01-01T00:00:00Z" end),
		title: {ja: "題", en: "title"}} +
		(if $w[1] == "none" then {} else {tlp: $w[1]} end) +
		({ready: {priority_at: "2008-07-01T00:00:00Z"}, later: {priority_at: "2029-01-01T00:00:00Z"},
			certcc: {origin: "certcc"}, plain: {}}[$w[3]]) +
		(if $means == "all" then {keyword: ["all"]} else {product: [{name: ("Ware " + $means)}]} end) +
		(if $named == "" then {} else {vendor: ($named / " ")} end)'
}

# The rules of vc-route(1) in its order. Reads "case vendor many named".
oracle() {
	awk '
	function rule(v, c) {
		open = c[2] == "CLEAR" && c[3] == "come"
		if (v[3] != "vendor" && !named) return "role"
		if (!open && v[3] == "csirt" && (v[6] != "agree" || (c[2] != "AMBER" && c[2] != "CLEAR")))
			return "agreement"
		if (!open && v[3] == "critical" && c[4] != "ready") return "priority"
		if (v[2] != "registered") return "unregistered"
		if (!open && v[1] == "individual" && many) return "individual"
		if (!open && v[7] == "direct" && c[4] == "certcc") return "direct"
		return open ? "publication" : "disclosure"
	}
	{
		many = $3 == "many"; named = $4 == "named"
		split($2, v, "."); split($1, c, "-")
		print $1, $2, rule(v, c)
	}'
}

# answers: "case vendor word" of notices and routes; rejects apart.
answers() {
	jq -r 'if .type == "notice" then [.case, .vendor, .kind]
		elif .type == "route" then [.case, .vendor, .why[-1]] else empty end | join(" ")'
}

prepare() {
	vendors >list.csv
	export VC_ROSTER=list.csv
}

@test "every vendor gets the answer of the rules in a case of many vendors" {
	local tlp when what
	: >in
	: >asked
	tail -n +2 list.csv | cut -d, -f1 >ids
	for tlp in CLEAR AMBER RED none; do
		for when in embargoed early come; do
			for what in ready later certcc plain; do
				printf 'C-%s-%s-%s-all\tall\t\n' $tlp $when $what
				printf 'C-%s-%s-%s-named\tall\t%s\n' $tlp $when $what "$(paste -sd' ' ids)"
			done
		done
	done | cases >in
	jq -r .id in | while read -r c; do
		sed "s/.*/$c & many ${c##*-}/" ids
	done | oracle >expected
	# RED-not-public and the like are all there, and so is each answer.
	assert [ "$(grep -c . expected)" -ge 300 ]
	run -0 bash -c "cut -d' ' -f3 expected | sort -u | paste -sd' '"
	assert_output "agreement direct disclosure individual priority publication role unregistered"
	vc-route -q -x -N 2020-01-01T00:00:00Z in >out 2>err || [ $? = 77 ]
	answers <out >got
	run diff <(sort expected) <(sort got)
	assert_output ""
	# Whom a case names and that is not told is with a person; nobody else is.
	awk '$3 != "publication" && $3 != "disclosure" && $1 ~ /-named$/ { print $3 ": vendor " $2 }' expected |
		sort >expected.77
	jq -r 'select(.type == "reject").why' out | sed "s/'//g; s/ \(is\|has\) .*//" | sort >got.77
	run diff expected.77 got.77
	assert_output ""
}

@test "every vendor gets the answer of the rules in a case of its own" {
	local tlp when id n=0
	# Region and consent do not count, and are here as each row has them.
	tail -n +2 list.csv | cut -d, -f1 | awk -F. '($4 == "domestic") == ($5 == "none")' >ids
	vendors | awk -F, 'NR == FNR { have[$1]; next } FNR == 1 || $1 in have' ids - >own.csv
	for tlp in CLEAR AMBER; do
		for when in embargoed come; do
			while read -r id; do
				n=$((n + 1))
				printf 'C-%s-%s-ready-%d\t%s\t\n' $tlp $when $n "$id"
				printf 'C-%s-%s-certcc-%d\t%s\t%s\n' $tlp $when $n "$id" "$id"
			done <ids
		done
	done >all.tsv
	cases <all.tsv >in
	awk -F'\t' '{ print $1, $2, "one", $3 == "" ? "no" : "named" }' all.tsv | oracle >expected
	assert [ "$(grep -c . expected)" -ge 300 ]
	vc-route -q -r own.csv -N 2020-01-01T00:00:00Z in >out 2>err || [ $? = 77 ]
	awk '$3 == "publication" || $3 == "disclosure"' expected >told
	answers <out >got
	run diff <(sort told) <(sort got)
	assert_output ""
	run grep -c individual.registered told
	assert [ "$output" -gt 20 ]
	awk 'NR == FNR { told[$1]; next } !($1 in told) && $4 == "named" { print $1 }' told \
		<(awk -F'\t' '{ print $1, $2, "one", $3 == "" ? "no" : "named" }' all.tsv) | sort >expected.77
	jq -r 'select(.type == "reject").of.case' out | sort >got.77
	run diff expected.77 got.77
	assert_output ""
}

# --- what each may read ------------------------------------------------------

# secret: a case in which each field says its own name, and whose restriction
# of a field is the third argument: "none", "need-to-know" or another word.
fields='overview description impact solution addendum comment credit poc exploit'
secret() { # ID STATE WORD
	jq -cn --arg id "$1" --arg state "$2" --arg word "$3" --arg fields "$fields" '
		{type: "case", id: $id, tlp: "CLEAR", state: $state, publish_at: "2008-07-08T00:00:00Z",
		title: {en: "title"}, vendor: ["cert"], origin: "canary-origin",
		priority_at: "2008-07-01T00:00:00Z",
		product: [{name: "Shared Ware"}, {name: "Canary-beta Ware", vendor: "beta"},
			{name: "Canary-alpha Ware"}],
		reference: [{url: "https://canary-page.example/", title: "p", vendor: "beta"},
			{url: "https://free.example/", title: "f"}],
		keyword: ["all"],
		finder: [{name: "canary-finder-name", email: "canary-finder-mail@x.example", consent: []},
			{name: "canary-known-name", email: "canary-known-mail@x.example", consent: ["identity"]},
			{name: "canary-open-name", email: "canary-open-mail@x.example", consent: ["identity", "contact"]}],
		canary_unknown: "canary-unknown"} +
		([$fields / " " | .[] | {key: ., value: {en: ("canary-" + .)}}] | from_entries) +
		(if $word == "none" then {} else {restriction: ([$fields / " " | .[] |
			{key: ., value: $word}] | from_entries)} end)'
}

reader() { # ROLE CLEARANCE...: rows of one reader each, with all that it may have
	cat <<-CSV
		vendor,name_en,kind,role,state,email,fpr,language,product,keyword,agreement,clearance
		alpha,Alpha,general,vendor,registered,p@alpha.example,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,en,Canary-alpha Ware,all,,
		beta,Beta,general,vendor,registered,p@beta.example,BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB,en,,all,,poc
		gamma,Gamma,general,vendor,registered,p@gamma.example,CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC,en,,all,,poc|exploit|overview|description|impact|solution|addendum|comment|credit
		cert,Cert,general,csirt,registered,p@cert.example,DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD,en,,,CLEAR,
		power,Power,general,critical,registered,p@power.example,EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE,en,,,,exploit
	CSV
}

# may VENDOR STATE WORD: the canaries that may be in its letter at most.
may() {
	local f has
	has=" $(reader | awk -F, -v v="$1" '$1 == v { gsub(/\|/, " ", $12); print $12 }') "
	for f in $fields; do
		# Not every finder agreed to be known.
		[ "$f" = credit ] && continue
		case $3 in
		none)
			case $f in
			poc | exploit) [[ $has == *" $f "* ]] && echo "canary-$f" ;;
			*) echo "canary-$f" ;;
			esac
			;;
		need-to-know) [[ $has == *" $f "* ]] && echo "canary-$f" ;;
		esac
	done
	case $1 in
	alpha | beta | gamma) printf '%s\n' canary-known-name canary-open-name canary-open-mail ;;
	esac
	if [ "$2" = public ]; then
		printf '%s\n' canary-alpha canary-beta canary-page
	else
		case $1 in
		alpha) echo canary-alpha ;;
		beta) printf '%s\n' canary-beta canary-page ;;
		cert | power) printf '%s\n' canary-alpha canary-beta canary-page ;;
		esac
	fi
}

@test "no notice holds a field that its vendor may not have, at every combination" {
	local state word v n=0
	reader >readers.csv
	for state in embargoed public; do
		for word in none need-to-know private; do
			secret "C-$state-$word" $state $word | jq -c '.vendor += ["power"]' |
				vc-route -q -r readers.csv -N 2020-01-01T00:00:00Z >out
			for v in alpha beta gamma cert power; do
				n=$((n + 1))
				jq -c "select(.vendor == \"$v\")" out >notice
				assert_equal "$(grep -c . notice)" 1
				grep -oiE 'canary-(finder-mail|finder-name|known-mail|known-name|open-mail|open-name|[a-z]+)' notice |
					tr A-Z a-z | sort -u >holds
				may $v $state $word | sort -u >most
				run -0 comm -23 holds most
				[ "$output" = "" ] || fail "$v reads of C-$state-$word: $output"
				case $v-$word in
				cert-none | power-none)
					grep -qx canary-alpha holds && grep -qx canary-beta holds
					;;
				esac
			done
		done
	done
	assert_equal $n 30
	# Another word is no word; what every letter says cannot be kept.
	secret C-x embargoed hush | run -65 vc-route -q -r readers.csv
	run -0 bash -c "grep -c '\"type\":\"notice\"' <<<'$output' || true"
	assert_output 0
	# And the test can see them.
	secret C-x embargoed none | vc-route -q -r readers.csv -N 2020-01-01T00:00:00Z >out || true
	run -0 bash -c 'jq -c "select(.vendor == \"alpha\")" out | grep -oiE "canary-(overview|alpha)" | sort -fu | grep -c .'
	assert [ "$output" -ge 2 ]
}

@test "a case that keeps from all what every letter says is refused" {
	local f
	reader >readers.csv
	for f in tlp state publish_at revision_n; do
		secret C-x embargoed none | jq -c --arg f $f '.restriction = {($f): "private"}' >c.json
		run -77 --separate-stderr vc-route -r readers.csv c.json
		assert_equal "$stderr" "vc-route: c.json: line 1: C-x: 'restriction' keeps '$f', which every letter says"
		run -0 jq -r .type <<<"$output"
		assert_output reject
	done
}

# --- properties --------------------------------------------------------------

mixed() { # cases of every sort, from the fixture's list
	local id=0 f
	for f in '{keyword: ["DNS"]}' '{product: [{name: "SoloDNS"}]}' \
		'{product: [{name: "Alpha Mail"}, {name: "BetaBind"}], keyword: ["TLS"]}' \
		'{keyword: ["DNS"], vendor: ["cert", "power"]}' '{vendor: ["solo", "beta"]}' \
		'{keyword: ["DNS"], state: "public", tlp: "CLEAR", publish_at: "2004-01-01T00:00:00Z"}'; do
		id=$((id + 1))
		jq -cn "{type: \"case\", id: \"C-$id\", tlp: \"AMBER\", state: \"embargoed\",
			publish_at: \"2030-01-01T00:00:00Z\", title: {ja: \"題\", en: \"title\"}} + $f"
	done
}

@test "the same cases over the same ledger give the same bytes, kept or not" {
	mixed >in
	VC_ROSTER=$VC_FIXTURE/vc-route/list.csv
	vc-route -q -x in >once 2>/dev/null || [ $? = 77 ]
	vc-route -q -x in >twice 2>/dev/null || [ $? = 77 ]
	cmp once twice
	assert [ "$(grep -c '"type":"notice"' once)" -ge 8 ]
	vc-route -q -x -l ledger in >first 2>/dev/null || [ $? = 77 ]
	vc-route -q -x -l ledger in >second 2>/dev/null || [ $? = 77 ]
	cmp once first
	cmp first second
	# One stream with two revisions is the same as two.
	jq -c '.revision_n = 2' in | cat in - >both
	vc-route -q -l one both >first 2>/dev/null || [ $? = 77 ]
	vc-route -q -l one both >second 2>/dev/null || [ $? = 77 ]
	cmp first second
	run -0 bash -c "jq -r 'select(.type == \"notice\").kind' first | sort | uniq -c | awk '{ print \$2 }' | paste -sd' '"
	assert_output "disclosure publication update"
}

@test "the order of the roster changes nothing but the order" {
	local seed
	mixed >in
	cp "$VC_FIXTURE/vc-route/list.csv" a.csv
	vc-route -q -x -r a.csv in 2>/dev/null | sort >straight || true
	for seed in 1 2 3 4 5; do
		{
			head -n 1 a.csv
			tail -n +2 a.csv | awk -v s=$seed 'BEGIN { srand(s) } { print rand() "\t" $0 }' | sort | cut -f2-
		} >b.csv
		vc-route -q -x -r b.csv in 2>/dev/null | sort >mixed || true
		cmp straight mixed
		# Notices come in the order of the list.
		sed -n '/^{"type":"case","id":"C-1"/p' in | vc-route -q -r b.csv 2>/dev/null |
			jq -r 'select(.type == "notice").vendor' >got || true
		grep -xF -f got <(cut -d, -f1 b.csv) >want
		cmp want got
	done
}

@test "a vendor that a case does not mean changes nothing" {
	mixed >in
	cp "$VC_FIXTURE/vc-route/list.csv" a.csv
	vc-route -q -r a.csv in >without 2>/dev/null || [ $? = 77 ]
	{
		head -n 1 a.csv
		echo 'first,,First,general,vendor,registered,p@first.example,0123456789ABCDEF0123456789ABCDEF01234567,ja,FirstDNS|Alpha|pkg:generic/alpha,DN|S'
		tail -n +2 a.csv
		echo 'last,,Last,individual,vendor,registered,p@last.example,0123456789ABCDEF0123456789ABCDEF01234560,ja,SoloDNS2,'
	} >b.csv
	vc-route -q -r b.csv in >with 2>/dev/null || [ $? = 77 ]
	cmp without with
}

# --- VU#800113 ---------------------------------------------------------------

# What vendors list of products where more than the keyword dns is known.
lists() {
	cat <<-'TSV'
		internet-systems-consortium	cpe:/a:isc:bind:9	product[0]
		debian-gnu-linux	pkg:deb/debian/bind9	product[1]
		ubuntu	pkg:deb/ubuntu/bind9@9.4.2	product[2]
		red-hat	pkg:rpm/redhat/bind	product[3]
		microsoft	ＷＩＮＤＯＷＳ　ＤＮＳ-Server	product[4]
		nominum	CNS	product[5]
		powerdns	PowerDNS Recursor	product[6]
		cisco	Cisco IOS	product[7]
	TSV
}

# The facts: who was notified before the day of publication, after it, never.
facts() {
	jq -rR 'if startswith("vendor,") then empty else
		[scan("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))") | .[0] // .[1]] | [.[0], .[5]] | @tsv end' \
		"$VC_TOP/examples/vu800113/vendors.csv"
}

vu800113() { # the list, and the case with products
	lists >lists
	facts >facts
	{
		echo vendor,kind,state,email,fpr,product,keyword
		awk -F'\t' 'NR == FNR { p[$1] = $2; next }
			{ n++; word = $2 == "" || $1 in p ? "" : "dns"
			printf "%s,%s,registered,psirt@%s.example,%040X,%s,%s\n", $1,
				($2 >= "2008-07-08" ? "individual" : "general"), $1, n, p[$1], word }' lists facts
	} >vu.csv
	jq -c '.product = [
		{name: "BIND", cpe: "cpe:2.3:a:isc:bind:9.4.2:*:*:*:*:*:*:*"},
		{name: "bind9", purl: "pkg:deb/debian/bind9@9.3.4?arch=source"},
		{name: "bind9", purl: "pkg:deb/ubuntu/bind9@9.4.2"},
		{name: "bind", purl: "pkg:rpm/redhat/bind@9.3.4-6.P1.el5"},
		{name: {ja: "Windows DNS サーバ", en: "Windows DNS Server"}},
		{name: "CNS", vendor: "nominum"}, {name: "powerdns recursor"}, {name: "cisco-ios"}] |
		.keyword = ["DNS"]' "$VC_TOP/examples/vu800113/case.json" >vu.json
}

@test "of the 91 vendors of VU#800113 exactly those are told who were, each for its reason" {
	vu800113
	assert_equal "$(grep -c . facts)" 91
	awk -F'\t' 'NR == FNR { why[$1] = $3; next }
		$2 != "" && $2 < "2008-07-08" { print $1, $1 in why ? why[$1] : "keyword[0]", "disclosure" }' \
		lists facts >expected
	assert_equal "$(grep -c . expected)" 79
	run -0 vc-route -r vu.csv vu.json
	jq -r '[.vendor, .why[], .kind] | join(" ")' <<<"$output" >got
	run diff expected got
	assert_output ""
}

@test "of the 91 vendors of VU#800113 each that is not told has its reason" {
	vu800113
	awk -F'\t' '$2 == "" { print $1, "no-match" } $2 >= "2008-07-08" { print $1, "keyword[0] individual" }' facts >expected
	assert_equal "$(grep -c . expected)" 12
	run -0 vc-route -x -r vu.csv vu.json
	jq -r 'select(.type == "route") | [.vendor, .why[]] | join(" ")' <<<"$output" >got
	run diff expected got
	assert_output ""
}

@test "on the day of VU#800113 those are told, too, who registered individually" {
	vu800113
	jq -c '.tlp = "CLEAR" | .state = "public"' vu.json >public.json
	awk -F'\t' '$2 != "" { print $1, "publication" }' facts >expected
	assert_equal "$(grep -c . expected)" 84
	run -0 vc-route -r vu.csv -N 2008-07-08T18:45:59Z public.json
	jq -r '[.vendor, .kind] | join(" ")' <<<"$output" >got
	run diff expected got
	assert_output ""
	run -0 vc-route -r vu.csv -N 2008-07-08T18:45:58Z public.json
	assert_equal "$(grep -c . <<<"$output")" 79
}
