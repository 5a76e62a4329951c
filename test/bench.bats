load helper

# The bench measures what is right: every row's results are checked, and a row
# that was not measured has not passed.

# bats test_tags=nosan
@test "every row of the bench checks its results and prints a ratio" {
	run env ROUNDS=1 MAILS=40 SHRINK=20 "$VC_TOP/test/bench/run"
	refute_output --partial WRONG
	local rows measured missing
	rows=$(cat "$VC_TOP"/test/bench/*.row | grep -cE "^(UNIT='[^']*' )?row ")
	measured=$(grep -cE ' [0-9]+\.[0-9]{3}  \([0-9.]+ \.\. [0-9.]+\)  limit [^ ]+  x ' <<<"$output")
	missing=$(grep -cE ' NOT MEASURED: no [a-z0-9]+: make deps-world$' <<<"$output" || true)
	assert_equal "$((measured + missing))" "$rows"
	local p peers=0
	for p in python3 mshow procmail postfix schleuder; do
		command -v "$p" >/dev/null || peers=$((peers + 1))
	done
	python3 -c 'import jinja2' 2>/dev/null || peers=$((peers + 1))
	[ "$peers" -gt 0 ] || assert_equal "$missing" 0
	[ "$missing" = 0 ] || assert_equal "$status" 1
}

# one ROW: a bench of this row alone; a and b cost the same.
one() {
	{
		echo 'one() { ours true; }; two() { peer true; }'
		echo 'right() { true; }; wrong() { false; }'
		echo "$1"
	} >one.row
	run env ROUNDS=3 ROWS="$PWD/one.row" "$VC_TOP/test/bench/run"
}

# bats test_tags=nosan
@test "a row that is over its limit, wrong or without its peer is told and fails" {
	ln -s "$PWD" "$BATS_TEST_TMPDIR/short"
	cd "$BATS_TEST_TMPDIR/short" || return 1
	one 'row "as dear" 5 "itself" one two right true'
	assert_equal "$status ${#lines[@]}" "0 1"
	assert_output --regexp '^as dear +[01-4]\.[0-9]{3}  \(.*\)  limit 5  x CPU of itself$'
	one 'row "too dear" 0.01 "itself" one two right'
	assert_equal "$status" 1
	assert_line --index 1 --regexp '^too dear +OVER ITS LIMIT$'
	one 'row "not it" - "itself" one two wrong'
	assert_equal "$status" 1
	assert_output --regexp '^not it +WRONG: the results differ$'
	one 'row "nobody there" - "nobody" one two right nosuchprogram'
	assert_equal "$status" 1
	assert_output --regexp '^nobody there +NOT MEASURED: no nosuchprogram: make deps-world$'
}
