load helper
load keys
load out

teardown_file() { stop_homes; }

# Looking rows up (lookup.h) gives what a full load gives.

@test "what is looked up is what a full load gives, in a thousand odd tables" {
	run -0 "$VC_PROBE/probe-lookup" 1000
	assert_output --regexp '^[0-9]{5} answered, [0-9]{4} refused$'
}

# table ROW...: a roster with these rows. asks WHAT: what both say.
table() {
	printf '%s\n' vendor,email,domain,contact_email,fpr "$@" >roster.csv
	chmod 600 roster.csv
}
asks() { printf '%s\n' "$@" | "$VC_PROBE/probe-lookup" roster.csv; }

@test "a wrong row is refused with its line when it is in question, and else not" {
	table 'a,a@one.example,,,' '"b",b@two.example,,"x@@b.example",' c,c@three.example,,,
	run -0 asks a@one.example b@two.example c@three.example d@four.example
	assert_output "load: 78 roster.csv:3: contact.email is no mail address
0 a
78 roster.csv:3: contact.email is no mail address
0 c
0 -"
}

@test "two rows that own the same are refused, whichever is asked for" {
	table a,a@one.example,shared.example,, b,b@two.example,Shared.Example,,
	run -0 asks a@one.example
	assert_line --index 0 "load: 78 roster.csv:3: domain of vendor 'b' belongs to 'a'"
	assert_line --index 1 "78 roster.csv:3: domain of vendor 'b' belongs to 'a'"
	run -0 asks b@two.example
	assert_line --index 1 "78 roster.csv:2: domain of vendor 'a' belongs to 'b'"
	run -0 asks x@shared.example
	assert_line --index 1 "78 roster.csv:3: domain of vendor 'b' belongs to 'a'"
	table a,a@one.example,,, b,b@two.example,,, a,c@three.example,,,
	run -0 asks a@one.example b@two.example c@three.example
	assert_output "load: 78 roster.csv:4: vendor 'a' is there twice
78 roster.csv:4: vendor 'a' is there twice
0 b
78 roster.csv:4: vendor 'a' is there twice"
}

@test "a row stays a row whatever quotes and line ends its cells have" {
	printf '\357\273\277address,vendor,email\r\n"a\nx@two.example,\n""q""",one,a@one.example\r\n,two,a@two.example' >roster.csv
	chmod 600 roster.csv
	run -0 asks a@one.example a@two.example x@two.example A@TWO.example a@TWO.Example
	assert_output "0 one
0 two
0 -
0 -
0 two"
}

@test "an unsigned mail is judged whatever is wrong in the roster's rows" {
	site hitachi
	echo 'nobody,,,,x@@y.example,' >>roster.csv
	run_out vc-verify -q "$VC_FIXTURE/man/poc.eml"
	assert_equal "$status $stderr" "1 "
	run -78 vc-roster -r roster.csv
	assert_output 'vc-roster: roster.csv:3: email is no mail address'
}

@test "vc-verify believes a sender whose own row is right" {
	site hitachi
	echo 'nobody,,,,x@@y.example,' >>roster.csv
	echo text | mail_clear hitachi >mail
	run_out vc-verify mail
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r .vendor out)" hitachi
	echo "nobody,,,,x@@$(key_address hitachi | sed 's/.*@//')," >>roster.csv
	run_out vc-verify mail
	assert_equal "$status $(jq -r .type out)" "78 reject"
	assert_equal "$stderr" "vc-verify: mail: $PWD/roster.csv:4: email is no mail address"
}
