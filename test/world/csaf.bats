load ../helper
load ../note

# What we write as CSAF, in the eyes of the validator that its users take. It
# takes seconds to start, so one run judges all.

prepare() {
	cp "$VC_FIXTURE/vc-jvn-render/case.json" .
	export VC_SITE=https://jvn.example
	mkdir doc
}

judge() { (cd "$VC_TOP/build/world" && node "$VC_TOP/test/world/csaf.mjs" "$@"); }

# write NAME [ARG...]: what is on stdin as doc/NAME.json.
write() { vc-jvn-render -N "$NOW" -f csaf "${@:2}" >"doc/$1.json"; }

# richer: answers with a version that is fixed, and without an end, too.
richer() {
	rich
	status toshiba 2024-01-06T00:00:00Z vulnerable |
		jq -c '.signed.form.product[0] += {affected: {value: "< 2.0 or earlier"},
			fixed: {value: "2.0 以降"}}'
	status yamaha 2024-01-08T00:00:00Z vulnerable_investigating
}

@test "the validator finds nothing in any advisory" {
	local s n=0
	richer | write ja
	richer | write en -L en
	jq -c '{type, id, tlp, state, publish_at}' case.json | write few
	jq -c 'del(.cve, .product, .history)' case.json | write nocve
	jq -c 'del(.solution, .description)' case.json | write short
	jq -c '.id = "JVN#11257333" | .publish_at = "2024-01-25T00:00:00Z"' case.json | write late
	richer | jq -c 'if .type == "case" then .cvss = [{version: "4.0",
		vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"},
		{version: "3.0", vector: "CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N"}]
		else . end' | write grave
	for s in "${HOSTILE[@]}"; do
		n=$((n + 1))
		fill "$s" | free_fields | jq -c 'if .type == "case" then
			.cvss = [{version: "2.0", vector: "AV:N/AC:L/Au:N/C:N/I:N/A:C"}]
			else . end' | write "hostile.$n"
	done
	run -0 judge "$PWD"/doc/*.json
	refute_output --regexp ': /'
	assert_equal "${#lines[@]}" "$((7 + n))"
	assert_equal "$(sed 's/.*: //' <<<"$output" | sort -u)" "65 tests"
}

@test "the validator is awake" {
	richer | write ja
	jq '.vulnerabilities[0].product_status.fixed += ["CSAFPID-0001", "CSAFPID-9999"]' \
		doc/ja.json >wrong.json
	run judge "$PWD/wrong.json"
	assert_output --partial mandatoryTest_6_1_1:
	assert_output --partial mandatoryTest_6_1_6:
	jq 'del(.document.lang) | .document.extra = 1' doc/ja.json >odd.json
	run judge "$PWD/odd.json"
	assert_output --partial optionalTest_6_2_12:
	assert_output --partial csaf_2_0_strict:
}
