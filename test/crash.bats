load helper

# What survives what: kills, torn tails, several writers, full disks.

# keys N [FROM]: N key records with ids of their own.
keys() {
	awk -v n="$1" -v from="${2:-0}" 'BEGIN { for (i = from; i < from + n; i++)
		printf "{\"type\":\"key\",\"id\":\"key/%d\",\"fpr\":\"%040d\",\"algorithm\":\"EdDSA\"}\n", i, i }'
}

ids() {
	sed -n 's/^{"type":"[a-z]*","id":"\([^"]*\)".*}$/\1/p' "$@"
}

@test "60 random SIGKILLs: what was seen downstream is in the ledger" {
	local i pid
	for i in $(seq 60); do
		keys 4000 $((i * 4000)) | vc-ledger -l ledger >>out 2>/dev/null &
		pid=$!
		sleep "0.0$((RANDOM % 5))$((RANDOM % 10))"
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		# A line that the kill cut off was never seen whole.
		[ ! -s out ] || [ -z "$(tail -c1 out)" ] || {
			sed '$d' out >whole
			mv whole out
		}
	done
	ids out | sort -u >seen
	ids ledger | sort -u >kept
	assert [ -s seen ]
	run -0 comm -23 seen kept
	assert_output ""
	echo '{"type":"key","id":"key/last","fpr":"0000000000000000000000000000000000000000"}' |
		vc-ledger -l ledger >/dev/null
	run -0 vc-ledger verify ledger
}

@test "four writers: every line is whole and the chain holds" {
	local i
	for i in 1 2 3 4; do
		(
			for j in $(seq 50); do
				keys 20 $((i * 100000 + j * 20)) | vc-ledger -l ledger >/dev/null
			done
		) &
	done
	wait
	run -0 vc-ledger verify ledger
	assert_output --regexp '^4000 [0-9a-f]{64}$'
	run -0 bash -c "jq -r .id ledger | sort -u | wc -l"
	assert_output 4000
}

@test "a torn last line is ended, marked, and stepped over" {
	keys 2 | vc-ledger -l ledger >/dev/null
	printf '{"type":"key","id":"key/torn","fp' >>ledger
	keys 1 7 | vc-ledger -l ledger >/dev/null
	run -0 cut -c1-34 ledger
	assert_output '{"type":"key","id":"key/0","fpr":"
{"type":"key","id":"key/1","fpr":"
{"type":"key","id":"key/torn","fp
{"type":"torn","prev":"37b62a98bf2
{"type":"key","id":"key/7","fpr":"'
	run -0 vc-ledger verify ledger
	assert_output --regexp '^5 '
	# A reader does not take the torn line for damage.
	echo '{"type":"confirm","id":"confirm/key/1","of":"key/1","by":"sato","confirmed_at":"2004-07-08T00:00:00Z"}' >confirm
	run vc-ledger -l ledger confirm
	refute_output --partial damage
}

@test "a torn tail without a next writer is told by verify, and readable" {
	keys 2 | vc-ledger -l ledger >/dev/null
	printf '{"type":"key","id":"key/torn","fp' >>ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_output ""
	assert_equal "$stderr" "vc-ledger: 'ledger': line 3: the last line is torn"
}

@test "a changed octet in the middle: verify exits 1 and names the line" {
	keys 9 | vc-ledger -l ledger >/dev/null
	sed -i '5s/EdDSA/EdDSB/' ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 6: 'prev' is not the hash of the line before"
}

@test "a line taken out of the ledger breaks the chain" {
	keys 9 | vc-ledger -l ledger >/dev/null
	sed -i 5d ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 5: 'prev' is not the hash of the line before"
}

@test "the first line taken out breaks the chain" {
	keys 3 | vc-ledger -l ledger >/dev/null
	sed -i 1d ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 1: 'prev' is not the hash of the line before"
}

@test "damage in the middle stops a fold with its line number" {
	keys 3 | vc-ledger -l ledger >/dev/null
	sed -i '2s/.*/{"type":"key","id":/' ledger
	run -65 --separate-stderr bash -c 'vc-ledger -l ledger </dev/null'
	assert_output ""
	assert_equal "$stderr" "vc-ledger: 'ledger': line 2: no JSON: wrong at octet 19"
}

@test "a full disk under the ledger is 75 and nothing is passed on" {
	[ "$(id -u)" = 0 ] || skip "mounting needs root"
	mkdir small
	mount -t tmpfs -o size=64k none small
	run -75 --separate-stderr bash -c "$(declare -f keys); keys 4000 | vc-ledger -l small/ledger"
	local got=$output said=$stderr
	# After room is made the next run goes on with a chain that holds.
	cp small/ledger kept
	umount small
	assert_equal "$got" ""
	assert_equal "$said" "vc-ledger: cannot write the ledger 'small/ledger': No space left on device"
	keys 1 5 | vc-ledger -l kept >/dev/null
	run -0 vc-ledger verify kept
}

@test "4,000 ready records take at most 100 sync calls" {
	keys 4000 >in
	strace -f -qq -e trace=fsync,fdatasync -o trace vc-ledger -l ledger in >/dev/null
	run -0 grep -c sync trace
	assert [ "$output" -ge 1 ]
	assert [ "$output" -le 100 ]
	run -0 bash -c 'wc -l <ledger'
	assert_output 4000
}

@test "a record that is ready does not wait for the next one" {
	mkfifo pipe
	vc-ledger -l ledger <pipe >out &
	exec 7>pipe
	keys 1 >&7
	local i
	for i in $(seq 50); do
		[ -s out ] && break
		sleep 0.1
	done
	run -0 ids out
	assert_output key/0
	exec 7>&-
	wait
}

@test "memory does not grow with the number of records" {
	local small big
	keys 2000 >few
	keys 100000 >many
	small=$(/usr/bin/env bash -c 'ulimit -v 400000; vc-ledger -l a few >/dev/null; echo $?')
	big=$(/usr/bin/env bash -c 'ulimit -v 400000; vc-ledger -l b many >/dev/null; echo $?')
	assert_equal "$small $big" "0 0"
}
