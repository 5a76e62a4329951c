load helper

# Sentences about versions and the ranges that they mean: lib/phrase and
# lib/bounds.

bounds() { "$VC_PROBE/probe-bounds" "$@"; }

# means N <PHRASE|RANGES...: each of the N phrases means that.
means() {
	local n=0 phrase want
	while IFS='|' read -r phrase want; do
		run -0 bounds <<<"$phrase"
		[ "$output" = "$want" ] || fail "$phrase: $output, not $want"
		n=$((n + 1))
	done
	assert_equal "$n" "$1"
}

# nothing N <PHRASE...: none of the N phrases is understood.
nothing() {
	local n=0 phrase
	while IFS= read -r phrase; do
		run -0 bounds <<<"$phrase"
		[ "$output" = - ] || fail "$phrase: $output"
		n=$((n + 1))
	done
	assert_equal "$n" "$1"
}

@test "Japanese phrases mean their ranges: 以前 is with its end, 未満 is not" {
	means 39 <<-'EOF'
		1.0 以上 2.0 未満|[{"ge":"1.0","lt":"2.0"}]
		1.0以上2.0未満|[{"ge":"1.0","lt":"2.0"}]
		バージョン 3.1.1a以上 3.1.1d未満|[{"ge":"3.1.1a","lt":"3.1.1d"}]
		1.0 以上、2.0 未満|[{"ge":"1.0","lt":"2.0"}]
		1.0 以上かつ 2.0 未満|[{"ge":"1.0","lt":"2.0"}]
		1.0 以降で 2.0 より前のバージョン|[{"ge":"1.0","lt":"2.0"}]
		1.0 より後 2.0 以下|[{"gt":"1.0","le":"2.0"}]
		9.0 以上 9.4.2-P1 未満|[{"ge":"9.0","lt":"9.4.2-P1"}]
		1.2.3 より前のバージョン|[{"lt":"1.2.3"}]
		Ver.1.2.3より前のバージョン|[{"lt":"1.2.3"}]
		1.2.3 よりも前のバージョン|[{"lt":"1.2.3"}]
		1.2.3 より前の全バージョン|[{"lt":"1.2.3"}]
		2.0 より古いバージョン|[{"lt":"2.0"}]
		バージョン 2.0 未満|[{"lt":"2.0"}]
		Ver.2.1 以前|[{"le":"2.1"}]
		Ver. 1.004E およびそれ以前|[{"le":"1.004E"}]
		ＶＥＲ．２．１　以前|[{"le":"2.1"}]
		2.0 およびそれ以前|[{"le":"2.0"}]
		2.0 及びそれ以前のバージョン|[{"le":"2.0"}]
		2.0 またはそれ以前|[{"le":"2.0"}]
		v6 R4 およびそれ以前のバージョン|[{"le":"v6 R4"}]
		ファームウェアバージョン 1.05およびそれ以前|[{"le":"1.05"}]
		12.1 SP2 以前|[{"le":"12.1 SP2"}]
		7.0 Update 3a 以前。|[{"le":"7.0 Update 3a"}]
		3.0 以下|[{"le":"3.0"}]
		1.9 まで|[{"le":"1.9"}]
		3.0 以降|[{"ge":"3.0"}]
		Ver. 35M およびそれ以降|[{"ge":"35M"}]
		3.0 より後|[{"gt":"3.0"}]
		3.0 より新しいバージョン|[{"gt":"3.0"}]
		1.0 から 1.9 まで|[{"ge":"1.0","le":"1.9"}]
		1.0 から 1.9 までのバージョン|[{"ge":"1.0","le":"1.9"}]
		2.0-beta9 から 2.12.1 より前のバージョン|[{"ge":"2.0-beta9","lt":"2.12.1"}]
		1.0 ～ 1.9|[{"ge":"1.0","le":"1.9"}]
		バージョン 8.1.2|[{"eq":"8.1.2"}]
		2.0 のみ|[{"eq":"2.0"}]
		1.0、1.1 および 1.2|[{"eq":"1.0"},{"eq":"1.1"},{"eq":"1.2"}]
		1.5.62 未満、2.0 以上 2.0.9 未満|[{"lt":"1.5.62"},{"ge":"2.0","lt":"2.0.9"}]
		1.0 以上 1.4 未満\n2.0 以上 2.3 未満\n3.0 以降|[{"ge":"1.0","lt":"1.4"},{"ge":"2.0","lt":"2.3"},{"ge":"3.0"}]
	EOF
}

@test "English phrases and signs mean the same" {
	means 46 <<-'EOF'
		versions prior to 1.2.3|[{"lt":"1.2.3"}]
		Versions prior to version 1.2.3.|[{"lt":"1.2.3"}]
		All versions prior to 1.2.3|[{"lt":"1.2.3"}]
		before 2.0|[{"lt":"2.0"}]
		earlier than v2.0|[{"lt":"v2.0"}]
		1.2.3 and earlier|[{"le":"1.2.3"}]
		Ver.5.0.2 and earlier|[{"le":"5.0.2"}]
		version 1.2.3 and earlier versions|[{"le":"1.2.3"}]
		1.2.3 or prior|[{"le":"1.2.3"}]
		v6 R4 and earlier|[{"le":"v6 R4"}]
		up to and including 1.9|[{"le":"1.9"}]
		1.2 or later|[{"ge":"1.2"}]
		1.2 and onwards|[{"ge":"1.2"}]
		from 1.2 onwards|[{"ge":"1.2"}]
		later than 1.2|[{"gt":"1.2"}]
		from 1.0 through 1.9|[{"ge":"1.0","le":"1.9"}]
		Versions 1.0 through 1.9|[{"ge":"1.0","le":"1.9"}]
		1.0 to 1.9|[{"ge":"1.0","le":"1.9"}]
		1.0 - 1.9|[{"ge":"1.0","le":"1.9"}]
		1.0–1.9|[{"ge":"1.0","le":"1.9"}]
		from 1.0 before 2.0|[{"ge":"1.0","lt":"2.0"}]
		from version 1.0 prior to version 2.0|[{"ge":"1.0","lt":"2.0"}]
		from (including) 1.0 up to (excluding) 2.0|[{"ge":"1.0","lt":"2.0"}]
		1.0 or later; 2.0|-
		1.0 or later and prior to 2.0|[{"ge":"1.0","lt":"2.0"}]
		1.0 and later but before 2.0|[{"ge":"1.0","lt":"2.0"}]
		1.0 or later and 2.0 or earlier|[{"ge":"1.0","le":"2.0"}]
		>= 1.0, < 2.0|[{"ge":"1.0","lt":"2.0"}]
		>=1.0 <2.0|[{"ge":"1.0","lt":"2.0"}]
		> 1.0, <= 2.0|[{"gt":"1.0","le":"2.0"}]
		≥ 1.0、＜ 2.0|[{"ge":"1.0","lt":"2.0"}]
		<1.0|[{"lt":"1.0"}]
		= 8|[{"eq":"8"}]
		8|[{"eq":"8"}]
		version 2019|[{"eq":"2019"}]
		versions prior to 2022.1.3|[{"lt":"2022.1.3"}]
		9.4.2-P1|[{"eq":"9.4.2-P1"}]
		2.0.0-rc.1|[{"eq":"2.0.0-rc.1"}]
		V200R005C20SPC|-
		V200R005C20SP1|[{"eq":"V200R005C20SP1"}]
		1.0, 1.1, and 1.2|[{"eq":"1.0"},{"eq":"1.1"},{"eq":"1.2"}]
		prior to 1.5, or 2.0 or later|[{"lt":"1.5"},{"ge":"2.0"}]
		< 1.5; >= 2.0, < 2.3|[{"lt":"1.5"},{"ge":"2.0","lt":"2.3"}]
		1.0 to 1.4, 2.0 to 2.3|[{"ge":"1.0","le":"1.4"},{"ge":"2.0","le":"2.3"}]
		8 only; later than 9.0 and prior to 9.4|[{"eq":"8"},{"gt":"9.0","lt":"9.4"}]
		  1.0   or	later |[{"ge":"1.0"}]
	EOF
}

@test "what is not understood as a whole means nothing" {
	nothing 58 <<-'EOF'

		2.0 未満を除く
		2.0 未満は影響を受けません
		2.0 以前（2.0 を含まない）
		Ver.1.4.2より前のバージョン（CVE-2025-0354）
		1.0 系
		1.x
		1.X 以前
		1.0.x before 1.0.5
		1.* 以前
		2.15.0より前の2系のバージョン
		for Windows 5.8 (Build 1575) 未満
		製品A 1.0 以前、製品B 2.0 以前
		Router 1.0 and earlier
		RT57i 1.0 以前
		R8000 以前
		Ver.1 2.0 以前
		2024年1月5日 以前
		2024/01/05 以前
		2024-01-05 以前
		2024.1.5 より前
		before 2019
		20240105 以前
		January 2024
		最新版
		最新版より前のバージョン
		すべてのバージョン
		全バージョン
		all versions
		全バージョン Ver. 2.00 およびそれ以前
		なし
		1.0 から
		1.0 以上 から 2.0 未満
		1.0 から 2.0 以降
		1.0-1.9
		5-7
		2.0+
		^1.2
		~1.2
		!= 1.0
		=> 1.0
		before 2.0 or
		before before 2.0
		prior to 2.0 or later
		not 2.0
		except 2.0
		between 1.0 and 2.0
		9.4 before 9.4.2
		1.0 2.0
		1.0 以上 2.0
		64bit
		1st
		10MB 以下
		2.0 以前 以前
		prior
		以前
		バージョン
		Ver.
	EOF
}

@test "what can be read in two ways means nothing" {
	nothing 18 <<-'EOF'
		1.0, 2.0 未満
		1.0 and 2.0 or earlier
		prior to 1.5 and 2.0
		1.9.5 未満、2.0.3 未満
		prior to 1.9.5 and prior to 2.0.3
		1.0 以上、2.0 以上
		< 2.0, >= 1.0
		2.0 未満、1.0 以上
		before 2.0 and after 1.0
		1.0 以上または 2.0 未満
		1.0 以上\n2.0 未満
		>= 1.0; < 2.0
		1.0 以上 1.5 未満、2.0 未満
		2.0 以上、1.0 以上 1.5 未満
		1.0 から 1.9 および 2.0
		1.0 かつ 2.0
		1.0 以上 2.0 未満 3.0 以上 4.0 未満
		1.0 より後 1.0 以前
	EOF
}

@test "hidden characters, bad octets and long phrases mean nothing" {
	local s
	for s in $'1.0\u202e 以前' $'1.0\u200b以前' $'\u0661.0 以前' $'1.0\x01 以前' \
		$'1.0 \xe4\xbb\xa5\xe5\x89' $'\xff1.0' $'1.0\r以前' '１．０①' "1.0'; --" '<b>1.0</b>'; do
		run -0 bounds <<<"$s"
		[ "$output" = - ] || fail "$s: $output"
	done
	run -0 bounds <<<"$(printf '1%.0s' {1..64}) 以前"
	assert_output "[{\"le\":\"$(printf '1%.0s' {1..64})\"}]"
	run -0 bounds <<<"$(printf '1%.0s' {1..65}) 以前"
	assert_equal "$output" -
	run -0 bash -c 'seq -s, 16 | "$VC_PROBE/probe-bounds" | jq length'
	assert_output 16
	run -0 bash -c 'seq -s, 17 | "$VC_PROBE/probe-bounds"'
	assert_equal "$output" -
	run -0 bash -c 'printf "%2000s1.0 以前\n" "" | "$VC_PROBE/probe-bounds"'
	assert_equal "$output" -
	run -0 bash -c 'yes "1.0 以上" | head -n 200000 | tr -d "\n" | "$VC_PROBE/probe-bounds"'
	assert_equal "$output" -
}

@test "a range is a sentence in both languages" {
	local range ja en
	while IFS='|' read -r range ja en; do
		assert_equal "$(bounds ja <<<"$range")" "$ja"
		assert_equal "$(bounds en <<<"$range")" "$en"
	done <<-'EOF'
		[{"eq":"8"}]|8|8
		[{"ge":"1.0","lt":"2.0"}]|1.0 以上 2.0 未満|1.0 or later and prior to 2.0
		[{"gt":"1.0","le":"2.0"}]|1.0 より後 2.0 以前|later than 1.0 and 2.0 or earlier
		[{"lt":"2.0"}]|2.0 未満|prior to 2.0
		[{"eq":"8"},{"ge":"9"}]|8 のみ または 9 以上|8 only; 9 or later
		[]|-|-
	EOF
}

# ranges N: as many at random, one to four in a line, each of a kind that may
# stand where it does.
ranges() {
	python3 - "$1" <<-'EOF'
		import json, random, sys
		random.seed(20081)
		def version():
		    v = ".".join(str(random.randint(0, 30)) for _ in range(random.randint(1, 4)))
		    return random.choice(["", "", "", "v"]) + v + random.choice(
		        ["", "", "", "-P1", "a", "B", "-beta9", "rc2", " SP1", " R4", "+p3"])
		def one(i, n):
		    a, b = version(), version()
		    while a == b:
		        b = version()
		    low, high = random.choice(["ge", "gt"]), random.choice(["le", "lt"])
		    if i == 0 and random.random() < .3:
		        return {high: b}
		    if i == n - 1 and random.random() < .3:
		        return {low: a}
		    return {"eq": a} if random.random() < .3 else {low: a, high: b}
		for _ in range(int(sys.argv[1])):
		    n = random.choice([1, 1, 1, 2, 3, 4])
		    print(json.dumps([one(i, n) for i in range(n)], separators=(",", ":")))
	EOF
}

@test "4000 ranges are read out of their sentences again, in both languages" {
	local lang
	ranges 4000 >ranges
	assert [ "$(sort -u ranges | wc -l)" -gt 3500 ]
	for lang in ja en; do
		bounds "$lang" <ranges >"$lang"
		bounds <"$lang" >back
		diff ranges back >bad || fail "$lang: $(sed -n '2p;4q' bad)"
	done
	run ! cmp -s ja en
}

@test "a range says the same beside both languages, or nothing" {
	local product want
	while IFS='|' read -r product want; do
		run -0 bounds product <<<"$product"
		[ "$output" = "$want" ] || fail "$product: $output"
	done <<-'EOF'
		{"version":"2.0 未満"}|[{"lt":"2.0"}]
		{"version":{"ja":"2.0 未満"}}|[{"lt":"2.0"}]
		{"version":{"en":"prior to 2.0"}}|[{"lt":"2.0"}]
		{"version":{"ja":"2.0 未満","en":"prior to 2.0"}}|[{"lt":"2.0"}]
		{"version":{"ja":"2.0 以前","en":"prior to 2.0"}}|-
		{"version":{"ja":"2.0 未満","en":"prior to 2.1"}}|-
		{"version":{"ja":"2.0 未満","en":"prior to 2.0, on Windows"}}|-
		{"version":{"ja":"すべて","en":"prior to 2.0"}}|-
		{"version":{"ja":"2.0 以前"},"range":[{"lt":"3.0"}]}|[{"lt":"3.0"}]
		{"version":{"ja":"2.0 以前"},"range":[{"lt":"3.0","eq":"1"}]}|-
		{"version":{"ja":"2.0 以前"},"range":[]}|-
		{"version":{"ja":"2.0 以前"},"range":["x"]}|-
		{"version":{"ja":"2.0 以前"},"range":{"lt":"3.0"}}|-
		{"version":7}|-
		{}|-
		[]|-
	EOF
}

@test "a page gets the ends of a range by name" {
	run -0 bounds view <<<'[{"eq":"8"},{"ge":"9","lt":"10"}]'
	assert_output '[{"one":{"op":"eq","version":"8"},"bound":[{"op":"eq","version":"8"}],"sign":"= 8","text":"8","more":true},{"from":{"op":"ge","version":"9"},"to":{"op":"lt","version":"10"},"bound":[{"op":"ge","version":"9"},{"op":"lt","version":"10"}],"sign":">= 9, < 10","text":"9 以上 10 未満"}]'
	run -0 bounds view <<<'{}'
	assert_output '[]'
}

@test "a fault in the words is told" {
	mkdir -p share/label
	local change why
	while IFS='|' read -r change why; do
		jq "$change" "$VC_TOP/share/label/range.json" >share/label/range.json
		VC_SHARE=$PWD/share run -78 bounds </dev/null
		assert_output "78 label/range.json: $why"
	done <<-'EOF'
		del(.to)|'to' is no list of words
		.to = [1]|a word of 'to' is no string
		.to = [""]|a word of 'to' is no string
		.after.le = "以前"|'after' is no list of words
		.to = [limit(600; repeat("x"))]|more than 512 words
		.say.ge.en = "later"|'say.ge.en' is no text with {} in it
		.say.or.ja = "{}"|'say.or.ja' is no text
		del(.say)|'say.eq.ja' is no text with {} in it
	EOF
	echo '[]' >share/label/range.json
	VC_SHARE=$PWD/share run -78 bounds </dev/null
	assert_output --regexp '^78 label/range.json:-?[0-9]+: this is no JSON object$'
	jq '.after.lt += ["手前"] | .word += ["版"]' "$VC_TOP/share/label/range.json" >share/label/range.json
	VC_SHARE=$PWD/share run -0 bounds <<<'2.0 版手前'
	assert_output '[{"lt":"2.0"}]'
}
