load helper

# render CONTEXT [KIND]: the template t.txt of this folder; error or octets.
render() {
	status=0
	printf '%s' "$1" | "$VC_PROBE/probe-template" -e "${2:-text}" . t.txt \
		>out 2>err || status=$?
	stderr=$(cat err)
}

# gives TEMPLATE CONTEXT RESULT, each as printf wants it.
gives() {
	# shellcheck disable=SC2059
	printf "$1" >t.txt
	render "$2" "${4:-text}"
	assert_equal "$stderr" ""
	assert_equal "$status" 0
	# shellcheck disable=SC2059
	printf "$3" >expected
	cmp expected out || fail "$1: $(cat out)"
}

# wrong TEMPLATE REASON [CONTEXT]
wrong() {
	# shellcheck disable=SC2059
	printf "$1" >t.txt
	render "${3:-{\}}"
	assert_equal "$stderr" "$2"
	assert_equal "$status" 78
	assert [ ! -s out ]
}

@test "text without tags stays as it is" {
	gives 'a {b} }}\n{ {c}\r\nd' '{}' 'a {b} }}\n{ {c}\r\nd'
	gives '' '{}' ''
}

@test "variables are put in, absent ones are empty" {
	gives '[{{a}}|{{ b }}|{{c}}|{{n}}]' '{"a":"x","b":"y","n":12}' '[x|y||12]'
	gives '{{a.b.c}}{{a.x.c}}' '{"a":{"b":{"c":"1"}}}' '1'
	gives '{{o}}{{l}}{{f}}' '{"o":{"a":"b"},"l":["x"],"f":false}' ''
}

@test "html and xml escape five characters and show what is hidden" {
	local c='{"a":"<&>\"'"'"' \u202e\u200b\u0001\u009b\t\ufffe"}'
	local e='&lt;&amp;&gt;&quot;&#39; [U+202E][U+200B]??\t\xef\xbf\xbd'
	gives '{{a}}' "$c" "$e" html
	gives '{{a}}' "$c" "$e" xml
}

@test "text shows what is hidden and keeps the rest" {
	gives '{{a}}' '{"a":"<&>\"\u202e\u001b[1m\nz"}' '<&>"[U+202E]?[1m\nz'
}

@test "triple braces and the ampersand do not escape" {
	gives '{{{a}}} {{&a}} {{& a }}' '{"a":"<b>"}' '<b> <b> <b>' html
}

@test "sections repeat, enter, or vanish" {
	gives '{{#l}}<{{n}}>{{/l}}' '{"l":[{"n":"1"},{"n":"2"}]}' '<1><2>'
	gives '{{#l}}({{.}}){{/l}}' '{"l":["a",1,true]}' '(a)(1)(true)'
	gives '{{#l}}[{{#.}}{{.}}{{/.}}]{{/l}}' '{"l":[["a","b"],["c"]]}' '[ab][c]'
	gives '{{#o}}{{x}}{{y}}{{/o}}' '{"o":{"x":"1"},"y":"2"}' '12'
	gives '{{#a.b}}yes{{/a.b}}' '{"a":{"b":true}}' 'yes'
	gives '{{#a}}{{b.c}}{{/a}}' '{"a":{"b":{}},"b":{"c":"outer"}}' ''
	local v
	for v in false null '""' '[]'; do
		gives '[{{#v}}x{{/v}}{{^v}}no{{/v}}]' "{\"v\":$v}" '[no]'
	done
	for v in true 0 '"s"' '{}' '[0]'; do
		gives '[{{#v}}x{{/v}}{{^v}}no{{/v}}]' "{\"v\":$v}" '[x]'
	done
	gives '{{^none}}no{{/none}}' '{}' 'no'
	gives '{{#a}}1{{#a}}2{{/a}}3{{/a}}' '{"a":true}' '123'
}

@test "comments vanish, also over several lines" {
	gives 'a{{! b }}c{{!\nd\n}}e\n' '{}' 'ace\n'
}

@test "a tag alone on its line takes the line with it" {
	gives 'a\n  {{#t}}  \nb\n{{/t}}\nc\n' '{"t":true}' 'a\nb\nc\n'
	gives 'a\r\n{{#t}}\r\nb\r\n{{/t}}\r\nc' '{"t":true}' 'a\r\nb\r\nc'
	gives '{{! x }}\na\n  {{! y\n }}\n' '{}' 'a\n'
	gives ' {{#t}}\nb\n {{/t}}' '{"t":true}' 'b\n'
	gives 'a {{#t}}\nb{{/t}}\n' '{"t":true}' 'a \nb\n'
	gives '  {{v}}\n' '{"v":"x"}' '  x\n'
	gives '{{#t}}{{/t}}\nb\n' '{"t":true}' '\nb\n'
}

@test "a partial is a file of the same folder, indented as its tag is" {
	printf 'x {{n}}\n{{#l}}\ny\n{{/l}}\n\nz' >p.txt
	gives 'a\n  {{>p.txt}}\nb\n' '{"n":"1\n2","l":[1]}' \
		'a\n  x 1\n2\n  y\n\n  zb\n'
	gives '[{{> p.txt }}]' '{"n":"1"}' '[x 1\n\nz]'
	mkdir sub
	printf '{{>q.txt}}' >sub/t.txt
	printf 'in sub' >sub/q.txt
	run -0 "$VC_PROBE/probe-template" . sub/t.txt <<<'{}'
	assert_output "in sub"
}

@test "a partial may hold itself, to the end of the data" {
	printf '{{n}}{{#c}}({{>p.txt}}){{/c}}' >p.txt
	gives '{{>p.txt}}' '{"n":"a","c":[{"n":"b","c":[]},{"n":"d","c":[]}]}' \
		'a(b)(d)'
}

@test "a fault is told with its file and its line" {
	wrong 'a\n{{#x}}\n{{#y}}{{/y}}\n' "t.txt:2: section 'x' is not closed"
	wrong 'a\n{{#x}}\n\n{{/y}}' "t.txt:4: section 'x' is closed by 'y'"
	wrong '\n\n{{/y}}' "t.txt:3: 'y' closes no section"
	wrong 'a\nb {{x\n' 't.txt:2: a tag is not closed'
	wrong '{{{x}}' 't.txt:1: a tag is not closed'
	wrong '\n{{}}' 't.txt:2: a tag holds no good name'
	wrong '{{a b}}' 't.txt:1: a tag holds no good name'
	wrong '{{a..b}}' 't.txt:1: a tag holds no good name'
	wrong '{{#.a}}{{/.a}}' 't.txt:1: a tag holds no good name'
	wrong '{{>../p.txt}}' 't.txt:1: a tag holds no good name'
	wrong '{{>/etc/passwd}}' 't.txt:1: a tag holds no good name'
	wrong '{{>.}}' 't.txt:1: a tag holds no good name'
	wrong '{{=<%% %%>=}}' "t.txt:1: '{{=' is unknown: tags are {{ and }} always"
	printf 'fine\n{{/q}}' >p.txt
	wrong 'a\n{{>p.txt}}' "p.txt:2: 'q' closes no section"
	printf '\xff' >p.txt
	wrong '\n{{>p.txt}}' "t.txt:2: template 'p.txt' is not UTF-8"
}

@test "a template or partial that is missing is told" {
	printf 'a\n {{>none.txt}}\n' >t.txt
	render '{}'
	assert_equal "$status" 66
	assert_equal "$stderr" \
		"t.txt:2: cannot open './none.txt': No such file or directory"
	run -66 --separate-stderr "$VC_PROBE/probe-template" . u.txt <<<'{}'
	assert_equal "$stderr" "cannot open './u.txt': No such file or directory"
}

@test "depth, size and number have limits" {
	local i open='' close=''
	for i in {1..33}; do
		open+='{{#a}}'
		close+='{{/a}}'
	done
	wrong "$open$close" 't.txt:1: sections are nested too deeply'
	printf '{{>p.txt}}' >p.txt
	wrong '{{>p.txt}}' 'p.txt: sections and partials are nested deeper than 32'
	for i in {1..32}; do : >"p$i"; printf '{{>p%d}}' "$i"; done >list
	wrong "$(cat list)" 't.txt:1: there are more than 31 partials'
	local big
	big=$(head -c 100000 /dev/zero | tr '\0' x)
	jq -cn --arg b "$big" '{l:[range(200)],b:$b}' >context
	printf '{{#l}}{{b}}{{/l}}' >t.txt
	status=0
	"$VC_PROBE/probe-template" . t.txt <context >out 2>err || status=$?
	assert_equal "$status" 78
	assert [ ! -s out ]
	assert_equal "$(cat err)" \
		't.txt:1: the result is longer than 16777216 octets'
	head -c 262145 /dev/zero | tr '\0' x >t.txt
	run -66 --separate-stderr "$VC_PROBE/probe-template" . t.txt <<<'{}'
	assert_equal "$stderr" "'./t.txt': longer than 262144 octets"
}

@test "the shipped templates are whole" {
	local t
	for t in page.html ja/update.txt en/update.txt; do
		run -0 "$VC_PROBE/probe-template" '' "$t" <<<'{}'
	done
}
