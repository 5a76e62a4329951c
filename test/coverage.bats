load helper
load note

# Affected vendors that were never told, that no mail reached, or that asked for
# more time: no page leaves without them until a go-ahead names them.

ID=JVNVU#90000001
SAID="vc-jvn-render: $ID may not be published:"
DO='tell them, or keep a go-ahead that names them'
FORMATS='html text rss rss-old atom vuldef csaf'

prepare() {
	export VC_SITE=https://jvn.example
	touch none
}

# public VENDOR...: the case, which names these.
public() {
	jq -c '.vendor = $ARGS.positional' "$VC_FIXTURE/vc-jvn-render/case.json" \
		--args "$@"
}

# letter TYPE VENDOR DAY: a record about the letter to a vendor.
letter() {
	jq -cn --arg t "$1" --arg v "$2" --arg at "2024-01-$3T00:00:00Z" --arg c "$ID" '
		{type: $t, id: "\($c)/\($v)/1", case: $c, vendor: $v,
		to: "psirt@\($v).example", message_id: "<\($v)@centre.example>",
		mail_sha256: ("0" * 64)} +
		if $t == "try" then {tried_at: $at}
		elif $t == "sent" then {via: "smtp", sent_at: $at}
		elif $t == "bounce" then {bounced_at: $at} else {} end'
}

refused() { # VENDOR
	letter notice "$1" 02 | jq -c '{type: "reject", by: "vc-encrypt", code: 77,
		why: "the key has expired", of: .}'
}

reply() { # VENDOR DAY VERDICT
	jq -cn --arg v "$1" --arg at "2024-01-$2T00:00:00Z" --arg d "$3" '
		{type: "message", id: ("mail/" + $v), verdict: $d,
		claimed: {from_address: "psirt@\($v).example", date_at: $at,
		in_reply_to: "<\($v)@centre.example>"}} +
		if $d == "signed" then {vendor: $v, signed_at: $at} else {} end'
}

# wishes VENDOR DAY WISH: a signed status that asks for a day.
wishes() {
	status "$1" "2024-01-$2T00:00:00Z" notvulnerable |
		jq -c --argjson w "$3" '.signed.form.wish_day = $w'
}

left_out() { # VENDOR WORD
	jq -cn --arg v "$1" --arg w "$2" --arg c "$ID" '{type: "route",
		id: "\($c)/\($v)/route", case: $c, vendor: $v, chosen: false,
		why: ["vendor[0]", $w]}'
}

# ahead DAY VENDOR...: somebody decides to go on without these.
ahead() {
	jq -cn --arg at "2024-$1T00:00:00Z" --arg c "$ID" '{type: "go-ahead",
		id: "\($c)/go-ahead/1", case: $c, vendor: $ARGS.positional,
		by: "sato", why: "nobody answers there", decided_at: $at}' \
		--args "${@:2}"
}

# Every state in which a vendor can be: its name, and what is missing, or "-".
states() {
	cat <<-'E'
		nothing|was never told
		noticed|was never told
		claimed|was never told
		tried|was not reached
		tried_claimed|was not reached
		tried_signed|-
		sent|-
		acknowledged|-
		answered|-
		answered_only|-
		bounced|bounced
		bounced_at_once|bounced
		bounced_same_second|bounced
		bounced_claimed|bounced
		bounced_signed|-
		bounced_answered|-
		answered_bounced|bounced
		sent_again|-
		late|asked for more time (2024-03-01)
		late_untold|asked for more time (2024-03-01)
		late_bounced|asked for more time (2024-03-01)
	E
}

# state NAME VENDOR: the records of it.
state() {
	local v=$2
	case $1 in
	nothing) ;;
	noticed) letter notice "$v" 02 ;;
	claimed) status "$v" 2024-01-05T00:00:00Z vulnerable unsigned ;;
	tried) letter try "$v" 02 ;;
	tried_claimed) letter try "$v" 02; reply "$v" 03 unsigned ;;
	tried_signed) letter try "$v" 02; reply "$v" 03 signed ;;
	sent) letter try "$v" 02; letter sent "$v" 02 ;;
	acknowledged) letter sent "$v" 02; reply "$v" 03 unsigned ;;
	answered) letter sent "$v" 02; answered "$v" 05 ;;
	answered_only) answered "$v" 05 ;;
	bounced) letter sent "$v" 02; letter bounce "$v" 03 ;;
	bounced_at_once) letter try "$v" 02; letter bounce "$v" 02 ;;
	bounced_same_second) letter sent "$v" 02; letter bounce "$v" 02 ;;
	bounced_claimed) letter sent "$v" 02; letter bounce "$v" 03
		reply "$v" 04 unsigned ;;
	bounced_signed) letter sent "$v" 02; letter bounce "$v" 03
		reply "$v" 04 signed ;;
	bounced_answered) letter sent "$v" 02; letter bounce "$v" 03
		answered "$v" 05 ;;
	answered_bounced) letter sent "$v" 02; answered "$v" 05
		letter bounce "$v" 06 ;;
	sent_again) letter sent "$v" 02; letter bounce "$v" 03; letter sent "$v" 04 ;;
	late) letter sent "$v" 02; wishes "$v" 05 '{"value":"2024-03-01"}' ;;
	late_untold) wishes "$v" 05 '{"value":"2024-03-01"}' ;;
	late_bounced) letter sent "$v" 02; wishes "$v" 05 '{"value":"2024-03-01"}'
		letter bounce "$v" 06 ;;
	*) fail "there is no state $1" ;;
	esac
}
answered() { status "$1" "2024-01-$2T00:00:00Z" notvulnerable; }

# comes STATE WHAT GO-AHEAD: what is in `kept` and `given` and is that a page?
comes() {
	page -l kept given
	if [ "$2" = - ]; then
		[ "$status $stderr" = "0 " ] || fail "$1, $3: $status $stderr"
		[ -s out ] || fail "$1, $3: no page"
	else
		[ "$status $stderr" = "77 $SAID nec $2: $DO" ] ||
			fail "$1, $3: $status $stderr"
		[ ! -s out ] || fail "$1, $3: a page"
	fi
	n=$((n + 1))
}

@test "each state of a vendor is open or closed, with and without a go-ahead" {
	local name what n=0
	public nec >public
	ahead 02-01 nec >ahead.nec
	ahead 02-01 fujitsu >ahead.other
	ahead 02-01 nec | jq -c '.case = "JVNVU#90000002"' >ahead.case
	while IFS='|' read -r name what; do
		state "$name" nec >records
		for kind in none ahead.other ahead.case; do
			cat records "$kind" >kept
			cp public given
			comes "$name" "$what" "$kind kept"
			: >kept
			cat public records "$kind" >given
			comes "$name" "$what" "$kind given"
		done
		cat records ahead.nec >kept
		cp public given
		comes "$name" - 'kept'
		: >kept
		cat public records ahead.nec >given
		comes "$name" - 'given'
		cp records kept
		cat public ahead.nec >given
		comes "$name" - 'kept and given'
	done < <(states)
	assert_equal "$n" $((9 * $(states | wc -l)))
}

@test "the order of letters and answers opens nothing" {
	local name what n=0
	: >kept
	while IFS='|' read -r name what; do
		case $name in *_signed) continue ;; esac # a reply needs its letter
		{
			state "$name" nec
			public nec
		} | tac >given
		comes "$name" "$what" backwards
	done < <(states)
	# What is kept already, once more on the input.
	state bounced nec >kept
	{ public nec; letter sent nec 02; } >given
	comes bounced bounced again
}

@test "a letter that was refused on its way reached nobody" {
	{ refused nec; letter notice fujitsu 02; refused fujitsu; letter sent fujitsu 03; } >kept
	public nec fujitsu | page -l kept
	assert_equal "$status" 77
	assert_equal "$stderr" "$SAID nec was not reached: $DO"
}

@test "the reason names each vendor in the order of the case, and what is missing" {
	{
		public fujitsu hitachi ibm nec fujitsu
		state tried sun
		state late nec
		state sent ibm
		state bounced hitachi
	} >given
	page given
	assert_equal "$status" 77
	assert_equal "$stderr" "$SAID fujitsu was never told, hitachi bounced, nec asked for more time (2024-03-01), sun was not reached: $DO"
	assert [ ! -s out ]
	ahead 02-01 fujitsu sun nec | cat given - | page
	assert_equal "$status" 77
	assert_equal "$stderr" "$SAID hitachi bounced: $DO"
	ahead 02-01 fujitsu sun nec hitachi | cat given - | page
	assert_equal "$status $stderr" "0 "
}

@test "what is too much for one line is counted" {
	local n
	# shellcheck disable=SC2046
	public $(seq -f 'vendor-%03g' 40) | page
	assert_equal "$status" 77
	assert_equal "$stderr" "$SAID $(seq -f 'vendor-%03g was never told,' -s ' ' 11) vendor-012 was never told and 28 more: $DO"
	for n in 1 3 4 5 2000; do
		# shellcheck disable=SC2046
		public $(seq "$n" | xargs printf 'v%063d\n') | page
		assert_equal "$status" 77
		[ "$n" -lt 2000 ] || assert_regex "$stderr" ' and 1996 more: '
		assert_regex "$stderr" "$DO\$"
		assert [ "${#stderr}" -lt 512 ]
		assert [ ! -s out ]
	done
}

@test "a day that was wished for blocks when it is after that of publication, in Japan" {
	local at day want
	while read -r at day want; do
		public nec | jq -c --arg at "$at" '.publish_at = $at' >given
		wishes nec 05 "{\"value\":\"$day\"}" >>given
		page given
		assert_equal "$at $day $status" "$at $day $want"
	done <<-'E'
		2024-01-10T03:00:00Z 2024-01-09 0
		2024-01-10T03:00:00Z 2024-01-10 0
		2024-01-10T03:00:00Z 2024-01-11 77
		2024-01-10T14:59:59Z 2024-01-10 0
		2024-01-10T14:59:59Z 2024-01-11 77
		2024-01-10T15:00:00Z 2024-01-11 0
		2024-01-10T15:00:00Z 2024-01-12 77
		2024-01-10T15:00:00Z 2023-12-31 0
		2023-12-31T15:00:00Z 2024-01-02 77
	E
}

@test "a wish that nobody can read blocks, and one that is not there does not" {
	local wish
	for wish in '{"problem":"bad-date"}' '{"problem":"ambiguous"}' '{}' \
		'{"value":"soon"}' '{"value":"2024-3-1"}' '{"value":"2024-01-05T"}' \
		'{"value":20240105}' '"2024-01-05"'; do
		{ public nec; wishes nec 05 "$wish"; } | page
		assert_equal "$status $stderr" \
			"77 $SAID nec asked for a day that nobody can read: $DO"
	done
	{ public nec; wishes nec 05 '{"problem":"missing"}'; } | page
	assert_equal "$status $stderr" "0 "
}

@test "the wish of the status that was signed last counts, in any order" {
	wishes nec 05 '{"value":"2024-03-01"}' >s1
	wishes nec 06 '{"value":"2024-01-10"}' >s2
	wishes nec 07 '{"value":"2024-04-01"}' >s3
	answered nec 08 >s4
	local order want
	while read -r want order; do
		# shellcheck disable=SC2086
		{ public nec; cat $order; } | page
		assert_equal "$order: $status" "$order: $want"
	done <<-'E'
		77 s1
		0 s1 s2
		0 s2 s1
		77 s2 s3 s1
		77 s3 s2
		0 s3 s4
		0 s4 s3
	E
	{ public nec; wishes nec 05 '{"value":"2024-03-01"}' |
		jq -c '.case = "JVNVU#90000002"'; answered nec 04; } | page
	assert_equal "$status $stderr" "0 "
}

@test "a go-ahead covers what was known when it was decided, and nothing later" {
	local day want name
	while read -r name day want; do
		{ public nec; state "$name" nec; ahead "$day" nec; } | page
		assert_equal "$name $day $status" "$name $day $want"
	done <<-'E'
		nothing 01-01 0
		tried 01-01 0
		bounced 01-02 77
		bounced 01-03 0
		late 01-04 77
		late 01-05 0
		late_bounced 01-05 77
		late_bounced 01-06 0
	E
}

@test "a go-ahead that is kept again under its id names whom it names then" {
	public nec fujitsu >given
	ahead 02-01 nec fujitsu >kept
	page -l kept given
	assert_equal "$status $stderr" "0 "
	ahead 02-02 fujitsu >>kept
	page -l kept given
	assert_equal "$stderr" "$SAID nec was never told: $DO"
	ahead 02-03 nec | jq -c '.id += "0"' >>kept
	page -l kept given
	assert_equal "$status $stderr" "0 "
}

@test "a vendor that vc-route left out by a rule is no gap, one that it could not tell is" {
	local word
	for word in role agreement priority individual direct no-match; do
		left_out nec $word >kept
		public nec | page -l kept
		assert_equal "$word: $status $stderr" "$word: 0 "
		cat <(public nec) kept | page
		assert_equal "$word: $status $stderr" "$word: 0 "
		{ letter notice nec 02 | jq -c '{type: "reject", by: "vc-route",
			code: 77, why: "not told", of: .}'; } >>kept
		public nec | page -l kept
		assert_equal "$word: $status $stderr" "$word: 0 "
	done
	for word in unregistered unpinned no-address unheard-of; do
		{ public nec; left_out nec $word; } | page
		assert_equal "$word: $stderr" "$word: $SAID nec was never told: $DO"
	done
	{ public nec; left_out nec direct | jq -c '.chosen = true'; } | page
	assert_equal "$stderr" "$SAID nec was never told: $DO"
	{ public nec; left_out nec direct | jq -c '.case += "1"'; } | page
	assert_equal "$stderr" "$SAID nec was never told: $DO"
}

@test "a vendor that was left out counts as soon as it was written to, or asks" {
	local name what
	while IFS='|' read -r name what; do
		case $name in nothing | claimed) what=- ;; esac
		{ public nec; state "$name" nec; left_out nec direct; } | page
		if [ "$what" = - ]; then
			assert_equal "$name: $status $stderr" "$name: 0 "
		else
			assert_equal "$name: $stderr" "$name: $SAID nec $what: $DO"
		fi
	done < <(states)
}

@test "a draft is made whatever vendors say" {
	local name what f
	while IFS='|' read -r name what; do
		{ public nec; state "$name" nec; } >given
		for f in html text; do
			page -d -f $f given
			assert_equal "$name $f: $status $stderr" "$name $f: 0 "
			grep -q 草稿 out
		done
	done < <(states)
}

@test "no format has one octet for a case that is closed" {
	local name what f n=0
	while IFS='|' read -r name what; do
		{ public nec; state "$name" nec; } >given
		for f in $FORMATS; do
			page -f "$f" given
			if [ "$what" = - ]; then
				[ "$status $stderr" = "0 " ] || fail "$f $name: $stderr"
				[ -s out ] || fail "$f $name: no page"
			else
				[ "$status $stderr" = "77 $SAID nec $what: $DO" ] ||
					fail "$f $name: $status $stderr"
				[ ! -s out ] || fail "$f $name: a page"
			fi
			n=$((n + 1))
		done
	done < <(states)
	assert_equal "$n" $((7 * $(states | wc -l)))
}

@test "the other gates are told first, and a case that names nobody needs none" {
	public nec | jq -c '.tlp = "RED"' | page
	assert_equal "$stderr" "$SAID it is TLP:RED, not TLP:CLEAR"
	public nec | jq -c '.vendor += ["a b"]' | page
	assert_equal "$status $stderr" \
		"65 vc-jvn-render: field 'vendor[1]' is not a word"
	public | page
	assert_equal "$status $stderr" "0 "
}

@test "what another case has of a vendor tells nothing of this one" {
	{ state answered nec; state sent fujitsu; state bounced sun; } |
		jq -c '(.case, .id) |= sub("90000001"; "90000002")' >kept
	public nec fujitsu | page -l kept
	assert_equal "$status" 77
	assert_equal "$stderr" "$SAID nec was never told, fujitsu was never told: $DO"
}

@test "a ledger that is damaged closes, and one that is VC_LEDGER counts" {
	{ public nec; state sent nec; } >given
	ahead 02-01 nec >kept
	VC_LEDGER=kept page <(public nec)
	assert_equal "$status $stderr" "0 "
	printf 'x\n%s\n' "$(ahead 02-01 nec)" >kept
	page -l kept given
	assert_equal "$status" 65
	assert [ ! -s out ]
}

@test "vc-case has no line for whom a case goes on without" {
	{ state sent nec; } >kept
	run -0 vc-case -l kept -j -N "$NOW"
	local before=$output
	{ ahead 02-01 fujitsu; left_out sun role
		ahead 02-01 nec | jq -c '(.case, .id) |= sub("90000001"; "90000002")'; } >>kept
	run -0 vc-case -l kept -j -N "$NOW"
	assert_output "$before"
}
