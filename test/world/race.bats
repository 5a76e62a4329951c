load ../helper
load ../keys
load ../out
load ../survive
load ../race

# KILLS: how many, of two vc-mail with 200 mails; a thousand take ten minutes.

setup_file() { sealed_many 200; }
teardown_file() { stop_homes; }
prepare() { sealed_site; }
teardown() { sealed_site_gone; }

@test "kills at random of two at once, mails for a Maildir" {
	kills_at_random maildir "${KILLS:-100}"
}

@test "30 kills at random of two at once, mails for sendmail" {
	kills_at_random sendmail 30
}
