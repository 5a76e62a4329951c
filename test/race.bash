# shellcheck shell=bash
# Kills at random. Needs `load survive`.

# kills_at_random TRANSPORT N: two vc-mail at once with the same mails, one or
# both of them killed at any time, until N were. When all mails are there comes
# a look at them, and a new round. pair US: two at once.
kills_at_random() {
	local killed=0 from us
	good "$1"
	GOOD=$(printf %s "$GOOD" | sort)
	mkdir first
	cd first || return 1
	begin "$1"
	from=$(date +%s%N)
	send >/dev/null
	us=$((($(date +%s%N) - from) / 1000 + 1))
	cd ..
	while [ "$killed" -lt "$2" ]; do
		mkdir -p run/1
		cd run/1 || return 1
		begin "$1"
		KILLED=0 ENDED=
		while [ -z "$ENDED" ]; do pair "$us"; done
		killed=$((killed + KILLED))
		send >again
		assert_equal "$(sort again)" "$GOOD"
		assert_equal "$(cat err)" ""
		run -0 vc-ledger verify ledger
		cd ../..
		run -0 arrived "$1" run "$((KILLED * $("$1_doubles")))"
		assert_output ""
		rm -r run
	done
}
pair() {
	local a=0 b=0 pid
	at_random "$1" 1 "$SEALED" 3>&- &
	pid=$!
	at_random "$1" 0 "$BATS_FILE_TMPDIR/shuffled" || b=$?
	wait "$pid" || a=$?
	for a in "$a" "$b"; do
		case $a in
		0) ENDED=yes ;;
		137) KILLED=$((KILLED + 1)) ;;
		*) fail "ended with $a" ;;
		esac
	done
}
# at_random US ALWAYS FILE: always, or three times of four, it is killed.
at_random() {
	local us=$(((RANDOM * 32768 + RANDOM) % ($1 + $1 / 10) + 1))
	[ "$2" = 1 ] || [ $((RANDOM % 4)) -gt 0 ] || us=0
	SEALED=$3 send "$VC_PROBE/probe-kill" "$us" >>out 2>>err
}
