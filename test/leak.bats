load helper
load keys
load out
load leak

# Nothing that is secret of a case, and no vendor of the list, gets anywhere but
# into the ciphertext for the one vendor: not by stdout, stderr, ledger, Maildir
# and spool, file names, temporary files, argv, environment, agent or socket.

FIELDS="title-ja title-en overview-ja overview-en description impact solution
	poc exploit product version keyword finder credit comment reference related
	history addendum subject text attachment-text attachment-name
	wrong-title wrong-restriction wrong-cut wrong-notice
	hitachi-name-ja hitachi-name-en hitachi-product hitachi-contact hitachi-phone
	hitachi-address fujitsu-name-ja fujitsu-name-en fujitsu-product
	fujitsu-contact fujitsu-phone fujitsu-address"

teardown_file() { stop_homes; }

prepare() {
	local field
	LEAK=$(od -An -N4 -tx4 /dev/urandom | tr -d ' ' | tr 0-9a-f g-v)
	for field in $FIELDS; do canary "$field"; done >canaries
	site hitachi fujitsu expired nec
	vendor_list >roster.csv
	mkdir tmp
	export TMPDIR=$PWD/tmp
	case_record >case.json
	broken_cases >wrong.jsonl
}

vendor_list() {
	local v keyword
	echo vendor,name_ja,name_en,kind,state,email,fpr,language,product,keyword,contact_name,phone,address
	for v in hitachi fujitsu expired nec; do
		keyword=$(canary keyword)
		[ "$v" != nec ] || keyword=
		echo "$v,$(canary "$v-name-ja"),$(canary "$v-name-en"),general,registered,$(key_address $v),$(key_fpr $v),en,$(canary "$v-product"),$keyword,$(canary "$v-contact"),$(canary "$v-phone"),$(canary "$v-address")"
	done
}

case_record() {
	local args=() field
	for field in $FIELDS; do
		args+=(--arg "${field//-/_}" "$(canary "$field")")
	done
	jq -nc "${args[@]}" '{type: "case", id: "JVN#12345678", tlp: "AMBER",
		state: "embargoed", publish_at: "2100-01-01T00:00:00Z",
		title: {ja: "題 \($title_ja)", en: "Title \($title_en)"},
		overview: {ja: $overview_ja, en: $overview_en},
		description: {en: $description}, impact: {en: $impact},
		solution: {en: $solution}, poc: {en: $poc}, exploit: {en: $exploit},
		product: [{name: $product, version: $version},
			{name: $hitachi_product}, {name: $fujitsu_product}],
		keyword: [$keyword], vendor: ["expired"],
		finder: [{name: $finder}], credit: {en: $credit},
		comment: {en: $comment}, addendum: {en: $addendum},
		reference: [{url: "https://example.org/\($reference)"}],
		related: [{id: $related}], history: [{text: {en: $history}}],
		restriction: {impact: "private"}}'
}

# What is wrong about a case or a notice is told, and its words are not.
broken_cases() {
	echo '{"type":"case","id":"JVN#23456789","tlp":"AMBER","state":"embargoed","title":"'"$(canary wrong-title)"'"}'
	echo '{"type":"case","id":"JVN#45678901","tlp":"AMBER","state":"embargoed","restriction":{"impact":"'"$(canary wrong-restriction)"'"}}'
	echo '{"type":"case","id":"JVN#34567890","tlp":"AMBER","state":"embargoed","title":{"en":"'"$(canary wrong-cut)"
}

# changed <notices: with words of our own in what a coordinator may change.
changed() {
	jq -c --arg subject "$(canary subject)" --arg text "$(canary text)" \
		--arg a "$(canary attachment-text)" --arg n "$(canary attachment-name)" \
		'if .type == "notice" then .subject += " " + $subject |
		.text += "\n" + $text + "\n" | .attachment += [{name: ($n + ".txt"),
		media_type: "text/plain", text: $a}] else . end'
}

# wrong_notices: what vc-encrypt and vc-mail refuse.
wrong_notices() {
	notice hitachi '.text = "'"$(canary wrong-notice)"'" | .to = "other@hitachi.example"'
	notice hitachi '.subject = ["'"$(canary wrong-notice)"'"]'
}

# quiet FILE...: nothing in them.
quiet() {
	leaks "$@" >leaked
	run -0 head -n 20 leaked
	assert_output ""
}

# bats test_tags=nosan
@test "what looks for leaks finds each word in each of its forms" {
	local word
	word=$(canary impact)
	{
		echo "a $word b"
		printf 'x%s' "$word" | base64 -w 20
		printf 'xx%s' "$word" | base64
		printf 'xxx%syy' "$word" | base64
		printf %s "$word" | od -An -v -tx1 | tr -d ' \n'
		echo
		printf '%s=\n%s\n' "${word:0:9}" "${word:9}"
		printf %s "$word" | od -An -v -tx1 | tr -d '\n' | tr ' a-f' '=A-F'
	} >planted
	run -0 leaks planted
	assert_output "planted: impact as base64-0
planted: impact as base64-1
planted: impact as base64-2
planted: impact as hex
planted: impact as plain
planted: impact as quoted"
}

# whole NAME TRANSPORT [VC-MAIL-OPTION...]: the pipe, each stage traced.
whole() {
	local name=$1 to=$2
	shift 2
	cat case.json wrong.jsonl | traced "$name.route" vc-route -v -x -l ledger >"$name.notice" || true
	{
		changed <"$name.notice"
		wrong_notices
	} | traced "$name.encrypt" vc-encrypt -v -l ledger >"$name.sealed" || true
	{
		cat "$name.sealed"
		# A stage that was forgotten.
		notice hitachi '.text = "'"$(canary wrong-notice)"'"'
	} | traced "$name.mail" vc-mail -v -l ledger -o "$to" "$@" >"$name.sent" || true
}

# outside NAME: what is outside of the ciphertext after a run: all but what
# vc-route says to the next stage, which is the notices.
outside() {
	local name=$1
	jq -r 'select(.mail_b64).mail_b64 | @base64d' "$name.sealed" >"$name.mails"
	told trace."$name".*
	quiet "$name.sealed" "$name.mails" "$name.sent" err."$name".* \
		said.trace."$name".* ledger
	find . -path './box*' -type f -print0 | xargs -0r cat >boxes
	find . >names
	find tmp -mindepth 1 >left
	quiet boxes names left
	[ ! -s left ] || fail "$(cat left)"
	# No file is made but these.
	run -0 bash -c "$(declare -f made); made trace.$name.* | sed 's/.*\/日本 語/./' |
		grep -vxE '(pipe:.*|/dev/null|/dev/tty|\./ledger(\.lock)?|\./box[^/]*/(tmp|new)/[^/]*|\./$name\.(notice|sealed|sent)|/tmp/vc[^/]*/\.#lk[^/]*)' || true"
	assert_output ""
}

# bats test_tags=nosan
@test "from the case to a Maildir nothing gets anywhere but into ciphertext" {
	local v other
	whole run maildir:box
	assert_equal "$(jq -r .type run.sent | sort | uniq -c | tr -s ' \n' ' ')" \
		" 7 reject 1 route 2 sent "
	outside run
	# What is sealed has the words, or this would say nothing; and those of no
	# other vendor.
	for v in hitachi fujitsu; do
		other=fujitsu
		[ "$v" = hitachi ] || other=hitachi
		jq -c "select(.type == \"sealed\" and .vendor == \"$v\")" run.sealed |
			armor_of | open_as "$v" >opened
		leaks opened >inside
		for field in title-en overview-en description solution product subject \
			text attachment-text attachment-name "$v-product"; do
			grep -q ": $field as" inside || fail "$v does not read $field"
		done
		run grep -E ": ($other-|finder|poc|exploit|impact)" inside
		assert_output ""
	done
}

# bats test_tags=nosan
@test "nor to sendmail, in a dry run, and in a second one" {
	local i
	mkdir box-sent
	cat >sendmail <<-EOF
		#!/bin/sh
		cat >"$PWD/box-sent/\$\$"
	EOF
	chmod 755 sendmail
	whole dry "sendmail:$PWD/sendmail" -n
	outside dry
	whole run "sendmail:$PWD/sendmail"
	assert_equal "$(find box-sent -type f | wc -l)" 2
	whole again "sendmail:$PWD/sendmail"
	assert_equal "$(find box-sent -type f | wc -l)" 2
	for i in run again; do
		jq -r 'select(.mail_b64).mail_b64 | @base64d' "$i.sealed" >"$i.mails"
		told trace."$i".*
		quiet "$i.sealed" "$i.mails" "$i.sent" err."$i".* said.trace."$i".*
	done
	quiet ledger box-sent/*
}

# bats test_tags=nosan
@test "nor when the programs are killed" {
	local i n
	vc-route -l ledger case.json | changed >notices
	for i in $(seq 12); do
		n=$((RANDOM * 8 + 1000))
		"$VC_PROBE/probe-kill" "$n" vc-encrypt -l ledger notices \
			>>sealed 2>>err || true
		# Its last line may be cut.
		[ -z "$(tail -c 1 sealed)" ] || echo >>sealed
		"$VC_PROBE/probe-kill" "$n" vc-mail -l ledger -o maildir:box sealed \
			>>sent 2>>err || true
	done
	find box* tmp ledger* -type f -print0 | xargs -0 cat >files
	find "$VC_HOME" -type f -newer case.json -print0 | xargs -0r cat >>files
	find . "$VC_HOME" >names
	grep -a -o '"mail_b64":"[^"]*' sealed | cut -d '"' -f 4 | base64 -di >mails || true
	quiet sealed sent err files names mails
	run -0 find tmp -mindepth 1
	assert_output ""
}
