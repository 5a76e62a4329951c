load helper
load keys
load out
load diagonal

# test/world/diagonal.bats does it with a hundred.

teardown_file() { stop_homes; }
teardown() { vendors_gone; }

@test "of 12 vendors with a mail each, each opens its own and no other" {
	diagonal 12
}
