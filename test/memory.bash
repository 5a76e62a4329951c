# shellcheck shell=bash
# No memory at any allocation. Needs `load survive`.

# preload: builds the library of test/shim/malloc.c; its path is PRELOAD, and
# may have no blank. For setup_file.
preload() {
	PRELOAD=$BATS_FILE_TMPDIR/malloc.so
	gcc -O2 -shared -fPIC -o "$PRELOAD" "$VC_TOP/test/shim/malloc.c"
	export PRELOAD
}

# memory_at TRANSPORT malloc NUMBER once|ever: the NUMBER-th allocation fails,
# and with `ever` all behind it. memory_everywhere TRANSPORT: each.
memory_at() {
	begin "$1"
	STATUS=0
	send "$VC_PROBE/probe-kill" 0 env MALLOC_FAILS="$3" \
		MALLOC_DRY="${4#once}" LD_PRELOAD="$PRELOAD" \
		>out 2>err || STATUS=$?
	IFS= read -rd '' OUT <out || true
	IFS= read -rd '' ERR <err || true
	[ "$STATUS" -eq 75 ] || echo "ended with $STATUS"
	case $ERR in
	'vc: out of memory'$'\n' | 'vc-mail: out of memory'$'\n') ;;
	*) echo "said $ERR" ;;
	esac
	whole
	completes
}
memory_everywhere() {
	good "$1"
	mkdir count
	cd count || return 1
	begin "$1"
	send env MALLOC_COUNT=number LD_PRELOAD="$PRELOAD" >/dev/null
	cd ..
	allocations count/number >points
	survives "$1" points memory_at
	rm -r count
}
# Of those before our own begin LOADER, as with the calls of good.
allocations() {
	awk -v few="${LOADER:-16}" '{
		step = $1 > few ? int($1 / few) : 1
		for (i = 1; i <= $2; i++)
			if (i > $1 || i % step == 0)
				print "malloc", i, "once\nmalloc", i, "ever"
	}' "$1"
}

# memory_in_encrypt: the same in vc-encrypt, which leaves nothing to complete.
encrypt_at() { # - malloc NUMBER once|ever
	local status=0 had=0
	"$VC_PROBE/probe-kill" 0 env MALLOC_FAILS="$3" MALLOC_DRY="${4#once}" \
		MALLOC_COUNT=number LD_PRELOAD="$PRELOAD" \
		vc-encrypt -N "$NOW" ../../one >out 2>err || status=$?
	# As gpg's words come in pieces, some runs have a few allocations less.
	[ ! -e number ] || read -r _ had <number
	[ "$status" -ne 0 ] || [ "$had" -ge "$3" ] || return 0
	[ "$status" -eq 75 ] || echo "ended with $status"
	# The child that becomes gpg may be the one without memory, and so may we be
	# when all is said.
	case $(<out) in
	'' | '{"type":"reject","by":"vc-encrypt","code":75,'*'}}') ;;
	'{"type":"sealed",'*'"}') ;;
	*) echo "said $(<out)" ;;
	esac
	grep -vE '^vc(-encrypt)?: .' err || [ -s err ] || echo "said nothing"
}
memory_in_encrypt() {
	notice hitachi 'del(.attachment)' >one
	env MALLOC_COUNT=number LD_PRELOAD="$PRELOAD" vc-encrypt -N "$NOW" one >out
	assert_equal "$(jq -r .type out)" sealed
	allocations number | awk -v every="$EVERY" 'NR % every == 0' >points
	assert [ -s points ]
	each_line points encrypt_at - >said
	run -0 head -n 20 said
	assert_output ""
	run -0 vc-encrypt -N "$NOW" one
}
