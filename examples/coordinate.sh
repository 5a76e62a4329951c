#!/usr/bin/env bash
# Run a pipe of vc and say with one exit status how it went.
#
#	coordinate.sh poc <mail		file a point-of-contact form
#	coordinate.sh status <mail	file what a vendor answers
#	coordinate.sh tell case ...	tell the vendors of cases
#
# The exit status is that of vc(7): 75 when any program said so, else the
# highest. A program that crashed or is not there counts as 75, because a second
# run puts right what it left. A 1 of vc-verify is no failure: a mail that nobody
# signed is filed, too.
#
# Where ledger, roster and keys are say VC_LEDGER, VC_ROSTER, VC_KEYS, VC_HOME,
# VC_SIGNER and VC_FROM; whoever wants to keep attachments, or to send files
# along, says VC_ATTACHMENTS.
set -u

# fold PROGRAM CODE [PROGRAM CODE ...]
fold() {
	local worst=0 code
	while [ $# -gt 0 ]; do
		code=$2
		[ "$1 $code" = 'vc-verify 1' ] && code=0
		[ "$code" -ge 126 ] && code=75
		[ "$code" = 75 ] && return 75
		[ "$code" -gt "$worst" ] && worst=$code
		shift 2
	done
	return "$worst"
}

case ${1-} in
poc | status)
	parse=vc-parse-$1
	vc-verify | "$parse" >/dev/null
	code=("${PIPESTATUS[@]}")
	fold vc-verify "${code[0]}" "$parse" "${code[1]}"
	;;
tell)
	shift
	vc-route "$@" | vc-encrypt | vc-mail
	code=("${PIPESTATUS[@]}")
	fold vc-route "${code[0]}" vc-encrypt "${code[1]}" vc-mail "${code[2]}"
	;;
*)
	echo 'usage: coordinate.sh poc | status | tell case ...' >&2
	exit 64
	;;
esac
