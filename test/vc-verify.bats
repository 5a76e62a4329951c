load helper
load keys

vendors='hitachi fujitsu yamaha rsa3072 weak revoked expired'

setup_file() {
	# shellcheck disable=SC2086
	key_store "$BATS_FILE_TMPDIR/keys" $vendors
	# shellcheck disable=SC2086
	roster_csv $vendors nec >"$BATS_FILE_TMPDIR/roster.csv"
}

teardown_file() { stop_homes; }

prepare() {
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	printf '%s\n' 'the first line' '- a dash' '--' 'こんにちは' >text
}

with_centre() {
	VC_HOME=$(key_home centre)
	export VC_HOME
}

# judged VERDICT WHY [OPTION...] FILE: what vc-verify says, and how it ends.
judged() {
	local word=$1 why=$2
	shift 2
	run_out vc-verify "$@"
	assert_equal "$(jq -r .verdict out)" "$word"
	assert_equal "$(jq -r .why out)" "$why"
	if [ "$word" = signed ]; then
		assert_equal "$status" 0
		assert_equal "$(jq -c '.claimed.text' out)" null
	else
		assert_equal "$status" 1
		assert_equal "$(jq -c '[.signed, .vendor]' out)" '[null,null]'
	fi
	assert_equal "$stderr" ""
}

signed_by() {
	judged signed 'signed by the key pinned for the sender' "${@:2}"
	assert_equal "$(jq -r '.vendor + " " + .primary_fpr' out)" \
		"$1 $(key_fpr "$1")"
	assert_equal "$(jq -r .signed.text out)" "$(cat text)"
}

@test "a PGP/MIME mail by the pinned key is signed, and its text is so" {
	sign_mime hitachi <text >mail
	signed_by hitachi mail
	{ text_entity <text; } | crlf >wire
	assert_equal "$(jq -r .covered_sha256 out)" \
		"$(sha256sum <wire | cut -d' ' -f1)"
	assert_equal "$(jq .covered_n out)" "$(wc -c <wire)"
	assert_equal "$(jq -c .flag out)" '[]'
}

@test "a mail with CRLF line ends verifies like one with LF" {
	sign_mime hitachi <text | crlf >mail
	signed_by hitachi mail
}

# covered_as FILE: what is covered are the octets of this file, by the record.
covered_as() {
	assert_equal "$(jq -r '.covered_sha256 + " \(.covered_n)"' out)" \
		"$(sha256sum <"$1" | cut -d' ' -f1) $(wc -c <"$1")"
}

@test "a clearsigned mail is signed; covered is its text with CRLF" {
	mail_clear hitachi <text >mail
	crlf <text >wire
	signed_by hitachi mail
	covered_as wire
}

@test "the same signed text is covered alike in LF, in CRLF and in base64" {
	mail_clear hitachi <text >mail
	crlf <text >wire
	signed_by hitachi mail
	covered_as wire
	crlf <mail >mail.crlf
	signed_by hitachi mail.crlf
	covered_as wire
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' \
			'Content-Transfer-Encoding: base64' ''
		sed '1,/^$/d' mail | crlf | base64
	} >mail.base64
	signed_by hitachi mail.base64
	covered_as wire
	sign_mime hitachi <text >mail
	crlf <mail >mail.crlf
	text_entity <text | crlf >wire
	signed_by hitachi mail.crlf
	covered_as wire
}

@test "blanks at the ends of clearsigned lines are not covered" {
	mail_clear hitachi <text | sed '/first line/s/$/ \t /' >mail
	crlf <text >wire
	signed_by hitachi mail
	covered_as wire
}

@test "what is signed inside the encryption is covered with CRLF, too" {
	with_centre
	text_entity <text | crlf >wire
	{
		mail_head psirt@hitachi.example
		text_entity <text | encrypt_entity centre hitachi
	} >mail
	signed_by hitachi mail
	covered_as wire
	{
		mail_head psirt@hitachi.example
		encrypt_entity centre hitachi <wire
	} >mail
	signed_by hitachi mail
	covered_as wire
	crlf <text >wire
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' ''
		encrypt_text centre hitachi <text
	} >mail
	signed_by hitachi mail
	covered_as wire
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' ''
		sign_clear hitachi <text | encrypt_text centre
	} >mail
	signed_by hitachi mail
	covered_as wire
}

@test "a CR in a signed part that ends no line is malformed" {
	printf 'one\rtwo\n' >lone
	sign_mime hitachi <lone >mail
	judged malformed 'a CR in what is signed ends no line' mail
	sign_mime hitachi --textmode <text | crlf >mail
	signed_by hitachi mail
	sed -i '/first line/s/$/\r/' mail
	sed -i '/first line/s/\r*$/\r\r/' mail
	judged malformed 'a CR in what is signed ends no line' mail
}

@test "a CR in clearsigned text that ends no line is malformed" {
	printf 'one\rtwo\n' >lone
	mail_clear hitachi <lone >mail
	judged malformed 'a control character in signed text' mail
	mail_clear hitachi <text | sed '/first line/s/$/\r\r/' >mail
	judged malformed 'a control character in signed text' mail
}

@test "a CR that ends no line is malformed also inside the encryption" {
	with_centre
	printf 'one\rtwo\n' >lone
	encrypt_mime hitachi <lone >mail
	judged malformed 'a CR in what is signed ends no line' mail
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		encrypt_text centre hitachi <lone
	} >mail
	judged malformed 'a CR in what is signed ends no line' mail
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		sign_clear hitachi <lone | encrypt_text centre
	} >mail
	judged malformed 'a control character in signed text' mail
	{
		mail_head psirt@hitachi.example
		text_entity <lone | sign_entity hitachi |
			encrypt_entity centre
	} >mail
	judged malformed 'a CR in what is signed ends no line' mail
}

@test "an encrypted file that nobody signed may hold any CR" {
	with_centre
	printf 'one\rtwo\r\r\n\n' >blob
	{
		mail_head psirt@hitachi.example
		{
			printf '%s\n' 'Content-Type: multipart/mixed; boundary=x' \
				'' --x 'Content-Type: text/plain' '' text --x \
				'Content-Type: image/png; name=blob' \
				'Content-Transfer-Encoding: binary' ''
			cat blob
			printf '%s\n' '' --x--
		} | encrypt_entity centre
	} >mail
	judged unsigned 'encrypted, not signed' mail
	assert_equal "$(jq -r '.attachment[0].sha256' out)" \
		"$(sha256sum <blob | cut -d' ' -f1)"
}

@test "a clearsigned mail in quoted-printable is decoded before it is judged" {
	sign_clear hitachi <text >frame
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' \
			'Content-Transfer-Encoding: base64' ''
		base64 frame
	} >mail
	signed_by hitachi mail
}

@test "clearsigned ISO-2022-JP is verified as octets and read as characters" {
	iconv -f UTF-8 -t ISO-2022-JP text >jis
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=ISO-2022-JP' \
			'Content-Transfer-Encoding: 7bit' ''
		sign_clear hitachi <jis
	} >mail
	signed_by hitachi mail
}

@test "a signing subkey counts as its primary key" {
	sign_mime yamaha <text >mail
	signed_by yamaha mail
	assert_not_equal "$(jq -r .signer_fpr out)" "$(key_fpr yamaha)"
}

@test "RSA-3072 is strong enough" {
	mail_clear rsa3072 <text >mail
	judged signed 'signed by the key pinned for the sender' mail
}

@test "signed and encrypted in one message" {
	with_centre
	encrypt_mime hitachi <text >mail
	signed_by hitachi mail
	assert_equal "$(jq -c .flag out)" '["encrypted"]'
}

@test "a PGP/MIME signature inside the encryption" {
	with_centre
	{
		mail_head psirt@hitachi.example
		text_entity <text | sign_entity hitachi | crlf |
			encrypt_entity centre
	} >mail
	signed_by hitachi mail
}

@test "one armoured message as the whole text of a mail" {
	with_centre
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' ''
		encrypt_text centre hitachi <text
	} >mail
	signed_by hitachi mail
}

@test "a clearsigned text inside an armoured message" {
	with_centre
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' ''
		sign_clear hitachi <text | encrypt_text centre
	} >mail
	signed_by hitachi mail
}

# hp PARAMETER [FIELD...]: a MIME entity of the text that has these fields and
# says so in its Content-Type.
hp() {
	local parameter=$1
	shift
	printf '%s\n' "$@" \
		"Content-Type: text/plain; charset=UTF-8; $parameter" \
		'Content-Transfer-Encoding: 8bit' ''
	cat text
}

# sign_hp, seal_hp VENDOR PARAMETER [FIELD...]: it as a mail that is signed, and
# as one that is signed and encrypted.
sign_hp() {
	local name=$1
	shift
	mail_head "$(key_address "$name")" 'In-Reply-To: <0@outer.example>'
	hp "$@" | sign_entity "$name"
}
seal_hp() {
	local name=$1
	shift
	mail_head "$(key_address "$name")" 'In-Reply-To: <0@outer.example>'
	hp "$@" | crlf | encrypt_entity centre "$name"
}

# said WHERE: the fields of the header that stand under `claimed` or `signed`.
said() { jq -r --arg w "$1" '.[$w] | del(.text) | keys | join(" ")' out; }

header=('From: "日立" <psirt@hitachi.example>' 'To: inner@centre.example'
	'Subject: =?UTF-8?B?5pys5b2T?=' 'Date: Mon, 03 Jun 2024 12:00:00 +0900'
	'Message-ID: <in@hitachi.example>' 'In-Reply-To: <0@in.example>')

@test "a protected header is signed, and leaves what is claimed" {
	local how
	with_centre
	for how in 'hp="clear"' 'hp=cipher' 'protected-headers="v1"' \
		'HP="Clear"'; do
		sign_hp hitachi "$how" "${header[@]}" >mail
		signed_by hitachi mail
		assert_equal "$how: $(said claimed)" "$how: "
		assert_equal "$(jq -c '.signed | del(.text)' out)" \
			'{"from":"\"日立\" <psirt@hitachi.example>","from_address":"psirt@hitachi.example","to":"inner@centre.example","subject":"本当","date_at":"2024-06-03T03:00:00Z","message_id":"<in@hitachi.example>","in_reply_to":"<0@in.example>"}'
		cp out once
		seal_hp hitachi "$how" "${header[@]}" >mail
		signed_by hitachi mail
		assert_equal "$(said claimed)" ""
		assert_equal "$(jq -c .signed out)" "$(jq -c .signed once)"
	done
}

@test "a header inside the signature that nobody protects is not read" {
	local how
	with_centre
	for how in format=flowed hp=other protected-headers=v2 'x-hp=clear' \
		'name="hp=clear"'; do
		sign_hp hitachi "$how" "${header[@]}" >mail
		signed_by hitachi mail
		assert_equal "$how: $(said signed)" "$how: "
		assert_equal "$(said claimed)" \
			'date_at from from_address in_reply_to message_id subject to'
		assert_equal "$(jq -r .claimed.subject out)" 'a mail'
	done
}

@test "only the whole of what is signed protects a header, no part of it" {
	{
		mail_head psirt@hitachi.example
		{
			printf '%s\n' 'Content-Type: multipart/mixed; boundary=x' \
				'' --x
			hp 'hp="clear"' "${header[@]}"
			printf '%s\n' --x--
		} | sign_entity hitachi
	} >mail
	signed_by hitachi mail
	assert_equal "$(said signed)" ''
	{
		mail_head psirt@hitachi.example
		{
			printf '%s\n' "${header[@]}" \
				'Content-Type: multipart/mixed; boundary=x; hp=clear' \
				'' --x 'Content-Type: text/plain; charset=UTF-8' ''
			cat text
			printf '%s\n' --x--
		} | sign_entity hitachi
	} >mail
	signed_by hitachi mail
	assert_equal "$(jq -r .signed.subject out)" 本当
}

@test "a field that only the outer header has stays claimed" {
	sign_hp hitachi 'hp="clear"' 'Subject: inner' >mail
	signed_by hitachi mail
	assert_equal "$(said signed)" subject
	assert_equal "$(said claimed)" \
		'date_at from from_address in_reply_to message_id to'
	sign_hp hitachi 'hp="clear"' 'Subject:' 'Date: today' >mail
	signed_by hitachi mail
	assert_equal "$(said signed)" ''
	assert_equal "$(said claimed)" \
		'from from_address in_reply_to message_id to'
}

@test "HP-Outer is not taken for anything" {
	with_centre
	seal_hp hitachi 'hp="cipher"' 'Subject: inner' 'HP-Outer: Subject: [...]' \
		'HP-Outer: From: psirt@fujitsu.example' >mail
	signed_by hitachi mail
	assert_equal "$(said signed)" subject
	assert_equal "$(jq -r '.signed.subject + .claimed.from_address' out)" \
		innerpsirt@hitachi.example
}

@test "the signed From is one mailbox" {
	local inner
	sign_hp hitachi hp=clear 'From: psirt@hitachi.example' \
		'From: psirt@hitachi.example' >mail
	judged ambiguous-from '2 From fields' mail
	sign_hp hitachi hp=clear \
		'From: psirt@hitachi.example, psirt@fujitsu.example' >mail
	judged ambiguous-from 'not exactly one mailbox in From' mail
	for inner in psirt '' 'psirt@hitachi.example <x@evil.example>'; do
		sign_hp hitachi hp=clear "From: $inner" >mail
		judged bad-from 'no plain address in From' mail
	done
}

@test "the signed From is of the vendor that signed" {
	local who why
	why='the From inside the signature is not of the vendor that signed'
	with_centre
	for who in psirt@fujitsu.example who@stranger.example; do
		sign_hp hitachi hp=clear "From: $who" >mail
		judged mismatch "$why" mail
		seal_hp hitachi hp=cipher "From: $who" >mail
		judged mismatch "$why" mail
	done
	assert_equal "$(jq -r .claimed.from_address out)" psirt@hitachi.example
	sign_hp hitachi format=flowed "From: $who" >mail
	signed_by hitachi mail
}

@test "a signed From may be another address of the same vendor, and is flagged" {
	sed '1s/$/,domain/; 2,$s/$/,/; /^hitachi/s/$/hitachi.example/' \
		"$VC_ROSTER" >roster.csv
	sign_hp hitachi hp=clear 'From: Taro <taro@hitachi.example>' >mail
	signed_by hitachi -r roster.csv mail
	assert_equal "$(jq -r .signed.from_address out)" taro@hitachi.example
	assert_equal "$(jq -c .flag out)" '["from-differs"]'
	judged mismatch \
		'the From inside the signature is not of the vendor that signed' \
		mail
}

@test "a protected field that stands twice is malformed" {
	local field
	for field in 'Subject: a' 'To: a@centre.example' 'Message-ID: <a@x>' \
		'In-Reply-To: <a@x>' 'Date: Mon, 03 Jun 2024 12:00:00 +0900'; do
		sign_hp hitachi hp=clear "$field" "$field" >mail
		judged malformed 'a field of the signed header stands twice' mail
		sign_hp hitachi format=flowed "$field" "$field" >mail
		signed_by hitachi mail
	done
}

@test "a Subject that was changed outside is flagged, one that was hidden is not" {
	with_centre
	sign_hp hitachi hp=clear 'Subject: inner' >mail
	signed_by hitachi mail
	assert_equal "$(jq -c '.flag' out)" '["subject-differs"]'
	sign_hp hitachi hp=clear 'Subject: a mail' >mail
	signed_by hitachi mail
	assert_equal "$(jq -c '.flag' out)" '[]'
	sign_hp hitachi hp=clear 'Subject: inner' | sed '/^Subject: a/d' >mail
	signed_by hitachi mail
	assert_equal "$(jq -c '.flag' out)" '[]'
	seal_hp hitachi hp=cipher 'Subject: inner' >mail
	signed_by hitachi mail
	assert_equal "$(jq -c '.flag' out)" '["encrypted"]'
}

@test "a header that is only encrypted is claimed in place of the outer one" {
	with_centre
	{
		mail_head psirt@hitachi.example
		hp hp=cipher "${header[@]}" | crlf | encrypt_entity centre
	} >mail
	judged unsigned 'encrypted, not signed' mail
	assert_equal "$(jq -c '.claimed | del(.text)' out)" \
		'{"from":"psirt@hitachi.example","from_address":"psirt@hitachi.example","to":"inner@centre.example","subject":"本当","date_at":"2024-06-03T03:00:00Z","message_id":"<in@hitachi.example>","in_reply_to":"<0@in.example>"}'
	{
		mail_head who@stranger.example
		hp hp=cipher "${header[@]}" | crlf | encrypt_entity centre hitachi
	} >mail
	judged unknown-key "the sender's address is in no row of the roster" mail
	assert_equal "$(jq -r '.claimed.from_address + .claimed.subject' out)" \
		who@stranger.example本当
	{
		mail_head psirt@hitachi.example
		hp format=flowed "${header[@]}" | crlf | encrypt_entity centre
	} >mail
	judged unsigned 'encrypted, not signed' mail
	assert_equal "$(jq -r .claimed.subject out)" 'a mail'
}

@test "a protected header under a bad signature is nothing" {
	sign_hp hitachi hp=clear 'Subject: inner' |
		sed 's/the first line/the First line/' >mail
	judged bad 'the text is not what was signed' mail
	assert_equal "$(jq -r .claimed.subject out)" 'a mail'
}

# bats test_tags=nosan
@test "a mail without a signature starts no gpg and needs no home" {
	mail_plain hitachi <text >mail
	export ASAN_OPTIONS=detect_leaks=0
	run strace -f -e trace=execve -o trace vc-verify -q mail
	assert_equal "$status $(grep -c execve trace)" '1 1'
	assert_not_exist "$HOME/.gnupg"
}

# order MAIL: what is started and loaded, one after the other.
order() {
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=execve,openat \
		-o trace vc-verify -q "$1" >out
	assert_equal "$(jq -r .verdict out)" signed
	sed -nE 's,.*execve\(".*/([^"]*)"\, .*,\1,p
		s,.*openat\(.*/(libgmime)-.*,\1,p' trace | paste -sd' '
}

# bats test_tags=nosan
@test "GMime is asked after gpg, but before anything is decrypted" {
	with_centre
	sign_mime hitachi <text >mail
	assert_equal "$(order mail)" 'vc-verify gpg gpg libgmime'
	mail_clear hitachi <text >mail
	assert_equal "$(order mail)" 'vc-verify gpg gpg libgmime'
	encrypt_mime hitachi <text >mail
	assert_regex "$(order mail)" '^vc-verify gpg libgmime gpg gpg'
}

@test "a mail without a signature is unsigned, its text claimed" {
	mail_plain hitachi <text >mail
	judged unsigned 'no signature in it' mail
	assert_equal "$(jq -r .claimed.text out)" "$(cat text)"
	assert_equal "$(jq -c '[.signed_at, .covered_n]' out)" '[null,null]'
}

@test "an encrypted mail that nobody signed is unsigned, its text claimed" {
	with_centre
	{
		mail_head psirt@hitachi.example
		text_entity <text | crlf | encrypt_entity centre
	} >mail
	judged unsigned 'encrypted, not signed' mail
	assert_equal "$(jq -r .claimed.text out)" "$(cat text)"
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		encrypt_text centre <text
	} >mail
	judged unsigned 'encrypted, not signed' mail
}

@test "the text of a stranger's encrypted mail is claimed" {
	with_centre
	{
		mail_head who@stranger.example
		text_entity <text | crlf | encrypt_entity centre hitachi
	} >mail
	judged unknown-key "the sender's address is in no row of the roster" mail
	assert_equal "$(jq -r .claimed.text out)" "$(cat text)"
	{
		mail_head who@stranger.example 'Content-Type: text/plain' ''
		sign_clear hitachi <text | encrypt_text centre
	} >mail
	judged unknown-key "the sender's address is in no row of the roster" mail
	assert_equal "$(jq -r .claimed.text out)" "$(cat text)"
}

@test "anything around a clearsigned text makes it partial" {
	local where
	sign_clear hitachi <text >frame
	for where in before after twice; do
		{
			mail_head psirt@hitachi.example \
				'Content-Type: text/plain; charset=UTF-8' \
				'Content-Transfer-Encoding: 8bit' ''
			[ $where != before ] || echo 'pay to 12345'
			cat frame
			[ $where != after ] || echo 'pay to 12345'
			[ $where != twice ] || cat frame
		} >mail
		run_out vc-verify mail
		assert_equal "$where $status $(jq -r .verdict out)" \
			"$where 1 partial"
	done
}

@test "the footer of a mailing list makes a signature partial" {
	{
		mail_head psirt@hitachi.example \
			'Content-Type: multipart/mixed; boundary=list' ''
		echo --list
		text_entity <text | sign_entity hitachi
		printf '%s\n' --list 'Content-Type: text/plain' '' \
			'to unsubscribe' --list--
	} >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 partial"
}

@test "a part beside the signed one is seen, not read" {
	sign_mime hitachi <text |
		sed 's/^--vc-signed--$/--vc-signed\nContent-Type: text\/plain\n\nmore\n--vc-signed--/' >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 partial"
}

@test "one changed octet is bad" {
	sign_mime hitachi <text | sed 's/the first line/the First line/' >mail
	judged bad 'the text is not what was signed' mail
	mail_clear hitachi <text | sed 's/the first line/the First line/' >mail
	judged bad 'the text is not what was signed' mail
}

@test "the attacker with the vendor's user id is an unknown key" {
	sign_mime attacker <text >mail
	judged unknown-key \
		'it is not signed by the key pinned for the sender' mail
	mail_clear attacker <text >mail
	judged unknown-key \
		'it is not signed by the key pinned for the sender' mail
}

@test "another vendor's good signature is a mismatch" {
	{
		mail_head psirt@hitachi.example
		text_entity <text | sign_entity fujitsu
	} >mail
	judged mismatch \
		'the key is pinned for another vendor than the sender' mail
}

@test "without roster, row, fingerprint or key nobody is known" {
	sign_mime hitachi <text >mail
	VC_ROSTER='' judged unknown-key \
		"the sender's address is in no row of the roster" mail
	VC_KEYS='' judged unknown-key \
		'the key pinned for the sender is not in the key store' mail
	sed 's/,[0-9A-F]*$/,/' "$VC_ROSTER" >roster.csv
	judged unknown-key 'no key is pinned for the sender' -r roster.csv mail
	sign_mime nec <text >mail
	judged unknown-key \
		'the key pinned for the sender is not in the key store' mail
}

@test "an expired key signs nothing, but an archived mail keeps its time" {
	KEY_TIME=20240601T120000 MAIL_DATE='Sat, 01 Jun 2024 12:00:00 +0000' \
		sign_mime expired <text >mail
	judged expired 'the key has expired' mail
	signed_by expired --at 2024-06-01T12:01:00Z mail
	judged expired 'the key has expired' -A 2025-01-02T00:00:00Z mail
}

@test "an expired signature is expired" {
	KEY_TIME=20240601T120000 sign_mime hitachi --default-sig-expire 1d \
		<text >mail
	judged expired 'the signature has expired' mail
}

@test "a revoked key is revoked at any time" {
	sign_mime revoked <text >mail
	judged revoked 'the key is revoked' mail
	KEY_TIME=20240601T120000 mail_clear revoked <text >mail
	judged revoked 'the key is revoked' -A 2024-06-01T12:01:00Z mail
}

@test "RSA-1024 and SHA-1 are weak" {
	sign_mime weak <text >mail
	judged weak 'the key RSA-1024 is too weak' mail
	sign_mime hitachi --digest-algo SHA1 --weak-digest MD5 <text >mail
	judged weak 'its hash SHA1 is too weak' mail
}

@test "a signature is good from 14 days before to 5 minutes after its mail" {
	KEY_TIME=20240601T120000 mail_clear hitachi <text >mail
	signed_by hitachi -A 2024-06-15T12:00:00Z mail
	judged replay 'it was signed more than 14 days before the mail came' \
		-A 2024-06-15T12:00:01Z mail
	signed_by hitachi -N 2024-06-01T11:55:00Z mail
	judged future 'it is signed later than the mail came' \
		-N 2024-06-01T11:54:59Z mail
	judged replay 'it was signed more than 14 days before the mail came' \
		mail
}

@test "two signatures are ambiguous" {
	local home
	home=$(key_home hitachi fujitsu)
	text_entity <text | crlf >wire
	gpg --homedir "$home" --batch --quiet --armor -u "$(key_fpr hitachi)" \
		-u "$(key_fpr fujitsu)" -o sig --detach-sign wire 3>&-
	sign_mime hitachi <text | awk '
		/BEGIN PGP SIG/ { while ((getline l <"sig") > 0) print l; s = 1 }
		!s; /END PGP SIG/ { s = 0 }' >mail
	judged ambiguous 'it holds more than one signature' mail
}

@test "the author is one mailbox of one From" {
	sign_mime hitachi <text >good
	sed 's/^From: .*/&\nFrom: psirt@fujitsu.example/' good >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 ambiguous-from"
	sed 's/^From: .*/&, psirt@fujitsu.example/' good >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 ambiguous-from"
	sed 's/^From: .*/From: psirt/' good >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 bad-from"
	sed 's/^From: .*/From: "psirt@hitachi.example" <x@evil.example>/' \
		good >mail
	judged unknown-key "the sender's address is in no row of the roster" mail
}

# two_ways NAME: the good signature of a part that GMime cuts in another way
# (parts), or of an author whom it reads so (mime, clear).
two_ways() {
	case $1 in
	parts)
		mail_head "$(key_address hitachi)"
		printf '%s\n' 'Content-Type: multipart/mixed; boundary=in' '' \
			--in --in 'Content-Type: text/plain' '' text --in-- |
			sign_entity hitachi
		;;
	mime) sign_mime hitachi <text ;;
	clear) mail_clear hitachi <text ;;
	esac | sed 's/^From: \(.*\)/From: PSIRT] <\1>/'
}

# nothing VERDICT CLAIMED FLAG: of the mail, and of a copy with one letter of
# what is signed changed, there is nothing but the verdict.
nothing() {
	local n
	sed 's/^te\?xt$/TEXT/;s/^the first line$/the First line/' mail >changed
	assert_not_equal "$(cat changed)" "$(cat mail)"
	for n in mail changed; do
		run_out vc-verify "$n"
		assert_equal "$n: $status $stderr" "$n: 1 "
		assert_equal "$(jq -c 'del(.id, .claimed, .flag, .raw_b64)' out)" \
			"{\"type\":\"message\",$1}"
		assert_equal "$(jq -c '.claimed | keys' out)" "$2"
		assert_equal "$(jq -c .flag out)" "$3"
	done
}

@test "what GMime reads in another way is refused, be its signature good or bad" {
	local all='"date_at","from","message_id","subject","text","to"' n
	two_ways parts >mail
	nothing '"verdict":"malformed","why":"two readers see different parts"' \
		'[]' '["malformed"]'
	sed -i 's/PSIRT]/PSIRT/' mail
	nothing '"verdict":"malformed","why":"two readers see different parts"' \
		'[]' '["malformed"]'
	for n in mime clear; do
		two_ways $n >mail
		nothing '"verdict":"bad-from","why":"no plain address in From"' \
			"[$all]" '[]'
		# It is this that hides a good signature.
		sed 's/PSIRT]/PSIRT/' mail >good
		run_out vc-verify good
		assert_equal "$status $(jq -r .verdict out)" "0 signed"
	done
}

@test "what GMime reads in another way is judged when gpg could not" {
	key_store keys hitachi
	chmod g+w keys
	export VC_KEYS=$PWD/keys
	two_ways mime >mail
	run_out vc-verify mail
	assert_equal "$status $stderr $(jq -r .verdict out)" "1  bad-from"
	sed 's/PSIRT]/PSIRT/' mail >good
	run_out vc-verify good
	assert_equal "$status $(jq -r .of.verdict out)" "78 error"
}

@test "Sender and Reply-To identify nobody; a strange Reply-To is flagged" {
	sign_mime hitachi <text |
		sed '1iSender: psirt@fujitsu.example\nReply-To: x@hitachi.example.evil.example' >mail
	signed_by hitachi mail
	assert_equal "$(jq -c .flag out)" '["replyto-differs"]'
}

@test "a Date that is not the signature's is flagged" {
	MAIL_DATE='Sat, 01 Jun 2024 12:00:00 +0000' sign_mime hitachi \
		<text >mail
	signed_by hitachi mail
	assert_equal "$(jq -c .flag out)" '["date-differs"]'
}

@test "clearsigned text with a form feed, a long line or a lone ESC is malformed" {
	local n
	printf 'one\f\ntwo\n' >one
	awk 'BEGIN { for (i = 0; i < 999; i++) printf "x"; print "" }' >two
	printf 'a\033[31mb\n' >three
	for n in one two three; do
		mail_clear hitachi <$n >mail
		run_out vc-verify mail
		assert_equal "$n $status $(jq -r .verdict out)" "$n 1 malformed"
	done
}

@test "a clearsigned text that says NotDashEscaped is refused" {
	mail_clear hitachi <text |
		sed 's/^Hash: SHA512/&\nNotDashEscaped: yes/' >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r '.verdict == "signed"' out)" "1 false"
}

@test "a damaged signature or encryption is malformed" {
	with_centre
	sign_mime hitachi <text | sed 's/^iHUE/iHUU/; s/^=....$/=AAAA/' >mail
	judged malformed 'the signature cannot be read' mail
	encrypt_mime hitachi <text | sed 's/^\(=...\).$/\1!/' >mail
	judged malformed 'the encrypted message cannot be read' mail
}

@test "a changed encrypted message gives no text at all" {
	with_centre
	text_entity <text | crlf | encrypt_text centre | gpg --dearmor >binary
	printf 'X' | dd of=binary bs=1 seek=150 conv=notrunc status=none
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		gpg --homedir "$VC_HOME" --enarmor <binary 2>/dev/null |
			grep -v ^Comment | sed 's/ARMORED FILE/MESSAGE/'
	} >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 malformed"
	assert_equal "$(jq -c '[.claimed.text, .signed]' out)" '[null,null]'
	assert_equal "$stderr" ""
}

@test "more than 16 MiB out of an encrypted mail are too large" {
	with_centre
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		head -c 17000000 /dev/zero | encrypt_text centre
	} >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r .verdict out)" "1 toolarge"
	assert_equal "$(jq -c '.claimed.text' out)" null
}

@test "a mail of more than 10 MiB is too large, known by its hash alone" {
	{
		mail_plain hitachi <text
		head -c 10500000 /dev/zero | tr '\0' x | fold -w 70
	} >mail
	judged toolarge 'more than 10 MiB' mail
	assert_equal "$(jq -r .id out)" \
		"mail/$(sha256sum <mail | cut -c1-32)"
	cp out record
	run_out vc-verify <record
	assert_equal "$status $(jq -r .verdict out)" "1 toolarge"
}

@test "encrypted for others, with a password, or S/MIME is unsupported" {
	with_centre
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		encrypt_text fujitsu <text
	} >mail
	judged unsupported 'encrypted for no key of the centre' mail
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		as nobody --passphrase x --symmetric <text
	} >mail
	judged unsupported 'encrypted with a password' mail
	encrypt_mime hitachi <text >mail
	VC_HOME='' judged unsupported \
		'encrypted, and no home of the centre is given' mail
	{
		mail_head psirt@hitachi.example \
			'Content-Type: application/pkcs7-mime; name=smime.p7m' \
			'Content-Transfer-Encoding: base64' '' MIIB
	} >mail
	judged unsupported \
		'signed or encrypted by something else than OpenPGP' mail
}

# error_of MAIL WHY: what left is a reject of this mail with the verdict `error`.
error_of() {
	assert_equal "$(jq -r '.type, .why, .of.type, .of.id, .of.verdict,
		.of.why' out)" "$(printf '%s\n' reject "$2" message \
		"mail/$(sha256sum <"$1" | cut -c1-32)" error "$2")"
	assert_equal "$(jq -c '[.of.signed, .of.vendor, .of.primary_fpr,
		.of.covered_n, .of.raw_b64, .of.claimed.text]' out)" \
		'[null,null,null,null,null,null]'
}

@test "a locked key is tried again later" {
	local home
	home=$(short_home)
	gpg --homedir "$home" --batch --quiet --pinentry-mode loopback \
		--passphrase secret --quick-gen-key 'X <x@centre.example>' \
		rsa2048 encr never 2>/dev/null 3>&-
	gpgconf --homedir "$home" --kill all
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		gpg --homedir "$home" --batch --quiet --armor --trust-model \
			always -r x@centre.example -e <text 3>&-
	} >mail
	run_out vc-verify -g "$home" mail 3>&-
	assert_equal "$status" 75
	assert_equal "$(jq -r .type out)" reject
	assert_equal "$stderr" "vc-verify: mail: the key is locked: give its passphrase to the agent"
	error_of mail 'the key is locked: give its passphrase to the agent'
}

@test "an agent that cannot run is tried again later" {
	local long
	long=$WORK/$(printf '%080d' 0)
	cp -r "$(key_home centre)" "$long"
	rm -f "$long"/S.*
	encrypt_mime hitachi <text >mail
	run_out vc-verify -g "$long" mail 3>&-
	assert_equal "$status" 75
	assert_equal "$(jq -r .type out)" reject
}

@test "a mail that nothing could be said of is a reject, and signed later" {
	local fpr
	fpr=$(key_fpr hitachi)
	cp -r "$VC_KEYS" keys
	export VC_KEYS=$PWD/keys
	sign_mime hitachi <text >mail
	chmod g+w "keys/$fpr"
	run_out vc-verify -l ledger mail
	assert_equal "$status" 78
	error_of mail "'$PWD/keys/$fpr' can be written by others: chmod go-w"
	assert_equal "$(jq -r .of.claimed.from_address out)" \
		psirt@hitachi.example
	assert_equal "$(jq -r '.type + .of.verdict' ledger)" rejecterror
	chmod g-w "keys/$fpr"
	signed_by hitachi -l ledger mail
	assert_equal "$(jq -r '.type + .verdict' ledger | tail -n 1)" \
		messagesigned
}

@test "one message record a mail, whatever becomes of it" {
	local fpr
	fpr=$(key_fpr hitachi)
	cp -r "$VC_KEYS" keys
	chmod g+w "keys/$fpr"
	sign_mime hitachi <text >a
	sign_mime fujitsu <text >b
	mail_plain hitachi <text >c
	run_out vc-verify -k keys a b c
	assert_equal "$status" 78
	assert_equal "$(jq -r '.of // . | .type + " " + .verdict' out)" \
		"$(printf 'message %s\n' error signed unsigned)"
}

@test "a mail without a form is rejected as it came, one not judged as error" {
	mail_clear hitachi <text >mail
	vc-verify mail | jq -c '.type = "poc" | .id += "/poc"' >record
	run_out vc-verify <record
	assert_equal "$status" 65
	assert_equal "$(jq -r '.type + .of.type' out)" rejectpoc
	cp -r "$VC_KEYS" keys
	chmod g+w keys
	run_out vc-verify -k keys <record
	assert_equal "$status" 78
	error_of mail "'keys' can be written by others: chmod go-w"
}

@test "text out of an encryption is never in a message or a reject" {
	with_centre
	echo 'the secret text' >text
	encrypt_mime hitachi <text >mail
	vc-parse-poc mail >poc
	assert_equal "$(jq -r .type poc)" poc
	run_out vc-verify <poc
	assert_equal "$status" 65
	assert_equal "$(jq -r .type out)" reject
	run ! grep -r secret out err
	sed 's/^From: .*/From: who@stranger.example/' mail >strange
	run_out vc-verify -v strange
	assert_equal "$status $(jq -r .claimed.text out)" '1 the secret text'
	run ! grep secret err
}

@test "a home or roster that others can write is refused" {
	local fpr
	fpr=$(key_fpr hitachi)
	cp -r "$VC_KEYS" keys
	chmod g+w "keys/$fpr"
	sign_mime hitachi <text >mail
	run_out vc-verify -k keys mail
	assert_equal "$status" 78
	assert_equal "$(jq -r '.type + .by' out)" rejectvc-verify
	cp "$VC_ROSTER" roster.csv
	chmod o+w roster.csv
	run_out vc-verify -r roster.csv mail
	assert_equal "$status" 78
	assert_equal "$output" ""
}

@test "nothing that a record says is believed but its octets" {
	sign_mime attacker <text >mail
	vc-verify mail | jq -c '.verdict = "signed" | .vendor = "hitachi" |
		.signed = {text: "pay"} | .claimed.from_address = "x@x.example" |
		.mine = 1' >record
	run_out vc-verify <record
	assert_equal "$status" 1
	assert_equal "$(jq -c '[.verdict, .vendor, .signed, .mine,
		.claimed.from_address]' out)" \
		'["unknown-key",null,null,1,"psirt@hitachi.example"]'
}

@test "records come out as they went in, for any order of the mails" {
	sign_mime hitachi <text >a
	mail_plain fujitsu <text >b
	run_out vc-verify a b
	assert_equal "$status" 1
	assert_equal "$(jq -r .verdict out | tr '\n' ' ')" 'signed unsigned '
	cp out once
	run_out vc-verify <once
	cmp once out
}

seen='the same signed text came before in another mail'

# again FILE: the same mail on another way: another header, the same body.
again() {
	sed 's/^Message-ID: .*/Message-ID: <2@way.example>/
		s/^Subject: .*/Subject: another/' "$1"
}

@test "a signed text in a second mail is a replay, by the ledger" {
	mail_clear hitachi <text >a
	again a >b
	signed_by hitachi -l ledger a
	judged replay "$seen" -l ledger b
	assert_equal "$(jq -r .claimed.text out)" "$(cat text)"
	assert_equal "$(jq -r .primary_fpr out)" "$(key_fpr hitachi)"
	crlf <a >b
	judged replay "$seen" -l ledger b
	sed '/first line/s/$/ \t/' a >b
	judged replay "$seen" -l ledger b
	VC_LEDGER=ledger judged replay "$seen" b
}

@test "a part that is signed is a replay in a second mail, too" {
	sign_mime hitachi <text >a
	again a | crlf >b
	signed_by hitachi -l ledger a
	judged replay "$seen" -l ledger b
}

@test "what was signed inside an encryption is a replay outside" {
	with_centre
	sign_clear hitachi <text >frame
	{
		mail_head psirt@hitachi.example 'Content-Type: text/plain' ''
		encrypt_text centre <frame
	} >a
	{
		mail_head psirt@hitachi.example \
			'Content-Type: text/plain; charset=UTF-8' ''
		cat frame
	} >b
	run_out vc-verify -l ledger a
	assert_equal "$(jq -r .verdict out)" signed
	judged replay "$seen" -l ledger b
}

@test "the same mail again is no replay: a second run makes the same records" {
	mail_clear hitachi <text >a
	again a >b
	run_out vc-verify -l ledger a b a
	assert_equal "$status $(jq -r .verdict out | tr '\n' ' ')" \
		'1 signed replay signed '
	cp out once
	run_out vc-verify -l ledger a b a
	cmp once out
	run_out vc-verify -l ledger b a
	assert_equal "$(jq -r .verdict out | tr '\n' ' ')" 'replay signed '
}

@test "within one run the first mail counts, before anything is on disk" {
	mail_clear hitachi <text >a
	again a >b
	run_out vc-verify -l ledger b a
	assert_equal "$(jq -r .verdict out | tr '\n' ' ')" 'signed replay '
	assert_equal "$(jq -r .verdict ledger | tr '\n' ' ')" 'signed replay '
}

@test "of two that were judged at once the first in the ledger counts" {
	mail_clear hitachi <text >a
	again a >b
	vc-verify -l one a >out
	vc-verify -l two b >out
	vc-ledger -l ledger one two >out
	signed_by hitachi -l ledger a
	judged replay "$seen" -l ledger b
}

@test "what another vendor signed first takes no mail away from its author" {
	mail_clear hitachi <text >a
	mail_clear fujitsu <text >b
	again a >c
	signed_by fujitsu -l ledger b
	signed_by hitachi -l ledger a
	judged replay "$seen" -l ledger c
	rm ledger
	run_out vc-verify -l ledger b a c
	assert_equal "$(jq -r .verdict out | tr '\n' ' ')" \
		'signed signed replay '
}

@test "without a ledger nothing was seen" {
	mail_clear hitachi <text >a
	again a >b
	run_out vc-verify a b
	assert_equal "$status $(jq -r .verdict out | tr '\n' ' ')" \
		'0 signed signed '
	assert_not_exist ledger
	signed_by hitachi -l ledger b
	assert_file_exist ledger
}

@test "a signed poc or status in the ledger makes a later message a replay" {
	local kind
	for kind in poc status; do
		mail_clear hitachi <"$VC_FIXTURE/vc-verify/$kind.txt" >a
		again a >b
		"vc-parse-$kind" a | vc-verify -l $kind.ledger >out
		assert_equal "$(jq -r '.type + .verdict' $kind.ledger)" \
			${kind}signed
		judged replay "$seen" -l $kind.ledger b
		run_out vc-verify -l $kind.ledger a
		assert_equal "$kind $status" "$kind 0"
	done
}

@test "only records with the verdict signed are seen" {
	mail_clear hitachi <text >a
	again a >b
	vc-verify -l ledger a >out
	jq -c 'del(.prev) | .verdict = "bad"' ledger >bad
	jq -c 'del(.prev) | {type: "reject", by: "x", code: 65, why: "x",
		of: .}' ledger >reject
	jq -c 'del(.prev) | .type = "step"' ledger >step
	jq -c 'del(.prev) | .why = .covered_sha256 |
		.covered_sha256 = ("0" * 64)' ledger >other
	cat bad reject step other >ledger
	signed_by hitachi -l ledger b
}

@test "what was rejected was not seen" {
	mail_clear hitachi <text >a
	again a >b
	vc-verify a | jq -c '.type = "poc" | .id += "/poc"' >record
	vc-verify b >>record
	run_out vc-verify -l ledger <record
	assert_equal "$status $(jq -r '.type + .verdict' out | tr '\n' ' ')" \
		'65 reject messagesigned '
}

@test "a damaged line stops a look into the ledger only when it has the text" {
	mail_clear hitachi <text >a
	again a >b
	vc-verify -l ledger a >out
	echo damage >>ledger
	judged replay "$seen" -l ledger b
	printf '%s' '{"type":"message","id"' >>ledger
	judged replay "$seen" -l ledger b
	sed 's/"id"/id/' ledger >damaged
	chmod 600 damaged
	run_out vc-verify -l damaged b
	assert_equal "$status" 78
	assert_equal "$(jq -r .type out)" reject
	assert_equal "$stderr" \
		"vc-verify: b: 'damaged': line 1: no JSON: wrong at octet 20"
}

@test "the fact in the ledger has neither text nor mail" {
	sign_mime hitachi <text >mail
	run_out vc-verify -l ledger mail
	assert_equal "$status" 0
	assert_equal "$(jq -r .verdict ledger)" signed
	run ! grep -E 'first line|raw_b64' ledger
}

# both_orders FORM-PROGRAM MAIL: the same record, octet for octet.
both_orders() {
	vc-verify "$2" >m || true
	"$1" <m >one
	"$1" "$2" >p
	vc-verify <p >two || true
	assert [ -s one ]
	cmp one two
}

@test "verify and parse work in both orders and end in the same record" {
	with_centre
	cp "$VC_FIXTURE/vc-verify/poc.txt" form
	mail_plain hitachi <form >mail
	both_orders vc-parse-poc mail
	assert_equal "$(jq -r '.verdict + .claimed.form.form' one)" unsignedpoc
	sign_mime hitachi <form >mail
	both_orders vc-parse-poc mail
	assert_equal "$(jq -r '.verdict + .signed.form.form' one)" signedpoc
	mail_clear hitachi <form >mail
	both_orders vc-parse-poc mail
	assert_equal "$(jq -r '.verdict + .signed.form.form' one)" signedpoc
	encrypt_mime hitachi <form >mail
	both_orders vc-parse-poc mail
	assert_equal "$(jq -r '.verdict + .signed.form.form' one)" signedpoc
	sign_mime hitachi <"$VC_FIXTURE/vc-verify/status.txt" >mail
	both_orders vc-parse-status mail
	assert_equal "$(jq -r '.verdict + .case' one)" 'signedJVNVU#800113'
	cp "$VC_FIXTURE/vc-verify/status.txt" text
	sign_hp hitachi hp=clear "${header[@]}" >mail
	both_orders vc-parse-status mail
	assert_equal "$(jq -r '.case + .signed.subject' one)" 'JVNVU#800113本当'
}

@test "a key store, a home or a key that others can write is 78" {
	local one fpr
	fpr=$(key_fpr hitachi)
	key_store keys hitachi
	export VC_KEYS=$PWD/keys
	sign_mime hitachi <text >mail
	for one in keys "keys/$fpr" "keys/$fpr.asc"; do
		chmod g+w "$one"
		run_out vc-verify mail
		assert_equal "$one: $status" "$one: 78"
		assert_equal "$stderr" \
			"vc-verify: mail: '$PWD/$one' can be written by others: chmod go-w"
		chmod g-w "$one"
	done
	signed_by hitachi mail
}

@test "a time that is none is 64" {
	local option
	sign_mime hitachi <text >mail
	for option in -A -N; do
		run_out vc-verify $option 2024-06-01 mail
		assert_equal "$status" 64
		assert_equal "$output" ""
		assert_equal "$stderr" \
			"vc-verify: '2024-06-01' is no time such as 2008-07-08T18:45:59Z"
	done
}

# Attachments (-a)

# entity_attached: a text, two attachments (one of them twice) and an attached
# mail; leaves their octets in binary, lines and inner.
entity_attached() {
	head -c 3000 "$VC_BIN/vc-verify" >binary
	printf 'one\r\ntwo\nthree' >lines
	printf '%s\n' 'From: x@x.example' 'Subject: inner' '' 'the inner text' >inner
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' '' --b \
		'Content-Type: text/plain' '' 'see below' --b \
		'Content-Type: application/octet-stream; name="../../etc/passwd"' \
		'Content-Transfer-Encoding: base64' ''
	base64 binary
	printf '%s\n' --b 'Content-Type: text/x-log; charset=ISO-2022-JP' \
		'Content-Disposition: attachment; filename="~/.profile"' \
		'Content-Transfer-Encoding: quoted-printable' '' \
		'one=0D=0Atwo=0Athree' --b 'Content-Type: message/rfc822' ''
	cat inner
	printf '%s\n' '' --b 'Content-Type: application/x-copy' \
		'Content-Transfer-Encoding: base64' ''
	base64 binary
	printf '%s\n' --b--
}

# kept DIR RECORDS: the folder has a file for each attachment of the records,
# whose content is what the name says, and nothing else.
kept() {
	assert_equal "$(cd "$1" && sha256sum -- * | sed 's/\(.*\)  \1$/\1/')" \
		"$(jq -r '.attachment[].sha256' "$2" | sort -u)"
	assert_equal "$(find "$1" ! -type d -printf '%m\n' | sort -u)" 600
	local size sha
	jq -r '.attachment[] | "\(.size_n) \(.sha256)"' "$2" >sizes
	while read -r size sha; do
		assert_equal "$sha $(stat -c %s "$1/$sha")" "$sha $size"
	done <sizes
	assert_equal "$(find "$1" -name '.*' -type f)" ""
}

@test "attachments are kept octet for octet under their hash, not their name" {
	{
		mail_head psirt@hitachi.example
		entity_attached
	} >mail
	mkdir -m 700 files
	run_out vc-verify -a files mail
	assert_equal "$status $stderr $(jq -r .verdict out)" "1  unsigned"
	assert_equal "$(jq -r '.attachment[] | .name // "-"' out | tr '\n' ' ')" \
		'passwd profile - - '
	kept files out
	assert_equal "$(find files -type f | wc -l)" 3
	cmp binary "files/$(sha256sum <binary | cut -c1-64)"
	cmp lines "files/$(sha256sum <lines | cut -c1-64)"
	cmp inner "files/$(sha256sum <inner | cut -c1-64)"
}

@test "of a signed or decrypted mail the covered attachments are kept" {
	with_centre
	mkdir -m 700 signed sealed
	{
		mail_head psirt@hitachi.example
		entity_attached | sign_entity hitachi
	} >mail
	run_out vc-verify -a signed mail
	assert_equal "$status $(jq -r .verdict out)" "0 signed"
	kept signed out
	cmp binary "signed/$(sha256sum <binary | cut -c1-64)"
	cmp lines "signed/$(sha256sum <lines | cut -c1-64)"
	{
		mail_head psirt@hitachi.example
		entity_attached | crlf | encrypt_entity centre hitachi
	} >mail
	run_out vc-verify -a sealed mail
	assert_equal "$status $(jq -r '.verdict, .flag[]' out | tr '\n' ' ')" \
		"0 signed encrypted "
	kept sealed out
	assert_equal "$(ls signed)" "$(ls sealed)"
	# The octets that could not be decrypted are no attachment.
	mkdir -m 700 none
	VC_HOME='' run_out vc-verify -a none mail
	assert_equal "$status $(jq -r '.verdict' out)$(ls -A none)" "1 unsupported"
	# What an attacker signed is kept, too: it is listed.
	{
		mail_head psirt@hitachi.example
		entity_attached | sign_entity attacker
	} >mail
	mkdir -m 700 other
	run_out vc-verify -a other mail
	assert_equal "$status $(jq -r .verdict out)" "1 unknown-key"
	kept other out
}

@test "VC_ATTACHMENTS stands in for -a, in either order of the pipe" {
	{
		mail_head psirt@hitachi.example
		entity_attached
	} >mail
	sed -i '/^see below/e cat "$VC_FIXTURE/vc-verify/poc.txt"' mail
	mkdir -m 700 files
	export VC_ATTACHMENTS=files
	vc-parse-poc mail >poc
	assert_equal "$(ls -A files)" ""
	run_out vc-verify <poc
	assert_equal "$status $(jq -r .type out)" "1 poc"
	kept files out
}

@test "a second run adds nothing, and finds out what is not what it should be" {
	local one sha how
	cp "$VC_FIXTURE/man/report.eml" mail
	sha=a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447
	mkdir -m 700 files
	run_out vc-verify -a files mail
	assert_equal "$status $(ls -A files)" "1 $sha"
	cp out first
	one=$(stat -c '%i %Y %Z' "files/$sha")
	run_out vc-verify -a files mail
	assert_equal "$status $stderr" "1 "
	cmp first out
	assert_equal "$(stat -c '%i %Y %Z' "files/$sha")" "$one"
	# Other octets, fewer, more, a link, a folder, a pipe.
	for how in 'printf "hello worle\n"' 'printf hello' \
		'printf "hello world\n\n"' ':'; do
		eval "$how" >"files/$sha"
		run_out vc-verify -a files mail
		assert_equal "$how: $status $(jq -r .type out)" "$how: 73 reject"
		assert_equal "$(jq -c .of.attachment out)" null
		assert_equal "$stderr" \
			"vc-verify: mail: 'files/$sha' is there and holds something else"
	done
	printf 'hello world\n' >elsewhere
	for how in 'ln -s ../elsewhere' 'mkdir' 'mkfifo' 'ln -s nowhere'; do
		rm -r "files/$sha"
		$how "files/$sha"
		run_out vc-verify -a files mail
		assert_equal "$how: $status $(jq -r .type out)" "$how: 73 reject"
		assert_equal "$stderr" \
			"vc-verify: mail: 'files/$sha' is there and holds something else"
		assert_equal "$(ls -A files)" "$sha"
	done
}

@test "a folder for attachments that is missing, none, or others' is refused" {
	cp "$VC_FIXTURE/man/report.eml" mail
	run_out vc-verify -a files mail
	assert_equal "$status $output" "66 "
	assert_equal "$stderr" \
		"vc-verify: cannot open 'files': No such file or directory"
	touch file
	run_out vc-verify -a file mail
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-verify: 'file' is no folder"
	mkdir -m 770 files
	run_out vc-verify -a files mail
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" \
		"vc-verify: 'files' can be written by others: chmod go-w"
	[ "$(id -u)" = 0 ] || skip "another owner needs root"
	chmod 700 files
	chown 12345 files
	run_out vc-verify -a files mail
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-verify: 'files' belongs to another user"
}

@test "a mail that cannot be taken apart adds no file" {
	mkdir -m 700 files
	{
		mail_head psirt@hitachi.example
		entity_attached
	} >mail
	sed 's/boundary=b$/boundary=b; boundary=c/' mail >malformed
	awk '/^see below/ { for (i = 0; i < 9000; i++) printf "x"; print "" } 1' \
		mail >toolarge
	local n
	for n in malformed toolarge; do
		run_out vc-verify -a files $n
		assert_equal "$status $(jq -r '.verdict, .attachment' out | tr '\n' ' ')" \
			"1 $n null "
		assert_equal "$(ls -A files)" ""
	done
}

# bats test_tags=nosan
@test "an attachment is on disk, and so is its name, before the record goes out" {
	cp "$VC_FIXTURE/man/report.eml" mail
	mkdir -m 700 files
	run -1 strace -f -qq -y -e trace=write,fsync,linkat,unlinkat -o trace \
		vc-verify -l ledger -a files mail
	run -0 sed -nE 's/^[0-9]+ +//; s/[0-9]*<[^>]*\/files\/\.new-[^>]*>/NEW/
		s/[0-9]*<[^>]*\/files>/FILES/g; s/\.new-[0-9a-f]*/N/
		s/a9489[0-9a-f]*/SHA/; s/^((fsync|linkat|unlinkat)\([NF].*\)) += .*/\1/p
		s/^write\(1<.*/stdout/p; s/^write\([0-9]+<.*ledger>.*/ledger/p' trace
	assert_line --index 0 'fsync(NEW)'
	assert_line --index 1 'linkat(FILES, "N", FILES, "SHA", 0)'
	assert_line --index 2 'unlinkat(FILES, "N", 0)'
	assert_line --index 3 'fsync(FILES)'
	assert_line --index 4 ledger
	assert_equal "${lines[-1]}" stdout
}

# bats test_tags=nosan
@test "a run that is killed at any call leaves no wrong file under a hash" {
	local call n sha
	{
		mail_head psirt@hitachi.example
		entity_attached
	} >mail
	for call in openat write fsync linkat unlinkat; do
		for n in $(seq 40); do
			rm -rf files
			mkdir -m 700 files
			strace -f -qq -o /dev/null -e trace=$call \
				-e inject=$call:signal=KILL:when="$n" \
				vc-verify -a files mail >out 2>/dev/null || true
			for sha in files/*; do
				[ -e "$sha" ] || continue
				assert_equal "$(sha256sum <"$sha" | cut -c1-64)" \
					"${sha#files/}"
			done
			# A record that came out names what is there.
			[ ! -s out ] || break
			run_out vc-verify -a files mail
			assert_equal "$call $n: $status" "$call $n: 1"
			rm -f files/.new-*
			kept files out
		done
		[ "$n" -gt 1 ] || fail "no call of $call was hit"
	done
}

# bats test_tags=nosan
@test "a call that fails while an attachment is kept is a reject, and a second run is whole" {
	local one call error code
	cp "$VC_FIXTURE/man/report.eml" mail
	for one in 'write ENOSPC 75' 'write EIO 74' 'write EDQUOT 75' \
		'fsync EIO 74' 'fsync ENOSPC 75' 'linkat EROFS 73' \
		'linkat ENOSPC 75'; do
		read -r call error code <<<"$one"
		rm -rf files
		mkdir -m 700 files
		run_out strace -f -qq -o /dev/null -e trace=$call \
			-e inject=$call:error=$error:when=1 vc-verify -a files mail
		assert_equal "$one: $status $(jq -r '.type + " \(.code)"' out)" \
			"$one: $code reject $code"
		case $stderr in "vc-verify: mail: cannot "*" 'files': "*) ;;
		*) fail "$one: $stderr" ;; esac
		assert_equal "$one: $(find files -name '.new-*')" "$one: "
		run_out vc-verify -a files mail
		assert_equal "$status" 1
		kept files out
	done
}

@test "a full disk under the attachments is 75, and a run with room completes" {
	[ "$(id -u)" = 0 ] || skip "mounting needs root"
	{
		mail_head psirt@hitachi.example 'Content-Type: application/x-big' \
			'Content-Transfer-Encoding: base64' ''
		head -c 200000 /dev/zero | base64
	} >mail
	mkdir files
	mount -t tmpfs -o size=64k,mode=700 none files
	run_out vc-verify -a files mail
	ls -A files >left
	mount -o remount,size=1m files
	local got
	got="$status $(jq -r .type out) $stderr"
	run_out vc-verify -a files mail
	cp -r files copy
	umount files
	assert_equal "$got" \
		"75 reject vc-verify: mail: cannot write to 'files': No space left on device"
	assert_equal "$(cat left)" ""
	assert_equal "$status" 1
	kept copy out
}

@test "runs at once into one folder end with one file for each attachment" {
	local i
	{
		mail_head psirt@hitachi.example
		entity_attached
	} >mail
	mkdir -m 700 files
	for i in $(seq 20); do
		{
			vc-verify -a files mail >"out.$i" 2>"err.$i" ||
				echo $? >"code.$i"
		} &
	done
	wait
	assert_equal "$(cat code.* | sort | uniq -c) $(cat err.*)" "     20 1 "
	kept files out.1
	assert_equal "$(cat out.* | sort -u | wc -l)" 1
	assert_equal "$(find files -type f | wc -l)" 3
}

# The selftest (-S), and a gpg that is another than it should be

# with_gpg SCRIPT COMMAND...: COMMAND, where gpg is this script; "" is none.
with_gpg() {
	local -a apart=(unshare --mount)
	[ "$(id -u)" = 0 ] || apart=(unshare --map-root-user --mount)
	"${apart[@]}" true 2>/dev/null || skip "no mounts of our own here"
	printf '#!/bin/bash\n%s\n' "$1" >gpg
	shift
	# shellcheck disable=SC2016
	"${apart[@]}" bash -e -c '
		if [ "$(wc -l <gpg)" -gt 1 ] && grep -q . <(sed 1d gpg); then
			mount -t tmpfs none /usr/local/bin
			install -m 755 gpg /usr/local/bin/gpg
		else
			for f in /usr/local/bin/gpg /usr/bin/gpg /bin/gpg; do
				[ ! -x "$f" ] || mount --bind /dev/null "$f"
			done
		fi
		exec "$@"' with_gpg "$@"
}

# The real gpg, with its status lines changed by a sed script.
liar() {
	cat <<-EOF
		prev=
		for a; do [ "\$prev" = --status-fd ] && fd=\$a; prev=\$a; done
		[ -z "\$fd" ] || eval "exec \$fd> >(sed -u '$1' >&\$fd)"
		exec /usr/bin/gpg "\$@"
	EOF
}

@test "the selftest tells in one line how many mails which gpg judged" {
	run -0 --separate-stderr vc-verify -S
	assert_output ""
	assert_regex "$stderr" '^vc-verify: selftest: [0-9]+ vectors, gpg 2\.[0-9.]+$'
	assert [ "$(grep -o '[0-9]* vectors' <<<"$stderr" | cut -d' ' -f1)" -ge 30 ]
	run -0 --separate-stderr vc-verify --selftest -q
	assert_output ""
	assert_equal "$stderr" ""
	run -64 --separate-stderr vc-verify -S mail
	assert_output ""
	assert_equal "$stderr" "vc-verify: option '-S' takes no mail; see vc-verify -h"
}

# bats test_tags=nosan
@test "the selftest has a folder of its own, starts gpg alone, and leaves nothing" {
	local dir
	VC_ROSTER=missing VC_KEYS=missing VC_HOME=missing run -0 strace -f -qq \
		-e trace=execve,mkdir,connect,unlink,rmdir -o trace \
		vc-verify -qS -l ledger
	assert_output ""
	assert_not_exist ledger
	assert_not_exist "$HOME/.gnupg"
	dir=$(grep -oE 'mkdir\("/tmp/vc[A-Za-z0-9]{6}", 0700\) += 0' trace |
		cut -d '"' -f 2)
	assert_regex "$dir" '^/tmp/vc[A-Za-z0-9]{6}$'
	assert_not_exist "$dir"
	run -0 bash -c "grep -o 'execve(\"[^\"]*\"' trace | sort -u | wc -l"
	assert_output 2
	# gpg looks for an agent when it imports, and there is none.
	run ! grep -E 'connect\(.*(= 0$|AF_INET)' trace
	# Also when it fails.
	run -66 --separate-stderr env VC_SHARE=/missing strace -f -qq \
		-e trace=mkdir -o trace vc-verify -S
	assert_equal "$stderr" "vc-verify: selftest: cannot open '/missing/gnupg/gpg.conf': No such file or directory"
	dir=$(grep -oE '/tmp/vc[A-Za-z0-9]{6}"' trace | head -n 1)
	assert_not_exist "${dir%\"}"
}

@test "a gpg that finds every signature good is found out" {
	local fpr
	fpr=$(key_fpr hitachi)
	run_out with_gpg "$(liar "s/BADSIG \\([0-9A-F]*\\) .*/GOODSIG \\1 x\\n[GNUPG:] VALIDSIG $fpr 2024-06-01 1717243200 0 4 0 22 10 00 $fpr/")" \
		vc-verify -qS
	assert_equal "$status $output" "69 "
	assert_equal "$(sed 's/gpg 2[0-9.]*/gpg/; s/, /\n/g' err)" \
		"vc-verify: selftest: gpg accepts 'clearsigned-changed'
accepts 'clearsigned-appended'
accepts 'clearsigned-emptied'
accepts 'mime-changed'
accepts 'mime-header-changed'
accepts 'signature-changed'
accepts 'signature-of-another-mail'"
}

@test "a gpg that knows no revocation and no end is found out" {
	run_out with_gpg "$(liar 's/\(REVKEYSIG\|EXPKEYSIG\|EXPSIG\)/GOODSIG/; /KEYREVOKED\|KEYEXPIRED\|SIGEXPIRED/d')" \
		vc-verify -S
	assert_equal "$status $output" "69 "
	assert_equal "$(sed 's/gpg 2[0-9.]*/gpg/; s/, /\n/g' err)" \
		"vc-verify: selftest: gpg accepts 'expired-key'
accepts 'expired-signature'
accepts 'revoked-key'"
}

@test "a gpg that finds good signatures bad, or gives out other words, is found out" {
	run_out with_gpg "$(liar 's/GOODSIG/BADSIG/; /VALIDSIG/d')" vc-verify -S
	assert_equal "$status $output" "69 "
	assert_regex "$stderr" "^vc-verify: selftest: gpg 2[0-9.]* refuses 'clearsigned', refuses 'mime', refuses 'subkey', refuses 'rsa', "
	# shellcheck disable=SC2016
	run_out with_gpg '/usr/bin/gpg "$@" | sed "s/are not/are/"' vc-verify -S
	assert_equal "$status $output" "69 "
	assert_equal "$(sed 's/gpg 2[0-9.]*/gpg/' err)" \
		"vc-verify: selftest: gpg misreads 'clearsigned', misreads 'rsa', misreads 'expired-since'"
	run_out with_gpg 'exit 2' vc-verify -S
	assert_equal "$status $output" "69 "
}

@test "without gpg a mail that is signed is 69, and so is the selftest" {
	sign_mime hitachi <text >mail
	mail_plain hitachi <text >plain
	run_out with_gpg '' vc-verify mail plain
	assert_equal "$status" 69
	assert_equal "$(jq -r '.type + " \(.code) \(.verdict)"' out)" \
		"reject 69 null
message null unsigned"
	assert_equal "$stderr" \
		"vc-verify: mail: gpg cannot be run: install GnuPG 2.2 or later"
	run_out with_gpg '' vc-verify -S
	assert_equal "$status $output" "69 "
	assert_equal "$stderr" \
		"vc-verify: selftest: gpg cannot be run: install GnuPG 2.2 or later"
}

# bats test_tags=nosan
@test "the vectors can be made again, octet for octet" {
	gpg --version | grep -q '^gpg (GnuPG) 2\.2' || skip "made by gpg 2.2"
	mkdir test lib
	cp -r "$VC_TOP/test/key" test
	sed '/^#define [KS]_/,/^\/\* end of made/{/end of made/!d;}' \
		"$VC_TOP/lib/vector.c" >lib/vector.c
	run ! cmp -s lib/vector.c "$VC_TOP/lib/vector.c"
	test/key/vectors 3>&-
	cmp lib/vector.c "$VC_TOP/lib/vector.c"
}
