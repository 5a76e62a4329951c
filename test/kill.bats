load helper
load keys
load out
load survive

# Whatever ends vc-mail, and wherever: a second run loses no mail, sends none to
# anybody else, and doubles at most the one that was in doubt. A fifth of the
# calls here; test/world/kill.bats has every one for a Maildir.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() {
	sealed_site
	EVERY=5
}
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "SIGKILL before a system call, mails for a Maildir" {
	kill_everywhere maildir
}

# bats test_tags=nosan
@test "SIGKILL before a system call, mails for sendmail" {
	kill_everywhere sendmail
}
