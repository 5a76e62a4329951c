# shellcheck shell=bash
# Other implementations of OpenPGP, with one face. Needs `load keys`.

WORLD=$VC_TOP/test/world

# need PROGRAM...: a judge that is missing is a failure, not a pass.
need() {
	local p
	for p; do
		command -v "$p" >/dev/null || fail "no $p: make deps-world"
	done
}

# rnp_home NAME: a home of rnp with this secret key and the centre's key.
rnp_home() {
	local d
	d=$(mktemp -d "$BATS_TEST_TMPDIR/rnpXXXXXX")
	rnpkeys --homedir "$d" --import "$KEY_DIR/$1.sec.asc" >/dev/null 2>&1
	rnpkeys --homedir "$d" --import "$KEY_DIR/centre.asc" >/dev/null 2>&1
	echo "$d"
}

# peer_open PEER NAME <armor: what the persona NAME reads. Fails unless the
# peer finds the centre's signature good; `signer` gets the fingerprint.
peer_open() {
	rm -f signer
	case $1 in
	openpgp.js)
		node "$WORLD/openpgp.mjs" decrypt "$KEY_DIR/centre.asc" \
			"$KEY_DIR/$2.sec.asc" 2>signer
		;;
	rnp)
		rnp --homedir "$(rnp_home "$2")" --notty --password '' \
			--decrypt --output - 2>rnp.err || return 1
		# Says which key only by its id; and 1 when it is not good.
		grep -q 'verified successfully' rnp.err || return 1
		grep -ioE '^ +[0-9a-f]{40}$' rnp.err | tr -d ' ' |
			tr a-f A-F | tail -n 1 >signer
		;;
	*)
		"$1" decrypt --verify-out=signer --verify-with="$KEY_DIR/centre.asc" \
			"$KEY_DIR/$2.sec.asc" 2>"$1.err"
		;;
	esac
}

# peer_sign PEER NAME <octets: a detached signature, armoured.
peer_sign() {
	case $1 in
	openpgp.js) node "$WORLD/openpgp.mjs" sign "$KEY_DIR/$2.sec.asc" ;;
	rnp)
		rnp --homedir "$(rnp_home "$2")" --notty --password '' --armor \
			--hash SHA256 --sign --detach --output - 2>rnp.err
		;;
	*) "$1" sign "$KEY_DIR/$2.sec.asc" ;;
	esac
}

# peer_clearsign PEER NAME <text: a clearsigned frame.
peer_clearsign() {
	case $1 in
	openpgp.js) node "$WORLD/openpgp.mjs" clearsign "$KEY_DIR/$2.sec.asc" ;;
	rnp)
		rnp --homedir "$(rnp_home "$2")" --notty --password '' \
			--hash SHA256 --clearsign --output - 2>rnp.err
		;;
	*) "$1" inline-sign --as=clearsigned "$KEY_DIR/$2.sec.asc" ;;
	esac
}

# peer_mail PEER NAME <entity: the header and body of a multipart/signed mail.
peer_mail() {
	crlf >entity
	peer_sign "$1" "$2" <entity >entity.sig || return 1
	mail_head "$(key_address "$2")"
	printf '%s\n' 'Content-Type: multipart/signed; micalg=pgp-sha512;' \
		' protocol="application/pgp-signature"; boundary="=-peer"' '' --=-peer
	tr -d '\r' <entity
	printf '%s\n' '' --=-peer 'Content-Type: application/pgp-signature' ''
	tr -d '\r' <entity.sig
	printf '%s\n' '' --=-peer--
}
