load ../helper
load ../keys
load ../out
load hosts

# examples/parallel.sh on two machines: a notice is sealed on one of them, and
# what comes out is what one alone would make.

VENDORS="hitachi fujitsu nec"
N=48 # three jobs of 16

# The first machine's home is in HOSTS, since an agent's socket cannot have a
# long path; the notices, which are plain, are not in it. Both homes are made
# once, and each test has a copy of them.
setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	hosts_up || return 1
	[ "$(id -u)" = 0 ] || return 0
	hermetic
	export HOME="$HOSTS/日 本"
	mkdir "$HOME"
	cd "$HOME" || return 1
	notices >"$HOSTS/notices.jsonl"
	one_site
	two_up
	two_site
	two_down
	gpgconf --homedir vc/home --kill all
	cd /
	mv "$HOME" "$HOSTS/one.new"
	mv "$HOSTS/two/root" "$HOSTS/two.new"
}

teardown_file() {
	hosts_down
	stop_homes
}

prepare() {
	needs_hosts
	export HOME="$HOSTS/日 本" TMPDIR=$HOSTS/tmp NOTICES=$PWD/notices.jsonl
	cp "$HOSTS/notices.jsonl" .
	rm -rf "$HOME" "$TMPDIR" "$HOSTS/two/root" "$HOSTS"/two/tmp/*
	cp -a "$HOSTS/one.new" "$HOME"
	cp -a "$HOSTS/two.new" "$HOSTS/two/root"
	mkdir "$TMPDIR"
	cd "$HOME" || return 1
	one_site_is
	two_up
}

teardown() {
	[ -z "${HOSTS:-}" ] || two_down
	[ -z "${HOSTS:-}" ] ||
		gpgconf --homedir "$HOSTS/日 本/vc/home" --kill all 2>/dev/null || true
}

# notices: N of them, to the vendors in turn, and no two alike.
notices() {
	local v all=''
	for v in $VENDORS; do all+=$(notice "$v"); done
	jq -cn --arg canary "$CANARY" --argjson n "$N" '[inputs] as $of |
		range($n) | . as $i | $of[$i % ($of | length)] |
		.id = "\(.case)/\(.vendor)/\($i + 1)" |
		.subject += " \($canary)" | .text = "\($canary) \($i + 1)\n\(.text)" |
		.attachment[0].text += $canary' <<<"$all"
}

# program NAME BODY: a program of that name, before all others of the first.
program() {
	mkdir -p bin
	printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

# recorder REAL: a vc-encrypt that adds a line to `jobs` in its home: namespace,
# connection, id of the first notice. Then the file `hook` has its way.
recorder() {
	cat <<-EOF
		IFS= read -r first || exec '$1' </dev/null
		id=\${first#*'"id":"'}
		echo "\$(readlink /proc/self/ns/net) \${SSH_CONNECTION:--} \${id%%'"'*}" \\
			>>"\$HOME/jobs"
		real='$1'
		[ ! -e "\$HOME/hook" ] || . "\$HOME/hook"
		{ printf '%s\n' "\$first"; cat; } | "\$real"
	EOF
}

# one_site: what examples/crontab names, below the home, and the programs.
one_site() {
	mkdir -p -m 700 vc/home
	# shellcheck disable=SC2086
	roster_csv $VENDORS >roster.csv
	chmod 600 roster.csv
	vc-roster -j roster.csv | vc-ledger -l vc/ledger.jsonl >/dev/null
	# shellcheck disable=SC2086
	key_store vc/keys $VENDORS
	gpg --homedir vc/home --batch --quiet --import \
		"$KEY_DIR/centre.sec.asc" 2>/dev/null 3>&-
	cp "$VC_SHARE/gnupg/gpg.conf" vc/home
	printf '%s\n' : two >vc/hosts
	program ssh "exec /usr/bin/ssh -F '$HOSTS/ssh_config' \"\$@\""
	program vc-route 'cat "$NOTICES"'
	program vc-encrypt "$(recorder "$VC_BIN/vc-encrypt")"
	program vc-mail "set -o pipefail
		tee sealed | '$VC_BIN/vc-mail' -o maildir:box \"\$@\""
	one_site_is
}
one_site_is() {
	export VC_LEDGER=vc/ledger.jsonl VC_ROSTER=vc/ledger.jsonl \
		VC_KEYS=vc/keys VC_HOME=vc/home VC_FROM=vuls@centre.example
	VC_SIGNER=$(key_fpr centre)
	export VC_SIGNER
	PATH=$HOME/bin:$VC_TOP/examples:$PATH
}

# two_told: what vc(7) says about the other machine, line by line.
two_told() {
	awk '/^\.Sh SEVERAL/ { on = 1 } /^\.Sh OPTIONS/ { exit }
		on && /^\.Ed/ { block = 0 } on && block
		on && /^\.Bd/ { block = 1 }' "$VC_TOP/man/vc.7" |
		grep -v '^parallel.sh' >setup
	[ "$(grep -c 'ssh two' setup)" = 4 ] || return 1
	on_one bash -euo pipefail setup 2>setup.err 3>&- || {
		cat setup.err >&2
		return 1
	}
}
two_site() {
	local bin=$HOSTS/two/local/bin real=$HOSTS/two/local/libexec/vc-encrypt
	two_told || return 1
	install -D "$bin/vc-encrypt" "$real"
	{
		echo '#!/bin/bash'
		recorder /usr/local/libexec/vc-encrypt
	} >"$bin/vc-encrypt"
}

spread() { run_out on_one parallel.sh -S vc/hosts case.json 3>&-; }

# jobs_of MACHINE: how many jobs it had, all of them in its own namespace.
jobs_of() {
	local at=$HOME net
	[ "$1" = 1 ] || at=$HOSTS/two/root
	net=$(ip netns exec "${HOSTS##*/}.$1" readlink /proc/self/ns/net)
	[ -e "$at/jobs" ] || {
		echo 0
		return
	}
	assert_equal "$(cut -d ' ' -f 1 "$at/jobs" | sort -u)" "$net"
	wc -l <"$at/jobs"
}

facts() { jq -c 'del(.mail_b64, .mail_sha256)'; }
in_box() { find box -path '*/new/*' -type f 2>/dev/null | wc -l; }

# all_sent: each notice was handed over once.
all_sent() {
	assert_equal "$(in_box)" "$N"
	assert_equal "$(jq -r 'select(.type == "try").id' vc/ledger.jsonl | sort)" \
		"$(jq -r .id "$NOTICES" | sort)"
	assert_equal "$(find box -path '*/new/*' -type f -exec sed -n \
		's/^Message-ID: //p' {} + | sort -u | wc -l)" "$N"
	run -0 vc-ledger verify vc/ledger.jsonl
}

@test "two machines seal what one alone does, in the same order" {
	local i v other line
	VC_LEDGER='' vc-encrypt <"$NOTICES" >serial
	rm jobs
	spread
	assert_equal "$status $stderr" "0 "
	cmp <(facts <serial) <(facts <sealed)
	assert_equal "$(jq -r .id sealed)" "$(jq -r .id "$NOTICES")"
	# They were two, and the second was called over the wire.
	assert [ "$(jobs_of 1)" -gt 0 ]
	assert [ "$(jobs_of 2)" -gt 0 ]
	assert [ "$(cut -d ' ' -f 1 jobs | head -n 1)" != \
		"$(cut -d ' ' -f 1 "$HOSTS/two/root/jobs" | head -n 1)" ]
	assert_equal "$(cut -d ' ' -f 2 jobs | sort -u)" -
	run -0 grep -vE '^net:\[[0-9]+\] 192\.0\.2\.1 [0-9]+ 192\.0\.2\.2 22 JVN' \
		"$HOSTS/two/root/jobs" /dev/null || [ "$status" = 1 ]
	assert_output ""
	assert_equal "$(cat jobs "$HOSTS/two/root/jobs" | sed 's,.*/,,' | sort -n |
		tr '\n' ' ')" "1 17 33 "
	all_sent
	# What is sealed here is a fact of the ledger, what is sealed there not.
	assert_equal "$(jq -r 'select(.type == "sealed").id' vc/ledger.jsonl | wc -l)" \
		"$((16 * $(jobs_of 1)))"
	# There it is no ledger, but the list.
	assert_equal "$(sed 1d "$HOSTS/two/root/vc/ledger.jsonl" | cut -d , -f 1 |
		sort)" "$(printf '%s\n' $VENDORS | sort)"
}

# few N: the first N notices only.
few() {
	head -n "$1" "$HOSTS/notices.jsonl" >"$NOTICES"
}

# opens NAME <armor: what it reads, and who signed that.
opens() {
	gpg --homedir "$(key_home "$1")" --batch --quiet --status-file gpg.status \
		--decrypt 2>gpg.err 3>&-
}

@test "each mail that two machines made opens for its vendor and nobody else" {
	local i=0 v line
	# shellcheck disable=SC2206
	local -a who=($VENDORS centre)
	few 32
	PARALLEL=-j1 spread
	assert_equal "$status $stderr $(jobs_of 1) $(jobs_of 2)" "0  1 1"
	for v in $VENDORS; do
		gpg --homedir "$(key_home "$v")" --batch --quiet --import \
			"$KEY_DIR/centre.asc" 2>/dev/null 3>&-
	done
	while IFS= read -r line; do
		i=$((i + 1))
		v=$(jq -r .vendor <<<"$line")
		armor_of <<<"$line" >armor
		opens "$v" <armor | awk '/^--=_/ { n++ } n == 1' | body |
			base64 -d 2>/dev/null | tr -d '\r' >text
		grep -qx "$CANARY $i" text || fail "$i is not what $v reads"
		grep -q "VALIDSIG $VC_SIGNER" gpg.status
		who=("${who[@]:1}" "${who[0]}")
		[ "${who[0]}" != "$v" ] || who=("${who[@]:1}" "${who[0]}")
		! opens "${who[0]}" <armor >opened ||
			fail "${who[0]} opens $i, to $v"
		assert [ ! -s opened ]
	done <sealed
	assert_equal "$i" 32
}

@test "the other machine signs, and does not open what is sent to the centre" {
	echo secret | encrypt_text centre >letter
	gpg --homedir vc/home --batch --quiet --decrypt letter >opened 3>&-
	assert_equal "$(cat opened)" secret
	run ! on_two gpg --homedir vc/home --batch --quiet --decrypt <letter
	assert_output "gpg: decryption failed: No secret key"
}

@test "with an archive key two machines seal for that, too" {
	key_store more rsa3072
	mv more/* vc/keys
	VC_ARCHIVE=$(key_fpr rsa3072)
	export VC_ARCHIVE
	vc-roster -R "$VC_ARCHIVE" -b sato -a "$KEY_DIR/rsa3072.asc" >/dev/null
	jq -cn --arg of "key/$VC_ARCHIVE" '{type: "confirm",
		id: "confirm/\($of)", of: $of, by: "ito",
		confirmed_at: "2024-06-01T00:00:00Z"}' | vc-ledger >/dev/null
	two_told
	few 32
	PARALLEL=-j1 spread
	assert_equal "$status $stderr $(jobs_of 1) $(jobs_of 2)" "0  1 1"
	assert_equal "$(jq -r '.key_id[1]' sealed | uniq -c | tr -s ' ')" \
		" 32 $(key_id rsa3072)"
	assert_equal "$(in_box)" 32
}

# clear FILE: the lines of a trace that have the canary, but for those that
# write it to a pipe or a socket.
clear() {
	grep -aF "$CANARY" "$1" |
		grep -avE '^[0-9]+ +write\([0-9]+<(pipe|socket):\[[0-9]+\]>, ' || true
}
traced=(strace -f -qq -v -y -s 1000000
	-e 'trace=execve,write,writev,pwrite64,pwritev,sendto,sendmsg,sendfile,splice,copy_file_range')

@test "nothing in the clear touches a disk, nor an argument, on either machine" {
	local at=$HOSTS/two/ssh/trace f
	few 32
	rm -f "$at" "$HOSTS/trace"
	# strace would wait for an agent that it saw start.
	gpgconf --homedir vc/home --launch gpg-agent 3>&-
	two_up "${traced[@]}" -o /etc/ssh/trace
	PARALLEL=-j1 run_out on_one "${traced[@]}" -o "$HOSTS/trace" \
		parallel.sh -S vc/hosts case.json 3>&-
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jobs_of 1) $(jobs_of 2) $(in_box)" "1 1 32"
	for f in "$at" "$HOSTS/trace"; do
		# It did go through here, and this is how.
		assert [ "$(grep -acF "$CANARY" "$f")" -gt 2 ]
		assert_equal "$(clear "$f" | cut -c -200)" ""
	done
	run -1 grep -raF "$CANARY" "$HOME" "$TMPDIR" "$HOSTS"/two/{root,tmp,local}
	assert_output ""
	# And so it would look like when it did.
	rm "$HOSTS/trace"
	on_one "${traced[@]}" -o "$HOSTS/trace" parallel --will-cite --pipe --cat \
		-N 16 --sshloginfile vc/hosts "cat {} >/dev/null" <"$NOTICES" 3>&-
	clear "$at" | grep -q 'write([0-9]*</tmp/par'
	clear "$HOSTS/trace" | grep -q "write([0-9]*<$TMPDIR/par"
}

# left_out WHY: a run in which the other machine has no part, and this is why.
left_out() {
	rm -f jobs sealed
	spread
	assert_equal "$1: $status" "$1: 0"
	assert_equal "$1: $(grep -c '^two	' err)" "$1: $(grep -c . err)"
	grep -q "^two	$2" err || fail "$1: $stderr"
	assert_equal "$1: $(jobs_of 1) $(jobs_of 2)" "$1: 1 0"
	assert_equal "$1: $(jq -r .id sealed)" "$1: $(jq -r .id "$NOTICES")"
}

@test "a machine that is down, refuses or lacks something is named and left out" {
	local two=$HOSTS/two
	few 16
	mv "$two/root/vc/ledger.jsonl" kept
	left_out 'no list' "vc-encrypt: cannot open 'vc/ledger.jsonl'"
	mv kept "$two/root/vc/ledger.jsonl"
	mkdir files
	export VC_ATTACHMENTS=files
	left_out 'no attachments' "vc-encrypt: .*'files'"
	unset VC_ATTACHMENTS
	mv "$two/local/bin/vc-encrypt" kept
	left_out 'no program' ".*vc-encrypt: command not found"
	mv kept "$two/local/bin/vc-encrypt"
	echo 'echo Welcome' >"$two/root/.bashrc"
	left_out 'a login that says something' Welcome
	rm "$two/root/.bashrc"
	mv "$two/root/.ssh/authorized_keys" kept
	left_out 'no login' ".*Permission denied"
	mv kept "$two/root/.ssh/authorized_keys"
	cp "$HOSTS/known_hosts" kept
	echo "192.0.2.2 $(cut -d ' ' -f 1,2 "$HOSTS/key.pub")" >"$HOSTS/known_hosts"
	left_out 'another key' "Host key verification failed"
	mv kept "$HOSTS/known_hosts"
	two_down
	left_out down "ssh: connect to host 192.0.2.2 port 22: Connection refused"
	assert_equal "$(in_box)" 16
}

@test "without any machine nothing is sealed, and the status says why" {
	echo two >vc/hosts
	mv "$HOSTS/two/root/vc/ledger.jsonl" kept
	spread
	assert_equal "$status $(cat out)" "66 "
	two_down
	spread
	assert_equal "$status $(cat out)" "75 "
	run_out on_one parallel.sh -S vc/none case.json
	assert_equal "$status $stderr" \
		"66 parallel.sh: cannot read the list of machines 'vc/none'"
	run_out on_one parallel.sh -S
	assert_equal "$status $stderr" \
		"66 parallel.sh: cannot read the list of machines ''"
	assert_equal "$(jobs_of 1) $(in_box)" "0 0"
}

# again: the fault is gone, and a second run does what the first did not.
again() {
	assert_equal "$(jq -Rr 'fromjson? | .id // .of.id' sealed | sort | uniq -d)" ""
	rm -f "$HOSTS/two/root/hook"
	spread
	assert_equal "$status $stderr" "0 "
	all_sent
}

# cut_off: a run in which the other machine has n jobs, and ends none well.
cut_off() {
	PARALLEL=-j1 spread
	assert_equal "$status" 75
	n=$(jobs_of 2)
	assert [ "$n" -gt 0 ]
}

@test "a job that is killed there in the middle is 75, and a second run sends the rest" {
	local n
	cat >"$HOSTS/two/root/hook" <<-'EOF'
		{ printf '%s\n' "$first"; head -n 4; } | "$real"
		kill -KILL $$
	EOF
	cut_off
	assert_equal "$(in_box)" $((N - n * 11))
	again
}

@test "a line that is torn there is 75, and a second run sends the rest" {
	local n
	cat >"$HOSTS/two/root/hook" <<-'EOF'
		{ printf '%s\n' "$first"; head -n 4; } | "$real" | head -c -9
		kill -KILL $$
	EOF
	cut_off
	# With it the line goes that parallel put behind it.
	assert [ "$(in_box)" -ge $((N - n * 13)) ]
	assert [ "$(in_box)" -le $((N - n * 12)) ]
	again
}

@test "a machine that vanishes in the middle is 75, and a second run sends the rest" {
	local net=${HOSTS##*/}.2 pid i
	echo "touch '/root/there'; sleep 100" >"$HOSTS/two/root/hook"
	rm -f "$HOSTS/two/root/there"
	PARALLEL=-j1 on_one parallel.sh -S vc/hosts case.json >out 2>err 3>&- &
	pid=$!
	for ((i = 0; i < 600; i++)); do
		[ ! -e "$HOSTS/two/root/there" ] || break
		sleep 0.1
	done
	assert [ -e "$HOSTS/two/root/there" ]
	ip -n "$net" link set vc0 down
	status=0
	wait $pid || status=$?
	ip -n "$net" link set vc0 up
	assert_equal "$status" 75
	assert_equal "$(in_box)" "$((16 * $(jobs_of 1)))"
	assert [ "$(in_box)" -ge 16 ]
	again
}

@test "a key that is missing there only is 77, and a second run sends the rest" {
	local fpr there
	fpr=$(key_fpr nec)
	mv "$HOSTS/two/root/vc/keys/$fpr.asc" kept
	PARALLEL=-j1 spread
	assert_equal "$status" 77
	# Of the jobs there, no notice to that vendor was sealed, and all others were.
	sed 's/.* //' "$HOSTS/two/root/jobs" >first
	jq -r '.vendor + " " + .id' "$NOTICES" | awk '
		NR == FNR { first[$1]; next }
		FNR % 16 == 1 { there = $2 in first }
		there && $1 == "nec" { print $2 }' first - >refused
	assert [ -s refused ]
	assert_equal "$(jq -r 'select(.type == "reject") | [.by, .code, .of.id] | @tsv' out)" \
		"$(sed 's/^/vc-encrypt	77	/' refused)"
	assert_equal "$(grep -c "^vc-encrypt: line [0-9]*: unpinned: " err)" \
		"$(wc -l <refused)"
	assert_equal "$(in_box)" $((N - $(wc -l <refused)))
	mv kept "$HOSTS/two/root/vc/keys/$fpr.asc"
	again
}

# phrase MACHINE: tell its agent the passphrase of the key.
phrase() {
	"$1" bash -c "echo x | gpg --homedir vc/home --batch --quiet --no-tty \
		--pinentry-mode loopback --passphrase sesame -u $VC_SIGNER --sign >/dev/null" 3>&-
}

@test "an agent that is locked there is 75, and a second run sends the rest" {
	local g=(gpg --homedir vc/home --batch --quiet --pinentry-mode loopback
		--passphrase sesame)
	"${g[@]}" --quick-generate-key 'Centre <vuls@centre.example>' ed25519 sign never 3>&- 2>/dev/null
	VC_SIGNER=$(gpg --homedir vc/home --batch --with-colons --list-secret-keys |
		awk -F: '/^fpr/ { fpr = $10 } END { print fpr }')
	"${g[@]}" --export-secret-keys "$VC_SIGNER" |
		on_two gpg --homedir vc/home --batch --quiet --import
	gpgconf --homedir vc/home --kill all
	phrase command
	PARALLEL=-j1 spread
	assert_equal "$status" 75
	assert_equal "$(jq -r 'select(.type == "reject").code' out | sort | uniq -c |
		tr -s ' ')" " $((16 * $(jobs_of 2))) 75"
	assert_equal "$(in_box)" $((16 * $(jobs_of 1)))
	phrase on_two_quoted
	again
}
on_two_quoted() { on_two "$(printf '%q ' "$@")"; }
