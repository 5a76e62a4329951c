load helper

prepare() {
	cp "$VC_FIXTURE/@NAME@/case.jsonl" .
}

@test "a case goes through, octet for octet, and its fact is kept" {
	run_out @NAME@ -l ledger case.jsonl
	assert_equal "$status $stderr" "0 "
	run -0 cmp case.jsonl out
	run -0 cut -d, -f1-4 ledger
	assert_output '{"type":"case","id":"JVNVU#800113","tlp":"AMBER","state":"embargoed"'
}

@test "a case without a state is refused" {
	run -65 --separate-stderr @NAME@ <<<'{"type":"case","id":"JVNVU#1"}'
	assert_output '{"type":"reject","by":"@NAME@","code":65,"why":"field '"'state'"' is missing","of":{"type":"case","id":"JVNVU#1"}}'
	assert_equal "$stderr" "@NAME@: line 1: field 'state' is missing"
}

@test "standard output that cannot be written is 74" {
	run -74 --separate-stderr bash -c '@NAME@ case.jsonl >/dev/full'
	assert_equal "$stderr" \
		"@NAME@: cannot write to standard output: No space left on device"
}
