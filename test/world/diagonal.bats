load ../helper
load ../keys
load ../out
load ../diagonal

teardown_file() { stop_homes; }
teardown() { vendors_gone; }

@test "of 100 vendors with a mail each, each opens its own and no other" {
	diagonal 100
}
