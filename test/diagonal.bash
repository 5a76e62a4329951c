# shellcheck shell=bash
# N vendors with keys of their own, and a notice for each: who opens what.
# Needs `load keys` and `load out`.

# two_at_a_time N COMMAND: COMMAND with each number up to N.
two_at_a_time() {
	local part
	for part in 0 1; do
		(
			trap - DEBUG ERR
			set +ET
			for i in $(seq "$1"); do
				[ $((i % 2)) = "$part" ] || "$2" "$i" || exit 1
			done
		) 3>&- &
	done
	wait -n && wait -n
}

# A home, a key in it, its file in the key store, its row of the vendor list.
vendor_made() {
	local home=$HOMES/$1 to=psirt@v$1.example fpr
	mkdir -m 700 "$home"
	gpg --homedir "$home" --batch --quiet --pinentry-mode loopback \
		--passphrase '' --quick-generate-key "$to" future-default default never \
		2>/dev/null
	fpr=$(gpg --homedir "$home" --batch --with-colons --list-keys 2>/dev/null |
		awk -F: '/^fpr/ { print $10; exit }')
	mkdir -m 700 "keys/$fpr"
	gpg --homedir "$home" --batch --quiet --armor --export >"keys/$fpr.asc"
	chmod 600 "keys/$fpr.asc"
	echo "v$1,Vendor $1,general,registered,$to,$fpr,dns,en" >"row.$1"
}

# vendors N: a site with v1 ... vN. vendors_gone: for teardown.
vendors() {
	site
	HOMES=$(short_home)
	two_at_a_time "$1" vendor_made
	{
		echo vendor,name_en,kind,state,email,fpr,keyword,language
		cat row.*
	} >roster.csv
	rm row.*
}
vendors_gone() {
	local home
	for home in "$HOMES"/*; do
		gpgconf --homedir "$home" --kill all 2>/dev/null || true
	done
}

# Every mail is tried, whatever became of those before; what opens is written
# beside it, without .asc.
vendor_tries() {
	(cd mail && gpg --homedir "$HOMES/$1" --batch --yes --quiet --status-fd 3 \
		--multifile --decrypt -- *.asc 3>"../status.$1" 2>/dev/null) || true
	gpgconf --homedir "$HOMES/$1" --kill all 2>/dev/null
}

# diagonal N: routed, sealed, handed over; of N x N exactly the diagonal opens.
diagonal() {
	local file to i
	vendors "$1"
	jq -nc '{type: "case", id: "JVN#12345678", tlp: "AMBER", keyword: ["dns"],
		state: "embargoed", publish_at: "2100-01-01T00:00:00Z",
		title: {en: "A flaw"}, overview: {en: "In names."}}' >case.json
	vc-route case.json | vc-encrypt | vc-mail -l ledger -o maildir:box >sent
	assert_equal "$(jq -r .type sent | sort | uniq -c | tr -s ' ')" " $1 sent"
	mkdir mail
	for file in box/new/*; do
		to=$(field To <"$file")
		to=${to#psirt@v}
		sed -n '/^-----BEGIN/,/^-----END/p' "$file" >"mail/${to%.example}.asc"
	done
	two_at_a_time "$1" vendor_tries
	run -0 awk '
		$2 == "FILE_START" { tried++; name = $4 }
		$2 == "DECRYPTION_OKAY" {
			sub(/.*\./, "", FILENAME)
			print FILENAME, name
		}
		$2 == "DECRYPTION_FAILED" { failed++ }
		END { print tried, failed }' status.*
	assert_equal "$(sort <<<"$output")" "$(
		{
			seq "$1" | sed 's/.*/& &.asc/'
			echo "$(($1 * $1)) $(($1 * $1 - $1))"
		} | sort
	)"
	for i in $(seq "$1"); do
		tr -d '\r' <"mail/$i" | grep -qxF "To: psirt@v$i.example" ||
			fail "what v$i opened is not for v$i"
	done
	assert_equal "$(find mail -type f ! -name '*.asc' | wc -l)" "$1"
}
