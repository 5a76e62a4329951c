load helper
load keys
load out

teardown_file() { stop_homes; }

# Registration: who may take which step, and who stands behind what.

POC='{"type":"poc","id":"mail/1/poc","claimed":{"form":{"form":"poc"}}}'
KEY=key/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

# change_id JSON: of a change with these fields, whose keys are in order.
change_id() { printf 'change/%.32s\n' "$(printf %s "$1" | sha256sum)"; }

@test "every state x step x paper x person has its verdict" {
	local table=$VC_FIXTURE/enrol/steps.txt change n
	change=$(change_id '{"email":"new@v.example","vendor":"v"}')
	jq -Rn '[inputs]' "$table" >rows
	jq -r --arg c "$change" -f "$VC_FIXTURE/enrol/steps.jq" rows >records
	mkdir row
	awk -v poc="$POC" '!($1 in seen) { print poc >"row/" $1; seen[$1] }
		{ print substr($0, length($1) + 2) >"row/" $1 }' records
	n=$(($(wc -l <"$table") - 1))
	[ "$n" -ge 250 ]
	for ((i = 1; i <= n; i++)); do
		vc-ledger -l "row/$i.ledger" "row/$i" 2>>err | tail -n 1
	done | jq -r 'if .type == "reject" then .why else "ok" end' >said
	tail -n +2 "$table" | sed "s,|K:,|$KEY:,; s,|V:,|v:,; s,'V','v',; s,'K','$KEY',; s,'C','$change'," >want
	# A row that is wrong is named, with what was said instead.
	run -0 bash -c "paste -d'|' said want | awk -F'|' '\$1 != \$NF'"
	assert_output ""
	# Only the last record of a row is ever refused.
	assert_equal "$(wc -l <err)" "$(grep -vc '^ok$' said)"
}

# trials N: the records of N vendors, each registered by persons that chance
# chose, in an order that chance chose: half of them nearly in turn.
trials() {
	local i
	for ((i = 1; i <= $1; i++)); do
		change_id '{"email":"new@t'$i'.example","vendor":"t'$i'"}'
	done | awk -v poc="$POC" '
	function who() { return "\"by\":\"" name[int(rand() * 4)] "\"" }
	function time() { return sprintf("2004-07-%02dT00:00:00Z", 1 + int(rand() * 28)) }
	function step(s, more) {
		add("step", "vendor/" v "/step/" s, "\"vendor\":\"" v \
			"\",\"step\":\"" s "\",\"done_at\":\"" time() "\"" more)
	}
	function key(k) { add("key", k, "\"vendor\":\"" v "\",\"fpr\":\"" substr(k, 5) "\"") }
	function confirm(of) {
		add("confirm", "confirm/" of, "\"of\":\"" of \
			"\",\"confirmed_at\":\"" time() "\"")
	}
	function add(type, id, rest) {
		line[n++] = "{\"type\":\"" type "\",\"id\":\"" id "\"," rest "," who() "}"
	}
	BEGIN {
		srand(20040708)
		name[0] = "sato"; name[1] = "Sato "; name[2] = "ito"; name[3] = "ＩＴＯ"
		print poc
	}
	{
		v = "t" NR; n = 0
		a = sprintf("key/A%039d", NR); b = sprintf("key/B%039d", NR)
		step("apply", ",\"of\":\"mail/1/poc\",\"kind\":\"individual\"")
		step("papers-shown", ""); key(a); confirm(a)
		step("papers-in", ",\"paper\":[\"wish\",\"contact\",\"person\",\"consent\",\"public-key\"]")
		step("meeting", ""); confirm(a); step("agree", "")
		add("change", $0, "\"vendor\":\"" v "\",\"email\":\"new@" v ".example\"")
		confirm($0); key(b); confirm(b); confirm(a); confirm($0)
		add("vendor", "vendor/" v, "\"vendor\":\"" v "\",\"fpr\":\"" substr(b, 5) "\"")
		add("vendor", "vendor/" v, "\"vendor\":\"" v "\",\"email\":\"x@" v ".example\"")
		for (k = 0; k < (NR % 2 ? 3 : 60); k++) {
			i = 1 + int(rand() * (n - 1)); j = 1 + int(rand() * (n - 1))
			t = line[i]; line[i] = line[j]; line[j] = t
		}
		for (i = 0; i < n; i++) print line[i]
	}'
}

@test "in whatever order records come, two persons stand behind each key and address" {
	trials 400 >ledger
	run -0 --separate-stderr vc-roster -j ledger
	printf '%s\n' "$output" >rows
	# For each key and change: those who brought it, those who confirmed it.
	jq -n 'def norm: ascii_downcase | gsub(" "; "") | gsub("ｉｔｏ|ＩＴＯ"; "ito");
	reduce inputs as $r ({}; if $r.type == "key" or $r.type == "change"
		then .[$r.id].brought += [$r.by | norm] | .[$r.id].email = $r.email
		elif $r.type == "confirm" then .[$r.of].confirmed += [$r.by | norm]
		else . end)
	| map_values(. + {two: ([(.brought // [])[] as $x
		| (.confirmed // [])[] | select(. != $x)] | length > 0)})' ledger >behind
	run -0 jq -r --slurpfile behind behind '$behind[0] as $b
	| ([$b[] | select(.two) | .email // empty]) as $emails
	| .vendor as $v
	| (select(.fpr and ($b["key/" + .fpr].two | not)) | "\($v): key"),
	(select(.email and (.email | IN($emails[]) | not)) | "\($v): address"),
	(select(.state == "registered" and (.fpr | not)) | "\($v): no key")' rows
	assert_output ""
	# It would show: many have each, and many that are brought do not count.
	[ "$(jq -r 'select(.fpr).vendor' rows | wc -l)" -ge 150 ]
	[ "$(jq -r 'select(.email).vendor' rows | wc -l)" -ge 100 ]
	[ "$(jq -r 'select(.state == "registered").vendor' rows | wc -l)" -ge 40 ]
	[ "$(jq -r 'select(.fpr | not).vendor' rows | wc -l)" -ge 20 ]
}

# keep RECORD...: into the ledger; only the reason of a reject is shown.
keep() {
	printf '%s\n' "$@" | vc-ledger -q -l ledger 2>/dev/null |
		jq -r 'select(.type == "reject").why'
}

# steps N: the first N records of the founding procedure are kept.
steps() { keep "$(head -n "$1" "$VC_FIXTURE/vc-roster/papers.jsonl")"; }

# change FIELDS [BY]: of acme, with the id that it must have.
change() {
	local what
	what=$(jq -cnS "{vendor: \"acme\"} + $1")
	jq -cn --argjson what "$what" --arg id "$(change_id "$what")" \
		--arg by "${2-sato}" '{type: "change", id: $id} + $what + {by: $by}'
}

# confirm RECORD [BY [TIME]]: of this key or change.
confirm() {
	jq -cn --arg of "$(jq -r .id <<<"$1")" --arg by "${2-ito}" \
		--arg at "${3-2004-08-02T00:00:00Z}" '{type: "confirm",
		id: "confirm/\($of)", of: $of, by: $by, confirmed_at: $at}'
}

# row JQ: of the one vendor in the ledger.
row() { vc-roster -j ledger | jq -c "$1"; }

@test "an address holds until another person has confirmed its change" {
	local new all
	steps 9
	new=$(change '{email: "new@acme.example"}')
	run -0 keep "$new" "$(confirm "$new" SATO)"
	assert_output "'$(jq -r .id <<<"$new")' was brought by 'sato': another person confirms it"
	run -0 row .email
	assert_output '"vh@acme.example"'
	keep "$(confirm "$new")"
	run -0 row .email
	assert_output '"new@acme.example"'
	all=$(change '{contact: {name: "佐藤", email: "s@acme.example"}, email: "",
		mail: [{role: "legal", email: "legal@acme.example"}], domain: ["acme.test"]}' ito)
	keep "$all" "$(confirm "$all" sato)"
	run -0 row '[.email, .contact, .mail, .domain]'
	assert_output '[null,{"name":"佐藤","email":"s@acme.example"},[{"role":"legal","email":"legal@acme.example"}],["acme.test"]]'
}

@test "a confirm counts once: what was replaced comes back by a new one only" {
	local a b
	steps 9
	a=$(change '{email: "a@acme.example"}') b=$(change '{email: "b@acme.example"}')
	keep "$a" "$(confirm "$a")" "$b" "$(confirm "$b")" "$a" "$(confirm "$a")"
	run -0 row .email
	assert_output '"b@acme.example"'
	keep "$(confirm "$a" ito 2004-09-01T00:00:00Z)"
	run -0 row .email
	assert_output '"a@acme.example"'
}

@test "a key that was replaced is pinned again by a new confirm" {
	local old new
	steps 9
	old=$(sed -n 7p "$VC_FIXTURE/vc-roster/papers.jsonl") new=${old//AAAA/BBBB}
	keep "$new" "$(confirm "$new")" "$(sed -n 8p "$VC_FIXTURE/vc-roster/papers.jsonl")"
	run -0 row .fpr
	assert_output '"BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"'
	keep "$(confirm "$old")"
	run -0 row .fpr
	assert_output '"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"'
}

@test "a change has the id of what it changes, an address, and a vendor" {
	steps 9
	run -0 keep '{"type":"change","id":"change/1","vendor":"acme","email":"x@acme.example","by":"sato"}'
	assert_output "acme: the id is not '$(change_id '{"email":"x@acme.example","vendor":"acme"}')'"
	run -0 keep "$(change '{email: "x y"}')"
	assert_output "acme: email is no mail address"
	run -0 keep "$(change '{mail: [{role: "legal", email: "x"}]}')"
	assert_output "acme: mail[0].email is no mail address"
	run -0 keep "$(change '{domain: ["com"]}')"
	assert_output "acme: domain[0] is no domain"
	run -0 keep "$(change '{}')"
	assert_output "acme: it changes none of email, contact, mail and domain"
	run -0 keep '{"type":"confirm","id":"c","of":"vendor/acme","by":"ito","confirmed_at":"2004-08-02T00:00:00Z"}'
	assert_output "'vendor/acme' is neither a key nor a change: nothing to confirm"
}

@test "when a key is confirmed, no step changes the domains any more" {
	local papers
	steps 6
	papers='{"type":"step","id":"vendor/acme/step/papers-in","vendor":"acme","step":"papers-in","by":"sato","done_at":"2004-08-01T00:00:00Z","paper":["products"],"domain":["evil.example"]}'
	run -0 keep "${papers/evil/acme2}"
	assert_output ""
	keep "$(sed -n 7,8p "$VC_FIXTURE/vc-roster/papers.jsonl")"
	run -0 keep "$papers"
	assert_output "acme: 'domain' changes by the records 'change' and 'confirm'"
	run -0 row .domain
	assert_output '["acme2.example"]'
}

@test "papers come with day and hash, and the last document of a paper counts" {
	local one two
	steps 3
	one='{"paper":"profile","came_at":"2004-07-11T00:00:00Z","sha256":"'$(printf %064d 1)'"}'
	two=${one/07-11/07-12}
	run -0 keep '{"type":"step","id":"vendor/acme/step/papers-in","vendor":"acme","step":"papers-in","by":"sato","done_at":"2004-07-11T00:00:00Z","document":['"$one"']}' \
		'{"type":"step","id":"vendor/acme/step/papers-in","vendor":"acme","step":"papers-in","by":"sato","done_at":"2004-07-12T00:00:00Z","paper":["consent"],"document":['"$two"']}'
	assert_output ""
	run -0 row '[.paper, .document]'
	assert_output '[["profile","consent"],['"$two"']]'
	run -0 keep '{"type":"step","id":"vendor/acme/step/papers-in","vendor":"acme","step":"papers-in","by":"sato","done_at":"2004-07-13T00:00:00Z","document":['"${one/profile/passport}"']}'
	assert_output "acme: document[0].paper is no paper of label/order.json"
}

@test "the last signed mail of a vendor says when it was heard of" {
	local mail='{"type":"message","id":"mail/1","verdict":"signed","vendor":"acme","signed_at":"2005-01-0%dT00:00:00Z"}\n'
	steps 9
	# shellcheck disable=SC2059
	keep "$(printf "$mail" 3 | sed s/message/status/)" "$(printf "$mail" 2)" \
		"$(printf "$mail" 5 | sed s/signed/unsigned/)" \
		"$(printf "$mail" 6 | sed s/acme/other/)"
	run -0 row .heard_at
	assert_output '"2005-01-03T00:00:00Z"'
}

@test "a form of before is an application, however old" {
	keep '{"type":"poc","id":"mail/9/poc","verdict":"unsigned","claimed":{"date_at":"2003-04-10T00:00:00Z","form":{"form":"poc","team":{"organization":{"value":"アクメ"}}}}}'
	run -0 keep '{"type":"step","id":"vendor/acme/step/apply","vendor":"acme","step":"apply","by":"sato","done_at":"2004-07-08T00:00:00Z","of":"mail/9/poc"}'
	assert_output ""
	run -0 row '[.name.ja, .state]'
	assert_output '["アクメ","applied"]'
}

@test "who applies under a name that is on file is told, and may go on" {
	steps 9
	keep "$(sed -n 2p "$VC_FIXTURE/vc-roster/papers.jsonl" |
		sed 's/"acme"/"acme2"/;s,vendor/acme/,vendor/acme2/,' |
		jq -c '. + {name: {ja: "アクメ㈱"}}')"
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output --regexp '^acme2,applied,papers-shown,.*,unconfirmed,,acme$'
}

@test "what waits for a second person is listed, of registered vendors too" {
	local new
	steps 9
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output ""
	new=$(change '{email: "new@acme.example"}')
	keep "$new"
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output "acme,registered,,,,$(jq -r .id <<<"$new"),"
}

# letters ARG...: id, kind, to, tlp and key of what vc-roster -T prints.
letters() {
	vc-roster -T "$@" >notices || return
	jq -r '[.id, .kind, .to, .tlp, .fpr // "-", .language] | join(" ")' notices
}

@test "each state has its letter: papers, papers, meeting, none, registered" {
	local n want
	while read -r n want; do
		rm -f ledger
		steps "$n"
		run -0 letters -m -N 2004-07-19T16:00:00Z ledger
		assert_output "$want"
	done <<-EOT
		2 vendor/acme/papers/2004-07-20 papers vh@acme.example CLEAR - ja
		3 vendor/acme/papers/2004-07-20 papers vh@acme.example CLEAR - ja
		4 vendor/acme/papers/2004-07-20 papers vh@acme.example CLEAR - ja
		5 vendor/acme/meeting/2004-07-20 meeting vh@acme.example CLEAR - ja
		6
		7
		8
		9 vendor/acme/registered/2004-07-15 registered vh@acme.example CLEAR - ja
	EOT
	run -0 letters -m -N 2004-08-16T00:00:00Z ledger
	assert_output ""
}

@test "the letter names the papers that are missing, and no others" {
	steps 4
	vc-roster -m -T -N 2004-07-20T00:00:00Z ledger >notices
	run -0 jq -r .text notices
	assert_line '・規約への同意書'
	assert_line '・暗号化の公開鍵'
	refute_output --partial 登記簿
	run -0 jq -r .subject notices
	assert_output '製品開発者リスト登録のご案内（ご提出いただく書類）'
}

@test "a letter is made again, octet for octet, until it was sent" {
	steps 4
	run_out vc-roster -m -T -N 2004-07-20T00:00:00Z -l ledger
	assert_equal "$status $stderr" "0 "
	mv out once
	run_out vc-roster -m -T -N 2004-07-20T00:00:00Z -l ledger
	cmp once out
	keep '{"type":"sent","id":"vendor/acme/papers/2004-07-20","vendor":"acme","to":"vh@acme.example","message_id":"<1@x>","mail_sha256":"'"$(printf %064d 0)"'","via":"maildir","sent_at":"2004-07-20T00:00:00Z"}'
	run_out vc-roster -m -T -N 2004-07-20T00:00:00Z -l ledger
	assert_equal "$status $output$stderr" "0 "
	run -0 letters -m -N 2004-07-21T00:00:00Z -l ledger
	assert_output "vendor/acme/papers/2004-07-21 papers vh@acme.example CLEAR - ja"
}

@test "who has no address is a reject, and the others get their letters" {
	printf 'vendor,state,email\na,applied,\nb,applied,b@b.example\n' >r.csv
	run_out vc-roster -m -T -N 2004-07-20T00:00:00Z r.csv
	assert_equal "$status $stderr" "65 vc-roster: a: no address to write to"
	assert_equal "$(jq -r '.type + " " + (.id // .of.id)' out)" \
		$'reject vendor/a\nnotice vendor/b/papers/2004-07-20'
}

@test "letters need something to ask for, and the health of keys a store" {
	run -64 --separate-stderr vc-roster -T r.csv
	assert_equal "$stderr" "vc-roster: option '-T' needs '-m' or '-K'; see vc-roster -h"
	printf 'vendor\na\n' >r.csv
	run -64 --separate-stderr vc-roster -K r.csv
	assert_equal "$stderr" "vc-roster: option '-K' needs '-k'; see vc-roster -h"
}

# site_of NAME...: these are registered vendors with these keys, in site.csv.
site_of() {
	local name
	{
		echo vendor,state,email,language,fpr
		for name; do
			echo "$name,registered,$name@v.example,en,$(key_fpr "$name")"
		done
	} >site.csv
	key_store keys "$@"
}

# health TIME: vendor, word, days, time.
health() {
	vc-roster -K -k keys -N "$1" site.csv | tail -n +2 | cut -d, -f1,3-5
}

@test "the health of keys is told, and those that are well are not listed" {
	site_of hitachi revoked expired weak signonly
	{
		echo "none,registered,none@v.example,en,"
		echo "lost,registered,lost@v.example,en,$(key_fpr nec)"
		echo "on-way,applied,way@v.example,en,"
		echo "gone,withdrawn,gone@v.example,en,$(key_fpr fujitsu)"
	} >>site.csv
	run -0 health 2025-01-01T00:00:00Z
	assert_output 'revoked,revoked,,
expired,expired,,2024-12-31T00:00:00Z
weak,weak,,
signonly,cannot-encrypt,,
none,missing,,
lost,unpinned,,'
	run -0 --separate-stderr vc-roster -K -j -k keys -N 2025-01-01T00:00:00Z site.csv
	run -0 jq -c . <<<"${lines[1]}"
	assert_output '{"type":"health","id":"vendor/expired/health","vendor":"expired","state":"registered","health":"expired","fpr":"'"$(key_fpr expired)"'","expires_at":"2024-12-31T00:00:00Z"}'
	run -0 letters -K -k keys -N 2025-01-01T00:00:00Z site.csv
	assert_output "vendor/revoked/key/revoked-$(key_fpr revoked) key revoked@v.example CLEAR - en
vendor/expired/key/2024-12-31-expired key expired@v.example CLEAR - en
vendor/weak/key/weak-$(key_fpr weak) key weak@v.example CLEAR - en
vendor/signonly/key/cannot-encrypt-$(key_fpr signonly) key signonly@v.example CLEAR - en
vendor/none/key/missing key none@v.example CLEAR - en"
}

@test "a key that will end is told 60, 30 and 7 days before, to the second" {
	local at want
	site_of expired
	while read -r at want; do
		run -0 health "$at"
		assert_output "$want"
	done <<-EOT
		2024-10-31T23:59:59Z
		2024-11-01T00:00:00Z expired,expiring,60,2024-12-31T00:00:00Z
		2024-11-30T23:59:59Z expired,expiring,60,2024-12-31T00:00:00Z
		2024-12-01T00:00:00Z expired,expiring,30,2024-12-31T00:00:00Z
		2024-12-23T23:59:59Z expired,expiring,30,2024-12-31T00:00:00Z
		2024-12-24T00:00:00Z expired,expiring,7,2024-12-31T00:00:00Z
		2024-12-30T23:59:59Z expired,expiring,7,2024-12-31T00:00:00Z
		2024-12-31T00:00:00Z expired,expired,,2024-12-31T00:00:00Z
	EOT
}

@test "a job that runs each day makes four letters of a key that ends" {
	local d
	site_of expired
	for d in 2024-10-{25..31} 2024-11-{01..30} 2024-12-{01..31} 2025-01-{01..09}; do
		letters -K -k keys -N "${d}T03:00:00Z" site.csv
		cat notices >>all
	done | uniq >ids
	run -0 cut -d' ' -f1,5 ids
	assert_output "vendor/expired/key/2024-12-31-60 -
vendor/expired/key/2024-12-31-30 -
vendor/expired/key/2024-12-31-7 -
vendor/expired/key/2024-12-31-expired -"
	# The same letter each day, octet for octet, and in two languages.
	assert_equal "$(sort -u all | wc -l)" 4
	run -0 jq -r .text all
	assert_output --partial "Please look at the PGP key"
	assert_output --partial "公開鍵"
}

# table JQ: a share folder whose order.json is changed so.
table() {
	rm -rf share
	cp -R "$VC_SHARE" share
	jq "$1" "$VC_SHARE/label/order.json" >share/label/order.json
}

@test "the table of papers and steps is data, and what is wrong with it is told" {
	local change why
	: >ledger
	while IFS='#' read -r change why; do
		table "$change"
		VC_SHARE=$PWD/share run -78 --separate-stderr vc-ledger -l ledger </dev/null
		assert_equal "$stderr" "vc-ledger: label/order.json: $why"
	done <<-'EOT'
		.paper = {}#'paper' names no papers
		.paper.wish = {ja: "x"}#paper 'wish' has no name in ja and en
		.general = []#'general' has no rows
		del(.individual)#'individual' has no rows
		.general[0].step[0] = "begin"#general[0]: step[0] is unknown
		.general[0].step |= reverse#general[0]: step[0] is out of its order
		.general[0].step |= .[:4]#general[0]: the last step is not 'agree'
		.general[0].step -= ["papers-in"]#general[0]: the step 'papers-in' is missing
		.general[0].paper = []#general[0]: 'paper' lists no papers
		.general[0].paper[1] = "passport"#general[0]: paper[1] has no name
		.general += .general#general[1]: 'from' is not after that of the row before
	EOT
	rm share/label/order.json
	VC_SHARE=$PWD/share run -66 --separate-stderr vc-ledger -l ledger </dev/null
	assert_equal "$stderr" "vc-ledger: cannot open '$PWD/share/label/order.json': No such file or directory"
}

@test "a step that the table leaves out is not taken, and not needed" {
	table '.general[0].step -= ["meeting"]'
	export VC_SHARE=$PWD/share
	steps 5
	run -0 bash -c 'vc-roster -m ledger | tail -n +2'
	assert_output "acme,papers-in,agree,,unconfirmed,,"
	run -0 keep "$(sed -n 6p "$VC_FIXTURE/vc-roster/papers.jsonl")"
	assert_output "acme: step 'meeting' is none of its registration"
	keep "$(sed -n 7,9p "$VC_FIXTURE/vc-roster/papers.jsonl")"
	run -0 row .state
	assert_output '"registered"'
}

@test "a row with a day is for who applies from that day on" {
	table '.general += [.general[0] * {from: "2026-04-01", paper: ["consent", "public-key", "contact"]}]'
	export VC_SHARE=$PWD/share
	steps 9
	run -0 row .state
	assert_output '"registered"'
	keep "$(sed -n 2,3p "$VC_FIXTURE/vc-roster/papers.jsonl" |
		sed 's/"acme"/"new"/;s,vendor/acme/,vendor/new/,;s/2004-07/2026-04/')"
	run -0 bash -c 'vc-roster -m ledger | tail -n +2 | cut -d, -f1-4'
	assert_output "new,papers-shown,papers-in,consent|public-key|contact"
}

@test "reminders about keys go out as signed mails, each once" {
	local d
	site hitachi
	sed -i "2s/$(key_fpr hitachi)/$(key_fpr expired)/" roster.csv
	key_store keys expired
	: >ledger
	mkdir -m 700 box box/cur box/new box/tmp
	for d in 2024-06-01 2024-11-20 2024-11-21 2024-12-10 2024-12-11; do
		run -0 --separate-stderr bash -c "vc-roster -K -T -N ${d}T00:00:00Z -l ledger |
			vc-encrypt -N ${d}T00:00:00Z -l ledger | vc-mail -o maildir:box -l ledger"
		assert_equal "$stderr" ""
	done
	assert_equal "$(find box/new -type f | wc -l)" 2
	run -0 bash -c 'jq -r "select(.type == \"sent\").id" ledger'
	assert_output 'vendor/hitachi/key/2024-12-31-60
vendor/hitachi/key/2024-12-31-30'
	run -0 grep -h '^To:' box/new/*
	assert_line "To: $(key_address hitachi)"
}
