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
	local file line
	find "$1" -path '*/box/new/*' -o -path '*/box/cur/*' |
		while IFS= read -r file; do
			while IFS= read -r line; do
				case $line in
				'To: '*) break ;;
				'') break ;;
				esac
			done <"$file"
			echo "${line#To: } $file"
		done
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
	local name to b64
	cd "$BATS_FILE_TMPDIR" || return 1
	hermetic
	site "$@"
	for name; do
		notice "$name" 'del(.attachment)'
	done | vc-encrypt -N "$NOW" >sealed
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

# good TRANSPORT: a run that nothing happens to. `calls` has a line for each
# system call of it: NAME NUMBER TEXT; above the first that is our own stands
# START: what comes earlier is the loader's. GOOD is what it says.
good() {
	mkdir good
	cd good || return 1
	"$1_to"
	send strace -qq -o ../trace >../out
	cd ..
	read -rd '' GOOD <out || true
	assert_equal "$(arrived "$1" . 0)" ""
	assert_equal "$(wc -l <out)" "$(wc -l <"$SEALED")"
	awk -F '(' '/^[a-z]/ {
		if (/^fcntl\(2, F_GETFD/) print "START"
		print $1, ++n[$1], $0 }' trace >calls
	rm -r good
}

# injected CALL NUMBER WHAT TRANSPORT: vc-mail, with WHAT done to its NUMBER-th
# CALL, and all ends that it started. STATUS, OUT and ERR are what came of it.
injected() {
	"$4_to"
	STATUS=0
	send "$VC_PROBE/probe-kill" 0 strace -qq -o trace -e "trace=$1" \
		-e "inject=$1:$3:when=$2" >out 2>err || STATUS=$?
	read -rd '' OUT <out || true
	read -rd '' ERR <err || true
}

# completes: a run after a mishap says what a good one says, of which the first
# had said the beginning, and the ledger is whole.
completes() {
	local status=0 again
	send >again 2>err || status=$?
	read -rd '' again <again || true
	[ "$status" -eq 0 ] || echo "the second run ends with $status"
	[ ! -s err ] || cat err
	[ "$again" = "$GOOD" ] || echo "the second run says: $again"
	case $again in "$OUT"*) ;; *) echo "the first run said: $OUT" ;; esac
	vc-ledger verify ledger >verified 2>&1 || cat verified
}

# each_line FILE COMMAND...: COMMAND in a new folder of its own below `runs`
# with the words of each line of FILE, two at a time. Prints what it said.
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
