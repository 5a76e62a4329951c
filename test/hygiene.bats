load helper
load keys
load attack

# What a terminal, a pager or a reader of bidirectional text would obey: it goes
# into every place of a mail, and out of no program as it is. Records say it as
# \u001b, pages and messages as ? or [U+202E].

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi
	roster_csv hitachi >"$BATS_FILE_TMPDIR/roster.csv"
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
}

# What is told apart: a name and the octets, as printf has them.
nasty() {
	cat <<'LIST'
line \r\nBcc: evil@evil.example
lf \nBcc: evil@evil.example
cr \rBcc: evil@evil.example
record \n{"type":"message","id":"mail/0"}
esc \033[31mred\033[0m
title \033]0;title\007
bell \a\b\v\f
controls \001\002\003\004\005\006\016\017\020\037
del a\177b
csi \302\2331;31m
c1 \302\200\302\205\302\220\302\237
raw-c1 \2331;31m
next-line a\302\205b
rlo \342\200\256gpj.exe
bidi \342\200\252\342\200\253\342\200\254\342\200\255\342\201\246\342\201\247\342\201\250\342\201\251
marks \342\200\216\342\200\217\330\234
zero-width \342\200\213\342\200\214\342\200\215\342\201\240\357\273\277\302\255\341\240\216
lines a\342\200\250b\342\200\251c
tags \363\240\201\205\363\240\201\277\363\240\200\201
annotation \357\277\271a\357\277\272b\357\277\273
not-utf8 \377\376\300\200\355\240\200
escape-so \016\033$B$"\033(B\017
LIST
}

# octets FILE: fails when one of those octets is in it; LF ends lines.
octets() {
	perl -e '
		undef $/;
		$_ = <STDIN>;
		exit 0 unless /[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xd8\x9c
			|\xe1\xa0\x8e|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]
			|\xef\xbb\xbf|\xef\xbf[\xb9-\xbb]|\xf3\xa0[\x80\x81]/x;
		my $from = $-[0] > 60 ? $-[0] - 60 : 0;
		my $near = substr $_, $from, 80;
		$near =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge;
		print "$ARGV[0]: $near\n";
		exit 1' "$1" <"$1" || return 1
	iconv -f UTF-8 -t UTF-8 "$1" >/dev/null
}

# Where it goes: each function writes a mail with the octets $1 in its place.
in_field() { # NAME VALUE-WITH-@
	printf '%s: %b\n' "$1" "${2//@@/$3}"
	head_of 'Content-Type: text/plain; charset=UTF-8' '' | sed "/^$1:/d"
	cat evil
}
in_from() { in_field From '"@@" <psirt@hitachi.example>' "$1"; }
in_from_comment() { in_field From 'psirt@hitachi.example (@@)' "$1"; }
in_address() { in_field From '<psirt@@@hitachi.example>' "$1"; }
in_to() { in_field To '@@ <a@b.example>' "$1"; }
in_subject() { in_field Subject 'a @@ b' "$1"; }
in_id() { in_field Message-ID '<@@@b.example>' "$1"; }
in_reply() { in_field In-Reply-To '<@@>' "$1"; }
in_date() { in_field Date 'Sat, 21 Nov 2026 @@ 00:00:00 +0000' "$1"; }
in_name() { in_field "X-@@" x "$1"; }
in_word() {
	in_field Subject "=?UTF-8?B?$(printf '%b' "$1" | base64 -w 0)?=" ''
}
in_from_word() {
	in_field From "=?UTF-8?Q?$(printf '%b' "$1" | perl -pe 's/(.)/sprintf "=%02X", ord $1/gse')?= <psirt@hitachi.example>" ''
}
in_charset() {
	printf 'Content-Type: text/plain; charset="%b"\n' "$1"
	head_of ''
	cat evil
}
in_type() {
	printf 'Content-Type: multipart/mixed; boundary=b\n'
	head_of ''
	printf -- '--b\nContent-Type: image/%b; name=x\n\nx\n--b--\n' "$1"
}
in_boundary() {
	printf 'Content-Type: multipart/mixed; boundary="%b"\n' "$1"
	head_of ''
	printf -- '--%b\n\nx\n--%b--\n' "$1" "$1"
}
attachment() {
	printf 'Content-Type: multipart/mixed; boundary=b\n'
	head_of ''
	printf -- '--b\nContent-Disposition: attachment; %s\n\nx\n--b--\n' "$1"
}
in_filename() { attachment "filename=\"a$(printf '%b' "$1")b.txt\""; }
in_filename_2231() {
	attachment "filename*=UTF-8''a$(printf '%b' "$1" |
		perl -pe 's/(.)/sprintf "%%%02X", ord $1/gse')b.txt"
}
in_filename_word() {
	attachment "filename=\"=?UTF-8?B?$(printf '%b' "$1" | base64 -w 0)?=\""
}
in_text() {
	plain_head
	printf 'a %b b\n' "$1"
}
in_base64() {
	typed_as base64
	printf 'a %b b\n' "$1" | base64
}
typed_as() {
	head_of 'Content-Type: text/plain; charset=UTF-8' \
		"Content-Transfer-Encoding: $1" ''
}
in_html() {
	head_of 'Content-Type: text/html; charset=UTF-8' ''
	printf '<p>a %b b\n' "$1"
}
in_poc() {
	plain_head
	printf '%b' "$1" >place
	perl -pe 'BEGIN { open F, "place"; local $/; $x = <F> } s/$/ a${x}b/ if /^\d/' \
		"$VC_FIXTURE/vc-verify/poc.txt"
}
in_status() {
	plain_head
	printf '%b' "$1" >place
	perl -pe 'BEGIN { open F, "place"; local $/; $x = <F> } s/$/ a${x}b/ if /^\d/' \
		"$VC_FIXTURE/vc-verify/status.txt"
}
in_signed() {
	head_of
	printf 'a %b b\n' "$1" | text_entity | sign_entity hitachi
}
in_clearsigned() {
	plain_head
	printf 'a %b b\n' "$1" | sign_clear hitachi
}
in_armor() {
	plain_head
	printf '%b' "$1" >place
	perl -pe 'BEGIN { open F, "place"; local $/; $x = <F> }
		s/$/\nComment: $x/ if /BEGIN PGP SIGNATURE/' frame
}
in_hash() {
	plain_head
	printf '%b' "$1" >place
	perl -pe 'BEGIN { open F, "place"; local $/; $x = <F> }
		s/SHA512/SHA512$x/ if /^Hash/' frame
}
in_sealed() {
	plain_head
	printf 'a %b b\n' "$1" | encrypt_text centre hitachi
}
in_literal() {
	plain_head
	perl -e 'local $/; my $n = shift; print "b", chr length $n, $n, "\0\0\0\0", <STDIN>' \
		"$(printf '%b' "$1" | tr -d '\0')" <evil | packet 11 >named
	cat named | seal_packets centre
}
in_user_id() {
	plain_head
	printf '%b' "$1" | packet 13 >uid
	cat ops lit sig uid | seal_packets centre
}
in_notation() {
	head_of
	text_entity <text | sign_entity hitachi --sig-policy-url \
		"http://evil.example/$(printf '%b' "$1" | tr -cd '!-~')"
}

places() { declare -F | sed -n 's/^declare -f \(in_.*\)/\1/p' | grep -v '^in_field$'; }

@test "nothing of a mail reaches stdout or stderr as it is" {
	local place name octets p n=0
	for place in $(places); do
		while read -r name octets; do
			"$place" "$octets" >"m/$place.$name" || fail "$place $name"
			n=$((n + 1))
		done < <(nasty)
	done
	assert [ "$n" -gt 600 ]
	for p in vc-verify vc-parse-poc vc-parse-status; do
		status=0
		"$p" m/* >out 2>err || status=$?
		case $status in 1 | 65) ;; *) fail "$p: exit status $status" ;; esac
		assert_equal "$(wc -l <out)" "$n"
		assert_equal "$(jq -c . out | wc -l)" "$n"
		octets out
		octets err
		mv out "out.$p"
	done
	assert [ "$(grep -c '"verdict":"signed"' out.vc-verify)" -gt 20 ]
}

@test "nothing of a mail is lost: records say it in JSON" {
	local name octets
	while read -r name octets; do
		case $name in *utf8 | raw-c1 | escape-so) continue ;; esac
		in_signed "$octets" >mail
		vc-verify mail >out || true
		case $name in
		record | rlo | bidi | marks | zero-width | lines | tags | annotation | lf)
			assert_equal "$name $(jq -j .signed.text out | od -An -tx1)" \
				"$name $(printf 'a %b b\n' "$octets" | od -An -tx1)"
			;;
		esac
		octets out
	done < <(nasty)
}

@test "names of files and octets on stdin that are no record" {
	local name octets p
	while read -r name octets; do
		printf '%b' "$octets" >place
		file=$(cat place)
		for p in vc-verify vc-parse-poc vc-parse-status; do
			"$p" "$file" >out 2>err </dev/null || true
			octets out
			octets err
			assert_equal "$p $name $(wc -l <err)" "$p $name 1"
			{
				printf '{"type":"mail","id":"mail/1","raw_b64":"'
				tr -d '\n' <place
				printf '"}\n'
			} >in
			"$p" <in >out 2>err || true
			octets err
			octets out
		done
	done < <(nasty)
}

@test "the ledger is as clean as stdout" {
	local name octets
	: >ledger
	chmod 600 ledger
	while read -r name octets; do
		in_subject "$octets" >mail
		vc-verify -l ledger mail >out || true
		in_filename_2231 "$octets" >mail
		vc-verify -l ledger mail >out || true
	done < <(nasty)
	assert [ "$(wc -l <ledger)" -gt 40 ]
	octets ledger
}

@test "a page shows what an answer hides" {
	local name octets
	while read -r name octets; do
		in_status "$octets" >mail
		vc-parse-status mail >status.jsonl 2>err || continue
		[ "$(jq -r .type status.jsonl)" = status ] || continue
		jq -c '.verdict = "signed" | .vendor = "hitachi" | .case = "JVNVU#90000001" |
			.signed = {form: .claimed.form} |
			.signed.form.case.value = "JVNVU#90000001" |
			.signed.form.vendor.value = "hitachi"' status.jsonl >signed.jsonl
		vc-jvn-render "$VC_FIXTURE/vc-jvn-render/case.json" signed.jsonl \
			>page 2>err || true
		octets err
		[ ! -s page ] || octets page
		assert [ -s page ]
	done < <(nasty)
}
