# What is read of a mail before anybody verifies it: limits, characters,
# structure. The probes are the modules as filters.

# shellcheck disable=SC2059,SC2016,SC2154
load helper

limit() { "$VC_PROBE/probe-limit"; }
shape() { "$VC_PROBE/probe-message" "$@"; }
charset() { "$VC_PROBE/probe-charset" "$@"; }

# mail TYPE: a header; the body follows on stdin.
mail() {
	printf 'From: a@vendor.example\nContent-Type: %s\n\n' "$1"
	cat
}

frame() {
	printf '%s\n' '-----BEGIN PGP SIGNED MESSAGE-----' 'Hash: SHA256' '' \
		"${1-hello}" '-----BEGIN PGP SIGNATURE-----' '' 'iHUE' '=abcd' \
		'-----END PGP SIGNATURE-----'
}

# is WANT BYTES LABEL: decoded without any flag.
is() {
	run --separate-stderr charset "$3" < <(printf "$2")
	assert_success
	assert_output "$1"
	assert_equal "$stderr" "${4-}"
}

# over REASON: what comes on stdin is refused so, within a second of CPU time
# and on a stack of 1 MiB.
over() {
	cat >bomb
	status=0
	output=$(ulimit -s 1024 -t 1 && "$VC_PROBE/probe-limit" <bomb) ||
		status=$?
	assert_equal "$status $output" "65 $1"
	output=$(ulimit -s 1024 -t 1 && "$VC_PROBE/probe-message" record <bomb)
	assert_equal "$(jq -r '.flag[0] + " " + .why' <<<"$output")" \
		"${1%%:*} $1"
}

repeat() { head -c "$2" /dev/zero | sed "s/\\x00/$1/g"; }

@test "Shift_JIS is read as CP932: circled digits, backslash, wave dash" {
	is '～①\~髙' '\201\140\207\100\134\176\373\374' shift_jis
	is '～①\~髙' '\201\140\207\100\134\176\373\374' x-sjis
	is '－' '\201\174' windows-31j
}

@test "ISO-2022-JP with circled digits, half-width kana and JIS X 0212" {
	is '～①' '\033$B\041\101\055\041\033(B' iso-2022-jp
	is 'ｱｲ' '\033(I\061\062\033(B' ISO-2022-JP
	is 'ｱ a' '\0161\017 a' iso-2022-jp
	is '丂' '\033$(D0!\033(B' iso-2022-jp
	is '¥‾' '\033(J\134\176\033(B' cp50221
}

@test "ISO-2022-JP that does not return to ASCII still reads" {
	is 'あ' '\033$B$"' iso-2022-jp
	is $'あ\nabc' '\033$B$"\nabc' iso-2022-jp
}

@test "an unknown escape and 8-bit octets in ISO-2022-JP are lossy" {
	is 'a�(Zb' 'a\033(Zb' iso-2022-jp lossy
	is 'a�' 'a\201' iso-2022-jp lossy
	is 'あ�a' '\033$B$"\261\033(Ba' iso-2022-jp lossy
}

@test "EUC-JP is read as eucJP-ms" {
	is '①～' '\255\241\241\301' x-euc-jp
}

@test "UTF-8 is checked: no surrogates, nothing above U+10FFFF" {
	is '���� ��� ok' '\364\220\200\200 \355\240\200 ok' utf-8 lossy
}

@test "a byte order mark is one at the front of a body alone" {
	is $'\uFEFFあ' '\357\273\277\343\201\202' UTF8
	is $'a \uFEFFb' 'a =?utf-8?q?=EF=BB=BFb?=' -w
	run -0 charset -b UTF8 < <(printf '\357\273\277\343\201\202')
	assert_output 'あ'
}

@test "a cut character at the end is shown as one" {
	is 'a�' 'a\202' shift_jis lossy
	is 'a�' 'a\244' euc-jp lossy
}

@test "text without a label is guessed, and says so" {
	is 'あい' '\244\242\244\244' '' guessed
	is 'あい' '\202\240\202\242' '' guessed
	is 'あ' '\343\201\202' '' guessed
	is 'あ' '\033$B$"\033(B' us-ascii guessed
	is 'plain' 'plain' ''
}

@test "an unknown charset keeps its ASCII and says so" {
	is 'caf�' 'caf\351' x-unknown $'lossy\nunknown'
	is 'café' 'caf\351' iso-8859-1
}

@test "the label of a charset is no iconv option" {
	is 'a�' 'a\351' 'latin1//TRANSLIT' $'lossy\nunknown'
}

@test "a body has LF and no controls" {
	run charset -b utf-8 < <(printf 'a\r\nb\rc\033[1m\td\000\n')
	assert_success
	assert_output $'a\nb\nc?[1m\td?'
}

words() { run --separate-stderr charset -w < <(printf '%s' "$1"); assert_success; assert_output "$2"; }

@test "adjacent encoded words are joined before they are decoded" {
	words '=?ISO-2022-JP?B?GyRCJF4kXyRgGyhC?= =?ISO-2022-JP?B?GyRCJGEkYhsoQg==?=' まみむめも
	words '=?UTF-8?B?44G=?= =?utf-8?B?gg==?=' あ
	words '=?utf-8?Q?a?==?utf-8?Q?b?=' ab
	words 'x =?utf-8*ja?Q?a_b?= y' 'x a b y'
}

@test "an encoded word brings no line end, no NUL, no control" {
	words 'a =?utf-8?q?=0D=0ABcc:_x=00y=1B?= b' 'a   Bcc: x y  b'
}

@test "a word that cannot be decoded stays as it was" {
	words '=?UTF-7?Q?+ADw-script+AD4-?=' '=?UTF-7?Q?+ADw-script+AD4-?='
	words '=?utf-8?B?@@?= =?utf-8?q?ok?= =?' '=?utf-8?B?@@?= ok =?'
}

@test "200,000 encoded words are read in linear time" {
	local words
	for words in '=?utf-8?B?44GC?= ' '=?utf-8?B?'; do
		yes "$words" | head -n 20000 | tr -d '\n' >few
		yes "$words" | head -n 200000 | tr -d '\n' >many
		linear 10 few many "$VC_PROBE/probe-charset" -w
	done
	yes '=?utf-8?B?44GC?=' | head -n 200000 | tr '\n' ' ' >many
	run "$VC_PROBE/probe-charset" -w <many
	assert_success
	assert_equal "${#output}" 200001
}

@test "outgoing words come back as they were" {
	local line word
	for line in '株式会社 高橋, (abc)' 'plain words, as they are' \
		"$(printf '脆弱性%.0s' {1..40})" "$(printf 'é%.0s' {1..100}) 𠮷野家 x" \
		"$(printf '🍣%.0s' {1..40})" "$(printf 'x%.0s' {1..500})" \
		'=?utf-8?q?a?= =?utf-8?q?b?=' 'a =?x b' 'あ ?= =?' 'a?==?b' \
		'two  blanks あ  い  '; do
		run shape words < <(printf '%s' "$line")
		assert_success
		refute_output --regexp '[^ -~]'
		for word in $output; do
			assert [ ${#word} -le 75 ]
		done
		words "$output" "$line"
	done
}

@test "what could be taken for an outgoing encoded word is one" {
	local line
	while IFS='|' read -r line want; do
		run shape words < <(printf '%s' "$line")
		assert_output "$want"
	done <<-'EOF'
		[TLP:RED] a b?= =c|[TLP:RED] a b?= =c
		[TLP:RED] =?x|[TLP:RED] =?UTF-8?B?PT94?=
		[TLP:RED] a=?x y|[TLP:RED] =?UTF-8?B?YT0/eCB5?=
		[TLP:RED] あ b|[TLP:RED] =?UTF-8?B?44GCIGI=?=
	EOF
}

@test "a multipart/signed is signed, and its octets are the same for LF and CRLF" {
	local sha
	sed -n '/^Content-Type: multipart.mixed/,/^--inner--/p' \
		"$VC_FIXTURE/mail/signed.eml" | sed 's/$/\r/' >want
	sha=$(sha256sum <want)
	run shape <"$VC_FIXTURE/mail/signed.eml"
	assert_success
	assert_output "signed ${sha%% *}"
	sed 's/$/\r/' "$VC_FIXTURE/mail/signed.eml" >crlf
	run shape <crlf
	assert_output "signed ${sha%% *}"
	head -c -2 crlf >noend
	run shape <noend
	assert_output "signed ${sha%% *}"
	shape covered <crlf >got
	cmp want got
}

@test "the line end before a delimiter is not covered, not even after a header" {
	covered() {
		printf -- "$1" | mail 'multipart/signed; boundary=b' | shape covered
	}
	local end='--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n'
	assert_equal "$(covered "--b\nA: b\n\n$end" | od -An -c)" \
		"$(printf 'A: b\r\n' | od -An -c)"
	assert_equal "$(covered "--b\r\nA: b\r\n\r\n$end" | od -An -c)" \
		"$(printf 'A: b\r\n' | od -An -c)"
	assert_equal "$(covered "--b\nA: b\n$end" | od -An -c)" \
		"$(printf 'A: b' | od -An -c)"
	assert_equal "$(covered "--b\nA: b\n\n\n$end" | od -An -c)" \
		"$(printf 'A: b\r\n\r\n' | od -An -c)"
	assert_equal "$(covered "--b\n\n$end")" ''
}

@test "the signed entity is read like a mail of its own" {
	run shape entity <"$VC_FIXTURE/mail/signed.eml"
	assert_success
	assert_equal "$(jq -r .shape <<<"$output")" plain
	assert_equal "$(jq -r .text <<<"$output")" $'まみむ\n-- \nsig '
	assert_equal "$(jq -c '[.attachment[]|[.name,.media_type,.size_n]]' <<<"$output")" \
		'[["あ.txt","application/octet-stream",11],[null,"message/rfc822",217]]'
}

@test "the record of a signed mail holds what it claims" {
	run shape record <"$VC_FIXTURE/mail/signed.eml"
	assert_success
	assert_equal "$(jq -c .claimed <<<"$output")" "$(jq -cn '{
		from: "株式会社 \"x, y\" (c (d)) <poc@vendor.example>",
		from_address: "poc@vendor.example",
		to: "office@jpcert.example, b <b@c.example>;",
		subject: "まみむめも tail a b",
		date_at: "2004-07-08T09:45:59Z",
		message_id: "<1@vendor.example>",
		in_reply_to: "<0@jpcert.example>",
		text: "まみむ\n-- \nsig "}')"
	assert_equal "$(jq -c '[.verdict,.signed,.flag]' <<<"$output")" \
		'[null,null,null]'
}

@test "a date that is none, or after the year 9999 in UTC, is left out" {
	date_at() {
		printf 'From: a@b.example\nDate: %s\n\nx\n' "$1" |
			shape record | jq -r .claimed.date_at
	}
	assert_equal "$(date_at 'Fri, 31 Dec 9999 23:59:59 +0000')" \
		9999-12-31T23:59:59Z
	assert_equal "$(date_at 'Fri, 31 Dec 9999 23:59:59 -0100')" null
	assert_equal "$(date_at 'Mon, 1 Jan 0999 00:00:00 +0000')" null
	assert_equal "$(date_at '30 February')" null
}

# partial WHY: the mail on stdin.
partial() {
	cat >m
	run shape <m
	assert_success
	assert_output "partial: $1"
}

@test "a multipart/signed with anything more is partial" {
	local s=$VC_FIXTURE/mail/signed.eml
	partial 'text follows after its end' < <(cat "$s"; echo list footer)
	partial 'its end is missing' < <(sed '$d' "$s")
	partial 'not exactly two parts in it' < <(sed '$d' "$s"
		printf '%s\n' '--=_outer' '' three '--=_outer--')
	partial 'its second part is of another type' \
		< <(sed 's,application/pgp-signature; name,text/plain; name,' "$s")
	partial 'its protocol is another' \
		< <(sed 's,protocol="application/pgp-sig,protocol="application/x-sig,' "$s")
	partial 'the whole is transfer-encoded' \
		< <(sed '1i Content-Transfer-Encoding: base64' "$s")
	partial 'a part of it is signed or encrypted' < <(
		printf 'Content-Type: multipart/mixed; boundary=z\n\n--z\n'
		sed -n '/^Content-Type: multipart.signed/,$p' "$s"
		printf -- '--z\n\nfooter\n--z--\n')
}

@test "blank lines after the end of a multipart/signed are nothing" {
	run shape < <(cat "$VC_FIXTURE/mail/signed.eml"; printf '\n  \n')
	assert_output --regexp '^signed [0-9a-f]{64}$'
}

@test "multipart/encrypted gives its message and no text" {
	run shape <"$VC_FIXTURE/mail/encrypted.eml"
	assert_output encrypted
	run shape pgp <"$VC_FIXTURE/mail/encrypted.eml"
	assert_output $'-----BEGIN PGP MESSAGE-----\n\nhF4D\n=aaaa\n-----END PGP MESSAGE-----'
	run shape record <"$VC_FIXTURE/mail/encrypted.eml"
	assert_equal "$(jq -c '[.claimed.text,.attachment,.claimed.subject]' <<<"$output")" \
		'[null,null,"..."]'
	partial 'its first part is of another type' < <(
		sed 's,^Content-Type: application/pgp-enc.*,Content-Type: text/plain,' \
			"$VC_FIXTURE/mail/encrypted.eml")
}

@test "a clearsigned mail gives its frame and, claimed, its text" {
	run shape <"$VC_FIXTURE/mail/clearsigned.eml"
	assert_output clearsigned
	run shape pgp <"$VC_FIXTURE/mail/clearsigned.eml"
	assert_line 'あ text'
	assert_line -- '- -- dash'
	run shape record <"$VC_FIXTURE/mail/clearsigned.eml"
	assert_equal "$(jq -r .claimed.text <<<"$output")" $'あ text\n-- dash\n- dash'
}

@test "the octets of a frame are not decoded: ISO-2022-JP stays" {
	frame "$(printf '\033$B$"\033(B')" |
		mail 'text/plain; charset=iso-2022-jp' >m
	shape pgp <m >got
	grep -q "$(printf '\033$B')" got
	run shape record <m
	assert_equal "$(jq -r .claimed.text <<<"$output")" あ
}

@test "a frame with anything but blank lines around it is partial" {
	local why='the text is not one signed or encrypted whole'
	run shape < <({ printf '\n \n'; frame; printf '\n\n'; } | mail text/plain)
	assert_output clearsigned
	partial "$why" < <({ echo before; frame; } | mail text/plain)
	partial "$why" < <({ frame; echo after; } | mail text/plain)
	partial "$why" < <({ frame; frame; } | mail text/plain)
	partial "$why" < <(frame | sed '2s/.*/Comment: x/' | mail text/plain)
	partial "$why" < <(frame '-not escaped' | mail text/plain)
	partial "$why" < <(frame | sed '$d' | mail text/plain)
	partial 'a part of it is signed or encrypted' < <(frame | mail text/html)
	run shape < <(frame | sed 's/^/> /' | mail text/plain)
	assert_output plain
}

@test "one armoured message as the whole body is armored" {
	local m=$'-----BEGIN PGP MESSAGE-----\n\nhF4D\n=aaaa\n-----END PGP MESSAGE-----'
	run shape < <(echo "$m" | mail text/plain)
	assert_output armored
	run shape record < <(echo "$m" | mail text/plain)
	assert_equal "$(jq -c .claimed.text <<<"$output")" null
	partial 'the text is not one signed or encrypted whole' \
		< <({ echo hello; echo "$m"; } | mail text/plain)
}

@test "S/MIME is foreign" {
	run shape < <(sed 's/pgp-/pkcs7-/g' "$VC_FIXTURE/mail/signed.eml")
	assert_output foreign
}

@test "where GMime sees other parts than we do, a signed mail is malformed" {
	run shape < <(sed 's/^--inner$/--inner\n--inner/' "$VC_FIXTURE/mail/signed.eml")
	assert_failure 65
	assert_output 'malformed: two readers see different parts'
}

@test "an mbox line before the header is stepped over" {
	run shape record < <({ echo 'From x Thu Jul  8 18:45:59 2004'; echo hi |
		mail text/plain; })
	assert_success
	assert_equal "$(jq -c .claimed <<<"$output")" \
		'{"from":"a@vendor.example","from_address":"a@vendor.example","text":"hi\n"}'
}

@test "names of attachments: RFC 2231, encoded words, a path, hidden characters" {
	name() {
		printf 'Content-Type: multipart/mixed; boundary=z\n\n--z\nContent-Type: image/png\nContent-Disposition: attachment;\n %s\n\nx\n--z--\n' \
			"$1" | "$VC_PROBE/probe-message" record | jq -r '.attachment[0].name'
	}
	assert_equal "$(name 'filename="=?UTF-8?B?44GCLnR4dA==?="')" あ.txt
	assert_equal "$(name "filename*=iso-2022-jp'ja'%1B\$B%24%22%1B%28B.txt")" あ.txt
	assert_equal "$(name "filename*=windows-31j'jp'%87%40")" ①
	assert_equal "$(name "filename*0*=utf-8''%E3%81; filename*1*=%82.t; filename*2=\"xt\"")" あ.txt
	assert_equal "$(name 'filename="../../etc/passwd"')" passwd
	assert_equal "$(name 'filename="C:\\x\\-rf"')" rf
	assert_equal "$(name "filename*=utf-8''a%E2%80%AEgpj.exe%0A")" 'a[U+202E]gpj.exe?'
}

@test "the author is exactly one plain mailbox" {
	from() { "$VC_PROBE/probe-message" from < <(printf '%s\n\nx\n' "$1"); }
	one() { run from "$1"; assert_success; assert_output "$2"; }
	none() { run from "$1"; assert_failure 65; assert_output --partial "$2"; }
	one 'From: a@b.example' a@b.example
	one 'From: "x, y <q@z.example>" <a@b.example> (c)' a@b.example
	one 'From: =?utf-8?q?=3Cq=40z.example=3E?= <a@b.example>' a@b.example
	none $'From: a@b.example\nFrom: c@d.example' 'ambiguous-from: 2 From fields'
	none 'To: x@y.example' 'ambiguous-from: 0 From fields'
	none 'From: a@b.example, c@d.example' 'ambiguous-from: not exactly one'
	none 'From: g: a@b.example;' 'ambiguous-from: not exactly one'
	none 'From: q@z.example <a@b.example>' 'bad-from: '
	none 'From: <a@b.example> <c@d.example>' 'bad-from: '
	none 'From: a@b.example c' 'bad-from: '
	none 'From: "a b"@b.example' 'bad-from: '
	none 'From: a@[192.0.2.1]' 'bad-from: '
	none 'From: -t@b.example' 'bad-from: '
	none 'From: a@ｂ.example' 'bad-from: '
	none 'From: (a@b.example' 'bad-from: '
}

@test "over the limit of octets, lines, fields" {
	repeat a 10485761 | fold -w 1000 | head -c 10485761 |
		over 'toolarge: a mail of more than 10485760 octets'
	{ printf 'A: b\n\n'; repeat a 8191; } |
		over 'toolarge: a line of more than 8190 octets'
	yes 'A: b' | head -n 201 |
		over 'toolarge: more fields in a header than 200'
	{ echo 'A: b'; yes " $(repeat c 990)" | head -n 9; } |
		over 'toolarge: a field of more than 8192 octets'
	for i in $(seq 70); do echo "A: $(repeat c 990)"; done |
		over 'toolarge: a header of more than 65536 octets'
}

@test "a mail at the limits is read" {
	{ printf 'A: b\n\n'; repeat a 8190; echo; } | limit
	yes 'A: b' | head -n 200 | limit
	{ for i in 1 2 3 4 5 6 7 8; do
		printf 'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' $i $i
	done; echo; } | limit
	{ printf 'Content-Type: multipart/mixed; boundary=%s\n\n' "$(repeat b 70)"
	yes "--$(repeat b 70)" | head -n 64; } | limit
}

@test "bombs of structure end at once" {
	for i in $(seq 5000); do
		printf 'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' "$i" "$i"
	done | over 'toolarge: parts nested more than 8 deep'
	yes $'Content-Type: message/rfc822\n' | head -n 200000 |
		over 'toolarge: parts nested more than 8 deep'
	{ printf 'Content-Type: multipart/mixed; boundary=b\n\n'
	yes -- '--b' | head -n 100000; } | over 'toolarge: more than 64 parts'
	mail "multipart/mixed; boundary=$(repeat b 71)" </dev/null |
		over 'toolarge: a boundary of more than 70 characters'
}

@test "bombs of fields end at once" {
	{ printf 'From: '; repeat '(' 8000; } |
		over 'toolarge: comments nested deeper than 8'
	{ printf 'Subject:'; yes '=?utf-8?q?a?=' | head -n 65 | sed 's/^/ /'; } |
		over 'toolarge: more encoded words in a field than 64'
	{ printf 'To: a@b'; yes ',a@b' | head -n 65 | tr -d '\n'; } |
		over 'toolarge: more addresses in a field than 64'
	{ printf 'Content-Type: text/plain'; seq 33 | sed 's/.*/;p&=x/' | tr -d '\n'; } |
		over 'toolarge: more than 32 parameters'
	{ printf 'Content-Disposition: x'; seq 33 | sed 's/.*/;p*&=x/' | tr -d '\n'; } |
		over 'toolarge: more segments of parameters than 32'
}

@test "what two readers would understand differently is malformed" {
	printf 'A: b\n\na\0b' | over 'malformed: an octet NUL'
	printf 'A: b\njunk\n\nx' | over 'malformed: a header line without a name'
	printf 'Content-Type: text/plain\nContent-type: text/html\n\nx' |
		over 'malformed: two Content-Type fields'
	mail multipart/mixed </dev/null |
		over 'malformed: a multipart without boundary'
	mail 'multipart/mixed; boundary=a; boundary=b' </dev/null |
		over 'malformed: more than one form of boundary'
	mail 'multipart/mixed; boundary*0=a' </dev/null |
		over 'malformed: more than one form of boundary'
	mail 'text/plain; charset=a; CHARSET=b' </dev/null |
		over 'malformed: a parameter stands twice'
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=a' '' --a \
		'Content-Type: multipart/mixed; boundary=a--' '' x |
		over 'malformed: a boundary that is used twice'
}

@test "a mail that was cut is a record, too" {
	over 'toolarge: a mail of more than 10485760 octets' < <(repeat a 10485761)
	assert_equal "$(jq -c '[.type,.claimed]' <<<"$output")" '["message",{}]'
}

@test "a text over 1 MiB is left out and flagged; its octets stay" {
	yes 0123456789 | head -c 1048577 | mail text/plain >m
	shape record <m >out
	assert_equal "$(jq -c '[.flag,.claimed.text]' out)" '[["text-too-large"],null]'
}
