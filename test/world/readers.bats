load ../helper
load ../keys
load ../out
load ../flow
load peer

# Mail readers see outside what may be seen, and inside what was written.

teardown_file() { stop_homes; }

# sealed: a sealed mail in `mail`, and what the vendor decrypts in `entity`.
sealed() {
	site hitachi
	noted hitachi >notice
	vc-encrypt -N "$NOW" -a files notice >sealed
	mail_of <sealed | tr -d '\r' >mail
	armor_of <sealed | open_as hitachi >entity
}

# told JQ: of the notice that was sealed. lines: as its last one ends.
told() { jq -r "$1" notice; }
subject() { told '"[TLP:\(.tlp)] \(.subject)"'; }
text() { told '"TLP:\(.tlp)\n\n\(.text)"' | sed -e '$ { /^$/d }'; }

@test "Python's email package reads the outside and the inside" {
	need python3
	sealed
	run -0 "$WORLD/mail.py" <mail
	assert_output "$(jq -nc --arg s "$(field Subject <mail)" '{
		shape: ["multipart/encrypted", "application/pgp-encrypted", "application/octet-stream"],
		from: "vuls@centre.example", to: "psirt@hitachi.example",
		subject: $s, text: [], attachment: [], defect: []}' |
		python3 -c 'import json,sys; print(json.dumps(json.load(sys.stdin), ensure_ascii=False))')"
	run -0 bash -c "'$WORLD/mail.py' <entity | jq -c ."
	assert_output "$(jq -c '{
		shape: ["multipart/mixed", "text/plain", "text/plain", "application/octet-stream"],
		from: "vuls@centre.example", to: "psirt@hitachi.example",
		subject: "[TLP:AMBER] \(.subject)", text: ["TLP:AMBER\n\n\(.text)"],
		attachment: [.attachment[] | [.name, .media_type, .text // .sha256]],
		defect: []}' notice)"
}

@test "Python's email package reads subjects and names of every length" {
	need python3
	local n subject
	site hitachi
	for n in 1 7 13 14 15 40 90; do
		subject=$(printf '脆%.0s' $(seq "$n"))x弱
		notice hitachi '.subject = "'"$subject"'" | .attachment =
			[{name: "'"${subject:0:60}"'.txt", media_type: "text/plain", text: "x\n"}]'
	done >notices
	vc-encrypt notices >sealed
	while read -r line; do
		armor_of <<<"$line" | open_as hitachi | "$WORLD/mail.py" |
			jq -c '[.subject, .attachment[0][0], .defect]'
	done <sealed >got
	jq -c '["[TLP:AMBER] \(.subject)", .attachment[0].name, []]' notices | diff - got
}

@test "Python's email package and mflow join flowed text again" {
	need python3 mflow
	local text
	site hitachi
	# mflow takes runs of blanks for one, where lines meet.
	random_texts 500 | tr '\0' '\n' >all
	perl -pe 's/([^-]) +/$1 /g; s/^ +//' all >single
	for text in all single; do
		notice hitachi 'del(.attachment)' | jq -c --rawfile t $text '.text = $t'
	done >notices
	vc-encrypt notices >sealed
	sed -n 1p sealed | armor_of | open_as hitachi | "$WORLD/mail.py" >got
	assert_equal "$(jq -r '.defect | length' got)" 0
	{
		printf 'TLP:AMBER\n\n'
		cat all
	} | trimmed >want
	jq -j '.text[0]' got | diff want -
	sed -n 2p sealed | armor_of | open_as hitachi | sed '1,/^\r$/d' >body
	{
		printf 'TLP:AMBER\n\n'
		cat single
	} | trimmed >want
	PIPE_CONTENTTYPE='text/plain; format=flowed' mflow -w 100000 <body | diff want -
}

@test "mblaze reads the outside and the inside" {
	need mshow mhdr
	sealed
	run -0 mhdr -d -h subject ./mail
	assert_output "$(field Subject <mail)"
	run -0 mshow -t ./mail
	assert_line --index 1 '  1: multipart/encrypted size='"$(body <mail | wc -c)"
	assert_line --index 2 --partial '2: application/pgp-encrypted'
	assert_line --index 3 --partial '3: application/octet-stream'
	run -0 mhdr -d -h subject ./entity
	assert_output "$(subject)"
	run -0 mshow -t ./entity
	assert_line --index 1 --partial '1: multipart/mixed'
	assert_line --index 2 --partial '2: text/plain'
	assert_line --index 3 --regexp '3: text/plain .*name="status.txt"'
	assert_line --index 4 --regexp '4: application/octet-stream .*name="脆弱性の実証 \(1\).bin"'
	run -0 mshow -O ./entity 2
	assert_output "$(text | sed 's/$/\r/')"
	run -0 mshow -O ./entity status.txt
	assert_output "$(told '.attachment[0].text' | sed -e '$ { /^$/d }' | sed 's/$/\r/')"
	mshow -O ./entity '脆弱性の実証 (1).bin' | cmp - poc
}

# shown: what notmuch tells of a mail: Subject, whether it is decrypted and who
# signed, and each leaf with its name and text.
shown() {
	notmuch show --decrypt=true --format=json --entire-thread=false "$1" | jq -c '
		[.. | objects | select(.headers?)][0] |
		[.headers.Subject, .crypto.decrypted.status,
		.crypto.signed.status[0].fingerprint,
		[.body[] | .. | objects | select(.content | type != "array") |
			select(."content-type"?) |
			select(."content-type" != "application/pgp-encrypted") |
			[.filename, ."content-type", .content]]]'
}

@test "notmuch opens the mail, and reads Subject, text and names" {
	need notmuch
	sealed
	mkdir -p box/new box/cur box/tmp
	cp mail box/new/1
	printf '%s\n' '[database]' "path=$PWD/box" '[user]' 'name=x' \
		'primary_email=psirt@hitachi.example' >notmuch.conf
	local GNUPGHOME NOTMUCH_CONFIG=$PWD/notmuch.conf
	GNUPGHOME=$(key_home hitachi)
	export GNUPGHOME NOTMUCH_CONFIG
	notmuch new --quiet
	run -0 shown '*'
	assert_output "$(jq -c --arg fpr "$(key_fpr centre)" '["[TLP:AMBER] \(.subject)",
		"full", $fpr, [[null, "text/plain", "TLP:AMBER\n\n\(.text)"],
		(.attachment[] | [.name, .media_type, .text])]]' notice)"
	notmuch show --decrypt=true --format=raw --part=6 '*' | cmp - poc
}
