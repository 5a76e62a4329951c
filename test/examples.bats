load helper
load keys

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
	PATH=$PWD/bin:$VC_BIN:$EXAMPLES:/usr/local/bin:/usr/bin:/bin
}

mail() {
	printf '%s\n' 'From: vh@hitachi.example' 'To: vuls@centre.example' \
		'Subject: Re: JVNVU#800113' 'Message-ID: <1@hitachi.example>' '' \
		'From here on' '品名: JP1'
}

@test "every example is run by a test" {
	local f
	for f in "$EXAMPLES"/* "$EXAMPLES"/sieve/*; do
		f=${f#"$EXAMPLES"/}
		grep -qwF "$f" "$VC_TOP"/test/*.bats "$VC_TOP"/test/world/*.ba* ||
			fail "$f is in no test"
	done
}

@test "every script of the examples can be run" {
	local f
	for f in "$EXAMPLES"/*.sh "$EXAMPLES"/*/*.sh; do assert [ -x "$f" ]; done
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
	procmail -t "$@" HOME="$PWD" ORGMAIL="$PWD/spool" VC_SHARE="$VC_SHARE" \
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
		'127:0:75:0' '0:139:75:0' '0:64:75:0' '0:1:75:0' '0:69:75:0' \
		'0:70:75:0' '0:73:75:0' '0:74:75:0' '0:126:75:0' '77:65:0:1'; do
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

@test "procmailrc: a program that cannot be executed is 75" {
	local name
	for name in vc-verify vc-parse-status coordinate.sh; do
		rm -rf mail
		program vc-verify cat
		program vc-parse-status 'cat >/dev/null'
		delivery
		chmod -x "bin/$name"
		PATH=$PWD/bin:/usr/bin:/bin run deliver
		assert_equal "$name: $status" "$name: 75"
		assert_equal "$name: $(in_folder archive)" "$name: 1"
		assert_equal "$name: $(in_folder look)" "$name: 0"
	done
}

@test "procmailrc: on a full disk it is 75, and later the mail is filed" {
	[ "$(id -u)" = 0 ] || skip "mounting needs root"
	program vc-verify cat
	program vc-parse-status 'cat >/dev/null'
	delivery
	head -c 100000 /dev/zero | tr '\0' x | fold -w 70 >>in
	mkdir mail/archive
	mount -t tmpfs -o size=24k none mail/archive
	run deliver
	local left
	left=$(find mail/archive -type f)
	umount mail/archive
	assert_equal "$status $left" "75 "
	assert [ ! -s spool ]
	run -0 deliver
	assert_equal "$(in_folder archive) $(in_folder look)" "1 0"
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

# With the real programs, and vendors that have the keys of the personas

# site: all that vc(7) names, in the folder vc of HOME.
site() {
	export HOME=$PWD
	mkdir -p vc/open vc/hash bin
	cp "$VC_FIXTURE"/man/* .
	chmod go-w ./* .
	vc-roster -j roster.csv | VC_LEDGER='' vc-ledger -l vc/ledger.jsonl >/dev/null
	key_store vc/keys hitachi fujitsu yamaha
	ln -s "$(key_home centre)" vc/home
	export VC_LEDGER=vc/ledger.jsonl VC_ROSTER=vc/ledger.jsonl VC_KEYS=vc/keys
	VC_HOME=$(key_home centre) VC_SIGNER=$(key_fpr centre)
	VC_FROM=$(key_address centre)
	export VC_HOME VC_SIGNER VC_FROM
	# Into a Maildir instead of the machine's sendmail.
	program vc-mail "exec '$VC_BIN/vc-mail' -o maildir:box \"\$@\""
}

told() {
	jq -r 'select(.type == "sent") | [.id, .to] | @tsv'
}

@test "coordinate.sh tells vendors, and again only who was not told" {
	site
	run_out coordinate.sh tell case.json
	assert_equal "$status $stderr" "0 "
	run -0 told <out
	assert_output "JVNVU#800113/hitachi/1	psirt@hitachi.example
JVNVU#800113/fujitsu/1	psirt@fujitsu.example"
	run_out coordinate.sh tell case.json
	assert_equal "$status $stderr" "0 "
	run -0 bash -c 'ls box/new | wc -l'
	assert_output 2
	run -0 vc-ledger verify vc/ledger.jsonl
}

# Notices to one vendor, N of them.
notices() {
	local i
	for i in $(seq "$1"); do
		jq -c --arg id "JVNVU#800113/hitachi/$i" '.id = $id' notice.json
	done >notices.jsonl
	program vc-route 'cat notices.jsonl'
}

@test "parallel.sh seals in several jobs and keeps the order" {
	site
	notices 40
	run_out parallel.sh case.json
	assert_equal "$status $stderr" "0 "
	run -0 told <out
	assert_equal "$(cut -f1 <<<"$output")" "$(jq -r .id notices.jsonl)"
	run -0 bash -c 'ls box/new | wc -l'
	assert_output 40
	run -0 vc-ledger verify vc/ledger.jsonl
}

@test "parallel.sh: a notice that may not be sealed is 77, the others go" {
	site
	notices 20
	sed -i '7s/psirt@/other@/' notices.jsonl
	run_out parallel.sh case.json
	assert_equal "$status" 77
	run -0 told <out
	assert_equal "${#lines[@]}" 19
}

@test "parallel.sh: a job that crashes or fails in passing is 75, and a second run sends the rest" {
	site
	notices 20
	local how
	# shellcheck disable=SC2016
	for how in 'kill -KILL $$' 'exit 75' 'exec /nonexistent'; do
		program vc-encrypt "
			IFS= read -r first
			case \$first in *'/17\"'*) $how ;; esac
			{ printf '%s\n' \"\$first\"; cat; } | '$VC_BIN/vc-encrypt'"
		run_out parallel.sh case.json
		assert_equal "$how: $status" "$how: 75"
		assert_equal "$(find box/new -type f | wc -l)" 16
	done
	rm bin/vc-encrypt
	run_out parallel.sh case.json
	assert_equal "$status $stderr" "0 "
	assert_equal "$(find box/new -type f | wc -l)" 20
}

@test "parallel.sh: what the programs around it say counts" {
	site
	program vc-route 'exit 66'
	run parallel.sh
	assert_equal "$status" 66
	program vc-route true
	program vc-mail 'cat >/dev/null; exit 75'
	run parallel.sh
	assert_equal "$status" 75
	program vc-mail 'cat >/dev/null; kill -SEGV $$'
	run parallel.sh
	assert_equal "$status" 75
}

@test "parallel.sh: of a list of machines those that cannot seal have no part" {
	site
	notices 20
	echo : >hosts
	run_out parallel.sh -S hosts case.json
	assert_equal "$status $stderr $(told <out | wc -l)" "0  20"
	VC_HOME=nowhere run_out parallel.sh -S hosts case.json
	assert_equal "$status $(cat out)" "66 "
	assert_equal "$stderr" \
		":	vc-encrypt: cannot open 'nowhere': No such file or directory"
	run_out parallel.sh -S nowhere case.json
	assert_equal "$status $stderr" \
		"66 parallel.sh: cannot read the list of machines 'nowhere'"
}

@test "parallel.sh hands over every variable of vc-encrypt but VC_LEDGER" {
	local v
	run -0 sed -n 's/^variables=//p' "$EXAMPLES/parallel.sh"
	for v in $(vc-encrypt -h | sed -n 's/.*(\(VC_[A-Z]*\))$/\1/p'); do
		case ,$output, in
		*,VC_LEDGER,*) fail "VC_LEDGER is handed over" ;;
		*",$v,"*) ;;
		*) [ "$v" = VC_LEDGER ] || fail "$v is not handed over" ;;
		esac
	done
}

# bats test_tags=nosan
@test "procmailrc files a form with the real programs" {
	site
	unset VC_LEDGER VC_ROSTER VC_KEYS VC_HOME VC_SIGNER VC_FROM
	cp "$EXAMPLES/procmailrc" .
	cp "$EXAMPLES/coordinate.sh" bin
	local p
	for p in vc-verify vc-parse-poc vc-parse-status; do
		ln -s "$VC_BIN/$p" "bin/$p"
	done
	mkdir mail
	{
		mail_head someone@nordic.example | sed 's/^To: .*/To: office@centre.example/'
		text_entity UTF-8 <"$VC_TOP/share/form/poc.en.txt"
	} >in
	run deliver
	assert_equal "$status $output" "0 "
	assert_equal "$(in_folder archive) $(in_folder look)" "1 0"
	run -0 jq -r 'select(.type == "poc") | [.id, .verdict] | @tsv' vc/ledger.jsonl
	assert_output "mail/$(sha256sum <in | cut -c1-32)/poc	unsigned"
	# A mail has one id, whatever procmail writes in front of it.
	run deliver -f-
	assert_equal "$status $output" "0 "
	run -0 bash -c 'jq -r "select(.type == \"poc\").id" vc/ledger.jsonl | sort | uniq -c'
	assert_output --regexp '^ *2 mail/[^[:space:]]+$'
	rm mail/archive/new/*
	# What is no form goes to a person.
	sed 's/^To: .*/To: office@centre.example/' >in < <(mail)
	run deliver
	assert_equal "$status $output" "0 "
	assert_equal "$(in_folder archive) $(in_folder look)" "1 1"
	run -0 vc-ledger verify vc/ledger.jsonl
}

# crontab: the job whose command has that word, run as cron runs it.
cron() {
	local job
	job=$(grep -E "^[0-9*].*$1" "$EXAMPLES/crontab" | cut -f2 |
		sed 's/\\%/%/g')
	[ -n "$job" ] || fail "no job with $1"
	env -i HOME="$PWD" PATH="$PATH" SHELL=/bin/bash VC_SHARE="$VC_SHARE" \
		"${cron_env[@]}" /bin/bash -c "$job"
}

@test "crontab: every line is a comment, a variable or a job at a time" {
	run -0 grep -vE '^(#.*|[A-Z_]+=.*|)$' "$EXAMPLES/crontab"
	assert_equal "${#lines[@]}" 6
	local job field='(\*|[0-9]{1,2})(/[0-9]{1,2})?'
	for job in "${lines[@]}"; do
		[[ $job =~ ^($field )($field )($field )($field )$field$'\t'. ]] ||
			fail "no job: $job"
	done
	# A % that is not escaped would end the command.
	run ! grep -E '^[0-9*].*[^\]%' "$EXAMPLES/crontab"
}

@test "crontab: its jobs work, and say nothing when there is nothing to say" {
	site
	local -a cron_env
	mapfile -t cron_env < <(sed -n 's/^VC_[A-Z]*=/&/p' "$EXAMPLES/crontab" |
		grep -v '^VC_SIGNER\|^VC_FROM\|^VC_HOME')
	cron_env+=("VC_SIGNER=$VC_SIGNER" "VC_FROM=$VC_FROM" "VC_HOME=$VC_HOME")
	run -0 cron 'tell'
	assert_output ""
	cp case.json vc/open
	run -0 cron 'tell'
	assert_output ""
	assert_equal "$(find box/new -type f | wc -l)" 2
	run -0 cron 'tell'
	assert_output ""
	assert_equal "$(find box/new -type f | wc -l)" 2
	run -0 cron 'ledger verify'
	assert_output ""
	run -0 grep -hE '^[0-9]+ [0-9a-f]{64}$' vc/hash/*.asc
	assert_output "$(vc-ledger verify vc/ledger.jsonl)"
	run -0 cron 'verify -qS'
	assert_output ""
	run -0 cron 'vc-roster -m'
	assert_line --partial 'nordic,'
	run -0 cron 'vc-roster -K'
	assert_output ""
	run -0 cron 'vc-case'
	assert_output ""
	cp vc/ledger.jsonl whole
	sed -i 's/_at":"20[^"]*"/_at":"2024-01-05T00:00:00Z"/' vc/ledger.jsonl
	run -0 cron 'vc-case'
	assert_equal "${#lines[@]}" 3
	assert_line --index 0 --partial 'due: target since 2024/02/19'
	assert_line --index 1 --partial 'due: reminder since 2024/01/12'
	cp whole vc/ledger.jsonl
	sed -i 2d vc/ledger.jsonl
	run ! cron 'ledger verify'
	assert_output --partial "'prev' is not the hash of the line before"
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
		grep -qF "@test \"$name\" {" "$VC_TOP"/test/*.bats \
			"$VC_TOP"/test/world/*.bats || fail "no test is called: $name"
	done <names
	run -0 sed -n '/^[^	 ].*/{/^[A-Z][A-Za-z]*$/d;/^What\|^each\|^are/d;p;}' \
		"$VC_TOP/share/doc/oddities"
	assert_equal "$(grep -c . names)" "${#lines[@]}"
}
