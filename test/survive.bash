# shellcheck shell=bash
# What the tests of kills and of faults share: mails that are sealed once, a
# transport that they are handed to, and what must hold when all is over.
# Needs `load keys` and `load out`. Hundreds of runs a test, so no more is
# started than must be.
#
# A transport NAME is three functions. They are called where vc-mail runs, and
# all that arrived is below the folder `box` there:
#
#	NAME_to		make what is needed, and set TO to what -o says
#	NAME_got DIR	a line for each mail in a box below DIR: its address,
#			a blank, the file; it has the mail with LF line ends
#	NAME_doubles	how many mails a crash may double at most

maildir_to() { TO=maildir:box; }
maildir_got() {
	find "$1" \( -path '*/box/new/*' -o -path '*/box/cur/*' \) -print0 |
		xargs -0r awk '
			function told() { if (file != "") print to, file }
			FNR == 1 { told(); file = FILENAME; to = "-" }
			sub(/^To: /, "") { to = $0; nextfile }
			END { told() }'
}
maildir_doubles() { echo 0; }

# A sendmail that takes a mail whole or not at all, as those of the world do.
sendmail_to() {
	TO=sendmail:$BATS_FILE_TMPDIR/sendmail
	mkdir -p box/tmp box/new
	[ -x "${TO#*:}" ] || {
		cat >sendmail.$$ <<-'EOF'
			#!/bin/sh
			for to; do :; done
			f=$(mktemp "box/tmp/$to.XXXXXX") && cat >"$f" && mv "$f" box/new
		EOF
		chmod 755 sendmail.$$
		mv sendmail.$$ "${TO#*:}"
	}
}
sendmail_got() {
	local file to
	find "$1" -path '*/box/new/*' |
		while IFS= read -r file; do
			to=${file##*/}
			echo "${to%.*} $file"
		done
}
sendmail_doubles() { echo 1; }

# sealed_once NAME...: in the folder of the file a site, and in `sealed` a mail
# for each vendor; in `want` a line for each: its address and its hash.
sealed_once() {
	local name
	cd "$BATS_FILE_TMPDIR" || return 1
	hermetic
	site "$@"
	for name; do
		notice "$name" 'del(.attachment)'
	done >notices
	vc-encrypt -N "$NOW" notices >sealed
	wanted
}

# sealed_many N: the same with N copies of a mail for one vendor; `shuffled` has
# them in another order.
sealed_many() {
	sealed_once hitachi
	copies "$1" <sealed >many
	mv many sealed
	wanted
	shuf sealed >shuffled
}

wanted() {
	local to b64
	jq -r '[.to, .mail_b64] | @tsv' sealed | while read -r to b64; do
		echo "$to $(base64 -d <<<"$b64" | tr -d '\r' | sha256sum | cut -c -64)"
	done >want
}

# sealed_site: that site, for a test, and a folder that is in memory where there
# is one: none of thousands of syncs is waited for. For prepare and teardown.
sealed_site() {
	export VC_KEYS=$BATS_FILE_TMPDIR/keys VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
	SEALED=$BATS_FILE_TMPDIR/sealed WANT=$BATS_FILE_TMPDIR/want
	IN_MEMORY=$(mktemp -d /dev/shm/vcXXXXXX 2>/dev/null) || return 0
	mkdir "$IN_MEMORY/日本 語"
	cd "$IN_MEMORY/日本 語" || return 1
}
centre_site() {
	VC_HOME=$(key_home centre) VC_SIGNER=$(key_fpr centre)
	export VC_HOME VC_SIGNER VC_FROM=vuls@centre.example
}
sealed_site_gone() {
	cd "$WORK" || return 1
	[ -z "$IN_MEMORY" ] || rm -rf "$IN_MEMORY"
}

send() { "$@" vc-mail -N "$NOW" -l ledger -o "$TO" "$SEALED"; }

# arrived TRANSPORT DIR DOUBLES: says what is wrong with what arrived in the
# runs below DIR, a folder each: every mail must be there, whole and under its
# address, and as many as DOUBLES in all may be there once more.
arrived() {
	cp "$WANT" want
	find "$2" -mindepth 1 -maxdepth 1 -type d >runs
	"$1_got" "$2" >got
	cut -d ' ' -f 2- got | tr '\n' '\0' | xargs -0r sha256sum >hashes
	awk -v doubles="$3" '
		function run(file) { sub(/\/box\/.*/, "", file); return file }
		FILENAME == "want" { want[$0] = 1 }
		FILENAME == "runs" { runs[$0] = 1 }
		FILENAME == "hashes" { hash[substr($0, 67)] = $1 }
		FILENAME == "got" {
			file = substr($0, length($1) + 2)
			mail = $1 " " hash[file]
			n[run(file), mail]++
			if (!(mail in want)) print file ": nobody sent this"
		}
		END {
			for (r in runs) {
				double = 0
				for (mail in want) {
					if (n[r, mail] == 0) print r ": lost: " mail
					if (n[r, mail] > 1) double += n[r, mail] - 1
				}
				if (double > doubles) print r ": doubled: " double
			}
		}' want runs hashes got
}

# good TRANSPORT [STATE]: a run that nothing happens to, begun with the files of
# the folder STATE. `calls` has a line for each system call of it: NAME NUMBER
# TEXT, without those of the loader but for LOADER in all. GOOD is what it says.
good() {
	STATE=${2-}
	mkdir good
	cd good || return 1
	begin "$1"
	send strace -qq -y -o ../trace >../out
	cd ..
	IFS= read -rd '' GOOD <out || true
	assert_equal "$(arrived "$1" . 0)" ""
	assert_equal "$(wc -l <out)" "$(wc -l <"$SEALED")"
	awk -F '(' -v few="${LOADER:-16}" '
		/^[a-z]/ { n[$1]++; line[++calls] = $1 " " n[$1] " " $0 }
		/^fcntl\(2.*F_GETFD/ && !ours { ours = calls }
		END {
			step = ours > few ? int(ours / few) : 1
			for (i = 1; i <= calls; i++)
				if (i >= ours || i % step == 0) print line[i]
		}' trace >calls
	assert [ "$(wc -l <calls)" -gt 100 ]
	rm -r good
}

begin() {
	[ -z "$STATE" ] || cp -r "$STATE/." .
	"$1_to"
}

# injected TRANSPORT CALL NUMBER WHAT: vc-mail, with WHAT done to its NUMBER-th
# CALL, until all has ended that it started. STATUS, OUT and ERR: what came of
# it.
injected() {
	begin "$1"
	STATUS=0
	send "$VC_PROBE/probe-kill" 0 strace -qq -o trace -e "trace=$2" \
		-e "inject=$2:$4:when=$3" >out 2>err || STATUS=$?
	IFS= read -rd '' OUT <out || true
	IFS= read -rd '' ERR <err || true
}

# completes: a second run says what a good one does, and the ledger is whole.
completes() {
	local status=0 again
	send >again 2>err || status=$?
	IFS= read -rd '' again <again || true
	[ "$status" -eq 0 ] || echo "the second run ends with $status"
	[ ! -s err ] || cat err
	[ "$again" = "$GOOD" ] || echo "the second run says: $again"
	vc-ledger verify ledger >verified 2>&1 || cat verified
}

# whole: no record of the first run was cut, and none is of a mail that did not
# go: they are among those of a good run, or rejects.
whole() {
	local line rest=$OUT
	while [ -n "$rest" ]; do
		case $rest in *$'\n'*) ;; *) echo "cut: $rest" && return ;; esac
		line=${rest%%$'\n'*}
		rest=${rest#*$'\n'}
		case $GOOD in *"$line"$'\n'*) continue ;; esac
		case $line in
		'{"type":"reject","by":"vc-mail",'*'}}') ;;
		*) echo "the first run said: $line" ;;
		esac
	done
}

# each_line FILE COMMAND...: COMMAND in a new folder of its own below `run` with
# the words of each line of FILE, two at a time. Prints what it said.
each_line() {
	local file=$1 i part words
	shift
	mkdir run
	for part in 0 1; do
		(
			# What bats does before each command takes longer than most.
			trap - DEBUG ERR
			set +eET
			cd run || exit 1
			i=0
			while read -r -a words; do
				i=$((i + 1))
				[ $((i % 2)) = "$part" ] || continue
				mkdir "$i.${words[0]}.${words[1]}"
				cd "$i.${words[0]}.${words[1]}" || exit 1
				"$@" "${words[@]}" >said 2>&1
				[ ! -s said ] || sed "s/^/${words[*]}: /" said
				cd ..
			done <"../$file" >"../said.$part" 2>&1
		) 3>&- &
	done
	wait
	cat said.0 said.1
}

# survives TRANSPORT POINTS COMMAND: for each line of POINTS, of which EVERY
# chooses some, COMMAND TRANSPORT has nothing to say; nor has what arrived.
survives() {
	awk -v every="${EVERY:-1}" 'NR % every == 0' "$2" >chosen
	assert [ -s chosen ]
	each_line chosen "$3" "$1" >said
	arrived "$1" run "$("$1_doubles")" >>said
	# Hundreds of runs say the same of one fault.
	run -0 head -n 20 said
	assert_output ""
	rm -r run
}

# kill_at TRANSPORT CALL NUMBER; kill_everywhere TRANSPORT: by SIGKILL, before
# every system call but the execve of strace.
kill_at() {
	injected "$1" "$2" "$3" signal=KILL
	[ "$STATUS" -eq 137 ] || echo "not killed, but ended with $STATUS"
	case $GOOD in "$OUT"*) ;; *) echo "the first run said: $OUT" ;; esac
	completes
}
kill_everywhere() {
	good "$1"
	sed 1d calls | cut -d ' ' -f 1,2 >points
	survives "$1" points kill_at
}

# fault_at TRANSPORT CALL NUMBER ERROR MAY|MUST: the call fails, and the run
# MAY or MUST tell.
fault_at() {
	local codes='74 75'
	[ "$4" != EIO ] || codes='66 69 73 74 75'
	[ "$5" = MUST ] || codes="0 $codes"
	injected "$1" "$2" "$3" "error=$4"
	case " $codes " in
	*" $STATUS "*) ;;
	*) echo "ended with $STATUS: $ERR" ;;
	esac
	[ "$STATUS" -eq 0 ] || [ -n "$ERR" ] || echo "ended with $STATUS, silently"
	[ "$STATUS" -ne 0 ] || [ "$OUT" = "$GOOD" ] || echo "ended with 0: $OUT"
	whole
	completes
}

# faults <calls: a line for each call and each of the ERRORS that it may give:
# NAME NUMBER ERROR MAY|MUST.
faults() {
	awk -v errors="$ERRORS" '
		BEGIN {
			made = " openat write fsync fdatasync syncfs linkat mkdir close "
			may["ENOSPC"] = may["EDQUOT"] = made
			may["EIO"] = made "read pread64 unlinkat access newfstatat" \
				" faccessat faccessat2 getdents64 "
			may["EMFILE"] = " openat fcntl memfd_create pidfd_open "
			may["ENOMEM"] = " openat mmap mprotect fsync linkat unlinkat" \
				" mkdir access newfstatat poll flock memfd_create fcntl" \
				" clone pidfd_open getdents64 "
			all = split(errors, error, " ")
		}
		# What nobody loses by: what is only looked at or given back, and what
		# no file of ours depends on.
		function harmless() {
			return /^(access|newfstatat|poll|unlinkat|mmap|pidfd_open)\(/ ||
				(/^close\(/ && (!/box\/tmp\// || $0 in synced)) ||
				/^flock\(.*LOCK_UN/ ||
				/^openat\(AT_FDCWD[^,]*, "\/(usr|etc|proc|dev)\// ||
				/^read\([0-9]*<\/dev\/urandom>/
		}
		{
			call = $1 " " $2
			name = " " $1 " "
			sub(/^[^ ]* [^ ]* /, "")
			sub(/ = 0$/, "")
			if (/^fsync/) synced["close" substr($0, 6)] = 1
			for (i = 1; i <= all; i++)
				if (index(may[error[i]], name))
					print call, error[i], harmless() ? "MAY" : "MUST"
		}'
}

# fault_everywhere TRANSPORT [STATE]: each of the ERRORS, wherever it may be.
fault_everywhere() {
	LOADER=1 good "$@"
	sed 1d calls | faults >points
	survives "$1" points fault_at
}

# in_doubt: the folder `state`: mails in a Maildir, some of them read, and a
# ledger that knows no more than that they were tried.
in_doubt() {
	local file
	mkdir was
	cd was || return 1
	begin maildir
	send >/dev/null
	for file in box/new/*; do
		mv "$file" "box/cur/${file##*/}:2,S"
	done
	mv "$file" box/new 2>/dev/null || true
	cd ..
	mkdir state
	cp -r was/box state
	grep '"type":"try"' was/ledger | jq -c 'del(.prev)' |
		vc-ledger -l state/ledger >/dev/null
	rm -r was
}
