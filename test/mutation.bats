load helper
load keys
load attack

# Mails that a vendor signed, with an octet or three changed, inserted or taken
# away anywhere. Whatever happens: when the verdict is still `signed`, then what
# stands under `signed`, its hash, and whose it is are as they were.
#
# VC_SEED=N tries others; the seed is told when a test fails. Fewer are tried with
# sanitizers, which are slow.

MUTATIONS=10000
[ "$VC_BUILD" = build ] || MUTATIONS=2000

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi
	roster_csv hitachi >"$BATS_FILE_TMPDIR/roster.csv"
	key_home centre >/dev/null
}

teardown_file() { stop_homes; }

prepare() {
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	VC_HOME=$(key_home centre)
	export VC_HOME
	attack_files
	body_of frame >clear
	encoded_as base64 '' base64 >clear-base64
	encoded_as quoted-printable '' qp >clear-quoted
	mimed '' >mime-lf
	mimed '' | crlf >mime-crlf
	signature_as base64 binary >mime-binary
	sed 's/^/\t/' text | mixed_entity | sign_entity hitachi >parts
	{ head_of; cat parts; } >mime-parts
	sealed_binary >sealed
	sealed ops lit sig >sealed-text
}

mixed_entity() {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary="in side"' '' \
		'--in side' 'Content-Type: text/plain; charset=UTF-8' ''
	cat
	printf '%s\n' '--in side' 'Content-Type: image/png; name="a.png"' \
		'Content-Transfer-Encoding: base64' '' iVBORw0KGgo= '--in side--'
}

# Encrypted and signed, its octets in base64: no checksum is in the way.
sealed_binary() {
	mimed '' | sed -n '/^Content-Type: multipart/,$p' | crlf >inner
	split_signed hitachi <inner
	head_of 'Content-Type: multipart/encrypted; boundary=sealed;' \
		' protocol="application/pgp-encrypted"' '' --sealed \
		'Content-Type: application/pgp-encrypted' '' 'Version: 1' '' \
		--sealed 'Content-Type: application/octet-stream' \
		'Content-Transfer-Encoding: base64' ''
	cat ops lit sig | seal_packets centre --no-armor | base64
	printf '%s\n' --sealed--
}

# What is signed: all that a reader may rely on.
core='{base, vendor, primary_fpr, signer_fpr, signed_at, covered_sha256,
	covered_n, signed, attachment}'

@test "10,000 mutations leave what is signed as it was, or not signed" {
	local seed=${VC_SEED:-20240601}
	echo "VC_SEED=$seed"
	set -- clear clear-base64 clear-quoted mime-lf mime-crlf mime-binary \
		mime-parts sealed sealed-text
	run_out vc-verify "$@"
	assert_equal "$status $stderr" "0 "
	jq -rn '[$ARGS.positional, [inputs]] | transpose[] |
		.[1] + {base: .[0]} | '"$core"' | tojson' --args "$@" \
		<out | sort >want
	"$VC_PROBE/probe-mutate" "$seed" "$MUTATIONS" "$@" >mails
	run_out vc-verify <mails
	assert_equal "$status $stderr" "1 "
	assert_equal "$(wc -l <out)" "$MUTATIONS"
	jq -r 'select(.verdict == "signed") | '"$core"' | tojson' out |
		sort -u >got
	comm -13 want got >strange
	while IFS= read -r strange; do
		jq -c --arg s "$strange" 'select(.verdict == "signed" and
			('"$core"' | tojson) == $s) | {base, mutation, signed}' out
	done <strange
	assert [ ! -s strange ]
	# Not for want of trying: many are signed, of each mail, and more are not.
	assert_equal "$(wc -l <got)" $#
	jq -r .verdict out | sort | uniq -c | sort -rn
	assert [ "$(grep -c '"verdict":"signed"' out)" -gt $((MUTATIONS / 20)) ]
	assert [ "$(grep -c '"verdict":"bad"' out)" -gt $((MUTATIONS / 50)) ]
	jq -r 'select(.verdict != "signed" and (.signed or .vendor)) | .id' out >leak
	assert [ ! -s leak ]
}

@test "mutations of forms are read or refused, each for itself" {
	local seed=${VC_SEED:-20240601} p n
	echo "VC_SEED=$seed"
	for p in vc-parse-poc vc-parse-status; do
		"$VC_PROBE/probe-mutate" "$seed" "$((MUTATIONS / 4))" \
			"$VC_FIXTURE/$p"/*.eml >mails
		status=0
		"$p" <mails >out 2>err || status=$?
		assert_equal "$p $status" "$p 65"
		assert_equal "$(wc -l <out)" "$(wc -l <mails)"
		n=$(grep -c '^{"type":"reject"' out)
		assert_equal "$(wc -l <err)" "$n"
		assert_equal "$(grep -vc "^$p: line [0-9]*: [ -~]*\$" err)" 0
		assert [ "$n" -lt "$((MUTATIONS / 8))" ]
		run ! grep -E '"signed":|"verdict":' out
	done
}
