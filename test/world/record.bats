load ../helper
load ../note

# What we write as records of CVE and as OpenVEX, against the rules of their
# standards.

prepare() {
	cp "$VC_FIXTURE/vc-jvn-render/case.json" .
	export VC_SITE=https://jvn.example
	mkdir cve vex
}

# judge cve|vex FILE...
judge() { (cd "$VC_TOP/build/world" && node "$VC_TOP/test/world/record.mjs" "$@"); }

# write NAME [ARG...]: what is on stdin in both formats.
write() {
	cat >in
	vc-jvn-render -N "$NOW" -f cve "${@:2}" in >"cve/$1.json" &&
		vc-jvn-render -N "$NOW" -f vex "${@:2}" in >"vex/$1.json"
}

# richer: answers with a version that is fixed, and without an end, too.
richer() {
	rich
	status toshiba 2024-01-06T00:00:00Z vulnerable signed https://toshiba.example/ |
		jq -c '.signed.form.product[0] += {affected: {value: "< 2.0 or earlier"},
			fixed: {value: "2.0 以降"}}'
	status yamaha 2024-01-08T00:00:00Z vulnerable_investigating
}

# scored VECTOR...: the case with these vectors.
scored() {
	jq -c '.cvss = [$ARGS.positional[] | {vector: .}]' case.json --args "$@"
}

@test "no record breaks a rule of its standard" {
	local s n=0 four=CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
	richer | write ja
	richer | write en -L en
	jq -c '{type, id, tlp, state, publish_at, overview, product, cve}' case.json | write few
	jq -c '.product = [{name: "x", vendor: "y", purl: "pkg:npm/example@1.2",
		cpe: "cpe:2.3:a:isc:bind:*:*:*:*:*:*:*:*"}]' case.json | write named
	scored "$four" CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N AV:L/AC:H/Au:M/C:N/I:N/A:N | write grave
	scored "$four/E:U/CR:L/MAV:L/S:P" CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N/E:P | write more
	jq -c '("界" * 9000) as $x | .title.ja = $x | .overview |= map_values($x) |
		.product = [{name: $x, version: $x, vendor: $x}] |
		.reference = [range(600) | {url: "https://a.example/\(.)", title: $x}]' case.json | write long
	for s in "${HOSTILE[@]}"; do
		n=$((n + 1))
		fill "$s" | free_fields | jq -c 'if .type == "case" then .cve = ["CVE-2024-0001"] |
			.cvss = [{vector: "AV:N/AC:L/Au:N/C:N/I:N/A:C"}] else . end' |
			write "hostile.$n"
	done
	local kind
	for kind in cve vex; do
		run -0 judge "$kind" "$PWD/$kind"/*.json
		refute_output --regexp ': /'
		assert_equal "${#lines[@]}" "$((7 + n))"
	done
}

# wrong KIND: doc/N.json, each with a change of a line of stdin; all are seen.
wrong() {
	local change n=0
	mkdir doc
	while IFS= read -r change; do
		n=$((n + 1))
		jq -c "$change" "$1/ja.json" >"doc/$n.json"
	done
	run judge "$1" "$PWD"/doc/*.json
	assert_equal "$(sed -n 's,.*doc/\([0-9]*\)\.json: /.*,\1,p' <<<"$output" | sort -nu | xargs)" \
		"$(seq -s ' ' "$n")"
	rm -r doc
}

@test "the rules are awake" {
	richer | write ja
	wrong cve <<-'EOF'
		.dataVersion = "5"
		.cveMetadata.cveId = "CVE-24-1"
		.cveMetadata.assignerOrgId = "jpcert"
		.containers.cna.descriptions |= map(select(.lang != "en"))
		.containers.cna.affected[0].versions[0].status = "vulnerable"
		.containers.cna.affected[2] |= del(.defaultStatus)
		.containers.cna.references += .containers.cna.references
		.containers.cna.references[0].url = "https://a.example/%"
		.containers.cna.title = ""
		.containers.cna.x = 1
		.containers.cna.metrics[0].cvssV3_1.baseScore = "7.5"
		.containers.cna.metrics[0].cvssV3_1.vectorString = "CVSS:3.1/AV:X"
		.containers.cna.metrics[0].cvssV3_1 |= del(.baseSeverity)
		.containers.cna.metrics[0].cvssV3_1.version = "3.0"
		.containers.cna.metrics[1].cvssV2_0.baseSeverity = "HIGH"
		.containers.cna.problemTypes[0].descriptions[0].cweId = "CWE-020"
	EOF
	wrong vex <<-'EOF'
		.version = 0
		.statements = []
		.statements += [.statements[0]]
		.statements[0].status = "vulnerable"
		.statements |= map(del(.action_statement))
		.statements |= map(del(.impact_statement))
		.statements[0].products[0]."@id" = "CSAFPID-0001"
		.timestamp = "2024-01-10"
	EOF
}
