load helper
load keys

# The texts for people are true: the walkthrough is typed again, word for word,
# and each text names the one to read next.

teardown_file() { stop_homes; }

WALK=$VC_TOP/share/doc/walkthrough

# What its first lines describe.
setting() {
	cp "$VC_FIXTURE"/doc/*.eml "$KEY_DIR/hitachi.asc" .
	jq -c '.publish_at = "2024-07-08T03:00:00Z"' \
		"$VC_TOP/examples/vu800113/case.json" >case.json
	VC_HOME=$(key_home centre) VC_SIGNER=$(key_fpr centre)
	VENDOR=$(key_home hitachi)
	export VC_HOME VC_SIGNER
	gpg --homedir "$VENDOR" --batch --quiet --import "$KEY_DIR/centre.asc" 3>&-
}

# type_again <text: run each command in this shell and print it with what it
# really prints, stdout and stderr together.
type_again() {
	local line command='' text
	while IFS= read -r line; do
		case $line in
		'$ '*)
			typed
			command=${line#'$ '} text=$line
			;;
		'> '*)
			command+=$'\n'${line#'> '} text+=$'\n'$line
			;;
		esac
	done
	typed
}
typed() {
	[ -n "$command" ] || return 0
	printf '%s\n' "$text"
	eval "$command" 2>&1 3>&- </dev/null || true
}

@test "the walkthrough shows what is typed and what comes out, word for word" {
	setting
	sed -n 's/^\t//p' "$WALK" >written
	type_again <written >real
	assert [ "$(grep -c '^\$ ' written)" -gt 40 ]
	run diff -u written real
	assert_output ""
}

@test "the walkthrough passes through every program, in less than 250 lines" {
	local p
	for p in "$VC_TOP"/bin/*.c; do
		p=$(basename "$p" .c)
		grep -q "^	\$ .*\<$p " "$WALK" || fail "$p is not in it"
	done
	assert [ "$(wc -l <"$WALK")" -lt 250 ]
}

@test "each text names the next one: README, vc(7), walkthrough, HACKING" {
	grep -q 'man/vc\.7' "$VC_TOP/README"
	grep -q 'share/doc/walkthrough' "$VC_TOP/man/vc.7"
	run -0 tail -n 1 "$WALK"
	assert_output --partial 'share/doc/HACKING'
	grep -q 'share/doc/decisions' "$VC_TOP/share/doc/HACKING"
	assert_dir_exist "$VC_TOP/share/doc/decisions"
}

# bats test_tags=nosan
@test "what make install installs works without the source, and uninstall takes it away" {
	local to=$PWD/to bin
	bin=$to/usr/bin
	make -s -C "$VC_TOP" install DESTDIR="$to" PREFIX=/usr
	unset VC_SHARE
	cp "$VC_FIXTURE"/man/{case.json,roster.csv,poc.eml} .
	chmod go-w roster.csv
	run -0 bash -c "env -i PATH=/usr/bin:/bin '$bin/vc-route' -r roster.csv case.json | jq -r .vendor"
	assert_output "$(printf 'hitachi\nfujitsu')"
	run -0 bash -c "env -i '$bin/vc-parse-poc' poc.eml | jq -r .claimed.form.team.email.value"
	assert_output vh@sakura.example
	run -0 bash -c "env -i '$bin/vc-jvn-render' -d case.json | head -n 1"
	assert_output '<!DOCTYPE html>'
	assert_exists "$to/usr/share/vc/examples/coordinate.sh"
	assert_exists "$to/usr/share/vc/doc/walkthrough"
	assert_exists "$to/usr/share/man/man7/vc.7"
	make -s -C "$VC_TOP" uninstall DESTDIR="$to" PREFIX=/usr
	run -0 find "$to" -type f -o -type l
	assert_output ""
}
