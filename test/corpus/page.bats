# A page of JVN as it was served, when VC_CORPUS names the folder that has it:
# ours, of the same facts, says the same at the same places.

load ../helper

prepare() {
	[ -n "${VC_CORPUS-}" ] || skip 'VC_CORPUS is not set'
	THEIRS=$VC_CORPUS/jvn-html/nvip-test-jvn-1.html
	READ=$VC_TOP/test/corpus/jvnpage.py
	python3 "$READ" case "$THEIRS" >facts
	sed -n 1p facts >case.json
	sed -n 2p facts >roster.jsonl
}

@test "our page of JVN#11257333 has the sections, labels and values of JVN's" {
	run -0 jq -r '.id, .cvss[].vector, .cve[]' case.json
	assert_output - <<-'EOF'
		JVN#11257333
		CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N
		AV:N/AC:H/Au:N/C:P/I:P/A:N
		CVE-2023-22367
	EOF
	vc-jvn-render -r roster.jsonl case.json >ours.html
	python3 "$READ" sections "$THEIRS" | jq -r '.[] | .[0], .[1][]' >theirs
	python3 "$READ" sections ours.html | jq -r '.[] | .[0], .[1][]' >ours
	assert [ "$(grep -c . theirs)" -gt 90 ]
	# We say more: a way past the head, the label, and the CWE by itself.
	run diff theirs ours
	assert_equal "$(grep '^[<>]' <<<"$output")" $'> 本文へ\n> TLP:CLEAR\n> CWE-295'
}

@test "the feeds of JVN#11257333 stand where JVN's page does" {
	vc-jvn-render -f rss -B https://jvn.jp/ case.json >rss
	run -0 xmllint --xpath 'string(//*[local-name()="item"]/*[local-name()="link"])' rss
	assert_output https://jvn.jp/jp/JVN11257333/
	vc-jvn-render -f rss -L en -B https://jvn.jp/ case.json >rss
	run -0 xmllint --xpath 'string(//*[local-name()="item"]/*[local-name()="link"])' rss
	assert_output https://jvn.jp/en/jp/JVN11257333/
	run -0 jq -r '[.. | .url? // empty | strings] | join("\n")' \
		"$VC_CORPUS/cve/CVE-2023-22367.json"
	assert_line https://jvn.jp/en/jp/JVN11257333/
}
