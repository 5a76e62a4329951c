load helper

# Keep what holds, refuse what does not, lose nothing, and walk the chain.

HITACHI=AC52884BE13F1EC166BF8875EEC53DB5836C18BB
OTHER=04AB5590E6A5856EEAE66BB04A077880E6BF46BE
GOOD='{"type":"vendor","id":"vendor/a","vendor":"a"}'
LAST='{"type":"vendor","id":"vendor/z","vendor":"z"}'

register() {
	cat "$VC_FIXTURE/vc-ledger/register.jsonl"
}

# facts LEDGER: its records without the chain.
facts() {
	sed 's/,"prev":"[0-9a-f]*"}$/}/' "${1-ledger}"
}

# whole: the chain of the ledger holds and no line of it is torn.
whole() {
	run -0 vc-ledger verify ledger
	assert_output --regexp '^[0-9]+ [0-9a-f]{64}$'
	run -0 facts
	refute_output --partial '"type":"torn"'
}

# line_refused WHY [OF] <the line: between two good records it is refused for
# WHY and the good ones pass and are kept. OF is the fact that the reject has;
# without it only number and hash of the line are told.
line_refused() {
	local why=$1 of=${2-} want
	cat >line
	{
		echo "$GOOD"
		cat line
		echo
		echo "$LAST"
	} >in
	rm -f ledger
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "65 vc-ledger: in: line 2: $why"
	[ -n "$of" ] ||
		of='{"line_n":2,"line_sha256":"'$(sha256sum <line | cut -c1-64)'"}'
	want=$GOOD$'\n'$(jq -cn --arg why "$why" --argjson of "$of" \
		'{type: "reject", by: "vc-ledger", code: 65, why: $why, of: $of}')
	assert_equal "$output" "$want"$'\n'"$LAST"
	run -0 facts
	assert_output "$want"$'\n'"$LAST"
	whole
}

@test "what holds is kept and passed on, octet for octet" {
	register >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	run -0 cmp in out
	run -0 diff in <(facts)
	whole
	assert_equal "$(stat -c %a ledger)" 600
}

@test "standard input is read when no file is named" {
	register >in
	run_out bash -c 'cat in | vc-ledger -l ledger'
	assert_equal "$status $stderr" "0 "
	run -0 cmp in out
	run -0 diff in <(facts)
}

@test "VC_LEDGER stands in for -l, and -l goes before it" {
	VC_LEDGER=there run_out vc-ledger <<<"$GOOD"
	assert_equal "$status $stderr $(facts there)" "0  $GOOD"
	VC_LEDGER=there run_out vc-ledger -l here <<<"$LAST"
	assert_equal "$status $(facts here) $(facts there)" "0 $LAST $GOOD"
}

@test "a record that comes again is kept again and means the same" {
	register >in
	vc-ledger -l ledger in >/dev/null
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	run -0 cmp in out
	whole
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.vendor, .state, .fpr] | @tsv"'
	assert_output "hitachi	registered	$HITACHI"
}

@test "an empty input keeps nothing" {
	run_out vc-ledger -l ledger /dev/null
	assert_equal "$status $output$stderr" "0 "
	assert_equal "$(stat -c %s ledger)" 0
	run_out vc-ledger verify ledger
	assert_equal "$status $stderr $output" "0  0 "
}

@test "the fact of a record is kept, its bulk never" {
	cat >in <<-'END'
		{"type":"mail","id":"mail/1","raw_b64":"Y2FuYXJ5","note":"canary"}
		{"type":"message","id":"mail/1","claimed":{"subject":"s","text":"canary"},"signed":{"text":"canary"},"raw_b64":"Y2FuYXJ5","plain":"canary"}
		{"type":"poc","id":"mail/1/poc","claimed":{"form":{"team":{"email":{"value":"a@b.example","raw":"canary"}},"unknown":[{"raw":"canary"}]}},"raw_b64":"Y2FuYXJ5"}
		{"type":"status","id":"mail/1/status","claimed":{"form":{"product":[{"name":{"value":"canary"},"status":{"value":"vulnerable"},"fix":{"value":"canary"}}],"statement":{"value":"canary"}}}}
		{"type":"case","id":"JVNVU#100001","state":"draft","tlp":"RED","title":{"en":"canary"},"overview":{"en":"canary"},"product":[{"name":"canary"}],"keyword":["canary"],"vendor":["canary"],"more":"canary"}
		{"type":"notice","id":"JVNVU#100001/a/1","case":"JVNVU#100001","vendor":"a","to":"a@a.example","fpr":"AC52884BE13F1EC166BF8875EEC53DB5836C18BB","subject":"canary","text":"canary","attachment":[{"text":"canary"}]}
		{"type":"sealed","id":"JVNVU#100001/a/1","case":"JVNVU#100001","vendor":"a","to":"a@a.example","fpr":"AC52884BE13F1EC166BF8875EEC53DB5836C18BB","message_id":"<1@x>","key_id":[],"mail_sha256":"0000000000000000000000000000000000000000000000000000000000000000","mail_b64":"Y2FuYXJ5"}
		{"type":"vendor","id":"vendor/a","vendor":"a","papers_b64":"Y2FuYXJ5"}
	END
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	run -0 cmp in out
	run ! grep -E 'canary|Y2FuYXJ5' ledger
	run -0 facts
	assert_output '{"type":"mail","id":"mail/1"}
{"type":"message","id":"mail/1","claimed":{},"signed":{}}
{"type":"poc","id":"mail/1/poc","claimed":{"form":{"team":{"email":{"value":"a@b.example"}}}}}
{"type":"status","id":"mail/1/status","claimed":{"form":{"product":[{"status":{"value":"vulnerable"}}]}}}
{"type":"case","id":"JVNVU#100001","state":"draft","tlp":"RED"}
{"type":"notice","id":"JVNVU#100001/a/1","case":"JVNVU#100001","vendor":"a","to":"a@a.example","fpr":"AC52884BE13F1EC166BF8875EEC53DB5836C18BB"}
{"type":"sealed","id":"JVNVU#100001/a/1","case":"JVNVU#100001","vendor":"a","to":"a@a.example","fpr":"AC52884BE13F1EC166BF8875EEC53DB5836C18BB","message_id":"<1@x>","key_id":[],"mail_sha256":"0000000000000000000000000000000000000000000000000000000000000000"}
{"type":"vendor","id":"vendor/a","vendor":"a"}'
}

@test "a 'prev' that came in is not believed" {
	echo '{"type":"vendor","id":"vendor/a","prev":"0","vendor":"a"}' >in
	vc-ledger -l ledger in in >/dev/null
	run -0 sed -n 1p ledger
	assert_output "$GOOD"
	whole
}

# Lines that are no records

@test "no JSON is refused" {
	printf '{"type":"vendor","id":"vendor/b"' |
		line_refused 'no JSON: wrong at octet 32'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b"}}' |
		line_refused 'no JSON: wrong at octet 47'
	printf '%s' "{\"type\":\"vendor\",'id':1}" |
		line_refused 'no JSON: wrong at octet 18'
	printf '' | line_refused 'a record must begin with {"type":"..."'
	printf 'From: a@b.example' |
		line_refused 'a record must begin with {"type":"..."'
	printf '[]' | line_refused 'a record must begin with {"type":"..."'
	printf '"type"' | line_refused 'a record must begin with {"type":"..."'
}

@test "a record without a type, or whose type is not first, is refused" {
	printf '{"id":"vendor/b","vendor":"b"}' |
		line_refused 'a record must begin with {"type":"..."'
	printf '{"id":"vendor/b","type":"vendor","vendor":"b"}' |
		line_refused 'a record must begin with {"type":"..."'
	printf ' {"type":"vendor","id":"vendor/b","vendor":"b"}' |
		line_refused 'a record must begin with {"type":"..."'
	printf '{"type" :"vendor","id":"vendor/b","vendor":"b"}' |
		line_refused 'a record must begin with {"type":"..."'
	printf '{"type":"Vendor","id":"vendor/b"}' |
		line_refused 'the type is no word of a-z, - and _'
	printf '{"type":"","id":"vendor/b"}' |
		line_refused 'the type is no word of a-z, - and _'
	printf '{"type":"%s","id":"b"}' "$(printf 'a%.0s' {1..33})" |
		line_refused 'the type is no word of a-z, - and _'
	printf '{"type":7,"id":"vendor/b"}' |
		line_refused 'a record must begin with {"type":"..."'
}

@test "a record without an id is refused" {
	printf '{"type":"vendor","vendor":"b"}' |
		line_refused "field 'id' is missing"
	printf '{"type":"vendor","id":"","vendor":"b"}' |
		line_refused "field 'id' is missing"
	printf '{"type":"vendor","id":7,"vendor":"b"}' |
		line_refused "field 'id' is missing"
}

@test "a type that is unknown is refused" {
	printf '{"type":"wish","id":"b"}' |
		line_refused "type 'wish' is unknown" '{"type":"wish","id":"b"}'
}

@test "a key that stands twice is refused" {
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","vendor":"b"}' |
		line_refused 'a key stands twice in one object'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","name":{"ja":"x","ja":"y"}}' |
		line_refused 'a key stands twice in one object'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","\\u0076endor":"c"}' |
		line_refused 'a key stands twice in one object'
}

@test "NUL is refused" {
	printf '{"type":"vendor","id":"vendor/b","vendor":"b\0"}' |
		line_refused 'octet 45 is NUL'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b\\u0000"}' |
		line_refused 'a string holds NUL'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","\\u0000":"c"}' |
		line_refused 'a string holds NUL'
}

@test "invalid UTF-8 is refused" {
	local bad
	for bad in '\xff' '\xc0\xaf' '\xed\xa0\x80' '\xf4\x90\x80\x80' '\xe3\x81' \
		'\x80' '\x93\xfa\x96\x7b'; do
		# shellcheck disable=SC2059
		printf '{"type":"vendor","id":"vendor/b","vendor":"b","phone":"'"$bad"'"}' |
			line_refused 'octet 56 is no UTF-8'
	done
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","phone":"\\ud800"}' |
		line_refused 'no JSON: wrong at octet 62'
}

@test "null and fractions are refused" {
	local null='a value is null: leave the field out'
	local real='a number has a fraction: records hold integers and strings'
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","phone":null}' |
		line_refused "$null"
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","product":["x",null]}' |
		line_refused "$null"
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","x":1.5}' |
		line_refused "$real"
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","x":[{"y":1e3}]}' |
		line_refused "$real"
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","x":99999999999999999999}' |
		line_refused 'a number is too big'
}

# nested N: a record that is N deep.
nested() {
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","x":'
	printf '[%.0s' $(seq $(($1 - 2)))
	printf '1'
	printf ']%.0s' $(seq $(($1 - 2)))
	printf '}'
}

@test "16 levels pass, more is refused" {
	nested 16 >in
	echo >>in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	nested 17 | line_refused 'nested deeper than 16'
	nested 2000 | line_refused 'nested deeper than 16'
	nested 100000 | line_refused 'no JSON: wrong at octet 2098'
}

@test "a key of 64 octets passes, a longer one is refused" {
	local key
	key=$(printf 'a%.0s' {1..64})
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","%s":"x"}\n' "$key" >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	printf '{"type":"vendor","id":"vendor/b","vendor":"b","%sa":"x"}' "$key" |
		line_refused 'a key is longer than 64 octets'
}

@test "a line over 16 MiB is refused, and the next one is kept" {
	{
		echo "$GOOD"
		printf '{"type":"vendor","id":"vendor/b","vendor":"b","phone":"'
		head -c $((17 << 20)) /dev/zero | tr '\0' a
		printf '"}\n'
		echo "$LAST"
	} >in
	run_out vc-ledger -l ledger in
	assert_equal "$status" 65
	assert_equal "$stderr" "vc-ledger: in: line 2: longer than 16777216 octets"
	assert_equal "$output" "$GOOD
"'{"type":"reject","by":"vc-ledger","code":65,"why":"longer than 16777216 octets","of":{"line_n":2}}'"
$LAST"
	whole
}

@test "a last line without LF is refused: it was cut off" {
	{
		echo "$GOOD"
		printf '%s' "$LAST"
	} >in
	run_out vc-ledger -l ledger in
	assert_equal "$status" 65
	assert_equal "$stderr" \
		"vc-ledger: in: line 2: no newline at the end: the input was cut off"
	run -0 bash -c "cut -c1-17 out"
	assert_output '{"type":"vendor",
{"type":"reject",'
	run -0 facts
	assert_output --partial "$GOOD"
	refute_output --partial "$LAST"
	whole
}

# Fields of the wrong form

@test "a field of the wrong form is refused, and its value is not told" {
	local row field wants
	while IFS='|' read -r row field wants; do
		printf '%s' "$row" |
			line_refused "field '$field' is not $wants" "$row"
	done <<-END
		{"type":"vendor","id":"vendor/b","vendor":"b c"}|vendor|a known word
		{"type":"vendor","id":"vendor/b","vendor":7}|vendor|a known word
		{"type":"vendor","id":"vendor/b","vendor":"b","kind":"other"}|kind|a known word
		{"type":"vendor","id":"vendor/b","vendor":"b","kind":"general individual"}|kind|a known word
		{"type":"vendor","id":"vendor/b","vendor":"b","state":""}|state|a known word
		{"type":"vendor","id":"vendor/b","vendor":"b","fpr":"ac52884be13f1ec166bf8875eec53db5836c18bb"}|fpr|40 upper-case hex digits
		{"type":"vendor","id":"vendor/b","vendor":"b","fpr":"AC52884B"}|fpr|40 upper-case hex digits
		{"type":"vendor","id":"vendor/b","vendor":"b","product":"x"}|product|an array
		{"type":"vendor","id":"vendor/b","vendor":"b","name":"x"}|name|an object
		{"type":"vendor","id":"vendor/b","vendor":"b","email":["x"]}|email|text
		{"type":"vendor","id":"vendor b","vendor":"b"}|id|an id without blanks
		{"type":"confirm","id":"c","of":"key x","by":"ito","confirmed_at":"2004-07-08T00:00:00Z"}|of|an id without blanks
		{"type":"confirm","id":"c","of":"key/x","by":"ito","confirmed_at":"2004-07-08"}|confirmed_at|a time such as 2008-07-08T18:45:59Z
		{"type":"confirm","id":"c","of":"key/x","by":"ito","confirmed_at":"2004-07-08T00:00:00+09:00"}|confirmed_at|a time such as 2008-07-08T18:45:59Z
		{"type":"confirm","id":"c","of":"key/x","by":"ito","confirmed_at":"2004-02-30T00:00:00Z"}|confirmed_at|a time such as 2008-07-08T18:45:59Z
		{"type":"key","id":"key/x","fpr":"$HITACHI","bits_n":"256"}|bits_n|a whole number
		{"type":"key","id":"key/x","fpr":"$HITACHI","bits_n":-1}|bits_n|a whole number
		{"type":"mail","id":"mail/x","too_large":1}|too_large|true or false
	END
}

@test "a field that is needed and missing is refused" {
	local row field
	while IFS='|' read -r row field; do
		printf '%s' "$row" |
			line_refused "field '$field' is missing" "$row"
	done <<-END
		{"type":"vendor","id":"vendor/b"}|vendor
		{"type":"step","id":"s","vendor":"b","step":"apply","by":"sato"}|done_at
		{"type":"step","id":"s","vendor":"b","step":"apply","done_at":"2004-07-08T00:00:00Z"}|by
		{"type":"key","id":"key/x"}|fpr
		{"type":"confirm","id":"c","by":"ito","confirmed_at":"2004-07-08T00:00:00Z"}|of
		{"type":"case","id":"JVNVU#100001"}|state
		{"type":"notice","id":"n","case":"JVNVU#100001","vendor":"b"}|to
		{"type":"sealed","id":"n","case":"JVNVU#100001","vendor":"b","to":"a@b.example","fpr":"$HITACHI"}|message_id
		{"type":"sent","id":"n","case":"JVNVU#100001","vendor":"b","to":"a@b.example"}|message_id
	END
}

@test "the reject of a record that is refused has its fact and not its bulk" {
	echo '{"type":"case","id":"JVNVU#100001","title":{"en":"canary"}}' >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" \
		"65 vc-ledger: in: line 1: field 'state' is missing"
	assert_equal "$output" '{"type":"reject","by":"vc-ledger","code":65,"why":"field '"'state'"' is missing","of":{"type":"case","id":"JVNVU#100001"}}'
	run ! grep canary ledger
}

# The table of steps

# step STEP [FIELDS]: a step of hitachi.
step() {
	printf '{"type":"step","id":"vendor/hitachi/step/%s","vendor":"hitachi","step":"%s","by":"sato","done_at":"2004-07-08T00:00:00Z"%s}\n' \
		"$1" "$1" "${2-}"
}

# until N: a ledger with the first N records of the registration.
until_step() {
	rm -f ledger
	register | head -n "$1" | vc-ledger -l ledger >/dev/null
}

# step_refused N WHY <a record: refused after the first N of the registration,
# and the registration goes on as if nothing had been.
step_refused() {
	local n=$1 why=$2 before
	cat >in
	until_step "$n"
	before=$(facts)
	run_out vc-ledger -l ledger in
	assert_equal "$n: $status $stderr" \
		"$n: 65 vc-ledger: in: line 1: $why"
	assert_equal "$(jq -r .why out)" "$why"
	assert_equal "$(jq -c .of out)" "$(cat in)"
	assert_equal "$(facts)" "${before:+$before$'\n'}$output"
	register | tail -n +$((n + 1)) | vc-ledger -l ledger >/dev/null
	whole
	run -0 bash -c 'vc-roster -j ledger | jq -r .state'
	assert_output registered
}

@test "a step before its turn is refused and says what is missing" {
	step apply ',"of":"mail/0/poc"' | step_refused 1 \
		"hitachi: poc record 'mail/0/poc' is not in the ledger"
	step apply | step_refused 1 \
		"hitachi: step 'apply' names no poc record in 'of'"
	step papers-shown | step_refused 1 \
		"hitachi: step 'papers-shown' needs the step 'apply' first"
	step papers-in ',"paper":["register"]' | step_refused 2 \
		"hitachi: step 'papers-in' needs the step 'papers-shown' first"
	step meeting | step_refused 3 \
		"hitachi: step 'meeting' needs the papers 'register', 'profile', 'products', 'contact', 'person', 'consent' and 'public-key' first"
	step agree | step_refused 4 \
		"hitachi: step 'agree' needs the step 'meeting' first"
}

@test "papers are some of those in the table" {
	step papers-in | step_refused 3 \
		"hitachi: step 'papers-in' names no paper"
	step papers-in ',"paper":["register","passport"]' | step_refused 3 \
		"hitachi: paper[1] is no paper of label/order.json"
}

@test "a step that was taken is not taken again with other words" {
	step apply ',"of":"mail/5f1b7d0c2e9a4c6388d1f0a7b3c4d5e6/poc"' |
		step_refused 3 "hitachi: step 'apply' was taken already"
	step meeting | step_refused 8 "hitachi: step 'meeting' was taken already"
}

@test "a step has the id of its vendor and its name" {
	step meeting | sed 's,step/meeting,step/agree,' | step_refused 6 \
		"hitachi: the id is not 'vendor/hitachi/step/meeting'"
}

@test "nobody is registered without a key that a second person confirmed" {
	register | sed -n 8p >agree
	register | grep -v '"type":"key"\|"type":"confirm"\|step/agree' >before
	vc-ledger -l ledger before >/dev/null
	run_out vc-ledger -l ledger agree
	assert_equal "$status $stderr" \
		"65 vc-ledger: agree: line 1: hitachi: step 'agree' needs a 'key' record first"
	register | sed -n 5p | vc-ledger -l ledger >/dev/null
	run_out vc-ledger -l ledger agree
	assert_equal "$status $stderr" \
		"65 vc-ledger: agree: line 1: hitachi: step 'agree' needs a second person to confirm 'key/$HITACHI' first"
	register | sed -n 6p | vc-ledger -l ledger >/dev/null
	run_out vc-ledger -l ledger agree
	assert_equal "$status $stderr" "0 "
	whole
}

@test "who brought a key does not confirm it, nor is another key confirmed" {
	local at=',"confirmed_at":"2004-07-21T00:10:00Z"}'
	echo '{"type":"confirm","id":"c","of":"key/'$HITACHI'","by":"sato"'"$at" |
		step_refused 5 "'key/$HITACHI' was brought by 'sato': another person confirms it"
	echo '{"type":"confirm","id":"c","of":"key/'$HITACHI'","by":"SATO"'"$at" |
		step_refused 5 "'key/$HITACHI' was brought by 'sato': another person confirms it"
	echo '{"type":"confirm","id":"c","of":"key/'$OTHER'","by":"ito"'"$at" |
		step_refused 5 "key 'key/$OTHER' is not in the ledger"
}

@test "a key belongs to one vendor, and its id is its fingerprint" {
	echo '{"type":"key","id":"key/'$HITACHI'","vendor":"fujitsu","fpr":"'$HITACHI'"}' |
		step_refused 5 "fujitsu: 'key/$HITACHI' belongs to vendor 'hitachi'"
	echo '{"type":"key","id":"key/'$OTHER'","vendor":"hitachi","fpr":"'$HITACHI'"}' |
		step_refused 5 "hitachi: the id is not 'key/$HITACHI'"
	echo '{"type":"key","id":"key/'$HITACHI'","fpr":"'$HITACHI'"}' |
		step_refused 5 "'key/$HITACHI' belongs to vendor 'hitachi'"
	echo '{"type":"key","id":"key/'$OTHER'","fpr":"'$HITACHI'"}' |
		step_refused 5 "the id is not 'key/$HITACHI'"
}

@test "a vendor record takes no step and changes no key" {
	echo '{"type":"vendor","id":"vendor/hitachi","vendor":"hitachi","state":"registered"}' |
		step_refused 4 "hitachi: state 'registered' needs the step 'meeting' first"
	echo '{"type":"vendor","id":"vendor/hitachi","vendor":"hitachi","fpr":"'$OTHER'"}' |
		step_refused 6 "hitachi: 'fpr' changes by the records 'key' and 'confirm'"
	echo '{"type":"vendor","id":"vendor/fujitsu","vendor":"hitachi"}' |
		step_refused 6 "hitachi: the id is not 'vendor/hitachi'"
	echo '{"type":"vendor","id":"vendor/hitachi","vendor":"hitachi","email":"x y"}' |
		step_refused 6 "hitachi: email is no mail address"
}

@test "steps of one input build on each other, and a refused one stops none" {
	{
		register | head -n 3
		step agree
		register | tail -n +4
	} >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" \
		"65 vc-ledger: in: line 4: hitachi: step 'agree' needs the papers 'register', 'profile', 'products', 'contact', 'person', 'consent' and 'public-key' first"
	run -0 bash -c "grep -v reject out | diff - '$VC_FIXTURE/vc-ledger/register.jsonl'"
	run -0 bash -c 'vc-roster -j ledger | jq -r .state'
	assert_output registered
}

# The call, the file, the descriptors

@test "without a ledger it is 64" {
	run -64 --separate-stderr vc-ledger </dev/null
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: option '-l' is needed: where to keep; see vc-ledger -h"
}

@test "an unknown option is 64, and nothing is made" {
	run -64 --separate-stderr vc-ledger -l ledger -x <<<"$GOOD"
	assert_equal "$stderr" "vc-ledger: option '-x' is unknown; see vc-ledger -h"
	run -64 --separate-stderr vc-ledger -l ledger --what <<<"$GOOD"
	assert_equal "$stderr" "vc-ledger: option '--what' is unknown; see vc-ledger -h"
	run -64 --separate-stderr vc-ledger -l
	assert_equal "$stderr" "vc-ledger: option '-l' needs an argument; see vc-ledger -h"
	assert_file_not_exist ledger
}

@test "verify takes one file" {
	run -64 --separate-stderr vc-ledger verify
	assert_equal "$stderr" "vc-ledger: verify takes one file; see vc-ledger -h"
	run -64 --separate-stderr vc-ledger verify a b
	assert_equal "$stderr" "vc-ledger: verify takes one file; see vc-ledger -h"
}

@test "a file called verify is kept by its path" {
	echo "$GOOD" >verify
	run_out vc-ledger -l ledger ./verify
	assert_equal "$status $stderr $output" "0  $GOOD"
}

@test "a missing file is 66, and the others are read" {
	echo "$GOOD" >one
	echo "$LAST" >three
	run_out vc-ledger -l ledger one two three
	assert_equal "$status $stderr" \
		"66 vc-ledger: cannot open 'two': No such file or directory"
	assert_equal "$output" "$GOOD
$LAST"
	assert_equal "$(facts)" "$output"
}

@test "a ledger that is a folder, a link or open to others is 78, and not touched" {
	mkdir folder
	run -78 --separate-stderr vc-ledger -l folder <<<"$GOOD"
	assert_output ""
	assert_equal "$stderr" "vc-ledger: ledger 'folder' is no regular file"
	echo "$LAST" >file
	chmod 600 file
	ln -s file link
	run -78 --separate-stderr vc-ledger -l link <<<"$GOOD"
	assert_output ""
	assert_equal "$stderr" "vc-ledger: ledger 'link' is no regular file"
	ln -s nowhere dangling
	run -78 --separate-stderr vc-ledger -l dangling <<<"$GOOD"
	assert_file_not_exist nowhere
	local mode
	for mode in 620 602 660; do
		chmod $mode file
		run -78 --separate-stderr vc-ledger -l file <<<"$GOOD"
		assert_output ""
		assert_equal "$stderr" \
			"vc-ledger: 'file' can be written by others: chmod go-w"
	done
	mkfifo pipe
	run -78 --separate-stderr timeout 5 vc-ledger -l pipe <<<"$GOOD"
	assert_equal "$stderr" "vc-ledger: ledger 'pipe' is no regular file"
	assert_equal "$(cat file)" "$LAST"
}

@test "a ledger in a folder that is not there is 73" {
	run -73 --separate-stderr vc-ledger -l nowhere/ledger <<<"$GOOD"
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: cannot open the ledger 'nowhere/ledger': No such file or directory"
}

@test "a ledger that is damaged is 65 with the line, and is not added to" {
	until_step 3
	sed -i '2s/.*/{"type":"step"/' ledger
	cp ledger was
	run -65 --separate-stderr vc-ledger -l ledger <<<"$GOOD"
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 2: the type is no word of a-z, - and _"
	run -0 cmp ledger was
}

@test "a closed descriptor is 74, and nothing is kept" {
	echo "$GOOD" >in
	run -74 --separate-stderr bash -c 'vc-ledger -l ledger in <&-'
	assert_equal "$output$stderr" "vc-ledger: standard input is closed"
	run -74 --separate-stderr bash -c 'vc-ledger -l ledger in >&-'
	assert_equal "$output$stderr" "vc-ledger: standard output is closed"
	run -74 --separate-stderr bash -c 'vc-ledger -l ledger in 2>&-'
	assert_equal "$output$stderr" ""
	assert_file_not_exist ledger
}

@test "a full standard output is 74; what it did not take is in the ledger" {
	run -74 --separate-stderr bash -c "vc-ledger -l ledger <<<'$GOOD' >/dev/full"
	assert_equal "$stderr" \
		"vc-ledger: cannot write to standard output: No space left on device"
	assert_equal "$(facts)" "$GOOD"
	whole
	run -74 --separate-stderr bash -c "vc-ledger verify ledger >/dev/full"
	assert_equal "$stderr" \
		"vc-ledger: cannot write to standard output: No space left on device"
}

@test "a reader that goes away ends it quietly with 74" {
	register >in
	run -0 --separate-stderr bash -c \
		'(sleep 0.2; vc-ledger -l ledger in; echo $? >code) | true; cat code'
	assert_output 74
	assert_equal "$stderr" ""
	whole
}

@test "a standard input that cannot be read is 74" {
	mkdir folder
	run -74 --separate-stderr bash -c 'vc-ledger -l ledger <folder'
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: cannot read standard input: Is a directory"
}

# verify

@test "verify counts the lines and prints the hash of the last" {
	until_step 8
	run -0 vc-ledger verify ledger
	assert_output "8 $(tail -n 1 ledger | tr -d '\n' | sha256sum | cut -c1-64)"
}

@test "verify of a file that is missing is 66, of a folder 78" {
	run -66 --separate-stderr vc-ledger verify nothing
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: cannot open 'nothing': No such file or directory"
	run -78 --separate-stderr vc-ledger verify .
	assert_output ""
	assert_equal "$stderr" "vc-ledger: ledger '.' is no regular file"
}

@test "verify names the line behind every change, and the line itself when it is no record" {
	local n
	for n in 1 2 3 4 5 6 7; do
		until_step 8
		sed -i "${n}s/2004/2005/;${n}s/psirt/other/" ledger
		run -1 --separate-stderr vc-ledger verify ledger
		assert_output ""
		assert_equal "$stderr" \
			"vc-ledger: 'ledger': line $((n + 1)): 'prev' is not the hash of the line before"
	done
	sed -i '3s/.*/what/' ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" "vc-ledger: 'ledger': line 3: no JSON: wrong at octet 4"
}

@test "verify: a line that carries no hash breaks the chain" {
	until_step 3
	echo "$GOOD" >>ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" "vc-ledger: 'ledger': line 4: field 'prev' is missing"
}

@test "verify: two lines that changed places break the chain" {
	until_step 8
	sed -i '5{h;d};6G' ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 5: 'prev' is not the hash of the line before"
}

@test "verify changes nothing and needs no right to write" {
	until_step 8
	cp -p ledger was
	chmod 400 ledger
	run -0 vc-ledger verify ledger
	run -0 cmp ledger was
}

@test "a case whose fields do not say what they mean is not kept" {
	line_refused "field 'restriction' names a field that no case has" \
		'{"type":"case","id":"JVNVU#800113","state":"draft"}' < <(printf %s '{"type":"case","id":"JVNVU#800113","state":"draft","restriction":{"expliot":"private"}}')
	line_refused "field 'id' is no id of a case such as JVN#12345678" \
		'{"type":"case","id":"JVN#1","state":"draft"}' < <(printf %s '{"type":"case","id":"JVN#1","state":"draft"}')
	line_refused "field 'cve[1]' is no id such as CVE-2008-1447" \
		'{"type":"case","id":"JVNVU#800113","state":"draft","cve":["CVE-2008-1447","x"]}' < <(printf %s '{"type":"case","id":"JVNVU#800113","state":"draft","cve":["CVE-2008-1447","x"]}')
}

ended() {
	jq -cn '{type: "embargo-ended", id: "JVNVU#800113/embargo-ended",
		case: "JVNVU#800113", by: "sato", why: "details are public",
		ended_at: "2008-07-21T20:00:00Z"}' | jq -c "${1-.}"
}

@test "an embargo ends by a record that says who and why, for a case on file" {
	local case_='{"type":"case","id":"JVNVU#800113","state":"embargoed"}'
	ended >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" \
		"65 vc-ledger: in: line 1: case 'JVNVU#800113' is not in the ledger"
	{
		echo "$case_"
		ended
	} >in
	rm ledger
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	run -0 diff in <(facts)
	# known from an earlier run
	run -0 vc-ledger -l ledger <(ended)
}

@test "an embargo does not end without a reason, nor before it has" {
	local change why
	echo '{"type":"case","id":"JVNVU#800113","state":"embargoed"}' >case
	while IFS='|' read -r change why; do
		rm -f ledger
		ended "$change" | cat case - >in
		run_out vc-ledger -l ledger in
		assert_equal "$change: $status $stderr" \
			"$change: 65 vc-ledger: in: line 2: $why"
		run -0 facts
		[[ $output == *'"type":"reject"'* ]] || fail "$change: $output"
	done <<-EOF
		del(.by)|field 'by' is missing
		del(.why)|field 'why' is missing
		.why = ""|field 'why' is not one line of text
		.by = " "|field 'by' is not one line of text
		.why = "a\nb"|field 'why' is not one line of text
		.ended_at = "9999-01-01T00:00:00Z"|field 'ended_at' is in the future: an embargo is over when it has ended
		.ended_at = "2008-07-21"|field 'ended_at' is not a time such as 2008-07-08T18:45:59Z
		.id = "JVNVU#800113"|field 'id' is not that of the case with '/embargo-ended' behind it
		.case = "JVNVU#800114"|field 'id' is not that of the case with '/embargo-ended' behind it
	EOF
}

@test "a go-ahead says who, why and without whom, and is not of tomorrow" {
	local change why
	jq -cn '{type: "go-ahead", id: "JVNVU#800113/go-ahead/1",
		case: "JVNVU#800113", vendor: ["nec", "sun"], by: "sato",
		why: "nobody answers there", decided_at: "2008-07-07T00:00:00Z"}' >in
	run_out vc-ledger -l ledger in
	assert_equal "$status $stderr" "0 "
	cmp in out
	run -0 diff in <(facts)
	while IFS='|' read -r change why; do
		jq -c "$change" in >bad
		run_out vc-ledger -l ledger bad
		assert_equal "$change: $status $stderr" \
			"$change: 65 vc-ledger: bad: line 1: $why"
	done <<-'E'
		del(.case)|field 'case' is missing
		del(.vendor)|field 'vendor' is missing
		del(.by)|field 'by' is missing
		del(.why)|field 'why' is missing
		del(.decided_at)|field 'decided_at' is missing
		.vendor = "nec"|field 'vendor' is not an array
		.vendor = []|field 'vendor' names nobody: a go-ahead is for the vendors that it names
		.vendor[1] = "*"|field 'vendor[1]' is not the id of a vendor
		.vendor[0] = {}|field 'vendor[0]' is not the id of a vendor
		.by = ""|field 'by' is not one line of text
		.why = "a\nb"|field 'why' is not one line of text
		.decided_at = "2024-02-01"|field 'decided_at' is not a time such as 2008-07-08T18:45:59Z
		.decided_at = "9999-01-01T00:00:00Z"|field 'decided_at' is in the future: it is kept once it is decided
		.id = "JVNVU#800113"|field 'id' is not that of the case with '/go-ahead/' and a number behind it
		.id += "a"|field 'id' is not that of the case with '/go-ahead/' and a number behind it
		.case += "1"|field 'id' is not that of the case with '/go-ahead/' and a number behind it
	E
	run -1 grep -c '"type":"go-ahead".*"vendor":\[\]' <(grep -v '"type":"reject"' ledger)
}
