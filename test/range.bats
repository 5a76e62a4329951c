load helper
load note

# The ranges beside the sentences of versions: in which formats they stand, and
# that both languages have the same ones.

prepare() { cp "$VC_FIXTURE/vc-jvn-render/case.json" .; }

# made: the case with products of every kind, and two answers.
made() {
	jq -c '.product = [
		{name: "A", version: {ja: "1.2.3 より前のバージョン", en: "versions prior to 1.2.3"}},
		{name: {ja: "乙", en: "B"}, range: [{ge: "9.0", lt: "9.4.2-P1"}, {eq: "10 <b>"}]},
		{name: "C", vendor: "丙 Corp.", version: "2.0 以前", range: [{le: "2.0"}]},
		{name: "D", version: {ja: "2.0 以前", en: "prior to 2.0"}},
		{name: "E", version: {ja: "2.0 未満を除く", en: "not prior to 2.0"}},
		{name: "F", version: "すべてのバージョン"}, {name: "G"}]' case.json
	status fujitsu 2024-01-05T00:00:00Z vulnerable_investigating |
		jq -c '.signed.form.product[0] += {affected: {value: "Ver. 3.0 から 3.9 まで"}}'
	status hitachi 2024-01-06T00:00:00Z notvulnerable |
		jq -c '.signed.form.product[0] += {affected: {value: ">= 4.0"}}'
	status nec 2024-01-07T00:00:00Z vulnerable |
		jq -c '.signed.form.product[0] += {affected: {value: "5.0 以降（一部を除く）"}}'
}

# part FROM TO: the lines of `out` between them, without tags.
part() { sed -n "/$1/,/$2/p" out | sed 's/<code[^>]*>/{/g; s/<\/code>/}/g; s/<[^>]*>//g' | grep '[A-Z乙]'; }

@test "a product has its range beside the sentence, the same in both languages" {
	made | page
	assert_equal "$status $stderr" "0 "
	run -0 part '<h2 id="product"' '<\/section'
	assert_output - <<-'EOF'
		A 1.2.3 より前のバージョン {&lt; 1.2.3}
		乙 9.0 以上 9.4.2-P1 未満 または 10 &lt;b&gt; のみ {&gt;= 9.0, &lt; 9.4.2-P1}; {= 10 &lt;b&gt;}
		C 2.0 以前 {&lt;= 2.0}
		D 2.0 以前
		E 2.0 未満を除く
		F すべてのバージョン
		G
	EOF
	grep -o '<code class="range".*</code>' out >ja
	made | page -L en
	run -0 part '<h2 id="product"' '<\/section'
	assert_line 'B 9.0 or later and prior to 9.4.2-P1; 10 &lt;b&gt; only {&gt;= 9.0, &lt; 9.4.2-P1}; {= 10 &lt;b&gt;}'
	assert_line 'A versions prior to 1.2.3 {&lt; 1.2.3}'
	grep -o '<code class="range".*</code>' out | diff ja -
	assert_equal "$(grep -c . ja)" 5
}

@test "an answer has it too, and the words of the vendor stay" {
	made | page
	run -0 grep -F -A1 '<dt>影響を受けるバージョン</dt>' out
	assert_output - <<-'EOF'
		<dt>影響を受けるバージョン</dt>
		<dd>Ver. 3.0 から 3.9 まで <code class="range" translate="no">&gt;= 3.0, &lt;= 3.9</code></dd>
		--
		<dt>影響を受けるバージョン</dt>
		<dd>&gt;= 4.0 <code class="range" translate="no">&gt;= 4.0</code></dd>
		--
		<dt>影響を受けるバージョン</dt>
		<dd>5.0 以降（一部を除く）</dd>
	EOF
	sed -E 's/<(meta|link|br)([^>]*)>/<\1\2\/>/g; 1d' out >tree.xml
	run -0 xmllint --noout tree.xml
	assert_output ""
}

@test "the text has it in brackets" {
	made | page -f text
	run -0 grep -E ' \[[<>=]' out
	assert_output - <<-'EOF'
		- A 1.2.3 より前のバージョン [< 1.2.3]
		- 乙 9.0 以上 9.4.2-P1 未満 または 10 <b> のみ [>= 9.0, < 9.4.2-P1] [= 10 <b>]
		- C 2.0 以前 [<= 2.0]
		  影響を受けるバージョン: Ver. 3.0 から 3.9 まで [>= 3.0, <= 3.9]
		  影響を受けるバージョン: >= 4.0 [>= 4.0]
	EOF
}

@test "VULDEF has its ends by their names" {
	local lang
	for lang in ja en; do
		made | page -f vuldef -L "$lang"
		run -0 grep -E '<VersionNumber( operator|><Range)' out
		assert_output - <<-'EOF'
			<VersionNumber operator="lt">1.2.3</VersionNumber>
			<VersionNumber><RangeBegin operator="ge">9.0</RangeBegin><RangeEnd operator="lt">9.4.2-P1</RangeEnd></VersionNumber>
			<VersionNumber operator="eq">10 &lt;b&gt;</VersionNumber>
			<VersionNumber operator="le">2.0</VersionNumber>
			<VersionNumber><RangeBegin operator="ge">3.0</RangeBegin><RangeEnd operator="le">3.9</RangeEnd></VersionNumber>
			<VersionNumber operator="ge">4.0</VersionNumber>
		EOF
		assert_equal "$(grep -c '<VersionNumber>[^<]' out)" 3
	done
}

@test "a template has all ranges of what is affected in one list, by language" {
	mkdir mine
	cp "$VC_SHARE"/template/* mine 2>/dev/null || true
	echo '{{#range}}{{name}}|{{vendor_name}}|{{#bound}}{{op}} {{version}} {{/bound}}|{{text}}
{{/range}}{{#product}}{{.}};{{/product}}' >mine/note.txt
	made | page -f text -t mine
	assert_equal "$(cat out)" "A||lt 1.2.3 |1.2.3 未満
乙||ge 9.0 lt 9.4.2-P1 |9.0 以上 9.4.2-P1 未満
乙||eq 10 <b> |10 <b>
C|丙 Corp.|le 2.0 |2.0 以前
P of fujitsu|fujitsu|ge 3.0 le 3.9 |3.0 以上 3.9 以前
A 1.2.3 より前のバージョン;乙 9.0 以上 9.4.2-P1 未満 または 10 <b> のみ;C 2.0 以前;D 2.0 以前;E 2.0 未満を除く;F すべてのバージョン;G;"
	made | page -f text -t mine -L en
	run -0 sed -n 2,4p out
	assert_output 'B||ge 9.0 lt 9.4.2-P1 |9.0 or later and prior to 9.4.2-P1
B||eq 10 <b> |10 <b>
C|丙 Corp.|le 2.0 |2.0 or earlier'
}

@test "a draft of a case with a range that is none has no range" {
	local range
	for range in '"x"' '{}' '[]' '[7]' '[{"lt":""}]' '[{"lt":1}]' '[{"lt":"1","eq":"2"}]' \
		'[{"lt":"1\u202e"}]' '[{"ge":"1"},{"no":"2"}]'; do
		jq -c ".product = [{name: \"A\", version: \"1.0 以前\", range: $range}]" case.json | page -d
		assert_equal "$range $status" "$range 0"
		run ! grep -F 'class="range"' out
		assert_equal "$(grep -c '<li>A 1.0 以前</li>' out)" 1
	done
}

@test "a restricted product shows no range" {
	made | jq -c 'if .type == "case" then .restriction = {product: "private"} else empty end' | page
	assert_equal "$status" 0
	run ! grep -F 'class="range"' out
}

@test "the words are data, and a fault in them is told" {
	cp -R "$VC_SHARE" share
	sed -i 's/"{} 未満"/"{} より前"/' share/label/range.json
	made | VC_SHARE=$PWD/share page -f text
	run -0 grep -F '乙 9.0 以上 9.4.2-P1 より前' out
	jq 'del(.say)' "$VC_SHARE/label/range.json" >share/label/range.json
	VC_SHARE=$PWD/share page case.json
	assert_equal "$status $stderr" \
		"78 vc-jvn-render: label/range.json: 'say.eq.ja' is no text with {} in it"
	rm share/label/range.json
	VC_SHARE=$PWD/share page case.json
	assert_equal "$status" 66
}
