# bats file_tags=nosan,alone
load helper
load keys
load attack

# Mails made to cost much. A row is what it is, the verdict, and how it is made.
# Each is answered within a second of CPU time and 64 MiB, with all processes
# counted, on a stack of 1 MiB, as a mail and as a record, by vc-verify and by
# the parsers. The verdict is `toolarge`, or what is true of the mail when it is
# within the limits.

CPU=1000000
RSS=65536

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi rsa3072
	roster_csv hitachi rsa3072 >"$BATS_FILE_TMPDIR/roster.csv"
	key_home centre >/dev/null
}

teardown_file() { stop_homes; }

prepare() {
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	VC_HOME=$(key_home centre)
	export VC_HOME
	attack_files
}

# slow: how much slower this machine is now than one on which a peer's work with
# strings of 10 MB takes 0.6 s, in thousandths; at least 1000.
slow() {
	rm -f peer
	"$VC_PROBE/probe-cost" peer perl -MMIME::Base64 -e 'for (1 .. 6) {
		my $x = "x" x 1e7;
		my $y = encode_base64($x, "");
		my $z = decode_base64($y);
	}'
	awk '{ print ($1 > 600000 ? int($1 / 600) : 1000) }' peer
}

# cost NAME PROGRAM...: run it on the file `in`, cheaply. What else a machine
# does only ever adds to the time: of three runs the cheapest counts, and where
# a peer takes longer, too, so may we.
cost() {
	local name=$1 us kib may=1000
	shift
	for _ in 1 2 3; do
		rm -f cost
		status=0
		(
			ulimit -s 1024
			"$VC_PROBE/probe-cost" cost "$@" <in >out 2>err
		) || status=$?
		read -r us kib <cost
		echo "$name: $1: exit $status, $us us, $kib KiB, $(head -c 200 err)"
		[ "$kib" -le "$RSS" ] || return 1
		[ "$us" -gt "$CPU" ] || return 0
		may=$(slow)
		echo "the peer takes $may thousandths of its time"
		[ "$us" -gt $((CPU / 1000 * may)) ] || return 0
	done
	return 1
}

# row NAME VERDICT COMMAND...
row() {
	"${@:3}" >in
	[ -s in ] || fail "$1: empty"
	cost "$1" vc-verify
	assert_equal "$1: $(jq -r .verdict out)" "$1: $2"
	assert_equal "$status $(head -c 200 err)" "$([ "$2" = signed ] || echo 1; [ "$2" != signed ] || echo 0) "
	mv in mail
	mv out in
	cp in once
	cost "$1, a record" vc-verify
	cmp once out
	mv mail in
	cost "$1" vc-parse-poc
	parsed
	cost "$1" vc-parse-status
	parsed
}

# A record for a record, and no more than a word on stderr.
parsed() {
	case $status in
	0) assert_equal "$(wc -l <out) $(wc -l <err)" '1 0' ;;
	65) assert_equal "$(wc -l <out) $(wc -l <err)" '1 1' ;;
	*) fail "exit status $status" ;;
	esac
}

# times N STRING; each EXPRESSION N: perl prints it for each $_ of 1..N.
times() { perl -e 'print $ARGV[1] x $ARGV[0]' -- "$@"; }
each() { perl -e 'for (1 .. $ARGV[1]) { print eval $ARGV[0] }' -- "$@"; }
lines() { fold -w "${1:-70}"; echo; }

# A mail whose header ends so, or begins so; a text; a multipart.
header_of() { head_of | cat - <("$@"); echo; }
field_of() {
	printf '%s' "$1"
	"${@:2}"
	printf '\n\nx\n'
}
text_of() {
	plain_head
	"$@"
}
typed() {
	head_of "Content-Type: $1" "Content-Transfer-Encoding: $2" ''
	"${@:3}"
}
multipart_of() {
	mixed
	"$@"
}
unended_of() {
	head_of
	"$@"
}

@test "bombs of structure" {
	row '5,000 multiparts inside each other' toolarge unended_of each \
		'"Content-Type: multipart/mixed; boundary=b$_\n\n--b$_\n"' 5000
	row '200,000 mails inside each other' toolarge \
		unended_of times 200000 $'Content-Type: message/rfc822\n\n'
	row '100,000 parts' toolarge multipart_of times 100000 $'--outer\n\nx\n'
	row '1,000,000 lines like a boundary' unsigned \
		multipart_of times 1000000 $'--oute\n'
	row 'a boundary of 70,000 octets' toolarge typed \
		"multipart/mixed; boundary=\"$(times 70000 b)\"" 8bit echo x
	row '64 parts with headers of 60 KiB' unsigned multipart_of heads
	row '64 attachments with names in 32 segments' toolarge multipart_of names
}
heads() {
	local i
	for ((i = 0; i < 64; i++)); do
		printf '\n--outer\n'
		each '"X-$_: (" . "x " x 155 . ")\n"' 190
		printf '\nx\n'
	done
}
names() {
	local i
	for ((i = 0; i < 64; i++)); do
		printf '\n--outer\nContent-Disposition: attachment'
		each '";\n filename*" . ($_ - 1) . "*=%E3%81%82" . "%41" x 80' 32
		printf '\n\nx\n'
	done
}

@test "bombs of headers" {
	row 'a header of 20 MB' toolarge header_of each '" " . "z" x 900 . "\n"' 22000
	row 'a header of 9 MB' toolarge header_of each '" " . "z" x 900 . "\n"' 10000
	row '1,000,000 fields' toolarge header_of times 1000000 $'A: b\n'
	row '200,000 comments inside each other' toolarge \
		field_of 'From: ' times 5000 $'((((((((((((((((((((((((((((((((((((((((\n '
	row '8,000 comments inside each other in a line' toolarge \
		field_of 'From: ' times 8000 '('
	row '8,000 comments in a Content-Type' toolarge \
		field_of $'From: a@b.example\nContent-Type: ' times 8000 '('
	row '200,000 encoded words' toolarge \
		field_of 'Subject: ' times 200000 $'=?utf-8?B?44GC?=\n '
	row '50,000 segments of RFC 2231' toolarge field_of \
		'Content-Disposition: attachment' each '";\n p*$_*=x"' 50000
	row '100,000 parameters' toolarge \
		field_of 'Content-Type: text/plain' each '";\n p$_=x"' 100000
	row '100,000 addresses' toolarge field_of 'To: a@b.example' \
		each '",\n a$_\@b.example"' 100000
	row '100,000 groups' toolarge field_of 'From: ' each '"g$_: ;\n "' 100000
	row '9 MB of <' toolarge field_of 'From: ' times 9000000 '<'
	row '8 MB of quotes and backslashes' toolarge \
		field_of 'To: ' times 4000000 '"\'
	row '1,900 quoted words in From' unsigned \
		field_of 'From: ' eval 'times 1900 "\"a\" "; echo "<a@b.example>"'
}

@test "bombs of text" {
	row 'a line of 10 MB' toolarge text_of times 10400000 x
	row '9 MB of < as HTML' unsigned typed text/html 8bit \
		eval 'times 9000000 "<" | lines 990'
	row '5,000,000 lines of a dash' unsigned text_of times 5000000 $'-\n'
	row '9 MB of CR' toolarge text_of times 9000000 $'\r'
	row '280,000 beginnings of a frame' partial \
		text_of times 280000 $'-----BEGIN PGP SIGNED MESSAGE-----\n'
	row '5,000,000 soft line breaks' unsigned \
		typed text/plain quoted-printable times 5000000 $'=\n'
	row 'a form of 200,000 lines' unsigned text_of times 200000 $'Name: x\n'
	row '80,000 headings of a form' unsigned text_of times 80000 $'1. POC\n a\n'
	row '1,100 lines with 900 marks of a quote' unsigned \
		text_of each '">" x 900 . "x\n"' 1100
	row '1,100 lines of 900 blanks and a colon' unsigned \
		text_of each '" " x 900 . ":\n"' 1100
	row '298,000 escapes of ISO-2022-JP' unsigned \
		typed 'text/plain; charset=iso-2022-jp' 7bit \
		times 149000 $'\e(B\e$B\n'
	row '1,000,000 octets that Shift_JIS has not' unsigned \
		typed 'text/plain; charset=shift_jis' 8bit \
		eval 'times 1000000 $'"'\\xfd'"' | lines'
	row 'a public key of 10 MB' unsigned \
		text_of eval 'times 10000000 A | lines 64 | wrapped "PUBLIC KEY BLOCK"'
}
wrapped() {
	printf -- '-----BEGIN PGP %s-----\n\n' "$1"
	cat
	printf -- '-----END PGP %s-----\n' "$1"
}

@test "bombs of OpenPGP" {
	sed -n '/BEGIN PGP SIGNATURE/,$p' mime | sed '/END/q' >sig.asc
	row '50,000 signatures' toolarge \
		repeated sig.asc SIGNATURE 50000
	row '100,000 signatures, in a ZIP, encrypted' toolarge \
		sealed_times 100000 sig
	row '17 signatures, encrypted' toolarge sealed_times 17 sig
	printf PGP | packet 10 >marker
	row '10,000,000 markers, in a ZIP, encrypted' toolarge \
		sealed_times 10000000 marker
	row '100,000 session keys' toolarge session_keys 100000
	row '70,000 session keys' toolarge session_keys 70000
	row '16 session keys' signed session_keys 16
	row 'a message of 10 MB without an end' malformed \
		text_of eval 'times 10000000 A | lines 64 | wrapped MESSAGE'
	times 9000000 A | lines 64 | wrapped SIGNATURE >big.asc
	row 'a signature of 9 MB without a checksum' malformed mimed_with big.asc
	printf x | packet 61 >private
	{
		plain_head
		perl -e 'local $/; print <STDIN> x 900000' <private | armor MESSAGE
	} >many
	row '900,000 packets of no type' malformed cat many
	mpi "$(key_fpr hitachi | tail -c 17)" 22 >mpi.asc
	row 'an EdDSA number of 65,535 bits' malformed mimed_with mpi.asc
	mpi "$(key_fpr rsa3072 | tail -c 17)" 1 >mpi.asc
	row 'an RSA number of 65,535 bits' malformed mimed_with mpi.asc
}
repeated() {
	gpg --dearmor <"$1" >one
	perl -e 'local $/; print <STDIN> x $ARGV[0]' "$3" <one | armor "$2" >many
	mimed_with many
}
sealed_times() {
	plain_head
	perl -e 'local $/; print <STDIN> x $ARGV[0]' "$1" <"$2" | cat - lit |
		zip | seal_packets centre
}
session_keys() {
	plain_head
	cat ops lit sig | seal_packets centre --no-armor >one
	perl -e 'local $/; $_ = <STDIN>; my $n = 2 + unpack "C", substr $_, 1, 1;
		print +(substr $_, 0, $n) x $ARGV[0], substr $_, $n' "$1" <one |
		armor MESSAGE
}
# A signature packet with one number, as long as a number can be.
mpi() {
	perl -e 'print pack("CCCCnCCNnCCH16n", 4, 0, $ARGV[1], 10, 6, 5, 2, time,
		10, 9, 16, $ARGV[0], 0xabcd), pack("n", 65535), "\xff" x 8192' \
		"$@" | packet 2 | armor SIGNATURE
}

@test "bombs of compression" {
	row '1 GB of zeros, in a ZIP' toolarge zeros 1000000000 zipped
	row '100 MB of zeros, in a BZIP2' toolarge zeros 100000000 bz2
	row 'compression inside compression' malformed nested
	row '16 MB of text in a ZIP, signed' signed zipped_text
	row '1 MB of random octets, called a ZIP' malformed \
		text_of eval '{ printf "\1"; head -c 1000000 /dev/urandom; } |
			packet 8 | seal_packets centre'
	row 'a ZIP without its end' malformed text_of cut_zip
}
# zeros N HOW: N zeros as a literal, compressed and encrypted.
zeros() {
	{
		printf '\313\377'
		perl -e 'print pack "N", $ARGV[0] + 6' "$1"
		printf 'b\0\0\0\0\0'
		head -c "$1" /dev/zero
	} >zero.lit
	plain_head
	"$2" <zero.lit | seal_packets centre
}
zipped() { { printf '\1'; gzip -1n | tail -c +11 | head -c -8; } | packet 8; }
nested() {
	zeros 20000000 zipped >small
	plain_head
	zip <zero.lit | zip | seal_packets centre
}
zipped_text() {
	plain_head
	each '"x" x 900 . "\n"' 18000 |
		as hitachi -z 0 --digest-algo SHA512 --sign | gpg --dearmor | zip |
		seal_packets centre
}
cut_zip() {
	cat ops lit sig | { printf '\1'; gzip -9n | tail -c +11 | head -c -20; } |
		packet 8 | seal_packets centre
}

# These are no bombs: they cost what they must.
@test "the largest mails that are read" {
	CPU=5000000
	row '9 MB clearsigned' signed clear_large
	row '9 MB of PGP/MIME' signed mime_large
	row '7 MB attached, PGP/MIME' signed attached_large
	row '5 MB attached, signed and encrypted' signed sealed_large
	row '10 MB of text' unsigned eval 'text_of eval "times 11000000 x | lines" |
		head -c 10485700; echo'
	for i in 1 2 3; do cp in "$i"; done
	cost 'three of them' vc-verify 1 2 3
	assert_equal "$(wc -l <out)" 3
}
clear_large() {
	plain_head
	times 700000 $'line of text\n' | sign_clear hitachi
}
mime_large() {
	head_of
	times 740000 $'line of text\n' | text_entity | sign_entity hitachi
}
binary_part() {
	printf '%s\n' 'Content-Type: application/octet-stream; name=a' \
		'Content-Transfer-Encoding: base64' ''
	head -c "$1" /dev/urandom | base64
}
attached_large() {
	head_of
	binary_part 7300000 | sign_entity hitachi
}
sealed_large() {
	head_of
	binary_part 5000000 | crlf | encrypt_entity centre hitachi
}

@test "a key file of 64 MB is refused without being read" {
	times 1000000 $'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n' |
		wrapped 'PUBLIC KEY BLOCK' >key.asc
	: >in
	cost 'a key' vc-roster -k store -a key.asc -w hitachi
	assert_equal "$status $(cat err)" \
		"66 vc-roster: 'key.asc': longer than 262144 octets"
}

@test "a mail of 10 MiB is read to its last octet, also behind an mbox line" {
	local n
	text_of eval 'times 11000000 x | lines' | head -c 10485760 >mail
	for n in 0 1; do
		{
			echo 'From a@b.example Sat Nov 21 00:00:00 2026'
			cat mail
			head -c $n /dev/zero
		} >in
		run_out vc-verify in
		if [ $n = 0 ]; then
			assert_equal "$(jq -r .verdict out)" unsigned
			jq -r .raw_b64 out | base64 -d | cmp - mail
		else
			assert_equal "$(jq -r .verdict out)" toolarge
		fi
	done
}
