load helper
load keys
load prompt

# Every example works: with the real programs, and with programs that fail in
# every way there is.

EXAMPLES=$VC_TOP/examples

teardown_file() {
	stop_homes
}

# program NAME BODY: a program of that name, before all others in PATH.
program() {
	mkdir -p bin
	printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
	PATH=$PWD/bin:$VC_BIN:/usr/local/bin:/usr/bin:/bin
}

mail() {
	printf '%s\n' 'From: vh@hitachi.example' 'To: vuls@centre.example' \
		'Subject: Re: JVNVU#800113' 'Message-ID: <1@hitachi.example>' '' \
		'From here on' '品名: JP1'
}

@test "every example is run by a test" {
	local f
	for f in "$EXAMPLES"/*; do
		grep -qF "$(basename "$f")" "$VC_TOP"/test/*.bats ||
			fail "$f is in no test"
	done
}

@test "every script of the examples can be run" {
	local f
	for f in "$EXAMPLES"/*.sh; do assert [ -x "$f" ]; done
}

# coordinate.sh

@test "coordinate.sh without a word it knows is 64" {
	run -64 --separate-stderr "$EXAMPLES/coordinate.sh" </dev/null
	assert_output ""
	assert_equal "$stderr" \
		"usage: coordinate.sh poc | status | tell case ..."
	run -64 "$EXAMPLES/coordinate.sh" file </dev/null
}

@test "coordinate.sh folds the statuses of a delivery" {
	local row verify parse want
	for row in 0:0:0 1:0:0 0:65:65 1:65:65 77:65:77 65:77:77 75:0:75 0:75:75 \
		75:77:75 66:78:78 0:1:1 74:70:74 1:75:75; do
		IFS=: read -r verify parse want <<<"$row"
		program vc-verify "cat; exit $verify"
		program vc-parse-poc "cat >/dev/null; exit $parse"
		mail >in
		run "$EXAMPLES/coordinate.sh" poc <in
		assert_equal "$row: $status $output" "$row: $want "
	done
}

@test "coordinate.sh: a program that crashes or is missing is 75" {
	local how
	# shellcheck disable=SC2016
	for how in 'kill -SEGV $$' 'kill -KILL $$' 'cat; kill -ABRT $$' \
		'exec /nonexistent' 'exit 126'; do
		program vc-verify "$how"
		program vc-parse-status 'cat >/dev/null'
		mail >in
		run "$EXAMPLES/coordinate.sh" status <in
		assert_equal "verify $how: $status" "verify $how: 75"
		program vc-verify 'cat'
		program vc-parse-status "$how"
		run "$EXAMPLES/coordinate.sh" status <in
		assert_equal "parse $how: $status" "parse $how: 75"
	done
}

@test "coordinate.sh folds the statuses of telling, and hands on what they say" {
	local row route encrypt sent want
	for row in 0:0:0:0 1:0:0:1 0:77:77:77 77:0:0:77 0:0:75:75 65:77:75:75 \
		0:139:0:75 0:0:137:75 127:0:0:75; do
		IFS=: read -r route encrypt sent want <<<"$row"
		program vc-route "[ \"\$*\" = 'a b.json' ] || exit 64
			echo routed; exit $route"
		program vc-encrypt "sed 's/\$/ sealed/'; exit $encrypt"
		program vc-mail "sed 's/\$/ sent/'; exit $sent"
		run "$EXAMPLES/coordinate.sh" tell 'a b.json'
		assert_equal "$row: $status" "$row: $want"
		assert_output --partial "routed sealed sent"
	done
}

# procmailrc, run by the real procmail

deliver() {
	procmail -t HOME="$PWD" ORGMAIL="$PWD/spool" \
		"$PWD/procmailrc" <in
}

delivery() {
	cp "$EXAMPLES/procmailrc" .
	cp "$EXAMPLES/coordinate.sh" bin
	mkdir -p mail
	chmod go-w . mail bin procmailrc
	mail >in
}

# in_folder NAME: how many mails in it are the one that came.
in_folder() {
	local f n=0
	for f in mail/"$1"/new/*; do
		[ -f "$f" ] || continue
		cmp -s in "$f" && n=$((n + 1))
	done
	echo $n
}

@test "procmailrc: what the programs say decides, and no mail is lost" {
	local row verify parse want look
	for row in '0:0:0:0' '1:0:0:0' '1:65:0:1' '0:77:0:1' '75:0:75:0' \
		'0:75:75:0' '65:75:75:0' '70:0:75:0' '78:0:75:0' '66:66:75:0' \
		'127:0:75:0' '0:139:75:0' '0:64:75:0' '0:1:75:0'; do
		IFS=: read -r verify parse want look <<<"$row"
		rm -rf mail
		program vc-verify "cat; exit $verify"
		program vc-parse-status "cat >/dev/null; exit $parse"
		delivery
		run deliver
		assert_equal "$row: $status $output" "$row: $want "
		assert_equal "$row: archive $(in_folder archive)" "$row: archive 1"
		assert_equal "$row: look $(in_folder look)" "$row: look $look"
		assert [ ! -s spool ]
	done
}

@test "procmailrc: a crash, half an answer, a missing program, a hang are 75" {
	local name how
	for name in vc-verify vc-parse-status coordinate.sh; do
		# shellcheck disable=SC2016
		for how in 'kill -SEGV $$' 'head -c 20; kill -KILL $$' 'missing' \
			'exec sleep 60'; do
			rm -rf mail
			program vc-verify cat
			program vc-parse-status 'cat >/dev/null'
			delivery
			program "$name" "$how"
			[ "$how" = missing ] && program "$name" 'exec /nonexistent'
			[ "$how" = missing ] && [ "$name" = coordinate.sh ] &&
				rm bin/coordinate.sh
			sed -i 's/^TIMEOUT=.*/TIMEOUT=1/' procmailrc
			run deliver
			assert_equal "$name $how: $status" "$name $how: 75"
			assert_equal "$name $how: $(in_folder archive)" "$name $how: 1"
			assert_equal "$name $how: $(in_folder look)" "$name $how: 0"
		done
	done
}

@test "procmailrc: without an archive no program is started, and it is 75" {
	program coordinate.sh 'touch started; cat >/dev/null'
	delivery
	cp "$EXAMPLES/procmailrc" .
	echo 'a file' >mail/archive
	sed -i 's,^archive/$,archive/no/,' procmailrc
	program coordinate.sh "touch '$PWD/started'; cat >/dev/null"
	run deliver
	assert_equal "$status" 75
	assert_file_not_exist started
}

@test "procmailrc: a mail of 12 MiB that nobody reads is not lost" {
	program vc-verify 'exit 65'
	program vc-parse-status 'exit 0'
	delivery
	head -c 12000000 /dev/zero | tr '\0' x | fold -w 70 >>in
	run deliver
	assert_equal "$status" 0
	assert_equal "$(in_folder archive)" 1
	assert_equal "$(in_folder look)" 1
}

@test "procmailrc: subjects stay out of procmail's log" {
	program vc-verify 'cat; exit 75'
	program vc-parse-status 'cat >/dev/null'
	delivery
	run deliver
	assert_equal "$status" 75
	run ! grep -r JVNVU mail/procmail.log
}

@test "procmailrc: what goes to office@ is read as a form, all else as an answer" {
	program coordinate.sh "cat >/dev/null; echo \"\$@\" >>'$PWD/verbs'"
	delivery
	program coordinate.sh "cat >/dev/null; echo \"\$@\" >>'$PWD/verbs'"
	run -0 deliver
	sed -i 's/^To: .*/To: office@centre.example/' in
	run -0 deliver
	run -0 cat verbs
	assert_output 'status
poc'
}

# demo.sh, on the facts of vu800113, and what README shows in its folder

@test "the demo plays the story of VU#800113, and the tour of README is true" {
	local count
	ln -s "$VC_TOP/examples" examples
	ln -s "$VC_BIN" bin
	run -0 "$EXAMPLES/demo.sh" "$PWD/build/demo"
	assert_line --regexp '^steps .* 546 kept$'
	assert_line --regexp '^sent .* 91 mails in outbox/new$'
	assert_line --regexp '^early .* exit 77, 0 octets$'
	sed -n '/^A tour/,/^The programs/s/^\t//p' "$VC_TOP/README" >tour
	prompt_run README <tour >said
	assert_equal "$(cat "$WORK/said")" ""
	assert [ "$count" -gt 8 ]
}

@test "README names every package that make deps installs, and every program" {
	local p
	for p in $(make -s -C "$VC_TOP" -n deps | sed 's,.*share/skel/deps,,'); do
		grep -qwF -- "$p" "$VC_TOP/README" || fail "$p is not in README"
	done
	for p in "$VC_TOP"/bin/*.c; do
		p=$(basename "$p" .c)
		grep -q "^	$p	" "$VC_TOP/README" || fail "$p is not in README"
	done
	assert [ "$(wc -l <"$VC_TOP/README")" -le 120 ]
}

@test "each oddity is shown by a test of that name" {
	local name
	sed -n 's/^\ttest: //p' "$VC_TOP/share/doc/oddities" >names
	assert [ "$(grep -c . names)" -gt 20 ]
	while IFS= read -r name; do
		grep -qF "@test \"$name\" {" "$VC_TOP"/test/*.bats ||
			fail "no test is called: $name"
	done <names
	run -0 sed -n '/^[^	 ].*/{/^[A-Z][A-Za-z]*$/d;/^What\|^each\|^are/d;p;}' \
		"$VC_TOP/share/doc/oddities"
	assert_equal "$(grep -c . names)" "${#lines[@]}"
}
