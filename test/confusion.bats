load helper
load keys
load attack

# Signature confusions: real signatures around, beside and below other text. A
# row is what the mail is, the verdict, and how it is made. Whatever the
# verdict: no word of the attacker stands under `signed`, and what stands there
# is the vendor's text, whole.

vendors='hitachi fujitsu yamaha rsa3072 weak dsa revoked halfrevoked expired'

setup_file() {
	# shellcheck disable=SC2086
	key_store "$BATS_FILE_TMPDIR/keys" $vendors
	# shellcheck disable=SC2086
	roster_csv $vendors nec >"$BATS_FILE_TMPDIR/roster.csv"
	key_home centre >/dev/null
}

teardown_file() { stop_homes; }

prepare() {
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	VC_HOME=$(key_home centre)
	export VC_HOME
	attack_files
	mkdir m
	: >want
}

# row NAME VERDICT COMMAND...
row() {
	local n
	n=$(printf 'm/%03d.eml' "$(wc -l <want)")
	printf '%s\t%s\n' "$2" "$1" >>want
	"${@:3}" >"$n" || fail "$1: not made"
	[ -s "$n" ] || fail "$1: empty"
}

# All rows at once: the verdicts, and what stands under `signed`.
judge() {
	run_out vc-verify m/*.eml
	assert_equal "$stderr" ""
	assert_equal "$status" 1
	paste <(jq -r .verdict out) <(jq -r .why out) want |
		awk -F "\t" "\$1 != \$3" >differ
	cat differ
	assert [ ! -s differ ]
	jq -r 'select(.verdict != "signed" and (.signed or .vendor)) | .id' \
		out >leak
	jq -r 'select(.signed | tojson | test("EVIL")) | .id' out >>leak
	jq -r --rawfile text text 'select(.verdict == "signed") |
		select(.signed.text != $text) | .id' out >>leak
	while read -r id; do
		paste <(jq -r .id out) want | grep "^$id" || true
		jq -c --arg id "$id" 'select(.id == $id) | .signed' out
	done <leak
	assert [ ! -s leak ]
}

@test "clearsigned: around, inside and beside the frame" {
	row 'as it should be' signed body_of frame
	row 'blank lines around it' signed body_of blank frame blank
	row 'text before it' partial body_of evil frame
	row 'text after it' partial body_of frame evil
	row 'text around it' partial body_of evil frame evil
	row 'text before it, far away' partial body_of evil blank blank frame
	row 'two frames' partial body_of frame frame
	sign_clear attacker <evil >theirs
	row "the attacker's frame behind" partial body_of frame theirs
	row "the attacker's frame before" partial body_of theirs frame
	{ cat frame; cat evil; } | sign_clear attacker >around
	row "a frame in the attacker's frame" unknown-key body_of around
	sed -n '/BEGIN PGP SIGN.*RE/,$p' frame >bare
	row 'a bare signature after text' partial body_of text bare
	row 'a frame that is quoted' unsigned framed 's/^/> /'
	row 'text in the line of BEGIN' partial framed '1s/$/ EVIL/'
	row 'text before BEGIN in its line' partial framed '1s/^/EVIL /'
	row 'text in the line of END' partial framed '$s/$/ EVIL/'
	row 'a header that is a text' partial framed '2s/$/\nEVIL/'
	row 'a header NotDashEscaped' partial framed '2s/$/\nNotDashEscaped: EVIL/'
	row 'a header Comment' partial framed '2s/$/\nComment: EVIL/'
	row 'a header Charset' partial framed '2s/$/\nCharset: EVIL/'
	row 'a header Hash with more' unsupported framed '2s/$/ EVIL/'
	row 'a header Hash that lies' unsupported framed '2s/512/256/'
	row 'no header Hash' unsupported framed 2d
	row 'a tab for the empty line' bad framed '3s/^/\t\nEVIL/'
	row 'a form feed for the empty line' partial framed '3s/^/\f\nEVIL/'
	row 'a form feed that ends a line' malformed framed '/^affected/s/$/\fEVIL/'
	row 'a form feed and a line' malformed framed '/^affected/s/$/\f\nEVIL/'
	row 'a vertical tab' malformed framed '/^affected/s/$/\vEVIL/'
	row 'a bare CR' malformed framed '/^affected/s/$/\rEVIL/'
	row 'an ESC' malformed framed '/^affected/s/$/\x1b[8m/'
	row 'a NUL' malformed framed '/^affected/s/$/\x00EVIL/'
	row 'a line of 20,000 octets' toolarge \
		framed "/^affected/s/\$/$(printf '%020000d' 0)/"
	row 'a line of 1,000 octets' malformed \
		framed "/^affected/s/\$/$(printf '%01000d' 0)/"
	row 'blanks at the end of a line' signed framed '/^affected/s/$/  \t/'
	row 'a dash that is not escaped' partial framed '/^affected/s/^/-EVIL\n/'
	row 'a line of dashes' partial framed '/^affected/s/^/-----\n/'
	row 'an END in the text' partial \
		framed '/^affected/s/^/-----END PGP SIGNED MESSAGE-----\n/'
	row 'a second SIGNATURE in the text' partial \
		framed '/^affected/s/^/-----BEGIN PGP SIGNATURE-----\n/'
	row 'an escaped line more' bad framed '/^affected/s/^/- EVIL\n/'
	row 'an empty line more' bad framed '/^affected/s/^/\n/'
	row 'an empty line more at the end' bad \
		framed '/BEGIN PGP SIGNATURE/s/^/\n/'
	row 'a line less' bad framed '/^affected/d'
	row 'without its signature' partial framed '/BEGIN PGP SIGNATURE/,$d'
	row 'without its END' partial framed '$d'
	row 'with a Comment in the signature' signed \
		framed '/BEGIN PGP SIGNATURE/s/$/\nComment: EVIL/'
	row 'with a field of nobody in it' malformed \
		framed '/BEGIN PGP SIGNATURE/s/$/\nX-Text: EVIL/'
	row 'a wrong checksum' malformed framed 's/^=....$/=AAAA/'
	local i
	for i in 1 12 123; do
		row "no checksum, $i" signed without_sum signed_by clear hitachi \
			--sig-policy-url "http://x.example/$i"
	done
	row 'a damaged signature' malformed framed '$!s/^\(i...\)./\1!/'
	judge
}

@test "clearsigned: what the header of the mail says about it" {
	row 'in base64' signed encoded_as base64 '' base64
	row 'in quoted-printable' signed encoded_as quoted-printable '' qp
	row 'in uuencode' signed encoded_as x-uuencode '' cat
	row 'as HTML' partial encoded_as 8bit 'text/html; charset=UTF-8' cat
	row 'as format=flowed' signed \
		encoded_as 8bit 'text/plain; charset=UTF-8; format=flowed; delsp=yes' cat
	row 'as UTF-16' unsigned encoded_as base64 'text/plain; charset=UTF-16' utf16
	row 'as an octet-stream' unsigned encoded_as 8bit application/octet-stream cat
	row 'as application/pgp' partial encoded_as 8bit application/pgp cat
	row 'labelled UTF-7' signed relabelled UTF-7
	row 'labelled UTF-16' signed relabelled UTF-16LE
	row 'labelled ISO-8859-1' signed relabelled ISO-8859-1
	row 'labelled Shift_JIS' signed relabelled Shift_JIS
	row 'labelled EUC-JP' signed relabelled EUC-JP
	row 'labelled ISO-2022-JP' signed relabelled ISO-2022-JP
	row 'labelled US-ASCII' signed relabelled US-ASCII
	row 'labelled by an attacker' signed relabelled '"EVIL//TRANSLIT"'
	row 'not labelled' signed encoded_as 8bit text/plain cat
	row 'with a BOM before it' partial framed '1s/^/\xef\xbb\xbf/'
	row 'with two Content-Types' malformed \
		encoded_as 8bit $'text/plain\nContent-Type: text/html' cat
	row 'with a charset twice' malformed \
		encoded_as 8bit 'text/plain; charset=utf-8; charset=utf-7' cat
	row 'marked as an attachment' signed \
		encoded_as 8bit $'text/plain; charset=UTF-8\nContent-Disposition: attachment; filename=EVIL' cat
	{
		printf 'Content-Type: text/plain; charset=UTF-8\n\n'
		cat frame
	} >part
	row 'as part of a mail' partial parts_of mixed part
	row 'with a part before' partial parts_of mixed evil part
	row 'with a part behind' partial parts_of mixed part evil
	row 'with HTML beside it' partial parts_of alternative part html
	row 'below HTML that shows it by its id' partial parts_of related html part
	judge
	assert_equal "$(jq -c 'select(.verdict == "signed" and .attachment)' out)" ""
}

@test "PGP/MIME: parts around, inside and beside the signed one" {
	sed -n '/^--vc-signed$/,/^--vc-signed$/p' mime | sed '1d;$d' >entity
	row 'as it should be' signed mimed ''
	{
		printf "Content-Disposition: attachment\n"
		cat mime
	} >attached
	row 'with CRLF' signed mimed 's/$/\r/'
	row 'text before the first part' signed mimed '0,/^--vc-signed/s//EVIL\n&/'
	row 'text after the last part' partial mimed '$s/$/\nEVIL/'
	row 'a blank line after the last part' signed mimed '$s/$/\n\n/'
	row 'a footer of a mailing list' partial parts_of mixed mime evil
	row 'a part before' partial parts_of mixed evil mime
	row 'parts around' partial parts_of mixed evil mime evil
	row 'alone in a mixed' partial parts_of mixed mime
	row 'an HTML part that hides it' partial parts_of related html mime
	row 'HTML instead of it' partial parts_of alternative mime html
	row 'as an attachment of another text' partial parts_of mixed evil attached
	row 'three parts' partial \
		mimed '$s/.*/--vc-signed\nContent-Type: text\/plain\n\nEVIL\n&/'
	row 'a third part between' partial \
		mimed '/^Content-Type: application.pgp-s/s/^/Content-Type: text\/plain\n\nEVIL\n--vc-signed\n/'
	row 'only the signature' partial mimed '/^--vc-signed/,/^--vc-signed/d'
	row 'no end' partial mimed '$d'
	row 'parts in the other order' partial swapped
	row 'a signature that calls itself text' partial \
		mimed 's/^Content-Type: application.pgp-s[a-z]*/Content-Type: text\/plain/'
	row 'a protocol that lies' partial mimed 's/protocol="[^"]*"/protocol="EVIL"/'
	row 'a protocol of S/MIME' partial \
		mimed 's/protocol="[^"]*"/protocol="application\/pkcs7-signature"/'
	row 'no protocol' signed mimed '/protocol=/s/protocol="[^"]*"; //'
	row 'a micalg that lies' signed mimed 's/micalg=[^;]*/micalg=pgp-md5/'
	row 'no micalg' signed mimed 's/micalg=[^;]*;//'
	row 'the whole in base64' partial \
		mimed '1s/^/Content-Transfer-Encoding: base64\n/'
	row 'two Content-Types' malformed mimed '1s/^/Content-Type: text\/plain\n/'
	row 'a boundary twice' malformed mimed 's/boundary=/boundary=EVIL; &/'
	row 'a boundary in segments' malformed mimed 's/boundary=/boundary*0=/'
	row 'a boundary in a comment' signed mimed 's/boundary=/(boundary=EVIL) &/'
	row 'a boundary that is another' partial \
		mimed '0,/boundary="vc-signed"/s//boundary="vc-signe"/'
	row 'a delimiter with blanks behind' signed mimed 's/^--vc-signed$/& \t/'
	row 'a delimiter with text behind' partial mimed '$s/$/EVIL/'
	row 'an end in the middle' partial mimed '/^affected/s/^/--vc-signed--\n/'
	row 'a delimiter in the middle' malformed mimed '/^affected/s/^/--vc-signed\n/'
	row 'a boundary inside that begins like it' bad \
		mimed '/^affected/s/^/--vc-signed-EVIL\n/'
	row 'a type that is folded' signed \
		mimed 's/^Content-Type: multipart/Content-Type:\n multipart/'
	row 'a type with a comment' signed \
		mimed 's/^Content-Type: multipart/Content-Type: (EVIL) multipart/'
	row 'a type in upper case' signed \
		mimed 's/^Content-Type: multipart.signed/CONTENT-TYPE : MULTIPART\/SIGNED/'
	row 'a folded line of blanks in the header' signed \
		mimed 's/^Content-Type: multipart/ \n&/'
	row 'a header line without a name' malformed mimed '2s/^/EVIL\n/'
	row 'a bare CR in the header' malformed \
		mimed 's/^Subject: /Subject: x\rFrom: evil@evil.example\r/'
	row 'a bare CR for the empty line' malformed mimed '2s/$/\r\rEVIL/'
	row 'a text that is changed' bad mimed '/^affected/s/yes/no/'
	row 'a line more' bad mimed '/^affected/s/^/EVIL\n/'
	row 'a bare CR in it' malformed mimed '/^affected/s/ / \r/'
	row 'a CR more at a line end' malformed mimed '/^affected/s/$/\r\r/'
	row 'blanks at a line end' bad mimed '/^affected/s/$/ /'
	row 'another charset' bad mimed '/charset=UTF-8/s/UTF-8/UTF-7/'
	row 'another type' bad mimed 's/^Content-Type: text.plain/Content-Type: text\/html/'
	row 'a field more in the signed part' bad \
		mimed 's/^Content-Type: text.plain/Content-Disposition: attachment\n&/'
	row 'a part that is not read with it' bad other_part
	row 'a clearsigned part in it' malformed framed_parts
	judge
}

# The signature of the one text stands under another.
other_part() {
	text_entity <evil | sign_entity attacker >theirs
	sed -n '/BEGIN PGP SIG/,/END PGP SIG/p' mime >sig.asc
	head_of
	sed '/BEGIN PGP SIG/,$d' theirs
	cat sig.asc
	printf '%s\n' --vc-signed--
}
swapped() {
	head_of
	sed '/^--vc-signed$/q' mime
	sed -n '/^Content-Type: application.pgp-s/,/END PGP/p' mime
	echo --vc-signed
	cat entity
	echo --vc-signed--
}
# A clearsigned text where the signed part should be.
framed_parts() {
	head_of
	sed '/^--vc-signed$/q' mime
	printf 'Content-Type: text/plain\n\n'
	cat frame
	printf '%s\n' --vc-signed 'Content-Type: application/pgp-signature' '' \
		EVIL --vc-signed--
}

@test "PGP/MIME: the signature part" {
	row 'in base64' signed signature_as base64 base64
	row 'in quoted-printable' signed signature_as quoted-printable qp
	row 'binary in base64' signed signature_as base64 binary
	row 'two by the vendor' ambiguous signatures hitachi hitachi
	row 'good and bad' ambiguous signatures hitachi hitachi!
	row 'bad and good' ambiguous signatures hitachi! hitachi
	row "good and another vendor's" ambiguous signatures hitachi fujitsu
	row "another vendor's and good" ambiguous signatures fujitsu hitachi
	row "good and the attacker's" ambiguous signatures hitachi attacker
	row 'of 16 packets' ambiguous many_signatures 16
	row 'of 17 packets' toolarge many_signatures 17
	row 'of 2,000 packets' toolarge many_signatures 2000
	cat sig.asc sig.asc >twice.asc
	row 'two blocks' malformed mimed_with twice.asc
	{ echo EVIL; cat sig.asc; } >text.asc
	row 'with text before it' malformed mimed_with text.asc
	armor SIGNATURE <lit >lit.asc
	row 'that is a literal' malformed mimed_with lit.asc
	cat ops lit sig | armor SIGNATURE >opaque.asc
	row 'that is a signed message' malformed mimed_with opaque.asc
	{ gpg --dearmor <"$KEY_DIR/attacker.asc"; gpg --dearmor <sig.asc; } |
		armor SIGNATURE >key.asc
	row 'with a key before it' malformed mimed_with key.asc
	row 'of nothing' malformed mimed_with /dev/null
	local i
	for i in 1 12 123; do
		row "without a checksum, $i" signed without_sum signed_by mime \
			hitachi --sig-policy-url "http://x.example/$i"
	done
	certification >cert.asc
	row 'that is a certification of the key' unsupported mimed_with cert.asc
	sign_clear hitachi <text | sed -n '/BEGIN PGP SIGNATURE/,$p' >clear.asc
	row 'of a clearsigned text' bad mimed_with clear.asc
	judge
}

many_signatures() {
	local i
	gpg --dearmor <sig.asc >one
	for ((i = 0; i < $1; i++)); do cat one; done | armor SIGNATURE >many.asc
	mimed_with many.asc
}
# The self-signature out of the vendor's key.
certification() {
	mkdir key
	gpg --dearmor <"$KEY_DIR/hitachi.asc" | gpgsplit -p key/
	cat key/*-002.sig | head -c "$(stat -c %s key/000003-002.sig)" |
		armor SIGNATURE
}

@test "encryption: what is inside and beside it" {
	text_entity <text | crlf >wire
	split_signed fujitsu <text
	cp sig sig.other
	cp ops ops.other
	split_signed hitachi <text
	printf 'EVIL' | packet 60 >private
	printf 'PGP' | packet 10 >marker
	printf 'EVIL <e@evil.example>' | packet 13 >uid
	evil_key
	row 'signed and encrypted' signed sealed ops lit sig
	row 'the signature before the text' signed sealed sig lit
	row 'in a ZIP' signed sealed_in zip ops lit sig
	row 'in a ZLIB' signed sealed_in zlib ops lit sig
	row 'in a BZIP2' signed sealed_in bz2 ops lit sig
	row 'compressed twice' malformed sealed_in 'zip zlib' ops lit sig
	row 'not signed' unsigned sealed lit
	row 'an announced signature is missing' malformed sealed ops lit
	row 'a signature that was not announced' malformed sealed lit sig
	row 'a text before' malformed sealed evil.lit ops lit sig
	row 'a text behind' malformed sealed ops lit sig evil.lit
	row 'a text before the text' malformed sealed ops evil.lit lit sig
	row 'a text behind the text' malformed sealed ops lit evil.lit sig
	row 'a text before a signature' malformed sealed evil.lit sig lit
	row 'only another text' bad sealed ops evil.lit sig
	row 'the message twice' malformed sealed ops lit sig ops lit sig
	row 'a key behind' malformed sealed ops lit sig evil.key
	row 'a key before' malformed sealed evil.key ops lit sig
	row 'a key behind, in a ZIP' malformed sealed_in zip ops lit sig evil.key
	row 'a user id behind' malformed sealed ops lit sig uid
	row 'a marker before' malformed sealed marker ops lit sig
	row 'a private packet behind' malformed sealed ops lit sig private
	row 'only a key' malformed sealed evil.key
	row 'nothing' malformed sealed /dev/null
	zip <lit >lit.zip
	zip <evil.lit >evil.zip
	row 'a compressed text behind' malformed sealed ops lit sig evil.zip
	row 'a compressed text before' malformed sealed evil.zip ops lit sig
	row 'two signatures' ambiguous sealed ops ops.other lit sig.other sig
	row 'two signatures, in a ZIP' ambiguous \
		sealed_in zip ops ops.other lit sig.other sig
	row 'two signatures before the text' ambiguous sealed sig sig.other lit
	cat ops lit sig | seal_packets centre --no-armor >inside
	row 'encrypted twice' malformed sealed inside
	cat ops lit sig | seal_packets fujitsu --no-armor >foreign
	row 'encrypted for another inside' malformed sealed foreign
	row 'encrypted for another' unsupported sealed_for fujitsu ops lit sig
	row 'two encrypted messages' partial body_of sealed.asc sealed.asc
	row 'text before it' partial body_of evil sealed.asc
	row 'text behind it' partial body_of sealed.asc evil
	local i
	for i in 1 12 123; do
		{ cat frame; echo "${i//[0-9]/ }"; } | literal >cleartext
		row "without a checksum, $i" signed without_sum sealed cleartext
	done
	row 'two in one armor' malformed armored_pair
	row 'a packet behind it' malformed armored_with evil.lit
	row 'a changed octet' malformed tampered 200
	row 'a changed octet near the end' malformed tampered 20
	row 'a truncated one' malformed truncated
	row 'no protection against changes' malformed unprotected
	row 'a protection that was taken away' malformed downgraded
	row 'with a password' unsupported symmetric
	row 'with a key and a password' unsupported symmetric \
		--recipient-file "$KEY_DIR/centre.asc" --encrypt
	row 'signed, not encrypted' malformed opaque ops lit sig
	row 'neither' malformed opaque lit
	row 'neither, and compressed' malformed opaque evil.zip
	judge
}

sealed_in() {
	local how=$1 f
	shift
	cat "$@" >bare
	for f in $how; do
		"$f" <bare >bare.2
		mv bare.2 bare
	done
	sealed bare
}
# A public key whose user id is a text.
evil_key() {
	local home
	home=$(short_home)
	gpg --homedir "$home" --batch --quiet --pinentry-mode loopback \
		--passphrase '' --quick-gen-key 'EVIL affected: no' ed25519 \
		sign never 2>/dev/null 3>&-
	gpg --homedir "$home" --batch --export >evil.key
	cat ops lit sig | seal_packets centre >sealed.asc
}
opaque() {
	plain_head
	cat "$@" | armor MESSAGE
}
armored_pair() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor >one
	cat one one | armor MESSAGE
}
armored_with() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor | cat - "$1" |
		armor MESSAGE
}
tampered() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor |
		perl -e 'local $/; $_ = <STDIN>; substr($_, -$ARGV[0], 1) ^= "\1";
			print' "$1" | armor MESSAGE
}
truncated() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor | head -c -30 |
		armor MESSAGE
}
unprotected() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor --disable-mdc --rfc2440 \
		>one || seal_old >one
	armor MESSAGE <one
}
# The packet of type 18 becomes one of type 9 (without its version octet).
downgraded() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor >one
	perl -e 'local $/; $_ = <STDIN>; my $n = unpack "C", substr $_, 1, 1;
		my $k = substr $_, 0, 2 + $n; my $b = substr $_, 2 + $n;
		my ($h) = $b =~ /^(\xd2(?:[\x00-\xbf]|[\xc0-\xdf].|\xff.{4}))/s or die;
		$b = substr $b, 1 + length $h;
		print $k, pack("CCN", 0xC0 | 9, 255, length $b), $b' <one |
		armor MESSAGE
}
symmetric() {
	plain_head
	cat ops lit sig | as nobody --trust-model always -z 0 --no-literal \
		--passphrase x --symmetric "$@"
}

@test "encryption: PGP/MIME" {
	text_entity <text | crlf >wire
	row 'signed and encrypted' signed enveloped encrypt_entity centre hitachi
	row 'not signed' unsigned enveloped encrypt_entity centre
	row 'by the attacker' unknown-key enveloped encrypt_entity centre attacker
	row 'by another vendor' mismatch enveloped encrypt_entity centre fujitsu
	row 'PGP/MIME inside' signed enveloped inside cat mime
	row 'clearsigned inside' signed enveloped inside body_of frame
	row 'text behind the clearsigned inside' partial \
		enveloped inside body_of frame evil
	row 'a footer inside' partial enveloped inside parts_of mixed mime evil
	row 'PGP/MIME without an end inside' partial enveloped inside sed '$d' mime
	row 'something malformed inside' malformed enveloped inside sed 's/^/\x00/' mime
	row 'encrypted again inside' unsupported \
		enveloped inside encrypt_entity centre hitachi
	row 'a From inside' unknown-key inner_from
	row 'three parts' partial sealed_mime '$s/.*/--vc-sealed\n\nEVIL\n&/'
	row 'text behind it' partial sealed_mime '$s/$/\nEVIL/'
	row 'in a mixed, below HTML' partial parts_of mixed html sealed.part
	row 'no Version part' partial sealed_mime \
		's/^Content-Type: application.pgp-enc.*/Content-Type: text\/plain/'
	row 'its part calls itself text' partial sealed_mime \
		's/application.octet-stream/text\/plain/'
	row 'a protocol that lies' partial sealed_mime 's/protocol="[^"]*/&EVIL/'
	row 'a boundary that is used inside' signed used_boundary
	judge
}

enveloped() {
	head_of
	"$@" <wire
}
inside() { "$@" | crlf | encrypt_entity centre; }
sealed_mime() {
	enveloped encrypt_entity centre hitachi >sealed.part
	sed "$@" sealed.part
}
# The attacker's From outside, the vendor's inside.
inner_from() {
	echo evil@evil.example >from
	{
		echo 'From: psirt@hitachi.example'
		cat mime
	} >inner
	enveloped inside cat inner
	echo psirt@hitachi.example >from
}
used_boundary() {
	sed 's/vc-signed/vc-sealed/g' mime >inner
	enveloped inside cat inner
}

@test "keys, algorithms and times" {
	row "the attacker's key, with the vendor's name" unknown-key \
		signed_by mime attacker
	row "the attacker's key, clearsigned" unknown-key signed_by clear attacker
	row "another vendor's key" mismatch signed_by mime fujitsu
	row 'a vendor without a key in the store' unknown-key own mime nec
	row 'a subkey' signed own mime yamaha
	row 'RSA-3072' signed own clear rsa3072
	row 'RSA-1024' weak own clear weak
	row 'DSA-2048' weak own clear dsa
	row 'an expired key' expired \
		signed_at 20240601T120000 own mime expired
	row 'a revoked key' revoked own mime revoked
	row 'a revoked subkey' revoked own mime halfrevoked
	row 'an expired signature' expired signed_at 20240601T120000 \
		signed_by mime hitachi --default-sig-expire 1d
	row 'a signature that will expire' signed \
		signed_by mime hitachi --default-sig-expire 1d
	row 'SHA-1' weak signed_by mime hitachi --digest-algo SHA1
	row 'SHA-1, clearsigned' weak signed_by clear hitachi --digest-algo SHA1
	row 'SHA-224' weak own mime rsa3072 --digest-algo SHA224
	row 'RIPEMD-160' weak signed_by mime hitachi --digest-algo RIPEMD160
	row 'MD5' weak own mime rsa3072 --digest-algo MD5 --allow-weak-digest-algos
	row 'SHA-256' signed signed_by mime hitachi --digest-algo SHA256
	row 'SHA-384' signed signed_by mime hitachi --digest-algo SHA384
	row 'over text, not octets' signed signed_by mime hitachi --textmode
	row 'with a notation' signed signed_by mime hitachi \
		--sig-notation 'evil@evil.example=EVIL' \
		--sig-policy-url 'http://evil.example/EVIL'
	row 'with a critical notation' bad signed_by mime hitachi \
		--sig-notation '!evil@evil.example=EVIL'
	row 'from tomorrow' future \
		signed_at "$(date -d tomorrow +%Y%m%dT%H%M%S)" signed_by mime hitachi
	row 'from a year ago' replay \
		signed_at "$(date -d '1 year ago' +%Y%m%dT%H%M%S)" signed_by mime hitachi
	row 'from 15 days ago' replay \
		signed_at "$(date -d '15 days ago' +%Y%m%dT%H%M%S)" signed_by clear hitachi
	row 'of version 3' weak v3_mime
	row 'of version 2' weak v3_mime 2
	row 'of version 3, inside the encryption' weak v3_sealed
	row 'a key in the mail' unknown-key with_key_attached
	row 'a key in the text' partial with_key_in_text
	row 'a key of Autocrypt' unknown-key with_autocrypt
	judge
}

v3_mime() {
	key_address rsa3072 >from
	text_entity <text | crlf | signature_v3 "$@" | armor SIGNATURE >v3.asc
	mimed_with v3.asc
}
v3_sealed() {
	signature_v3 <text >v3
	literal <text >v3.lit
	sealed v3 v3.lit
	echo psirt@hitachi.example >from
}
with_key_attached() {
	{
		printf 'Content-Type: multipart/mixed; boundary=keys\n\n--keys\n'
		text_entity <text
		printf '\n--keys\nContent-Type: application/pgp-keys\n\n'
		cat "$KEY_DIR/attacker.asc"
		printf '\n--keys--\n'
	} >entity
	head_of
	sign_entity attacker <entity
}
with_key_in_text() {
	sign_clear attacker <text >theirs
	body_of "$KEY_DIR/attacker.asc" theirs
}
with_autocrypt() {
	head_of "Autocrypt: addr=psirt@hitachi.example; prefer-encrypt=mutual; keydata=$(
		gpg --dearmor <"$KEY_DIR/attacker.asc" | base64 -w 60 | sed 's/^/ /')"
	text_entity <text | sign_entity attacker
}

@test "the author" {
	local at=psirt@hitachi.example
	row 'an address' signed from_shape "From: $at"
	row 'in angles' signed from_shape "From: <$at>"
	row 'with a name' signed from_shape "From: PSIRT <$at>"
	row 'with a quoted name' signed from_shape "From: \"PSIRT, Hitachi\" <$at>"
	row 'with an encoded name' signed from_shape \
		"From: =?UTF-8?B?5pel56uL?= <$at>"
	row 'with a comment' signed from_shape "From: $at (PSIRT)"
	row 'folded' signed from_shape "From: PSIRT\n <$at>"
	row 'the domain in upper case' signed from_shape 'From: psirt@HITACHI.Example'
	row 'the local part in upper case' unknown-key \
		from_shape 'From: PSIRT@hitachi.example'
	row 'From in lower case' signed from_shape "from: $at"
	row 'From with a blank before its colon' signed from_shape "From : $at"
	row 'two From' ambiguous-from from_shape "From: $at" 'From: e@evil.example'
	row 'two From, the other first' ambiguous-from \
		from_shape 'From: e@evil.example' "From: $at"
	row 'the same From twice' ambiguous-from from_shape "From: $at" "From: $at"
	row 'two From, one with a blank' ambiguous-from \
		from_shape 'From: e@evil.example' "From : $at"
	row 'two mailboxes' ambiguous-from from_shape "From: $at, e@evil.example"
	row 'two mailboxes, the other first' ambiguous-from \
		from_shape "From: e@evil.example, $at"
	row 'two mailboxes by a semicolon' ambiguous-from \
		from_shape "From: $at; e@evil.example"
	row 'two in angles' bad-from from_shape "From: <e@evil.example> <$at>"
	row 'a group' ambiguous-from from_shape "From: PSIRT: $at;"
	row 'an empty group' ambiguous-from from_shape 'From: undisclosed:;'
	row 'no From' ambiguous-from from_shape 'X-From: x'
	row 'an empty From' bad-from from_shape 'From:'
	row 'empty angles' bad-from from_shape 'From: <>'
	row 'only a Sender' ambiguous-from from_shape "Sender: $at"
	row 'only a Resent-From' ambiguous-from from_shape "Resent-From: $at"
	row 'a Resent-From beside' signed \
		from_shape "From: $at" 'Resent-From: e@evil.example'
	row "the attacker's, and the vendor's as Sender" unknown-key \
		from_shape 'From: e@evil.example' "Sender: $at" "Reply-To: $at"
	row 'another, with the address as its name' unknown-key \
		from_shape "From: \"$at\" <e@evil.example>"
	row 'another, with the address as its bare name' bad-from \
		from_shape "From: $at <e@evil.example>"
	row 'another, with the address as its comment' unknown-key \
		from_shape "From: e@evil.example ($at)"
	row 'another, with the address as its encoded name' unknown-key \
		from_shape 'From: =?utf-8?q?psirt=40hitachi=2Eexample?= <e@evil.example>'
	row 'an encoded address' bad-from \
		from_shape 'From: =?utf-8?q?psirt=40hitachi=2Eexample?='
	row 'encoded angles' unknown-key from_shape \
		"From: =?utf-8?q?=3Cpsirt=40hitachi=2Eexample=3E?= <e@evil.example>"
	row 'an encoded local part' unknown-key \
		from_shape 'From: <=?utf-8?q?psirt?=@hitachi.example>'
	row 'a domain that begins so' unknown-key \
		from_shape "From: $at.evil.example"
	row 'a domain that ends so' unknown-key \
		from_shape 'From: psirt@evil-hitachi.example'
	row 'a domain below' unknown-key from_shape 'From: psirt@x.hitachi.example'
	row 'a domain with a dot at its end' bad-from from_shape "From: $at."
	row 'a domain of look-alike letters' bad-from \
		from_shape 'From: psirt@hit\xd0\xb0chi.example'
	row 'a domain in punycode' unknown-key \
		from_shape 'From: psirt@xn--hitchi-7fg.example'
	row 'full-width' bad-from from_shape 'From: psirt＠hitachi.example'
	row 'a quoted local part' bad-from from_shape 'From: "psirt"@hitachi.example'
	row 'a local part with a comment' bad-from \
		from_shape 'From: psirt(x)@hitachi.example'
	row 'a domain with a comment' bad-from \
		from_shape 'From: psirt@hitachi(x).example'
	row 'a comment with the angles' unknown-key \
		from_shape "From: e@evil.example (<$at>)"
	row 'a comment that is open' bad-from from_shape "From: $at (x"
	row 'a comment with a quote' signed from_shape "From: $at (\")"
	row 'a quoted name with a comment' signed from_shape "From: \"(\" <$at>"
	row 'a quote that is open' bad-from from_shape "From: \"x <$at>"
	row 'a backslash before the quote' unknown-key \
		from_shape "From: \"x\\\\\\\\\" <e@evil.example> (\\\\\" <$at>)"
	row 'a route' ambiguous-from from_shape "From: <@evil.example:$at>"
	row 'a route by percent' bad-from \
		from_shape 'From: psirt%hitachi.example'
	row 'a bang path' bad-from from_shape 'From: evil!psirt@hitachi.example!'
	row 'a domain literal' bad-from from_shape 'From: psirt@[192.0.2.1]'
	row 'two @' bad-from from_shape "From: e@$at"
	row 'a NUL behind' malformed from_shape "From: $at\\0.evil.example"
	row 'an 8-bit octet' bad-from from_shape "From: $at\\xff"
	row 'a bare CR' malformed from_shape "From: $at\\rX: e@evil.example"
	row 'text behind the angles' bad-from from_shape "From: <$at> EVIL"
	row 'text behind the address' bad-from from_shape "From: $at EVIL"
	row 'a blank in the address' bad-from from_shape 'From: psirt @hitachi.example'
	row 'a fold in the address' bad-from from_shape 'From: psirt@hitachi\n .example'
	row 'a mbox line that names another' signed \
		from_shape 'From e@evil.example Sat Nov 21 00:00:00 2026' "From: $at"
	judge
}

@test "a signed mail that is passed on" {
	# Of another time, another way, another author.
	signed_at 20260101T120000 signed_by mime hitachi >old
	mimed '' >new
	{
		printf "Content-Type: message/rfc822\n\n"
		cat new
	} >rfc822
	row 'an old one, resent' replay cat old
	row 'an old one, under a new Date' replay \
		sed "s/^Date: .*/Date: $(date -R -u)/" old
	row 'a new one, resent' signed sed '1s/^/Resent-From: e@evil.example\n/' new
	row "under the attacker's From" unknown-key \
		sed 's/^From: .*/From: e@evil.example/' new
	row "under another vendor's From" mismatch \
		sed 's/^From: .*/From: psirt@fujitsu.example/' new
	row 'attached' partial parts_of mixed evil rfc822
	row 'as the one part' partial forwarded
	row "inside the attacker's signature" unknown-key forwarded_signed
	row 'two mails, one behind the other' partial concatenated
	row 'with a mail before it' partial before
	judge
}

forwarded() {
	head_of 'Content-Type: message/rfc822' ''
	cat new
}
forwarded_signed() {
	{
		printf 'Content-Type: message/rfc822\n\n'
		sed "s/vc-signed/vc-inner/" new
	} >entity
	head_of
	sign_entity attacker <entity
}
concatenated() { cat new new; }
before() {
	plain_head
	cat evil
	echo
	cat new
}
