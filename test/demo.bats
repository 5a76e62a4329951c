load helper
load prompt

# examples/demo.sh: 91 vendors, from the form to the page. It is played once,
# into a folder of its own; the tests look at what it left there.

setup_file() {
	hermetic
	export HOME=$BATS_FILE_TMPDIR DEMO="$BATS_FILE_TMPDIR/日本 語/build/demo"
	TMPDIR=$(short_home)
	export TMPDIR
	mkdir -p "${DEMO%/demo}"
	bash "$VC_TOP/examples/demo.sh" "$DEMO" >"$BATS_FILE_TMPDIR/said" \
		2>"$BATS_FILE_TMPDIR/err" 3>&-
}

teardown_file() { stop_homes; }

# left: what is in TMPDIR, and the processes that it is named to; an agent that
# was told to end has five seconds.
left() {
	local n found
	echo "$TMPDIR" >"$BATS_TEST_TMPDIR/tmp"
	for n in $(seq 50); do
		found=$(ls -A "$TMPDIR"
			grep -alF -f "$BATS_TEST_TMPDIR/tmp" /proc/[0-9]*/cmdline 2>/dev/null)
		[ -n "$found" ] || return 0
		sleep 0.1
	done
	echo "$found"
}

stages() {
	cat <<-TXT
		keys       a centre and 91 vendors                        keyfile/
		forms      91 mails                                       mail/form/
		poc        vc-verify | vc-parse-poc | vc-ledger           91 poc records, 0 signed
		steps      step, key and confirm records | vc-ledger      546 kept
		roster     vc-roster                                      91 registered vendors, roster.csv
		forgotten  vc-route | vc-mail (no vc-encrypt)             exit 77, 0 mails
		notices    vc-route                                       91 notices
		sealed     vc-encrypt                                     91 mails, one key each
		sent       vc-mail -o maildir:outbox                      91 mails in outbox/new
		opened     gpg --decrypt, as one of the vendors           opened/hitachi.eml
		silent     vc-case -j | vc-route -c, two weeks later      91 reminders
		answers    vc-verify | vc-parse-status | vc-ledger        41 signed of 41 mails
		case       vc-case, a year later                          41 answered, 50 silent, case.txt
		early      vc-jvn-render, a second before its day         exit 77, 0 octets
		gap        vc-jvn-render, when a letter came back         exit 77, 3com bounced
		go-ahead   a go-ahead record | vc-ledger                  1 kept
		page       vc-jvn-render -L ja, -L en, on its day         page/ja.html page/en.html, 15 answers
		update     the same, a year later                         page/later/, 41 answers
	TXT
}

@test "every stage says what it made, and nothing goes to stderr" {
	run -0 head -n 18 "$BATS_FILE_TMPDIR/said"
	assert_output "$(stages)"
	run -0 sed -n 19p "$BATS_FILE_TMPDIR/said"
	assert_output --regexp '^ledger +vc-ledger verify +1672 [0-9a-f]{64}$'
	assert_equal "$(cat "$BATS_FILE_TMPDIR/err")" ''
}

@test "what it asks to look at is there" {
	local n=0 name
	grep -qxF "Look at, in $DEMO:" "$BATS_FILE_TMPDIR/said"
	while read -r name; do
		n=$((n + 1))
		assert_exists "$DEMO/$name"
		[ ! -d "$DEMO/$name" ] || assert [ -n "$(ls "$DEMO/$name")" ]
		[ -d "$DEMO/$name" ] || assert [ -s "$DEMO/$name" ]
	done < <(sed -n '/^Look at/,$s/^  \(\S*\).*/\1/p' "$BATS_FILE_TMPDIR/said" |
		sed 's,^page/ja.html$,&\npage/en.html,')
	assert_equal "$n" 8
	run -0 vc-ledger verify "$DEMO/ledger.jsonl"
	assert_equal "$(grep -c . "$DEMO/roster.csv")" 92
}

@test "no agent and no GnuPG home of it is left" {
	run left
	assert_output ""
}

# bats test_tags=nosan
@test "it can be played again into the same folder, and leaves nothing when it is ended" {
	local pid code=0
	cp -R "$DEMO" demo
	touch demo/of-before
	bash "$VC_TOP/examples/demo.sh" demo >said 3>&- &
	pid=$!
	until grep -q '^forms ' said; do
		kill -0 $pid || fail 'it ended by itself'
		sleep 0.1
	done
	kill -TERM $pid
	wait $pid || code=$?
	assert_equal $code 143
	run left
	assert_output ""
	assert_file_not_exist demo/of-before
	bash "$VC_TOP/examples/demo.sh" demo >said 2>err 3>&-
	run -0 head -n 18 said
	assert_output "$(stages)"
	assert_equal "$(cat err)" ''
	assert_equal "$(find demo/outbox/new -type f | wc -l)" 91
}

# The words of title and overview, as they would betray the case: English words
# of five letters and more, and runs of three kanji or katakana and more.
case_words() {
	jq -r '.title[], .overview[]' "$VC_TOP/examples/vu800113/case.json" |
		grep -oP '[A-Za-z]{5,}|[ァ-ヶー]{3,}|\p{Han}{3,}' | sort -u
}

@test "no word of the case is in the ledger or in the name of a file" {
	case_words >words
	assert [ "$(grep -c . words)" -ge 10 ]
	grep -qx poisoning words
	grep -qx キャッシュポイズニング words
	# Words that would be found, if they were there.
	assert [ "$(grep -cif words "$DEMO/notice.jsonl")" = 91 ]
	run ! grep -noif words "$DEMO/ledger.jsonl"
	assert_output ""
	find "$DEMO" | sed "s,^$DEMO,," >names
	assert [ "$(grep -c . names)" -gt 500 ]
	run ! grep -if words names
	assert_output ""
}

@test "each mail is to one vendor and opens with the key of that vendor alone" {
	local mail id home
	home=$(short_home)
	jq -r '[.vendor, .encryption[]] | join(" ")' "$DEMO/key.jsonl" | sort >keys
	assert [ "$(cut -d ' ' -f 2 keys | sort -u | grep -c .)" = 91 ]
	for mail in "$DEMO"/outbox/new/*; do
		tr -d '\r' <"$mail" | sed '/^$/q' >header
		run -1 grep -ciE '^(cc|bcc|resent-[a-z]+):' header
		id=$(sed -n 's/^To: psirt@\([a-z0-9.-]*\)\.example$/\1/p' header)
		assert_equal "$(grep -c '^To:' header)" 1
		echo "$id" "$(gpg --homedir "$home" --no-autostart --batch --quiet \
			--list-packets "$mail" 2>/dev/null |
			sed -n 's/^:pubkey enc packet: .* keyid //p')"
	done | sort >mails
	run -0 diff keys mails
	assert_output ""
}

@test "the tour of README is true" {
	local count
	mkdir build
	cp -R "$DEMO" build
	ln -s "$VC_TOP/examples" examples
	ln -s "$VC_BIN" bin
	sed -n '/^A tour/,/^The programs/s/^\t//p' "$VC_TOP/README" >tour
	prompt_run README <tour >said
	assert_equal "$(cat "$WORK/said")" ""
	assert [ "$count" -gt 8 ]
}
