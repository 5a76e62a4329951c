load ../helper
load peer
load mda

# What is Dovecot's and Sieve's alone; the rest is in mda.bats.

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	mda_up
}

teardown_file() { mda_down; }

prepare() {
	needs_root
	programs
	plain >in
	SIEVE=$SITE/sieve/coordinate.sieve
	LIB=$SITE/sieve/lib
	rm -rf "$LIB"
	mkdir "$LIB"
	cp "$VC_TOP/examples/sieve/deliver.sh" "$LIB"
	cp "$VC_TOP/examples/sieve/coordinate.sieve" "$SITE/sieve"
	chown nobody "$SIEVE" "$LIB"/*
	empty sieve
}

# again: cron's job, as the user's crontab has it.
again() {
	local job
	job=$(grep -E '^[0-9*].*sieve-filter' "$VC_TOP/examples/sieve/crontab" |
		cut -f2)
	job=${job/sieve-filter/sieve-filter -c "$SITE/dovecot.conf"}
	(cd "$SITE/sieve" && setpriv --reuid nobody --regid nogroup \
		--clear-groups env -i PATH=/usr/bin:/bin HOME="$SITE/sieve" \
		bash -c "$job")
}

# state: how many mails are in archive, in look, and waiting.
state() {
	echo "$(in_folder sieve archive) $(in_folder sieve look) $(in_folder sieve wait)"
}

@test "a script that is wrong or missing keeps the mail in INBOX" {
	echo 'fileinto' >>"$SIEVE"
	assert_equal "$(fate sieve)" wait
	rm "$SIEVE"
	assert_equal "$(fate sieve)" wait
	echo 'require "no-such-extension"; discard;' >"$SIEVE"
	assert_equal "$(fate sieve)" wait
}

@test "deliver.sh that fails, lies or is missing keeps the mail in INBOX" {
	local how
	# shellcheck disable=SC2016
	for how in 'exit 1' 'printf filed; exit 75' 'printf filed; kill -KILL $$' \
		'kill -SEGV $$' 'cat >/dev/null; printf file' 'cat >/dev/null' \
		'cat >/dev/null; echo filed look' 'exec /nonexistent'; do
		printf '#!/bin/bash\n%s\n' "$how" >"$LIB/deliver.sh"
		assert_equal "$how: $(fate sieve)" "$how: wait"
	done
	chmod -x "$LIB/deliver.sh"
	assert_equal "not executable: $(fate sieve)" "not executable: wait"
	rm "$LIB/deliver.sh"
	assert_equal "missing: $(fate sieve)" "missing: wait"
}

@test "what waits in INBOX is filed, looked at, or waits on" {
	local code want
	program coordinate.sh 'exit 75'
	for code in 75 0 65; do
		case $code in
		75) want='0 0 2' ;;
		0) want='2 0 0' ;;
		65) want='2 2 0' ;;
		esac
		empty sieve
		program coordinate.sh 'exit 75'
		deliver sieve
		deliver sieve
		assert_equal "$(state)" "0 0 2"
		program coordinate.sh "cat >>'$SITE/sieve/vc/got.$code'; exit $code"
		rm -f "$SITE/sieve/vc/got.$code"
		run -0 again
		assert_output ""
		assert_equal "$code: $(state)" "$code: $want"
		# The octets are those of the first time.
		{ stored && stored; } | cmp - "$SITE/sieve/vc/got.$code"
	done
	# With nothing to do nothing happens.
	run -0 again
	assert_output ""
	assert_equal "$(state)" "2 2 0"
}

# killer N [COMMAND]: coordinate.sh kills the Nth process above it: 1 is timeout,
# 2 and 3 are deliver.sh, 4 is lmtp or sieve-filter.
killer() {
	program coordinate.sh "p=\$PPID
		for ((i = 1; i < $1; i++)); do
			read -r _ _ _ p _ </proc/\$p/stat
		done
		${2:-kill -KILL} \$p"
}

@test "whatever is killed, the mail is in INBOX or at the MTA" {
	local n lmtp=$SITE/sieve/vc/lmtp
	for n in 1 2 3; do
		killer "$n"
		assert_equal "$n: $(fate sieve)" "$n: wait"
	done
	# lmtp is root's: it is killed from here.
	mkfifo "$lmtp"
	chmod 666 "$lmtp"
	killer 4 "{ cat /proc/\$p/comm; echo \$p; } >'$lmtp'; exec sleep 2; :"
	{
		read -r comm
		read -r n
		[ "$comm" = lmtp ] && kill -KILL "$n"
	} <"$lmtp" &
	assert_equal "lmtp: $(fate sieve)" "lmtp: queue"
	wait $!
	rm "$lmtp"
	for n in 1 2 3 4; do
		empty sieve
		program coordinate.sh 'exit 75'
		deliver sieve
		killer "$n"
		again 2>/dev/null || true
		assert_equal "$n: $(state)" "$n: 0 0 1"
	done
}

@test "cron's job keeps what it cannot put into the archive" {
	program coordinate.sh 'exit 75'
	deliver sieve
	program coordinate.sh 'cat >/dev/null'
	touch "$SITE/sieve/mail/.archive"
	again || true
	assert_equal "$(in_folder sieve wait)" 1
	rm "$SITE/sieve/mail/.archive"
	run -0 again
	assert_equal "$(state)" "1 0 0"
}

# settings SED: Dovecot goes on with the settings so changed.
settings() {
	dovecot_conf | sed "$1" >"$SITE/dovecot.conf"
	doveadm -c "$SITE/dovecot.conf" reload
	sleep 1
}

@test "a program that Dovecot has to end costs no mail" {
	printf '#!/bin/bash\nexec sleep 60\n' >"$LIB/deliver.sh"
	settings 's/exec_timeout = .*/exec_timeout = 1s/'
	run fate sieve
	settings ''
	assert_output queue
	cp "$VC_TOP/examples/sieve/deliver.sh" "$LIB"
	assert_equal "$(fate sieve)" filed
}

@test "deliver.sh gives up before Dovecot does, and Dovecot before Postfix" {
	local own dovecot
	own=$(sed -n 's/.*timeout -k 10 \([0-9]*\) .*/\1/p' \
		"$VC_TOP/examples/sieve/deliver.sh")
	dovecot=$(sed -n 's/.*exec_timeout = \([0-9]*\)s$/\1/p' \
		"$VC_TOP/examples/sieve/dovecot.conf")
	assert [ "$own" -gt 0 ]
	assert [ "$((own + 10))" -lt "$dovecot" ]
	assert [ "$dovecot" -lt 600 ]
}

@test "a mail that comes twice is the same mail, with the same octets" {
	program coordinate.sh "cat >>'$SITE/sieve/vc/twice'"
	rm -f "$SITE/sieve/vc/twice"
	deliver sieve
	sleep 1
	deliver sieve
	{ stored && stored; } | cmp - "$SITE/sieve/vc/twice"
	assert_equal "$(state)" "2 0 0"
}

@test "mails that have waited for a day are named" {
	local job
	program coordinate.sh 'exit 75'
	deliver sieve
	deliver sieve
	job=$(grep -E '^[0-9*].*find' "$VC_TOP/examples/sieve/crontab" | cut -f2)
	cd "$SITE/sieve"
	run -0 bash -c "$job"
	assert_output ""
	find mail/new -type f | head -n 1 >name
	xargs touch -d '2 days ago' <name
	run -0 bash -c "$job"
	assert_output "$(cat name)"
}

@test "crontab: every line is a comment or a job at a time" {
	run -0 grep -vE '^(#.*|)$' "$VC_TOP/examples/sieve/crontab"
	assert_equal "${#lines[@]}" 2
	local job field='(\*|[0-9]{1,2})(/[0-9]{1,2})?'
	for job in "${lines[@]}"; do
		[[ $job =~ ^($field )($field )($field )($field )$field$'\t'[^%]+$ ]] ||
			fail "no job: $job"
	done
}
