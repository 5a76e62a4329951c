load helper
load keys

# OpenPGP from outside: what is let by is accounted for to the last octet.

teardown_file() { stop_homes; }

prepare() { echo 'some text' >text; }

probe() { run_out "$VC_PROBE/probe-packet" "$@"; }

refuses() {
	probe "$1" <"$2"
	assert_equal "$2: $status $output" "$2: 65 $3"
}

@test "an encrypted message tells its recipients and its protection" {
	encrypt_text hitachi fujitsu <text >armor
	probe message <armor
	assert_equal "$status" 0
	assert_equal "$output" "key $(key_id hitachi)
passwords 0
integrity yes"
	gpg --dearmor <armor >binary
	probe message <binary
	assert_equal "$status" 0
	assert_equal "$(head -n 1 out)" "key $(key_id hitachi)"
}

@test "several recipients, passwords and long messages are told in order" {
	head -c 3000000 /dev/urandom | as nobody --trust-model always \
		-f "$KEY_DIR/rsa3072.asc" -f "$KEY_DIR/nec.asc" \
		--passphrase x --symmetric --encrypt >armor
	probe message <armor
	assert_equal "$output" "key $(key_id rsa3072)
key $(key_id nec)
passwords 1
integrity yes"
}

@test "a message without integrity protection is told as such" {
	# A session key packet and a packet of type 9 (RFC 4880, 5.7).
	printf '\204\014\003ABCDEFGH\001XY\244\004abcd' >binary
	probe message <binary
	assert_equal "$output" "key 4142434445464748
passwords 0
integrity no"
}

@test "what is not exactly one encrypted message is refused" {
	local not='not one encrypted message'
	encrypt_text hitachi <text | gpg --dearmor >one
	cat one one >two
	head -c -1 one >short
	{ cat one; printf x; } >long
	printf '\204\014\003ABCDEFGH\001XY' >key-alone
	gpg --homedir "$(key_home nobody)" --store <text >literal 2>/dev/null
	printf '\204\014\004ABCDEFGH\001XY\244\004abcd' >version
	# An old-format session key of indeterminate length.
	printf '\207\003ABCDEFGH\001XY' >endless
	# A new-format session key in parts, which only data may be.
	printf '\301\351' >parts
	head -c 600 /dev/zero >>parts
	refuses message two "$not"
	refuses message short "$not"
	refuses message long "$not"
	refuses message key-alone "$not"
	refuses message literal "$not"
	refuses message version "$not"
	refuses message endless "$not"
	refuses message parts "$not"
}

@test "armor is one block, with known headers, and its checksum holds" {
	local not="not one armoured block of kind 'MESSAGE'"
	encrypt_text hitachi <text >armor
	{ printf '\n  \n'; crlf <armor; echo; } >blanks
	probe message <blanks
	assert_equal "$status" 0
	sed '2s/^$/Comment: anything\nVersion: 1\n/' armor >known
	probe message <known
	assert_equal "$status" 0
	grep -v '^=....$' armor >no-sum
	probe message <no-sum
	assert_equal "$status" 0
	sed 's/^=....$/=AAAA/' armor >sum
	sed '2s/^$/X-Evil: 1\n/' armor >header
	sed 2d armor >no-blank
	sed '5s/^/!/' armor >octets
	sed '$d' armor >no-end
	{ echo before; cat armor; } >before
	{ cat armor; echo after; } >after
	cat armor armor >twice
	sed 's/MESSAGE/PUBLIC KEY BLOCK/' armor >kind
	: >empty
	local f
	for f in sum header no-blank octets no-end before after twice kind empty; do
		refuses message $f "$not"
	done
}

@test "a signature tells its number, version and algorithms" {
	as hitachi --digest-algo SHA512 --detach-sign <text >sig
	probe signature <sig
	assert_equal "$output" "count 1
version 4
algorithm 22
hash 10"
	gpg --dearmor <sig >binary
	cat binary binary >two
	probe signature <two
	assert_equal "$(head -n 1 out)" 'count 2'
	# Version 3, RSA and MD5, as in 1996 (RFC 4880, 5.2.2).
	printf '\210\025\003\005\000TTTTKKKKKKKK\001\001hh\000\000' >three
	probe signature <three
	assert_equal "$output" "count 1
version 3
algorithm 1
hash 1"
}

@test "a text, a message or half a signature is not a signature" {
	as hitachi --detach-sign <text | gpg --dearmor >binary
	head -c -1 binary >half
	encrypt_text hitachi <text | gpg --dearmor >message
	refuses signature half 'not a signature'
	refuses signature message 'not a signature'
	refuses signature text "not one armoured block of kind 'SIGNATURE'"
}
