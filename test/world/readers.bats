load ../helper
load ../keys
load ../out
load peer

# Mail readers see outside what may be seen, and inside what was written.

teardown_file() { stop_homes; }

# sealed: a sealed mail in `mail`, and what the vendor decrypts in `entity`.
sealed() {
	site hitachi
	seal hitachi '.attachment[0].name = "status-JVNVU800113.ja.txt"' >sealed
	mail_of <sealed | tr -d '\r' >mail
	armor_of <sealed | open_as hitachi >entity
}

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
	assert_output "$(notice hitachi | jq -c '{
		shape: ["multipart/mixed", "text/plain", "text/plain"],
		from: "vuls@centre.example", to: "psirt@hitachi.example",
		subject: "[TLP:AMBER] \(.subject)", text: ["TLP:AMBER\n\n\(.text)"],
		attachment: [["status-JVNVU800113.ja.txt", "text/plain", .attachment[0].text]],
		defect: []}')"
}

@test "Python's email package reads subjects and names of every length" {
	need python3
	local n subject
	site hitachi
	for n in 1 7 13 14 15 40 90; do
		subject=$(printf '脆%.0s' $(seq "$n"))x弱
		seal hitachi '.subject = "'"$subject"'"' | armor_of |
			open_as hitachi >entity
		assert_equal "$("$WORLD/mail.py" <entity | jq -c '[.subject, .defect]')" \
			"[\"[TLP:AMBER] $subject\",[]]"
	done
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
	assert_output "$(notice hitachi | jq -r '"[TLP:AMBER] \(.subject)"')"
	run -0 mshow -t ./entity
	assert_line --index 1 --partial '1: multipart/mixed'
	assert_line --index 2 --partial '2: text/plain'
	assert_line --index 3 --regexp '3: text/plain .*name="status-JVNVU800113.ja.txt"'
	run -0 mshow -O ./entity 2
	assert_output "$(notice hitachi | jq -r '"TLP:AMBER\n\n\(.text)"' | sed -e '$ { /^$/d }' | sed 's/$/\r/')"
	run -0 mshow -O ./entity status-JVNVU800113.ja.txt
	assert_output "$(notice hitachi | jq -r '.attachment[0].text' | sed -e '$ { /^$/d }' | sed 's/$/\r/')"
}
