load helper
load keys

# The key store: a key comes in whole, strong and alone, or not at all.

teardown_file() { stop_homes; }

pin() { run_out "$VC_PROBE/probe-pin" pin store "$@"; }

refused() {
	pin "$KEY_DIR/$1.asc"
	assert_equal "$status" "$2"
	assert_equal "$output" "$3"
	assert_equal "$(ls -A store)" ""
}

@test "a good key is pinned as a file and as a home, and told as a record" {
	local fpr
	fpr=$(key_fpr hitachi)
	pin "$KEY_DIR/hitachi.asc"
	assert_equal "$status" 0
	assert_equal "$(jq -c . out)" "$(jq -nc --arg f "$fpr" \
		--arg e "$(key_id hitachi)" '{type: "key", id: "key/\($f)",
		fpr: $f, algorithm: "EdDSA", bits_n: 255,
		created_at: "2024-01-01T00:00:00Z", encryption: [$e]}')"
	assert_equal "$(ls -A store)" "$fpr
$fpr.asc"
	assert_equal "$(stat -c %a store "store/$fpr" "store/$fpr.asc" |
		tr '\n' ' ')" '700 700 600 '
	run gpg --homedir "store/$fpr" --batch --with-colons --list-keys
	assert_equal "$(grep -c ^pub <<<"$output")" 1
	assert_equal "$(gpg --homedir "store/$fpr" --batch --with-colons \
		--show-keys "store/$fpr.asc" | awk -F: '/^fpr/ { print $10; exit }')" \
		"$fpr"
	run ! test -S "store/$fpr/S.gpg-agent"
}

# bats test_tags=nosan
@test "the record of a key that will end says when" {
	# The expired persona, in the days when it was good.
	run faketime -f '2024-06-01 12:00:00' "$VC_PROBE/probe-pin" pin store \
		"$KEY_DIR/expired.asc"
	assert_success
	assert_equal "$(jq -r .expires_at <<<"$output")" 2024-12-31T00:00:00Z
	run_out "$VC_PROBE/probe-pin" read store "$(key_fpr expired)"
	assert_equal "$status" 0
	assert_equal "$output" 'EdDSA 255 - expired'
}

@test "a key is pinned anew over itself, and others stay" {
	pin "$KEY_DIR/hitachi.asc"
	pin "$KEY_DIR/rsa3072.asc"
	cp out first
	pin "$KEY_DIR/rsa3072.asc"
	assert_equal "$status" 0
	cmp first out
	assert_equal "$(find store -maxdepth 1 -mindepth 1 | wc -l)" 4
	run_out "$VC_PROBE/probe-pin" read store "$(key_fpr rsa3072)"
	assert_equal "$output" "RSA 3072 $(key_id rsa3072) fine"
}

@test "expired, revoked, weak and sign-only keys are refused by name" {
	refused expired 77 \
		"expired: the key in '$KEY_DIR/expired.asc' is not pinned"
	refused revoked 77 \
		"revoked: the key in '$KEY_DIR/revoked.asc' is not pinned"
	refused weak 77 "weak: the key in '$KEY_DIR/weak.asc' is not pinned"
	refused signonly 77 \
		"cannot-encrypt: the key in '$KEY_DIR/signonly.asc' is not pinned"
}

@test "two keys, a secret key or no key in a file are refused" {
	refused twokeys 65 \
		"'$KEY_DIR/twokeys.asc' holds 2 keys: give one file for each"
	refused hitachi.sec 65 \
		"'$KEY_DIR/hitachi.sec.asc' holds a secret key: it is not ours to keep"
	echo 'no key' >none.asc
	pin none.asc
	assert_equal "$status" 65
	assert_equal "$output" 'no OpenPGP key in the file'
}

@test "a key file of more than 256 KiB is not read" {
	head -c 262145 /dev/zero >big.asc
	pin big.asc
	assert_equal "$status" 66
	assert_equal "$output" "'big.asc': longer than 262144 octets"
	pin missing.asc
	assert_equal "$status" 66
}

@test "a store that others can write is refused" {
	mkdir -m 770 store
	pin "$KEY_DIR/hitachi.asc"
	assert_equal "$status" 78
	assert_equal "$(ls -A store)" ""
}

@test "signatures of strangers on a key stay outside" {
	local home
	home=$(short_home)
	gpg --homedir "$home" --batch --quiet --import \
		"$KEY_DIR/fujitsu.sec.asc" "$KEY_DIR/nec.asc" 2>/dev/null 3>&-
	gpg --homedir "$home" --batch --quiet --yes --trust-model always \
		--quick-sign-key "$(key_fpr nec)" 2>/dev/null 3>&-
	gpg --homedir "$home" --batch --armor --export "$(key_fpr nec)" >nec.asc
	assert_equal "$(gpg --list-packets nec.asc | grep -c '^:signature')" 3
	pin nec.asc
	assert_equal "$status" 0
	assert_equal "$(gpg --list-packets store/*.asc | grep -c '^:signature')" 2
}

@test "a key that is not in the store is unpinned" {
	run_out "$VC_PROBE/probe-pin" read store "$(key_fpr nec)"
	assert_equal "$status" 77
	assert_equal "$output" \
		"unpinned: the key store has no key $(key_fpr nec)"
	run_out "$VC_PROBE/probe-pin" read store ../../etc/passwd
	assert_equal "$status" 77
}

@test "a file under another key's name is found out" {
	pin "$KEY_DIR/hitachi.asc"
	cp "$KEY_DIR/attacker.asc" "store/$(key_fpr hitachi).asc"
	chmod 600 store/*.asc
	run_out "$VC_PROBE/probe-pin" read store "$(key_fpr hitachi)"
	assert_equal "$status" 78
}

@test "what is sealed has one recipient and opens there, signed" {
	local home
	pin "$KEY_DIR/fujitsu.asc"
	home=$(key_home centre)
	echo 'the text' >text
	run_out "$VC_PROBE/probe-pin" seal "$home" "$(key_fpr centre)" \
		"store/$(key_fpr fujitsu).asc" <text
	assert_equal "$status" 0
	cp out sealed
	run "$VC_PROBE/probe-packet" message <sealed
	assert_output "key $(key_id fujitsu)
passwords 0
integrity yes"
	run_out gpg --homedir "$(key_home fujitsu)" --batch --status-fd 2 \
		--decrypt sealed 3>&-
	assert_equal "$output" 'the text'
	gpg --homedir "$(key_home fujitsu)" --batch --quiet --import \
		"$KEY_DIR/centre.asc" 2>/dev/null
	run -0 --separate-stderr gpg --homedir "$(key_home fujitsu)" --batch \
		--status-fd 2 --decrypt sealed 3>&-
	assert_equal "$(grep -c 'VALIDSIG' <<<"$stderr")" 1
}

@test "a detached signature comes with the name of its hash" {
	echo 'the text' >text
	run_out "$VC_PROBE/probe-pin" sign "$(key_home centre)" \
		"$(key_fpr centre)" <text
	assert_equal "$status" 0
	assert_equal "$(head -n 1 out)" pgp-sha512
	sed 1d out >sig
	run -0 gpg --homedir "$(key_home centre)" --batch --verify sig text
}

@test "a signer that is not in the home is a matter of configuration" {
	run_out "$VC_PROBE/probe-pin" sign "$(key_home centre)" \
		"$(key_fpr hitachi)" </dev/null
	assert_equal "$status" 78
}

@test "we read a key as gpg does, whatever became of it" {
	local name
	key_store kept centre hitachi yamaha rsa3072 weak expired revoked signonly
	for name in centre hitachi yamaha rsa3072 weak expired revoked signonly; do
		run "$VC_PROBE/probe-pin" read kept "$(key_fpr $name)"
		echo "$name $output"
	done >told
	assert_equal "$(cat told)" "centre EdDSA 255 $(key_id centre) fine
hitachi EdDSA 255 $(key_id hitachi) fine
yamaha EdDSA 255 $(key_id yamaha) fine
rsa3072 RSA 3072 $(key_id rsa3072) fine
weak RSA 1024 $(key_id weak) weak
expired EdDSA 255 - expired
revoked EdDSA 255 $(key_id revoked) revoked
signonly EdDSA 255 - cannot-encrypt"
}

@test "a subkey that is revoked or has ended is not encrypted to" {
	local home fpr good g
	home=$(short_home)
	g=(gpg --homedir "$home" --batch --quiet --passphrase '' --yes
		--pinentry-mode loopback --no-tty)
	"${g[@]}" --faked-system-time 20240101T000000 --quick-gen-key \
		'X <x@x.example>' nistp256 sign never 2>/dev/null 3>&-
	fpr=$("${g[@]}" --with-colons --list-keys |
		awk -F: '/^fpr/ { print $10; exit }')
	"${g[@]}" --faked-system-time 20240101T000000 --quick-add-key "$fpr" \
		nistp384 encr 1y 2>/dev/null 3>&-
	"${g[@]}" --quick-add-key "$fpr" rsa2048 encr 2y 2>/dev/null 3>&-
	"${g[@]}" --quick-add-key "$fpr" cv25519 encr never 2>/dev/null 3>&-
	good=$("${g[@]}" --with-colons --list-keys |
		awk -F: '/^sub/ && $4 == 1 { print $5 }')
	printf 'key 3\nrevkey\ny\n0\n\ny\nsave\n' | "${g[@]}" --no-batch \
		--command-fd 0 --edit-key "$fpr" >/dev/null 2>&1 3>&-
	"${g[@]}" --armor --export "$fpr" >x.asc
	pin x.asc
	assert_equal "$status" 0
	assert_equal "$(jq -c '[.algorithm, .bits_n, .encryption]' out)" \
		"[\"ECDSA\",256,[\"$good\"]]"
	run_out "$VC_PROBE/probe-pin" read store "$fpr"
	assert_equal "$output" "ECDSA 256 $good fine"
}
