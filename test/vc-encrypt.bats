load helper
load keys
load out
load flow

teardown_file() { stop_homes; }

refused() {
	[ "$status" -eq "$1" ]
	[ "$(jq -r '[.type, .by, .code, .why] | join("|")' <<<"$output")" = \
		"reject|vc-encrypt|$1|$2" ]
	[ "$stderr" = "vc-encrypt: line 1: $2" ]
}

@test "a notice is sealed, and its vendor reads it signed by the centre" {
	site hitachi
	notice hitachi >notice.jsonl
	run_out vc-encrypt -N "$NOW" notice.jsonl
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "$(jq -cS 'del(.mail_b64, .mail_sha256, .message_id)' out)" = \
		"$(jq -ncS --arg fpr "$(key_fpr hitachi)" \
			--arg id "$(key_id hitachi)" \
			'{type: "sealed", id: "JVNVU#800113/hitachi/1",
			case: "JVNVU#800113", vendor: "hitachi",
			to: "psirt@hitachi.example", fpr: $fpr, tlp: "AMBER",
			key_id: [$id]}')" ]
	[ "$(jq -r .mail_sha256 out)" = "$(mail_of <out | sha256sum | cut -c -64)" ]
	[ "$(jq -r .message_id out)" = "$(mail_of <out | field Message-ID)" ]
	armor_of <out | open_as hitachi >entity
	grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	grep -q 'GOODMDC' gpg.status
}

@test "type and id come first in the sealed record" {
	site hitachi
	seal hitachi >out
	[ "$(head -c 48 out)" = '{"type":"sealed","id":"JVNVU#800113/hitachi/1","' ]
}

@test "of three vendors and three notices each opens its own and no other" {
	site hitachi fujitsu rsa3072
	local to name
	for to in hitachi fujitsu rsa3072; do
		notice "$to"
	done | vc-encrypt -N "$NOW" >out
	for to in hitachi fujitsu rsa3072; do
		jq -c "select(.vendor == \"$to\")" out >one
		for name in hitachi fujitsu rsa3072 attacker; do
			if armor_of <one | open_as "$name" >text; then
				echo "$to $name"
			else
				[ ! -s text ]
			fi
		done
	done >opened
	[ "$(cat opened)" = "$(printf '%s\n' 'hitachi hitachi' 'fujitsu fujitsu' 'rsa3072 rsa3072')" ]
}

@test "outside stand two addresses, a date, constants and hashes" {
	site hitachi
	seal hitachi >out
	local id thread boundary
	id=$(printf 'JVNVU#800113/hitachi/1' | sha256sum)
	thread=$(printf 'JVNVU#800113/hitachi' | sha256sum)
	boundary=$(mail_of <out | tr -d '\r' | sed -n 's/^ boundary="\(.*\)"$/\1/p')
	[[ $boundary =~ ^=_[0-9a-f]{32}$ ]]
	mail_of <out | header >outside
	diff outside - <<EOF
From: vuls@centre.example
To: psirt@hitachi.example
Date: Sat, 01 Jun 2024 12:00:00 +0000
Message-ID: <${id:0:32}@centre.example>
In-Reply-To: <${thread:0:32}@centre.example>
References: <${thread:0:32}@centre.example>
Subject: Encrypted notice ${id:0:16}
MIME-Version: 1.0
Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="$boundary"
EOF
	mail_of <out | body | sed '/^-----BEGIN/,/^-----END/d' >around
	diff around - <<EOF
--$boundary
Content-Type: application/pgp-encrypted

Version: 1

--$boundary
Content-Type: application/octet-stream; name="encrypted.asc"
Content-Disposition: inline; filename="encrypted.asc"


--$boundary--
EOF
}

@test "inside, the header is protected and tells what stands outside" {
	site hitachi
	seal hitachi >out
	armor_of <out | open_as hitachi >entity
	header <entity >inside
	mail_of <out | header | sed '/^MIME-Version/,$d; s/^/HP-Outer: /' >told
	grep '^HP-Outer: ' inside >claimed
	diff told claimed
	[ "$(grep -v '^HP-Outer: ' inside | cut -d: -f1 | tr '\n' ' ')" = \
		"From To Date Message-ID In-Reply-To References Subject MIME-Version Content-Type " ]
	[ "$(field To <entity)" = psirt@hitachi.example ]
	[ "$(field Message-ID <entity)" = "$(jq -r .message_id out)" ]
	[[ $(field Content-Type <entity) =~ ^multipart/mixed\;\ boundary=.*\;\ hp=\"cipher\"\;\ protected-headers=\"v1\"$ ]]
	field Subject <entity |
		perl -CO -MEncode -ne 'print decode("MIME-Header", $_)' >subject
	[ "$(cat subject)" = "[TLP:AMBER] 複数の DNS 実装の脆弱性 kanarienvogel" ]
}

@test "inside, the label stands directly above the text, and attachments follow" {
	site hitachi
	seal hitachi >out
	armor_of <out | open_as hitachi | tr -d '\r' >entity
	[ "$(grep -c '^--=_' entity)" -eq 3 ]
	awk '/^--=_/ { n++ } n == 1' entity | body | base64 -d 2>/dev/null | tr -d '\r' >text
	[ "$(cat text)" = "TLP:AMBER

貴社の製品が影響を受ける可能性があります。

kanarienvogel
from here" ]
	awk '/^--=_/ { n++ } n == 2' entity >part
	grep -qx 'Content-Disposition: attachment; filename="status.txt"' part
	body <part | base64 -d 2>/dev/null | tr -d '\r' >file
	[ "$(cat file)" = "Case: JVNVU#800113
状況: kanarienvogel" ]
}

@test "a label that the words carry already is not doubled" {
	site hitachi
	seal hitachi '.text = "TLP:AMBER\n\nHello\n" |
		.subject = "[TLP:AMBER] Hello" | del(.attachment)' >out
	armor_of <out | open_as hitachi | tr -d '\r' >entity
	[ "$(field Subject <entity)" = "[TLP:AMBER] Hello" ]
	[ "$(body <entity)" = "TLP:AMBER

Hello" ]
	[ "$(field Content-Type <entity)" = 'text/plain; charset=UTF-8; format=flowed; hp="cipher"; protected-headers="v1"' ]
}

@test "a label that is missing counts as RED" {
	site hitachi
	seal hitachi 'del(.tlp, .attachment) | .text = "x" | .subject = "x"' >out
	[ "$(jq -r .tlp out)" = RED ]
	armor_of <out | open_as hitachi | tr -d '\r' >entity
	[ "$(field Subject <entity)" = "[TLP:RED] x" ]
	[ "$(body <entity)" = "TLP:RED

x" ]
}

@test "a subject has its label once, as a word of its own, and is not blank" {
	site hitachi
	local subject
	while IFS='|' read -r subject want; do
		seal hitachi ".subject = \"$subject\"" | armor_of | open_as hitachi |
			field Subject >got
		assert_equal "$(cat got)" "$want"
	done <<-'EOF'
		[TLP:AMBER] Hello|[TLP:AMBER] Hello
		[TLP:AMBER]Hello|[TLP:AMBER] [TLP:AMBER]Hello
		[TLP:CLEAR] Hello|[TLP:AMBER] [TLP:CLEAR] Hello
		=?utf-8?q?=0D=0ABcc:_x?=|[TLP:AMBER] =?UTF-8?B?PT91dGYtOD9xPz0wRD0wQUJjYzpfeD89?=
	EOF
	for subject in ' ' '   ' '[TLP:AMBER] ' '[TLP:AMBER]   '; do
		notice hitachi ".subject = \"$subject\"" >in
		run --separate-stderr vc-encrypt <in
		refused 65 "field 'subject' is blank"
	done
	notice hitachi '.subject = "x" * 2049' >in
	run --separate-stderr vc-encrypt <in
	refused 65 "field 'subject' is longer than 2048 octets"
	seal hitachi '.subject = "x" * 2048' | armor_of | open_as hitachi >entity
	assert_equal "$(field Subject <entity | perl -MEncode -ne 'print length decode("MIME-Header", $_)')" 2061
}

# carried TEXT: the octets in which it travels, in `carried`; prints how.
carried() {
	jq -Rs . <"$1" >text.json
	notice hitachi 'del(.attachment)' | jq -c --slurpfile t text.json \
		'.text = $t[0]' | vc-encrypt >out
	armor_of <out | open_as hitachi >entity
	sed '1,/^\r$/d' entity >carried
	field Content-Type <entity
	field Content-Transfer-Encoding <entity
}

@test "a text in ASCII flows: who reads it sees the lines as they were" {
	site hitachi
	{
		for _ in $(seq 400); do printf '=long '; done
		printf '\n.\nFrom me \n> said\n one\ntab\t\n--=_0\n-- \nend'
	} >text
	run -0 carried text
	assert_output 'text/plain; charset=UTF-8; format=flowed; hp="cipher"; protected-headers="v1"
7bit'
	{
		printf 'TLP:AMBER\n\n'
		cat text
	} | trimmed >want
	unflow <carried | diff want -
	assert_equal "$(awk '{ if (length > m) m = length } END { print m }' carried)" 79
}

@test "a text of other letters, or with a word that no line holds, is base64" {
	site hitachi
	printf 'é and \n blanks \t\n-- \nend \n' >text
	run -0 carried text
	assert_output 'text/plain; charset=UTF-8; hp="cipher"; protected-headers="v1"
base64'
	{
		printf 'TLP:AMBER\n\n'
		cat text
	} >want
	base64 -di carried | tr -d '\r' | diff want -
	printf 'x%.0s' {1..999} >text
	run -0 carried text
	assert_line base64
	assert_equal "$(base64 -di carried | tail -n 1 | tr -d '\r')" "$(cat text)"
}

@test "what a text hides is shown, and flows" {
	site hitachi
	printf 'a\u202eb\x1b[31m\x7f\u200b\r\nc\rd' >text
	run -0 carried text
	assert_line 7bit
	assert_equal "$(unflow <carried)" "TLP:AMBER

a[U+202E]b?[31m?[U+200B]
c?d"
}

@test "random texts come back as they were, also through vc-verify" {
	site hitachi
	random_texts 60 | tr '\0' '\n' >text
	run -0 carried text
	assert_line 7bit
	{
		printf 'TLP:AMBER\n\n'
		cat text
	} | trimmed >want
	unflow <carried | diff want -
	mail_of <out | read_as hitachi >message
	assert_equal "$(jq -c '[.verdict, .vendor, .flag]' message)" \
		'["signed","centre",["encrypted","flowed"]]'
	jq -j .signed.text message | sed 's/$/\r/' | unflow | diff want -
}

@test "the mail has CRLF only, no line over 998 and no octet of 8 bits" {
	site hitachi
	seal hitachi >out
	mail_of <out >mail
	[ "$(tr -d '\r' <mail | wc -l)" -eq "$(grep -c $'\r$' mail)" ]
	[ "$(tr -cd '\r' <mail | wc -c)" -eq "$(wc -l <mail)" ]
	[ "$(tr -d '\000-\177' <mail | wc -c)" -eq 0 ]
	[ "$(awk '{ if (length > m) m = length } END { print (m < 998) }' mail)" = 1 ]
}

@test "an attachment whose name or type cannot be mailed is refused" {
	site hitachi
	local bad
	{
		for bad in 'a\r\nBcc: x' '../x' 'a\"b' '.x' '-x' ' x' 'x ' 'x.' \
			'a/b' 'a\\b' 'a:b' 'a*b' 'a?b' 'a<b' 'a>b' 'a|b' '\u3042/b' \
			'a\uff0fb' 'a\uff3cb' 'a\u00a5b' 'a\uffe5b' '\uff0ea' \
			'\u3000a' 'a\u202etxt.exe' 'a\u200bb' 'a\u0085b' \
			'a\u2028b' 'a\tb' 'a\u007fb' "$(printf 'x%.0s' {1..201})" \
			"$(printf '\\u3042%.0s' {1..67})"; do
			notice hitachi ".attachment[0].name = \"$bad\""
		done
		for bad in text / a/ /b a/b/c 'text/plain\r\nBcc: x' \
			multipart/mixed Multipart/mixed message/rfc822 \
			MESSAGE/rfc822 'a/b; c=d' 'a/\u3042' 'a b/c' \
			"a/$(printf 'x%.0s' {1..65})"; do
			notice hitachi ".attachment[0].media_type = \"$bad\""
		done
	} >in
	run_out vc-encrypt <in
	assert_equal "$status" 65
	assert_equal "$(jq -r '.type + ": " + .why' out | uniq -c)" \
		"     31 reject: attachment[0]: field 'name' is not one that a file can have everywhere
     14 reject: attachment[0]: field 'media_type' is not one that is mailed"
}

@test "a name of any letters is written twice, for old readers and for new ones" {
	site hitachi
	seal hitachi '.attachment = (["脆弱性の実証 (1).tar.gz", "a b.txt",
		"%41;x=\u0027.pdf", "README", "報告書", "_x.c", "x.\u3042"] |
		map({name: ., media_type: "text/x-c", text: .}))' >out
	armor_of <out | open_as hitachi | tr -d '\r' >entity
	run -0 bash -c "sed -e ':a' -e 'N;\$!ba' -e 's/\n //g' entity | grep '^Content-Disposition'"
	assert_output "Content-Disposition: attachment;filename*=UTF-8''%E8%84%86%E5%BC%B1%E6%80%A7%E3%81%AE%E5%AE%9F%E8%A8%BC%20%281%29.tar.gz;filename=\"file-1.gz\"
Content-Disposition: attachment;filename*=UTF-8''a%20b.txt;filename=\"file-2.txt\"
Content-Disposition: attachment;filename*=UTF-8''%2541%3Bx%3D%27.pdf;filename=\"file-3.pdf\"
Content-Disposition: attachment; filename=\"README\"
Content-Disposition: attachment;filename*=UTF-8''%E5%A0%B1%E5%91%8A%E6%9B%B8;filename=\"file-5\"
Content-Disposition: attachment;filename*=UTF-8''_x.c;filename=\"file-6.c\"
Content-Disposition: attachment;filename*=UTF-8''x.%E3%81%82;filename=\"file-7\""
}

@test "names that are one file to somebody are refused" {
	site hitachi
	local two
	{
		for two in '"a.txt", "a.txt"' '"a.txt", "A.TXT"' '"あ.txt", "ｱ.txt", "あ.TXT"' \
			'"ａ.txt", "a.txt"' '"が", "が"' '"x", "あ.pdf", "FILE-2.pdf"' \
			'"a b", "a  b"'; do
			notice hitachi ".attachment = ([$two] |
				map({name: ., media_type: \"a/b\", text: .}))"
		done
	} >in
	run_out vc-encrypt <in
	assert_equal "$status" 65
	assert_equal "$(jq -r .why out | sort | uniq -c)" \
		"      5 attachment[1]: field 'name' is that of attachment[0]
      1 attachment[2]: field 'name' is that of attachment[0]
      1 attachment[2]: field 'name' is that of attachment[1]"
	notice hitachi '.attachment = [range(33) | {name: "\(.)", media_type: "a/b", text: "x"}]' >in
	run --separate-stderr vc-encrypt <in
	refused 65 "field 'attachment' has more than 32"
	notice hitachi '.attachment = [range(32) | {name: "\(.)", media_type: "a/b", text: "x"}]' >in
	run_out vc-encrypt in
	assert_equal "$status $stderr" "0 "
}

# store FILE...: the folder `files` has them, each under its hash.
store() {
	local f
	mkdir -p -m 700 files
	for f; do
		cp "$f" "files/$(sha "$f")"
	done
}
sha() { sha256sum <"$1" | cut -c -64; }

# with_files FILE...: a notice that names them.
with_files() {
	local f
	for f; do
		jq -nc --arg name "$f" --arg sha "$(sha "$f")" '{name: $name,
			media_type: "application/octet-stream", sha256: $sha}'
	done | jq -sc . >list
	notice hitachi | jq -c --slurpfile l list '.attachment += $l[0]'
}

@test "files that a notice names go with it, octet for octet" {
	site hitachi
	head -c 100000 /dev/urandom >poc.pcap
	printf 'bare\rCR, LF\n, CRLF\r\n.\nFrom x\n\0 end' >脆弱性.bin
	: >empty
	printf '修正\n' >fix.diff
	printf '\377\376' >latin.txt
	local long
	long=$(printf '長%.0s' {1..65}).bin
	echo long >"$long"
	store poc.pcap 脆弱性.bin empty fix.diff latin.txt "$long"
	with_files poc.pcap 脆弱性.bin empty fix.diff latin.txt "$long" | jq -c '
		.attachment[4, 5].media_type = "text/plain"' >in
	run_out vc-encrypt -a files in
	assert_equal "$status $stderr" "0 "
	armor_of <out | open_as hitachi | tr -d '\r' >entity
	assert_equal "$(grep -c '^Content-Type: text/plain; charset=UTF-8$' entity)" 3
	assert_equal "$(grep -c '^Content-Type: text/plain$' entity)" 1
	mail_of <out | read_as hitachi -a "$PWD/files" >message
	assert_equal "$(jq -r .verdict message)" signed
	assert_equal "$(jq -c '.attachment[1:][] | [.name, .media_type, .size_n, .sha256]' message)" \
		"$(jq -c '.attachment[1:][] | [.name, .media_type, .sha256]' in | while read -r line; do
			n=$(wc -c <"files/$(jq -r '.[2]' <<<"$line")")
			jq -c ".[3] = .[2] | .[2] = $n" <<<"$line"
		done)"
}

@test "VC_ATTACHMENTS stands in for -a, and a notice without files needs none" {
	site hitachi
	echo poc >poc
	store poc
	with_files poc >in
	run_out env VC_ATTACHMENTS="$PWD/files" vc-encrypt in
	assert_equal "$status $(jq -r .type out)" "0 sealed"
	run --separate-stderr vc-encrypt <in
	refused 64 "attachment[1]: option '-a' is needed: the folder that has the file"
	{
		cat in
		notice hitachi
	} >both
	run_out vc-encrypt <both
	assert_equal "$status $(jq -r .type out | tr '\n' ' ')" "64 reject sealed "
}

@test "a file that is not what its hash says, or no file, is not mailed" {
	site hitachi
	echo poc >poc
	store poc
	with_files poc >in
	local at
	at=files/$(sha poc)
	echo other >"$at"
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[1]: its file holds something else than its hash says"
	truncate -s $((5 * 1024 * 1024 + 1)) "$at"
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[1]: its file is longer than 5242880 octets"
	rm "$at"
	run --separate-stderr vc-encrypt -a files <in
	refused 66 "attachment[1]: 'files' has no file of its hash: add it"
	ln -s "$PWD/poc" "$at"
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[1]: its file is no regular file"
	rm "$at"
	mkfifo "$at"
	run --separate-stderr timeout 20 vc-encrypt -a files <in
	refused 65 "attachment[1]: its file is no regular file"
	rm "$at"
	mkdir "$at"
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[1]: its file is no regular file"
}

@test "a hash is never a path, and a file is named by one thing alone" {
	site hitachi
	echo secret >files.txt
	mkdir -m 700 files
	local bad
	for bad in ../files.txt "$PWD/files.txt" '' . "$(sha files.txt | tr a-f A-F)" \
		"$(sha files.txt)/" "$(sha files.txt)0" "$(printf '../%.0s' {1..21})x"; do
		notice hitachi ".attachment = [{name: \"x\", media_type: \"a/b\", sha256: \"$bad\"}]"
	done >in
	run_out vc-encrypt -a files in
	assert_equal "$status" 65
	assert_equal "$(jq -r .why out | uniq -c)" \
		"      8 attachment[0]: field 'sha256' is not 64 lower-case hex digits"
	notice hitachi ".attachment = [{name: \"x\", media_type: \"a/b\", sha256: 1}]" >in
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[0]: field 'sha256' is not 64 lower-case hex digits"
	notice hitachi ".attachment[0].sha256 = \"$(sha files.txt)\"" >in
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[0]: fields 'sha256' and 'text' exclude each other"
	notice hitachi ".attachment = [{name: \"x\", media_type: \"a/b\"}]" >in
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[0]: field 'text' is missing"
	notice hitachi '.attachment = ["x"]' >in
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "attachment[0]: field 'name' is missing"
}

@test "files are mailed up to 7 MiB of mail, and no more" {
	site hitachi
	head -c 5242880 /dev/zero >big
	head -c 300000 /dev/zero >"more"
	store big more
	with_files big >in
	run_out vc-encrypt -a files in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r .type out)" sealed
	with_files big more >in
	run --separate-stderr vc-encrypt -a files <in
	refused 65 "notice is longer than 7340032 octets as a mail"
}

@test "a folder that is missing, none, or others' is refused before anything" {
	site hitachi
	run --separate-stderr vc-encrypt -a files </dev/null
	assert_equal "$status $output $stderr" \
		"66  vc-encrypt: cannot open 'files': No such file or directory"
	echo >files
	run --separate-stderr vc-encrypt -a files </dev/null
	assert_equal "$status $stderr" "78 vc-encrypt: 'files' is no folder"
	rm files
	mkdir -m 770 files
	run --separate-stderr vc-encrypt -a files </dev/null
	assert_equal "$status $stderr" "78 vc-encrypt: 'files' can be written by others: chmod go-w"
}

# bats test_tags=nosan
@test "of a file nothing is outside of the mail, on disk or in a message" {
	site hitachi
	printf '%s%s\n' "$CANARY" "$CANARY" >poc
	store poc
	{
		with_files poc
		with_files poc | jq -c '.attachment[1].name = "a/b"'
		with_files poc | jq -c ".attachment[1].sha256 = \"$(printf 0%.0s {1..64})\""
		with_files poc | jq -c '.attachment[1].name = "status.txt"'
	} >in
	run_out strace -f -o trace -e trace=openat,open,creat,memfd_create \
		vc-encrypt -v -l ledger.jsonl -a files in
	assert_equal "$status $(jq -r .type out | tr '\n' ' ')" "66 sealed reject reject reject "
	jq 'del(.mail_b64)' out >told
	run ! grep -i "$CANARY\|$(sha poc)" told err ledger.jsonl
	run ! grep -E "memfd_create|O_WRONLY|O_RDWR|creat\(" <(grep -vE \
		'"/dev/null"|ledger.jsonl|ENOENT|/(S.gpg|trustdb|pubring|\.#)|"/dev/(tty|random)' trace)
	assert_output ""
}

@test "a key that nobody should use is refused with its reason" {
	local name why
	site expired revoked weak signonly
	while read -r name why; do
		notice "$name" >in
		run --separate-stderr vc-encrypt <in
		refused 77 "$why: key $(key_fpr "$name")"
	done <<-'EOF'
		expired expired
		revoked revoked
		weak weak
		signonly cannot-encrypt
	EOF
}

# bats test_tags=nosan
@test "a key that expires soon is used, and a warning says when" {
	site expired
	notice expired >in
	run --separate-stderr faketime '2024-11-10 00:00:00' \
		vc-encrypt -N 2024-11-10T00:00:00Z in
	[ "$status" -eq 0 ]
	[ "$(jq -r .type <<<"$output")" = sealed ]
	[[ $stderr =~ ^"vc-encrypt: the key of vendor 'expired' expires at 2024-12-3"[01]T[0-9:]*Z$ ]]
	run --separate-stderr faketime '2024-06-01 00:00:00' \
		vc-encrypt -N 2024-06-01T00:00:00Z in
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
}

@test "a vendor without a key in the roster is unpinned" {
	site hitachi
	notice hitachi >in
	sed -i 's/,[0-9A-F]*$/,/' roster.csv
	sed -i '1s/.*/vendor,name_en,kind,state,email,fpr/' roster.csv
	run --separate-stderr vc-encrypt <in
	refused 77 "unpinned: the roster has no key of vendor 'hitachi'"
}

@test "a key whose file is gone is unpinned, a file with another key no store" {
	site hitachi
	notice hitachi >in
	cp "$KEY_DIR/attacker.asc" "keys/$(key_fpr hitachi).asc"
	run --separate-stderr vc-encrypt <in
	refused 78 "'$PWD/keys/$(key_fpr hitachi).asc' does not hold the one key of its name"
	rm "keys/$(key_fpr hitachi).asc"
	run --separate-stderr vc-encrypt <in
	[ "$status" -eq 77 ]
	[[ $stderr = "vc-encrypt: line 1: unpinned: "* ]]
	[ "$(jq -r .type <<<"$output")" = reject ]
}

@test "address and fingerprint of a notice must be those of the roster" {
	site hitachi fujitsu
	notice hitachi '.to = "psirt@fujitsu.example"' >in
	run --separate-stderr vc-encrypt <in
	refused 77 "field 'to' is not the address of vendor 'hitachi' in the roster"
	notice hitachi ".fpr = \"$(key_fpr fujitsu)\"" >in
	run --separate-stderr vc-encrypt <in
	refused 77 "field 'fpr' is not the key of vendor 'hitachi' in the roster"
	notice hitachi '.vendor = "nobody" | .id = "JVNVU#800113/nobody/1"' >in
	run --separate-stderr vc-encrypt <in
	refused 77 "vendor 'nobody' is not in the roster"
	sed -i 's/registered/met/' roster.csv
	notice hitachi >in
	run --separate-stderr vc-encrypt <in
	refused 77 "vendor 'hitachi' is not registered"
}

@test "a notice as somebody wrote it by hand is judged by the roster" {
	site hitachi
	run --separate-stderr vc-encrypt <"$VC_FIXTURE/vc-encrypt/notice.jsonl"
	refused 77 "field 'fpr' is not the key of vendor 'hitachi' in the roster"
}

@test "an id that is not of its case and vendor is refused" {
	site hitachi
	local id
	for id in JVNVU#800113/fujitsu/1 JVNVU#1/hitachi/1 JVNVU#800113/hitachi \
		JVNVU#800113/hitachi/x JVNVU#800113/hitachi/1/1/1 \
		JVNVU#800113/hitachi/reminder/a/b JVNVU#800113/hitachi//a \
		JVNVU#800113/hitachi/a/ vendor/hitachi/papers/1; do
		notice hitachi ".id = \"$id\"" >in
		run --separate-stderr vc-encrypt <in
		refused 65 "field 'id' is not that of its case and vendor"
	done
}

@test "the id of a letter ends in a number, or in its kind and a word" {
	site hitachi
	local id
	for id in JVNVU#800113/hitachi/2 JVNVU#800113/hitachi/reminder/2008-08-22; do
		notice hitachi ".id = \"$id\"" | vc-encrypt | head -n 1 >sealed
		assert_equal "$(jq -r .id sealed)" "$id"
	done
	notice hitachi '.id = "vendor/hitachi/meeting/2008-08-22" | del(.case)' |
		vc-encrypt >sealed
	assert_equal "$(jq -r '.type + " " + .id' sealed)" \
		"sealed vendor/hitachi/meeting/2008-08-22"
	notice hitachi '.id = "vendor/hitachi/1" | del(.case)' >in
	run --separate-stderr vc-encrypt <in
	refused 65 "field 'id' is not that of its case and vendor"
}

@test "one bad notice does not stop the others" {
	site hitachi expired
	{
		notice expired
		notice hitachi
	} >in
	run --separate-stderr vc-encrypt <in
	[ "$status" -eq 77 ]
	[ "$(jq -r .type <<<"$output" | tr '\n' ' ')" = "reject sealed " ]
}

@test "a case that nobody routed is refused" {
	site hitachi
	echo '{"type":"case","id":"JVNVU#800113","state":"draft"}' >in
	run --separate-stderr vc-encrypt <in
	refused 77 "a case is refused here: not routed"
}

@test "what is not a notice goes by as it came" {
	site hitachi
	echo '{"type":"vendor",  "id":"vendor/x","vendor":"x"}' >in
	run --separate-stderr vc-encrypt <in
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat in)" ]
	[ "$stderr" = "" ]
}

@test "a gpg.conf that wants another recipient gets none" {
	site hitachi
	VC_HOME=$(short_home)
	cp "$VC_TOP/share/gnupg/gpg.conf" "$VC_HOME"
	gpg --homedir "$VC_HOME" --batch --quiet --import \
		"$KEY_DIR/centre.sec.asc" "$KEY_DIR/attacker.asc" 2>/dev/null 3>&-
	sed -i /no-encrypt-to/d "$VC_HOME/gpg.conf"
	echo "encrypt-to $(key_fpr attacker)" >>"$VC_HOME/gpg.conf"
	run_out seal hitachi
	[ "$status" -eq 0 ]
	[ "$(jq -r '.key_id | join(" ")' out)" = "$(key_id hitachi)" ]
	armor_of <out >armor
	run ! open_as attacker <armor
	grep -q DECRYPTION_FAILED gpg.status
}

@test "a second signer in gpg.conf is found, and the notice not sealed" {
	site hitachi
	VC_HOME=$(key_home_make centre attacker)
	run --separate-stderr seal hitachi
	assert_equal "$status $stderr" "0 "
	echo "local-user $(key_fpr attacker)" >>"$VC_HOME/gpg.conf"
	notice hitachi >in
	run --separate-stderr vc-encrypt <in
	refused 70 "gpg made no single signature"
}

# slowly COMMAND...: each gpg that seals ends late; deepest: how many of them
# there were at a time, and in all.
slowly() {
	strace -f -qq -e trace=execve,exit_group \
		-e inject=exit_group:delay_enter=200000 -o trace "$@"
}
deepest() {
	awk '/ execve\(.*"--encrypt"/ { on[$1] = 1; all++ }
		/ exit_group\(/ && $1 in on { delete on[$1] }
		{ if (length(on) > most) most = length(on) }
		END { print most + 0, all + 0 }' trace
}

# bats test_tags=nosan
@test "two notices are sealed at a time, and stay in their order" {
	site hitachi fujitsu
	local i
	seal hitachi >out # starts the agent
	{
		for i in 1 2 3; do
			notice hitachi ".id = \"JVNVU#800113/hitachi/$i\""
		done
		notice hitachi '.to = "x@y.example"'
		echo '{"type":"vendor","id":"vendor/x","vendor":"x"}'
		notice fujitsu
	} >in
	run_out slowly vc-encrypt in
	assert_equal "$status $stderr" \
		"77 vc-encrypt: in: line 4: field 'to' is not the address of vendor 'hitachi' in the roster"
	assert_equal "$(jq -r '.id // .of.id' out | tr '\n' ' ')" "$(jq -r .id in | tr '\n' ' ')"
	assert_equal "$(deepest)" "2 4"
	for i in 1 2 3 6; do
		sed -n "${i}p" out | armor_of |
			open_as "$(sed -n "${i}p" out | jq -r .vendor)" >entity
		assert_equal "$(field To <entity)" "$(sed -n "${i}p" in | jq -r .to)"
	done
}

@test "what is no notice is refused in its place" {
	site hitachi
	local bad
	for bad in '{"type":"notice","id":}' '{"type":"notice","id":3}' '{"type":"notice"' \
		'[]' '{"type":"case","id":"JVN#12345678"}'; do
		{
			notice hitachi
			echo "$bad"
			notice hitachi '.id = "JVNVU#800113/hitachi/2"'
		} | vc-encrypt >out 2>err || true
		assert_equal "$bad: $(jq -r .type out | tr '\n' ' ')" \
			"$bad: sealed reject sealed "
	done
}

# bats test_tags=nosan
@test "a notice that is alone is sealed before the next comes" {
	site hitachi
	seal hitachi >out # starts the agent
	mkfifo in
	slowly vc-encrypt <in >out 3>&- &
	local pid=$! i
	exec 9>in
	notice hitachi >&9
	for ((i = 0; i < 300; i++)); do
		! grep -q sealed out || break
		sleep 0.1
	done
	assert_equal "$(wc -l <out)" 1
	notice hitachi '.id = "JVNVU#800113/hitachi/2"' >&9
	exec 9>&-
	wait "$pid"
	assert_equal "$(deepest) $(wc -l <out)" "1 2 2"
}

# seals: the notice `in` is sealed, with nothing to say.
seals() {
	run --separate-stderr vc-encrypt <in
	assert_equal "$status $stderr $(jq -r .type <<<"$output")" "0  sealed"
}

# agent_dies: the agent of VC_HOME ends as in a crash, and its socket stays.
agent_dies() {
	local pid
	pid=$(gpg-connect-agent --homedir "$VC_HOME" 'getinfo pid' /bye 3>&- |
		sed -n 's/^D //p')
	kill -9 "$pid"
	while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

@test "an agent that is gone says: try again, and the next run works" {
	site hitachi
	notice hitachi >in
	VC_HOME=$(key_home_make centre)
	gpgconf --homedir "$VC_HOME" --kill all
	cp "$VC_HOME/gpg.conf" conf
	echo no-autostart >>"$VC_HOME/gpg.conf"
	run --separate-stderr vc-encrypt <in
	refused 75 "no agent for '$VC_HOME': start it, or use a shorter path"
	run --separate-stderr vc-encrypt < <(open_letter)
	refused 75 "no agent for '$VC_HOME': start it, or use a shorter path"
	cp conf "$VC_HOME/gpg.conf"
	seals
}

@test "an agent that left its socket behind is none, and another is started" {
	site hitachi
	notice hitachi >in
	VC_HOME=$(key_home_make centre)
	agent_dies
	[ -S "$VC_HOME/S.gpg-agent" ]
	cp "$VC_HOME/gpg.conf" conf
	echo no-autostart >>"$VC_HOME/gpg.conf"
	run --separate-stderr vc-encrypt <in
	refused 75 "no agent for '$VC_HOME': start it, or use a shorter path"
	cp conf "$VC_HOME/gpg.conf"
	seals
}

@test "a home whose path is too long for a socket says so" {
	local long
	site hitachi
	notice hitachi >in
	long=$(short_home)/$(printf '%090d' 0)
	mkdir -m 700 "$long"
	cp -r "$VC_HOME"/{gpg.conf,pubring.kbx,private-keys-v1.d} "$long"
	run --separate-stderr vc-encrypt -g "$long" <in
	refused 75 "no agent for '$long': start it, or use a shorter path"
	run --separate-stderr vc-encrypt -g "$long" < <(open_letter)
	refused 75 "no agent for '$long': start it, or use a shorter path"
	seals
}

# locked_home: VC_HOME and VC_SIGNER of a key with a passphrase that the agent
# does not know. unlock: now it does.
locked_home() {
	VC_HOME=$(short_home)
	cp "$VC_TOP/share/gnupg/gpg.conf" "$VC_HOME"
	gpg --homedir "$VC_HOME" --batch --quiet --pinentry-mode loopback \
		--passphrase secret --quick-gen-key 'X <x@centre.example>' \
		ed25519 sign never 2>/dev/null 3>&-
	gpgconf --homedir "$VC_HOME" --kill all
	VC_SIGNER=$(gpg --homedir "$VC_HOME" --batch --with-colons --list-keys \
		2>/dev/null | awk -F: '/^fpr/ { print $10; exit }')
}
unlock() {
	gpg --homedir "$VC_HOME" --batch --quiet --pinentry-mode loopback \
		--passphrase secret -o /dev/null --sign /dev/null 3>&-
}

@test "a passphrase that nobody typed says: try again, and the next run works" {
	site hitachi fujitsu
	locked_home
	{
		notice hitachi
		notice fujitsu
	} >two
	notice hitachi >in
	run --separate-stderr vc-encrypt <two
	assert_equal "$status" 75
	assert_equal "$(jq -r '.type + " " + .why' <<<"$output")" \
		"reject the key is locked: give its passphrase to the agent
reject the key is locked: give its passphrase to the agent"
	run --separate-stderr vc-encrypt < <(open_letter)
	refused 75 "the key is locked: give its passphrase to the agent"
	unlock
	seals
	gpgconf --homedir "$VC_HOME" --kill all
	run --separate-stderr vc-encrypt <in
	refused 75 "the key is locked: give its passphrase to the agent"
}

@test "a secret key in the key store is neither sealed for nor signs" {
	local fpr
	site hitachi
	notice hitachi >in
	fpr=$(key_fpr hitachi)
	# In the vendor's home: the centre's home does not hold it.
	cp -r "$(key_home hitachi)/private-keys-v1.d" "keys/$fpr"
	run --separate-stderr vc-encrypt -u "$fpr" <in
	refused 78 "the signer's secret key is not in '$VC_HOME'"
	run_out vc-encrypt in
	assert_equal "$status" 0
	armor_of <out | open_as hitachi >entity
	grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	# As the vendor's file.
	cp "$KEY_DIR/hitachi.sec.asc" "keys/$fpr.asc"
	run --separate-stderr vc-encrypt <in
	refused 78 "'$PWD/keys/$fpr.asc' does not hold the one key of its name"
	run --separate-stderr vc-encrypt -u "$fpr" <in
	refused 78 "'$PWD/keys/$fpr.asc' does not hold the one key of its name"
}

@test "text of a notice is in the ciphertext and nowhere else" {
	site hitachi expired
	{
		notice hitachi
		notice expired
		notice hitachi '.attachment[0].name = "a/b"'
		notice hitachi ".subject = \"$CANARY\" * 400"
	} >in
	run_out vc-encrypt -v -l ledger.jsonl in
	[ "$status" -eq 77 ]
	[ "$(jq -r .type out | tr '\n' ' ')" = "sealed reject reject reject " ]
	jq 'del(.mail_b64)' out >told
	head -n 1 out | mail_of | sed '/^-----BEGIN/,/^-----END/d' >outside
	run ! grep -i "$CANARY\|貴社\|DNS" told outside err ledger.jsonl
	[ "$(jq -r 'select(.type == "sealed") | keys_unsorted | join(" ")' ledger.jsonl)" = \
		"type id case vendor to fpr tlp message_id key_id mail_sha256" ]
}

@test "notices of a case to a vendor are one thread, of two vendors two" {
	site hitachi fujitsu
	{
		notice hitachi
		notice hitachi '.id = "JVNVU#800113/hitachi/2"'
		notice fujitsu
	} >in
	vc-encrypt in >out
	while read -r line; do
		mail_of <<<"$line" | field References
	done <out >references
	[ "$(sed -n 1p references)" = "$(sed -n 2p references)" ]
	[ "$(sed -n 1p references)" != "$(sed -n 3p references)" ]
	[ "$(jq -r .message_id out | sort -u | wc -l)" -eq 3 ]
}

@test "a call without what is needed says what is missing" {
	site hitachi
	local name
	while IFS='|' read -r name why; do
		run --separate-stderr env -u "$name" vc-encrypt </dev/null
		[ "$status" -eq 64 ]
		[ "$output" = "" ]
		[ "$stderr" = "vc-encrypt: $why" ]
	done <<-'EOF'
		VC_HOME|option '-g' is needed: the centre's GnuPG home
		VC_SIGNER|option '-u' is needed: the centre's signing key
		VC_FROM|option '-f' is needed: the address that mails are from
		VC_ROSTER|option '-r' is needed: the roster
		VC_KEYS|option '-k' is needed: the key store
	EOF
	run --separate-stderr vc-encrypt -u 12345678 </dev/null
	[ "$status" -eq 64 ]
	[ "$stderr" = "vc-encrypt: option '-u' wants a fingerprint: 40 upper-case hex digits" ]
	for name in 'Vuls <vuls@centre.example>' 'vuls' '-x@centre.example' \
		$'a@b.example\nBcc: x@y.example' 'a..b@c.example' 'a@-c.example' 'あ@b.example'; do
		run --separate-stderr vc-encrypt -f "$name" </dev/null
		[ "$status" -eq 64 ]
		[ "$stderr" = "vc-encrypt: option '-f' wants a bare address such as vuls@centre.example" ]
	done
}

@test "a signer that the home does not hold is the site's fault" {
	site hitachi
	notice hitachi >in
	run --separate-stderr vc-encrypt -u "$(key_fpr attacker)" <in
	[ "$status" -eq 78 ]
	[ "$(jq -r .type <<<"$output")" = reject ]
}

@test "a signer whose secret key was taken away is the site's fault" {
	site hitachi
	notice hitachi >in
	VC_HOME=$(key_home_make centre)
	rm -r "$VC_HOME/private-keys-v1.d"
	run --separate-stderr vc-encrypt <in
	refused 78 "the signer's key cannot sign: No secret key"
	run --separate-stderr vc-encrypt < <(open_letter)
	refused 78 "the signer's key cannot sign: Unusable secret key"
}

@test "a roster or a store that others can write is not trusted" {
	site hitachi
	chmod 666 roster.csv
	run --separate-stderr vc-encrypt </dev/null
	[ "$status" -eq 78 ]
	chmod 600 roster.csv
	chmod 777 keys
	run --separate-stderr vc-encrypt </dev/null
	[ "$status" -eq 78 ]
	[ "$stderr" = "vc-encrypt: '$PWD/keys' can be written by others: chmod go-w" ]
}

# parts <mail: what is signed, in `covered`, and its signature, in `sig`.
parts() {
	tr -d '\r' >mail.lf
	boundary=$(sed -n 's/^ boundary="\(.*\)"$/\1/p' mail.lf | head -n 1)
	awk -v b="--$boundary" '$0 == b { n++; next } n == 1' mail.lf |
		sed '$d' | sed 's/$/\r/' >covered
	sed -n '/^-----BEGIN PGP SIGNATURE/,/^-----END/p' mail.lf >sig
}

@test "a letter about no case that is CLEAR and names no key is signed only" {
	site hitachi
	open_letter >in
	run_out vc-encrypt -N "$NOW" in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -c 'del(.mail_b64, .mail_sha256, .message_id)' out)" \
		'{"type":"sealed","id":"vendor/hitachi/papers/2008-07-09","vendor":"hitachi","to":"psirt@hitachi.example","tlp":"CLEAR","key_id":[]}'
	mail_of <out | parts
	gpg --homedir "$VC_HOME" --status-fd 1 --verify sig covered 2>/dev/null \
		>gpg.status
	grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
	sed -e '1,/^\r$/d' covered | base64 -di | tr -d '\r' >text
	jq -r .text in | sed '$d' | diff - text
	micalg=$(sed -n 's/.*micalg="\([^"]*\)".*/\1/p' mail.lf)
	assert_equal "$micalg" "$(sed -n 's/.*VALIDSIG .* \([0-9]*\) 00 .*/\1/p' \
		gpg.status | sed 's/^10$/pgp-sha512/;s/^8$/pgp-sha256/')"
}

@test "the fields of an open letter stand inside, too, and nothing else outside" {
	site hitachi
	open_letter | vc-encrypt -N "$NOW" >out
	mail_of <out | parts
	sed '/^$/,$d' mail.lf >outside
	grep -vE '^(MIME-Version|Content-Type: multipart| protocol=| boundary=)' outside >told
	tr -d '\r' <covered | sed '/^$/,$d' |
		grep -vE '^(MIME-Version|Content-)' | diff - told
	assert_equal "$(grep -c . told)" 7
	grep -qF 'Subject: [TLP:CLEAR] =?' told
	tr -d '\r' <covered | grep -qF 'hp="clear"'
}

@test "what is about a case, or not CLEAR, is never signed only" {
	site hitachi
	local change
	for change in '.tlp = "GREEN"' 'del(.tlp)' '.tlp = "WHITE"' \
		'.case = "JVNVU#800113" | .id = "JVNVU#800113/hitachi/papers/1"'; do
		open_letter "$change" >in
		run --separate-stderr vc-encrypt <in
		refused 65 "field 'fpr' is missing"
	done
	open_letter '.attachment = [{name:"a.txt",media_type:"text/plain",text:"x"}]' >in
	run --separate-stderr vc-encrypt <in
	refused 65 "field 'attachment': a letter that is only signed has none"
}

@test "an open letter goes to who applies, and not to who withdrew or moved" {
	site hitachi
	local state
	for state in applied met registered; do
		sed -i "s/,[a-z-]*,psirt@/,$state,psirt@/" "$VC_ROSTER"
		assert_equal "$(open_letter | vc-encrypt | jq -r .type)" sealed
	done
	for state in suspended withdrawn; do
		sed -i "s/,[a-z-]*,psirt@/,$state,psirt@/" "$VC_ROSTER"
		open_letter >in
		run --separate-stderr vc-encrypt <in
		refused 77 "vendor 'hitachi' is $state"
	done
	sed -i "s/,withdrawn,psirt@/,registered,psirt@/" "$VC_ROSTER"
	open_letter '.to = "other@hitachi.example"' >in
	run --separate-stderr vc-encrypt <in
	refused 77 "field 'to' is not the address of vendor 'hitachi' in the roster"
}

# archive NAME: this key is pinned as the archive key, which -R or VC_ARCHIVE
# may name.
archive() {
	key_store more "$1"
	mv more/* keys
	rmdir more
	ARCHIVE=$(key_fpr "$1")
}

@test "with an archive key each mail is opened by the vendor, by it, and by no other" {
	local name
	site hitachi rsa3072
	archive fujitsu
	{
		notice hitachi
		notice rsa3072
	} | vc-encrypt -R "$ARCHIVE" >out
	assert_equal "$(jq -c .key_id out)" \
		"[\"$(key_id hitachi)\",\"$(key_id fujitsu)\"]
[\"$(key_id rsa3072)\",\"$(key_id fujitsu)\"]"
	head -n 1 out | armor_of >armor
	for name in hitachi fujitsu; do
		open_as "$name" <armor >"$name.entity"
		grep -q "^\[GNUPG:\] VALIDSIG $(key_fpr centre)" gpg.status
		grep -q GOODMDC gpg.status
	done
	cmp hitachi.entity fujitsu.entity
	for name in rsa3072 attacker centre; do
		run ! open_as "$name" <armor
		grep -q DECRYPTION_FAILED gpg.status
	done
	# An archive key that is there and that nobody names opens nothing.
	seal hitachi >out
	assert_equal "$(jq -c .key_id out)" "[\"$(key_id hitachi)\"]"
	notice hitachi | VC_ARCHIVE=$ARCHIVE vc-encrypt >out
	assert_equal "$(jq -c .key_id out)" \
		"[\"$(key_id hitachi)\",\"$(key_id fujitsu)\"]"
}

@test "a site whose archive key cannot be used seals nothing" {
	local name why
	site hitachi
	notice hitachi >in
	while read -r name why; do
		[ "$name" = nec ] || archive "$name"
		run --separate-stderr vc-encrypt -R "$(key_fpr "$name")" in
		assert_equal "$status $output" "78 "
		assert_equal "$stderr" "vc-encrypt: archive key: $why $(key_fpr "$name")"
	done <<-'EOF'
		nec unpinned: the key store has no key
		expired expired: key
		revoked revoked: key
		weak weak: key
		signonly cannot-encrypt: key
	EOF
	run --separate-stderr vc-encrypt -R "$(key_fpr hitachi)" in
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" \
		"vc-encrypt: archive key: it is the key of vendor 'hitachi'"
	run --separate-stderr vc-encrypt -R fujitsu in
	assert_equal "$status $output" "64 "
	assert_equal "$stderr" \
		"vc-encrypt: option '-R' wants a fingerprint: 40 upper-case hex digits"
}

@test "the file of the archive key holds that key alone, public, and is ours" {
	local file
	site hitachi
	archive fujitsu
	notice hitachi >in
	for file in attacker.asc fujitsu.sec.asc twokeys.asc; do
		cp "$KEY_DIR/$file" "keys/$ARCHIVE.asc"
		run --separate-stderr vc-encrypt -R "$ARCHIVE" in
		assert_equal "$status $output" "78 "
		assert_equal "$stderr" "vc-encrypt: archive key: '$PWD/keys/$ARCHIVE.asc' does not hold the one key of its name"
	done
	cp "$KEY_DIR/fujitsu.asc" "keys/$ARCHIVE.asc"
	chmod 666 "keys/$ARCHIVE.asc"
	run --separate-stderr vc-encrypt -R "$ARCHIVE" in
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-encrypt: archive key: '$PWD/keys/$ARCHIVE.asc' can be written by others: chmod go-w"
}

@test "in a ledger two persons stand behind the archive key" {
	site hitachi
	vc-roster -j | vc-ledger -l ledger >/dev/null
	export VC_ROSTER=$PWD/ledger
	notice hitachi >in
	vc-roster -r ledger -l ledger -R "$(key_fpr fujitsu)" -b sato \
		-a "$KEY_DIR/fujitsu.asc" >/dev/null
	run --separate-stderr vc-encrypt -R "$(key_fpr fujitsu)" in
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-encrypt: archive key: unpinned: no second person has confirmed key $(key_fpr fujitsu) for the centre"
	jq -cn --arg of "key/$(key_fpr fujitsu)" '{type: "confirm",
		id: "confirm/\($of)", of: $of, by: "ito",
		confirmed_at: "2024-06-01T00:00:00Z"}' | vc-ledger -l ledger >/dev/null
	run_out vc-encrypt -R "$(key_fpr fujitsu)" in
	assert_equal "$status $stderr $(jq '.key_id | length' out)" "0  2"
	# What two persons say of a vendor's key says nothing of the archive's.
	vc-roster -r ledger -l ledger -w hitachi -b sato -a "$KEY_DIR/nec.asc" \
		>/dev/null
	run --separate-stderr vc-encrypt -R "$(key_fpr nec)" in
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-encrypt: archive key: unpinned: no second person has confirmed key $(key_fpr nec) for the centre"
}

# bats test_tags=nosan
@test "an archive key that expires soon is used, and a warning says when" {
	site hitachi
	archive expired
	notice hitachi >in
	run --separate-stderr faketime '2024-11-10 00:00:00' \
		vc-encrypt -N 2024-11-10T00:00:00Z -R "$ARCHIVE" in
	assert_equal "$status $(jq -r '.key_id | length' <<<"$output")" "0 2"
	assert_equal "$stderr" \
		"vc-encrypt: the archive key expires at 2024-12-31T00:00:00Z"
}

@test "a letter that is signed only is for nobody's key, nor the archive's" {
	site hitachi
	archive fujitsu
	open_letter | vc-encrypt -R "$ARCHIVE" >out
	assert_equal "$(jq -c '[.type, .key_id]' out)" '["sealed",[]]'
}

# check [OPTION...]: -K, and what it said of whom.
check() {
	run_out vc-encrypt -K "$@"
	jq -r '[.type, .id, .health, .days_n // "-", .expires_at // "-",
		.fpr // "-"] | join(" ")' out >said
}

@test "-K is silent when a mail can be sealed for each vendor" {
	site hitachi fujitsu rsa3072 yamaha
	check
	assert_equal "$status $stderr $output" "0  "
	check -v -R "$(archive nec && echo "$ARCHIVE")"
	assert_equal "$status $output" "0 "
	assert_equal "$stderr" "vc-encrypt: 4 taken, 0 refused"
}

@test "-K tells of each registered vendor that cannot be sealed for, in order" {
	site revoked hitachi expired weak signonly fujitsu nec
	{
		echo 'none,none,general,registered,psirt@none.example,'
		echo 'way,way,general,applied,psirt@way.example,'
		echo "gone,gone,general,withdrawn,psirt@gone.example,$(key_fpr dsa)"
	} >>roster.csv
	sed -i 's/psirt@nec.example//' roster.csv
	rm "keys/$(key_fpr fujitsu).asc"
	check
	assert_equal "$status" 77
	diff - said <<-EOF
		health vendor/revoked/health revoked - - $(key_fpr revoked)
		health vendor/expired/health expired - 2024-12-31T00:00:00Z $(key_fpr expired)
		health vendor/weak/health weak - - $(key_fpr weak)
		health vendor/signonly/health cannot-encrypt - - $(key_fpr signonly)
		health vendor/fujitsu/health unpinned - - $(key_fpr fujitsu)
		health vendor/none/health missing - - -
	EOF
	diff - err <<-EOF
		vc-encrypt: revoked: revoked: key $(key_fpr revoked)
		vc-encrypt: expired: expired: key $(key_fpr expired)
		vc-encrypt: weak: weak: key $(key_fpr weak)
		vc-encrypt: signonly: cannot-encrypt: key $(key_fpr signonly)
		vc-encrypt: fujitsu: unpinned: the key store has no key $(key_fpr fujitsu)
		vc-encrypt: nec: no address to write to
		vc-encrypt: none: unpinned: the roster has no key of vendor 'none'
	EOF
	cp out before
	check -q -v
	assert_equal "$status" 77
	cmp out before
	tail -n 1 err | grep -qx 'vc-encrypt: 8 taken, 7 refused'
}

@test "-K says of each key what vc-roster -K says of it" {
	site revoked hitachi expired weak signonly
	check
	vc-roster -K -j -k keys roster.csv | diff - out
	run_out vc-roster -K -j -k keys -N 2024-06-01T00:00:00Z roster.csv
	mv out want
	check -N 2024-06-01T00:00:00Z
	# gpg has a clock of its own: here the key of expired is no good.
	grep -v '"vendor/expired/' out | diff want -
	grep -qx "health vendor/expired/health cannot-encrypt - - $(key_fpr expired)" said
}

# bats test_tags=nosan
@test "-K tells of a key that expires soon, which is no failure" {
	site hitachi expired
	run --separate-stderr faketime '2024-11-10 00:00:00' \
		vc-encrypt -K -N 2024-11-10T00:00:00Z
	assert_equal "$status" 0
	assert_equal "$output" '{"type":"health","id":"vendor/expired/health","vendor":"expired","state":"registered","health":"expiring","fpr":"'"$(key_fpr expired)"'","expires_at":"2024-12-31T00:00:00Z","days_n":60}'
	assert_equal "$stderr" \
		"vc-encrypt: the key of vendor 'expired' expires at 2024-12-31T00:00:00Z"
}

@test "-K goes on behind a broken file of the store, and ends with 78" {
	site hitachi expired
	cp "$KEY_DIR/attacker.asc" "keys/$(key_fpr hitachi).asc"
	check
	assert_equal "$status" 78
	assert_equal "$(cut -d' ' -f2,3 said)" "vendor/hitachi/health unpinned
vendor/expired/health expired"
	assert_equal "$(head -n 1 err)" "vc-encrypt: hitachi: '$PWD/keys/$(key_fpr hitachi).asc' does not hold the one key of its name"
}

@test "-K proves that the signer signs, also where there is nobody to write to" {
	site hitachi
	VC_HOME=$(key_home_make centre)
	gpgconf --homedir "$VC_HOME" --kill all
	echo no-autostart >>"$VC_HOME/gpg.conf"
	check
	assert_equal "$status $output" "75 "
	assert_equal "$stderr" "vc-encrypt: no agent for '$VC_HOME': start it, or use a shorter path"
	sed -i 2d roster.csv
	locked_home
	check
	assert_equal "$status $output" "75 "
	assert_equal "$stderr" \
		"vc-encrypt: the key is locked: give its passphrase to the agent"
	check -u "$(key_fpr attacker)"
	assert_equal "$status $output" "78 "
	assert_equal "$stderr" "vc-encrypt: the signer's secret key is not in '$VC_HOME'"
	unlock
	check
	assert_equal "$status $stderr $output" "0  "
}

@test "-K reads no notice, keeps nothing and takes no file" {
	site hitachi
	run --separate-stderr bash -c 'notice=$(cat) && { vc-encrypt -K -l ledger
		cat; } <<<"$notice"' <"$VC_FIXTURE/vc-encrypt/notice.jsonl"
	assert_equal "$status $stderr" "0 "
	assert_equal "$output" "$(cat "$VC_FIXTURE/vc-encrypt/notice.jsonl")"
	assert_file_not_exist ledger
	run --separate-stderr vc-encrypt -K notice.jsonl
	assert_equal "$status $output" "64 "
	assert_equal "$stderr" \
		"vc-encrypt: 'notice.jsonl' is one argument too many; see vc-encrypt -h"
	run --separate-stderr env -u VC_SIGNER vc-encrypt -K
	assert_equal "$status $stderr" \
		"64 vc-encrypt: option '-u' is needed: the centre's signing key"
}

# announced LANGUAGE NAME: the notice of an announcement to this vendor.
announced() {
	open_letter ".id = \"vendor/$2/announcement/briefing\" | .vendor = \"$2\" |
		.to = \"psirt@$2.example\" | .kind = \"announcement\" |
		.language = \"$1\" | .subject = \"説明会 $1\" |
		.text = \"TLP:CLEAR\n\n$1\n\""
}

# bats test_tags=nosan
@test "an announcement is signed once for each language" {
	site hitachi fujitsu nec
	local i to
	for i in $(seq 50); do
		announced "$( ((i % 2)) && echo ja || echo en)" hitachi |
			jq -c --arg i "$i" '.id += $i'
		((i % 17)) || open_letter ".id += \"$i\""
	done >in
	seal hitachi >out # starts the agent
	run_out strace -f -qq -s 4096 -v -e trace=execve -o trace vc-encrypt in
	assert_equal "$status $stderr $(wc -l <out)" "0  52"
	assert_equal "$(grep -c -e '"--detach"' trace)" 4
	grep vendor/hitachi/announcement out | while read -r line; do
		mail_of <<<"$line" | parts
		sha256sum covered sig | tr '\n' ' '
		gpg --homedir "$VC_HOME" --batch --quiet --verify sig covered
		echo
	done 2>gpg.err | sort | uniq -c | sed 's/^ *//; s/ .*//' >list
	assert_equal "$(cat list)" "25
25"
	assert_equal "$(cat gpg.err | grep -c 'Good signature')" 50
}

@test "an announcement names its reader outside the signature only" {
	site hitachi fujitsu
	local to
	for to in hitachi fujitsu; do
		announced ja "$to" | vc-encrypt -N "$NOW" | mail_of >"$to.eml"
	done
	parts <hitachi.eml
	tr -d '\r' <covered | sed '/^$/,$d' >inside
	diff inside - <<-'EOF'
		From: vuls@centre.example
		Date: Sat, 01 Jun 2024 12:00:00 +0000
		Subject: [TLP:CLEAR] =?UTF-8?B?6Kqs5piO5LyaIGph?=
		MIME-Version: 1.0
		Content-Type: text/plain; charset=UTF-8; hp="clear"
		Content-Transfer-Encoding: base64
	EOF
	header <hitachi.eml >outside
	assert_equal "$(cut -d: -f1 outside | tr '\n' ' ')" \
		"From To Date Message-ID In-Reply-To References Subject MIME-Version Content-Type "
	grep -xF -f outside inside >same
	assert_equal "$(cut -d: -f1 same | tr '\n' ' ')" "From Date Subject MIME-Version "
	run diff <(header <hitachi.eml) <(header <fujitsu.eml)
	assert_equal "$(grep '^<' <<<"$output" | cut -d: -f1 | tr '\n' ' ')" \
		"< To < Message-ID < In-Reply-To < References < Content-Type "
}

@test "an announcement is read as signed, its Subject too, and its To is a claim" {
	site hitachi
	announced en hitachi | vc-encrypt | mail_of >a.eml
	roster_csv centre >theirs.csv
	chmod 600 theirs.csv
	key_store theirs centre
	vc-verify -k theirs -r theirs.csv a.eml >out
	assert_equal "$(jq -c '[.verdict, .flag, (.signed | keys), (.claimed | keys)]' out)" \
		'["signed",[],["date_at","from","from_address","subject","text"],["in_reply_to","message_id","to"]]'
	assert_equal "$(jq -r .signed.subject out)" "[TLP:CLEAR] 説明会 en"
}
