#!/usr/bin/env bash
# The founding story, played on the facts of VU#800113 (DNS cache poisoning,
# 2008): vendors register by mail, each is told by a mail that only it can
# open, they answer by signed mail, and the page appears on its day.
#
#	examples/demo.sh [FOLDER]	(build/demo)
#
# Keys and mails are thrown away by the next run. Needs no network, no root.
set -eu
umask 077
export LC_ALL=C.UTF-8 TZ=UTC0
top=$(cd "$(dirname "$0")/.." && pwd)
to=${1:-$top/build/demo}
export PATH=$top/bin:$PATH VC_SHARE=$top/share
facts=$top/examples/vu800113
case=JVNVU#800113
day=2008-07-08T18:45:59Z

# GnuPG homes; an agent's socket cannot have a long path.
tmp=${TMPDIR:-/tmp}
[ ${#tmp} -le 40 ] || tmp=/tmp
homes=$(mktemp -d "$tmp/vcXXXXXX")
end() {
	gpgconf --homedir "$homes/centre" --kill all 2>/dev/null || true
	gpgconf --homedir "$homes/vendor" --kill all 2>/dev/null || true
	rm -rf "$homes"
}
trap end EXIT
rm -rf "$to"
mkdir -p "$to/mail/form" "$to/mail/answer" "$to/keyfile" "$to/keys" "$to/page"
cd "$to"
: >ledger.jsonl
mkdir "$homes/centre" "$homes/vendor"
cp "$top/share/gnupg/gpg.conf" "$homes/centre"

stage() { printf '%-10s %-46s %s\n' "$@"; }
count() { wc -l <"$1" | tr -d ' '; }
as() {
	local home=$1 when=$2
	shift 2
	gpg --homedir "$homes/$home" --batch --quiet --armor \
		--digest-algo SHA512 --faked-system-time "$when" "$@" 2>/dev/null
}

# vendors: id, language, status, day of the answer, names; between tabs.
tail -n +2 "$facts/vendors.csv" | awk '{
	line = $0; n = 0; cell = ""; quoted = 0
	for (i = 1; i <= length(line) + 1; i++) {
		c = i > length(line) ? "," : substr(line, i, 1)
		if (c == "\"") quoted = !quoted
		else if (c == "," && !quoted) { f[++n] = cell; cell = "" }
		else cell = cell c
	}
	print f[1] "\t" f[4] "\t" f[5] "\t" (f[7] == "" ? "-" : f[7]) "\t" f[2] "\t" f[3]
}' >vendors

# --- keys ------------------------------------------------------------------
key_of() { # NAME ADDRESS
	printf '%s\n' 'Key-Type: eddsa' 'Key-Curve: ed25519' 'Key-Usage: sign' \
		'Subkey-Type: ecdh' 'Subkey-Curve: cv25519' \
		'Subkey-Usage: encrypt' "Name-Real: $1" "Name-Email: $2" \
		'Expire-Date: 0' '%no-protection' '%commit'
}
key_of 'Coordination Centre' vuls@centre.example >centre.batch
cut -f1 vendors | while read -r v; do
	key_of "Vendor $v" "psirt@$v.example"
done >vendor.batch
as centre 20040701T000000 --gen-key centre.batch
as vendor 20040701T000000 --gen-key vendor.batch
signer=$(as centre 20040702T000000 --with-colons --list-keys |
	awk -F: '/^fpr/ { print $10; exit }')
cut -f1 vendors | while read -r v; do
	as vendor 20040702T000000 --export "psirt@$v.example" >"keyfile/$v.asc"
done
as centre 20040702T000000 --export >keyfile/centre.asc
as vendor 20040702T000000 --import keyfile/centre.asc
rm centre.batch vendor.batch
stage keys "a centre and $(count vendors) vendors" 'keyfile/'
export VC_LEDGER=ledger.jsonl VC_ROSTER=ledger.jsonl VC_KEYS=keys
export VC_HOME=$homes/centre VC_SIGNER=$signer VC_FROM=vuls@centre.example

# --- registration ----------------------------------------------------------
# What a vendor writes: the form, filled in, between a greeting and a name.
form() { # VENDOR LANGUAGE NAME
	local n='!/^(\*|---)/ || /^\*\*\*/'
	awk "$n" "$top/share/form/poc.$2.txt" | sed -E \
		-e "/^1\. .*(Organization Name)/s|\$| $3|" \
		-e "/^2\. .*(Team e-mail)/s|\$| psirt@$1.example|" \
		-e "/^1\. .*Name\)?:\$/s|\$| PSIRT|" \
		-e "s|^(4\. .*Contact e-mail.*:)\$|\1 lead@$1.example|" \
		-e "s|^([35]\. .*Telephone.*:)\$|\1 +81-3-5550-0100|" \
		-e "s|^([246]\. .*([Mm]ail [Aa]ddress\)?:\|[Aa]ffiliation\)?:))\$|\1 1-2-3 Example, Tokyo|" \
		-e "s|^(3\. .*Title\)?:)\$|\1 Manager|"
}
mail_head() { # VENDOR SUBJECT DATE
	printf '%s\n' "From: psirt@$1.example" 'To: vuls@centre.example' \
		"Subject: $2" "Date: $3" "Message-ID: <${2// /-}@$1.example>" \
		'MIME-Version: 1.0'
}
# Clearsigned ISO-2022-JP text, as Japanese mailers of 2004 send it.
mail_jis() { # VENDOR SUBJECT DATE CLOCK <text
	mail_head "$1" "$2" "$3"
	printf '%s\n' 'Content-Type: text/plain; charset=ISO-2022-JP' \
		'Content-Transfer-Encoding: 7bit' ''
	iconv -f UTF-8 -t ISO-2022-JP | as vendor "$4" -u "psirt@$1.example" --clearsign
}
# PGP/MIME around UTF-8 (RFC 3156).
mail_mime() { # VENDOR SUBJECT DATE CLOCK <text
	local d
	d=$(mktemp -d "$homes/mXXXXXX")
	{
		printf 'Content-Type: text/plain; charset=UTF-8\r\n'
		printf 'Content-Transfer-Encoding: 8bit\r\n\r\n'
		sed 's/$/\r/'
	} >"$d/part"
	as vendor "$4" -u "psirt@$1.example" --detach-sign <"$d/part" >"$d/sig"
	mail_head "$1" "$2" "$3"
	printf '%s\n' 'Content-Type: multipart/signed; micalg=pgp-sha512;' \
		' protocol="application/pgp-signature"; boundary="=-demo"' ''
	printf -- '--=-demo\n'
	tr -d '\r' <"$d/part"
	printf '\n--=-demo\nContent-Type: application/pgp-signature\n\n'
	cat "$d/sig"
	printf -- '--=-demo--\n'
	rm -rf "$d"
}
while IFS=$'\t' read -r v lang _ _ en ja; do
	shape=mail_mime name=$en
	[ "$lang" = en ] || shape=mail_jis name=$ja
	form "$v" "$lang" "$name" |
		"$shape" "$v" 'registration of a point of contact' \
			'Fri, 09 Jul 2004 10:00:00 +0900' 20040709T010000 \
			>"mail/form/$v.eml"
done <vendors
stage forms "$(count vendors) mails" 'mail/form/'

# Nobody has pinned these keys yet: the forms are filed as claims (status 1).
vc-verify -A 2004-07-09T01:00:30Z mail/form/*.eml |
	vc-parse-poc | vc-ledger >poc.jsonl || true
stage poc 'vc-verify | vc-parse-poc | vc-ledger' \
	"$(count poc.jsonl) poc records, $(grep -c '"verdict":"signed"' poc.jsonl || true) signed"

# Five steps, seven papers, recorded by one person; the key confirmed by a second.
step() { # NAME DATE [JQ-FIELDS]
	jq -c --arg step "$1" --arg at "$2" '
		(.claimed.from_address | sub(".*@"; "") | sub("\\.example$"; "")) as $v |
		{type: "step", id: "vendor/\($v)/step/\($step)", vendor: $v,
		 step: $step, by: "sato", done_at: $at}'"${3:-}" poc.jsonl
}
jq -Rc 'split("\t") | {key: .[0], value: {language: .[1], name: {en: .[4], ja: .[5]}}}' vendors |
	jq -sc from_entries >names.json
step apply 2004-07-09T02:00:00Z ' + {of: .id, kind: "general"}' |
	jq -c --slurpfile n names.json '. + $n[0][.vendor]' | vc-ledger >step.jsonl
{
	step papers-shown 2004-07-12T00:00:00Z
	step papers-in 2004-08-02T00:00:00Z ' + {keyword: ["dns"], paper: ["register",
		"profile", "products", "contact", "person", "consent", "public-key"]}'
	step meeting 2004-08-20T00:00:00Z
} | vc-ledger >>step.jsonl
# Several at a time: they share the ledger by its lock.
cut -f1 vendors | xargs -P "$(nproc)" -I '{}' vc-roster -a 'keyfile/{}.asc' \
	-w '{}' -b sato -N 2004-08-20T00:00:00Z >key.jsonl
jq -c '{type: "confirm", id: "confirm/\(.id)", of: .id, by: "suzuki",
	confirmed_at: "2004-08-23T00:00:00Z"}' key.jsonl | vc-ledger >>step.jsonl
step agree 2004-09-01T00:00:00Z | vc-ledger >>step.jsonl
stage steps 'step, key and confirm records | vc-ledger' "$(count step.jsonl) kept"
vc-roster -j >vendor.jsonl
vc-roster >roster.csv
stage roster 'vc-roster' \
	"$(grep -c '"state":"registered"' vendor.jsonl) registered vendors, roster.csv"

# --- telling ---------------------------------------------------------------
status=0
vc-route "$facts/case.json" 2>/dev/null |
	vc-mail -o maildir:outbox >forgotten.jsonl 2>forgotten.err || status=$?
stage forgotten 'vc-route | vc-mail (no vc-encrypt)' \
	"exit $status, $(find outbox -type f 2>/dev/null | wc -l) mails"
vc-route "$facts/case.json" >notice.jsonl
stage notices 'vc-route' "$(count notice.jsonl) notices"
vc-encrypt -N 2008-05-05T01:00:00Z notice.jsonl >sealed.jsonl
stage sealed 'vc-encrypt' "$(count sealed.jsonl) mails, one key each"
vc-mail -N 2008-05-05T01:00:00Z -o maildir:outbox sealed.jsonl >sent.jsonl
stage sent 'vc-mail -o maildir:outbox' "$(find outbox/new -type f | wc -l) mails in outbox/new"
mkdir opened
grep -l '^To: psirt@hitachi.example' outbox/new/* | while read -r mail; do
	as vendor 20991231T000000 --trust-model always --ignore-time-conflict --decrypt "$mail"
done >opened/hitachi.eml
stage opened 'gpg --decrypt, as one of the vendors' 'opened/hitachi.eml'

# --- two weeks later -------------------------------------------------------
vc-case -N 2008-05-20T00:00:00Z -j "$facts/case.json" >report.jsonl
vc-route -N 2008-05-20T00:00:00Z -c "$facts/case.json" report.jsonl >reminder.jsonl
stage silent 'vc-case -j | vc-route -c, two weeks later' \
	"$(grep -c '"kind":"reminder"' reminder.jsonl) reminders"

# --- answers ---------------------------------------------------------------
# The vendor fills in the form that came with its notice.
answer() { # VENDOR STATUS
	jq -r --arg v "$1" 'select(.vendor == $v).attachment[0].text' notice.jsonl |
		sed -E -e 's|^(1\. .*Product Name\)?:)$|\1 DNS implementation|' \
			-e "s|^(2\. .*Status\)?:)\$|\1 $2|"
}
while IFS=$'\t' read -r v lang st at _; do
	[ "$at" != - ] || continue
	case $lang/$st in
	en/vulnerable) word=Affected ;;
	en/notvulnerable) word='Not Affected' ;;
	ja/vulnerable) word=影響あり ;;
	ja/notvulnerable) word=影響なし ;;
	*) continue ;;
	esac
	shape=mail_mime
	[ "$lang" = en ] || shape=mail_jis
	answer "$v" "$word" | "$shape" "$v" 'answer' \
		"$(date -u -R -d "$at 09:00")" "${at//-/}T090000" >"mail/answer/$v.eml"
	vc-verify -A "${at}T09:00:30Z" "mail/answer/$v.eml"
done <vendors | vc-parse-status | vc-ledger >status.jsonl
stage answers 'vc-verify | vc-parse-status | vc-ledger' \
	"$(grep -c '^{"type":"status".*"verdict":"signed"' status.jsonl) signed of $(find mail/answer -type f | wc -l) mails"

vc-case -N 2009-06-03T00:00:00Z "$facts/case.json" >case.txt
stage case 'vc-case, a year later' \
	"$(grep -c ' answered ' case.txt) answered, $(grep -c ' silent ' case.txt) silent, case.txt"

# --- the day ---------------------------------------------------------------
jq -c '.state = "public" | .tlp = "CLEAR"' "$facts/case.json" >public.json
status=0
cat public.json status.jsonl sent.jsonl |
	vc-jvn-render -N 2008-07-08T18:45:58Z >early.html 2>early.err || status=$?
stage early 'vc-jvn-render, a second before its day' \
	"exit $status, $(wc -c <early.html) octets"
# A letter came back; nobody finds another address, and somebody decides.
gone=$(awk '$2 == "silent" { print $1; exit }' case.txt)
jq -c --arg v "$gone" 'select(.vendor == $v) | {type: "bounce", id, case, vendor,
	to, status: "5.1.1", bounced_at: "2008-05-21T00:00:00Z"}' sent.jsonl |
	vc-ledger >bounce.jsonl
status=0
cat public.json status.jsonl sent.jsonl |
	vc-jvn-render -N "$day" >early.html 2>early.err || status=$?
stage gap 'vc-jvn-render, when a letter came back' \
	"exit $status, $(sed 's/.*published: //; s/: .*//' early.err)"
jq -c '{type: "go-ahead", id: "\(.case)/go-ahead/1", case, vendor: [.vendor],
	by: "sato", why: "nobody knows another address",
	decided_at: "2008-07-07T00:00:00Z"}' bounce.jsonl | vc-ledger >ahead.jsonl
stage go-ahead 'a go-ahead record | vc-ledger' "$(count ahead.jsonl) kept"
# What was answered by then, and what it became in the year after.
page() { # LANGUAGE DAY CASE
	jq -c --arg day "$2" 'select(.signed_at <= $day)' status.jsonl |
		cat "$3" - sent.jsonl | vc-jvn-render -L "$1" -N "$2"
}
mkdir page/later
jq -c '.updated_at = "2009-06-03T00:00:00Z" | .history = [{at: "2009-06-03T00:00:00Z",
	text: {ja: "[ベンダ情報] を更新しました", en: "Vendor Status was updated"}}]' \
	public.json >updated.json
for lang in ja en; do
	page "$lang" "$day" public.json >"page/$lang.html"
	page "$lang" 2009-06-03T00:00:00Z updated.json >"page/later/$lang.html"
done
answered() { grep -c '<tr class="[nv]' "$1"; }
cp "$top/share/template/vc.css" page/
cp "$top/share/template/vc.css" page/later/
stage page "vc-jvn-render -L ja, -L en, on its day" \
	"page/ja.html page/en.html, $(answered page/ja.html) answers"
stage update 'the same, a year later' \
	"page/later/, $(answered page/later/ja.html) answers"
stage ledger 'vc-ledger verify' "$(vc-ledger verify ledger.jsonl)"

rm -f early.html forgotten.err early.err names.json updated.json vendors
cat <<TXT

Look at, in $to:
  page/ja.html page/en.html   what the public reads
  outbox/new/                 what the vendors got, as it travels
  opened/hitachi.eml          one of these, as its vendor reads it
  ledger.jsonl                what was kept: grep for a word of the case
  roster.csv                  the vendor list
  case.txt                    how it stands with each vendor
  mail/                       what the vendors sent
TXT
