# shellcheck shell=bash
# The personas of test/key at work. A bats file that uses them says
#
#	load keys
#	teardown_file() { stop_homes; }
#
# Homes are made once per file, under a short path.

KEY_DIR=$VC_TOP/test/key

# key_fpr NAME: the primary fingerprint. key_id NAME: of its encryption subkey.
key_fpr() { key_list "$1" | awk -F: '/^fpr/ { print $10; exit }'; }
key_id() { key_list "$1" | awk -F: '/^sub/ && $12 ~ /e/ { print $5; exit }'; }
key_list() {
	local d=$BATS_FILE_TMPDIR/nobody
	mkdir -p -m 700 "$d"
	gpg --homedir "$d" --no-autostart --batch --quiet --with-colons \
		--show-keys "$KEY_DIR/$1.asc" 2>/dev/null
}

# key_address NAME: the address in its user id.
key_address() {
	key_list "$1" | awk -F: '/^uid/ {
		sub(/.*</, "", $10); sub(/>.*/, "", $10); print $10; exit }'
}

# key_home NAME...: a GnuPG home with these secret keys; the same one for the
# same names within a file. Prints its path.
key_home() {
	local at="$BATS_FILE_TMPDIR/home.$*"
	(
		flock 9
		[ -s "$at" ] || key_home_make "$@" >"$at"
	) 9>"$at.lock"
	cat "$at"
}
key_home_make() {
	local home name
	home=$(short_home)
	cp "$VC_TOP/share/gnupg/gpg.conf" "$home"
	for name; do
		[ "$name" = nobody ] || gpg --homedir "$home" --batch --quiet \
			--import "$KEY_DIR/$name.sec.asc" 2>/dev/null
	done 3>&-
	echo "$home"
}

# key_store DIR NAME...: a key store that holds the pinned keys of these, also
# of those that nobody would pin any more (expired, revoked, weak).
key_store() {
	local dir=$1 fpr name
	shift
	mkdir -p -m 700 "$dir"
	for name; do
		fpr=$(key_fpr "$name")
		mkdir -m 700 "$dir/$fpr"
		cp "$KEY_DIR/$name.asc" "$dir/$fpr.asc"
		gpg --homedir "$dir/$fpr" --no-autostart --batch --quiet \
			--import "$dir/$fpr.asc" 2>/dev/null
		{
			cat "$VC_TOP/share/gnupg/gpg.conf"
			printf "%s\n" no-autostart lock-never
		} >"$dir/$fpr/gpg.conf"
		chmod -R go-rwx "$dir/$fpr" "$dir/$fpr.asc"
	done
}

# roster_csv NAME...: a vendor list with these, registered and pinned.
roster_csv() {
	local name
	echo vendor,name_ja,name_en,kind,role,state,email,language,fpr
	for name; do
		printf '%s,%s,%s,general,vendor,registered,%s,en,%s\n' "$name" \
			"$name" "$name" "$(key_address "$name")" "$(key_fpr "$name")"
	done
}

# as NAME GPG-ARGUMENT...: gpg as this persona. KEY_TIME sets its clock
# (20240601T120000), for signatures of the past.
as() {
	local home
	home=$(key_home "$1")
	shift
	gpg --homedir "$home" --batch --quiet --armor --pinentry-mode loopback \
		${KEY_TIME:+--faked-system-time "$KEY_TIME!"} "$@" \
		2>"$BATS_FILE_TMPDIR/gpg.err" 3>&-
}

# sign_clear NAME [GPG-OPTION...] <text: the clearsigned frame.
sign_clear() {
	local name=$1
	shift
	as "$name" --digest-algo SHA512 "$@" --clearsign
}

# mail_head FROM [FIELD...]: the header of a mail, without its empty line, of
# now or MAIL_DATE.
mail_head() {
	local from=$1
	shift
	printf '%s\n' "From: $from" 'To: vuls@centre.example' \
		'Subject: a mail' "Date: ${MAIL_DATE:-$(date -R -u)}" \
		"Message-ID: <1@${from##*@}>" 'MIME-Version: 1.0' "$@"
}

# text_entity [CHARSET] <text: a MIME part; crlf: with the line ends of a wire.
text_entity() {
	printf 'Content-Type: text/plain; charset=%s\n' "${1:-UTF-8}"
	printf 'Content-Transfer-Encoding: 8bit\n\n'
	cat
}
crlf() { sed 's/\r*$/\r/'; }

# sign_entity NAME [GPG-OPTION...] <entity: Content-Type and body of a
# multipart/signed (RFC 3156) around it.
sign_entity() {
	local name=$1 d
	shift
	d=$(mktemp -d "$BATS_FILE_TMPDIR/eXXXXXX")
	cat >"$d/entity"
	crlf <"$d/entity" >"$d/wire"
	as "$name" --digest-algo SHA512 "$@" -o "$d/sig" --detach-sign "$d/wire" ||
		return 1
	printf '%s\n' 'Content-Type: multipart/signed; micalg=pgp-sha512;' \
		'	protocol="application/pgp-signature"; boundary="vc-signed"' ''
	printf '%s\n' --vc-signed
	cat "$d/entity"
	printf '%s\n' '' --vc-signed \
		'Content-Type: application/pgp-signature; name="signature.asc"' ''
	cat "$d/sig"
	printf '%s\n' --vc-signed--
}

# encrypt_entity TO [SIGNER] <octets: Content-Type and body of a
# multipart/encrypted; with SIGNER signed inside the same encryption.
encrypt_entity() {
	local d
	d=$(mktemp -d "$BATS_FILE_TMPDIR/eXXXXXX")
	cat >"$d/entity"
	encrypt_text "$@" <"$d/entity" >"$d/cipher" || return 1
	printf '%s\n' 'Content-Type: multipart/encrypted;' \
		'	protocol="application/pgp-encrypted"; boundary="vc-sealed"' '' \
		--vc-sealed 'Content-Type: application/pgp-encrypted' '' \
		'Version: 1' '' --vc-sealed \
		'Content-Type: application/octet-stream; name="encrypted.asc"' ''
	cat "$d/cipher"
	printf '%s\n' '' --vc-sealed--
}

# encrypt_text TO [SIGNER] <octets: the armoured message.
encrypt_text() {
	if [ $# -gt 1 ]; then
		as "$2" --digest-algo SHA512 --trust-model always \
			--recipient-file "$KEY_DIR/$1.asc" --sign --encrypt
	else
		as nobody --trust-model always \
			--recipient-file "$KEY_DIR/$1.asc" --encrypt
	fi
}

# Whole mails of persona NAME, from its own address, text on stdin.
mail_plain() {
	mail_head "$(key_address "$1")"
	text_entity
}
mail_clear() {
	local name=$1
	shift
	mail_head "$(key_address "$name")" \
		'Content-Type: text/plain; charset=UTF-8' \
		'Content-Transfer-Encoding: 8bit' ''
	sign_clear "$name" "$@"
}
sign_mime() {
	local name=$1
	shift
	mail_head "$(key_address "$name")"
	text_entity | sign_entity "$name" "$@"
}
# encrypt_mime NAME: signed and encrypted to the centre in one message.
encrypt_mime() {
	mail_head "$(key_address "$1")"
	text_entity | crlf | encrypt_entity centre "$1"
}
