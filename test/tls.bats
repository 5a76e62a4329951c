load helper
load keys
load out
load smtp

# SMTP within TLS: nothing is said to a server that is not who it should be.

setup_file() {
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR hermetic
	smtp_up
	mkdir "$BATS_FILE_TMPDIR/site" "$BATS_FILE_TMPDIR/certificates"
	certificates "$BATS_FILE_TMPDIR/certificates"
	cd "$BATS_FILE_TMPDIR/site" || return 1
	site hitachi
	seal hitachi 'del(.attachment)' >hitachi
	export SITE_HOME=$VC_HOME SITE_SIGNER=$VC_SIGNER
}

teardown_file() {
	smtp_down
	stop_homes
}

PASSWORD='Kaltes Klavier 42'

prepare() {
	export VC_HOME=$SITE_HOME VC_SIGNER=$SITE_SIGNER VC_FROM=vuls@centre.example
	AT=$BATS_FILE_TMPDIR/site
	CERTIFICATES=$BATS_FILE_TMPDIR/certificates
	export VC_KEYS=$AT/keys VC_ROSTER=$AT/roster.csv
	PLACE=localhost:$SMTP_PORT
	SERVER=smtp://$PLACE
	smtp_forget
	echo "$PASSWORD" >password
	chmod 600 password
}

post() {
	run_out vc-mail -N "$NOW" -W "${WAIT:-60}" -l ledger.jsonl \
		-C "${CA:-$CERTIFICATES/ca.pem}" -o "$SERVER" "$@" "$AT/hitachi"
}

# says CERTIFICATE WORD...: the server has this one, and does this.
says() {
	local name=$1
	shift
	smtp_says "cert=$CERTIFICATES/$name.pem" "$@"
}

# refused CODE WHY: the one mail was refused so, and nothing was told: no try is
# kept, and no command but EHLO and STARTTLS was heard.
refused() {
	assert_equal "$status $stderr" \
		"$1 vc-mail: $AT/hitachi: line 1: $2"
	assert_equal "$(jq -r '[.type, .code, .why] | join("|")' out)" \
		"reject|$1|$2"
	assert_equal "$(jq -r .type ledger.jsonl)" reject
	run ! smtp_heard '(MAIL|RCPT|DATA|AUTH|\.)'
	assert_equal "$(smtp_kept)" ""
	rm ledger.jsonl
	smtp_forget
}

taken() {
	assert_equal "$status $stderr" "0 "
	assert_equal "$(smtp_kept)" "$SMTP/mail.1"
	mail_of <"$AT/hitachi" | cmp - "$SMTP/mail.1"
	smtp_good
	rm ledger.jsonl
}

@test "STARTTLS, then all the rest within TLS" {
	says good starttls
	post
	taken
	assert_equal "$(smtp_heard | sed 's/\(EHLO\) .*/\1/')" "clear EHLO
clear STARTTLS
tls EHLO
tls MAIL FROM:<vuls@centre.example>
tls RCPT TO:<psirt@hitachi.example>
tls DATA
tls .
tls QUIT"
}

@test "TLS at once, and everything within it" {
	SERVER=smtps://$PLACE
	says good tls
	post
	taken
	assert_equal "$(smtp_heard | sed 's/\(EHLO\) .*/\1/' | head -n 2)" \
		"tls EHLO
tls MAIL FROM:<vuls@centre.example>"
	run ! smtp_heard clear
}

@test "a server that has no STARTTLS, or not now, is told nothing" {
	smtp_says
	post
	refused 75 "'$PLACE' does not offer STARTTLS: nothing is sent in the clear"
	says good starttls 'STARTTLS=454 4.7.0 not now'
	post
	refused 75 "'$PLACE' says: 454 4.7.0 not now"
	says good starttls 'STARTTLS=502 5.5.1 unknown'
	post
	refused 75 "'$PLACE' says: 502 5.5.1 unknown"
	says good starttls 'EHLO=502 5.5.1 unknown'
	post
	refused 75 "'$PLACE' does not offer STARTTLS: nothing is sent in the clear"
}

@test "a certificate that is not right for the host ends it" {
	local name why
	while IFS='|' read -r name why; do
		SERVER=smtp://$PLACE
		says "$name" starttls
		post
		refused 75 "$(jq -r .why out)"
		[[ $stderr =~ ": the certificate of 'localhost' is not trusted: ".*$why ]]
	done <<-'EOT'
		wrong|name.* does not match
		stranger|issuer is unknown
		self|issuer is unknown
		expired|expired
		early|not yet
	EOT
	for SERVER in "smtps://$PLACE" "smtps://127.0.0.1:$SMTP_PORT"; do
		name=wrong
		[ "$SERVER" = "smtps://$PLACE" ] || name=good
		says "$name" tls
		post
		refused 75 "$(jq -r .why out)"
		[[ $stderr =~ "is not trusted: ".*"does not match" ]]
	done
}

@test "what a stranger puts behind STARTTLS does not count" {
	local words
	for words in '250 2.0.0 injected\r\n' '220 again\r\n' '\x16\x03\x01' \
		'250-test.example\r\n250 AUTH PLAIN\r\n'; do
		says good starttls "STARTTLS=more:$words"
		post
		refused 75 "'$PLACE' says more than STARTTLS asks"
	done
}

@test "a handshake that comes to nothing ends it" {
	local fault
	for fault in drop reset garbage long half hang; do
		says good starttls "TLS=$fault"
		WAIT=2 post
		assert_equal "$fault: ${stderr% line *}" "$fault: vc-mail: $AT/hitachi:"
		refused 75 "$(jq -r .why out)"
	done
}

@test "the system's authorities do not count with -C, nor -C's without it" {
	says good starttls
	CA=$CERTIFICATES/other.pem post
	refused 75 "$(jq -r .why out)"
	[[ $stderr = *"issuer is unknown"* ]]
	run_out vc-mail -l ledger.jsonl -o "$SERVER" "$AT/hitachi"
	assert [ "$status" -eq 75 -o "$status" -eq 78 ]
	run ! smtp_heard MAIL
	# One that signs itself is trusted when it is named.
	says self starttls
	CA=$CERTIFICATES/self.crt post
	taken
}

@test "a file of authorities that is none is wrong, and no mail is tried" {
	local file
	echo none >none
	: >empty
	head -n 3 "$CERTIFICATES/ca.pem" >half
	says good starttls
	for file in none empty half; do
		CA=$file post
		refused 78 "'$file' has no certificates in PEM"
	done
	CA=away post
	refused 66 "cannot open 'away': No such file or directory"
}

# asks WORD...: the server has the good certificate, and asks who we are.
asks() { says good starttls "auth=me@centre.example:$PASSWORD" "$@"; }

@test "a user says who it is, in TLS, by PLAIN or else LOGIN" {
	local mechanism
	SERVER=smtp://me@centre.example@$PLACE
	for mechanism in PLAIN LOGIN LOGIN,PLAIN,CRAM-MD5; do
		asks "mech=$mechanism"
		post -P password
		taken
		assert_equal "$(smtp_heard AUTH | cut -d ' ' -f 1-3)" \
			"tls AUTH $(grep -o PLAIN <<<"$mechanism" || echo LOGIN)"
		smtp_forget
	done
	SERVER=smtps://me@centre.example@$PLACE
	says good tls "auth=me@centre.example:$PASSWORD"
	VC_PASSWORD=password post
	taken
	run ! smtp_heard clear
}

# unknown CODE WHY: so it is refused after AUTH: no mail was tried, and nobody
# was told a password but the server in TLS.
unknown() {
	assert_equal "$status $stderr" \
		"$1 vc-mail: $AT/hitachi: line 1: $2"
	assert_equal "$(jq -r .type ledger.jsonl)" reject
	run ! smtp_heard '(MAIL|RCPT|DATA|\.)'
	run ! grep ' clear AUTH' "$SMTP/log"
	run ! grep -aF -e "$PASSWORD" -e "$(base64 -w 0 <<<"$PASSWORD" |
		cut -c -20)" out err ledger.jsonl
	smtp_good
	rm ledger.jsonl
	smtp_forget
}

@test "a user whom the server does not know sends nothing" {
	local mechanism
	SERVER=smtp://me@centre.example@$PLACE
	echo wrong >other
	chmod 600 other
	for mechanism in PLAIN LOGIN; do
		asks "mech=$mechanism"
		post -P other
		unknown 78 "'$PLACE' refuses the user: 535 5.7.8 who are you?"
		asks "mech=$mechanism" 'AUTH=454 4.7.0 not now'
		post -P password
		unknown 75 "'$PLACE' says: 454 4.7.0 not now"
		asks "mech=$mechanism" AUTH=drop
		post -P password
		unknown 75 "the connection to '$PLACE' was lost"
	done
	asks 'AUTH=334 '
	post -P password
	unknown 75 "'$PLACE' says: 334"
}

@test "a user is not named to a server that does not ask in TLS" {
	SERVER=smtp://me@centre.example@$PLACE
	says good starttls
	post -P password
	refused 78 "'$PLACE' asks for no password: it does not offer AUTH"
	# It asked in the clear, where anyone may have put it in.
	asks auth-clear 'EHLO2=raw:250 test.example\r\n'
	post -P password
	refused 78 "'$PLACE' asks for no password: it does not offer AUTH"
	smtp_says auth-clear "auth=me@centre.example:$PASSWORD"
	post -P password
	refused 75 "'$PLACE' does not offer STARTTLS: nothing is sent in the clear"
}

@test "a password is the first line of a file that nobody else can read" {
	SERVER=smtp://me@$PLACE
	printf 'geheim \303\244"\\:\r\nno password\n' >password
	says good starttls $'auth=me:geheim \303\203\302\244"\\:'
	post -P password
	taken
	chmod 640 password
	post -P password
	assert_equal "$status $stderr" \
		"78 vc-mail: others can read 'password': it needs mode 600"
	post -P away
	assert_equal "$status $stderr" \
		"66 vc-mail: cannot open 'away': No such file or directory"
	echo >password
	chmod 600 password
	post -P password
	assert_equal "$status $stderr" "78 vc-mail: 'password' has no password"
	post
	assert_equal "$status $stderr" \
		"64 vc-mail: option '-P' is needed: the file with the password of 'me'"
	SERVER=smtp://$PLACE
	post -P password
	assert_equal "$status $stderr" \
		"64 vc-mail: a password needs a user: -o smtp://user@$PLACE"
}
