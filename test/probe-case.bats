#!/usr/bin/env bats
# What a case may hold: lib/case.

load helper

# A change by jq to a case without faults, and what is said of it.
say() {
	run -0 bash -c 'jq -c "{type:\"case\",id:\"JVNVU#800113\",state:\"draft\"} |
		$1" <<<null | "$VC_PROBE/probe-case"' - "$1"
	[ "$output" = "$2" ] || fail "$1: $output"
}
wrong() {
	say "$1" "65 field '$2' $3"
}

@test "a case with every field that the page names is one" {
	run -0 bash -c '"$VC_PROBE/probe-case" <"$1"' - \
		"$VC_TOP/examples/vu800113/case.json"
	assert_output ok
	say '.tlp = "AMBER+STRICT" | .publish_at = "2008-07-08T18:45:59Z" |
		.priority_at = "2008-07-01T00:00:00Z" | .origin = "cert-cc" |
		.alias = ["VU#800113"] | .title = {en: "x"} |
		.poc = {ja: "x", en: "y"} | .exploit = {en: "x"} |
		.restriction = {poc: "private", exploit: "need-to-know"} |
		.product = [{name: {ja: "x", en: "y"}, version: "1",
			vendor: "isc", purl: "pkg:generic/bind@9.4",
			cpe: "cpe:2.3:a:isc:bind:9.4:*:*:*:*:*:*:*",
			range: [{ge: "9.0", lt: "9.4.2-P1"}, {eq: "8"}]}] |
		.keyword = ["DNS"] | .vendor = ["isc"] |
		.cve = ["CVE-2008-1447"] | .cwe = ["CWE-331"] |
		.reference = [{url: "https://x.example/", title: "x"}] |
		.attachment = [{name: "実証.pcap", media_type: "application/octet-stream",
			sha256: ("0a" * 32)}] |
		.related = [{kind: "jvndb", id: "JVNDB-2008-001495"}] |
		.history = [{at: "2008-07-09T00:00:00Z", text: {en: "x"}}] |
		.finder = [{name: "Dan", email: "dan@x.example",
			affiliation: {en: "x"}, consent: ["identity",
			"contact", "publish"]}]' ok
}

@test "the ids of each series have its digits, and those of others are let by" {
	local id
	for id in 'JVN#12345678' 'JVN#ABCD1234' 'JVNVU#12345678' 'JVNVU#800113' \
		'JVNTA#12345678' 'VU#800113' 'JVNTA00-001A' 'JVNCA-1234-56' \
		'NISCC-123456' 'CPNI-123456' 'CVE-2008-1447' 'TA08-190B'; do
		say ".id = \"$id\"" ok
	done
	for id in 'JVN#1234567' 'JVN#123456789' 'JVN#1234567a' 'JVN#' \
		'JVNVU#ABCD1234' 'JVNVU#1234567' 'JVNVU#12345' 'JVNVU#' \
		'JVNTA#123456' 'JVNTA#1234567A' '../x' 'a b' '#1' 'a/b' 'ü'; do
		wrong ".id = \"$id\"" id \
			'is no id of a case such as JVN#12345678'
	done
	say 'del(.id)' "65 field 'id' is missing"
}

@test "ids of CVE and CWE have their forms" {
	local id
	for id in CVE-1999-0001 CVE-2014-123456789; do
		say ".cve = [\"$id\"]" ok
	done
	for id in CVE-2014-123 cve-2014-1234 CVE-14-1234 'CVE-2014-1234 ' '' \
		2014-1234 CVE-2014-12x4 'CVE-2014-12345678901234567890'; do
		wrong ".cve = [\"CVE-2014-1234\", \"$id\"]" 'cve[1]' \
			'is no id such as CVE-2008-1447'
	done
	wrong '.cve = [7]' 'cve[0]' 'is no id such as CVE-2008-1447'
	wrong '.cve = "CVE-2014-1234"' cve 'is not an array'
	say '.cwe = ["CWE-1", "CWE-123456"]' ok
	for id in CWE- cwe-79 79 CWE-79x 'CWE-1234567'; do
		wrong ".cwe = [\"$id\"]" 'cwe[0]' 'is no id such as CWE-331'
	done
	say '.alias = ["VU#800113", "DSA-1603"]' ok
	wrong '.alias = ["a b"]' 'alias[0]' 'is not an id without blanks'
	wrong '.alias = ["a\u202eb"]' 'alias[0]' 'is not an id without blanks'
}

@test "a package URL has a type, a name, and its signs in order" {
	local url n=0
	while read -r url; do
		say ".product = [{purl: \"$url\"}]" ok
		n=$((n + 1))
	done <<'EOF'
pkg:npm/example@1.2
pkg:npm/%40angular/animation@12.3.1
pkg:npm/@angular/animation@12.3.1
pkg:deb/debian/bind9@1:9.4.2-10?arch=i386&distro=etch
pkg:golang/google.golang.org/genproto#googleapis/api/annotations
pkg:github/package-url/purl-spec@244fd47e07d1004f0aed9c
pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?repository_url=repo.spring.io/release
pkg:docker/cassandra@sha256:244fd47e07d1004f0aed9c
pkg:generic/bitwarderl?vcs_url=git%2Bhttps://git.fsfe.org/dxtr/bitwarderl%40cc55108da32
pkg:generic/name
EOF
	assert_equal "$n" 10
	while read -r url; do
		wrong ".product = [{name: {en: \"x\"}}, {purl: \"$url\"}]" \
			'product[1].purl' \
			'is no package URL such as pkg:npm/example@1.2'
		n=$((n + 1))
	done <<'EOF'
npm/example
pkg:npm
pkg:npm/
pkg:/example
pkg:NPM/example
pkg:1pm/example
pkg:npm//example
pkg:npm/a b
pkg:npm/example@
pkg:npm/example?
pkg:npm/example?arch
pkg:npm/example?arch=
pkg:npm/example?=x
pkg:npm/example?Arch=x
pkg:npm/example#
pkg:npm/example#../etc
pkg:npm/example#a//b
pkg:npm/ex%4ample%zz
pkg:npm/ex%4
pkg:npm/<example>
https://x.example/
EOF
	assert_equal "$n" 31
	wrong ".product = [{purl: (\"pkg:npm/\" + \"x\" * 1020)}]" \
		'product[0].purl' 'is no package URL such as pkg:npm/example@1.2'
}

@test "a CPE name has its parts, in version 2.3 and 2.2" {
	local cpe n=0
	while IFS= read -r cpe; do
		say ".product = [{cpe: $(jq -R <<<"$cpe")}]" ok
		n=$((n + 1))
	done <<'EOF'
cpe:2.3:a:isc:bind:*:*:*:*:*:*:*:*
cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*
cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*
cpe:2.3:o:foo\\bar:big\$money:2010:*:*:*:special:ipod_touch:80gb:*
cpe:2.3:a:x\:y:b\.c:8.*:sp?:*:*:*:*:*:*
cpe:2.3:h:*:-:??1:*:*:ja:*:*:*:*
cpe:/a:isc:bind
cpe:/a:isc:bind:9.4.2:p1
cpe:/o:microsoft:windows_xp:::pro
cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~
cpe:/a:foo%5cbar:big%24money
EOF
	assert_equal "$n" 11
	while IFS= read -r cpe; do
		wrong ".product = [{cpe: $(jq -R <<<"$cpe")}]" 'product[0].cpe' \
			'is no CPE name such as cpe:2.3:a:isc:bind:*:*:*:*:*:*:*:*'
		n=$((n + 1))
	done <<'EOF'
cpe:2.3:a:isc:bind
cpe:2.3:a:isc:bind:*:*:*:*:*:*:*
cpe:2.3:a:isc:bind:*:*:*:*:*:*:*:*:*
cpe:2.3:x:isc:bind:*:*:*:*:*:*:*:*
cpe:2.3:a::bind:*:*:*:*:*:*:*:*
cpe:2.3:a:i*c:bind:*:*:*:*:*:*:*:*
cpe:2.3:a:isc:bi nd:*:*:*:*:*:*:*:*
cpe:2.3:a:isc:bind!:*:*:*:*:*:*:*:*
cpe:2.3:a:isc:**:*:*:*:*:*:*:*:*
cpe:2.3:a:isc:bind\:*:*:*:*:*:*:*:*
cpe:2.2:a:isc:bind:*:*:*:*:*:*:*:*
cpe:/a:isc
cpe:/a::bind
cpe:/x:isc:bind
cpe:/
cpe:/a
cpe:/a:isc:bind:1:2:3:4:5
cpe:/a:isc:bi%2
cpe:/a:isc:b nd
bind
EOF
	assert_equal "$n" 31
}

@test "a range is ends that do not exclude each other" {
	local range
	for range in '{eq:"1"}' '{ge:"1"}' '{gt:"1",le:"2"}' '{ge:"1",lt:"2"}' \
		'{ge:"1",le:"1"}' '{lt:"9.4.2-P1"}'; do
		say ".product = [{range: [$range]}]" ok
	done
	range='.product = [{range: [{eq: "1"}, '
	local at='product[0].range[1]'
	wrong "$range {}]}]" "$at" 'has no version'
	wrong "$range {ne: \"1\"}]}]" "$at" \
		"is not versions under 'eq', 'ge', 'gt', 'le' and 'lt' alone"
	wrong "$range {le: \"1\", note: \"x\"}]}]" "$at" \
		"is not versions under 'eq', 'ge', 'gt', 'le' and 'lt' alone"
	wrong "$range {le: 1}]}]" "$at" \
		"is not versions under 'eq', 'ge', 'gt', 'le' and 'lt' alone"
	wrong "$range {le: \"\"}]}]" "$at" \
		"is not versions under 'eq', 'ge', 'gt', 'le' and 'lt' alone"
	wrong "$range \"1\"]}]" "$at" 'is not an object'
	wrong "$range {eq: \"1\", le: \"2\"}]}]" "$at" \
		"has other ends beside 'eq'"
	wrong "$range {ge: \"1\", gt: \"1\"}]}]" "$at" 'has two ends on one side'
	wrong "$range {le: \"1\", lt: \"2\"}]}]" "$at" 'has two ends on one side'
	wrong "$range {ge: \"1\", lt: \"1\"}]}]" "$at" 'holds no version'
	wrong "$range {gt: \"1\", le: \"1\"}]}]" "$at" 'holds no version'
	wrong "$range {gt: \"1\", lt: \"1\"}]}]" "$at" 'holds no version'
	wrong '.product = [{range: {eq: "1"}}]' 'product[0].range' \
		'is not an array'
}

@test "a restriction of a field that no case has is refused, not passed over" {
	wrong '.restriction = {expliot: "private"}' restriction \
		'names a field that no case has'
	wrong '.restriction = {poc: "need to know"}' restriction \
		"has another word than 'need-to-know' and 'private'"
	wrong '.restriction = {poc: true}' restriction \
		"has another word than 'need-to-know' and 'private'"
	wrong '.restriction = []' restriction 'is not an object'
}

@test "a score is that of its vector, or is left out" {
	local v=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
	say ".cvss = [{vector: \"$v\"},
		{version: \"3.1\", vector: \"$v\", score: \"9.8\"},
		{version: \"2.0\", vector: \"AV:N/AC:L/Au:N/C:N/I:P/A:N\",
			score: \"5.0\"}]" ok
	wrong ".cvss = [{vector: \"$v\", score: \"9.1\"}]" 'cvss[0]' \
		'has another score than that of its vector: leave it out, it is computed'
	wrong ".cvss = [{vector: \"$v\", score: 9}]" 'cvss[0]' \
		'has another score than that of its vector: leave it out, it is computed'
	wrong ".cvss = [{vector: \"$v\", version: \"3.0\"}]" 'cvss[0]' \
		'has another version than its vector'
	wrong ".cvss = [{vector: \"$v\"}, {vector: \"$v/E:A\"}]" \
		'cvss[1].vector' "has an unknown value of the metric 'E'"
	wrong '.cvss = [{score: "9.8"}]' 'cvss[0]' 'has no vector'
	wrong ".cvss = [\"$v\"]" 'cvss[0]' 'is not an object'
}

@test "words, times and addresses have their forms" {
	local word
	for word in amber PUBLIC TLP:RED ''; do
		wrong ".tlp = \"$word\"" tlp \
			'is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED'
	done
	for word in soon 2008-07-08 2008-13-01T00:00:00Z \
		2008-07-08T18:45:59+09:00; do
		wrong ".publish_at = \"$word\"" publish_at \
			'is no time such as 2008-07-08T18:45:59Z'
		wrong ".priority_at = \"$word\"" priority_at \
			'is no time such as 2008-07-08T18:45:59Z'
		wrong ".history = [{at: \"$word\"}]" 'history[0].at' \
			'is no time such as 2008-07-08T18:45:59Z'
	done
	for word in 'ftp://x.example/' 'javascript:alert(1)' 'mailto:a@x.example' \
		'//x.example' x ''; do
		wrong ".reference = [{url: \"$word\"}]" 'reference[0].url' \
			'is no address that begins with http:// or https://'
		wrong ".related = [{url: \"$word\"}]" 'related[0].url' \
			'is no address that begins with http:// or https://'
	done
	wrong '.finder = [{consent: ["identity", "name"]}]' \
		'finder[0].consent[1]' \
		"is none of 'identity', 'contact' and 'publish'"
	wrong '.finder = ["Dan"]' 'finder[0]' 'is not an object'
	wrong '.title = {jp: "x"}' title "has neither 'ja' nor 'en'"
	wrong '.title = {ja: "x", en: 1}' title 'has something that is not text'
	wrong '.vendor = ["a b"]' 'vendor[0]' 'is not a word'
	wrong '.keyword = ["a\u202eb"]' 'keyword[0]' 'is not one line of text'
}

@test "what is said of a case never quotes it" {
	local change
	for change in '.id = "canary x"' '.tlp = "canary"' '.cve = ["canary"]' \
		'.publish_at = "canary"' '.restriction = {canary: "private"}' \
		'.restriction = {poc: "canary"}' '.origin = "canary x"' \
		'.product = [{purl: "canary"}]' '.product = [{cpe: "canary"}]' \
		'.product = [{range: [{canary: "1"}]}]' \
		'.product = [{range: [{ge: "canary", lt: "canary"}]}]' \
		'.reference = [{url: "canary"}]' '.title = {canary: "x"}'; do
		run -0 bash -c 'jq -c "{type:\"case\",id:\"JVNVU#800113\"} | $1" \
			<<<null | "$VC_PROBE/probe-case"' - "$change"
		[[ $output == 65* && $output != *canary* ]] ||
			fail "$change: $output"
	done
}

@test "a file is named by a name, a media type and a hash" {
	local file='{name: "a.txt", media_type: "text/plain", sha256: ("0a" * 32)}'
	say ".attachment = [$file, $file]" ok
	wrong '.attachment = {}' attachment 'is not an array'
	wrong '.attachment = ["x"]' 'attachment[0]' 'is not an object'
	local f
	for f in 'del(.name)' '.name = 1' '.name = "a/b"' '.name = "../a"' \
		'.name = "a\\u202e"' '.name = ""'; do
		wrong ".attachment = [$file, ($file | $f)]" 'attachment[1]' \
			'has no name that a file can have everywhere'
	done
	for f in 'del(.media_type)' '.media_type = "text"' \
		'.media_type = "Message/rfc822"'; do
		wrong ".attachment = [($file | $f)]" 'attachment[0]' \
			'has no media type that is mailed'
	done
	for f in 'del(.sha256)' '.sha256 = ("0A" * 32)' '.sha256 = "../x"' \
		'.sha256 = ("0a" * 33)' '.sha256 = ""'; do
		wrong ".attachment = [($file | $f)]" 'attachment[0]' \
			'has no SHA-256 of 64 lower-case hex digits'
	done
}
