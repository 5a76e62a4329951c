load ../helper
load ../note
load postfix
load peer

# Pages in the eyes of a validator, a browser and a judge of accessibility.

VNU=$VC_TOP/build/world/node_modules/vnu-jar/build/dist/vnu.jar
AXE=$VC_TOP/build/world/node_modules/axe-core/axe.min.js
PAGES="ja en draft few silent"
SITE_PAGES="top top-en years vendors vendor note gone"

# status VENDOR TOKEN [URL]: an answer with a statement and versions.
status() {
	jq -cn --arg v "$1" --arg s "$2" --arg u "${3:-}" '{type: "status",
		id: "mail/\($v | explode | map(tostring) | ("0" * 32 + join(""))[-32:])/status",
		verdict: "signed", why: "test", vendor: $v, primary_fpr: ("1" * 40),
		signed_at: "2024-01-09T00:00:00Z", case: "JVNVU#90000001",
		signed: {form: {form: "status", case: {value: "JVNVU#90000001"},
			vendor: {value: $v},
			statement: {value: "弊社では <script>alert(1)</script> を確認しました。\n\n更新をお願いします。"},
			product: [{name: {value: "\($v) & 製品"}, status: {value: $s},
				affected: {value: "1.0 から 1.9"}, fixed: {value: "2.0"}}
				+ if $u == "" then {} else {url: {value: $u}} end]}}}'
}
# pages DIR: every kind of page there is.
pages() {
	local case=$VC_FIXTURE/vc-jvn-render/case.json v
	cp "$VC_TOP/share/template/vc.css" "$1"
	{
		cat "$case"
		for v in hitachi fujitsu nec yamaha a-vendor-with-a-rather-long-name; do
			sent "$v"
		done
		status hitachi vulnerable \
			https://www.hitachi.example/products/soft/security/info/vuls/HCVU000000001/index.html
		status fujitsu notvulnerable
		status nec investigating
	} >rich.jsonl
	vc-jvn-render -N "$NOW" rich.jsonl >"$1/ja.html"
	vc-jvn-render -N "$NOW" -L en rich.jsonl >"$1/en.html"
	jq -c 'if .type == "case" then .state = "draft" | .tlp = "AMBER" else . end' \
		rich.jsonl | vc-jvn-render -N "$NOW" --draft >"$1/draft.html"
	jq -c '{type, id, tlp, state, publish_at, title: {ja: .title.ja}}' "$case" |
		vc-jvn-render -N "$NOW" -L en >"$1/few.html"
	{
		cat "$case"
		sent hitachi
	} | vc-jvn-render -N "$NOW" >"$1/silent.html"
	site_pages "$1"
}

# site_pages DIR: pages of a site, moved beside its style sheet.
site_pages() {
	mkdir www
	jq -c '.id = "JVN#12345678"' "$VC_FIXTURE/vc-jvn-render/case.json" >one.jsonl
	vc-jvn-render -N "$NOW" -B https://jvn.example/ -o www -l ledger \
		rich.jsonl one.jsonl >/dev/null
	local name path
	while read -r name path; do
		sed -E 's,"(\.\./)+,"./,' "www/$path" >"$1/$name.html"
	done <<-'EOF'
		top index.html
		top-en en/index.html
		years report/index.html
		vendors en/vendor/index.html
		vendor vendor/hitachi/index.html
		note jp/JVN12345678/index.html
	EOF
	jq -c '.state = "withdrawn"' one.jsonl >gone.jsonl
	vc-jvn-render -N "$NOW" -B https://jvn.example/ -o www -l ledger \
		rich.jsonl gone.jsonl >/dev/null
	sed -E 's,"(\.\./)+,"./,' www/jp/JVN12345678/index.html >"$1/gone.html"
}

setup_file() {
	hermetic
	cd "$BATS_FILE_TMPDIR" || return 1
	mkdir site
	pages site || return 1
	cp "$AXE" site/axe.js || {
		echo "no axe-core: make deps-world" >&2
		return 1
	}
	PORT=$(free_port)
	export PORT SITE=$PWD/site
	python3 -m http.server --bind 127.0.0.1 -d site "$PORT" >/dev/null 2>&1 3>&- &
	echo $! >server
	local i
	for ((i = 0; i < 100; i++)); do
		python3 -c "import socket; socket.create_connection(('127.0.0.1', $PORT))" \
			2>/dev/null && return 0
		sleep 0.1
	done
	return 1
}

teardown_file() {
	[ ! -s "$BATS_FILE_TMPDIR/server" ] || kill "$(cat "$BATS_FILE_TMPDIR/server")"
}

# vnu FILE...: what the validator has to say. It takes each file for a site of
# its own, and so the style sheet beside it for that of another: Chromium is
# asked about that below.
vnu() {
	java -Xss8m -jar "$VNU" --format json --stdout "$@" |
		jq -r '.messages[] | "\(.url | sub(".*/"; "")): \(.type): \(.message)"' |
		grep -v 'external stylesheet ..*vc.css. blocked by .style-src. directive'
}

# browse PAGE OPTION...: let Chromium open it. console has what it complains
# of; stdout what the option asks for.
browse() {
	local page=$1
	shift
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars \
		--no-first-run --disable-extensions --disable-background-networking \
		--user-data-dir="$BATS_TEST_TMPDIR/chromium" --enable-logging=stderr \
		--v=0 "$@" \
		"http://127.0.0.1:$PORT/$page" 2>browse.err 3>&-
	grep -a ':CONSOLE' browse.err >console || true
}

# picture NAME WIDTH HEIGHT: it is a PNG of that size, and not of one colour.
picture() {
	assert_equal "$(file -b "$1" | cut -d, -f1,2)" "PNG image data, $2 x $3"
	[ "$(stat -c %s "$1")" -gt 20000 ] || fail "$1 is empty"
}

@test "the validator finds nothing in any page" {
	need java
	local p pages=()
	for p in $PAGES $SITE_PAGES; do
		assert [ -s "$SITE/$p.html" ]
		pages+=("$SITE/$p.html")
	done
	run vnu "${pages[@]}"
	assert_output ""
}

@test "the validator finds nothing in the style sheet" {
	need java
	run -0 java -jar "$VNU" --css "$SITE/vc.css"
	assert_output ""
}

@test "the validator is awake" {
	need java
	sed 's,</h1>,,' "$SITE/ja.html" >broken.html
	run vnu "$PWD/broken.html"
	assert_output --partial 'broken.html: error:'
}

@test "Chromium shows each page as it is, and complains of nothing" {
	need chromium file
	local p
	for p in $PAGES; do
		browse "$p.html" --window-size=1100,2600 --screenshot="$p.png"
		picture "$p.png" 1100 2600
		assert_equal "$(cat console)" ""
	done
	for p in $SITE_PAGES; do
		browse "$p.html" --window-size=1100,1200 --screenshot="$p.png"
		assert_equal "$p $(cat console)" "$p "
	done
	# The style sheet is in force: without it the picture is another.
	sed '/stylesheet/d' "$SITE/ja.html" >"$SITE/bare.html"
	browse bare.html --window-size=1100,2600 --screenshot=bare.png
	run ! cmp -s ja.png bare.png
	[ -z "${PICTURES:-}" ] || cp ./*.png "$PICTURES"
}

@test "Chromium is awake: a style within a page is against the policy" {
	need chromium
	sed 's/<body/<body style="color: red"/' "$SITE/ja.html" >"$SITE/inline.html"
	browse inline.html --screenshot=inline.png
	run -0 cat console
	assert_output --partial 'Content Security Policy'
}

@test "on a phone nothing has to be scrolled sideways" {
	need chromium file
	local p
	for p in $PAGES; do
		cat >"$SITE/phone-$p.html" <<-EOF
			<!DOCTYPE html><title>phone</title>
			<body style="margin: 0"><iframe src="$p.html" id="phone"
			style="width: 375px; height: 4000px; border: 0"></iframe>
			<p id="width"></p><script>
			document.getElementById('phone').onload = function () {
				document.getElementById('width').textContent = 'is wide: ' +
					this.contentDocument.documentElement.scrollWidth;
			};
			</script>
		EOF
		browse "phone-$p.html" --window-size=500,4000 \
			--screenshot="phone-$p.png"
		picture "phone-$p.png" 500 4000
		assert_equal "$(cat console)" ""
		browse "phone-$p.html" --virtual-time-budget=10000 --dump-dom >dom
		assert_equal "$p $(grep -oE 'wide: [0-9]+' dom)" "$p wide: 375"
	done
	[ -z "${PICTURES:-}" ] || cp ./*.png "$PICTURES"
}

# axe PAGE OPTION...: what axe-core finds in it, a line each. The policy of the page is
# taken out, since it lets no script run.
axe() {
	{
		sed '/Content-Security-Policy/d' "$SITE/$1.html"
		cat <<-'EOF'
			<script src="axe.js"></script><script>
			axe.run().then(r => {
				const all = r.violations.map(v => v.id + ': ' + v.help + ': ' +
					v.nodes.map(n => n.target.join(' ')).join(', '));
				all.unshift('passed: ' + r.passes.length);
				document.documentElement.textContent = '\n' +
					all.map(s => 'axe: ' + s).join('\n') + '\n';
			});
			</script>
		EOF
	} >"$SITE/axe-$1.html"
	browse "axe-$1.html" --virtual-time-budget=10000 \
		--dump-dom "${@:2}" | sed -n 's/^axe: //p'
}

@test "axe-core finds every page accessible" {
	need chromium
	local p
	for p in $PAGES $SITE_PAGES; do
		run axe "$p"
		assert_line --index 0 --regexp '^passed: [1-9][0-9]$'
		assert_equal "$p: ${#lines[@]} $output" "$p: 1 ${lines[0]}"
	done
	# In the dark, too, words stand out.
	run axe ja --blink-settings=preferredColorScheme=0
	assert_equal "dark: ${#lines[@]} $output" "dark: 1 ${lines[0]}"
	sed 's/<html lang="ja">/<html>/' "$SITE/ja.html" >"$SITE/mute.html"
	run axe mute
	assert_output --partial 'html-has-lang'
}
