load ../helper
load ../keys
load ../out
load peer

# What we seal opens in every other implementation of OpenPGP that there is,
# and what these sign is signed for us.

teardown_file() { stop_homes; }

# What a vendor has to read of a notice.
wanted() {
	jq -c '["[TLP:\(.tlp)] \(.subject)", ["TLP:\(.tlp)\n\n\(.text)"],
		[.attachment[] | [.name, .media_type, .text // .sha256]], []]'
}

# opens PEER: three kinds of keys, by their owners and by nobody else.
opens() {
	local peer=$1 name
	for name in hitachi rsa3072 yamaha; do
		rm -rf keys
		site "$name"
		noted "$name" >notice
		vc-encrypt -a files notice | armor_of >armor
		peer_open "$peer" "$name" <armor >entity || fail "$peer $name"
		grep -q "$(key_fpr centre)" signer || fail "$peer $name: $(cat signer)"
		assert_equal "$("$WORLD/mail.py" <entity |
			jq -c '[.subject, .text, .attachment, .defect]')" \
			"$(wanted <notice)"
		run ! peer_open "$peer" nec <armor
		refute_output --partial "$CANARY"
	done
}

# Words that are lost when a signature covers other octets than it should.
words() { printf '%s\n' '影響を受けます。' '- dash' 'From here' '' 'end'; }

# judged NAME <mail: vc-verify believes it, and reads what was written.
judged() {
	run_out vc-verify
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r '[.verdict, .vendor, .primary_fpr] | @tsv' out)" \
		"$(printf 'signed\t%s\t%s' "$1" "$(key_fpr "$1")")"
	assert_equal "$(jq -r .signed.text out)" "$(words)"
}

# signs PEER NAME...: mails of these, both ways, and with a changed word.
signs() {
	local peer=$1 name
	shift
	site "$@"
	for name; do
		words | text_entity | peer_mail "$peer" "$name" >mail
		judged "$name" <mail
		sed s/dash/cash/ mail | changed
		[ "$peer" != gosop ] || continue
		{
			mail_head "$(key_address "$name")" \
				'Content-Type: text/plain; charset=UTF-8' \
				'Content-Transfer-Encoding: 8bit' ''
			words | peer_clearsign "$peer" "$name"
		} >mail
		judged "$name" <mail
		sed s/dash/cash/ mail | changed
	done
}
changed() {
	run_out vc-verify
	assert_equal "$status $(jq -r .verdict out)" '1 bad'
}

@test "Sequoia opens what we seal" {
	need sqop
	opens sqop
}

@test "GopenPGP opens what we seal" {
	need gosop
	opens gosop
}

@test "PGPainless opens what we seal" {
	need pgpainless-cli
	opens pgpainless-cli
}

@test "RNP opens what we seal" {
	need rnp rnpkeys
	opens rnp
}

@test "OpenPGP.js opens what we seal" {
	need node
	opens openpgp.js
}

@test "what Sequoia signs is signed" {
	need sqop
	signs sqop hitachi rsa3072 yamaha
}

@test "what GopenPGP signs is signed" {
	need gosop
	signs gosop hitachi rsa3072 yamaha
}

@test "what PGPainless signs is signed" {
	need pgpainless-cli
	signs pgpainless-cli hitachi rsa3072
}

@test "what RNP signs is signed" {
	need rnp rnpkeys
	signs rnp hitachi rsa3072
}

@test "what OpenPGP.js signs is signed" {
	need node
	signs openpgp.js hitachi rsa3072 yamaha
}

@test "PGPainless signs with every subkey that can: that is ambiguous" {
	need pgpainless-cli
	site yamaha
	words | text_entity | peer_mail pgpainless-cli yamaha >mail
	run_out vc-verify mail
	assert_equal "$status $(jq -r '[.verdict, .why] | join(": ")' out)" \
		'1 ambiguous: it holds more than one signature'
}

# brings PEER COMMAND...: a key that the peer made is pinned, told and believed.
brings() {
	local peer=$1
	shift
	KEY_DIR=$PWD/own
	mkdir -p own
	cp "$VC_TOP"/test/key/centre*.asc "$VC_TOP"/test/key/nec*.asc own
	"$@" generate-key psirt@new.example >own/new.sec.asc
	"$@" extract-cert <own/new.sec.asc >own/new.asc
	site new
	rm -rf keys
	mkdir -m 700 keys
	run_out vc-roster -l ledger -r roster.csv -a own/new.asc -w new -b sato
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r .fpr out)" "$(key_fpr new)"
	seal new | armor_of >armor
	peer_open "$peer" new <armor >entity
	assert_equal "$("$WORLD/mail.py" <entity | jq -c '[.text]')" \
		"$(notice new | wanted | jq -c '[.[1]]')"
	words | text_entity | peer_mail "$peer" new >mail
	judged new <mail
}

@test "keys that others make are pinned, told and believed" {
	need sqop gosop pgpainless-cli node
	brings sqop sqop
	brings gosop gosop
	brings pgpainless-cli pgpainless-cli
	brings openpgp.js node "$WORLD/openpgp.mjs"
}
