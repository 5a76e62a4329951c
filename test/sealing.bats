load helper
load keys
load out
load survive
load sealing

# A kill in the pipe from notices to mails: what was sealed and not handed over
# is sealed again, and what was handed over does not go again. Every 24th call
# of vc-encrypt here, more in test/world.

setup_file() { sealed_once hitachi fujitsu nec; }
teardown_file() { stop_homes; }
prepare() {
	sealed_site
	centre_site
	EVERY=24
}
teardown() { sealed_site_gone; }

# bats test_tags=nosan
@test "SIGKILL in the pipe of vc-encrypt and vc-mail" {
	pipe_everywhere
}
