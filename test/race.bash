# shellcheck shell=bash
# Kills at random. Needs `load survive`.

# kills_at_random TRANSPORT N: two vc-mail at once with the same mails, one or
# both of them killed at any time, until N were. When all mails are there comes
# a look at them, and a new round.
kills_at_random() {
	good "$1"
	GOOD=$(printf %s "$GOOD" | sort)
	mkdir first
	cd first || return 1
	begin "$1"
	US=$(date +%s%N)
	send >/dev/null
	US=$((($(date +%s%N) - US) / 1000 + 1))
	cd ..
	(
		# What bats does before each command takes longer than most.
		trap - DEBUG ERR
		set +eET
		SUM=0
		while [ "$SUM" -lt "$2" ] && [ ! -s said ]; do round "$1"; done
		echo "$SUM" >sum
	) >said 2>&1 3>&-
	run -0 head -n 20 said
	assert_output ""
	assert [ "$(<sum)" -ge "$2" ]
}
round() {
	local got
	mkdir -p run/1
	cd run/1 || return 1
	begin "$1"
	KILLED=0 ENDED=
	while [ -z "$ENDED" ]; do pair; done
	SUM=$((SUM + KILLED))
	send >again
	got=$(sort again)
	[ "$got" = "$GOOD" ] || echo "the last run says: $got"
	cat err
	vc-ledger verify ledger >verified 2>&1 || cat verified
	cd ../..
	arrived "$1" run "$((KILLED * $("$1_doubles")))"
	rm -r run
}
pair() {
	local a=0 b=0 pid
	at_random 1 "$SEALED" &
	pid=$!
	at_random 0 "$BATS_FILE_TMPDIR/shuffled" || b=$?
	wait "$pid" || a=$?
	for a in "$a" "$b"; do
		case $a in
		0) ENDED=yes ;;
		137) KILLED=$((KILLED + 1)) ;;
		*) echo "ended with $a" && ENDED=yes ;;
		esac
	done
}
# at_random ALWAYS FILE: always, or three times of four, it is killed.
at_random() {
	local us=$(((RANDOM * 32768 + RANDOM) % (US + US / 10) + 1))
	[ "$1" = 1 ] || [ $((RANDOM % 4)) -gt 0 ] || us=0
	SEALED=$2 send "$VC_PROBE/probe-kill" "$us" >>out 2>>err
}
