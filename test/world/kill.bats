load ../helper
load ../keys
load ../out
load ../survive
load ../sealing

# What test/{kill,fault,sealing}.bats take samples of: whole for a Maildir,
# more of it for what else there is.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() {
	sealed_site
	centre_site
	ERRORS="ENOSPC EDQUOT EIO EMFILE ENOMEM" EVERY=4 LOADER=1000
}
teardown() { sealed_site_gone; }

@test "SIGKILL before every system call, mails for a Maildir" {
	EVERY=1 kill_everywhere maildir
}

@test "SIGKILL before many a system call, mails for sendmail" {
	kill_everywhere sendmail
}

@test "SIGKILL before many a system call of vc-encrypt in its pipe" {
	EVERY=8 pipe_everywhere
}

@test "every call that fails, mails for a Maildir" {
	EVERY=1 fault_everywhere maildir
}

@test "many a call that fails, mails for sendmail" {
	fault_everywhere sendmail
}

@test "many a call that fails, mails of which the Maildir had some" {
	in_doubt
	fault_everywhere maildir "$PWD/state"
}
