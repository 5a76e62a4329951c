#!/usr/bin/env bash
# Tell the vendors of a case, sealing on all cores of this machine.
#
#	parallel.sh case ...
#
# GNU parallel gives 16 notices at a time to a vc-encrypt of their own and keeps
# them in order (-k). What it hands on goes through pipes; nothing in the clear
# touches a disk. To seal on other machines, too, that have the same keys, add
# --sshloginfile and --env for the variables that vc(7) names.
#
# parallel tells how many of its jobs failed, its log how each one ended: the
# exit status is made from that by the table of vc(7), as in coordinate.sh.
set -u

log=$(mktemp) || exit 75
trap 'rm -f "$log"' EXIT

vc-route "$@" |
	parallel --will-cite --pipe -k -N 16 --joblog "$log" vc-encrypt |
	vc-mail
code=("${PIPESTATUS[@]}")

# Exit status and signal of each job; parallel itself fails with 102 or more.
[ "${code[1]}" -le 101 ] && code[1]=0
while read -r exit signal; do
	[ "$signal" = 0 ] || exit=75
	code+=("$exit")
done < <(awk 'NR > 1 { print $7, $8 }' "$log")

worst=0
for c in "${code[@]}"; do
	[ "$c" = 75 ] || [ "$c" -ge 102 ] && exit 75
	[ "$c" -gt "$worst" ] && worst=$c
done
exit "$worst"
