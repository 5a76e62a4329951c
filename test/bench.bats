load helper

# The bench measures what is right: every row's results are checked.

# bats test_tags=nosan
@test "every row of the bench checks its results and prints a ratio" {
	run env ROUNDS=1 "$VC_TOP/test/bench/run"
	refute_output --partial WRONG
	assert_equal "$(grep -cE ' [0-9]+\.[0-9]{3}  \([0-9.]+ \.\. [0-9.]+\)  limit .* x CPU of ' <<<"$output")" \
		"$(cat "$VC_TOP"/test/bench/*.row | grep -c '^row ')"
}
