load helper
load keys
load out

teardown_file() { stop_homes; }

NOTICE=JVNVU#800113/hitachi/1

refused() {
	[ "$status" -eq "$1" ]
	[ "$(jq -r '[.type, .by, .code, .why] | join("|")' <<<"$output")" = \
		"reject|vc-mail|$1|$2" ]
	[ "$stderr" = "vc-mail: line 1: $2" ]
}

post() { vc-mail -N "$NOW" -l ledger.jsonl -o maildir:post "$@"; }
mails() { find post/new post/cur post/tmp -type f 2>/dev/null | wc -l; }
nothing_left() { [ "$(mails)" -eq 0 ]; }

# reseal <mail: the record in `sealed`, but about this mail.
reseal() {
	cat >forged
	jq -c --arg sha "$(sha256sum <forged | cut -c -64)" --rawfile b64 \
		<(base64 -w 0 forged) \
		'.mail_sha256 = $sha | .mail_b64 = $b64' sealed
}

# with_body <file: the mail in `sealed`, with this instead of its message.
with_body() {
	mail_of <sealed | tr -d '\r' | sed '/^-----BEGIN/,$d'
	cat
	printf '\n'
	mail_of <sealed | tr -d '\r' | tail -n 1
}

# sendmail_says STATUS [COMMAND]: a sendmail in $PWD that notes how it was
# called, and ends so.
sendmail_says() {
	cat >sendmail <<-EOF
		#!/bin/sh
		cat >"$PWD/sent.mail"
		printf '%s\n' "\$0" "\$@" >>"$PWD/sent.argv"
		${2:-:}
		exit $1
	EOF
	chmod 755 sendmail
}

@test "a sealed mail gets into the Maildir, whole, and is told as sent" {
	site hitachi
	seal hitachi >sealed
	run_out post <sealed
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "$(cat out)" = "$(jq -c --arg now "$NOW" '{type: "sent", id, case, vendor,
		to, message_id, mail_sha256, via: "maildir", sent_at: $now}' sealed)" ]
	[ "$(mails)" -eq 1 ]
	mail_of <sealed | tr -d '\r' | diff - post/new/*
	[ "$(stat -c %a post post/new post/tmp post/cur post/new/* | tr '\n' ' ')" = \
		"700 700 700 700 600 " ]
	[[ $(basename post/new/*) =~ ^[0-9]+\.[0-9a-f]{32}\.[^/:]+$ ]]
}

@test "the vendor opens what came out of the Maildir" {
	site hitachi
	seal hitachi | post >/dev/null
	sed -n '/^-----BEGIN/,/^-----END/p' post/new/* | open_as hitachi >entity
	grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
}

@test "a try is in the ledger before sent, and neither has the mail" {
	site hitachi
	seal hitachi | post >/dev/null
	[ "$(jq -r .type ledger.jsonl | tr '\n' ' ')" = "try sent " ]
	[ "$(head -n 1 ledger.jsonl | jq -c 'del(.mail_sha256, .message_id)')" = \
		'{"type":"try","id":"'$NOTICE'","case":"JVNVU#800113","vendor":"hitachi","to":"psirt@hitachi.example","tried_at":"'"$NOW"'"}' ]
	run -0 vc-ledger verify ledger.jsonl
}

@test "a second run sends nothing and makes the same record" {
	site hitachi
	seal hitachi >sealed
	post <sealed >first
	vc-mail -N 2025-01-01T00:00:00Z -l ledger.jsonl -o maildir:post \
		<sealed >second
	cmp first second
	[ "$(mails)" -eq 1 ]
}

@test "a notice sealed anew after it went does not go again" {
	site hitachi
	seal hitachi | post >first
	seal hitachi | post >second
	cmp first second
	[ "$(mails)" -eq 1 ]
}

@test "without a ledger nothing leaves" {
	site hitachi
	seal hitachi >sealed
	run --separate-stderr vc-mail -o maildir:post sealed
	[ "$status" -eq 64 ]
	[ "$output" = "" ]
	[ "$stderr" = "vc-mail: -l ledger is needed: without it a mail could go out twice" ]
	[ ! -e post ]
}

@test "a transport that is not known is refused" {
	site hitachi
	local spec
	for spec in smtp:localhost lmtp://localhost maildir: maildir '' prog:/bin/cat; do
		run --separate-stderr vc-mail -l ledger.jsonl -o "$spec" </dev/null
		[ "$status" -eq 64 ]
		[ "$stderr" = "vc-mail: option '-o' wants maildir:DIR, sendmail:[PATH], smtp://SERVER or smtps://SERVER" ]
	done
	for spec in smtp:// smtp://:25 smtp://a:0 smtp://a:70000 smtp://a:x smtp://@a \
		'smtp://a b' smtp://a/ smtp://-a smtp://[::1 smtp://[x] smtps://a:1:2; do
		run --separate-stderr vc-mail -l ledger.jsonl -o "$spec" </dev/null
		[ "$status" -eq 64 ]
		[ "$stderr" = "vc-mail: option '-o' wants smtp://[user@]host[:port] or the same with smtps" ]
	done
	run --separate-stderr vc-mail -l ledger.jsonl -o sendmail:sendmail </dev/null
	[ "$status" -eq 64 ]
	[ "$stderr" = "vc-mail: option '-o' wants the whole path of sendmail" ]
	run --separate-stderr vc-mail -l ledger.jsonl -o sendmail:/nowhere </dev/null
	[ "$status" -eq 69 ]
	run --separate-stderr vc-mail -l ledger.jsonl -o maildir:no/where </dev/null
	[ "$status" -eq 73 ]
}

@test "a notice piped straight in is refused and told nowhere" {
	site hitachi
	notice hitachi >in
	run_out post <in
	refused 77 "a notice is refused here: not sealed"
	nothing_left
	run ! grep -r "$CANARY\|DNS" out err ledger.jsonl
}

@test "a case is refused" {
	site hitachi
	echo '{"type":"case","id":"JVNVU#800113","state":"draft"}' >in
	run --separate-stderr post <in
	refused 77 "a case is refused here: not routed"
	nothing_left
}

@test "the roster is asked again: another address, key or state stops a mail" {
	site hitachi fujitsu
	seal hitachi >sealed
	cp roster.csv was.csv
	sed -i 's/psirt@hitachi/vuln@hitachi/' roster.csv
	run --separate-stderr post <sealed
	refused 77 "field 'to' is not the address of vendor 'hitachi' in the roster"
	sed "s/$(key_fpr hitachi)/$(key_fpr attacker)/" was.csv >roster.csv
	run --separate-stderr post <sealed
	refused 77 "field 'fpr' is not the key of vendor 'hitachi' in the roster"
	sed 's/registered/suspended/' was.csv >roster.csv
	run --separate-stderr post <sealed
	refused 77 "vendor 'hitachi' is not registered"
	sed '/^hitachi/d' was.csv >roster.csv
	run --separate-stderr post <sealed
	refused 77 "vendor 'hitachi' is not in the roster"
	cp was.csv roster.csv
	rm "keys/$(key_fpr hitachi).asc"
	run --separate-stderr post <sealed
	[ "$status" -eq 77 ]
	[[ $stderr = "vc-mail: line 1: unpinned: "* ]]
	nothing_left
	[ "$(jq -r .type ledger.jsonl | sort -u)" = reject ]
}

@test "a mail with anything more in its header does not leave" {
	site hitachi
	seal hitachi >sealed
	local line
	for line in 'Cc: a@b.example' 'Bcc: a@b.example' 'Sender: a@b.example' \
		'Reply-To: a@b.example' 'X-Case: JVNVU#800113' 'Fcc: /tmp/x'; do
		{
			printf '%s\r\n' "$line"
			mail_of <sealed
		} | reseal >in
		run --separate-stderr post <in
		refused 77 "not sealed: a header field '${line%%:*}'"
	done
	mail_of <sealed | sed 's/^To: .*/&\nTo: a@b.example\r/' | reseal >in
	run --separate-stderr post <in
	refused 77 "not sealed: two header fields 'To'"
	nothing_left
}

@test "a header that says more than hashes does not leave" {
	site hitachi
	seal hitachi >sealed
	local name value
	while IFS='|' read -r name value; do
		mail_of <sealed | sed "s~^$name: .*~$name: $value\r~" | reseal >in
		run --separate-stderr post <in
		refused 77 "not sealed: header field '$name' is not as we write it"
	done <<-'EOF'
		Subject|JVNVU#800113 DNS
		Subject|Encrypted notice hitachi
		To|psirt@hitachi.example, a@b.example
		To|Hitachi <psirt@hitachi.example>
		To|-oQ/tmp/x@hitachi.example
		From|Vuls <vuls@centre.example>
		Message-ID|<JVNVU.800113@centre.example>
		References|<a@b.example>
		Date|Tuesday, when hitachi was told
		MIME-Version|1.0 (hitachi)
	EOF
	mail_of <sealed | sed 's/^To: .*/To: psirt@fujitsu.example\r/' | reseal >in
	run --separate-stderr post <in
	refused 77 "not sealed: the mail is to another address"
	nothing_left
}

@test "a body that is not one message for the one key does not leave" {
	site hitachi
	seal hitachi >sealed
	local file
	as centre --trust-model always --recipient-file "$KEY_DIR/hitachi.asc" \
		--recipient-file "$KEY_DIR/attacker.asc" --encrypt <sealed >two
	as centre --trust-model always --recipient-file "$KEY_DIR/hitachi.asc" \
		--passphrase x --symmetric --encrypt <sealed >password
	as centre --trust-model always --recipient-file "$KEY_DIR/attacker.asc" \
		--encrypt <sealed >other
	as centre --trust-model always --hidden-recipient-file \
		"$KEY_DIR/hitachi.asc" --encrypt <sealed >hidden
	for file in two password other hidden; do
		grep -q '^-----BEGIN PGP MESSAGE' "$file"
		with_body <"$file" | crlf | reseal >in
		run --separate-stderr post <in
		refused 77 "not sealed: others than the key of the vendor can open it"
	done
	as centre --clearsign <sealed >clear
	as centre --sign <sealed >signed
	{
		armor_of <sealed
		armor_of <sealed
	} >twice
	{
		echo "$CANARY"
		armor_of <sealed
	} >before
	{
		armor_of <sealed
		echo "$CANARY"
	} >after
	echo "$CANARY" >plain
	for file in clear signed twice before after plain; do
		with_body <"$file" | crlf | reseal >in
		run --separate-stderr post <in
		[ "$status" -eq 77 ]
		[[ $stderr = "vc-mail: line 1: not sealed: "* ]]
	done
	nothing_left
	run ! grep -r "$CANARY" ledger.jsonl
}

# archived: hitachi and its archive key fujitsu, and the notice, `sealed` to
# both. ARCHIVE is its fingerprint.
archived() {
	site hitachi
	key_store more fujitsu
	mv more/* keys
	ARCHIVE=$(key_fpr fujitsu)
	notice hitachi | vc-encrypt -N "$NOW" -R "$ARCHIVE" >sealed
}

@test "with an archive key a mail leaves that it can open, and no other" {
	archived
	seal hitachi >alone
	run --separate-stderr post <sealed
	refused 77 "not sealed: others than the key of the vendor can open it"
	run --separate-stderr post -R "$ARCHIVE" <alone
	refused 77 "not sealed: the archive key cannot open it"
	nothing_left
	run_out post -R "$ARCHIVE" <sealed
	assert_equal "$status $stderr $(jq -r .type out)" "0  sent"
	assert_equal "$(mails)" 1
	sed -n '/^-----BEGIN/,/^-----END/p' post/new/* | open_as fujitsu >entity
	grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	rm ledger.jsonl
	VC_ARCHIVE=$ARCHIVE run_out post <sealed
	assert_equal "$status $stderr $(jq -r .type out)" "0  sent"
}

# for_keys NAME...: the mail in `sealed`, encrypted to the keys of these anew.
for_keys() {
	local name args=()
	for name; do args+=(--recipient-file "$KEY_DIR/$name.asc"); done
	as centre --trust-model always "${args[@]}" "${MORE[@]}" --encrypt \
		<sealed | with_body | crlf | reseal
}

@test "with an archive key, whoever else can open a mail keeps it here" {
	local who why MORE=()
	archived
	while IFS='|' read -r who why; do
		# shellcheck disable=SC2086
		for_keys $who >in
		run --separate-stderr post -R "$ARCHIVE" <in
		refused 77 "not sealed: $why"
	done <<-'EOF'
		hitachi fujitsu attacker|others than the key of the vendor and the archive key can open it
		hitachi attacker|others than the key of the vendor and the archive key can open it
		fujitsu attacker|others than the key of the vendor and the archive key can open it
		attacker|others than the key of the vendor and the archive key can open it
		fujitsu|the key of the vendor cannot open it
		hitachi|the archive key cannot open it
	EOF
	MORE=(--passphrase x --symmetric)
	for_keys hitachi fujitsu >in
	run --separate-stderr post -R "$ARCHIVE" <in
	refused 77 "not sealed: others than the key of the vendor and the archive key can open it"
	MORE=(--throw-keyids)
	for_keys hitachi fujitsu >in
	run --separate-stderr post -R "$ARCHIVE" <in
	refused 77 "not sealed: others than the key of the vendor and the archive key can open it"
	nothing_left
	MORE=()
	for_keys hitachi fujitsu >in
	run_out post -R "$ARCHIVE" <in
	assert_equal "$status $stderr $(mails)" "0  1"
}

# packets NAME: the packets of its public key, as files in the folder NAME.
packets() {
	mkdir "$1"
	gpg --batch --quiet --dearmor <"$KEY_DIR/$1.asc" |
		(cd "$1" && gpgsplit)
}

@test "a session key that the vendor and the archive would share stops a mail" {
	archived
	run_out post -n -R "$ARCHIVE" <sealed
	assert_equal "$status" 0
	# The vendor says that the archive's subkey is its own, too.
	packets hitachi
	packets fujitsu
	cat hitachi/* fujitsu/*-014.public_subkey fujitsu/000005-002.sig \
		>"keys/$(key_fpr hitachi).asc"
	run --separate-stderr post -R "$ARCHIVE" <sealed
	refused 77 "not sealed: others than the key of the vendor and the archive key can open it"
	nothing_left
}

@test "with an archive key that cannot be used nothing leaves" {
	archived
	rm "keys/$ARCHIVE.asc"
	run --separate-stderr post -R "$ARCHIVE" <sealed
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" \
		"vc-mail: archive key: unpinned: the key store has no key $ARCHIVE"
	run --separate-stderr post -R "$(key_fpr hitachi)" <sealed
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" \
		"vc-mail: archive key: it is the key of vendor 'hitachi'"
	run --separate-stderr post -R x <sealed
	assert_equal "$status $output" "64 "
	assert_equal "$stderr" \
		"vc-mail: option '-R' wants a fingerprint: 40 upper-case hex digits"
	assert_file_not_exist post
}

@test "a letter that is signed only leaves with an archive key, too" {
	archived
	open_letter | vc-encrypt -N "$NOW" -R "$ARCHIVE" >open
	run_out post -R "$ARCHIVE" <open
	assert_equal "$status $stderr $(jq -r .type out)" "0  sent"
}

@test "a mail under the id of another is not taken for that one" {
	site hitachi fujitsu
	seal hitachi | post >/dev/null
	seal fujitsu | jq -c '.id = "JVNVU#800113/hitachi/1"' >in
	run --separate-stderr post <in
	refused 65 "field 'id' is not that of its case and vendor"
	[ "$(mails)" -eq 1 ]
}

@test "the longest mail that is sealed gets out, a longer one is not sealed" {
	site hitachi
	notice hitachi '.attachment[0].text = ("0123456789abcde\n" * 312000)' >in
	vc-encrypt <in >sealed
	run_out post <sealed
	[ "$status" -eq 0 ]
	[ "$(mails)" -eq 1 ]
	notice hitachi '.attachment[0].text = ("0123456789abcde\n" * 400000)' >in
	run --separate-stderr vc-encrypt <in
	[ "$status" -eq 65 ]
	[ "$stderr" = "vc-encrypt: line 1: notice is longer than 7340032 octets as a mail" ]
}

@test "a mail that is not the one of its record does not leave" {
	site hitachi
	seal hitachi >sealed
	jq -c '.mail_sha256 = "'"$(printf 0%.0s {1..64})"'"' sealed >in
	run --separate-stderr post <in
	refused 77 "field 'mail_sha256' is not the hash of the mail"
	jq -c '.message_id = "<x@y.example>"' sealed >in
	run --separate-stderr post <in
	refused 77 "field 'message_id' is not that of the mail"
	jq -c '.mail_b64 = "%"' sealed >in
	run --separate-stderr post <in
	[ "$status" -eq 65 ]
	mail_of <sealed | tr -d '\r' | reseal >in
	run --separate-stderr post <in
	refused 77 "not sealed: octets or lines that no mail may have"
	nothing_left
}

@test "a label may not become looser on the way" {
	site hitachi
	notice hitachi | vc-encrypt -N "$NOW" -l ledger.jsonl >sealed
	notice hitachi | vc-ledger -l ledger.jsonl >/dev/null
	jq -c '.tlp = "GREEN"' sealed >in
	run --separate-stderr post <in
	refused 77 "its TLP label is looser than that of the notice"
	nothing_left
	run_out post <sealed
	[ "$status" -eq 0 ]
}

# A ledger with a try of the mail in `sealed`, changed by JQ, and no sent.
doubt() {
	rm -f ledger.jsonl
	jq -c '{type: "try", id, case, vendor, to, message_id, mail_sha256,
		tried_at: "2024-05-31T00:00:00Z"} | '"${1:-.}" sealed |
		vc-ledger -l ledger.jsonl >/dev/null
}

@test "a mail in doubt goes again under the same Message-ID" {
	site hitachi
	seal hitachi >sealed
	doubt
	seal hitachi >again
	run_out post <again
	[ "$status" -eq 0 ]
	[ "$(field Message-ID <post/new/*)" = "$(jq -r .message_id ledger.jsonl | head -n 1)" ]
	[ "$(jq -r .type ledger.jsonl | tr '\n' ' ')" = "try try sent " ]
}

@test "with -H a mail in doubt is held for a person" {
	site hitachi
	seal hitachi >sealed
	doubt
	run --separate-stderr post -H <sealed
	refused 75 "in doubt: tried at 2024-05-31T00:00:00Z, never confirmed"
	nothing_left
}

@test "a mail in doubt never goes to another address or under another id" {
	site hitachi
	seal hitachi >sealed
	doubt '.to = "vuln@hitachi.example"'
	run --separate-stderr post <sealed
	refused 77 "in doubt: tried at 2024-05-31T00:00:00Z to another address"
	doubt '.message_id = "<x@y.example>"'
	run --separate-stderr post <sealed
	refused 77 "in doubt: tried at 2024-05-31T00:00:00Z with another Message-ID"
	nothing_left
}

@test "a kill between try and sent costs no mail, at most one double" {
	site hitachi
	seal hitachi >sealed
	# shellcheck disable=SC2016
	sendmail_says 0 'kill -9 $PPID'
	run --separate-stderr vc-mail -l ledger.jsonl \
		-o "sendmail:$PWD/sendmail" sealed
	[ "$status" -eq 137 ]
	[ "$output" = "" ]
	[ "$(jq -r .type ledger.jsonl)" = try ]
	mv sent.mail first
	sendmail_says 0
	run_out vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" <sealed
	[ "$status" -eq 0 ]
	[ "$(field Message-ID <first)" = "$(field Message-ID <sent.mail)" ]
	[ "$(jq -r .type ledger.jsonl | tr '\n' ' ')" = "try try sent " ]
	rm sent.mail
	run_out vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" <sealed
	[ "$status" -eq 0 ]
	[ ! -e sent.mail ]
}

@test "what a try brought into the Maildir is found, read or not, and not doubled" {
	local mail
	site hitachi fujitsu
	{ seal hitachi; seal fujitsu; } >sealed
	run_out post <sealed
	[ "$status" -eq 0 ]
	# As a kill leaves it: two mails there, one read, and no `sent` kept.
	grep '"type":"try"' ledger.jsonl | jq -c 'del(.prev)' >tries
	rm ledger.jsonl
	vc-ledger -l ledger.jsonl tries >/dev/null
	mail=$(find post/new -type f | head -n 1)
	mv "$mail" "post/cur/$(basename "$mail"):2,S"
	{ seal hitachi; seal fujitsu; } >again
	run_out post <again
	[ "$status" -eq 0 ]
	[ "$(find post/new post/cur -type f | wc -l)" -eq 2 ]
	# The hash that is told is that of the mail that is there.
	[ "$(jq -r .mail_sha256 out)" = "$(jq -r .mail_sha256 sealed)" ]
}

@test "a kill while sendmail has the second of three mails doubles that one alone" {
	site hitachi fujitsu nec
	{ seal hitachi; seal fujitsu; seal nec; } >sealed
	cat >sendmail <<-'EOF'
		#!/bin/sh
		cat >"mail.$$"
		echo >>calls
		[ -e killed ] || [ "$(wc -l <calls)" -lt 2 ] || { : >killed; kill -9 $PPID; }
	EOF
	chmod +x sendmail
	run vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" sealed
	[ "$status" -eq 137 ]
	run_out vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" sealed
	[ "$status" -eq 0 ]
	[ "$(wc -l <calls)" -eq 4 ]
	[ "$(cat mail.* | grep -c '^Message-ID:')" -eq 4 ]
	[ "$(cat mail.* | grep '^Message-ID:' | sort -u | wc -l)" -eq 3 ]
}

@test "sendmail gets fixed words and the whole mail" {
	site hitachi
	seal hitachi >sealed
	sendmail_says 0
	run_out vc-mail -N "$NOW" -l ledger.jsonl -o "sendmail:$PWD/sendmail" <sealed
	[ "$status" -eq 0 ]
	[ "$(jq -r .via out)" = sendmail ]
	[ "$(tail -n +2 sent.argv | tr '\n' ' ')" = \
		"-i -f vuls@centre.example -- psirt@hitachi.example " ]
	mail_of <sealed | tr -d '\r' | cmp - sent.mail
}

@test "what sendmail says becomes the status" {
	site hitachi
	seal hitachi >sealed
	local says code why
	while IFS='|' read -r says code why; do
		rm -f ledger.jsonl
		sendmail_says "$says"
		run --separate-stderr vc-mail -l ledger.jsonl \
			-o "sendmail:$PWD/sendmail" <sealed
		refused "$code" "'$PWD/sendmail' $why"
	done <<-'EOF'
		75|75|says: try again later
		67|67|did not take the mail: exit status 67
		1|69|did not take the mail: exit status 1
	EOF
	# shellcheck disable=SC2016
	sendmail_says 0 'kill -9 $$'
	rm -f ledger.jsonl
	run --separate-stderr vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" <sealed
	refused 75 "'$PWD/sendmail' was ended by signal 9"
}

@test "a sendmail that reads nothing does not kill us" {
	site hitachi
	seal hitachi >sealed
	printf '#!/bin/sh\nexit 0\n' >sendmail
	chmod 755 sendmail
	run_out vc-mail -l ledger.jsonl -o "sendmail:$PWD/sendmail" <sealed
	[ "$status" -eq 0 ]
}

@test "of two runs at once each mail goes once" {
	site hitachi
	local i
	for i in $(seq 12); do
		notice hitachi ".id = \"JVNVU#800113/hitachi/$i\" | del(.attachment)"
	done | vc-encrypt >sealed
	post <sealed >one &
	local first=$!
	shuf sealed | post >two
	wait $first
	[ "$(mails)" -eq 12 ]
	cat post/new/* | grep '^Message-ID' | sort | uniq -d >double
	[ ! -s double ]
	diff <(sort one) <(sort two)
}

@test "the same mail twice in one input goes once" {
	site hitachi
	seal hitachi >sealed
	cat sealed sealed | post >out
	[ "$(mails)" -eq 1 ]
	[ "$(wc -l <out)" -eq 2 ]
	[ "$(sort -u out | wc -l)" -eq 1 ]
}

# bats test_tags=nosan
@test "mails that are ready together share their syncs" {
	site hitachi
	local i
	for i in $(seq 20); do
		notice hitachi ".id = \"JVNVU#800113/hitachi/$i\" | del(.attachment)"
	done | vc-encrypt >sealed
	strace -f -qq -e trace=fsync,fdatasync,syncfs -o trace \
		"$VC_BIN/vc-mail" -l ledger.jsonl -o maildir:post sealed >out
	[ "$(mails)" -eq 20 ]
	[ "$(grep -c sync trace)" -le 8 ]
}

# bats test_tags=nosan
@test "300 mails take 15 syncs at most, and none is seen before its own" {
	site hitachi
	seal hitachi | copies 300 >sealed
	strace -f -qq -y -e trace=openat,linkat,fsync,fdatasync,syncfs -o trace \
		"$VC_BIN/vc-mail" -l ledger.jsonl -o maildir:post sealed >out
	assert_equal "$(mails)" 300
	assert [ "$(grep -cE '(fsync|fdatasync|syncfs)\(' trace)" -le 15 ]
	# A name in tmp that was made after the last sync may not be linked.
	run -0 awk '
		/openat\(.*\/tmp>, .*O_CREAT/ { split($0, p, "\""); young[p[2]] = 1; made++ }
		/syncfs\(/ { split("", young) }
		/linkat\(.*\/new>/ { split($0, p, "\""); linked++
			if (p[2] in young) print "too early: " p[2] }
		END { print made, linked }' trace
	assert_output '300 300'
}

@test "what is no sealed record is refused in its place" {
	site hitachi
	local bad
	seal hitachi | copies 2 >two
	for bad in '{"type":"sealed","id":}' '{"type":"sealed","id":3}' '{"type":"sealed"' \
		'[]' '{"type":"notice","id":"JVN#12345678"}'; do
		{
			head -n 1 two
			echo "$bad"
			tail -n 1 two
		} | vc-mail -l ledger.jsonl -o maildir:post >out 2>err || true
		assert_equal "$bad: $(jq -r .type out | tr '\n' ' ')" \
			"$bad: sent reject sent "
	done
}

@test "records stay in their order, and one bad mail stops no other" {
	site hitachi fujitsu
	seal hitachi >one
	seal fujitsu >two
	{
		cat one
		echo '{"type":"vendor","id":"vendor/x","vendor":"x"}'
		jq -c '.to = "x@y.example" | .id = "JVNVU#800113/fujitsu/2"' two
		cat two
	} >in
	run --separate-stderr post in
	[ "$status" -eq 77 ]
	[ "$(jq -r .type <<<"$output" | tr '\n' ' ')" = "sent vendor reject sent " ]
	[ "$stderr" = "vc-mail: in: line 3: field 'to' is not the address of vendor 'fujitsu' in the roster" ]
	[ "$(mails)" -eq 2 ]
}

@test "a dry run checks everything, tells, and leaves no trace" {
	site hitachi fujitsu
	seal hitachi >in
	seal fujitsu | jq -c '.to = "x@y.example"' >>in
	run --separate-stderr vc-mail -n -l ledger.jsonl -o maildir:post in
	[ "$status" -eq 77 ]
	[ "$(jq -r .type <<<"$output" | tr '\n' ' ')" = "sealed reject " ]
	[ "$(head -n 1 <<<"$output")" = "$(head -n 1 in)" ]
	[ "${stderr_lines[0]}" = "vc-mail: in: line 2: field 'to' is not the address of vendor 'fujitsu' in the roster" ]
	[ "${stderr_lines[1]}" = "vc-mail: $NOTICE: would go to psirt@hitachi.example by maildir" ]
	[ ! -e post ] && [ ! -e ledger.jsonl ] && [ ! -e ledger.jsonl.lock ]
	head -n 1 in | post >/dev/null
	run --separate-stderr vc-mail -n -l ledger.jsonl -o maildir:post <<<"$(head -n 1 in)"
	[ "$status" -eq 0 ]
	[ "$stderr" = "vc-mail: $NOTICE: went already to psirt@hitachi.example by maildir" ]
	[ "$(mails)" -eq 1 ]
}

@test "a full disk says: try again, and a run with room completes" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to mount a small disk"
	mkdir disk
	mount -t tmpfs -o size=16k tmpfs disk 2>/dev/null || skip "no mount here"
	site hitachi
	seal hitachi '.attachment[0].text = ("0123456789abcdef" * 4096)' >sealed
	run --separate-stderr vc-mail -l ledger.jsonl -o maildir:disk/post <sealed
	ls disk/post/new disk/post/tmp >left
	mount -o remount,size=4m disk
	run_out vc-mail -l ledger.jsonl -o maildir:disk/post <sealed
	ls disk/post/new >after
	umount disk
	[ "$(jq -r .code ledger.jsonl | grep -c 75)" -eq 1 ]
	[ "$(grep -vc '^$\|:$' left)" -eq 0 ]
	[ "$status" -eq 0 ]
	[ "$(wc -l <after)" -eq 1 ]
}

@test "a ledger that cannot be written keeps the mail here" {
	site hitachi
	seal hitachi >sealed
	mkdir readonly
	run --separate-stderr vc-mail -l readonly -o maildir:post sealed
	[ "$status" -eq 78 ]
	nothing_left
}

@test "a line of the ledger that is damage stops the mail" {
	site hitachi
	seal hitachi >sealed
	doubt
	sed -i 's/^/x/' ledger.jsonl
	run --separate-stderr post <sealed
	[ "$status" -eq 65 ]
	nothing_left
}

@test "what is not sealed goes by, and the code of a reject stays" {
	site hitachi
	cp "$VC_FIXTURE/vc-mail/other.jsonl" in
	run --separate-stderr post <in
	[ "$status" -eq 65 ]
	[ "$output" = "$(cat in)" ]
	[ "$stderr" = "" ]
}

# change_open SED: the open letter in `sealed` with its mail changed.
change_open() { mail_of <sealed | sed -E "$1" | reseal; }

@test "a letter that is signed only gets into the Maildir as it was signed" {
	site hitachi
	open_letter | vc-encrypt -N "$NOW" >sealed
	run_out post <sealed
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r '.type + " " + .id' out)" \
		"sent vendor/hitachi/papers/2008-07-09"
	mail_of <sealed | tr -d '\r' | diff - post/new/*
	run_out post <sealed
	assert_equal "$(mails)" 1
}

@test "a mail that is not as a signed letter is written does not leave" {
	site hitachi
	open_letter | vc-encrypt -N "$NOW" >sealed
	local change why
	while IFS='|' read -r change why; do
		change_open "$change" >in
		run --separate-stderr post <in
		refused 77 "not sealed: $why"
	done <<'END'
s/^Subject: .TLP:CLEAR. /Subject: /|header field 'Subject' is not as we write it
s/^(Subject: .TLP:)CLEAR/\1RED/|header field 'Subject' is not as we write it
s/^To: .*/&, x@y.example\r/|octets or lines that no mail may have
s/^To: psirt@[^\r]*/&, x@y.example/|header field 'To' is not as we write it
s/^To: psirt@/To: other@/|the mail is to another address
s/^Date:/Bcc: x@y.example\r\nDate:/|a header field 'Bcc'
s/^VExQOkNMRUFS/VExQOlJFRAoK/|the body is not one signed text
s/multipart\/signed/multipart\/mixed/|the body is not one signed text
s/hp="clear"/hp="cipher"/|the body is not one signed text
s/^(Content-Transfer-Encoding: )base64/\17bit/|the body is not one signed text
s/application\/pgp-signature; name/text\/plain; name/|the body is not one signed text
s/^--=_[0-9a-f]*--/&\r\nmore/|the body is not one signed text
END
	nothing_left
}

@test "only what may be signed only may leave without encryption" {
	site hitachi
	open_letter | vc-encrypt -N "$NOW" >sealed
	local change
	for change in '.tlp = "AMBER"' 'del(.tlp)' \
		'.case = "JVNVU#1" | .id = "JVNVU#1/hitachi/papers/1"'; do
		jq -c "$change" sealed >in
		run --separate-stderr post <in
		refused 65 "field 'fpr' is missing"
	done
	jq -c --arg fpr "$(key_fpr hitachi)" '.fpr = $fpr' sealed >in
	run --separate-stderr post <in
	refused 77 "not sealed: the body is not one OpenPGP message"
	seal hitachi >sealed
	jq -c 'del(.case, .fpr) | .id = "vendor/hitachi/papers/1" |
		.tlp = "CLEAR"' sealed >in
	run --separate-stderr post <in
	refused 77 "not sealed: the body is not one signed text"
	nothing_left
}

@test "who withdrew after the letter was signed does not get it" {
	site hitachi
	open_letter | vc-encrypt -N "$NOW" >sealed
	sed -i "s/,registered,/,withdrawn,/" "$VC_ROSTER"
	run --separate-stderr post <sealed
	refused 77 "vendor 'hitachi' is withdrawn"
	nothing_left
}
