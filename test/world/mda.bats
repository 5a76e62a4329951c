load ../helper
load ../keys
load peer
load mda

# The same mails and the same mishaps, through procmail, maildrop and Sieve: a
# mail is never both taken and lost, and no octet of it changes.

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	mda_up
}

teardown_file() {
	mda_down
	stop_homes
}

prepare() {
	programs
	plain >in
}

@test "what the programs say decides, in each of them alike" {
	local row code want
	for row in 0:filed 65:look 77:look 1:wait 64:wait 66:wait 69:wait 70:wait \
		73:wait 74:wait 75:wait 78:wait 124:wait 126:wait 127:wait 137:wait \
		139:wait 255:wait; do
		IFS=: read -r code want <<<"$row"
		program coordinate.sh "cat >/dev/null; exit $code"
		fates "$want" "$code"
	done
}

@test "a program that fails or crashes is never the end of a mail" {
	local name row how want
	for name in vc-verify vc-parse-status; do
		# shellcheck disable=SC2016
		for row in 'cat >/dev/null; exit 65=look' 'cat >/dev/null; exit 77=look' \
			'exit 69=wait' 'exit 70=wait' 'exit 75=wait' \
			'kill -SEGV $$=wait' 'kill -KILL $$=wait' 'head -c 20; kill -KILL $$=wait' \
			'head -c 20; exit 75=wait' 'exec /nonexistent=wait'; do
			how=${row%=*} want=${row##*=}
			programs
			program "$name" "$how"
			fates "$want" "$name: $how"
		done
	done
	programs
	program vc-verify 'cat; exit 1'
	fates filed 'vc-verify: exit 1'
	# shellcheck disable=SC2016
	for how in 'kill -SEGV $$' 'kill -KILL $$' 'head -c 20; kill -ABRT $$' \
		'exec /nonexistent'; do
		program coordinate.sh "$how"
		fates wait "coordinate.sh: $how"
	done
}

@test "a program that is missing, or is none, keeps the mail waiting" {
	local name mda
	for name in vc-verify vc-parse-status coordinate.sh; do
		programs
		for mda in $MDAS; do chmod -x "$SITE/$mda/bin/$name"; done
		fates wait "$name is not executable"
		for mda in $MDAS; do rm -f "$SITE/$mda/bin/$name"; done
		fates wait "$name is missing"
		for mda in $MDAS; do mkdir "$SITE/$mda/bin/$name"; done
		fates wait "$name is a folder"
	done
}

@test "a program that hangs is ended, and the mail waits" {
	local name
	impatient
	for name in vc-verify vc-parse-status coordinate.sh; do
		programs
		program "$name" 'exec sleep 60'
		fates wait "$name hangs"
		program "$name" 'head -c 20; exec sleep 60'
		fates wait "$name hangs in the middle"
	done
	patient
}

@test "a mail of 12 MiB that nobody reads is not lost" {
	{
		plain
		head -c 12000000 /dev/zero | tr '\0' x | fold -w 70
		echo
	} >in
	program vc-verify 'exit 65'
	fates look 'vc-verify'
	program coordinate.sh 'exit 77'
	fates look 'coordinate.sh'
	program coordinate.sh 'exit 75'
	fates wait 'coordinate.sh'
	program coordinate.sh 'head -c 20; kill -SEGV $$'
	fates wait 'coordinate.sh'
}

@test "no octet of a mail changes on its way into the archive" {
	{
		printf '%s\n' 'from:   a@b.example ' "Subject: $(printf '脆%.0s' {1..90})" \
			'X-Empty:' 'X-Folded: a' '	 b ' '' '' '.' '..' '. a' \
			'From the start' '>From the start' 'blanks at the end   	' \
			'=46rom' '-----BEGIN PGP SIGNED MESSAGE-----' '- dash' ''
		printf '\033$B$9$_$^$;$s!#\033(B\n\202\240\202\242\f\001\177\n'
		printf '%08000d\n\n\n' 0
	} >in
	cp in mail
	program coordinate.sh "cat >/dev/null; exit 0"
	fates filed 'strange octets'
	program coordinate.sh "cat >/dev/null; exit 65"
	fates look 'strange octets'
	program coordinate.sh "cat >/dev/null; exit 75"
	fates wait 'strange octets'
}

# on_a_small_disk MDA FOLDER COMMAND...: with a full disk below that folder.
on_a_small_disk() {
	local at status=0
	at=$(folder "$1" "$2")
	mkdir -p "$at"
	mount -t tmpfs -o "size=24k,uid=$(id -u nobody),mode=700" none "$at"
	[ "$1" = sieve ] || as_user mkdir "$at/tmp" "$at/new" "$at/cur"
	shift 2
	"$@" || status=$?
	umount "$at"
	return $status
}

@test "while a disk is full the MTA keeps the mail, and then it is filed" {
	needs_root
	local mda
	{
		plain
		head -c 100000 /dev/zero | tr '\0' x | fold -w 70
		echo
	} >in
	program coordinate.sh 'cat >/dev/null; exit 0'
	for mda in $MDAS; do
		empty "$mda"
		status=0
		on_a_small_disk "$mda" archive deliver "$mda" >said 2>&1 || status=$?
		assert_equal "$mda: $status" "$mda: 75"
		assert_equal "$mda: $(find "$SITE/$mda/mail" -path '*/new/*')" "$mda: "
	done
	fates filed 'there is room'
	# Without room for the copy a person would not see it.
	program coordinate.sh 'cat >/dev/null; exit 65'
	for mda in $MDAS; do
		empty "$mda"
		status=0
		on_a_small_disk "$mda" look deliver "$mda" >said 2>&1 || status=$?
		assert_equal "$mda: $status" "$mda: 75"
	done
	fates look 'there is room'
}

@test "what goes to office@ is read as a form, all else as an answer" {
	local mda row to want
	programs
	for mda in $MDAS; do
		[ "$mda" != sieve ] || [ "$(id -u)" = 0 ] || continue
		program coordinate.sh "cat >/dev/null; echo \"\$@\" >'$SITE/$mda/vc/verb'"
		for row in 'To: office@centre.example=poc' \
			'to: vuls@centre.example, Office <OFFICE@centre.example>=poc' \
			$'To: vuls@centre.example,\n\t"The, Office" <office@centre.example>=poc' \
			'Cc: office@centre.example=poc' 'Resent-To: office@x.example=poc' \
			'To: backoffice@centre.example=status' \
			'To: vuls@centre.example=status' \
			'X-To: office@centre.example=status' \
			'Subject: office@centre.example=status'; do
			to=${row%=*} want=${row##*=}
			{
				printf '%s\n' 'From: a@b.example' "$to" 'Subject: x' '' \
					'To: office@centre.example'
			} >in
			empty "$mda"
			deliver "$mda"
			assert_equal "$mda: $to: $(cat "$SITE/$mda/vc/verb")" \
				"$mda: $to: $want"
		done
	done
}

# in_service: the real programs, vendors that have keys, a ledger as roster.
in_service() {
	local mda home
	roster_csv hitachi nec >roster.csv
	chmod 600 roster.csv
	for mda in $MDAS; do
		home=$SITE/$mda
		rm -rf "${home:?}/vc" "${home:?}/bin"
		mkdir "$home/vc" "$home/bin"
		cp "$VC_TOP/examples/coordinate.sh" "$home/bin"
		cp "$VC_BIN"/vc-* "$home/bin"
		rm -f "$home"/bin/*.c
		vc-roster -j roster.csv | vc-ledger -l "$home/vc/ledger.jsonl" >/dev/null
		key_store "$home/vc/keys" hitachi nec
		mkdir -m 700 "$home/vc/home"
		cp "$VC_TOP/share/gnupg/gpg.conf" "$home/vc/home"
		gpg --homedir "$home/vc/home" --batch --quiet \
			--import "$KEY_DIR/centre.sec.asc" 2>/dev/null 3>&-
		gpgconf --homedir "$home/vc/home" --kill all
		[ "$(id -u)" != 0 ] || chown -R nobody "$home/vc"
	done
}

# kept MDA: what its ledger says of the mails that came.
kept() {
	jq -r 'select(.type == "poc" or .type == "status") |
		[.id, .verdict, .vendor] | @tsv' "$SITE/$1/vc/ledger.jsonl"
}

@test "a form has one id and one verdict, whichever way it came" {
	local mda row
	in_service
	poc() { cat "$VC_FIXTURE/vc-verify/poc.txt"; }
	answer() { sed "s/hitachi/$1/" "$VC_FIXTURE/vc-verify/status.txt"; }
	poc | mail_clear hitachi >mail.1
	poc | mail_plain nec >mail.2
	answer nec | sign_mime nec >mail.3
	answer hitachi | encrypt_mime hitachi >mail.4
	answer hitachi | mail_plain hitachi >mail.5
	sed -i '1,/^$/s/^To: .*/To: office@centre.example/' mail.1 mail.2
	: >want
	for row in 1:poc:signed:hitachi 2:poc:unsigned: 3:status:signed:nec \
		4:status:signed:hitachi 5:status:unsigned:; do
		IFS=: read -r n type verdict vendor <<<"$row"
		cp "mail.$n" in
		fates filed "$row"
		printf 'mail/%s/%s\t%s\t%s\n' \
			"$(stored | sha256sum | cut -c 1-32)" "$type" "$verdict" "$vendor" >>want
	done
	for mda in $MDAS; do
		[ "$mda" != sieve ] || [ "$(id -u)" = 0 ] || continue
		assert_equal "$mda: $(kept "$mda")" "$mda: $(cat want)"
		run -0 vc-ledger verify "$SITE/$mda/vc/ledger.jsonl"
	done
	# What is no form, or is signed by somebody else, is for a person.
	echo 'Good morning' | mail_plain nec >in
	fates look 'no form'
	answer hitachi | sed 's,JP1,JP2,' | sign_mime nec >in
	fates look 'another vendor'
}

@test "a mail that is tried again is not the replay of itself" {
	local mda
	in_service
	sed 's/hitachi/nec/' "$VC_FIXTURE/vc-verify/status.txt" |
		sign_mime nec >in
	# vc-verify has kept the mail when the next program fails.
	program vc-parse-status 'cat >/dev/null; exit 75'
	fates wait 'the first time'
	for mda in $MDAS; do
		cp "$VC_BIN/vc-parse-status" "$SITE/$mda/bin"
	done
	fates filed 'the second time'
	for mda in $MDAS; do
		[ "$mda" != sieve ] || [ "$(id -u)" = 0 ] || continue
		assert_equal "$mda: $(kept "$mda" | cut -f2-)" "$mda: signed	nec"
	done
	# The same text in another mail is one.
	sed -i '1s/^/X-Header: of another\n/' in
	fates filed 'another mail'
	for mda in $MDAS; do
		[ "$mda" != sieve ] || [ "$(id -u)" = 0 ] || continue
		assert_equal "$mda: $(kept "$mda" | tail -n 1 | cut -f2-)" \
			"$mda: replay	"
	done
}
