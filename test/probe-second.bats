load helper

# GMime is loaded when it is needed, and what is read without it is read alike.

@test "what is read without GMime is what GMime reads" {
	run -0 "$VC_PROBE/probe-second" 50000
	assert_output --regexp '^[0-9]{4,} dates, [0-9]{4,} senders$'
}

# loads MAIL: the libraries that reading it loads, beyond those of the start.
loads() {
	LD_DEBUG=files vc-parse-poc "$1" 2>&1 >/dev/null |
		grep -cE 'calling init: .*/libgmime' || true
}

# bats test_tags=nosan
@test "a mail of the everyday is read without GMime, and an odd one with it" {
	assert_equal "$(loads "$VC_FIXTURE/vc-parse-poc/alternative.eml")" 0
	sed 's/^From: .*/From: "Sakura" (net) <vh@sakura.example>/' \
		"$VC_FIXTURE/vc-parse-poc/alternative.eml" >odd.eml
	assert_equal "$(loads odd.eml)" 1
	run -0 bash -c 'vc-parse-poc odd.eml | jq -r .claimed.from_address'
	assert_output vh@sakura.example
}

# bats test_tags=nosan
@test "when GMime cannot be loaded the mail is not judged" {
	sed 's/^From: .*/From: "Sakura" (net) <vh@sakura.example>/' \
		"$VC_FIXTURE/vc-parse-poc/alternative.eml" >odd.eml
	mkdir lib
	: >lib/libgmime-3.0.so.0
	run_out env LD_LIBRARY_PATH="$PWD/lib" vc-verify odd.eml
	assert_equal "$status $(cat out)" "69 "
	assert_regex "$stderr" "^vc-verify: cannot load 'libgmime-3.0.so.0': "
}
