load helper
load keys
load out
load survive
load memory

# No memory at the n-th allocation, and no crash: out of memory is said in one
# place, by whichever library it was asked for. A seventeenth of all n, or one in
# EVERY.

setup_file() {
	sealed_once hitachi
	preload
}
teardown_file() { stop_homes; }
prepare() {
	sealed_site
	centre_site
	EVERY=${EVERY:-17}
}
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "no memory in vc-mail, mails for a Maildir" {
	memory_everywhere maildir
}

# bats test_tags=nosan
@test "no memory in vc-mail, mails for sendmail" {
	memory_everywhere sendmail
}

# bats test_tags=nosan
@test "no memory in vc-encrypt" {
	memory_in_encrypt
}
