# Every fuzz target over its seeds, without libFuzzer, so that none rots:
# `make fuzz` is what looks for new inputs.

# shellcheck disable=SC2154
load helper

FUZZ=$BATS_TEST_DIRNAME/fuzz

targets() { (cd "$FUZZ" && printf '%s\n' fuzz-*.c | sed 's/^fuzz-//;s/\.c$//'); }

@test "every fuzz target keeps its promises over its seeds, whole and cut" {
	local t
	for t in $(targets); do
		"$FUZZ/seeds" "$t" "$t"
		run --separate-stderr "$VC_PROBE/fuzz-$t" "$t"/*
		assert_equal "$t $status $stderr" "$t 0 "
		assert_output --regexp '^[1-9][0-9]+ inputs$'
	done
}

@test "a broken promise ends a fuzz target and names the place" {
	cat >fuzz-x.c <<-'END'
		#include "fuzz.h"

		int
		LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
		{
			must(n < 3 || data[2] != 'c');
			return 0;
		}
	END
	gcc -D_GNU_SOURCE -I"$FUZZ" -I"$VC_TOP/lib" -o fuzz-x fuzz-x.c \
		"$FUZZ/replay.c" "$VC_TOP/lib/file.c" "$VC_TOP/lib/fail.c" \
		"$VC_TOP/lib/text.c" "$VC_TOP/lib/process.c"
	printf ab >good
	printf abcd >bad
	run -0 ./fuzz-x good
	assert_output '3 inputs'
	run ! ./fuzz-x good bad
	assert_line --partial "fuzz-x.c:6: broken: n < 3 || data[2] != 'c'"
}

@test "every fuzz target has seeds, and there are seeds and words of no other" {
	assert_equal "$(ls "$FUZZ/seed")" "$(targets)"
	run -0 bash -c "comm -13 <(ls '$FUZZ/seed') <(ls '$FUZZ/dict')"
	assert_output ''
}

@test "make fuzz says what it needs when clang is not there" {
	mkdir bin
	ln -s "$(command -v make)" "$(command -v sh)" bin
	PATH=$PWD/bin run -2 make -s -C "$VC_TOP" fuzz
	assert_line 'fuzz: clang is missing: make deps-world'
}
