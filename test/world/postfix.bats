load ../helper
load ../keys
load ../out
load peer
load postfix

# Out through a real Postfix, and in through Postfix and procmail.

VENDORS="hitachi fujitsu nec"

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	# shellcheck disable=SC2086
	postfix_up $VENDORS
}

teardown_file() {
	[ ! -d "${POSTFIX:-/}/home" ] ||
		gpgconf --homedir "$POSTFIX/home/vc/home" --kill all 2>/dev/null || true
	postfix_down
	stop_homes
}

post() { vc-mail -N "$NOW" -l ledger.jsonl -o sendmail: "$@"; }

# box VENDOR: the mails it got, as files. boxes N: there are N in all.
box() { find "$POSTFIX/box/$1/new" -type f 2>/dev/null; }
boxes() {
	[ "$(find "$POSTFIX/box" -path '*/new/*' -type f | wc -l)" -eq "$1" ]
}
queue_empty() { postqueue -p | grep -q 'Mail queue is empty'; }

@test "each notice arrives once, octet for octet, at its vendor alone" {
	local v
	needs_postfix
	rm -rf "$POSTFIX"/box/*
	# shellcheck disable=SC2086
	site $VENDORS
	for v in $VENDORS; do seal "$v"; done >sealed
	run_out post sealed
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r '[.type, .vendor, .via] | @tsv' out)" \
		"$(for v in $VENDORS; do printf 'sent\t%s\tsendmail\n' "$v"; done)"
	soon boxes 3
	for v in $VENDORS; do
		assert_equal "$v $(box "$v" | wc -l)" "$v 1"
		jq -c --arg v "$v" 'select(.vendor == $v)' sealed | mail_of |
			tr -d '\r' >want
		box "$v" | xargs cat >got
		assert_equal "$(head -n 5 got | sed 's/[ :].*//' | tr '\n\t' ' |')" \
			"Return-Path X-Original-To Delivered-To Received |id "
		assert_equal "$(field Return-Path <got)" '<vuls@centre.example>'
		assert_equal "$(field Delivered-To <got)" "psirt@$v.example"
		tail -n +6 got | cmp - want
		sed -n '/^-----BEGIN/,/^-----END/p' got | open_as "$v" >entity
		grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	done
	# A second run hands over nothing.
	cp out first
	run_out post sealed
	assert_equal "$status" 0
	cmp out first
	sleep 2
	boxes 3
	queue_empty
}

# refuse LINE: run vc-mail on `sealed` with this line at the end of main.cf.
refuse() {
	rm -rf "$POSTFIX/other"
	mkdir "$POSTFIX/other"
	cp "$POSTFIX/etc/master.cf" "$POSTFIX/other"
	{
		cat "$POSTFIX/etc/main.cf"
		echo "$1"
	} >"$POSTFIX/other/main.cf"
	MAIL_CONFIG=$POSTFIX/other run_out post sealed
}

@test "a Postfix that refuses is 75; a later run sends each mail once" {
	local line
	needs_postfix
	rm -rf "$POSTFIX"/box/*
	site hitachi nec
	{ seal hitachi && seal nec; } >sealed
	for line in "queue_directory = $POSTFIX/none" \
		'authorized_submit_users = nobody' 'message_size_limit = 1000'; do
		refuse "$line"
		assert_equal "$line: $status" "$line: 75"
		assert_equal "$stderr" "$(for v in 1 2; do
			echo "vc-mail: sealed: line $v: '/usr/sbin/sendmail' says: try again later"
		done)"
		assert_equal "$(jq -r '[.type, .code] | @tsv' out)" \
			"$(printf 'reject\t75\nreject\t75')"
	done
	boxes 0
	queue_empty
	run ! grep -q '"type":"sent"' ledger.jsonl
	run_out post sealed
	assert_equal "$status $stderr" "0 "
	soon boxes 2
	assert_equal "$(box hitachi | wc -l) $(box nec | wc -l)" "1 1"
	assert_equal "$(box nec | xargs cat | field Message-ID)" \
		"$(jq -r 'select(.type == "try" and .vendor == "nec").message_id' \
			ledger.jsonl | sort -u)"
	sleep 2
	boxes 2
	run -0 vc-ledger verify ledger.jsonl
}

# as_nobody COMMAND...: not as root, where our configuration is the machine's:
# only so is sendmail's set-gid postdrop put to use.
as_nobody() {
	# shellcheck disable=SC2016
	env -u MAIL_CONFIG unshare --mount bash -c '
		mount --bind "$POSTFIX/etc" /etc/postfix || exit 99
		exec setpriv --reuid nobody --regid nogroup --clear-groups \
			--inh-caps=-all --bounding-set=-all "$@"' - "$@"
}

@test "who is not root hands over, too: postdrop may be set-gid" {
	needs_postfix
	rm -rf "$POSTFIX"/box/* "$POSTFIX/user"
	mkdir -p "$POSTFIX/user/bin"
	cp "$VC_BIN/vc-mail" "$POSTFIX/user/bin"
	cp -R "$VC_TOP/share" "$POSTFIX/user/share"
	site fujitsu
	seal fujitsu >"$POSTFIX/user/sealed"
	mv keys roster.csv "$POSTFIX/user"
	chown -R nobody "$POSTFIX/user"
	cd "$POSTFIX/user"
	VC_SHARE=$PWD/share VC_KEYS=$PWD/keys VC_ROSTER=$PWD/roster.csv \
		run --separate-stderr as_nobody bin/vc-mail -l ledger.jsonl \
		-o sendmail: sealed
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r .type <<<"$output")" sent
	soon boxes 1
	run -0 grep "from userid $(id -u nobody)" "$(box fujitsu)"
}

# in_site: the home of the user who takes the centre's mail, as examples/ says.
in_site() {
	local home=$POSTFIX/home
	[ ! -d "$home" ] || rm -rf "$home"
	mkdir -p "$home/bin" "$home/mail" "$home/vc"
	cp "$VC_BIN"/vc-* "$VC_TOP/examples/coordinate.sh" "$home/bin"
	rm -f "$home"/bin/*.c
	cp -R "$VC_TOP/share" "$home/share"
	# shellcheck disable=SC2016
	sed 's,^VC_ROSTER=.*,VC_ROSTER=$HOME/vc/roster.csv,' \
		"$VC_TOP/examples/procmailrc" >"$home/.procmailrc"
	roster_csv hitachi nec >"$home/vc/roster.csv"
	key_store "$home/vc/keys" hitachi nec
	mkdir -m 700 "$home/vc/home"
	cp "$VC_TOP/share/gnupg/gpg.conf" "$home/vc/home"
	gpg --homedir "$home/vc/home" --batch --quiet \
		--import "$KEY_DIR/centre.sec.asc" 2>/dev/null 3>&-
	gpgconf --homedir "$home/vc/home" --kill all
	chmod -R go-w "$home"
	chown -R nobody "$home"
	cat >"$POSTFIX/deliver" <<-EOF
		#!/bin/sh
		exec /usr/bin/procmail -t HOME=$home ORGMAIL=$home/spool VC_SHARE=$home/share $home/.procmailrc
	EOF
	chmod 755 "$POSTFIX/deliver"
}

# answer VENDOR: the text of an answer that speaks for it.
answer() { sed "s/hitachi/$1/" "$VC_FIXTURE/vc-verify/status.txt"; }

# arrive TO <mail: by SMTP.
arrive() {
	sed "1,/^\$/s/^To: .*/To: $1@centre.example/" >arriving
	"$WORLD/smtp.py" "$PORT" "$(field From <arriving)" "$1@centre.example" \
		<arriving
}
folder() { find "$POSTFIX/home/mail/$1/new" -type f 2>/dev/null | wc -l; }
in_folder() { [ "$(folder "$1")" -eq "$2" ]; }
deferred() { postqueue -j | jq -e '.queue_name == "deferred"'; }

@test "forms by SMTP are archived and filed; others are for a person" {
	needs_postfix
	in_site
	mail_clear hitachi <"$VC_FIXTURE/vc-verify/poc.txt" | arrive office
	answer hitachi | encrypt_mime hitachi | arrive vuls
	answer nec | sign_mime nec | arrive vuls
	mail_plain nec <"$VC_FIXTURE/vc-verify/poc.txt" | arrive office
	echo 'Good morning' | mail_plain nec | arrive vuls
	answer hitachi | sed s,JP1,JP2, | sign_mime nec | arrive vuls
	soon in_folder look 2
	soon queue_empty
	in_folder archive 6
	in_folder look 2
	run -0 jq -r 'select(.type == "poc" or .type == "status") |
		[.type, .verdict, .vendor] | @tsv' "$POSTFIX/home/vc/ledger.jsonl"
	assert_equal "$(sort <<<"$output")" "$(printf '%s\t%s\t%s\n' \
		poc signed hitachi poc unsigned '' status signed hitachi \
		status signed nec | sort)"
	run -0 vc-ledger verify "$POSTFIX/home/vc/ledger.jsonl"
}

@test "while the site is broken mails wait; then they are filed, none bounces" {
	needs_postfix
	in_site
	mv "$POSTFIX/home/vc/roster.csv" "$POSTFIX/home/vc/away"
	answer nec | sign_mime nec | arrive vuls
	soon deferred
	# Each try is in the archive; Postfix may have tried more than once.
	[ "$(folder archive)" -ge 1 ]
	[ "$(folder look)" -eq 0 ]
	mv "$POSTFIX/home/vc/away" "$POSTFIX/home/vc/roster.csv"
	postqueue -f
	soon queue_empty
	run -0 jq -r 'select(.type == "status") | [.verdict, .vendor] | @tsv' \
		"$POSTFIX/home/vc/ledger.jsonl"
	assert_output "$(printf 'signed\tnec')"
	in_folder look 0
	run ! grep -q status=bounced "$POSTFIX/log"
}
