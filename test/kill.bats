load helper
load keys
load out
load survive

# Whatever ends vc-mail, and wherever: a second run loses no mail, sends none to
# anybody else, and doubles at most the one that was in doubt.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() { sealed_site; }
teardown() { sealed_site_gone; }

kill_at() { # TRANSPORT CALL NUMBER
	injected "$2" "$3" signal=KILL "$1"
	[ "$STATUS" -eq 137 ] || echo "not killed, but ended with $STATUS"
	completes
}

# kill_everywhere TRANSPORT: before each system call, of those of the loader
# before every eighth.
kill_everywhere() {
	good "$1"
	awk '$1 == "START" { ours = 1; next } ours || NR % 8 == 0 {
		print $1, $2 }' calls >points
	assert [ "$(wc -l <points)" -gt 150 ]
	run -0 each_line points kill_at "$1"
	assert_output ""
	run -0 arrived "$1" run "$("$1_doubles")"
	assert_output ""
}

# bats test_tags=nosan
@test "SIGKILL before every system call, mails for a Maildir" {
	kill_everywhere maildir
}

# bats test_tags=nosan
@test "SIGKILL before every system call, mails for sendmail" {
	kill_everywhere sendmail
}
