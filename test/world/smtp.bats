load ../helper
load ../keys
load ../out
load ../smtp
load postfix
load mta

# Mails by SMTP to servers that others wrote.

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR hermetic
	mta_up
}

teardown_file() {
	mta_down
	stop_homes
}

prepare() {
	needs_postfix
	site hitachi nec fujitsu
	rm -rf "${POSTFIX:?}"/box/* "${POSTFIX:?}"/home/* "${MTA:?}"/*/box/*/*
	ln -s hitachi "$POSTFIX/box/hitachi.example"
	printf '%s\n' "$MTA_PASSWORD" >password
	chmod 600 password
}

# post SERVER ARGUMENT...: hand over to it.
post() {
	local server=$1
	shift
	run_out vc-mail -N "$NOW" -W 60 -l ledger.jsonl -o "$server" "$@"
}

# boxed SERVER [VENDOR]: the files of the mails that arrived there.
boxed() {
	local at=$MTA/$1/box
	[ "$1" != postfix ] || at="$POSTFIX/box $POSTFIX/home"
	# shellcheck disable=SC2086
	find $at -path "*/new/*" -type f -path "*${2:-}*" | sort
}
boxes() { [ "$(boxed "$1" | wc -l)" -eq "$2" ]; }

# untraced <mail: what a server put in front of it, and its CR, taken away.
untraced() { tr -d '\r' | sed '1,/^From: /{/^From: /!d}'; }

@test "Postfix takes mails, and they arrive by three ways, octet for octet" {
	local v
	for v in hitachi nec fujitsu; do seal "$v"; done >sealed
	post "smtp://127.0.0.1:$PORT" sealed
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r '[.type, .via, .reply[:12]] | @tsv' out | uniq -c |
		tr -s ' \t' ' ')" " 3 sent smtp 250 2.0.0 Ok"
	soon boxes postfix 3
	for v in hitachi nec fujitsu; do
		untraced <"$(boxed postfix "$v")" >got
		jq -c --arg v "$v" 'select(.vendor == $v)' sealed | mail_of |
			tr -d '\r' | cmp - got
		sed -n '/^-----BEGIN/,/^-----END/p' got | open_as "$v" >entity
		grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	done
	run -0 grep -c 'relay=.*\[.*/dovecot/run/lmtp\].*status=sent' "$POSTFIX/log"
}

# over_imap VENDOR: the one mail in its INBOX, as a reader of mail gets it.
over_imap() {
	python3 -c 'import imaplib, sys
port, user, password = sys.argv[1:]
with imaplib.IMAP4("127.0.0.1", int(port)) as server:
    server.login(user, password)
    server.select(readonly=True)
    found = server.search(None, "ALL")[1][0].split()
    assert len(found) == 1, found
    sys.stdout.buffer.write(server.fetch(found[0], "(RFC822)")[1][0][1])' \
		"$(mta_port imap)" "psirt@$1.example" "$MTA_PASSWORD"
}

@test "the vendor reads by IMAP what was sealed, octet for octet, and opens it" {
	local v
	{
		seal hitachi
		seal fujitsu '.attachment[0].text = ("\n.\n..\nFrom x\n" * 9000)'
	} >sealed
	post "smtp://127.0.0.1:$PORT" sealed
	soon boxes postfix 2
	for v in hitachi fujitsu; do
		over_imap "$v" >fetched
		jq -c --arg v "$v" 'select(.vendor == $v)' sealed | mail_of >want
		sed '1,/^From: /{/^From: /!d}' fetched | cmp - want
		sed -n '/^-----BEGIN/,/^-----END/p' fetched | tr -d '\r' |
			open_as "$v" >entity
		grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
		"$VC_TOP/test/world/mail.py" <entity | jq -r '.text[0]' >text
		grep -qF "$(notice "$v" | jq -r .text | head -n 1)" text
	done
}

@test "who logs in hands over: STARTTLS and TLS at once, at Postfix and at Exim" {
	local server
	seal hitachi >sealed
	for server in "smtp $(mta_port submission) postfix" \
		"smtps $(mta_port postfixs) postfix" \
		"smtp $(mta_port exim) exim" "smtps $(mta_port exims) exim"; do
		# shellcheck disable=SC2086
		set -- $server
		rm -rf ledger.jsonl "$POSTFIX"/box/* "$MTA"/exim/box/*
		post "$1://$MTA_USER@localhost:$2" -C "$MTA/certificates/ca.pem" \
			-P password sealed
		assert_equal "$server: $status $stderr" "$server: 0 "
		soon boxes "$3" 1
		untraced <"$(boxed "$3")" >got
		mail_of <sealed | tr -d '\r' | cmp - got
	done
}

@test "a user that is not known, or a certificate, is for nobody's mail" {
	local server
	seal hitachi >sealed
	echo wrong >other
	chmod 600 other
	for server in "smtp $(mta_port submission)" "smtps $(mta_port postfixs)" \
		"smtp $(mta_port exim)" "smtps $(mta_port exims)"; do
		# shellcheck disable=SC2086
		set -- $server
		post "$1://$MTA_USER@localhost:$2" -C "$MTA/certificates/ca.pem" \
			-P other sealed
		assert_equal "$server: $status" "$server: 78"
		[[ $stderr = *"'localhost:$2' refuses the user: 535 "* ]]
		post "$1://$MTA_USER@localhost:$2" -C "$MTA/certificates/other.pem" \
			-P password sealed
		assert_equal "$server: $status" "$server: 75"
		[[ $stderr = *"the certificate of 'localhost' is not trusted: "* ]]
		assert_equal "$(jq -r .type ledger.jsonl | sort -u)" reject
		post "$1://localhost:$2" -C "$MTA/certificates/ca.pem" sealed
		assert_equal "$server: $status" "$server: 67"
		[[ $stderr = *"'localhost:$2' refuses the address: 55"* ]]
		rm ledger.jsonl
	done
	assert_equal "$(boxed postfix)$(boxed exim)" ""
}

@test "an address that Exim or OpenSMTPD does not know stops no other" {
	local server code
	{ seal hitachi && seal fujitsu && seal nec; } >sealed
	for server in exim opensmtpd; do
		rm -f ledger.jsonl
		if [ $server = exim ]; then
			post "smtp://$MTA_USER@localhost:$(mta_port exim)" \
				-C "$MTA/certificates/ca.pem" -P password sealed
		else
			post "smtp://127.0.0.1:$(mta_port opensmtpd)" sealed
		fi
		assert_equal "$server: $status" "$server: 67"
		assert_equal "$(jq -r .type out | tr '\n' ' ')" "sent reject sent "
		soon boxes $server 2
		for v in hitachi nec; do
			untraced <"$(boxed $server "$v")" >got
			jq -c --arg v "$v" 'select(.vendor == $v)' sealed |
				mail_of | tr -d '\r' | cmp - got
		done
		assert_equal "$(jq -r 'select(.type == "bounce") |
			.vendor + " " + .reply[:3]' ledger.jsonl)" "fujitsu 550"
	done
}

# to_all: what is in `sealed`, for hitachi, to each server that has a box for it.
to_all() {
	local server
	for server in postfix opensmtpd sink exim; do
		rm -f ledger.jsonl
		case $server in
		postfix) post "smtp://127.0.0.1:$PORT" sealed ;;
		exim) post "smtp://$MTA_USER@localhost:$(mta_port exim)" \
			-C "$MTA/certificates/ca.pem" -P password sealed ;;
		*) post "smtp://127.0.0.1:$(mta_port $server)" sealed ;;
		esac
		assert_equal "$server: $status $stderr" "$server: 0 "
	done
}

# each N: every server has N mails, and they are those in `sealed`.
each() {
	local server f
	while read -r f; do
		base64 -d <<<"$f" | tr -d '\r' | sha256sum
	done < <(jq -r .mail_b64 sealed) | sort >want
	for server in postfix opensmtpd sink exim; do
		soon boxes $server "$1"
		for f in $(boxed $server); do
			# smtp-sink puts an empty line behind each.
			untraced <"$f" | { [ $server = sink ] && sed '$d' || cat; } |
				sha256sum
		done | sort | diff - want || fail "$server changed a mail"
	done
}

# What ends a mail for one server and not for another, as jq has it.
endings() {
	cat <<-'END'
		\n.\n
		\r\n.\r\n
		\n.\r\n
		\r\n.\n
		\r.\r
		\r\n.\r
		\r.\r\n
		\n\n.\n\n
		\r\n.\r\n.\r\n
		\n..\n
		\u0085.\u0085
		\u2028.\u2028
	END
}
SMUGGLED='MAIL FROM:<evil@evil.example>\r\nRCPT TO:<psirt@hitachi.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nevil\r\n.\r\nQUIT\r\n'

@test "whatever stands in a notice, each server gets one mail of it" {
	local end n=0
	{
		endings
		endings | tr -d '\n'
		echo
		endings | tr -d '\n'
		echo
	} >ends
	# By turns in all of a notice, and in all of a letter that is only signed.
	while read -r end; do
		n=$((n + 1))
		if [ $((n % 2)) -eq 0 ]; then
			open_letter ".id = \"vendor/hitachi/papers/$n\" |
			.text = \"a$end$SMUGGLED\" | .subject = \"a$end$SMUGGLED\""
			continue
		fi
		notice hitachi ".id = \"\(.case)/hitachi/$n\" |
			.text = \"a$end$SMUGGLED\" | .subject = \"a$end$SMUGGLED\" |
			.attachment = [{name: \"a.txt\", media_type: \"text/plain\",
			text: \"a$end$SMUGGLED\"}]"
	done <ends >notices
	vc-encrypt -N "$NOW" notices >sealed
	to_all
	each 14
}

# letter N <lines: the signed letter N with these lines within its base64, which
# vc-mail takes as they are; put makes a record of it.
letter() {
	open_letter ".id = \"vendor/hitachi/papers/$1\"" | vc-encrypt -N "$NOW" >one
	mail_of <one | perl -e 'local $/; open M, "<&STDIN"; $m = <M>;
		open L, $ARGV[0]; $l = <L>; $m =~ s/^(VExQ.*?\r\n)/$1$l/m; print $m' \
		lines >mail
	jq -c --arg sha "$(sha256sum <mail | cut -c -64)" \
		--rawfile b64 <(base64 -w 0 mail) \
		'.mail_sha256 = $sha | .mail_b64 = $b64' one
}

@test "lines that would end a mail go through every server as they are" {
	local n=0 end
	for end in '.\r\n' '..\r\n.\r\n' '.\r\n.\r\n' '. \r\n' '.x\r\n.\r\n'; do
		n=$((n + 1))
		# shellcheck disable=SC2059
		printf "$end$SMUGGLED$end" >lines
		letter $n
	done >sealed
	to_all
	each 5
	run ! grep -r 'evil@evil.example.*status=\|<= evil@' "$POSTFIX/log" "$MTA/exim/spool"
}

@test "a mail with an end of line that is none leaves for nobody" {
	local n=0 end
	for end in '\n.\n' '\n.\r\n' '\r\n.\n' '\r.\r' '\r\n.\r' '\r.\r\n' \
		'\r\r\n.\r\r\n' '\r\n\0.\r\n' '\r\n.\0\r\n'; do
		n=$((n + 1))
		# shellcheck disable=SC2059
		printf "a$end$SMUGGLED" >lines
		letter $n
	done >sealed
	post "smtp://127.0.0.1:$PORT" sealed
	assert_equal "$status" 77
	assert_equal "$(jq -r '.type + " " + .why' out | uniq -c | tr -s ' ')" \
		" 9 reject not sealed: octets or lines that no mail may have"
	sleep 1
	boxes postfix 0
}
