load helper
load keys
load out

# The whole story through real pipes: a form comes in by mail, the vendor is
# registered, told, answers, and the page appears on its day and not before.

teardown_file() { stop_homes; }

VENDORS="hitachi fujitsu nec"
CASE=JVNVU#80011300

# form NAME: the registration form of a vendor, filled in.
form() {
	sed -E -e "/^1\. .*Organization Name/s/\$/ $1/" \
		-e "/^2\. .*Team e-mail/s/\$/ $(key_address "$1")/" \
		-e '/^3\. .*Telephone/s/$/ 03-0000-0001/' \
		-e '/^4\. .*Mail address/s/$/ 東京都千代田区 1-2-3/' \
		-e '/^1\. .*\(Name\)/s/$/ 山田 太郎/' "$VC_TOP/share/form/poc.ja.txt"
}

step() { # VENDOR STEP [FIELDS]
	echo '{"type":"step","id":"vendor/'"$1/step/$2"'","vendor":"'"$1"'","step":"'"$2"'","by":"sato","done_at":"2024-05-02T00:00:00Z"'"${3:-}"'}'
}

case_record() {
	jq -nc --arg id "$CASE" --arg canary "$CANARY" '{type: "case", id: $id, tlp: "AMBER",
		state: "embargoed", publish_at: "2024-07-01T03:00:00Z",
		title: {ja: "\($canary)の脆弱性", en: "A flaw in \($canary)"},
		overview: {ja: "\($canary)", en: $canary}, keyword: ["dns"],
		product: [{name: $canary}], solution: {en: "Update \($canary)"}}'
}

# register NAME...: from the form to the registered vendor.
register() {
	local v
	: >ledger
	chmod 600 ledger
	for v; do
		form "$v" | mail_clear "$v" >"$v.eml"
	done
	vc-verify "${@/%/.eml}" | vc-parse-poc | vc-ledger >poc.jsonl || true
	mkdir -m 700 keys
	for v; do
		step "$v" apply ',"kind":"general","language":"ja","of":"'"$(
			jq -r --arg from "$(key_address "$v")" \
				'select(.claimed.from_address == $from).id' poc.jsonl)"'"'
		step "$v" papers-shown
		step "$v" papers-in ',"keyword":["dns"],"paper":["register","profile","products","contact","person","consent","public-key"]'
		step "$v" meeting
	done | vc-ledger >step.jsonl
	for v; do
		vc-roster -a "$KEY_DIR/$v.asc" -w "$v" -b sato
	done >key.jsonl
	jq -c '{type: "confirm", id: "confirm/\(.id)", of: .id, by: "suzuki",
		confirmed_at: "2024-05-03T00:00:00Z"}' key.jsonl | vc-ledger >>step.jsonl
	for v; do step "$v" agree; done | vc-ledger >>step.jsonl
}

prepare() {
	VC_HOME=$(key_home centre)
	VC_SIGNER=$(key_fpr centre)
	export VC_HOME VC_SIGNER VC_FROM=vuls@centre.example
	export VC_LEDGER=ledger VC_ROSTER=ledger VC_KEYS=keys
	# shellcheck disable=SC2086
	register $VENDORS
	case_record >case.json
}

@test "the founding story" {
	local v
	run -0 bash -c 'vc-roster -j | jq -r "[.vendor,.state,.fpr] | @tsv"'
	assert_output "$(for v in $VENDORS; do
		printf '%s\tregistered\t%s\n' "$v" "$(key_fpr "$v")"
	done)"

	# Told, each by a mail of its own.
	vc-route case.json | tee notice.jsonl | vc-encrypt | tee sealed.jsonl |
		vc-mail -o maildir:box >sent.jsonl
	run -0 bash -c "jq -r '[.type,.id,.to] | @tsv' sent.jsonl"
	assert_output "$(for v in $VENDORS; do
		printf 'sent\t%s/%s/1\t%s\n' "$CASE" "$v" "$(key_address "$v")"
	done)"
	assert_equal "$(find box/new -type f | wc -l)" 3

	# The vendor opens it and fills in the sheet that came with it.
	jq -c 'select(.vendor == "hitachi")' sealed.jsonl | armor_of |
		open_as hitachi >opened
	grep -q '^\[GNUPG:\] VALIDSIG '"$(key_fpr centre)" gpg.status
	jq -r 'select(.vendor == "hitachi").attachment[0].text' notice.jsonl |
		sed -E -e '/^1\. .*Product Name/s/$/ JP1/' -e '/^2\. .*\(Status\)/s/$/ 影響あり/' \
			-e '/^1\. .*Statement/s/$/ 修正版を公開します。/' |
		sign_mime hitachi >answer.eml
	vc-verify answer.eml | vc-parse-status | vc-ledger >status.jsonl
	run -0 jq -r '[.type,.case,.vendor,.verdict,.signed.form.product[0].status.value] | @tsv' status.jsonl
	assert_output "$(printf 'status\t%s\thitachi\tsigned\tvulnerable' "$CASE")"

	# The page, refused a second early, and on its day in two languages.
	jq -c '.state = "public" | .tlp = "CLEAR"' case.json >public.json
	run_out vc-jvn-render -N 2024-07-01T02:59:59Z public.json status.jsonl sent.jsonl
	assert_equal "$status" 77
	assert_equal "$output" ""
	assert_equal "$stderr" "vc-jvn-render: $CASE may not be published before 2024-07-01T03:00:00Z"
	run_out vc-jvn-render -N 2024-07-01T03:00:00Z public.json status.jsonl sent.jsonl
	assert_equal "$status" 0
	grep -q '<html lang="ja">' out
	assert_equal "$(grep -c '<tr class="vulnerable"' out)" 1
	assert_equal "$(grep -c '<tr class="silent"' out)" 2
	run_out vc-jvn-render -L en -N 2024-07-01T03:00:00Z public.json status.jsonl sent.jsonl
	grep -q '<html lang="en">' out

	# Nothing of the case is in the ledger, and its chain holds.
	run ! grep "$CANARY" ledger
	run -0 vc-ledger verify ledger
	run -0 bash -c 'jq -r .type ledger | sort -u | tr "\n" " "'
	assert_output "confirm key message notice poc sealed sent status step try "
}

@test "of N vendors and N notices exactly the diagonal opens" {
	local a b opened=
	vc-route case.json | vc-encrypt >sealed.jsonl
	for a in $VENDORS; do
		jq -c --arg v "$a" 'select(.vendor == $v)' sealed.jsonl | armor_of >"$a.asc"
		for b in $VENDORS; do
			if open_as "$b" <"$a.asc" >opened 2>/dev/null; then
				opened="$opened $a/$b"
				grep -q "^Subject: .*TLP:AMBER" opened
			fi
		done
	done
	assert_equal "$opened" " hitachi/hitachi fujitsu/fujitsu nec/nec"
}

@test "without vc-encrypt nothing leaves and nothing of the case is told" {
	set -o pipefail
	status=0
	vc-route case.json 2>err | vc-mail -o maildir:box >out 2>>err || status=$?
	assert_equal "$status" 77
	assert_equal "$(find box -type f 2>/dev/null | wc -l)" 0
	assert_equal "$(jq -r .type out | sort | uniq -c | tr -s ' ')" " 3 reject"
	run ! grep -r "$CANARY" out err ledger
	assert_equal "$(cat err)" "$(for i in 1 2 3; do
		echo "vc-mail: line $i: a notice is refused here: not sealed"
	done)"
}

@test "verify and parse in either order give the same record" {
	local v
	for v in $VENDORS; do
		vc-verify "$v.eml" | vc-parse-poc >a
		vc-parse-poc <"$v.eml" | vc-verify >b
		assert [ -s a ]
		cmp a b
	done
	assert_equal "$(jq -r '[.type,.verdict,.signed.form.team.organization.value] | @tsv' a)" \
		"$(printf 'poc\tsigned\tnec')"
}

@test "a second run makes the same records and sends nothing" {
	vc-route case.json >notice.a
	vc-route case.json >notice.b
	cmp notice.a notice.b
	vc-encrypt notice.a | vc-mail -o maildir:box >sent.a
	vc-encrypt notice.b | vc-mail -o maildir:box >sent.b
	cmp sent.a sent.b
	assert_equal "$(find box/new -type f | wc -l)" 3
}

@test "the work spread by GNU parallel is the same but for the ciphertexts" {
	vc-route case.json >notice.jsonl
	vc-encrypt -N "$NOW" notice.jsonl | jq -c 'del(.mail_b64,.mail_sha256)' >a
	parallel --pipe -k -N1 -j2 vc-encrypt -N "$NOW" <notice.jsonl |
		jq -c 'del(.mail_b64,.mail_sha256)' >b
	cmp a b
	assert_equal "$(wc -l <b)" 3
}
