load helper
load keys

# One form in all the ways in which it comes back: charset x MIME x layout.
# Those whose octets matter are mails in test/fixture; these are made here.

setup_file() {
	key_store "$BATS_FILE_TMPDIR/keys" hitachi
	roster_csv hitachi >"$BATS_FILE_TMPDIR/roster.csv"
}

teardown_file() { stop_homes; }

prepare() {
	fixture=$VC_FIXTURE/vc-parse-poc
	export VC_KEYS=$BATS_FILE_TMPDIR/keys
	export VC_ROSTER=$BATS_FILE_TMPDIR/roster.csv
}

# layout HEADING FIELD SED: the filled form in this layout (see layout.txt).
layout() {
	awk -v head="$1" -v line="$2" '
	function put(s, i, j, e, v, w) {
		w = e
		if (match(w, / [^ ]*$/))
			w = substr(w, 1, RSTART - 1) "\n" substr(w, RSTART + 1)
		gsub(/%1/, i, s); gsub(/%2/, wide[i], s)
		gsub(/%3/, circled[i], s); gsub(/%4/, kana[i], s)
		gsub(/%5/, letter[i], s); gsub(/%6/, roman[i], s)
		gsub(/%j/, j, s); gsub(/%e/, e, s)
		gsub(/%w/, w, s); gsub(/%v/, v, s)
		print s
	}
	BEGIN {
		FS = "|"
		split("１ ２ ３ ４ ５ ６", wide, " ")
		split("① ② ③ ④ ⑤ ⑥", circled, " ")
		split("ア イ ウ エ オ カ", kana, " ")
		split("a b c d e f", letter, " ")
		split("I II III IV V VI", roman, " ")
	}
	$1 == "" { if (n++) print ""; put(head, n, $2, $3); i = 0; next }
	{ put(line, ++i, $1, $2, $3) }' <<-'FORM' | sed "$3"
		|連絡先情報|Team Contact
		組織名|Organization Name|さくらネット株式会社
		連絡先メールアドレス|Team e-mail address|vh@sakura.example
		電話番号|Telephone Number|03-1234-5678
		住所|Mail address|東京都千代田区霞が関1-2-3 さくらビル 4F 受付: 5番
		|ハンドリングチーム責任者|Primary Contact
		氏名|Name|山田 花子
		所属|Affiliation|品質保証部
		役職|Title|部長
		連絡先メールアドレス|Contact e-mail address|yamada@sakura.example
		電話番号|Telephone Number|03-1234-5679
		住所|Mail Address|神奈川県横浜市西区みなとみらい2-2
	FORM
}

# charsets: label, name for iconv, transfer encoding.
charsets() {
	cat <<-'E'
		utf-8 UTF-8 8bit
		UTF-8 UTF-8 quoted-printable
		"utf-8" UTF-8 base64
		iso-2022-jp ISO-2022-JP 7bit
		ISO-2022-JP ISO-2022-JP base64
		iso-2022-jp ISO-2022-JP quoted-printable
		Shift_JIS CP932 8bit
		shift_jis CP932 base64
		windows-31j CP932 quoted-printable
		EUC-JP EUC-JP 8bit
		euc-jp EUC-JP base64
		- UTF-8 8bit
		- CP932 8bit
		- EUC-JP 8bit
		- ISO-2022-JP 7bit
		us-ascii ISO-2022-JP 7bit
	E
}

# transfer ENCODING: octets on stdin, encoded (RFC 2045 section 6).
transfer() {
	case $1 in
	base64) base64 ;;
	quoted-printable)
		od -An -v -tx1 | tr -s ' ' '\n' | awk '
		/./ {
			if ($0 == "0a") { print ""; n = 0; next }
			s = "=" toupper($0)
			if (n + 3 > 75) { print "="; n = 0 }
			printf "%s", s; n += 3
		}'
		;;
	*) cat ;;
	esac
}

# entity LABEL ICONV ENCODING: UTF-8 on stdin as a MIME part in that charset.
entity() {
	[ "$1" = - ] || echo "Content-Type: text/plain; charset=$1"
	printf 'Content-Transfer-Encoding: %s\n\n' "$3"
	iconv -f UTF-8 -t "$2" | transfer "$3"
}

# part TYPE TEXT; many SUBTYPE FILE...: parts as one multipart.
part() { printf 'Content-Type: %s\n\n%s\n' "$1" "$2"; }
many() {
	local b=$1 f
	printf 'Content-Type: multipart/%s; boundary="=_%s"\n\n' "$1" "$1"
	shift
	for f; do
		printf -- '--=_%s\n' "$b"
		cat "$f"
		echo
	done
	printf -- '--=_%s--\n' "$b"
}

# shapes: the MIME shapes of the part in the file `entity`.
shapes='plain wire cut alternative paper related nested'
shape() {
	part 'text/html; charset=utf-8' '<p>form</p>' >html
	part 'application/pdf; name="paper.pdf"' '%PDF-' >pdf
	case $1 in
	plain) cat entity ;;
	wire) crlf <entity ;;
	cut) head -c -1 entity ;;
	alternative) many alternative entity html ;;
	paper) many mixed entity pdf ;;
	related)
		part image/png png >png
		many related entity png
		;;
	nested)
		many alternative entity html >both
		many mixed both pdf
		;;
	esac
}

# same FILE...: each mail has the fields of all the others.
same() {
	local i=0 f got
	run_out vc-parse-poc "$@"
	[ "$status:$stderr" = 0: ] || fail "exit $status: $stderr"
	jq -c '(.signed // .claimed).form | [.team, .primary] |
		map(map_values(.value // .problem))' out >fields
	for f; do
		i=$((i + 1))
		got=$(sed -n "${i}p" fields)
		[ "$got" = "$(cat "$fixture/expected.json")" ] ||
			fail "${f##*/}: $got"
	done
}

head_() { mail_head vh@sakura.example; }

@test "fifty-three layouts of one form give the same fields" {
	local name head line after
	mkdir mails
	while IFS=$'\t' read -r name head line after; do
		{ head_ && layout "$head" "$line" "$after" |
			entity utf-8 UTF-8 8bit; } >"mails/$name"
	done < <(grep -v '^#' "$fixture/layout.txt")
	same mails/*
	assert_equal "$(sort -u fields | wc -l)" 1
	assert_equal "$(wc -l <fields)" 53
}

@test "sixteen charsets in seven MIME shapes give the same fields" {
	local label name how s n=0
	layout '*** %j (%e) ***' '%1. %j (%e): %v' '' >text
	mkdir mails
	while read -r label name how; do
		n=$((n + 1))
		entity "$label" "$name" "$how" <text >entity
		for s in $shapes; do
			{ head_ && shape "$s"; } >"mails/$n $name $how $s"
		done
	done < <(charsets)
	same mails/*
	assert_equal "$(wc -l <fields)" 112
}

@test "each layout in each charset that can write it gives the same fields" {
	local label charset how name head line after
	mkdir mails
	while IFS=$'\t' read -r name head line after; do
		layout "$head" "$line" "$after" >text
		while read -r label charset how; do
			iconv -f UTF-8 -t "$charset" <text >/dev/null 2>&1 || continue
			{ head_ && entity "$label" "$charset" "$how" <text; } \
				>"mails/$name $label"
		done <<-'E'
			iso-2022-jp ISO-2022-JP 7bit
			Shift_JIS CP932 base64
			EUC-JP EUC-JP 8bit
		E
	done < <(grep -v '^#' "$fixture/layout.txt")
	same mails/*
	[ "$(wc -l <fields)" -ge 120 ]
}

@test "signed in the text, as MIME and inside an encryption: the same fields" {
	local label charset how from n=0
	VC_HOME=$(key_home centre)
	export VC_HOME
	from=$(key_address hitachi)
	layout '*** %j (%e) ***' '%1. %j (%e): %v' '' >text
	mkdir mails
	while read -r label charset how; do
		n=$((n + 1))
		entity "$label" "$charset" "$how" <text >entity
		{ mail_head "$from" && sign_entity hitachi <entity; } >"mails/$n mime"
		{ mail_head "$from" && crlf <entity | encrypt_entity centre hitachi; } \
			>"mails/$n sealed"
		{
			mail_head "$from"
			[ "$label" = - ] || echo "Content-Type: text/plain; charset=$label"
			printf 'Content-Transfer-Encoding: %s\n\n' "$how"
			iconv -f UTF-8 -t "$charset" <text | sign_clear hitachi | transfer "$how"
		} >"mails/$n clear"
	done < <(charsets | grep -v ' ISO-2022-JP 7bit' && echo iso-2022-jp ISO-2022-JP 7bit)
	run_out vc-verify mails/*
	[ "$status:$stderr" = 0: ] || fail "exit $status: $stderr"
	mv out verified
	run -0 jq -r .verdict verified
	assert_equal "$(sort <<<"$output" | uniq -c | tr -s ' ')" ' 42 signed'
	run_out vc-parse-poc <verified
	assert_equal "$status:$stderr" 0:
	run -0 jq -c '.signed.form | [.team, .primary] |
		map(map_values(.value // .problem))' out
	assert_equal "$(sort -u <<<"$output")" "$(cat "$fixture/expected.json")"
}
