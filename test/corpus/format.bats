# The feeds and VULDEF against their official schemas, and a feed of 2023, when
# VC_CORPUS names the folder that has them.

load ../helper
load ../note

prepare() {
	[ -n "${VC_CORPUS-}" ] || skip 'VC_CORPUS is not set'
	SCHEMA=$VC_CORPUS/myjvn-np
	cp "$VC_FIXTURE/vc-jvn-render/case.json" .
	export VC_SITE=https://jvn.example
}

# cases: one with all that there is, one with nothing, and a file of records
# each.
cases() {
	{
		cat case.json
		status fujitsu 2024-01-05T00:00:00Z vulnerable signed https://a.example/
		status hitachi 2024-01-06T00:00:00Z notvulnerable_investigating |
			jq -c '.signed.form.product[0] += {affected: {value: "<1.0"},
				fix: {value: "2.0"}, workaround: {value: "off & on"}}'
		sent nec
	} >rich.jsonl
	jq -c '{type, id, tlp, state, publish_at}' case.json >few.jsonl
	jq -c '.cvss = [{version: "4.0", vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"},
		{version: "3.0", vector: "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}]' \
		case.json >grave.jsonl
}

# valid FORMAT SCHEMA BREAK: in both languages, whatever the case has; and what
# sed breaks is not.
valid() {
	local c lang
	cases
	for c in rich few grave; do
		for lang in ja en; do
			page -f "$1" -L "$lang" "$c.jsonl"
			assert_equal "$c $status $stderr" "$c 0 "
			run -0 xmllint --nonet --noout --schema "$2" out
			assert_output "out validates"
		done
	done
	sed -i "$3" out
	run ! xmllint --nonet --noout --schema "$2" out
}

@test "JVNRSS is valid by its official schema" {
	valid rss "$SCHEMA/schemas/hnd/jvnrss_rdf_3.2.xsd" '/<title>/d'
}

@test "VULDEF is valid by its official schema" {
	valid vuldef "$SCHEMA/WRAPPER-vuldef-3.2.xsd" /VulinfoID/d
}

@test "Atom is valid by its schema, with the names of xml:" {
	local d=$SCHEMA/schemas/hnd
	cat >atom.xsd <<-EOF
		<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:wrap">
		<xs:import namespace="http://www.w3.org/2005/Atom" schemaLocation="$d/atom.xsd"/>
		<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="$d/xml.xsd"/>
		</xs:schema>
	EOF
	valid atom atom.xsd 's/<updated>[^<]*/<updated>today/'
}

@test "the older JVNRSS is read as the feeds of 2023 are" {
	cases
	page -f rss-old rich.jsonl
	run -0 python3 - out "$VC_CORPUS/vuls-jvn-feed/rss-jvndb_2023.rdf" <<-'EOF'
		import sys
		import xml.etree.ElementTree as tree
		RSS = "{http://purl.org/rss/1.0/}"
		# What a reader of those feeds asks for, and what it finds.
		ask = [RSS + "title", RSS + "link", RSS + "description",
		    "{http://jvn.jp/rss/mod_sec/}identifier",
		    "{http://jvn.jp/rss/mod_sec/}references",
		    "{http://jvn.jp/rss/mod_sec/}cvss",
		    "{http://purl.org/dc/elements/1.1/}date",
		    "{http://purl.org/dc/terms/}issued",
		    "{http://purl.org/dc/terms/}modified"]
		for name in sys.argv[1:]:
		    items = tree.parse(name).getroot().findall(RSS + "item")
		    item = max(items, key=len)
		    print(*(len(item.findall(a)) > 0 for a in ask))
		    print(*sorted(item.find(ask[5]).keys()))
	EOF
	assert_equal "$(sort -u <<<"$output" | grep -c .)" 2
	refute_output --partial False
}
