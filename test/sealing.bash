# shellcheck shell=bash
# The pipe from notices to a Maildir, and a kill in it. Needs `load survive`.

# pipe [-e|-m COMMAND...]: COMMAND is in front of vc-encrypt, or of vc-mail.
pipe() {
	local encrypt=() mail=()
	case ${1-} in
	-e) encrypt=("${@:2}") ;;
	-m) mail=("${@:2}") ;;
	esac
	"${encrypt[@]}" vc-encrypt -N "$NOW" "$BATS_FILE_TMPDIR/notices" 2>>err |
		"${mail[@]}" vc-mail -N "$NOW" -l ledger -o maildir:box 2>>err
}

# pipe_at - CALL NUMBER e|m: one kill. Where gpg is waited for, calls differ
# from run to run: there may be none.
pipe_at() {
	local status=0 ids
	pipe "-$4" "$VC_PROBE/probe-kill" 0 strace -qq -o trace -e "trace=$2" \
		-e "inject=$2:signal=KILL:when=$3" >out || true
	grep -q 'killed by SIGKILL' trace && echo >>"../../killed"
	: >err
	pipe >again || status=$?
	[ "$status" -eq 0 ] || echo "the second run ends with $status"
	[ ! -s err ] || cat err
	ids=$(sed 's/^{"type":"sent","id":"\([^"]*\)".*/\1/' again | tr '\n' ' ')
	[ "$ids" = "$IDS" ] || echo "the second run says: $(<again)"
	vc-ledger verify ledger >verified 2>&1 || cat verified
	tried
}

# tried: every mail of the Maildir is one that was tried, whole, there is one
# for each of those, and none was tried that is not there.
tried() {
	local file
	for file in box/new/*; do
		echo "$(field To <"$file") $(sed 's/$/\r/' "$file" | sha256sum | cut -c -64)"
	done | sort >got
	jq -r 'select(.type == "try") | .to + " " + .mail_sha256' ledger | sort >tries
	comm -23 got tries
	[ "$(cut -d ' ' -f 1 got | uniq | wc -l)" = 3 ] || echo "lost: $(<got)"
	[ "$(wc -l <got)" = 3 ] || echo "doubled: $(<got)"
}

pipe_everywhere() {
	strace -qq -o trace vc-encrypt -N "$NOW" "$BATS_FILE_TMPDIR/notices" >out
	IDS=$(jq -r .id out | tr '\n' ' ')
	{
		awk -F '(' '/^[a-z]/ { n[$1]++ } /^fcntl\(2/ { ours = 1 }
			/^[a-z]/ && ours { print $1, n[$1], "e" }' trace
		for call in linkat unlinkat fdatasync fsync write flock poll read; do
			seq 8 | sed "s/.*/$call & m/"
		done
	} | awk -v every="$EVERY" 'NR % every == 0' >points
	assert [ -s points ]
	each_line points pipe_at - >said
	run -0 head -n 20 said
	assert_output ""
	assert [ "$(wc -l <killed)" -gt $(($(wc -l <points) / 2)) ]
	rm -r run
}
