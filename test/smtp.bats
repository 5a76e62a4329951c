load helper
load keys
load out
load smtp

# Mails by SMTP, to a server that goes wrong as it is told: test/smtpd.py.

setup_file() {
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR hermetic
	smtp_up
	mkdir "$BATS_FILE_TMPDIR/site"
	cd "$BATS_FILE_TMPDIR/site" || return 1
	site hitachi nec
	export SITE_HOME=$VC_HOME SITE_SIGNER=$VC_SIGNER
	notice hitachi 'del(.attachment)' | jq -c '.id = "\(.case)/hitachi/" +
		(range(48) + 1 | tostring)' | vc-encrypt -N "$NOW" >many
	seal nec 'del(.attachment)' >nec
	jq -r '[.id, .mail_sha256] | @tsv' many >ids
}

teardown_file() {
	smtp_down
	stop_homes
}

prepare() {
	export VC_HOME=$SITE_HOME VC_SIGNER=$SITE_SIGNER VC_FROM=vuls@centre.example
	AT=$BATS_FILE_TMPDIR/site
	export VC_KEYS=$AT/keys VC_ROSTER=$AT/roster.csv
	SERVER=smtp://127.0.0.1:$SMTP_PORT
	PLACE=127.0.0.1:$SMTP_PORT
	smtp_forget
	smtp_says
}

# post ARGUMENT...: a server that is slow because the machine is is waited for.
post() { vc-mail -N "$NOW" -W "${WAIT:-60}" -l ledger.jsonl -o "$SERVER" "$@"; }

# clean FILE...: no octet in them that a terminal would obey.
clean() {
	run ! env LC_ALL=C grep -aP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$@"
	assert_output ""
}

# outcome LINE: for each mail of `in`, what the ledger has from this line on, a
# reject with its code, and how many copies the server has, each of them whole.
outcome() {
	smtp_kept | xargs -r sha256sum | cut -d ' ' -f 1 >kept
	tail -n "+$1" ledger.jsonl | jq -r '[.id // .of.id,
		.type + (.code // "" | tostring)] | @tsv' >facts
	awk -F '\t' -v n="$(wc -l <in)" '
		at == 1 && FNR <= n { id[FNR] = $1; of[$2] = $1 }
		at == 2 { facts[$1] = facts[$1] $2 " " }
		at == 3 && $1 in of { copies[of[$1]]++; next }
		at == 3 { print "another mail" }
		END { for (i = 1; i <= n; i++)
			print facts[id[i]] copies[id[i]] + 0 }' \
		at=1 "$AT/ids" at=2 facts at=3 kept
}

# fate N WORD...: what becomes of N mails, each in a connection of its own, when
# the server is told this, and what a second run makes of it when the server is
# well again: a line a mail.
fate() {
	local n=$1 lines
	shift
	rm -f ledger.jsonl
	smtp_forget
	smtp_says "${OFFER[@]}" "$@"
	head -n "$n" "$AT/many" >in
	run_out post -M 1 in
	cp err err.first
	outcome 1 >first
	lines=$(wc -l <ledger.jsonl)
	smtp_says "${OFFER[@]}"
	run_out post in
	outcome $((lines + 1)) | paste -d '|' first - | sed 's/|/ | /'
	clean out err err.first ledger.jsonl
	smtp_good
}

NONE='reject75 0 | try sent 1'
LATER='try deferred reject75 0 | try sent 1'
NEVER='try bounce reject69 0 | reject69 0'
DOUBT='try reject75 0 | try sent 1'
TWICE='try reject75 1 | try sent 2'
WELL='try sent 1 | sent 1'

# fates WANT STAGE=FAULT...: this is the fate of a mail, whichever of these it
# meets. A mail is well before the first of them, and behind each fourth.
fates() {
	local want=$1 item n=1 words=() at=() kept=0
	shift
	echo "well $WELL" >want
	reaches QUIT
	for item; do
		n=$((n + 1))
		echo "$item $want" >>want
		reaches "${item%%=*}"
		words+=("${item%%=*}#$((at[k]))=${item#*=}")
		[[ $want != "$WELL" ]] || reaches QUIT $((k + 1))
		[[ $item =~ ^(MAIL|RCPT|DATA)=(4[^2]|5) ]] && kept=1
		[ $((n % 5)) -ne 0 ] || {
			n=$((n + 1))
			echo "well $WELL" >>want
			reaches QUIT
		}
	done
	fate "$n" "${words[@]}" >got
	cut -d ' ' -f 1 want | paste -d ' ' - got >told
	diff want told
}

# reaches STAGE [FROM]: count this stage and those before it, up to number k;
# when the connection was kept it is there already.
reaches() {
	local stages=(connect EHLO MAIL RCPT DATA dot QUIT)
	for ((k = ${2:-kept ? 2 : 0}; k < 7; k++)); do
		at[k]=$((at[k] + 1))
		[ "${stages[k]}" != "$1" ] || break
	done
	kept=0
}

# What ends a connection, what is no reply, and more that is none.
LOST=(drop reset half garbage 'raw:25_ok\r\n')
NONSENSE=(long endless 'raw:2500\r\n' 'raw:999\x20ok\r\n' 'raw:250_\r\n'
	'raw:199\x20ok\r\n' 'raw:260\x20ok\r\n' 'raw:+25\x20ok\r\n' 'raw:\r\n'
	'raw:\x00\r\n' 'raw:250-ok\r\n251\x20ok\r\n' 'raw:\xff\xfe\r\n')

@test "a mail goes to the server, whole, and its words are in the ledger" {
	head -n 1 "$AT/many" >in
	run_out post in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(cat out)" "$(jq -c --arg now "$NOW" '{type: "sent", id,
		case, vendor, to, message_id, mail_sha256, via: "smtp",
		reply: "250 2.0.0 kept", sent_at: $now}' in)"
	assert_equal "$(outcome 1)" "try sent 1"
	assert_equal "$(smtp_heard | sed 's/\(EHLO\) .*/\1/')" "clear EHLO
clear MAIL FROM:<vuls@centre.example>
clear RCPT TO:<psirt@hitachi.example>
clear DATA
clear .
clear QUIT"
	smtp_good
}

@test "what goes wrong before MAIL: nothing was tried, and the next run sends it" {
	fates "$NONE" connect={451,421,554} "${LOST[@]/#/connect=}" \
		"${NONSENSE[@]/#/connect=}" EHLO={451,421} "${LOST[@]/#/EHLO=}"
}

@test "a mail that is put off surely was not taken, and goes again" {
	for OFFER in '' pipelining; do put_off; done
}
put_off() {
	fates "$LATER" {MAIL,RCPT,DATA,dot}={451,421} "${LOST[@]/#/MAIL=}" \
		"${NONSENSE[@]/#/MAIL=}" "${LOST[@]/#/RCPT=}" \
		"${LOST[@]/#/DATA=}"
}

@test "a mail that is refused bounced, and does not go again" {
	for OFFER in '' pipelining; do
		fates "$NEVER" {MAIL,DATA,dot}={550,554}
		fates "${NEVER/69/67}" RCPT={550,553}
	done
}

@test "a reply to the dot that does not come leaves a mail in doubt" {
	fates "$DOUBT" "${LOST[@]/#/dot=}" "${NONSENSE[@]/#/dot=}"
	fates "$TWICE" dot=keep+{drop,reset,half,garbage}
}

@test "what comes before MAIL or behind the dot, and is no fault, costs no mail" {
	fates "$WELL" EHLO={500,502,550} dot={bye,split,'more:421_bye\r\n'} \
		QUIT={451,421,550} "${LOST[@]/#/QUIT=}"
}

@test "what the server makes of RSET costs no mail" {
	fate 9 RCPT#2=550 RSET#1=550 RCPT#4=550 RSET#2=drop RCPT#6=550 \
		RSET#3=garbage RCPT#8=550 RSET#4=421 >got
	assert_equal "$(sed -n 'p;n' got | sort -u)" "$WELL"
	assert_equal "$(sed -n 'n;p' got | sort -u)" "${NEVER/69/67}"
}

# told WORDS: the server refuses the address in these words; what is said then.
told() {
	smtp_says "RCPT=raw:$1\r\n"
	rm -f ledger.jsonl
	head -n 1 "$AT/many" >in
	run_out post in
	clean out err ledger.jsonl
	echo "$stderr"
}

@test "what is kept of a mail that was put off, or bounced" {
	head -n 1 "$AT/many" >in
	smtp_says 'dot=452 4.3.1 full'
	run_out post in
	assert_equal "$status $stderr" \
		"75 vc-mail: in: line 1: '$PLACE' says: 452 4.3.1 full"
	assert_equal "$(jq -c 'del(.prev)' ledger.jsonl | sed -n 2p)" "$(jq -c \
		--arg now "$NOW" '{type: "deferred", id, case, vendor, to,
		message_id, reply: "452 4.3.1 full", deferred_at: $now}' in)"
	smtp_says 'RCPT=550 5.1.1 nobody of that name'
	run_out post in
	assert_equal "$status $stderr" \
		"67 vc-mail: in: line 1: '$PLACE' refuses the address: 550 5.1.1 nobody of that name"
	assert_equal "$(jq -c 'select(.type == "bounce") | del(.prev)' \
		ledger.jsonl)" "$(jq -c --arg now "$NOW" '{type: "bounce", id,
		case, vendor, to, message_id, status: "5.1.1",
		reply: "550 5.1.1 nobody of that name", bounced_at: $now}' in)"
	run_out post in
	assert_equal "$status $stderr" \
		"69 vc-mail: in: line 1: bounced at $NOW: 550 5.1.1 nobody of that name; option '-y' sends it again"
	run -0 vc-ledger verify ledger.jsonl
}

@test "the words of a server reach people and records as characters, and no more" {
	local words n
	assert_equal "$(told '550 5.1.1 \x1b[31mred\x07\x08\x7f\x9b \t tab\rcr')" \
		"vc-mail: in: line 1: '$PLACE' refuses the address: 550 5.1.1 ?[31mred???� ? tab?cr"
	assert_equal "$(told '550-5.1.1 one\r\n550 5.1.1 two\x00three')" \
		"vc-mail: in: line 1: '$PLACE' refuses the address: 550 5.1.1 one"
	assert_equal "$(told 550)" \
		"vc-mail: in: line 1: '$PLACE' refuses the address: 550"
	# However long they are: 255 octets of whole characters.
	for n in '' a ab; do
		told "550 $n$(printf '%.0s\\xe3\\x81\\x82' {1..200})" >said
		words="550 $n$(printf '%.0sあ' {1..83})"
		assert_equal "$(cat said)" \
			"vc-mail: in: line 1: '$PLACE' refuses the address: $words"
		assert_equal "$(jq -r 'select(.type == "bounce").reply' \
			ledger.jsonl)" "$words"
		assert_equal "$(jq -r 'select(.type == "reject").why' \
			ledger.jsonl)" "'$PLACE' refuses the address: $words"
	done
}

@test "with -y what bounced goes once more, and when it was sent it is sent" {
	head -n 1 "$AT/many" >in
	smtp_says dot=550
	run_out post in
	assert_equal "$status" 69
	smtp_says
	run_out post -y in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(outcome 1)" "try bounce reject69 try sent 1"
	run_out post -y in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(jq -r .type out) $(smtp_kept | wc -l)" "sent 1"
}

@test "with -H a mail in doubt is held, and one that was put off is not" {
	head -n 2 "$AT/many" >in
	smtp_says dot#1=drop dot#2=451
	run_out post -M 1 in
	assert_equal "$status" 75
	smtp_says
	run_out post -H in
	assert_equal "$status $stderr" \
		"75 vc-mail: in: line 1: in doubt: tried at $NOW, never confirmed"
	assert_equal "$(outcome 1)" "try reject75 reject75 0
try deferred reject75 try sent 1"
	run_out post in
	assert_equal "$(outcome 1)" "try reject75 reject75 try sent 1
try deferred reject75 try sent sent 1"
}

# connections: how many mails came in each.
connections() {
	sed -s -n 1p "$SMTP"/mail.*.envelope | uniq -c | awk '{ printf "%d ", $1 }'
}

@test "one connection serves all mails, or as many as -M says" {
	head -n 5 "$AT/many" >in
	run_out post in
	assert_equal "$status $(connections)" "0 5 "
	assert_equal "$(smtp_heard QUIT | wc -l)" 1
	smtp_forget
	rm ledger.jsonl
	run_out post -M 2 in
	assert_equal "$status $(connections)" "0 2 2 1 "
	assert_equal "$(smtp_heard QUIT | wc -l)" 3
	smtp_good
}

@test "a server that ends a connection between two mails gets a new one" {
	local fault
	for fault in 421 drop reset; do
		rm -f ledger.jsonl
		smtp_forget
		smtp_says "MAIL#2=$fault" dot#2=bye
		head -n 4 "$AT/many" >in
		run_out post in
		assert_equal "$fault: $status $stderr" "$fault: 0 "
		assert_equal "$(outcome 1 | sort | uniq -c | tr -s ' ')" \
			" 4 try sent 1"
	done
}

@test "while one run waits for its pace, another is not kept waiting" {
	head -n 2 "$AT/many" >in
	vc-mail -N "$NOW" -l ledger.jsonl -o "$SERVER" -m 1/h in >slow.out 3>&- &
	local slow=$! i
	for ((i = 0; i < 300; i++)); do
		[ "$(smtp_kept | wc -l)" -lt 1 ] || break
		sleep 0.1
	done
	run -0 --separate-stderr timeout 60 vc-mail -N "$NOW" -l ledger.jsonl \
		-o maildir:box "$AT/nec"
	kill "$slow"
	wait "$slow" || true
	assert_equal "$(jq -r .type <<<"$output")" sent
	assert_equal "$(smtp_kept | wc -l) $(find box/new -type f | wc -l)" "1 1"
}

@test "with -m mails leave at a pace" {
	head -n 5 "$AT/many" >in
	run_out post -m 240/min in
	assert_equal "$status $stderr" "0 "
	# Four times a quarter of a second lies between; the first may be late.
	run -0 awk '/MAIL/ { t[++n] = $1 }
		END { t[6] = t[5] - t[1]; print n, (t[6] > 0.75 ? "slowly" : t[6]) }' \
		"$SMTP/log"
	assert_output "5 slowly"
}

@test "a mail goes with its size, and one that is too large for the server bounces" {
	head -n 1 "$AT/many" >in
	smtp_says size=1000
	run_out post in
	assert_equal "$status $stderr" \
		"69 vc-mail: in: line 1: '$PLACE' refuses the mail: 552 5.3.4 too large"
	smtp_says size=100000
	run_out post -y in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(smtp_heard MAIL | tail -n 1)" \
		"clear MAIL FROM:<vuls@centre.example> SIZE=$(mail_of <in | wc -c)"
	assert_equal "$(outcome 1)" "try bounce reject69 try sent 1"
}

@test "with -p one copy goes to the centre, none to a vendor, and nothing is sent" {
	head -n 2 "$AT/many" >in
	run_out post -p office@centre.example in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(head -n 1 out)" "$(head -n 1 in | jq -c --arg now "$NOW" '{
		type: "proof", id, case, vendor, to: "office@centre.example",
		message_id, mail_sha256, via: "smtp", reply: "250 2.0.0 kept",
		sent_at: $now}')"
	tail -n +2 out | cmp - in
	assert_equal "$(jq -r .type ledger.jsonl)" proof
	assert_equal "$(smtp_heard RCPT)" "clear RCPT TO:<office@centre.example>"
	assert_equal "$(outcome 1 | tr '\n' ' ')" "proof 1 0 "
	smtp_forget
	run_out post in
	assert_equal "$status $(outcome 2 | tr '\n' ' ')" "0 try sent 1 try sent 1 "
}

@test "with -n a proof copy is checked and told, and goes nowhere" {
	head -n 1 "$AT/many" >in
	run_out post -n -p office@centre.example in
	assert_equal "$status $stderr" \
		"0 vc-mail: $(jq -r .id in): a proof would go to office@centre.example by smtp"
	cmp in out
	assert_equal "$(smtp_heard)" ""
	assert [ ! -e ledger.jsonl ]
	run_out vc-mail -n -N "$NOW" -l ledger.jsonl -o maildir:post \
		-p office@centre.example in
	assert_equal "$status $stderr" \
		"0 vc-mail: $(jq -r .id in): a proof would go to office@centre.example by maildir"
	assert [ ! -e post ]
	run_out post -n -p a@b.example in
	assert_equal "$status" 77
}

@test "a proof copy goes to no other domain, and what it meets is said" {
	local address
	head -n 1 "$AT/many" >in
	for address in a@b.example a@x.centre.example a@centre.example.b.example; do
		run_out post -p "$address" in
		assert_equal "$status $stderr" "77 vc-mail: in: line 1: option '-p': a proof goes to an address at 'centre.example' only"
	done
	for address in office 'office@centre.example>' '<a@centre.example>' \
		'a b@centre.example' '@centre.example' $'a@centre.example\nb'; do
		run_out post -p "$address" in
		assert_equal "$status $stderr" "64 vc-mail: option '-p' wants a bare address such as vuls@centre.example"
	done
	smtp_says RCPT=550
	run_out post -p office@centre.example in
	assert_equal "$status $stderr" \
		"67 vc-mail: in: line 1: '$PLACE' refuses the address: 550"
	assert_equal "$(jq -r .type ledger.jsonl | sort -u)" reject
	smtp_says
	run_out post in
	assert_equal "$status $stderr" "0 "
}

@test "a server that is silent is waited for as long as -W says" {
	head -n 7 "$AT/many" >in
	smtp_says {connect,EHLO,MAIL,RCPT,DATA,dot,QUIT}#1=hang
	run_out timeout 300 env WAIT=2 bash -c "$(declare -f post)
		SERVER=$SERVER NOW=$NOW; post -M 1 in"
	assert_equal "$status" 75
	assert_equal "$(sort -u err)" "$(for n in {1..6}; do
		echo "vc-mail: in: line $n: '$PLACE' did not answer within 2 seconds"
	done)"
	assert_equal "$(outcome 1)" "$(printf '%s\n' 'reject75 0' 'reject75 0' \
		'try deferred reject75 0' 'try deferred reject75 0' \
		'try deferred reject75 0' 'try reject75 0' 'try sent 1')"
	# Words that never end are no answer either.
	smtp_says MAIL#1=drip
	run_out timeout 300 vc-mail -W 2 -M 1 -l ledger.jsonl -o "$SERVER" in
	assert_equal "$status" 75
	assert_equal "$(cat err)" \
		"vc-mail: in: line 1: '$PLACE' did not answer within 2 seconds"
	run_out post in
	assert_equal "$status $stderr" "0 "
	assert_equal "$(outcome 1 | grep -o '.$' | tr '\n' ' ')" "1 1 1 1 1 1 1 "
}

@test "a slow server is no silent one" {
	head -n 1 "$AT/many" >in
	smtp_says {connect,EHLO,MAIL,RCPT,DATA,dot,QUIT}=slow
	run_out post in
	assert_equal "$status $stderr $(outcome 1)" "0  try sent 1"
}

@test "a server that is not there is for the next run" {
	head -n 2 "$AT/many" >in
	SERVER=smtp://127.0.0.1:1
	run_out post in
	assert_equal "$status $stderr" \
		"75 $(for n in 1 2; do echo "vc-mail: in: line $n: cannot connect to '127.0.0.1:1': Connection refused"; done)"
	assert_equal "$(jq -r .type out ledger.jsonl | sort -u)" reject
	SERVER="smtp://[::1]:1"
	run_out post in
	assert_equal "$status $(grep -c 'cannot connect to ' err)" "75 2"
}

@test "a mail of which the server had enough before its end goes again" {
	local fault
	# More than sockets take in when nobody reads.
	notice hitachi '.attachment = [{name: "a.bin", media_type:
		"application/octet-stream", text: ("x" * 2700000)}]' |
		vc-encrypt -N "$NOW" >in
	assert [ "$(mail_of <in | wc -c)" -gt 4500000 ]
	for fault in drop 421; do
		rm -f ledger.jsonl
		smtp_says "text=$fault"
		run_out post in
		assert_equal "$status $(jq -r .type ledger.jsonl | tr '\n' ' ')" \
			"75 try deferred reject "
		assert_equal "$stderr" \
			"vc-mail: in: line 1: the connection to '$PLACE' was lost"
	done
	smtp_says
	run_out post in
	assert_equal "$status $stderr" "0 "
	mail_of <in | cmp - "$(smtp_kept)"
	smtp_good
}

@test "lines that begin with a dot arrive as they are" {
	# No sealed mail has one; what vc-mail does not read of a signed letter may.
	open_letter | vc-encrypt -N "$NOW" >letter
	mail_of <letter | awk '{ print }
		/^VExQ/ { printf ".\r\n..\r\n...\r\n.QUIT\r\n. \r\n.x\r\n..x\r\n.\r\n.\r\n" }' >mail
	assert_equal "$(grep -c '^\.' mail)" 9
	jq -c --arg sha "$(sha256sum <mail | cut -c -64)" \
		--rawfile b64 <(base64 -w 0 mail) \
		'.mail_sha256 = $sha | .mail_b64 = $b64' letter >in
	for OFFER in '' pipelining; do
		rm -f ledger.jsonl
		smtp_forget
		smtp_says "$OFFER"
		cat "$AT/nec" >>in
		run_out post in
		assert_equal "$status $stderr" "0 "
		cmp mail "$(smtp_kept | head -n 1)"
		mail_of <"$AT/nec" | cmp - "$(smtp_kept | tail -n 1)"
		smtp_good
	done
}

@test "of two runs at once each mail goes once" {
	head -n 12 "$AT/many" >in
	post in >one 3>&- &
	shuf in | post >two
	wait $!
	diff <(sort one) <(sort two)
	assert_equal "$(outcome 1 | grep -o '.$' | sort | uniq -c | tr -s ' ')" " 12 1"
}

@test "a call that asks for what SMTP has not is wrong" {
	local spec option
	head -n 1 "$AT/many" >in
	for spec in smtp: smtp:// smtp://:25 smtp://a:b smtp://a:0 smtp://a:65536 \
		smtp://a:25/ 'smtp://a b' smtp://a_b smtp://@a smtp://[::1 \
		smtp://[a.example] smtp://a/b smtps:// 'smtp://a?b' $'smtp://a\n'; do
		SERVER=$spec
		run_out post in
		assert_equal "$spec: $status" "$spec: 64"
		assert_equal "$(cat out)" ""
	done
	for option in -M0 -M-1 -Mx -M1000001 -W0 -W3601 -m1 -m0/s -m1/d -mx -m1/min/; do
		SERVER=smtp://$PLACE
		run_out vc-mail -l ledger.jsonl -o "$SERVER" "$option" in
		assert_equal "$option: $status" "$option: 64"
	done
	SERVER=smtp://me@$PLACE
	run_out post in
	assert_equal "$status $stderr" \
		"64 vc-mail: '$PLACE' is spoken to in the clear: no user"
	assert_equal "$(cat "$SMTP/log" ledger.jsonl)" ""
}
