load helper
load keys

teardown_file() { stop_homes; }

HEAD=vendor,name_ja,name_en,kind,role,state,email,phone,address,language,fpr,product,keyword,domain,region,consent,paper,contact_name,contact_email,contact_phone,contact_title,contact_affiliation,mail,clearance,agreement,direct,document,heard_at
BOM=$'\xEF\xBB\xBF'
FPR=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

prepare() {
	cp "$VC_FIXTURE/vc-roster/papers.jsonl" papers
	cp "$VC_FIXTURE/vc-roster/small.csv" small.csv
	cp "$VC_FIXTURE/man/roster.csv" roster.csv
	chmod 644 roster.csv small.csv
}

# keep RECORD...: into the ledger; only the reason of a reject is shown.
keep() { printf '%s\n' "$@" | vc-ledger -q -l ledger 2>/dev/null | jq -r 'select(.type == "reject").why'; }

# steps N: the first N records of the founding procedure are kept.
steps() { keep "$(head -n "$1" papers)"; }

step() {
	local id=$1 step=$2
	shift 2
	jq -cn --arg v "$id" --arg s "$step" '{type: "step",
		id: "vendor/\($v)/step/\($s)", vendor: $v, step: $s, by: "sato",
		done_at: "2004-08-01T00:00:00Z"}'"${*:+ + }$*"
}

# change ID FIELDS [BY]: a change, with the id that it must have.
change() {
	local what
	what=$(jq -cnS "{vendor: \"$1\"} + $2")
	jq -cn --argjson what "$what" --arg by "${3-sato}" \
		--arg id "change/$(printf %s "$what" | sha256sum | cut -c1-32)" \
		'{type: "change", id: $id} + $what + {by: $by}'
}

# confirm RECORD [BY [TIME]]: of this key or change.
confirm() {
	jq -cn --arg of "$(jq -r .id <<<"$1")" --arg by "${2-suzuki}" \
		--arg at "${3-2004-08-02T00:00:00Z}" '{type: "confirm",
		id: "confirm/\($of)", of: $of, by: $by, confirmed_at: $at}'
}

vendor() { jq -cn "{type: \"vendor\", id: \"vendor/$1\", vendor: \"$1\"} + $2"; }

@test "the list is a table with a BOM, all columns and unix lines" {
	run_out vc-roster small.csv
	assert_equal "$status" 0
	assert_equal "$stderr" ""
	printf '%s' "$BOM" >want
	cat >>want <<-EOT
		$HEAD
		acme,,,individual,vendor,registered,psirt@acme.example,'=1+1,,ja,,,,,,,,,,,,,,,,,,
		beta,,,individual,vendor,applied,,'＋81-3,,ja,,,,,,,,,,,,,,,,,,
		gamma,,,individual,vendor,suspended,psirt@gamma.example,"a ""b"", c",,ja,,,,,,,,,,,,,,,,,,
	EOT
	cmp want out
}

@test "a table that was printed is read back as the same table" {
	vc-roster roster.csv >once.csv
	run_out vc-roster once.csv
	assert_equal "$status" 0
	cmp once.csv out
	tail -c +4 once.csv | cmp - roster.csv
}

@test "the list as records goes through a ledger unchanged" {
	vc-roster -j roster.csv >list.jsonl
	vc-ledger -l ledger list.jsonl >/dev/null
	run_out vc-roster -j ledger
	assert_equal "$status" 0
	cmp list.jsonl out
}

@test "what a row does not say counts as the least" {
	printf 'vendor\nacme\n' >r.csv
	run -0 --separate-stderr vc-roster -j r.csv
	assert_output '{"type":"vendor","id":"vendor/acme","vendor":"acme","kind":"individual","role":"vendor","state":"applied","language":"ja"}'
}

@test "cells that look like formulas are guarded on the way out and freed on the way in" {
	local cell
	for cell in '=HYPERLINK("x")' '+1' '-1' '@SUM' '＝1' '＋1' '－1' '＠a' "'=1" "''+1" "'plain" 'a=1'; do
		jq -cn --arg c "$cell" '{type: "vendor", id: "vendor/acme",
			vendor: "acme", phone: $c}' >r.jsonl
		vc-roster r.jsonl >out.csv
		run -0 bash -c 'vc-roster -j out.csv | jq -r .phone'
		assert_output "$cell"
		run -0 tail -n 1 out.csv
		case $cell in
		"'plain" | a=1) refute_output --partial "''" ;;
		*) assert_output --regexp "(,|\")'" ;;
		esac
	done
}

@test "lists in a cell keep bars and backslashes" {
	vendor acme '{product: ["a|b", "c\\d", "e"]}' >r.jsonl
	vc-roster r.jsonl >out.csv
	run -0 tail -n 1 out.csv
	assert_output --partial ',a\|b|c\\d|e,'
	run -0 bash -c 'vc-roster -j out.csv | jq -c .product'
	assert_output '["a|b","c\\d","e"]'
}

@test "rows end in CRLF, CR or LF, and may hold line ends" {
	printf 'vendor,address\r\nacme,"Tokyo\nJapan"\r\n\r\nbeta,x\r\n' >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -c "[.vendor, .address]"'
	assert_output '["acme","Tokyo\nJapan"]
["beta","x"]'
	printf 'vendor,address\racme,x\rbeta,y\r' >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -r .vendor'
	assert_output 'acme
beta'
}

# refused WHY: r.csv is refused for that reason, and nothing is printed.
refused() {
	run -78 --separate-stderr vc-roster r.csv
	assert_output ""
	assert_equal "$stderr" "vc-roster: $1"
}

@test "a fault in a table is told with file and line, and nothing is taken" {
	printf 'vendor,state\na,registered\n\nb,"x\ny",z\n' >r.csv
	refused "r.csv:4: 3 cells under 2 columns"
	printf 'vendor,state\na,registered\nb,x"y\n' >r.csv
	refused "r.csv:3: a quote in the wrong place"
	printf 'vendor,state\na,registered\nb,"x\ny\n' >r.csv
	refused "r.csv:3: a quoted cell is not closed"
	printf 'vendor,state\na,"x"y\n' >r.csv
	refused "r.csv:2: a quote in the wrong place"
	printf 'vendor,sate\na,registered\n' >r.csv
	refused "r.csv:1: unknown column 'sate'"
	printf 'vendor,state,state\na,x,x\n' >r.csv
	refused "r.csv:1: column 'state' is there twice"
	printf 'state\nregistered\n' >r.csv
	refused "r.csv:1: column 'vendor' is missing"
	printf 'vendor\na\nb c\n' >r.csv
	refused "r.csv:3: column 'vendor' is no id of letters, digits and . _ + -"
	printf '\n' >r.csv
	refused "r.csv: no row that names columns"
}

@test "a ledger in which nothing stands yet is a list of nobody" {
	: >empty
	run -0 --separate-stderr vc-roster -j -r empty
	assert_output ""
	assert_equal "$stderr" ""
}

@test "a table that is neither UTF-8 nor CP932 is refused with the line" {
	printf 'vendor,name_ja\na,\xc6\xfc\xff\n' >r.csv
	refused "r.csv:2: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'"
	printf 'vendor,name_ja\na,\xe6\x97\xa5\n\nb,\xff\n' >r.csv
	refused "r.csv:4: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'"
	printf '\xef\xbb\xbfvendor,name_ja\na,\x93\xfa\x97\xa7\n' >r.csv
	refused "r.csv:2: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'"
	printf 'vendor,name_ja\na,b\0c\n' >r.csv
	refused "r.csv:2: a NUL octet"
}

@test "UTF-16, with a mark or without, is refused with what to do" {
	local set
	for set in UTF-16 UTF-16LE UTF-16BE; do
		printf 'vendor\ta\n' | iconv -f UTF-8 -t $set >r.csv
		refused "r.csv:1: UTF-16, or 'Unicode text'; save the table as 'CSV UTF-8'"
	done
}

@test "a list in CP932 is read as what it says" {
	printf 'vendor,name_ja\na,\x93\xfa\x97\xa7\nb,\xfb\xfc\x87\x40\x81\x60\xb1\n' >r.csv
	run -0 --separate-stderr bash -c 'vc-roster -j r.csv | jq -r .name.ja'
	assert_output '日立
髙①～ｱ'
	assert_equal "$stderr" ""
	printf 'vendor,product\na,\x83\x5c|\x95\x5c\n' >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -c .product'
	assert_output '["ソ","表"]'
}

@test "words outside the closed sets are refused" {
	printf 'vendor,state\na,registred\n' >r.csv
	refused "r.csv:2: field 'state' is not a known word"
	printf 'vendor,kind\na,General\n' >r.csv
	refused "r.csv:2: field 'kind' is not a known word"
	printf 'vendor,fpr\na,ABC\n' >r.csv
	refused "r.csv:2: field 'fpr' is not 40 upper-case hex digits"
}

@test "a fingerprint may stand as gpg prints it" {
	printf 'vendor,fpr\na,%s\n' 'aaaa aaaa aaaa aaaa aaaa  aaaa aaaa aaaa aaaa aaaa' >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -r .fpr'
	assert_output "$FPR"
}

@test "addresses, domains and hidden characters are checked" {
	local bad
	for bad in 'a@b@c.example' '-f@x.example' 'a b@x.example' \
		'"a"@x.example' 'a@x.example>' 'ａ@x.example' 'a@-x.example'; do
		printf 'vendor,email\na,"%s"\n' "${bad//\"/\"\"}" >r.csv
		refused "r.csv:2: email is no mail address"
	done
	printf 'vendor,contact_email\na,x\n' >r.csv
	refused "r.csv:2: contact.email is no mail address"
	printf 'vendor,domain\na,x.example|com\n' >r.csv
	refused "r.csv:2: domain[1] is no domain"
	printf 'vendor,name_en\na,x\xe2\x80\xaey\n' >r.csv
	refused "r.csv:2: name.en has a hidden character"
	printf 'vendor,product\na,ok|x\033[2J\n' >r.csv
	refused "r.csv:2: product[1] has a hidden character"
}

@test "papers, more addresses and rights go through a table and back" {
	vendor acme "{kind: \"general\", role: \"csirt\", state: \"registered\",
		language: \"en\", paper: [\"profile\"], mail: [{role: \"legal\", email: \"l@acme.example\"},
		{role: \"press\", email: \"p@acme.example\"}],
		clearance: [\"poc\", \"exploit\"], agreement: [\"AMBER+STRICT\"],
		direct: [\"cert-cc\"], document: [{paper: \"profile\",
		came_at: \"2004-07-20T00:00:00Z\", sha256: \"$(printf %064d 7)\"}],
		heard_at: \"2026-11-21T09:00:00Z\"}" >want
	vc-roster want >r.csv
	run -0 tail -n 1 r.csv
	assert_output --partial ",legal l@acme.example|press p@acme.example,poc|exploit,AMBER+STRICT,cert-cc,profile 2004-07-20T00:00:00Z $(printf %064d 7),2026-11-21T09:00:00Z"
	run_out vc-roster -j r.csv
	assert_equal "$status $stderr" "0 "
	cmp want out
	run -0 "$VC_PROBE/probe-roster" r.csv <<<p@ACME.example
	assert_output acme
}

@test "what papers, addresses and rights lack is told" {
	local h
	h=$(printf %064d 7)
	while IFS=: read -r column cell why; do
		printf 'vendor,%s\na,%s\n' "$column" "${cell//;/:}" >r.csv
		refused "r.csv:2: ${why//;/:}"
	done <<-EOT
		mail:legal:mail[0].email is missing
		mail:legal l@x.example|press p@x.example q@x.example:mail[1].email is no mail address
		mail:-legal l@x.example:mail[0].role is no word of letters, digits and . _ + -
		document:profile 2004-07-20T00;00;00Z:document[0].sha256 is missing
		document:profile today $h:document[0].came_at is not a time such as 2008-07-08T18;45;59Z
		document:profile 2004-07-20T00;00;00Z ${h}0:document[0].sha256 is not 64 lower-case hex digits
		clearance:poc|all of it:clearance[1] is no word of letters, digits and . _ + -
		heard_at:today:field 'heard_at' is not a time such as 2008-07-08T18;45;59Z
	EOT
	printf 'vendor,email,mail\na,x@y.example,\nb,,legal x@Y.example\n' >r.csv
	refused "r.csv:3: mail of vendor 'b' belongs to 'a'"
}

@test "no id, address, domain or fingerprint belongs to two rows" {
	printf 'vendor\na\na\n' >r.csv
	refused "r.csv:3: vendor 'a' is there twice"
	printf 'vendor,email\na,x@y.example\nb,x@Y.EXAMPLE\n' >r.csv
	refused "r.csv:3: email of vendor 'b' belongs to 'a'"
	printf 'vendor,email,contact_email\na,x@y.example,\nb,,x@y.example\n' >r.csv
	refused "r.csv:3: contact.email of vendor 'b' belongs to 'a'"
	printf 'vendor,domain\na,y.example\nb,z.example|Y.example\n' >r.csv
	refused "r.csv:3: domain of vendor 'b' belongs to 'a'"
	printf 'vendor,fpr\na,%s\nb,%s\n' $FPR $FPR >r.csv
	refused "r.csv:3: fpr of vendor 'b' belongs to 'a'"
}

@test "who withdrew stays in the list and owns nothing" {
	printf 'vendor,state,email,fpr\na,withdrawn,x@y.example,%s\nb,registered,x@y.example,%s\n' $FPR $FPR >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -r .vendor'
	assert_output 'a
b'
	run -0 "$VC_PROBE/probe-roster" r.csv <<<x@y.example
	assert_output b
}

@test "limits: a cell of 64 KiB passes, more is refused" {
	printf 'vendor,address\na,%s\n' "$(head -c 65536 /dev/zero | tr '\0' x)" >r.csv
	run -0 bash -c 'vc-roster r.csv | wc -c'
	printf 'vendor,address\na,%sy\n' "$(head -c 65536 /dev/zero | tr '\0' x)" >r.csv
	refused "r.csv:2: a cell is longer than 65536 octets"
	printf 'vendor,address\na,"%s\n' "$(yes | head -c 1048576)" >r.csv
	refused "r.csv:2: a row is longer than 1 MiB"
}

@test "a list that others can write is refused with 78" {
	chmod 666 roster.csv
	run -78 --separate-stderr vc-roster roster.csv
	assert_output ""
	assert_equal "$stderr" "vc-roster: 'roster.csv' can be written by others: chmod go-w"
}

@test "a list that is missing is told with 66" {
	run -66 --separate-stderr vc-roster nowhere.csv
	assert_output ""
	assert_equal "$stderr" "vc-roster: cannot open 'nowhere.csv': No such file or directory"
}

@test "a call without a list, or with two, is wrong" {
	run -64 --separate-stderr vc-roster
	assert_equal "$stderr" "vc-roster: no vendor list: name one, or use '-r'; see vc-roster -h"
	run -64 --separate-stderr vc-roster a b
	assert_equal "$stderr" "vc-roster: 'b' is one argument too many; see vc-roster -h"
}

@test "the list is the operand, then -r, VC_ROSTER, -l" {
	steps 9
	VC_ROSTER=roster.csv run -0 bash -c 'vc-roster -j small.csv | jq -r .vendor | head -n 1'
	assert_output acme
	VC_ROSTER=roster.csv VC_LEDGER=ledger run -0 bash -c 'vc-roster -j | jq -r .vendor | head -n 1'
	assert_output hitachi
	VC_LEDGER=ledger run -0 bash -c 'vc-roster -j | jq -r .vendor'
	assert_output acme
}

@test "printing the list keeps nothing in the ledger" {
	steps 9
	cp ledger before
	vc-roster -j -l ledger >/dev/null
	cmp before ledger
}

@test "standard output that cannot be written is told with 74" {
	run -74 --separate-stderr bash -c 'vc-roster roster.csv >/dev/full'
	assert_equal "$stderr" "vc-roster: cannot write to standard output: No space left on device"
}

@test "five steps and seven papers make a registered vendor" {
	run -0 steps 9
	assert_output ""
	run -0 --separate-stderr bash -c 'vc-roster -j ledger | jq -S .'
	local got=$output
	run -0 jq -S . <<-'EOT'
		{"type": "vendor", "id": "vendor/acme", "vendor": "acme",
		"name": {"ja": "株式会社アクメ"}, "kind": "general",
		"role": "vendor", "state": "registered", "language": "ja",
		"email": "vh@acme.example", "phone": "03-1",
		"address": "東京都\n千代田区", "contact": {"name": "山田"},
		"fpr": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"product": ["Acme Server"], "keyword": ["DNS"],
		"domain": ["acme.example"], "paper": ["register", "profile",
		"products", "contact", "person", "consent", "public-key"]}
	EOT
	assert_equal "$got" "$output"
}

@test "each step moves the state, and each set of papers shortens what is owed" {
	local n want
	while read -r n want; do
		rm -f ledger
		steps "$n"
		run -0 bash -c 'vc-roster -m ledger | tail -n +2'
		assert_output "$want"
	done <<-EOT
		2 acme,applied,papers-shown,register|profile|products|contact|person|consent|public-key,unconfirmed,,
		3 acme,papers-shown,papers-in,register|profile|products|contact|person|consent|public-key,unconfirmed,,
		4 acme,papers-shown,papers-in,consent|public-key,unconfirmed,,
		5 acme,papers-in,meeting,,unconfirmed,,
		6 acme,met,agree,,unconfirmed,,
		7 acme,met,agree,,unconfirmed,key/$FPR,
		8 acme,met,agree,,,,
	EOT
}

@test "what is owed has a head, and leaves out who is registered or gone" {
	run_out vc-roster -m roster.csv
	assert_equal "$status" 0
	assert_equal "$output" "${BOM}vendor,state,next,paper,key,confirm,on_file
nordic,papers-shown,papers-in,consent|public-key,unconfirmed,,"
}

@test "a step that is too early says what is missing" {
	steps 2
	run -0 keep "$(step acme papers-in '{paper: ["consent"]}')"
	assert_output "acme: step 'papers-in' needs the step 'papers-shown' first"
	run -0 keep "$(step acme agree)"
	assert_output "acme: step 'agree' needs the step 'papers-shown' first"
	keep "$(step acme papers-shown)"
	run -0 keep "$(step acme meeting)"
	assert_output "acme: step 'meeting' needs the papers 'register', 'profile', 'products', 'contact', 'person', 'consent' and 'public-key' first"
	keep "$(step acme papers-in '{paper: ["register", "profile", "products", "contact", "person"]}')"
	run -0 keep "$(step acme meeting)"
	assert_output "acme: step 'meeting' needs the papers 'consent' and 'public-key' first"
	keep "$(step acme papers-in '{paper: ["public-key"]}')"
	run -0 keep "$(step acme meeting)"
	assert_output "acme: step 'meeting' needs the paper 'consent' first"
	keep "$(step acme papers-in '{paper: ["consent"]}')"
	run -0 keep "$(step acme agree)"
	assert_output "acme: step 'agree' needs the step 'meeting' first"
	run -0 keep "$(step other meeting)"
	assert_output "other: step 'meeting' needs the step 'apply' first"
}

@test "an application names a form that the ledger holds" {
	run -0 keep "$(step acme apply)"
	assert_output "acme: step 'apply' names no poc record in 'of'"
	run -0 keep "$(sed -n 2p papers)"
	assert_output "acme: poc record 'mail/0123456789abcdef0123456789abcdef/poc' is not in the ledger"
}

@test "papers are of the table, and a hand-in has one" {
	steps 3
	run -0 keep "$(step acme papers-in)"
	assert_output "acme: step 'papers-in' names no paper"
	run -0 keep "$(step acme papers-in '{paper: ["consent", "passport"]}')"
	assert_output "acme: paper[1] is no paper of label/order.json"
	run -0 keep "$(step acme papers-in '{paper: ["consent"], domain: ["com"]}')"
	assert_output "acme: domain[0] is no domain"
}

@test "a step is taken once, but the same record may come again" {
	steps 9
	run -0 keep "$(cat papers)"
	assert_output ""
	run -0 keep "$(step acme meeting)"
	assert_output "acme: step 'meeting' was taken already"
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.state, .product[0], .fpr] | join(\" \")"'
	assert_output "registered Acme Server $FPR"
}

@test "a registered vendor may hand in a new list of products" {
	steps 9
	run -0 keep "$(step acme papers-in '{paper: ["products"], product: ["Acme Server 2"]}')"
	assert_output ""
	run -0 bash -c 'vc-roster -j ledger | jq -c "[.state, .product]"'
	assert_output '["registered",["Acme Server 2"]]'
}

@test "without a key, and without a second person, nobody is registered" {
	steps 6
	run -0 keep "$(sed -n 9p papers)"
	assert_output "acme: step 'agree' needs a 'key' record first"
	keep "$(sed -n 7p papers)"
	run -0 keep "$(sed -n 9p papers)"
	assert_output "acme: step 'agree' needs a second person to confirm 'key/$FPR' first"
	run -0 keep "$(sed -n 8p papers | jq -c '.by = "Sato"')"
	assert_output "'key/$FPR' was brought by 'sato': another person confirms it"
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.state, .fpr // \"none\"] | join(\" \")"'
	assert_output "met none"
}

@test "a key that does not say who brought it cannot be confirmed" {
	steps 6
	keep "$(sed -n 7p papers | jq -c 'del(.by)')"
	run -0 keep "$(sed -n 8p papers)"
	assert_output "'key/$FPR' does not say who brought it: add 'by' to it"
	run -0 keep "$(sed -n 7,9p papers)"
	assert_output ""
}

@test "a ledger with records out of order gives no more rights" {
	{
		sed -n 1,2p papers
		sed -n 9p papers
		sed -n 7p papers
		sed -n 8p papers | jq -c '.by = "sato"'
	} >r.jsonl
	run -0 bash -c 'vc-roster -j r.jsonl | jq -r "[.state, .fpr // \"none\"] | join(\" \")"'
	assert_output "applied none"
}

@test "a second key holds only when it is confirmed; until then the old one does" {
	local new=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
	steps 9
	keep "$(sed -n 7p papers | sed s/$FPR/$new/g)"
	run -0 bash -c 'vc-roster -j ledger | jq -r .fpr'
	assert_output $FPR
	keep "$(sed -n 8p papers | sed s/$FPR/$new/g)"
	run -0 bash -c 'vc-roster -j ledger | jq -r .fpr'
	assert_output $new
	keep "$(sed -n 8p papers)"
	run -0 bash -c 'vc-roster -j ledger | jq -r .fpr'
	assert_output $new
}

@test "a key belongs to one vendor" {
	steps 9
	run -0 keep "$(sed -n 7p papers | jq -c '.vendor = "other"')"
	assert_output "other: 'key/$FPR' belongs to vendor 'acme'"
	run -0 keep "$(vendor other "{fpr: \"$FPR\"}")"
	assert_output "other: 'key/$FPR' belongs to vendor 'acme'"
}

@test "a vendor record changes data, but takes no step and pins no key" {
	steps 5
	run -0 keep "$(vendor acme '{state: "registered"}')"
	assert_output "acme: state 'registered' needs the step 'meeting' first"
	run -0 keep "$(vendor acme "{fpr: \"$FPR\"}")"
	assert_output "acme: 'fpr' changes by the records 'key' and 'confirm'"
	run -0 keep "$(vendor acme '{email: "x@y@z"}')"
	assert_output "acme: email is no mail address"
	run -0 keep "$(vendor acme '{phone: "03-2", role: "critical"}')"
	assert_output ""
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.state, .email, .role, .phone] | join(\" \")"'
	assert_output "papers-in vh@acme.example critical 03-2"
}

@test "an empty field of a vendor record takes the field away" {
	steps 9
	keep "$(vendor acme '{phone: "", product: []}')"
	run -0 bash -c 'vc-roster -j ledger | jq -c "[.phone, .product, .address]"'
	assert_output '[null,null,"東京都\n千代田区"]'
}

@test "a vendor is suspended and comes back; who withdrew begins anew" {
	steps 9
	keep "$(vendor acme '{state: "suspended"}')"
	run -0 bash -c 'vc-roster -j ledger | jq -r .state'
	assert_output suspended
	keep "$(vendor acme '{state: "registered"}')"
	run -0 bash -c 'vc-roster -j ledger | jq -r .state'
	assert_output registered
	keep "$(vendor acme '{state: "withdrawn"}')"
	run -0 keep "$(vendor acme '{state: "registered"}')"
	assert_output "acme: withdrew, and begins again with the step 'apply'"
	run -0 keep "$(step acme meeting)"
	assert_output "acme: withdrew, and begins again with the step 'apply'"
	run -0 keep "$(step acme apply '{of: "mail/0123456789abcdef0123456789abcdef/poc"}')"
	assert_output ""
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.state, .fpr // \"none\", (.paper // [] | length)] | join(\" \")"'
	assert_output "applied none 0"
}

@test "two vendors of a ledger with one address are told apart or refused" {
	steps 9
	keep "$(vendor other '{email: "vh@ACME.example"}')"
	run -78 --separate-stderr vc-roster ledger
	assert_output ""
	assert_equal "$stderr" "vc-roster: ledger: email of vendor 'other' belongs to 'acme'"
	local own
	own=$(change other '{email: "vh@other.example"}')
	keep "$own" "$(confirm "$own")"
	run -0 bash -c 'vc-roster -j ledger | jq -r .email'
	assert_output 'vh@acme.example
vh@other.example'
}

@test "an address belongs to a row by itself or by its whole domain, never by likeness" {
	printf 'vendor,email,domain\nacme,PSIRT@acme.example,acme.example|acme.test\nsub,psirt@sub.test,\n' >r.csv
	run -0 "$VC_PROBE/probe-roster" r.csv <<-'EOT'
		PSIRT@ACME.example
		anybody@acme.test
		psirt@sub.test
		PSIRT@sub.test
		x@sub.acme.example
		x@notacme.example
		x@acme.example.evil.test
		x@аcme.example
		@acme.example
		acme.example
		a@b@acme.example
		a b@acme.example

	EOT
	assert_output "acme
acme
sub
-
-
-
-
-
-
-
-
-
-"
}

@test "the key of a vendor goes into the store and waits for a second person" {
	local fpr
	fpr=$(key_fpr nec)
	mkdir -m 700 keys
	run -0 --separate-stderr vc-roster -r roster.csv -k keys -w nordic \
		-b sato -a "$KEY_DIR/nec.asc" -l kept
	assert_equal "$stderr" ""
	run -0 jq -c '[.type, .id, .vendor, .fpr, .by]' <<<"$output"
	assert_output "[\"key\",\"key/$fpr\",\"nordic\",\"$fpr\",\"sato\"]"
	assert_file_exist "keys/$fpr.asc"
	run -0 jq -r .id kept
	assert_output "key/$fpr"
}

@test "a key that was brought and confirmed pins the vendor" {
	local fpr
	fpr=$(key_fpr nec)
	mkdir -m 700 keys
	steps 6
	vc-roster -k keys -w acme -b sato -l ledger -a "$KEY_DIR/nec.asc" >/dev/null
	run -0 bash -c 'vc-roster -j ledger | jq -r .fpr'
	assert_output null
	keep "$(sed -n 8p papers | sed "s/$FPR/$fpr/g")" "$(sed -n 9p papers)"
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.state, .fpr] | join(\" \")"'
	assert_output "registered $fpr"
}

@test "a key needs a vendor of the list, a store, and to be nobody else's" {
	mkdir -m 700 keys
	run -64 --separate-stderr vc-roster -r roster.csv -a "$KEY_DIR/nec.asc"
	assert_equal "$stderr" "vc-roster: option '-a' needs '-k', and '-w' or '-R'; see vc-roster -h"
	run -64 --separate-stderr vc-roster -r roster.csv -k keys -a "$KEY_DIR/nec.asc"
	assert_equal "$stderr" "vc-roster: option '-a' needs '-k', and '-w' or '-R'; see vc-roster -h"
	run -65 --separate-stderr vc-roster -r roster.csv -k keys -w nobody -a "$KEY_DIR/nec.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: vendor 'nobody' is not in the list"
	run -65 --separate-stderr vc-roster -r roster.csv -k keys -w nordic -a "$KEY_DIR/hitachi.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: the key is pinned for vendor 'hitachi'"
}

@test "the archive key comes in for no vendor, and waits for a second person" {
	local fpr
	fpr=$(key_fpr nec)
	mkdir -m 700 keys
	steps 9
	run -0 --separate-stderr vc-roster -R "$fpr" -k keys -b sato -l ledger \
		-a "$KEY_DIR/nec.asc"
	assert_equal "$stderr" ""
	run -0 jq -c '[.type, .id, .vendor, .fpr, .by]' <<<"$output"
	assert_output "[\"key\",\"key/$fpr\",null,\"$fpr\",\"sato\"]"
	assert_file_exist "keys/$fpr.asc"
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output ",,,,,key/$fpr,"
	run -0 vc-roster -m -T -N 2010-01-01T00:00:00Z ledger
	assert_output ""
	run -0 keep "$(confirm "{\"id\":\"key/$fpr\"}" SATO)"
	assert_output "'key/$fpr' was brought by 'sato': another person confirms it"
	run -0 keep "$(confirm "{\"id\":\"key/$fpr\"}" ito)"
	assert_output ""
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output ""
	# No vendor has it, and none gets it.
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.vendor, .fpr] | join(\" \")"'
	assert_output "acme $FPR"
	run -0 keep "$(sed -n 7p papers | sed "s/$FPR/$fpr/g")" \
		"$(vendor other "{fpr: \"$fpr\"}")"
	assert_output "acme: 'key/$fpr' belongs to the centre
other: 'key/$fpr' belongs to the centre"
}

@test "the archive key is the one that -R names, and no vendor's" {
	local fpr
	fpr=$(key_fpr nec)
	mkdir -m 700 keys
	export VC_KEYS=$PWD/keys VC_ROSTER=$PWD/roster.csv
	run -65 --separate-stderr vc-roster -R "$(key_fpr fujitsu)" -a "$KEY_DIR/nec.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: '$KEY_DIR/nec.asc' does not hold the archive key $(key_fpr fujitsu)"
	run -65 --separate-stderr vc-roster -R "$(key_fpr hitachi)" -a "$KEY_DIR/hitachi.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: the key is pinned for vendor 'hitachi'"
	run -65 --separate-stderr env VC_ARCHIVE="$fpr" \
		vc-roster -w nordic -a "$KEY_DIR/nec.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: the key is the centre's archive key"
	run -64 --separate-stderr vc-roster -R nec -a "$KEY_DIR/nec.asc"
	assert_output ""
	assert_equal "$stderr" "vc-roster: option '-R' wants a fingerprint: 40 upper-case hex digits"
	# A site that has one brings in keys of vendors as before.
	run -0 --separate-stderr env VC_ARCHIVE="$(key_fpr fujitsu)" \
		vc-roster -w nordic -a "$KEY_DIR/nec.asc"
	run -0 jq -r .vendor <<<"$output"
	assert_output nordic
}

@test "ten times the vendors are read in about ten times the time" {
	local n
	for n in 5000 50000; do
		awk -v h="$HEAD" -v n="$n" 'BEGIN { print h; for (i = 0; i < n; i++)
			printf "v%d,名,Name,general,vendor,registered,p@v%d.example,,,ja,%040X,P%d|Q,DNS,,,,,,,,,,,,,,,\n", i, i, i, i }' >"$n.csv"
	done
	run -0 bash -c 'vc-roster 50000.csv | wc -l'
	assert_output 50001
	# shellcheck disable=SC2016
	echo 5000.csv >small && echo 50000.csv >big
	# shellcheck disable=SC2016
	linear 10 small big bash -c 'vc-roster "$(cat)"'
}
