#!/usr/bin/env bash
# Tell the vendors of a case, sealing on all cores, or on several machines.
#
#	parallel.sh case ...
#	parallel.sh -S hosts case ...
#
# hosts is a file with a login of ssh a line; a colon is this machine. What a
# machine needs for it says vc(7), SEVERAL MACHINES.
#
# GNU parallel gives 16 notices at a time to a vc-encrypt of their own and keeps
# them in order (-k). What it hands on goes through pipes and ssh: nothing in the
# clear touches a disk. A machine that cannot seal is named and left out. What a
# job fails to seal later is not tried elsewhere, but by the next run. The whys
# are in share/doc/decisions/sealing-elsewhere.
#
# The exit status is made from how each job ended, which stands in the log of
# parallel, by the table of vc(7), as in coordinate.sh.
set -u

: "${PARALLEL_SSH:=ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5}"
export PARALLEL_SSH

dir=$(mktemp -d) || exit 75
trap 'rm -rf "$dir"' EXIT

# spread HOSTS LOG ARGUMENT...: a job in the home of each login has this site's
# variables, but VC_LEDGER: the ledger is here.
variables=VC_ARCHIVE,VC_ATTACHMENTS,VC_FROM,VC_HOME,VC_KEYS,VC_ROSTER,VC_SIGNER
spread() {
	parallel --will-cite --sshloginfile "$1" --joblog "$2" \
		--env "$variables" "${@:3}"
}

# jobs STATUS LOG: how they ended; parallel itself fails with 102 or more.
jobs() {
	[ "$1" -le 101 ] || echo 75
	awk -F '\t' 'NR > 1 { print $8 ? 75 : $7 }' "$2"
}

finish() {
	local worst=0 c
	for c; do
		[ "$c" = 75 ] || [ "$c" -ge 102 ] && exit 75
		[ "$c" -gt "$worst" ] && worst=$c
	done
	exit "$worst"
}

echo : >"$dir/hosts"
if [ "${1-}" = -S ]; then
	[ -r "${2-}" ] || {
		echo "parallel.sh: cannot read the list of machines '${2-}'" >&2
		exit 66
	}
	# Those can seal where vc-encrypt finds all it needs and says nothing.
	spread "$2" "$dir/asked" --nonall --tag vc-encrypt </dev/null >&2
	mapfile -t code < <(jobs $? "$dir/asked")
	awk -F '\t' 'NR > 1 && $6 + $7 + $8 == 0 { print $2 }' "$dir/asked" \
		>"$dir/hosts"
	[ -s "$dir/hosts" ] || finish "${code[@]}"
	shift 2
fi

vc-route "$@" |
	spread "$dir/hosts" "$dir/log" --pipe -k -N 16 --block 256M vc-encrypt |
	vc-mail
code=("${PIPESTATUS[@]}")
mapfile -t -O 3 code < <(jobs "${code[1]}" "$dir/log")
code[1]=0
finish "${code[@]}"
