load helper
load keys
load out
load survive

# A full disk, a broken one, no descriptor, no memory, at any call: vc-mail says
# so, and a second run completes. A seventh of them here; more in test/world.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() {
	sealed_site
	ERRORS="ENOSPC EDQUOT EIO EMFILE ENOMEM" EVERY=7
}
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "a call that fails, mails for a Maildir" {
	fault_everywhere maildir
}

# bats test_tags=nosan
@test "a call that fails, mails for sendmail" {
	fault_everywhere sendmail
}

# bats test_tags=nosan
@test "a call that fails, mails of which the Maildir had some" {
	in_doubt
	fault_everywhere maildir "$PWD/state"
}
