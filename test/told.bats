load helper

# Which letter a vendor gets: what the ledger says of a case (vc-route(1),
# Which letter), and what a dry run says of it.

prepare() {
	cp "$VC_FIXTURE/vc-route/list.csv" list.csv
	chmod 644 list.csv
	export VC_ROSTER=list.csv
}

# a_case [JQ]: alpha and beta are meant.
a_case() {
	jq -cn '{type: "case", id: "JVN#12345678", tlp: "AMBER", state: "embargoed",
		publish_at: "2030-01-01T00:00:00Z", title: {en: "title"},
		overview: {en: "SECRET"}, keyword: ["DNS"]}' | jq -c "${1:-.}"
}

# kinds JQ [OPTION...]: "vendor kind id" of the notices, kept in the ledger.
kinds() {
	a_case "$1" | vc-route -q -l ledger "${@:2}" 2>err |
		jq -r 'select(.type == "notice") | [.vendor, .kind, .id] | join(" ")'
}

withdraw() { sed -i "/^$1,/s/registered/${2:-withdrawn}/" list.csv; }

@test "who was never told gets a disclosure, again and again the same" {
	run -0 kinds .
	assert_output "alpha disclosure JVN#12345678/alpha/1
beta disclosure JVN#12345678/beta/1"
	run -0 kinds .
	assert_output "alpha disclosure JVN#12345678/alpha/1
beta disclosure JVN#12345678/beta/1"
}

@test "a higher revision of the same day is an update, and a disclosure for the new" {
	kinds '.keyword = ["TLS"]'
	run -0 kinds '.revision_n = 2'
	assert_output "alpha update JVN#12345678/alpha/2
beta disclosure JVN#12345678/beta/2"
	run -0 kinds '.revision_n = 2'
	assert_line --index 1 "beta disclosure JVN#12345678/beta/2"
}

@test "another day without a higher revision is refused, whatever else is right" {
	kinds .
	a_case '.publish_at = "2030-02-01T00:00:00Z"' >c.json
	run -65 --separate-stderr vc-route -l ledger c.json
	assert_equal "$stderr" "vc-route: c.json: line 1: JVN#12345678: 'publish_at' is not what vendors were told in this revision: raise 'revision_n'"
	run -0 jq -r '[.type, .code] | join(" ")' <<<"$output"
	assert_output "reject 65"
	a_case 'del(.publish_at)' >c.json
	run -65 vc-route -q -l ledger c.json
	run -0 vc-route -q c.json
}

@test "another day goes to every vendor ever told, with what it was told before" {
	kinds .
	# Nobody but beta is meant now, and one is named who is new.
	run -0 kinds '.revision_n = 2 | .publish_at = "2030-02-01T00:00:00Z" |
		.keyword = [] | .product = [{name: "BetaBind"}, {name: "NoKeyDNS2"}]'
	assert_output "beta date-change JVN#12345678/beta/2
alpha date-change JVN#12345678/alpha/2"
	a_case '.revision_n = 2 | .publish_at = "2030-02-01T00:00:00Z" | .keyword = [] |
		.product = [{name: "BetaBind"}]' | vc-route -l ledger >out
	run -0 jq -r '[.vendor, .why[], (.text | test("2030-01-01")), (.text | test("2030-02-01"))] | join(" ")' out
	assert_output "beta product[0] true true
alpha told true true"
	run -0 bash -c 'jq -r "select(.vendor == \"alpha\") | .attachment[] | select(.name == \"case.json\").text" out | jq -c "[.id, .title.en, .overview, .product]"'
	assert_output '["JVN#12345678","title",null,null]'
	run -0 bash -c 'jq -r "select(.vendor == \"beta\") | .attachment[] | select(.name == \"case.json\").text" out | jq -c "[.overview.en, .product[0].name]"'
	assert_output '["SECRET","BetaBind"]'
}

@test "who was told and may not be written to any more is for a person" {
	local what word words
	kinds .
	for what in withdrawn suspended; do
		cp "$VC_FIXTURE/vc-route/list.csv" list.csv
		withdraw alpha $what
		a_case '.revision_n = 2 | .publish_at = "2030-02-01T00:00:00Z"' >c.json
		run -77 --separate-stderr vc-route -l ledger c.json
		assert_equal "$stderr" "vc-route: c.json: line 1: unregistered: vendor 'alpha' is not registered"
		run -0 jq -r '[.type, .vendor // .of.vendor, .kind // .of.kind] | join(" ")' <<<"$output"
		assert_output "notice beta date-change
reject alpha date-change"
	done
	sed -i /^alpha,/d list.csv
	run -77 --separate-stderr vc-route -l ledger c.json
	assert_equal "$stderr" "vc-route: c.json: line 1: unregistered: vendor 'alpha' is not in the vendor list"
	# It has not heard of that day yet, so this holds for the next revision.
	a_case '.revision_n = 3 | .publish_at = "2030-02-01T00:00:00Z"' >c.json
	run -77 vc-route -q -l ledger c.json
	# Of the day that it knows nobody has to hear.
	a_case '.revision_n = 4' >c.json
	run -0 vc-route -q -l ledger c.json
}

@test "a mail that was sent counts as told, though its notice is not on file" {
	echo '{"type":"sent","id":"JVN#12345678/alpha/1","case":"JVN#12345678","vendor":"alpha","to":"psirt@alpha.example","message_id":"<x@y>","mail_sha256":"'"$(printf 0%.0s {1..64})"'","via":"maildir","sent_at":"2029-01-01T00:00:00Z"}' |
		vc-ledger -l ledger >/dev/null
	run -0 kinds '.revision_n = 2'
	assert_output "alpha date-change JVN#12345678/alpha/2
beta disclosure JVN#12345678/beta/2"
}

ended() {
	a_case | vc-ledger -l ledger >/dev/null
	echo '{"type":"embargo-ended","id":"JVN#12345678/embargo-ended","case":"JVN#12345678","by":"sato","why":"it is being exploited","ended_at":"2008-07-01T00:00:00Z"}' |
		vc-ledger -l ledger >/dev/null
}

@test "an embargo that ended is told at once to all who were told, and only to them" {
	kinds '.keyword = ["TLS"]'
	ended
	run -0 kinds .
	assert_output "alpha embargo-ended JVN#12345678/alpha/embargo-ended/1
beta disclosure JVN#12345678/beta/1"
	run -0 kinds .
	assert_output "alpha embargo-ended JVN#12345678/alpha/embargo-ended/1
beta disclosure JVN#12345678/beta/1"
	run -0 kinds '.keyword = [] | .product = [{name: "BetaBind"}]'
	assert_output "beta disclosure JVN#12345678/beta/1
alpha embargo-ended JVN#12345678/alpha/embargo-ended/1"
	withdraw alpha
	run kinds .
	assert_output "beta disclosure JVN#12345678/beta/1"
	assert_equal "$(cat err)" "vc-route: line 1: unregistered: vendor 'alpha' is not registered"
}

@test "a case that is public is a publication to all who were told and all it means" {
	kinds '.keyword = [] | .product = [{name: "BetaBind"}]'
	run -0 kinds '.keyword = ["TLS"] | .state = "public" | .tlp = "CLEAR" | .revision_n = 2' -N 2030-01-01T00:00:00Z
	assert_output "alpha publication JVN#12345678/alpha/publication/2
beta publication JVN#12345678/beta/publication/2"
	# A second before it is not.
	rm ledger
	run -0 kinds '.keyword = ["TLS"] | .state = "public" | .tlp = "CLEAR"' -N 2029-12-31T23:59:59Z
	assert_output "alpha disclosure JVN#12345678/alpha/1"
}

@test "letters of another case do not count" {
	a_case '.id = "JVN#12345670"' | vc-route -q -l ledger >/dev/null
	run -0 kinds '.revision_n = 2'
	assert_output "alpha disclosure JVN#12345678/alpha/2
beta disclosure JVN#12345678/beta/2"
}

@test "a ledger that is damaged at this case is told, and nobody is told" {
	kinds . >/dev/null
	echo '{"type":"notice","id":"JVN#12345678/x/1","case":"JVN#12345678",' >>ledger
	echo '{"type":"mail","id":"mail/x"}' >>ledger
	a_case >c.json
	run -65 --separate-stderr vc-route -n -l ledger c.json
	run -0 jq -r .type <<<"$output"
	assert_output reject
}

# --- a dry run ---------------------------------------------------------------

# dry JQ [OPTION...]: what differs, one a line, and that nothing is kept.
dry() {
	local before
	before=$(cksum <ledger)
	a_case "$1" | vc-route -q -n -l ledger "${@:2}" 2>err |
		jq -r 'select(.type != "reject") | [.type, .vendor, .kind // empty, (.why | join(","))] | join(" ")'
	assert_equal "$(cksum <ledger)" "$before"
}

@test "-n prints nothing when nothing changed" {
	kinds . >/dev/null
	run -0 dry .
	assert_output ""
	kinds . -x >/dev/null
	run -0 dry . -x
	assert_output ""
}

@test "-n prints who is new, whose address or key is another, and who is gone" {
	kinds . >/dev/null
	run -0 dry '.keyword += ["TLS"] | .vendor = ["solo"]'
	assert_output 'notice alpha disclosure keyword[0],keyword[1]'
	sed -i 's/psirt@beta.example/new@beta.example/' list.csv
	run -0 dry .
	assert_output 'notice beta disclosure keyword[0]'
	run -0 dry '.keyword = ["X", "DNS"] | .product = []' -x
	assert_line 'notice alpha disclosure keyword[1]'
	run -0 dry '.keyword = ["TLS"]'
	assert_output 'route beta no-match,gone'
	withdraw beta
	run -0 dry .
	assert_output 'route beta unregistered,gone'
	run -0 dry '.revision_n = 2'
	assert_output 'notice alpha update keyword[0]
route beta unregistered,gone'
	kinds '.revision_n = 2' >/dev/null
	run -0 dry '.revision_n = 2'
	assert_output ''
	sed -i /^alpha,/d list.csv
	a_case '.revision_n = 2' >c.json
	run -0 bash -c 'vc-route -q -n -l ledger c.json | jq -c "[.id, .chosen, .why]"'
	assert_output '["JVN#12345678/alpha/route",false,["unregistered","gone"]]'
}

@test "-n without a ledger prints what any run would, but no letters, and makes no file" {
	a_case | vc-route | jq -c 'del(.subject, .text, .attachment)' >all
	a_case | vc-route -n >dry
	cmp all dry
	a_case | vc-route -n -l ledger >dry
	cmp all dry
	assert_file_not_exist ledger
}

# --- how many ----------------------------------------------------------------

@test "a case that would reach more vendors than -m says needs -y" {
	a_case >c.json
	a_case '.id = "JVN#00000001" | .keyword = ["TLS"]' >d.json
	run -77 --separate-stderr vc-route -x -m 1 -l ledger c.json d.json
	assert_equal "$stderr" "vc-route: c.json: line 1: JVN#12345678: would reach 2 vendors, more than 1: use '-y'"
	run -0 jq -r '[.type, .id // .of.id] | join(" ")' <(grep -v '"route"' <<<"$output")
	assert_output "reject JVN#12345678
notice JVN#00000001/alpha/1"
	run ! grep -q 'JVN#12345678/' ledger
	run -0 vc-route -q -m 2 c.json
	VC_MAX=1 run -77 vc-route -q c.json
	VC_MAX=1 run -0 vc-route -q -y c.json
	run -77 vc-route -q -m 0 d.json
	run -64 --separate-stderr vc-route -m some c.json
	assert_equal "$stderr" "vc-route: option '-m' wants a number"
}

# --- reminders ---------------------------------------------------------------

report() {
	jq -cn '{type: "report", id: "JVN#12345678/alpha/report", case: "JVN#12345678",
		vendor: "alpha", contact: "silent",
		due: [{what: "reminder", at: "2029-02-03T00:00:00Z"}]} + '"${1:-{\}}"
}

@test "a silent vendor is reminded, by a letter with nothing but id and day" {
	kinds . >/dev/null
	a_case >c.json
	echo '{"type":"try","id":"JVN#12345678/alpha/1","case":"JVN#12345678","vendor":"alpha","to":"psirt@alpha.example","message_id":"<x@y>","mail_sha256":"'"$(printf 0%.0s {1..64})"'","tried_at":"2029-01-02T00:00:00Z"}' |
		vc-ledger -l ledger >/dev/null
	report >r.json
	run -0 --separate-stderr vc-route -l ledger -c c.json r.json
	echo "$output" >out
	run -0 jq -r '[.id, .kind, .vendor, .tlp, .publish_at, (.text | test("2029-01-02"))] | join(" ")' out
	assert_output "JVN#12345678/alpha/reminder/2029-02-03 reminder alpha AMBER 2030-01-01T00:00:00Z true"
	run ! grep -qE 'SECRET|title' out
	report '{due: [{what: "reminder", at: "2029-01-31T15:00:00Z"}], contact: "sent"}' >r.json
	run -0 bash -c 'vc-route -l ledger -c c.json r.json | jq -r .id'
	assert_output JVN#12345678/alpha/reminder/2029-02-01
	report '{due: [{what: "unreachable", at: "2029-02-03T00:00:00Z"}]}' >r.json
	run -0 vc-route -l ledger -c c.json r.json
	assert_output ""
	report '{due: []}' | jq -c 'del(.vendor)' >r.json
	run -0 vc-route -l ledger -c c.json r.json
	assert_output ""
}

@test "nobody is reminded who was not told, or may not be told" {
	a_case >c.json
	report >r.json
	run -77 --separate-stderr vc-route -l ledger -c c.json r.json
	assert_equal "$stderr" "vc-route: r.json: line 1: JVN#12345678: vendor 'alpha' was never told of it"
	kinds . >/dev/null
	run -65 --separate-stderr vc-route -l ledger r.json
	assert_equal "$stderr" "vc-route: r.json: line 1: the case of this report is not given: use '-c'"
	run -66 --separate-stderr vc-route -l ledger -c none r.json
	assert_equal "$stderr" "vc-route: cannot open 'none': No such file or directory"
	withdraw alpha
	run -77 --separate-stderr vc-route -l ledger -c c.json r.json
	assert_equal "$stderr" "vc-route: r.json: line 1: unregistered: vendor 'alpha' is not registered"
	a_case '.state = "withdrawn"' >c.json
	run -77 --separate-stderr vc-route -l ledger -c c.json r.json
	assert_equal "$stderr" "vc-route: r.json: line 1: JVN#12345678: a case in state 'withdrawn' is told to nobody"
}

# --- announcements -----------------------------------------------------------

announcement() {
	jq -cn '{type: "announcement", id: "announcement/briefing-2004", tlp: "CLEAR",
		title: {ja: "説明会", en: "Briefing"}, text: {ja: "本文", en: "Words"}} + '"${1:-{\}}"
}

@test "an announcement goes to every registered vendor, with a key or without" {
	announcement >a.json
	run -77 --separate-stderr vc-route a.json
	assert_equal "$stderr" "vc-route: a.json: line 1: no-address: vendor 'nomail' has no address to write to"
	echo "$output" >out
	run -0 jq -r 'select(.type == "notice") | [.id, .kind, .case, .tlp, .fpr != null] | join(" ")' out
	assert_output "vendor/alpha/announcement/briefing-2004 announcement  CLEAR false
vendor/beta/announcement/briefing-2004 announcement  CLEAR false
vendor/solo/announcement/briefing-2004 announcement  CLEAR false
vendor/nokey/announcement/briefing-2004 announcement  CLEAR false
vendor/cert/announcement/briefing-2004 announcement  CLEAR false
vendor/power/announcement/briefing-2004 announcement  CLEAR false"
}

@test "an announcement reads the same for all of one language" {
	announcement >a.json
	vc-route -q a.json | jq -c 'select(.type == "notice") |
		[.language, .subject, .text]' >out || true
	assert_equal "$(wc -l <out)" 6
	assert_equal "$(sort -u out | jq -r '.[0] + " " + .[1]')" "en Briefing
ja 説明会"
}

@test "an announcement that is not TLP:CLEAR, or has no name of its own, goes to nobody" {
	local t
	for t in GREEN AMBER RED PURPLE; do
		announcement "{tlp: \"$t\"}" >a.json
		run -77 --separate-stderr vc-route a.json
		assert_equal "$stderr" "vc-route: a.json: line 1: announcement/briefing-2004 is TLP:${t/PURPLE/RED}: only what is TLP:CLEAR goes to all"
		run -0 jq -r .type <<<"$output"
		assert_output reject
	done
	announcement | jq -c 'del(.tlp)' >a.json
	run -77 vc-route -q a.json
	announcement '{id: "briefing"}' >a.json
	run -65 --separate-stderr vc-route a.json
	assert_equal "$stderr" "vc-route: a.json: line 1: the id of an announcement is 'announcement/' and a word"
}
