load helper
load keys
load out
load survive
load race

# Two vc-mail at once on one ledger with the same mails, killed again and again:
# each mail arrives, whole; more than once only for a kill. The thousand kills
# are in test/world.

setup_file() { sealed_many 40; }
teardown_file() { stop_homes; }
prepare() { sealed_site; }
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "20 kills at random of two at once, mails for a Maildir" {
	kills_at_random maildir 20
}

# bats test_tags=nosan
@test "4 kills at random of two at once, mails for sendmail" {
	kills_at_random sendmail 4
}
