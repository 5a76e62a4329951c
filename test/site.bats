load helper
load note

# A whole site: what stands on it, when it changes, and when it does not.

prepare() {
	export VC_SITE=https://jvn.example
	mkdir www case
	rich >case/a
	other 'JVN#12345678' 2023-01-10T03:00:00Z >case/b
	jq -c '.title = {ja: "別の脆弱性"} | .cwe = ["CWE-79"] |
		.overview = {ja: "別の概要。", en: "Another."}' case/b >case/b.new
	mv case/b.new case/b
}

# other ID PUBLISH_AT [FILTER]: the case under another id.
other() {
	jq -c --arg id "$1" --arg at "$2" ".id = \$id | .publish_at = \$at |
		del(.history) | ${3:-.}" "$VC_FIXTURE/vc-jvn-render/case.json"
}

# site [ARG...]: the site of what is on stdin, or of the files.
site() {
	run_out vc-jvn-render -N "$NOW" -o www -l ledger "$@"
}

# state: each file with its hash and its time.
state() {
	find www -type f -printf '%p %T@ ' -exec sha256sum {} \; | sort
}

@test "each note stands in both languages, as a page, as VULDEF and as CSAF" {
	site case/*
	assert_equal "$status $stderr" "0 "
	local lang note file
	for lang in '' en/; do
	for note in vu/JVNVU90000001 jp/JVN12345678; do
		for file in index.html vuldef.xml vex.json; do
			[ -s "www/$lang$note/$file" ]
		done
	done
	done
	run -0 find www/csaf -name '*.json' -path '*/20*'
	assert_equal "$(jq -r .cveMetadata.cveId www/en/vu/JVNVU90000001/CVE-2024-0002.json)" CVE-2024-0002
	assert_equal "$(sort <<<"$output" | tr '\n' ' ')" "www/csaf/en/2023/jvn_12345678.json www/csaf/en/2024/jvnvu_90000001.json www/csaf/ja/2023/jvn_12345678.json www/csaf/ja/2024/jvnvu_90000001.json "
	run -0 find www -type f ! -perm 0644
	assert_output ''
	run -0 find www -mindepth 1 -type d ! -perm 0755
	assert_output ''
	[ ! -e www/.new ]
}

@test "a page of the site says what the page by itself says" {
	site case/*
	page case/a -B https://jvn.example/
	diff <(sed '/<nav/,/<.nav>/d; /rel="alternate"/d; s,\.\./,,g' www/vu/JVNVU90000001/index.html) out
	rich | page -f vuldef -L en
	cmp out www/en/vu/JVNVU90000001/vuldef.xml
	rich | page -f csaf -L en
	cmp out www/csaf/en/2024/jvnvu_90000001.json
}

@test "every link on the site leads to a file of it" {
	site case/*
	local page link n=0
	while read -r page; do
		while read -r link; do
			n=$((n + 1))
			[ -f "${page%/*}/$link" ] || fail "$page links to $link"
		done < <(grep -oE '(href|src)="[^"#]+"' "$page" | cut -d'"' -f2 |
			grep -vE '^(https?|mailto):')
	done < <(find www -name '*.html')
	[ "$n" -gt 300 ]
}

@test "the lists have the newest first, and each note once" {
	site case/*
	assert_equal "$(grep -oE '(JVN|JVNVU)#[0-9]+' www/index.html | tr '\n' ' ')" \
		"JVNVU#90000001 JVN#12345678 "
	assert_equal "$(grep -c '<dt>' www/report/2023/index.html www/report/2024/index.html \
		www/jp/index.html www/vu/index.html www/cwe/CWE-79/index.html \
		www/cwe/CWE-20/index.html www/status/vulnerable/index.html \
		www/vendor/nec/index.html | cut -d: -f2 | tr '\n' ' ')" "1 1 1 1 1 1 1 1 "
	run -0 grep -o '>20[0-9]*</a> ([0-9]*)' www/report/index.html
	assert_output $'>2024</a> (1)\n>2023</a> (1)'
	run -0 grep -oE '<dd>.*' www/en/vendor/hitachi/index.html
	assert_output '<dd><a href="../../../en/vu/JVNVU90000001/index.html">Sample library fails to check its input</a> <span class="notvulnerable">Not Vulnerable</span> <time datetime="2024-01-06">2024/01/06</time></dd>'
	run -0 grep -c 'lang="ja">別の脆弱性' www/en/index.html
	assert_output 1
}

@test "the order of the input changes no octet" {
	site case/a case/b
	mv www one
	mkdir www
	tac case/b >b && tac case/a >a
	site b a
	assert_equal "$status" 0
	diff -r one www
}

@test "a second run writes nothing" {
	site case/*
	assert_equal "$(wc -l <out)" "$(find www -type f | wc -l)"
	assert_equal "$(wc -l <ledger)" "$(wc -l <out)"
	state >before
	strace -f -e trace=openat,renameat,renameat2,unlinkat,mkdirat,fchmod,syncfs \
		-o calls vc-jvn-render -N 2024-03-02T00:00:00Z -o www -l ledger case/* >out
	assert_equal "$(wc -c <out)" 0
	run ! grep -E 'rename|mkdir|O_CREAT.*O_EXCL|fchmod|syncfs' calls
	state >after
	cmp before after
	rm ledger
	site case/*
	assert_equal "$(wc -l <out)" "$(find www -type f | wc -l)"
	state >after
	cmp before after
}

@test "what changed is written, and nothing else" {
	site case/*
	state >before
	jq -c 'if .type == "case" then .overview.ja = "新しい概要。" else . end' case/a >a
	mv a case/a
	site case/*
	assert_equal "$status" 0
	assert_equal "$(jq -r .path out | grep -c '^\(en/\)\?jp/')" 0
	assert_equal "$(jq -c 'has("note")' out | uniq | tr '\n' ' ')" "true false "
	run -0 jq -r 'select(.note) | .path' out
	assert_output - <<-'EOF'
		vu/JVNVU90000001/index.html
		vu/JVNVU90000001/vuldef.xml
		csaf/ja/2024/jvnvu_90000001.json
		csaf/ja/2024/jvnvu_90000001.json.sha256
		csaf/ja/2024/jvnvu_90000001.json.sha512
		vu/JVNVU90000001/vex.json
		en/vu/JVNVU90000001/index.html
		en/vu/JVNVU90000001/vuldef.xml
		csaf/en/2024/jvnvu_90000001.json
		csaf/en/2024/jvnvu_90000001.json.sha256
		csaf/en/2024/jvnvu_90000001.json.sha512
		en/vu/JVNVU90000001/vex.json
		en/vu/JVNVU90000001/CVE-2024-0001.json
		en/vu/JVNVU90000001/CVE-2024-0002.json
	EOF
	state >after
	assert_equal "$(diff before after | grep '^>' | cut -d' ' -f2 | grep -v /rss/ | tr '\n' ' ')" \
		"www/csaf/ja/2024/jvnvu_90000001.json www/csaf/ja/2024/jvnvu_90000001.json.sha256 www/csaf/ja/2024/jvnvu_90000001.json.sha512 www/vu/JVNVU90000001/index.html www/vu/JVNVU90000001/vuldef.xml "
}

@test "a published record says what is in the file, and the ledger keeps it" {
	site case/*
	jq -r 'select(.path) | .file_sha256 + "  www/" + .path' ledger | sha256sum --quiet -c
	assert_equal "$(jq -r .file_n ledger | sort -n | tail -n 1)" \
		"$(find www -type f -printf '%s\n' | sort -n | tail -n 1)"
	run -0 vc-ledger verify ledger
	run -0 jq -c 'select(.path == "en/vu/JVNVU90000001/index.html") |
		[.note, .language, .published_at]' ledger
	assert_output '["JVNVU#90000001","en","2024-03-01T00:00:00Z"]'
}

@test "a file that was lost or cut off comes again" {
	site case/*
	state | cut -d' ' -f1,3 >before
	rm www/vu/JVNVU90000001/index.html
	: >www/index.html
	site case/*
	assert_equal "$status" 0
	state | cut -d' ' -f1,3 >after
	cmp before after
}

@test "a case stands on the site exactly when it may be published" {
	local tlp state at n=0 id all=()
	for tlp in CLEAR WHITE GREEN AMBER AMBER+STRICT RED ''; do
	for state in draft embargoed public withdrawn; do
	for at in 2004-07-08T00:00:00Z "$NOW" 2024-03-01T00:00:01Z ''; do
		n=$((n + 1))
		id=JVNVU#$((10000000 + n))
		other "$id" "$at" '.state = "'$state'" | .tlp = "'"$tlp"'" |
			if .publish_at == "" then del(.publish_at) else . end |
			if .tlp == "" then del(.tlp) else . end' >>many
		case $tlp,$state,$at in
		CLEAR,public,2004* | CLEAR,public,"$NOW" | WHITE,public,2004* | \
			WHITE,public,"$NOW") all+=("vu/${id/\#/}") ;;
		esac
	done
	done
	done
	assert_equal "$n ${#all[@]}" "112 4"
	site many
	assert_equal "$status" 77
	assert_equal "$(jq -r 'select(.type == "reject") | .code' out | sort | uniq -c | tr -s ' ')" " 108 77"
	run -0 find www/vu -mindepth 1 -type d
	assert_equal "$(sort <<<"$output")" "$(printf 'www/%s\n' "${all[@]}" | sort)"
	assert_equal "$(grep -rhoiE 'JVNVU[#_]?100000[0-9]+' www | tr -d '#_' | tr '[:lower:]' '[:upper:]' | sort -u)" \
		"$(printf '%s\n' "${all[@]#vu/}" | sort)"
}

@test "a note that may not stand there any more leaves the site as it was" {
	site case/*
	state >before
	jq -c 'if .type == "case" then .tlp = "AMBER" else . end' case/a >amber
	local with
	for with in ledger new; do
		run_out vc-jvn-render -N "$NOW" -o www -l $with case/b amber
		assert_equal "$status" 77
		assert_equal "${stderr##*$'\n'}" "vc-jvn-render: the site was left as it was: JVNVU#90000001 may not be published: it is TLP:AMBER, not TLP:CLEAR"
		state >after
		cmp before after
	done
}

@test "who was not reached holds up a note, but not one that stands there" {
	jq -cn '{type: "bounce", id: "JVNVU#90000001/nec/1", case: "JVNVU#90000001",
		vendor: "nec", to: "x@y.example", bounced_at: "2024-01-03T00:00:00Z"}' >late
	cp -a www empty
	site case/a late case/b
	assert_equal "$status" 77
	assert_equal "$stderr" "vc-jvn-render: JVNVU#90000001 may not be published: nec bounced: tell them, or keep a go-ahead that names them"
	[ ! -e www/vu ]
	[ -e www/jp/JVN12345678/index.html ]
	rm -rf www ledger && mv empty www
	site case/*
	site case/a late case/b
	assert_equal "$status $stderr" "0 "
	[ -e www/vu/JVNVU90000001/index.html ]
}

@test "a note whose case is not given leaves the site as it was" {
	site case/*
	state >before
	other 'JVNVU#99999999' 2024-02-02T00:00:00Z >case/c
	site case/b case/c
	assert_equal "$status" 65
	assert_equal "$stderr" "vc-jvn-render: the site was left as it was: JVNVU#90000001 stands on it and its case was not given"
	state >after
	cmp before after
}

@test "a note that is withdrawn says so, and no more" {
	site case/*
	jq -c 'if .type == "case" then .state = "withdrawn" | .tlp = "RED" |
		.updated_at = "2024-02-20T00:00:00Z" else . end' case/a >gone
	site case/b gone
	assert_equal "$status $stderr" "0 "
	run -0 grep -c 'この脆弱性情報は取り下げられました。' www/vu/JVNVU90000001/index.html
	run -0 grep -c 'This note was withdrawn.' www/en/vu/JVNVU90000001/index.html
	run ! grep -rE 'ライブラリにおける|Sample library fails|[Jj][Vv][Nn][Vv][Uu]_?90000001' \
		www --exclude-dir=JVNVU90000001
	run ! grep -rE 'サンプル|Sample' www/vu www/en/vu
	[ ! -e www/csaf/ja/2024/jvnvu_90000001.json ]
	[ ! -e www/vu/JVNVU90000001/vuldef.xml ]
	[ ! -e www/cwe/CWE-20/index.html ]
	run -0 jq -r 'select(.gone) | .path' out
	assert_line csaf/ja/2024/jvnvu_90000001.json
	site case/b gone
	assert_equal "$status $(wc -c <out)" "0 0"
}

@test "a case that was withdrawn before it was public leaves no trace" {
	other 'JVNVU#99999999' 2024-02-02T00:00:00Z '.state = "withdrawn"' >case/c
	site case/*
	assert_equal "$status" 77
	run ! grep -rl 99999999 www
}

@test "what comes too late, or cannot be read, leaves the site as it was" {
	site case/*
	state >before
	local bad
	sed -n 2p case/a >late
	printf '{"type":"case","id":"JVNVU#1"' >torn
	echo '{"type":"status","id":"mail/1/status","verdict":"signed","vendor":"nec"}' >part
	for bad in late torn part; do
		site case/a case/b $bad
		assert_equal "$bad $status" "$bad 65"
		assert_equal "$(sed -n '$p' <<<"$stderr" | cut -c1-43)" \
			"vc-jvn-render: the site was left as it was:"
		state >after
		cmp before after
	done
	site case/a case/b case/a
	assert_equal "$status" 65
}

@test "who was told is read from the ledger" {
	sent toshiba | vc-ledger -l ledger >/dev/null
	site case/*
	assert_equal "$status" 0
	run -0 grep -c 'toshiba</th><td>回答なし' www/vu/JVNVU90000001/index.html
}

@test "the vendor list has who is registered and agreed, and no one else" {
	vendor() {
		jq -cn --arg v "$1" --arg s "$2" --arg c "$3" '{type: "vendor", id: ("vendor/" + $v),
			vendor: $v, name: {ja: ("社" + $v), en: ("Co " + $v)}, state: $s,
			email: ("psirt@" + $v + ".example"), consent: ($c / " " - [""])}'
	}
	{
		vendor aa registered 'name window'
		vendor bb registered name
		vendor cc registered ''
		vendor dd applied 'name window'
		vendor ee suspended name
	} >roster
	chmod 600 roster
	site -r roster case/*
	assert_equal "$status $stderr" "0 "
	run -0 grep -oE '<li>(社|<a href="mailto).*' www/vendor/index.html
	assert_output $'<li>社aa <a href="mailto:psirt@aa.example">psirt@aa.example</a></li>\n<li>社bb</li>'
	run ! grep -rE 'psirt@(bb|cc|dd)|(社|Co )(cc|dd|ee)' www
}

@test "the provider's files name the documents, and their hashes hold" {
	site case/*
	(cd www/csaf/ja/2024 && sha256sum --quiet -c ./*.sha256 && sha512sum --quiet -c ./*.sha512)
	assert_equal "$(cat www/csaf/en/index.txt)" $'2024/jvnvu_90000001.json\n2023/jvn_12345678.json'
	assert_equal "$(cat www/csaf/en/changes.csv)" $'"2024/jvnvu_90000001.json","2024-02-01T00:00:00Z"\n"2023/jvn_12345678.json","2023-01-10T03:00:00Z"'
	run -0 jq -r '.feed.entry[].content.src' www/csaf/en/feed.json
	assert_output $'https://jvn.example/csaf/en/2024/jvnvu_90000001.json\nhttps://jvn.example/csaf/en/2023/jvn_12345678.json'
	run -0 jq -r '.distributions[].directory_url' www/.well-known/csaf/provider-metadata.json
	assert_output $'https://jvn.example/csaf/ja/\nhttps://jvn.example/csaf/en/'
	assert_equal "$(jq -r '.document.references[0].url' www/csaf/en/2024/*.json)" \
		https://jvn.example/csaf/en/2024/jvnvu_90000001.json
}

@test "the feeds have the notes that changed last, at most 15" {
	local i
	for ((i = 10; i < 31; i++)); do
		other "JVNVU#910000$i" "2024-01-${i}T00:00:00Z" >>many
	done
	site case/a many
	assert_equal "$status" 0
	local feed
	for feed in rss/jvn.rdf rss/jvn-old.rdf; do
		assert_equal "$(grep -c '<item ' www/$feed)" 15
	done
	assert_equal "$(grep -c '<entry>' www/en/rss/atom.xml)" 15
	assert_equal "$(grep -oE 'JVNVU#[0-9]+' www/rss/atom.xml | head -n 3 | tr '\n' ' ')" \
		"JVNVU#90000001 JVNVU#91000030 JVNVU#91000029 "
	xmllint --noout www/rss/* www/en/rss/* www/sitemap.xml
}

@test "security.txt stands there when its words are there" {
	site case/*
	[ ! -e www/.well-known/security.txt ]
	cp -R "$VC_TOP/share" share
	jq '.security = {contact: ["mailto:vuls@jvn.example"], expires_at: "2024-12-31T00:00:00Z"}' \
		"$VC_TOP/share/label/page.json" >share/label/page.json
	VC_SHARE=$PWD/share site case/*
	assert_equal "$status" 0
	run -0 cat www/.well-known/security.txt
	assert_output - <<-'EOF'
		Contact: mailto:vuls@jvn.example
		Expires: 2024-12-31T00:00:00Z
		Preferred-Languages: ja, en
		Canonical: https://jvn.example/.well-known/security.txt
		CSAF: https://jvn.example/.well-known/csaf/provider-metadata.json
	EOF
}

@test "a centre that is no CNA has no CVE records on its site" {
	cp -R "$VC_TOP/share" share
	jq 'del(.cna)' "$VC_TOP/share/label/page.json" >share/label/page.json
	VC_SHARE=$PWD/share site case/*
	assert_equal "$status $stderr" "0 "
	assert_equal "$(find www -name 'CVE-*' | wc -l)" 0
	[ -s www/en/vu/JVNVU90000001/vex.json ]
}

@test "files of others stay, and no link leads out of the folder" {
	mkdir elsewhere
	echo mine >www/about.html
	ln -s ../elsewhere www/vu
	site case/*
	assert_equal "$status" 73
	assert_equal "$(find elsewhere -type f | wc -l)" 0
	rm www/vu
	ln -s "$PWD/elsewhere/x" www/index.html
	site case/*
	assert_equal "$status" 0
	[ ! -e elsewhere/x ]
	[ ! -L www/index.html ]
	assert_equal "$(cat www/about.html)" mine
}

@test "a wrong call, a folder that is missing, and a second run are told" {
	site -f html case/a
	assert_equal "$status $stderr" "64 vc-jvn-render: a site has every language and format and no draft: leave out -L, -f and -d; see vc-jvn-render -h"
	site -d case/a
	assert_equal "$status" 64
	VC_SITE='' run_out vc-jvn-render -o www case/a
	assert_equal "$status" 64
	run_out vc-jvn-render -o www case/a
	assert_equal "$status $stderr" "64 vc-jvn-render: the ledger says what stands on a site: give it by -l or VC_LEDGER"
	run_out vc-jvn-render -o nowhere -l ledger case/a
	assert_equal "$status $stderr" "73 vc-jvn-render: cannot open 'nowhere': No such file or directory"
	chmod 777 www
	site case/a
	assert_equal "$status" 78
	chmod 755 www
	exec 9<www
	flock -x 9
	site case/a
	assert_equal "$status $stderr" "75 vc-jvn-render: 'www' is being written by another run: try again"
	flock -u 9
	site case/a
	assert_equal "$status" 0
}

@test "a run that is killed leaves whole files, and the next one does the rest" {
	local n i=0 file
	jq -c 'if .type == "case" then .overview.ja = "新しい概要。" else . end' case/a >new
	site case/*
	cp -a www old
	cp ledger kept
	site new case/b
	cp -a www want
	for n in renameat:1 renameat:2 renameat:5 renameat:9 syncfs:1 syncfs:2 openat:60 openat:90; do
		rm -rf www && cp -a old www && cp kept ledger
		strace -f -o /dev/null -e trace="${n%:*}" \
			-e inject="${n%:*}:signal=KILL:when=${n#*:}" \
			vc-jvn-render -N "$NOW" -o www -l ledger new case/b >out 2>err || true
		while read -r file; do
			cmp -s "www/$file" "old/$file" || cmp -s "www/$file" "want/$file" ||
				fail "$n: $file is neither old nor new"
		done < <(cd want && find . -type f)
		site new case/b
		assert_equal "$n $status" "$n 0"
		[ ! -e www/.new ]
		diff -r want www
		i=$((i + 1))
	done
	assert_equal "$i" 8
}

@test "the Japanese and the English page say the same of vendors and days" {
	site case/*
	# facts FILE: what is no word of a language, in its order.
	facts() {
		grep -oE '<(tr|dd|dt|li|span|section|h[23]|td|th|dl|ol|ul|table)[ >]|class="(un|not|vul|silent)[a-z_]*"|datetime="[^"]*"|href="[^."][^"]*"|CVE-[0-9-]+|<code[^<]*<|>[0-9.]+<' "$1" |
			grep -v 'hreflang'
	}
	local note
	for note in vu/JVNVU90000001 jp/JVN12345678; do
		facts "www/$note/index.html" >ja
		facts "www/en/$note/index.html" >en
		[ "$(wc -l <ja)" -gt 100 ]
		diff ja en
	done
	assert_equal "$(grep -c 'class="vulnerable"\|class="notvulnerable"\|class="unknown"\|class="silent"' \
		www/vu/JVNVU90000001/index.html)" 6
	jq -cS '[.vulnerabilities[].product_status | map_values(length)]' www/csaf/ja/2024/*_90000001.json >ja
	jq -cS '[.vulnerabilities[].product_status | map_values(length)]' www/csaf/en/2024/*_90000001.json >en
	diff ja en
}

@test "hostile words stand on no page, list or feed of the site as they are" {
	local x n=0
	for x in harmless "${HOSTILE[@]}"; do
		[[ $x != *[$'\t\u0001']* ]] || continue
		rm -rf www ledger && mkdir www
		fill "$x" | free_fields | site
		assert_equal "$x: $status $stderr" "$x: 0 "
		find www -name '*.html' ! -path '*/product/*/*' | sort |
			xargs cat | grep -oE '<[!/a-zA-Z][^<>]*>' |
			sed -E 's,"[^"]*","",g' | sort | uniq -c >tags
		[ "$n" != 0 ] || mv tags plain
		[ "$n" = 0 ] || diff plain tags >&2 || fail "$x changes a tag"
		find www -name '*.json' -exec jq -e . {} + >/dev/null
		find www \( -name '*.xml' -o -name '*.rdf' \) -exec xmllint --noout {} +
		n=$((n + 1))
	done
	[ "$n" -gt 15 ]
}
