# shellcheck shell=bash
# Mails that are not what they seem. Needs `load keys`. Each function writes one
# mail on stdout. What vendor hitachi signs is the file `text`, what the
# attacker wants to have read is the file `evil`: it has the word EVIL in every
# line. `from` has the From of every mail.

# attack_files: `text` and `evil`, and from them, signed by hitachi: `frame`
# (clearsigned), `mime` (Content-Type and body of a multipart/signed), `ops`,
# `lit` and `sig` (the packets of a signed message).
attack_files() {
	printf '%s\n' 'affected: yes' '- a dash' '--' 'こんにちは' >text
	printf '%s\n' 'EVIL affected: no' 'EVIL こ' >evil
	echo psirt@hitachi.example >from
	sign_clear hitachi <text >frame
	text_entity <text | sign_entity hitachi >mime
	split_signed hitachi <text
	literal <evil >evil.lit
}

# A header, to be ended by an empty line; a plain one; a whole plain mail.
head_of() { mail_head "$(cat from)" "$@"; }
plain_head() {
	head_of 'Content-Type: text/plain; charset=UTF-8' \
		'Content-Transfer-Encoding: 8bit' "$@" ''
}
evil_part() { printf 'Content-Type: %s\n\n' "${1:-text/plain}"; cat evil; }
boundary() { printf '\n--%s\n' "$1"; }
mixed() { head_of "Content-Type: multipart/${1:-mixed}; boundary=outer" ''; }

# Text in the order of the words: frame evil text blank and other files.
body_of() {
	plain_head
	local f
	for f; do
		if [ "$f" = blank ]; then echo; else cat "$f"; fi
	done
}
# The same for the parts of a multipart/KIND, each a file with its header.
parts_of() {
	local kind=$1 f
	shift
	mixed "$kind"
	for f; do
		boundary outer
		case $f in
		evil) evil_part ;;
		html) evil_part text/html ;;
		*) cat "$f" ;;
		esac
	done
	printf '\n--outer--\n'
}
# The frame, changed by sed; the PGP/MIME mail, changed by sed.
framed() {
	plain_head
	sed "$@" frame
}
mimed() {
	{
		head_of
		cat mime
	} | sed "$@"
}
# The mail of a kind (clear, mime) by NAME with options of gpg.
signed_by() {
	local kind=$1 name=$2
	shift 2
	if [ "$kind" = clear ]; then
		plain_head
		sign_clear "$name" "$@" <text
	else
		head_of
		text_entity <text | sign_entity "$name" "$@"
	fi
}
# The same from the address of NAME itself.
own() {
	local kind=$1 name=$2
	key_address "$name" >from
	shift 2
	signed_by "$kind" "$name" "$@"
	echo psirt@hitachi.example >from
}
signed_at() {
	local at=$1
	shift
	KEY_TIME=$at "$@"
}
# A detached signature of many: each argument NAME or NAME! (over the evil).
signatures() {
	local name home one=
	text_entity <text | crlf >wire
	text_entity <evil | crlf >wire.evil
	: >many
	for name; do
		case $name in
		*!) as "${name%!}" --detach-sign <wire.evil ;;
		*) as "$name" --detach-sign <wire ;;
		esac | gpg --dearmor >>many
	done
	armor SIGNATURE <many >many.asc
	mimed_with many.asc
}
# The PGP/MIME mail with another signature block.
mimed_with() {
	mimed '' | sig=$1 awk '
		/BEGIN PGP SIG/ { while ((getline l <ENVIRON["sig"]) > 0) print l; s = 1 }
		!s; /END PGP SIG/ { s = 0 }'
}
# The signature part of the PGP/MIME mail, its body encoded.
signature_as() {
	mimed '' | sed '/^Content-Type: application.pgp-signature/q' | sed '$d'
	printf '%s\n' "Content-Type: application/pgp-signature" \
		"Content-Transfer-Encoding: $1" ''
	sed -n '/BEGIN PGP SIG/,/END PGP SIG/p' mime >sig.asc
	"${@:2}" <sig.asc
	printf '%s\n' '' --vc-signed--
}
# The From field in another shape: the arguments are lines of the header.
from_shape() {
	head_of >header
	{
		printf '%b\n' "$@"
		sed 1d header
		cat mime
	}
}
encoded_as() {
	head_of "Content-Type: ${2:-text/plain; charset=UTF-8}" \
		"Content-Transfer-Encoding: $1" ''
	"${@:3}" <frame
}
relabelled() {
	head_of "Content-Type: text/plain; charset=$1" \
		'Content-Transfer-Encoding: 8bit' ''
	cat frame
}
binary() { gpg --dearmor | base64; }
qp() { perl -pe 's/([^ -<>-~\n])/sprintf "=%02X", ord $1/ge'; }
utf16() { iconv -f UTF-8 -t UTF-16 | base64; }

# OpenPGP packets (RFC 4880, 4).
packet() {
	perl -e 'local $/; my $b = <STDIN> // "";
		print pack("CCN", 0xC0 | $ARGV[0], 255, length $b), $b' "$1"
}
literal() { { printf '%s\0\0\0\0\0' "${1:-b}"; cat; } | packet 11; }
zip() { { printf '\1'; gzip -9n | tail -c +11 | head -c -8; } | packet 8; }
zlib() {
	{
		printf '\2\x78\xda'
		tee z.in | gzip -9n | tail -c +11 | head -c -8
		perl -e 'local $/; my ($a, $b) = (1, 0);
			for (unpack "C*", <STDIN> // "") {
				$a = ($a + $_) % 65521; $b = ($b + $a) % 65521 }
			print pack "nn", $b, $a' <z.in
	} | packet 8
}
bz2() { { printf '\3'; bzip2 -9; } | packet 8; }
armor() {
	gpg --homedir "$(key_home nobody)" --batch --enarmor 2>/dev/null |
		sed "/^Comment:/d; s/^\(-----[A-Z]* PGP \)ARMORED FILE/\1$1/"
}
# split_signed NAME <text: files ops, lit and sig.
split_signed() {
	rm -rf packets
	mkdir packets
	as "$1" -z 0 --digest-algo SHA512 --sign | gpg --dearmor >packets/all
	gpgsplit -p packets/ packets/all
	cp packets/*.onepass_sig ops
	cp packets/*.plaintext lit
	cp packets/*.sig sig
}
# sealed FILE...: these packets, encrypted for the centre, as a mail's text;
# sealed_for NAME FILE... for another.
sealed() { sealed_for centre "$@"; }
sealed_for() {
	local name=$1
	shift
	plain_head
	cat "$@" | seal_packets "$name"
}
seal_packets() {
	as nobody --trust-model always -z 0 --no-literal \
		--recipient-file "$KEY_DIR/$1.asc" "${@:2}" --encrypt
}
# The mail that COMMAND writes, without the checksum of its armor (RFC 9580, 6.1).
without_sum() { "$@" | grep -v '^=....$'; }
# signature_v3 [2]: a signature of version 3 (or 2) by rsa3072 over stdin (RFC 4880,
# 5.2.2): the agent signs.
signature_v3() {
	local version=${1:-3} home grip time issuer hash body sig
	home=$(key_home rsa3072)
	grip=$(gpg --homedir "$home" --batch --with-colons --with-keygrip -K |
		awk -F: '/^grp/ { print $10; exit }')
	issuer=$(key_fpr rsa3072 | tail -c 17)
	time=$(printf '00%08x' "$(date +%s)")
	hash=$({
		cat
		perl -e 'print pack "H*", shift' "$time"
	} | sha512sum | cut -d' ' -f1)
	sig=$(printf '%s\n' "SIGKEY $grip" "SETHASH 10 $hash" PKSIGN |
		gpg-connect-agent --homedir "$home" |
		perl -ne '$d .= $1 if /^D (.*)\n/s;
			END { $d =~ s/%(..)/chr hex $1/ge;
				print unpack "H*", substr $d, index($d, "384:") + 4, 384 }')
	body=0${version}05$time$issuer
	body+=010a${hash:0:4}0c00$sig
	perl -e 'print pack "H*", shift' "$body" | packet 2
}
