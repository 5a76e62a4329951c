load ../helper
load ../note

# Some hundred hostile strings, each in every field of every format.

prepare() {
	export VC_SITE=https://jvn.example
	FORMATS='html text rss rss-old atom vuldef csaf cve vex'
}

# one_cve: a case that may leave, with an id.
one_cve() {
	free_fields | jq -c 'if .type == "case" then .cve = ["CVE-2024-0001"] else . end'
}

# strings: a JSON array of them: what ends a place, around what begins one.
strings() {
	python3 - <<-'EOF'
		import json
		around = ["%s", "\"%s", "'%s", ">%s<", "\">%s<\"", "]]>%s<![CDATA[", "-->%s<!--",
		    "</title>%s<title>", "</script>%s", "</style>%s", "\\%s", "&quot;%s",
		    "\u3000%s", "\u202e%s\u202c", "\ufeff%s", "\u0000%s".replace("\u0000", "\u0001"),
		    "\r%s", "{{%s}}", "{{{%s}}}", "https://a.example/<%s"]
		what = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>", "</b>",
		    "<!DOCTYPE x>", "<?xml version=\"1.0\"?>", "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
		    "&x;", "&#0;", "&#x3c;b&#x3e;", "onclick=alert(1) x=", "style=display:none",
		    "javascript:alert(1)", "data:text/html,<b>", "$(id)", "`id`", "%s%n%x", "../../etc",
		    "{{>page.html}}", "{{#label}}{{.}}{{/label}}", "\u001b[31m", "\u200b\u2066",
		    "\uffff\ufffe", "xmlns:sec=\"x\"", "<sec:cvss/>", "\u65e5\u672c<\u8a9e>"]
		print(json.dumps([a.replace("%s", w, 1) for a in around for w in what]))
	EOF
}

# judge PREFIX: does each file of a format have the shape of its first one?
judge() {
	python3 - "$1" <<-'EOF'
		import glob, json, os, re, sys
		import xml.etree.ElementTree as tree
		from html.parser import HTMLParser
		class Tags(HTMLParser):
		    def __init__(self):
		        super().__init__()
		        self.tags = []
		    def handle_starttag(self, tag, attrs):
		        self.tags.append((tag, *(a for a, _ in attrs)))
		    def handle_endtag(self, tag):
		        self.tags.append(("/" + tag,))
		    def handle_comment(self, data):
		        self.tags.append(("!",))
		    handle_decl = handle_comment
		    handle_pi = handle_comment
		def paths(v, at=""):
		    if isinstance(v, dict):
		        return [p for k in v for p in paths(v[k], f"{at}.{k}")]
		    if isinstance(v, list):
		        return [p for k, e in enumerate(v) for p in paths(e, f"{at}[{k}]")]
		    return [at]
		def shape(name, text):
		    if name.endswith(".html"):
		        t = Tags()
		        t.feed(text)
		        return t.tags
		    if name.endswith(".text"):
		        return text.count("\n")
		    if name.endswith((".csaf", ".cve", ".vex")):
		        return paths(json.loads(text))
		    return [(e.tag, len(e), *sorted(e.keys())) for e in tree.fromstring(text).iter()]
		first, n, bad = {}, 0, 0
		for name in sorted(glob.glob(sys.argv[1] + "*.*"),
		        key=lambda f: int(os.path.basename(f).split(".")[0])):
		    text = open(name, encoding="utf-8", newline="").read()
		    kind = name.rsplit(".", 1)[1]
		    s = shape(name, text)
		    n += 1
		    hidden = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066\ufeff]", text) or (
		        kind not in ("text", "csaf", "cve", "vex") and re.search("[\ufffe\uffff]", text))
		    if first.setdefault(kind, s) != s or hidden:
		        bad += 1
		        print(name, "hidden" if hidden else "shape")
		print(n, bad)
	EOF
}

@test "520 hostile strings change no format" {
	strings >strings.json
	assert_equal "$(jq 'unique | length' strings.json)" 520
	mkdir out.d
	local i=0 f s in
	in=$(fill @@@ | one_cve)
	while IFS= read -r s; do
		printf '%s\n' "${in//@@@/"$s"}" >in
		for f in $FORMATS; do
			vc-jvn-render -N "$NOW" -f "$f" in >"out.d/$i.$f" ||
				fail "$f: $s"
		done
		i=$((i + 1))
	done < <(jq -r '["x"] + . | .[] | tojson[1:-1]' strings.json)
	run -0 judge out.d/
	assert_output "$((521 * 9)) 0"
}

@test "the judge sees a tag, an attribute and a hidden character too many" {
	mkdir a
	local f
	for f in $FORMATS; do
		fill x | one_cve | vc-jvn-render -N "$NOW" -f "$f" >"a/0.$f"
		sed $'0,/"x"/s//"x\u202e"/; 0,/>x</s//>x\u202e</; 0,/^x$/s//x\u202e/' "a/0.$f" >"a/1.$f"
	done
	sed '0,/>x</s//><b><\/b>x</' a/0.html >a/2.html
	sed '0,/<title>/s//<title x="y">/' a/0.rss >a/2.rss
	sed '0,/<Title>/s//<Title\/><Title>/' a/0.vuldef >a/2.vuldef
	jq '.document.x = "x"' a/0.csaf >a/2.csaf
	jq '.containers.x = "x"' a/0.cve >a/2.cve
	jq '.statements[0].x = "x"' a/0.vex >a/2.vex
	run -0 judge a/
	assert_equal "$(grep -c 'a/1.* hidden' <<<"$output")" 9
	assert_equal "$(grep -c 'a/2.* shape' <<<"$output")" 6
	assert_line "24 15"
}
