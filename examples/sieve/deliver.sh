#!/usr/bin/env bash
# What coordinate.sieve executes: coordinate.sh with a word for its exit status,
# because Sieve sees no numbers.
#
#	deliver.sh poc | status <mail
#
# Copy it into sieve_execute_bin_dir. Dovecot's lmtp crashes over a program that
# it has to end, so it is ended here, well before.
set -u
export PATH=$HOME/bin:/usr/local/bin:/usr/bin:/bin
export VC_LEDGER=$HOME/vc/ledger.jsonl VC_ROSTER=$HOME/vc/ledger.jsonl
export VC_KEYS=$HOME/vc/keys VC_HOME=$HOME/vc/home

# The mail as it will lie in the archive: with LF, where Dovecot hands on CR LF.
# That is what its id is the hash of. It is read to the end in any case.
LC_ALL=C sed 's/\r$//' | {
	timeout -k 10 240 coordinate.sh "$@" >/dev/null
	code=$?
	cat >/dev/null
	exit $code
}
code=("${PIPESTATUS[@]}")
[ "${code[0]}" = 0 ] || exit 75
case ${code[1]} in
0) printf filed ;;
65 | 77) printf look ;;
*) exit 75 ;;
esac
