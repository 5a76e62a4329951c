load helper

# How each case stands: clocks, who was reached how far, and what is due.

prepare() {
	cp "$VC_FIXTURE/vc-case/ledger.jsonl" ledger
	chmod 600 ledger
}

# at TIME [ARGUMENT...]: what vc-case says of the ledger then.
at() {
	run_out vc-case -l ledger -N "$@"
	assert_equal "$status $stderr" "0 "
}

# contact TIME: "vendor state" of each vendor.
contact() {
	vc-case -l ledger -j -N "$1" |
		jq -r 'select(.vendor) | "\(.vendor) \(.contact)"'
}

# due TIME [VENDOR]: what is due about the case, or about the vendor.
due() {
	vc-case -l ledger -j -N "$1" | jq -r --arg v "${2-}" \
		'select((.vendor // "") == $v) | .due[]? | "\(.what) \(.at // "-")"'
}

add() {
	printf '%s\n' "$@" >>ledger
}

# letter KIND ID [TIME [VENDOR]]: a record about a letter to isc.
letter() {
	jq -cn --arg type "$1" --arg id "JVNVU#800113/${4-isc}/$2" \
		--arg at "${3-}" --arg v "${4-isc}" '
		{type: $type, id: $id, case: "JVNVU#800113", vendor: $v,
		to: "vh@\($v).example"} +
		if $type == "notice" then {} elif $type == "bounce" then
			{bounced_at: $at}
		else {message_id: "<\($id)@centre.example>", via: "sendmail",
			mail_sha256: "\("0" * 64)"} + {"\(if $type == "try" then
			"tried" else "sent" end)_at": $at} end'
}

@test "each vendor stands where its letters and answers say, and nowhere else" {
	run -0 contact 2008-05-09T00:00:00Z
	assert_output "isc sent
hitachi answered
nec acknowledged
yamaha bounced
fujitsu not-notified
sun tried
acme not-notified"
	run -0 contact 2008-05-14T00:00:00Z
	assert_line "isc silent"
	assert_line "sun tried"
	assert_line "yamaha bounced"
}

@test "the table has the clocks in days of Japan and in UTC" {
	at 2008-05-09T00:00:00Z
	assert_equal "$output" "JVNVU#800113  embargoed
    day0                          2008/05/06  2008-05-05T15:30:00Z
    target                        2008/06/20  2008-06-19T15:00:00Z
    publish                       2008/07/09  2008-07-08T18:45:59Z
    finder                        2009/05/06  2009-05-05T15:00:00Z
    isc             sent          2008/05/07  2008-05-07T01:00:01Z
    hitachi         answered      2008/05/20  2008-05-20T05:00:00Z
    nec             acknowledged  2008/05/08  2008-05-08T00:00:00Z
    yamaha          bounced       2008/05/07  2008-05-07T02:00:00Z  due: address since 2008/05/07
    fujitsu         not-notified  due: notice
    sun             tried         2008/05/07  2008-05-07T01:00:04Z  due: sending since 2008/05/07
    acme            not-notified  due: notice"
}

@test "-D prints only what is due, and nothing when nothing is" {
	at 2008-05-09T00:00:00Z -D
	assert_equal "$output" "JVNVU#800113  yamaha          bounced       2008/05/07  2008-05-07T02:00:00Z  due: address since 2008/05/07
JVNVU#800113  fujitsu         not-notified  due: notice
JVNVU#800113  sun             tried         2008/05/07  2008-05-07T01:00:04Z  due: sending since 2008/05/07
JVNVU#800113  acme            not-notified  due: notice"
	grep -v 'fujitsu\|yamaha\|sun\|acme' ledger >quiet
	mv quiet ledger
	at 2008-05-09T00:00:00Z -D
	assert_equal "$output" ""
	at 2008-07-08T14:59:59Z -D
	assert_equal "$output" "JVNVU#800113  isc             silent        2008/05/07  2008-05-07T01:00:01Z  due: reminder since 2008/05/14"
	at 2008-07-08T15:00:00Z -D
	assert_equal "${output%%$'\n'*}" "JVNVU#800113  embargoed  due: publish today"
	at 2008-07-09T15:00:00Z -D
	assert_equal "${output%%$'\n'*}" "JVNVU#800113  embargoed  due: publish since 2008/07/09"
}

@test "-j prints records that hold, the same each time" {
	at 2008-05-14T00:00:00Z -j
	assert_equal "$(sed -n 1,2p out)" '{"type":"report","id":"JVNVU#800113/report","case":"JVNVU#800113","state":"embargoed","day0_at":"2008-05-05T15:30:00Z","target_at":"2008-06-19T15:00:00Z","finder_at":"2009-05-05T15:00:00Z","publish_at":"2008-07-08T18:45:59Z"}
{"type":"report","id":"JVNVU#800113/isc/report","case":"JVNVU#800113","vendor":"isc","contact":"silent","tried_at":"2008-05-05T15:30:00Z","sent_at":"2008-05-07T01:00:01Z","reminder_at":"2008-05-13T15:00:00Z","due":[{"what":"reminder","at":"2008-05-13T15:00:00Z"}],"unreachable_at":"2008-11-05T15:00:00Z"}'
	assert_equal "$(wc -l <out)" 8
	cp out once
	run -0 vc-ledger -l kept once
	at 2008-05-14T00:00:00Z -j
	run -0 cmp once out
	run -0 jq -r 'select(.vendor == "acme").why' out
	assert_output "unpinned: vendor 'acme' has no confirmed key"
}

@test "day 0 is the first attempt at any vendor, and each vendor has its own" {
	run -0 bash -c 'vc-case -l ledger -j | jq -r ".day0_at, .tried_at |
		values"'
	assert_output "2008-05-05T15:30:00Z
2008-05-05T15:30:00Z
2008-05-07T01:00:00Z
2008-05-07T01:00:00Z
2008-05-07T01:00:00Z
2008-05-07T01:00:04Z"
	# An attempt that is on file later but was made before counts.
	add "$(letter try 1 2008-04-30T00:00:00Z sun)"
	run -0 bash -c 'vc-case -l ledger -j | jq -r ".day0_at | values"'
	assert_output 2008-04-30T00:00:00Z
}

@test "a month later is the same day, or the last one of a shorter month" {
	local try due
	while read -r try due; do
		{
			head -n 1 "$VC_FIXTURE/vc-case/ledger.jsonl"
			letter try 1 "$try"
		} >ledger
		run -0 bash -c 'vc-case -l ledger -j | jq -r ".unreachable_at | values"'
		[ "$output" = "$due" ] || fail "$try: $output, not $due"
	done <<-'EOF'
		2008-05-05T15:30:00Z 2008-11-05T15:00:00Z
		2008-05-05T14:59:59Z 2008-11-04T15:00:00Z
		2008-08-31T00:00:00Z 2009-02-27T15:00:00Z
		2007-08-31T00:00:00Z 2008-02-28T15:00:00Z
		2008-08-30T15:00:00Z 2009-02-27T15:00:00Z
		2008-08-29T00:00:00Z 2009-02-27T15:00:00Z
		2008-08-28T00:00:00Z 2009-02-27T15:00:00Z
		2008-08-27T00:00:00Z 2009-02-26T15:00:00Z
		2008-10-31T00:00:00Z 2009-04-29T15:00:00Z
		2008-12-31T14:59:59Z 2009-06-29T15:00:00Z
		2008-12-31T15:00:00Z 2009-06-30T15:00:00Z
		2008-02-29T00:00:00Z 2008-08-28T15:00:00Z
	EOF
}

@test "45 days are days in Japan, and a year ends on its day" {
	local try target finder
	while read -r try target finder; do
		{
			head -n 1 "$VC_FIXTURE/vc-case/ledger.jsonl"
			letter try 1 "$try"
		} >ledger
		run -0 bash -c 'vc-case -l ledger -j | jq -r "select(.target_at) |
			.target_at, .finder_at"'
		[ "$output" = "$target"$'\n'"$finder" ] || fail "$try: $output"
	done <<-'EOF'
		2008-05-05T14:59:59Z 2008-06-18T15:00:00Z 2009-05-04T15:00:00Z
		2008-05-05T15:00:00Z 2008-06-19T15:00:00Z 2009-05-05T15:00:00Z
		2008-02-29T03:00:00Z 2008-04-13T15:00:00Z 2009-02-27T15:00:00Z
		2007-12-31T15:00:00Z 2008-02-14T15:00:00Z 2008-12-31T15:00:00Z
	EOF
}

@test "the target is due only while no day was agreed on" {
	run -0 due 2008-06-20T00:00:00Z
	assert_output ""
	add '{"type":"case","id":"JVNVU#800113","tlp":"AMBER","state":"embargoed"}'
	run -0 due 2008-06-19T14:59:59Z
	assert_output ""
	run -0 due 2008-06-19T15:00:00Z
	assert_output "target 2008-06-19T15:00:00Z"
	run -0 due 2009-05-05T15:00:00Z
	assert_output "target 2008-06-19T15:00:00Z
finder 2009-05-05T15:00:00Z"
	add '{"type":"case","id":"JVNVU#800113","tlp":"CLEAR","state":"public"}'
	run -0 due 2010-01-01T00:00:00Z
	assert_output ""
}

@test "a reminder is due a week after the last letter, and not once anything came" {
	run -0 due 2008-05-13T14:59:59Z isc
	assert_output ""
	run -0 due 2008-05-13T15:00:00Z isc
	assert_output "reminder 2008-05-13T15:00:00Z"
	add "$(letter sent reminder/2008-05-13 2008-05-14T00:00:00Z)"
	run -0 due 2008-05-14T00:00:00Z isc
	assert_output ""
	run -0 due 2008-05-21T00:00:00Z isc
	assert_output "reminder 2008-05-20T15:00:00Z"
	add "$(letter bounce reminder/2008-05-13 2008-05-14T01:00:00Z)"
	run -0 due 2008-05-21T00:00:00Z isc
	assert_output "address 2008-05-14T01:00:00Z"
	add "$(letter sent 2 2008-05-22T00:00:00Z)"
	run -0 contact 2008-05-22T00:00:00Z
	assert_line "isc sent"
	add '{"type":"message","id":"mail/00000000000000000000000000000003","verdict":"bad","claimed":{"from_address":"vh@isc.example","in_reply_to":"<JVNVU#800113/isc/2@centre.example>"}}'
	run -0 contact 2008-06-01T00:00:00Z
	assert_line "isc acknowledged"
	run -0 due 2009-01-01T00:00:00Z isc
	assert_output ""
}

@test "a message counts for the vendor that the letter went to, and for nobody else" {
	local claimed verdict more
	while IFS='|' read -r verdict claimed more; do
		prepare
		add '{"type":"message","id":"mail/00000000000000000000000000000004","verdict":"'"$verdict"'","claimed":{'"$claimed"'}'"$more"'}'
		run -0 contact 2008-05-20T00:00:00Z
		[[ $output == "isc silent"* ]] || fail "$verdict $claimed: $output"
	done <<-'EOF'
		unsigned|"from_address":"vh@isc.example"|
		unsigned|"from_address":"vh@evil.example","in_reply_to":"<isc@centre.example>"|
		unsigned|"from_address":"VH@isc.example","in_reply_to":"<isc@centre.example>"|
		unsigned|"in_reply_to":"<isc@centre.example>"|
		unsigned|"from_address":"vh@isc.example","in_reply_to":"<x@centre.example>"|
		signed|"from_address":"vh@isc.example","in_reply_to":"<isc@centre.example>"|,"vendor":"hitachi"
		signed|"from_address":"vh@isc.example","in_reply_to":"<isc@centre.example>"|
	EOF
	prepare
	add '{"type":"message","id":"mail/00000000000000000000000000000004","verdict":"signed","vendor":"isc","signed_at":"2008-05-09T00:00:00Z","claimed":{"from_address":"other@isc.example"},"signed":{"in_reply_to":"<isc@centre.example>"}}'
	run -0 contact 2008-05-20T00:00:00Z
	assert_line "isc acknowledged"
}

@test "a status that is not signed answers nothing" {
	add '{"type":"status","id":"mail/00000000000000000000000000000005/status","verdict":"unsigned","claimed":{"from_address":"vh@isc.example","in_reply_to":"<isc@centre.example>","date_at":"2008-05-09T00:00:00Z","form":{}}}'
	run -0 contact 2008-05-20T00:00:00Z
	assert_line "isc acknowledged"
	add '{"type":"status","id":"mail/00000000000000000000000000000006/status","verdict":"unsigned","vendor":"isc","case":"JVNVU#800113","signed_at":"2008-05-09T00:00:00Z"}'
	run -0 contact 2008-05-20T00:00:00Z
	assert_line "isc acknowledged"
	add '{"type":"status","id":"mail/00000000000000000000000000000007/status","verdict":"signed","vendor":"isc","case":"JVNVU#800113","signed_at":"2008-05-09T00:00:00Z"}'
	run -0 contact 2008-05-20T00:00:00Z
	assert_line "isc answered"
}

@test "who never says a word is due as unreachable, and its product after its name" {
	run -0 due 2008-11-05T15:00:00Z isc
	assert_output "reminder 2008-05-13T15:00:00Z
unreachable 2008-11-05T15:00:00Z"
	run -0 due 2009-01-01T00:00:00Z nec
	assert_output ""
	run -0 due 2009-01-01T00:00:00Z yamaha
	assert_output "address 2008-05-07T02:00:00Z
unreachable 2008-11-06T15:00:00Z"
	add '{"type":"case","id":"JVNVU#800113","tlp":"AMBER","state":"embargoed","listed":{"isc":"2008-11-30T00:00:00Z","nec":"2008-11-30T00:00:00Z"}}'
	run -0 due 2009-02-27T15:00:00Z isc
	assert_line "product 2009-02-27T15:00:00Z"
	run -0 due 2009-02-27T14:59:59Z isc
	refute_output --partial product
	run -0 due 2009-02-27T15:00:00Z nec
	assert_output ""
}

@test "when the embargo ended every vendor with a notice is due until it was told" {
	add '{"type":"embargo-ended","id":"JVNVU#800113/embargo-ended","case":"JVNVU#800113","by":"sato","why":"details are public","ended_at":"2008-07-01T20:00:00Z"}'
	run -0 bash -c 'vc-case -l ledger -j -N 2008-07-02T00:00:00Z |
		jq -r "select(.due[]?.what == \"embargo-ended\").vendor"'
	assert_output "isc
hitachi
nec
yamaha
fujitsu
sun
acme"
	add "$(letter sent embargo-ended/1 2008-07-02T01:00:00Z)" \
		"$(letter sent embargo-ended/1 2008-07-02T01:00:00Z hitachi)" \
		"$(letter notice embargo-ended/1 "" nec)"
	run -0 bash -c 'vc-case -l ledger -j -N 2008-07-02T00:00:00Z |
		jq -r "select(.due[]?.what == \"embargo-ended\").vendor"'
	assert_output "nec
yamaha
fujitsu
sun
acme"
	run -0 bash -c 'vc-case -l ledger | grep ended'
	assert_line "    ended                         2008/07/02  2008-07-01T20:00:00Z"
}

@test "nothing is due of a draft, of what was withdrawn, and of what is public" {
	local state
	for state in draft withdrawn public; do
		add '{"type":"case","id":"JVNVU#800113","tlp":"AMBER","state":"'$state'"}'
		at 2010-01-01T00:00:00Z -D
		assert_equal "$output" ""
	done
}

@test "a case that is given is the one that is reported, with those whom it names" {
	add '{"type":"case","id":"JVNVU#800114","tlp":"RED","state":"embargoed"}'
	at 2008-05-09T00:00:00Z -j
	run -0 jq -r 'select(.vendor == null).case' out
	assert_output "JVNVU#800113
JVNVU#800114"
	echo '{"type":"case","id":"JVNVU#800114","tlp":"RED","state":"embargoed","vendor":["yamaha"]}' >case
	at 2008-05-09T00:00:00Z case
	assert_equal "$output" "JVNVU#800114  embargoed
    yamaha          not-notified  due: notice"
	# without a ledger everything comes from the input
	run -0 bash -c "grep -v reject ledger | vc-case -N 2008-05-09T00:00:00Z"
	assert_line --partial "hitachi         answered"
}

@test "a case whose fields do not say what they mean is refused, and the others reported" {
	echo '{"type":"case","id":"JVNVU#800114","state":"embargoed","cve":["x"]}' |
		cat - "$VC_TOP/examples/vu800113/case.json" >case
	run_out vc-case -l ledger -N 2008-05-09T00:00:00Z case
	assert_equal "$status $stderr" \
		"65 vc-case: case: line 1: field 'cve[0]' is no id such as CVE-2008-1447"
	assert_equal "$(head -n 1 out)" "JVNVU#800113  embargoed"
}

@test "the clocks are data, and one that does not run is told" {
	cp -R "$VC_SHARE" mine
	VC_SHARE=$PWD/mine
	jq '.reminder = {days: 1}' "$VC_TOP/share/label/clock.json" \
		>mine/label/clock.json
	run -0 contact 2008-05-07T15:00:00Z
	assert_line "isc silent"
	local change
	for change in 'del(.finder)' '.finder = {}' '.finder = {days: 0}' \
		'.finder = {months: "12"}' '.finder = {days: -1, months: 3}'; do
		jq "$change" "$VC_TOP/share/label/clock.json" \
			>mine/label/clock.json
		run_out vc-case -l ledger
		assert_equal "$change: $status $output$stderr" \
			"$change: 78 vc-case: label/clock.json: 'finder' has no 'days' or 'months'"
	done
	echo '[]' >mine/label/clock.json
	run_out vc-case -l ledger
	assert_equal "$status" 78
	rm mine/label/clock.json
	run_out vc-case -l ledger
	assert_equal "$status" 66
}

@test "VU#800113: of its 91 vendors 49 are silent, and none is unknown" {
	tail -n +2 "$VC_TOP/examples/vu800113/vendors.csv" | tr -d '\r' |
		awk -F, '{
			at = $(NF - 2); came = $(NF - 1); v = $1; c = "JVNVU#800113"
			to = "\"to\":\"vh@" v ".example\",\"message_id\":\"<" v "@c.example>\",\"mail_sha256\":\"0\""
			of = "\"id\":\"" c "/" v "/1\",\"case\":\"" c "\",\"vendor\":\"" v "\""
			print "{\"type\":\"notice\"," of ",\"to\":\"vh@" v ".example\"}"
			if (at != "") {
				print "{\"type\":\"try\"," of "," to ",\"tried_at\":\"" at "T01:00:00Z\"}"
				print "{\"type\":\"sent\"," of "," to ",\"via\":\"sendmail\",\"sent_at\":\"" at "T01:00:01Z\"}"
			}
			if (came != "")
				print "{\"type\":\"status\",\"id\":\"mail/" NR "/status\",\"verdict\":\"signed\",\"vendor\":\"" v "\",\"case\":\"" c "\",\"signed_at\":\"" came "T05:00:00Z\"}"
		}' | cat "$VC_TOP/examples/vu800113/case.json" - >ledger
	chmod 600 ledger
	at 2009-08-01T00:00:00Z -j
	run -0 bash -c 'jq -r "select(.vendor).contact" out | sort | uniq -c'
	assert_output "     41 answered
      1 not-notified
     49 silent"
	run -0 jq -r 'select(.vendor == null).day0_at' out
	assert_output 2008-04-14T01:00:00Z
	run -0 jq -r 'select(.due[]?.what == "reminder").contact' out
	assert_equal "$(sort -u <<<"$output")" silent
	assert_equal "${#lines[@]}" 49
}

@test "a damaged ledger is told with its line" {
	sed -i '3s/.*/{"type":"notice",/' ledger
	run_out vc-case -l ledger
	assert_equal "$status $output" "65 "
	assert_regex "$stderr" "^vc-case: 'ledger': line 3: "
}

@test "a report of who is silent becomes a reminder, and once sent no second one" {
	cp "$VC_FIXTURE/man/case.json" "$VC_FIXTURE/man/roster.csv" .
	cp "$VC_FIXTURE/man/ledger.jsonl" ledger
	chmod 600 ledger roster.csv
	local now=2008-07-08T00:00:00Z
	remind() {
		vc-case -D -j -l ledger -N "$1" |
			vc-route -l ledger -r roster.csv -c case.json -N "$1" |
			jq -r 'select(.type == "notice") | "\(.kind) \(.id)"'
	}
	run -0 remind $now
	assert_output "reminder JVNVU#800113/hitachi/reminder/2008-07-08"
	run -0 remind $now
	assert_output "reminder JVNVU#800113/hitachi/reminder/2008-07-08"
	add "$(letter sent reminder/2008-07-07 $now hitachi)"
	run -0 remind 2008-07-08T01:00:00Z
	assert_output ""
	run -0 remind 2008-07-15T01:00:00Z
	assert_output "reminder JVNVU#800113/hitachi/reminder/2008-07-15"
}
