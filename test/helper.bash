# What every bats file shares. A test runs in an empty folder whose name has a
# blank and a non-ASCII letter, with nothing of the caller's environment.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

VC_TOP=$(cd "$BATS_TEST_DIRNAME" && while [ ! -f Makefile ]; do cd ..; done && pwd)
VC_BUILD=${VC_BUILD:-build}
if [ "$VC_BUILD" = build ]; then
	VC_BIN=$VC_TOP/bin
else
	VC_BIN=$VC_TOP/$VC_BUILD/bin
fi
VC_PROBE=$VC_TOP/$VC_BUILD/probe
VC_FIXTURE=$VC_TOP/test/fixture
export VC_TOP VC_BIN VC_PROBE VC_FIXTURE

hermetic() {
	local v
	for v in $(compgen -v | grep -E '^VC_' |
		grep -vE '^VC_(TOP|BUILD|BIN|PROBE|FIXTURE|CORPUS)$'); do
		unset "$v"
	done
	unset GNUPGHOME GPG_AGENT_INFO LANGUAGE LC_ALL LC_CTYPE LANG MAIL
	export VC_SHARE=$VC_TOP/share PATH=$VC_BIN:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
	export LC_ALL=C.UTF-8 TZ=UTC0 HOME=$BATS_TEST_TMPDIR
	# To look for leaks costs twice what the program costs, so it is done where
	# each program, and each module, has tests of its own.
	local leaks=0
	case ${BATS_TEST_FILENAME:-} in */vc-*.bats | */probe-*.bats) leaks=1 ;; esac
	export ASAN_OPTIONS=detect_leaks=$leaks:abort_on_error=1
	export LSAN_OPTIONS=suppressions=$VC_TOP/test/lsan.supp:print_suppressions=0
}

setup() {
	hermetic
	WORK="$BATS_TEST_TMPDIR/日本 語"
	mkdir -p "$WORK"
	cd "$WORK" || return 1
	if declare -F prepare >/dev/null; then prepare; fi
}

# A GnuPG home under a short path (an agent's socket allows 86 octets).
# short_home NAME: prints it; stop_homes ends the agents and removes them.
short_home() {
	local d
	d=$(mktemp -d "/tmp/vcXXXXXX")
	chmod 700 "$d"
	printf '%s\n' "$d" >>"$BATS_FILE_TMPDIR/homes"
	printf '%s\n' "$d"
}

stop_homes() {
	local d
	[ -f "$BATS_FILE_TMPDIR/homes" ] || return 0
	while IFS= read -r d; do
		case $d in /tmp/vc??????) ;; *) continue ;; esac
		gpgconf --homedir "$d" --kill all 2>/dev/null || true
		rm -rf "$d"
	done <"$BATS_FILE_TMPDIR/homes"
}

# linear N SMALL BIG CMD...: CMD with BIG on stdin, which is N times SMALL, may
# cost at most twice N times the CPU of CMD with SMALL.
linear() {
	local n=$1 small=$2 big=$3 a b
	shift 3
	rm -f cost
	"$VC_PROBE/probe-cost" cost "$@" <"$small" >/dev/null
	"$VC_PROBE/probe-cost" cost "$@" <"$big" >/dev/null
	a=$(sed -n '1s/ .*//p' cost) b=$(sed -n '2s/ .*//p' cost)
	echo "$a us, and $b us for $n times as much"
	[ "$b" -le $((2 * n * a)) ]
}

# run_out CMD...: like run, but keeps stdout in the file `out`, octet for octet.
run_out() {
	status=0
	"$@" >out 2>err || status=$?
	output=$(cat out)
	stderr=$(cat err)
}
