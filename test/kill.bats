load helper
load keys
load out
load survive

# Whatever ends vc-mail, and wherever: a second run loses no mail, sends none to
# anybody else, and doubles at most the one that was in doubt. Every call here,
# but for most of the loader's, and with sendmail a fifth; test/world/kill.bats
# has more.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() { sealed_site; }
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "SIGKILL before every system call, mails for a Maildir" {
	kill_everywhere maildir
}

# bats test_tags=nosan
@test "SIGKILL before every system call, mails for sendmail" {
	EVERY=5 kill_everywhere sendmail
}
