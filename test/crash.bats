load helper

# What survives what: kills, torn tails, several writers, full disks.

# sents N [FROM]: N records with ids of their own.
sents() {
	awk -v n="$1" -v from="${2:-0}" 'BEGIN { for (i = from; i < from + n; i++)
		printf "{\"type\":\"sent\",\"id\":\"JVN#1/v/%d\",\"case\":\"JVN#1\",\"vendor\":\"v\",\"to\":\"a@v.example\",\"message_id\":\"%d@x\",\"mail_sha256\":\"%064d\",\"via\":\"maildir\",\"sent_at\":\"2008-07-08T00:00:00Z\"}\n", i, i, i }'
}

ids() {
	sed -n 's/^{"type":"[a-z]*","id":"\([^"]*\)".*}$/\1/p' "$@"
}

@test "60 SIGKILLs at random over a run: what was seen downstream is in the ledger" {
	local i pid from ms at
	# How long a whole run takes here and now, in ms: the kills fall into it.
	from=$(date +%s%N)
	sents 4000 | vc-ledger -l whole >/dev/null
	ms=$((($(date +%s%N) - from) / 1000000 + 1))
	for i in $(seq 60); do
		sents 4000 $((i * 4000)) | vc-ledger -l ledger >>out 2>/dev/null &
		pid=$!
		at=$((RANDOM % (ms + ms / 10)))
		sleep "$(printf '%d.%03d' $((at / 1000)) $((at % 1000)))"
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
	sents 1 999999 | vc-ledger -l ledger >/dev/null
	run -0 vc-ledger verify ledger
}

@test "four writers: every line is whole and the chain holds" {
	local i
	for i in 1 2 3 4; do
		(
			for j in $(seq 50); do
				sents 20 $((i * 100000 + j * 20)) | vc-ledger -l ledger >/dev/null
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
	sents 2 | vc-ledger -l ledger >/dev/null
	printf '{"type":"sent","id":"JVN#1/torn","ca' >>ledger
	sents 1 7 | vc-ledger -l ledger >/dev/null
	run -0 bash -c "cut -c1-38 ledger | cut -d, -f1,2"
	assert_output '{"type":"sent","id":"JVN#1/v/0"
{"type":"sent","id":"JVN#1/v/1"
{"type":"sent","id":"JVN#1/torn"
{"type":"torn","prev":"'"$(sed -n 3p ledger | tr -d '\n' | sha256sum | cut -c1-15)"'
{"type":"sent","id":"JVN#1/v/7"'
	run -0 vc-ledger verify ledger
	assert_output --regexp '^5 '
	# A fold steps over it.
	run -0 vc-ledger -l ledger /dev/null
	assert_output ""
}

@test "a torn tail without a next writer is told by verify, and readable" {
	sents 2 | vc-ledger -l ledger >/dev/null
	printf '{"type":"sent","id":"JVN#1/torn","ca' >>ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_output ""
	assert_equal "$stderr" "vc-ledger: 'ledger': line 3: the last line is torn"
}

@test "a changed octet in the middle: verify exits 1 and names the line" {
	sents 9 | vc-ledger -l ledger >/dev/null
	sed -i '5s/maildir/mailbox/' ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_output ""
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 6: 'prev' is not the hash of the line before"
}

@test "a line taken out of the ledger breaks the chain" {
	sents 9 | vc-ledger -l ledger >/dev/null
	sed -i 5d ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 5: 'prev' is not the hash of the line before"
}

@test "the first line taken out breaks the chain" {
	sents 3 | vc-ledger -l ledger >/dev/null
	sed -i 1d ledger
	run -1 --separate-stderr vc-ledger verify ledger
	assert_equal "$stderr" \
		"vc-ledger: 'ledger': line 1: 'prev' is not the hash of the line before"
}

@test "damage in the middle stops a fold with its line number" {
	sents 3 | vc-ledger -l ledger >/dev/null
	sed -i '2s/.*/{"type":"step","id":/' ledger
	run -65 --separate-stderr bash -c 'vc-ledger -l ledger </dev/null'
	assert_output ""
	assert_equal "$stderr" "vc-ledger: 'ledger': line 2: no JSON: wrong at octet 20"
}

@test "a full disk under the ledger is 75 and nothing is passed on" {
	[ "$(id -u)" = 0 ] || skip "mounting needs root"
	mkdir small
	sents 4000 >in
	mount -t tmpfs -o size=64k none small
	run -75 --separate-stderr vc-ledger -l small/ledger in
	local got=$output said=$stderr
	# After room is made the next run goes on with a chain that holds.
	cp small/ledger kept
	umount small
	assert_equal "$got" ""
	assert_equal "$said" "vc-ledger: cannot write the ledger 'small/ledger': No space left on device"
	sents 1 5 | vc-ledger -l kept >/dev/null
	run -0 vc-ledger verify kept
}

# bats test_tags=nosan
@test "4,000 ready records take at most 100 sync calls" {
	sents 4000 >in
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
	sents 1 >&7
	local i
	for i in $(seq 50); do
		[ -s out ] && break
		sleep 0.1
	done
	run -0 ids out
	assert_output JVN#1/v/0
	exec 7>&-
	wait
}

# bats test_tags=nosan
@test "memory does not grow with the number of records" {
	local few many
	sents 5000 >few
	sents 100000 >many
	"$VC_PROBE/probe-cost" cost vc-ledger -l a few >/dev/null
	"$VC_PROBE/probe-cost" cost vc-ledger -l b many >/dev/null
	few=$(sed -n '1s/.* //p' cost) many=$(sed -n '2s/.* //p' cost)
	echo "$few KiB for 5,000 records, $many KiB for 100,000"
	assert [ "$many" -lt $((few + 2048)) ]
}
