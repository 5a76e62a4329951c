load helper
load keys

# The record contract, in every program: what goes by, what stops.

setup_file() {
	hermetic
	cd "$BATS_FILE_TMPDIR" || return 1
	key_home centre >/dev/null
	key_store keys hitachi fujitsu yamaha
	install -m 600 "$VC_FIXTURE/man/roster.csv" roster.csv
}

teardown_file() { stop_homes; }

FILTERS="vc-verify vc-parse-poc vc-parse-status vc-ledger vc-route vc-encrypt vc-mail"
SINKS="vc-jvn-render vc-case"
FOREIGN='{"type":"foreign", "x" : 1.50, "x":null  }'

# call PROGRAM [ARGUMENT...]: with all that it needs.
call() {
	local p=$1 at=$BATS_FILE_TMPDIR
	shift
	case $p in
	vc-verify) set -- -r "$at/roster.csv" -k "$at/keys" -g "$(key_home centre)" "$@" ;;
	vc-ledger) set -- -l ledger "$@" ;;
	vc-route) set -- -r "$at/roster.csv" "$@" ;;
	vc-encrypt) set -- -r "$at/roster.csv" -k "$at/keys" -g "$(key_home centre)" \
		-u "$(key_fpr centre)" -f vuls@centre.example "$@" ;;
	vc-mail) set -- -l ledger -r "$at/roster.csv" -k "$at/keys" -o maildir:box "$@" ;;
	esac
	"$p" "$@"
}

@test "20,000 foreign records go through every program octet for octet" {
	local p
	awk 'BEGIN { for (i = 0; i < 20000; i++)
		printf "{\"type\":\"foreign\",\"x\":%d.50, \"dup\":1,\"dup\":2,\"bad\":\"\xff\"%s}\n", i, i % 3 ? "" : "  " }' >in
	for p in $FILTERS; do
		if [ "$p" = vc-ledger ]; then
			# It takes every type: an unknown one is refused, a known
			# one goes by as it came.
			awk 'BEGIN { for (i = 0; i < 20000; i++)
				printf "{\"type\":\"torn\", \"x\":%d,\"y\" : \"\\u3042\"}\n", i }' >known
			call "$p" <known >out
			cmp known out
			continue
		fi
		call "$p" <in >out 2>err || fail "$p: exit $?, $(cat err)"
		cmp in out || fail "$p changed what is not its own"
	done
}

@test "a stdout that is full is 74 in every program" {
	local p
	echo "$FOREIGN" >in
	for p in $FILTERS; do
		run -74 --separate-stderr eval "call $p <in >/dev/full"
		assert_regex "$stderr" "$p: cannot write to standard output: No space left on device"
	done
	install -m 600 "$VC_FIXTURE/man/roster.csv" roster.csv
	run -74 --separate-stderr bash -c 'vc-roster -r roster.csv >/dev/full'
	assert_equal "$stderr" "vc-roster: cannot write to standard output: No space left on device"
	jq -c '.state = "public" | .tlp = "CLEAR" | .publish_at = "2008-07-08T00:00:00Z"' \
		"$VC_FIXTURE/man/case.json" >case
	run -74 --separate-stderr bash -c 'vc-jvn-render case >/dev/full'
	assert_equal "$stderr" "vc-jvn-render: cannot write to standard output: No space left on device"
}

@test "closed descriptors are 74 in every program" {
	local p
	for p in $FILTERS $SINKS vc-roster; do
		run -74 --separate-stderr bash -c "$p <&-"
		assert_equal "$stderr" "$p: standard input is closed"
		run -74 --separate-stderr bash -c "$p </dev/null >&-"
		assert_equal "$stderr" "$p: standard output is closed"
	done
}

@test "what is no record is refused by every program, and the next one read" {
	local p
	printf '%s\n' "$FOREIGN" nonsense "$FOREIGN" >in
	for p in vc-verify vc-parse-poc vc-parse-status vc-route vc-encrypt vc-mail; do
		run_out call "$p" <in
		assert_equal "$status" 65
		assert_equal "$output" "$FOREIGN
$(jq -nc --arg by "$p" --arg sha "$(printf nonsense | sha256sum | cut -c1-64)" \
			'{type:"reject",by:$by,code:65,why:"a record must begin with {\"type\":\"...\"",of:{line_n:2,line_sha256:$sha}}')
$FOREIGN"
		assert_equal "$stderr" "$p: line 2: a record must begin with {\"type\":\"...\""
	done
}

@test "an input that was cut off is refused by every program" {
	local p
	printf '%s\n%s' "$FOREIGN" "$FOREIGN" >in
	for p in vc-verify vc-parse-poc vc-parse-status vc-route vc-encrypt vc-mail; do
		run_out call "$p" <in
		assert_equal "$status" 65
		assert_equal "$stderr" "$p: line 2: no newline at the end: the input was cut off"
		assert_equal "$(head -n 1 out)" "$FOREIGN"
	done
}

@test "the code of a reject rides through every program to the end of the pipe" {
	local p
	echo '{"type":"reject","by":"vc-x","code":77,"why":"no","of":{"type":"y"}}' >in
	for p in $FILTERS; do
		run_out call "$p" <in
		assert_equal "$p $status" "$p 77"
		assert_equal "$output" "$(cat in)"
	done
	run_out bash -c 'vc-jvn-render <in'
	assert_equal "$output" ""
	assert [ "$status" -ne 0 ]
}

@test "a stage that was forgotten stops the pipe with 77" {
	local p t
	for t in case notice; do
		for p in vc-encrypt vc-mail; do
			[ "$p $t" != "vc-encrypt notice" ] || continue
			echo '{"type":"'$t'","id":"JVN#00000001","title":{"en":"canary"},"text":"canary","state":"embargoed"}' >in
			run_out call "$p" <in
			assert_equal "$p $t $status" "$p $t 77"
			run ! grep -r canary out err ledger box
		done
	done
}

@test "a ledger that is a folder is 78 in every program" {
	local p
	mkdir dir
	for p in $FILTERS; do
		run -78 --separate-stderr call "$p" -l dir </dev/null
		assert_output ""
		assert_equal "$stderr" "$p: ledger 'dir' is no regular file"
	done
}

@test "a roster that is missing is 66" {
	local p
	for p in vc-verify vc-route vc-encrypt vc-mail vc-jvn-render vc-roster; do
		run -66 --separate-stderr call "$p" -r missing </dev/null
		assert_output ""
		assert_equal "$stderr" "$p: cannot open 'missing': No such file or directory"
	done
}

@test "a full disk under the ledger is 75, and nothing is passed on" {
	[ "$(id -u)" = 0 ] || skip "mounting needs root"
	mkdir small
	mount -t tmpfs -o size=4k none small
	head -c 4096 /dev/zero >small/fill 2>/dev/null || true
	{
		mail_head a@unknown.example
		text_entity <"$VC_TOP/share/form/poc.ja.txt"
	} >mail
	run_out call vc-parse-poc -l small/ledger mail
	umount small
	assert_equal "$status" 75
	assert_equal "$output" ""
	assert_equal "$stderr" "vc-parse-poc: cannot write the ledger 'small/ledger': No space left on device"
}

@test "-v says at the end how many were taken and refused" {
	local p
	for p in $FILTERS $SINKS; do
		run_out call "$p" -v <<<'{"type":"x"'
		assert_equal "${stderr##*$'\n'}" "$p: 0 taken, 1 refused"
	done
	cp "$VC_FIXTURE/man/case.json" "$VC_FIXTURE/man/poc.eml" .
	run_out call vc-route -v case.json
	assert_equal "$stderr" 'vc-route: 1 taken, 0 refused'
	run_out call vc-parse-poc -v poc.eml
	assert_equal "$stderr" 'vc-parse-poc: 1 taken, 0 refused'
	run_out vc-roster -v "$BATS_FILE_TMPDIR/roster.csv"
	assert_equal "$stderr" ''
}
