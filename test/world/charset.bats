load ../helper
load ../cells
load peer

# Other readers of Japanese characters and of encoded words. What they read
# otherwise is listed here, and why in share/doc/oddities.

setup_file() {
	command -v chromium >/dev/null || return 0
	chromium --headless=new --no-sandbox --disable-gpu --no-first-run \
		--disable-extensions --disable-background-networking \
		--user-data-dir="$BATS_FILE_TMPDIR/chromium" --dump-dom \
		"file://$BATS_TEST_DIRNAME/cells.html" 2>/dev/null 3>&- |
		sed 's/.*<pre>//;s/<\/pre>.*//' >"$BATS_FILE_TMPDIR/cells"
}

# judged SET [OURS]: the cells that Chromium reads otherwise, as diff tells.
judged() {
	need chromium
	sed -n "s/^$1 //p" "$BATS_FILE_TMPDIR/cells" >theirs
	cells "${2:-$1}" >ours
	[ "$(wc -l <theirs)" -gt 60 ] || fail "Chromium has no table $1"
	run diff theirs ours
}

# only LINE...: these cells are ours alone, and no other differs.
only() {
	assert_equal "$(grep '^[<>]' <<<"$output" | sed 's/\t.*//')" \
		"$(printf '> %s\n' "$@")"
}

@test "Chromium reads JIS X 0208 in ISO-2022-JP and EUC-JP, and Shift_JIS, as we do" {
	local set
	for set in jis0208 euc0208 sjis; do
		judged "$set"
		assert_equal "$set $status $output" "$set 0 "
	done
}

@test "Chromium reads JIS X 0212 as we do, but for the 106 cells of eucJP-ms" {
	local sets
	for sets in 'euc0212 euc0212' 'euc0212 jis0212'; do
		# shellcheck disable=SC2086
		judged $sets
		# shellcheck disable=SC2046
		only $(printf '73%02x\n' $(seq 115 126)) $(printf '74%02x\n' $(seq 33 126))
	done
}

@test "Chromium reads single octets as we do, but for kana of eight bits" {
	local eight
	# shellcheck disable=SC2046
	eight=$(printf '%02x\n' $(seq 161 223))
	judged euc1
	assert_equal "$status $output" '0 '
	# shellcheck disable=SC2086
	for set in roman eight; do
		judged "$set"
		only $eight
	done
	judged kana
	# shellcheck disable=SC2086
	only 20 7f $eight
	judged sjis1
	assert_equal "$(sed -n 2p <<<"$output")" $'< 80\tU+0080'
	assert_equal "$(grep -c '^[<>]' <<<"$output")" 1
}

@test "Python's email package reads 500 headers of encoded words as we do" {
	need python3
	local value want
	python3 "$WORLD/words.py" 500 >values
	assert_equal "$(wc -l <values)" 500
	while IFS=$'\t' read -r value want; do
		printf '%s' "$value" | "$VC_PROBE/probe-charset" -w >got
		[ "$(cat got)" = "$want" ] ||
			fail "$value: Python '$want', we '$(cat got)'"
	done <values
}
