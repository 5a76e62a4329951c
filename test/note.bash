# shellcheck shell=bash
# What the tests of pages and of their other formats share: a case, answers,
# who was told, and hostile strings.

FPR=1111111111111111111111111111111111111111
NOW=2024-03-01T00:00:00Z # the case is public

# page at the end of a pipe sets what run_out sets.
shopt -s lastpipe

# page [ARG...]: the page of what is on stdin into `out`.
page() {
	run_out vc-jvn-render -N "$NOW" "$@"
}

# status VENDOR SIGNED_AT TOKEN [VERDICT [URL]]: an answer for the case.
status() {
	jq -cn --arg v "$1" --arg at "$2" --arg s "$3" --arg d "${4:-signed}" \
		--arg u "${5:-}" --arg f "$FPR" '
		{type:"status", id:("mail/"+($v+$at+$s|explode|map(tostring)|join("")|.[-32:])+"/status"),
		verdict:$d, why:"test", vendor:$v, primary_fpr:$f, signed_at:$at,
		case:"JVNVU#90000001",
		signed:{form:{form:"status",case:{value:"JVNVU#90000001"},
		vendor:{value:$v},product:[{name:{value:("P of "+$v)},
		status:{value:$s}} + if $u == "" then {} else {url:{value:$u}} end
		]}}}'
}

sent() {
	jq -cn --arg v "$1" '{type:"sent",id:("JVNVU#90000001/"+$v+"/1"),
		case:"JVNVU#90000001",vendor:$v,to:"x@y.example",
		message_id:"<a@b.example>",mail_sha256:("0"*64),via:"maildir",
		sent_at:"2024-01-02T00:00:00Z"}'
}

# rich: the case, three answers, and one who was told and is silent.
rich() {
	cat "$VC_FIXTURE/vc-jvn-render/case.json"
	status fujitsu 2024-01-05T00:00:00Z vulnerable signed https://fujitsu.example/a
	status hitachi 2024-01-06T00:00:00Z notvulnerable |
		jq -c '.signed.form.product[0] += {affected: {value: "1.0 以上 2.0 未満"},
			fix: {value: "2.0"}, workaround: {value: "off"}}'
	status furukawa 2024-01-07T00:00:00Z unknown | jq -c '.signed.form.product = []'
	sent nec
}

# fill STRING: the case and an answer with STRING in every text field.
fill() {
	jq -c --arg x "$1" '
		def all: map_values($x);
		(.title, .overview, .description, .impact, .solution, .addendum,
			.comment, .credit) |= all |
		.product = [{name:$x,version:{ja:$x}},{name:{ja:$x,en:$x}}] |
		.cve = [$x] | .cwe = [$x] | .keyword = [$x] |
		.cvss = [{version:"3.1",vector:$x,score:$x}] |
		.reference = [{url:$x,title:$x},{vendor:$x,url:$x,title:$x}] |
		.related = [{kind:"jvndb",id:$x,url:$x},{kind:$x,id:$x,url:$x}] |
		.history |= map(.text |= all)' "$VC_FIXTURE/vc-jvn-render/case.json"
	status nec 2024-01-05T00:00:00Z vulnerable | jq -c --arg x "$1" '
		.signed.form.product = [{name:{value:$x},status:{value:$x},
		affected:{value:$x},fixed:{value:$x},workaround:{value:$x},
		fix:{value:$x},url:{value:$x}}] |
		.signed.form.statement = {value:$x}'
}

# free_fields: a case that may leave; what is checked for its form is not in it.
free_fields() {
	jq -c 'if .type == "case" then
		del(.cvss, .cve, .cwe, .related, .keyword) | .reference =
			[{url: "https://a.example/?a=1&b=2", title: .title.ja}]
		else . end'
}

# shellcheck disable=SC2016,SC2034
HOSTILE=(
	'<script>alert(1)</script>' '"><img src=x onerror=alert(1)>'
	"' onmouseover='alert(1)" '</title></head><body>' '<!--' ']]>'
	'{{title}}{{{title}}}{{#x}}' '&lt;b&gt; &amp; &#60;' '`$(id)`'
	'javascript:alert(1)' 'JaVaScRiPt:alert(1)' 'data:text/html,x'
	' https://a.example/' 'https://a.example/"onclick="x'
	$'https://a.example/\u202e' 'https://' 'mailto:' '//a.example/'
	$'\u202e\u200b\ufeff\u2066x' $'\u0001\u001b[31m\u009b\u007f'
	'日本語 <b>' $'\t' $'\uffff\ufffe'
)
