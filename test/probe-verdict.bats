load helper

# Each rule of the verdict: what it lets by, what not, and the octet, bit or
# second between. Evidence is that of a good signature but for what a row says.

GOOD='signed: signed by the key pinned for the sender'

# says EXPECTED JSON...: each evidence gets this verdict.
says() {
	local want=$1 e
	shift
	for e; do
		run "$VC_PROBE/probe-verdict" <<<"$e"
		assert_equal "$e: $status $output" "$e: 0 $want"
	done
}

B=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
AT=1000000000

@test "one good signature by the pinned key is signed" {
	says "$GOOD" '{}'
}

@test "exactly one signature" {
	says "$GOOD" '{"count":1}'
	says 'malformed: it holds no signature' '{"count":0}'
	says 'ambiguous: it holds more than one signature' \
		'{"count":2}' '{"count":1000}' '{"count":2,"state":"bad"}'
}

@test "a signature of version 4" {
	says "$GOOD" '{"version":4}'
	says 'weak: its format is of 1996 (v3)' '{"version":3}' '{"version":2}'
	says 'unsupported: its format is not that of version 4' \
		'{"version":5}' '{"version":6}' '{"version":0}'
}

@test "a hash of SHA-256 or stronger, which is known" {
	says "$GOOD" '{"hash":"SHA256"}' '{"hash":"SHA384"}' '{"hash":"SHA512"}'
	local h
	for h in MD5 SHA1 RIPEMD160 SHA224 MD4 TIGER SHA256X sha256 SHA; do
		says "weak: its hash $h is too weak" "{\"hash\":\"$h\"}"
	done
	says 'weak: its hash is not known' '{"hash":""}' \
		"{\"hash\":\"\",\"state\":\"expired-key\",\"key_expires\":$((AT + 1))}"
	says 'bad: the text is not what was signed' '{"hash":"","state":"bad"}'
}

@test "gpg found it good" {
	says "$GOOD" '{"state":"good"}'
	says 'bad: the text is not what was signed' '{"state":"bad"}'
	says 'unknown-key: it is not signed by the key pinned for the sender' \
		'{"state":"unknown-key"}'
	says 'expired: the signature has expired' '{"state":"expired"}'
	says 'revoked: the key is revoked' '{"state":"revoked-key"}'
	says 'unsupported: gpg cannot judge this signature' '{"state":"error"}'
}

@test "a key that expired since is good at its own time, to the second" {
	says "$GOOD" "{\"state\":\"expired-key\",\"key_expires\":$((AT + 1))}"
	says 'expired: the key has expired' '{"state":"expired-key"}' \
		"{\"state\":\"expired-key\",\"key_expires\":$AT}" \
		"{\"state\":\"expired-key\",\"key_expires\":$((AT + 1)),\"created\":$((AT + 1))}"
	says "$GOOD" \
		"{\"state\":\"expired-key\",\"key_expires\":$((AT + 2)),\"created\":$((AT + 1))}"
}

@test "by the primary key that is pinned, whole" {
	says 'mismatch: the key is not the one pinned for the sender' \
		"{\"primary\":\"$B\"}" "{\"pinned\":\"$B\"}" '{"pinned":""}' \
		'{"primary":""}' '{"primary":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}' \
		'{"primary":"aAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'
	says "$GOOD" "{\"primary\":\"$B\",\"pinned\":\"$B\"}" "{\"fpr\":\"$B\"}"
}

@test "a strong key" {
	says "$GOOD" '{"algorithm":"RSA","bits":2048}' \
		'{"algorithm":"RSA","bits":4096}' '{"algorithm":"EdDSA","bits":255}' \
		'{"algorithm":"ECDSA","bits":256}'
	says 'weak: the key RSA-2047 is too weak' '{"algorithm":"RSA","bits":2047}'
	says 'weak: the key RSA-0 is too weak' '{"algorithm":"RSA","bits":0}'
	says 'weak: the key DSA-1024 is too weak' '{"algorithm":"DSA","bits":1024}'
	says 'weak: the key DSA-3072 is too weak' '{"algorithm":"DSA","bits":3072}'
	says 'weak: the key ELG-4096 is too weak' '{"algorithm":"ELG","bits":4096}'
	says 'weak: the key -4096 is too weak' '{"algorithm":"","bits":4096}'
}

@test "a key that may sign" {
	says "$GOOD" '{"wrong_usage":false}'
	says 'bad: the key is not for signing' '{"wrong_usage":true}'
}

@test "made from 14 days before to 5 minutes after the mail came, to the second" {
	local day=86400
	says "$GOOD" "{\"created\":$((AT - 14 * day))}" "{\"created\":$((AT + 300))}"
	says 'replay: it was signed more than 14 days before the mail came' \
		"{\"created\":$((AT - 14 * day - 1))}" '{"created":0}'
	says 'future: it is signed later than the mail came' \
		"{\"created\":$((AT + 301))}" '{"created":4294967295}'
}

@test "the first rule that does not hold gives the word" {
	says 'ambiguous: it holds more than one signature' \
		'{"count":2,"version":3,"hash":"MD5","state":"bad"}'
	says 'weak: its format is of 1996 (v3)' \
		'{"version":3,"hash":"MD5","state":"error","algorithm":"RSA","bits":1024}'
	says 'weak: its hash SHA1 is too weak' \
		'{"hash":"SHA1","state":"unknown-key","created":0}'
	says 'revoked: the key is revoked' \
		"{\"state\":\"revoked-key\",\"primary\":\"$B\",\"created\":0}"
	says 'mismatch: the key is not the one pinned for the sender' \
		"{\"primary\":\"$B\",\"algorithm\":\"DSA\",\"created\":0}"
	says 'weak: the key RSA-1024 is too weak' \
		'{"algorithm":"RSA","bits":1024,"wrong_usage":true,"created":0}'
	says 'bad: the key is not for signing' '{"wrong_usage":true,"created":0}'
}
