load helper

# The vendor list as a spreadsheet: vc-roster(1), out and in.

BOM=$'\xEF\xBB\xBF'

prepare() {
	cp "$VC_FIXTURE"/vc-roster/*.csv .
	chmod 644 ./*.csv
}

@test "a list goes out in CP932 for Japanese spreadsheets, and comes back the same" {
	vc-roster names.csv >utf8.csv
	run_out vc-roster -e cp932 names.csv
	assert_equal "$status" 0
	assert_equal "$stderr" ""
	tail -c +4 utf8.csv | sed 's/〜/～/g; s/−/－/g; s/‖/∥/g; s/—/―/g' | iconv -f UTF-8 -t CP932 >want
	cmp want out
	cp out sjis.csv
	vc-roster sjis.csv >back.csv
	sed 's/〜/～/g; s/−/－/g; s/‖/∥/g; s/—/―/g' utf8.csv | cmp - back.csv
	vc-roster -e cp932 back.csv | cmp - sjis.csv
}

@test "a list goes out in UTF-8 without a mark when that is asked for" {
	vc-roster names.csv >bom.csv
	run_out vc-roster -e utf-8 names.csv
	assert_equal "$status" 0
	assert_equal "$stderr" ""
	tail -c +4 bom.csv | cmp - out
	vc-roster -e UTF-8 names.csv | cmp - out
}

@test "who owes what is printed in CP932, too" {
	run_out vc-roster -m -e cp932 names.csv
	assert_equal "$status" 0
	run -0 head -c 7 out
	assert_output "vendor,"
}

@test "characters that CP932 lacks are each told with vendor and column, and nothing is printed" {
	printf 'vendor,name_ja,product\na,日立,x\nb,é😀,"a,ü"\nc,¥100,‾\n' >r.csv
	run -65 --separate-stderr vc-roster -e cp932 r.csv
	assert_output ""
	assert_equal "$stderr" "vc-roster: name_ja of vendor 'b' has U+00E9, which CP932 lacks; print the table in UTF-8
vc-roster: product of vendor 'b' has U+00FC, which CP932 lacks; print the table in UTF-8
vc-roster: name_ja of vendor 'c' has U+00A5, which CP932 lacks; print the table in UTF-8
vc-roster: product of vendor 'c' has U+203E, which CP932 lacks; print the table in UTF-8"
	run -65 --separate-stderr vc-roster -q -e cp932 r.csv
	assert_equal "${#stderr_lines[@]}" 4
}

@test "of more than a hundred such cells only the number is told" {
	awk 'BEGIN { print "vendor,name_ja"; for (i = 0; i < 102; i++) print "v" i ",é" }' >r.csv
	run -65 --separate-stderr vc-roster -e cp932 r.csv
	assert_output ""
	assert_equal "${#stderr_lines[@]}" 101
	assert_equal "${stderr_lines[99]}" "vc-roster: name_ja of vendor 'v99' has U+00E9, which CP932 lacks; print the table in UTF-8"
	assert_equal "${stderr_lines[100]}" "vc-roster: and 2 more faults"
}

@test "an encoding that is none, or one for records, is a wrong call" {
	run -64 --separate-stderr vc-roster -e sjis names.csv
	assert_equal "$stderr" "vc-roster: option '-e' takes cp932 or utf-8; see vc-roster -h"
	run -64 --separate-stderr vc-roster -j -e cp932 names.csv
	assert_equal "$stderr" "vc-roster: records are in UTF-8: leave out '-e'; see vc-roster -h"
}

@test "blanks round cells, rows of nothing and columns without a name do not count" {
	printf 'vendor, name_ja ,state,\na, 日立 ,registered ,\n,,,\n\n b,ｱ  ,,\n' >r.csv
	run -0 --separate-stderr bash -c 'vc-roster -j r.csv | jq -c "[.vendor, .name.ja, .state]"'
	assert_equal "$stderr" ""
	assert_output '["a","日立","registered"]
["b","ｱ","applied"]'
	printf 'vendor,\na,\nb,x\n' >r.csv
	run -78 --separate-stderr vc-roster r.csv
	assert_output ""
	assert_equal "$stderr" "vc-roster: r.csv:3: cell 2 stands under no name of a column"
}

@test "line ends inside a cell are one, however they were saved" {
	printf 'vendor,address\r\na,"東京都\r\n千代田区"\r\nb,"x\ry\nz"\r\n' >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -c .address'
	assert_output '"東京都\n千代田区"
"x\ny\nz"'
}

@test "a cell that was guarded keeps its blanks, and one with blanks is no guard" {
	printf "vendor,phone\na,'= x \nb, '=y\n" >r.csv
	run -0 bash -c 'vc-roster -j r.csv | jq -r .phone'
	assert_output "= x 
'=y"
}

@test "twelve odd files say the same list" {
	local want f
	mkdir odd
	printf 'vendor,name_ja,phone,product,address\na,日立,０３－１,x|y,"1\n2"\nb,"a ""b"", c",,,\n' >odd/plain
	printf '\xef\xbb\xbf' | cat - odd/plain >odd/bom
	iconv -f UTF-8 -t CP932 odd/plain >odd/cp932
	sed 's/$/\r/' odd/plain >odd/crlf
	tr '\n' '\r' <odd/plain >odd/cr
	head -c -1 odd/plain >odd/no-last-end
	printf 'vendor,name_ja,phone,product,address,,\na,日立,０３－１,x|y,"1\n2",,\nb,"a ""b"", c",,,,,\n' >odd/empty-last-columns
	printf 'product,address,vendor,phone,name_ja\nx|y,"1\n2",a,０３－１,日立\n,,b,,"a ""b"", c"\n' >odd/other-order
	printf '\n,,,,\nvendor,name_ja,phone,product,address\n\n,,,,\na,日立,０３－１,x|y,"1\n2"\n  ,,,,\n\nb,"a ""b"", c",,,\n\n\n' >odd/blank-rows
	printf 'vendor ,name_ja  , phone,product,address\na ,日立  , ０３－１,x | y,"1\n2 "\nb,"a ""b"", c  ",, ,\n' >odd/blanks
	printf '"vendor","name_ja","phone","product","address"\r\n"a","日立","０３－１","x|y","1\n2"\r\n"b","a ""b"", c","","",""\r\n' >odd/all-quoted
	printf 'vendor,name_ja,phone,product,address\r\na,日立,０３－１,||x||y|,"1\r\n2"\r\nb,"a ""b"", c",,|,\r\n' >odd/crlf-inside
	printf 'vendor,name_ja,phone,product,address,fpr\na,"日立",０３－１,"x|y","1\r2",\nb,"a ""b"", c",,,, \n' >odd/cr-inside
	want=$(vc-roster -j odd/plain)
	assert_equal "$(jq -r .name.ja <<<"$want" | paste -sd/)" '日立/a "b", c'
	for f in odd/*; do
		run -0 --separate-stderr vc-roster -j "$f"
		assert_equal "$f: $output$stderr" "$f: $want"
	done
	assert_equal "$(find odd -type f | wc -l)" 13
}

# ---- the way back

# a_ledger: names.csv, kept.
a_ledger() { vc-roster -j names.csv | vc-ledger -q -l ledger >/dev/null; }

# diff_of FILE [OPTION...]: the records that make the ledger say what FILE says.
diff_of() { vc-roster -l ledger -b sato -i "$@"; }

# cells [VENDOR COLUMN VALUE]...: CSV on stdin with these cells changed, each
# cell quoted and each row ended with CRLF.
cells() {
	perl -e '
		local $/; my $t = <STDIN>; my (@rows, @row, %at);
		$t =~ s/^\xEF\xBB\xBF//;
		while ($t =~ /\G("(?:[^"]|"")*"|[^,\n"]*)(,|\n)/g) {
			my ($c, $e) = ($1, $2);
			$c =~ s/""/"/g if $c =~ s/^"(.*)"$/$1/s;
			push @row, $c;
			if ($e eq "\n") { push @rows, [@row]; @row = () }
		}
		@at{@{$rows[0]}} = 0 .. $#{$rows[0]};
		while (my ($v, $c, $s) = splice @ARGV, 0, 3) {
			for (@rows) { $_->[$at{$c}] = $s if $_->[0] eq $v }
		}
		for (@rows) {
			print join(",", map { s/"/""/g; "\"$_\"" } @$_), "\r\n";
		}' "$@"
}

# keep_edited FILE: the difference is kept, and what waits is confirmed.
keep_edited() {
	diff_of "$1" >edits
	vc-ledger -l ledger edits >kept
	cmp edits kept
	jq -c 'select(.type == "change") | {type: "confirm",
		id: "confirm/\(.id)", of: .id, by: "suzuki",
		confirmed_at: "2004-08-01T00:00:00Z"}' edits |
		vc-ledger -l ledger >/dev/null
}

@test "a list that nobody edited makes no record, whatever the spreadsheet does to it" {
	a_ledger
	vc-roster ledger >bom.csv
	vc-roster -e utf-8 ledger >plain.csv
	vc-roster -e cp932 ledger >sjis.csv
	cells <plain.csv >quoted.csv
	iconv -f UTF-8 -t CP932 quoted.csv >sjis-quoted.csv
	sed 's/$/\r/' plain.csv >crlf.csv
	tr '\n' '\r' <plain.csv >cr.csv
	sed '2,$s/,/ , /g; s/" ,/",/g; s/, "/,"/g' plain.csv | head -n 3 >blanks.csv
	awk 'NR > 1 && /^[a-z]/ { print ""; print ",,,,,,,,,,,,,,,,,,,,,,,,,,," } { print }' plain.csv >empty.csv
	local f
	for f in *.csv; do
		case $f in names.csv | small.csv) continue ;; esac
		run -0 --separate-stderr diff_of "$f"
		assert_equal "$f $output $stderr" "$f  "
	done
}

@test "what was edited becomes vendor records of the fields that changed" {
	a_ledger
	vc-roster ledger | cells takahashi name_en 'Takahashi Ltd' \
		nami phone '＝81' kana product '' >new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "$stderr" ""
	assert_output '{"type":"vendor","id":"vendor/takahashi","vendor":"takahashi","name":{"ja":"髙橋製作所①","en":"Takahashi Ltd"},"by":"sato"}
{"type":"vendor","id":"vendor/nami","vendor":"nami","phone":"＝81","by":"sato"}
{"type":"vendor","id":"vendor/kana","vendor":"kana","product":[],"by":"sato"}'
}

@test "addresses and domains become change records, which wait for a second person" {
	a_ledger
	vc-roster ledger | cells takahashi email a@takahashi.example \
		takahashi domain takahashi.example takahashi phone 1 \
		nami mail 'legal legal@nami.example|pr pr@nami.example' \
		kana contact_email k@kana.example kana contact_name Kana >new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "$stderr" ""
	run -0 jq -c 'del(.id)' <<<"$output"
	assert_output '{"type":"vendor","vendor":"takahashi","phone":"1","by":"sato"}
{"type":"change","vendor":"takahashi","email":"a@takahashi.example","domain":["takahashi.example"],"by":"sato"}
{"type":"change","vendor":"nami","mail":[{"role":"legal","email":"legal@nami.example"},{"role":"pr","email":"pr@nami.example"}],"by":"sato"}
{"type":"change","vendor":"kana","contact":{"name":"Kana","email":"k@kana.example"},"by":"sato"}'
	keep_edited new.csv
	vc-roster new.csv >want
	vc-roster ledger | cmp - want
}

@test "a new row becomes a whole vendor record, and a row that is missing stays" {
	a_ledger
	vc-roster ledger | grep -v ^kana >new.csv
	echo 'new,ニュー,,general,,registered,p@new.example,,,en,,,,,,,,,,,,,,,,,,' >>new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "$stderr" ""
	assert_output '{"type":"vendor","id":"vendor/new","vendor":"new","name":{"ja":"ニュー"},"kind":"general","state":"registered","email":"p@new.example","language":"en","role":"vendor","by":"sato"}'
	run -0 --separate-stderr diff_of new.csv -v
	assert_equal "${stderr_lines[0]}" "vc-roster: new.csv: vendor 'kana' is not in this table, and stays as it is"
}

@test "columns that are missing, or in another order, are no difference" {
	a_ledger
	printf 'phone,vendor,name_en\n０３－１２３４,takahashi,T\n' >new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "$stderr" ""
	assert_output '{"type":"vendor","id":"vendor/takahashi","vendor":"takahashi","name":{"ja":"髙橋製作所①","en":"T"},"by":"sato"}'
}

@test "each column, set and emptied, is kept by the ledger, and then the list is the edited one" {
	local c v n=0
	while IFS=$'\t' read -r c v; do
		rm -f ledger
		a_ledger
		vc-roster ledger | cells takahashi "$c" "$v" kana "$c" "$v" nami "$c" '' >new.csv
		case $c in state | email | domain | mail | contact_email) vc-roster ledger |
			cells takahashi "$c" "$v" >new.csv ;; esac
		keep_edited new.csv
		vc-roster new.csv >want
		vc-roster ledger >have
		cmp want have || fail "$c"
		run -0 diff_of new.csv
		assert_output ""
		vc-roster ledger >before
		vc-roster ledger | cells takahashi "$c" '' >new.csv
		if [ "$c" != state ]; then
			keep_edited new.csv
			vc-roster new.csv >want
			vc-roster ledger | cmp - want || fail "$c emptied"
		fi
		n=$((n + 1))
	done <<-'EOT'
		name_ja	＠名前㈱
		name_en	=Name, "Inc"
		kind	individual
		role	critical
		state	suspended
		state	withdrawn
		email	new@takahashi.example
		phone	'+81
		address	東京都
		language	en
		product	a\|b|c\\|'=d
		keyword	DNS|ＴＬＳ
		domain	takahashi.example|x.example
		region	overseas
		consent	name|window
		contact_name	山田 太郎
		contact_email	y@takahashi.example
		contact_phone	－1
		contact_title	部長
		contact_affiliation	ｶ
		mail	legal l@takahashi.example
		clearance	poc|exploit
		agreement	GREEN|AMBER
		direct	kana
	EOT
	assert_equal "$n" 24
}

@test "an edit in CP932 keeps what only looks otherwise there" {
	a_ledger
	vc-roster -e cp932 ledger | iconv -f CP932 -t UTF-8 |
		cells nami product 'x|y' takahashi keyword 'DNS|ｿﾌﾄ|+' \
			nami name_en N | iconv -f UTF-8 -t CP932 >new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "$stderr" ""
	assert_output '{"type":"vendor","id":"vendor/takahashi","vendor":"takahashi","keyword":["DNS","ｿﾌﾄ","+"],"by":"sato"}
{"type":"vendor","id":"vendor/nami","vendor":"nami","name":{"ja":"～波〜なみ－−‖—","en":"N"},"product":["x","y"],"by":"sato"}'
}

# refused FILE WHAT...: FILE is refused for all that, and nothing is printed.
refused() {
	local f=$1
	shift
	run -65 --separate-stderr diff_of "$f"
	assert_output ""
	assert_equal "$stderr" "$(printf 'vc-roster: %s\n' "$@")"
}

@test "characters that CP932 lacks cannot be lost in an edited list" {
	printf 'vendor,name_ja,phone\na,é\nb,x,1\n' | sed '2s/$/,2/' >r.csv
	vc-roster -j r.csv | vc-ledger -q -l ledger >/dev/null
	printf 'vendor,name_ja,phone\na,?,2\nb,ｱ,1\n' | iconv -f UTF-8 -t CP932 >new.csv
	refused new.csv \
		"new.csv:2: name_ja of vendor 'a' has U+00E9, which CP932 lacks; save the table as 'CSV UTF-8'"
	printf 'vendor,name_ja\na,e\nb,ｱ\n' | iconv -f UTF-8 -t CP932 >new.csv
	refused new.csv \
		"new.csv:2: name_ja of vendor 'a' has U+00E9, which CP932 lacks; save the table as 'CSV UTF-8'"
	printf 'vendor,name_ja\nb,ｱ\nc,Caf?\n' | iconv -f UTF-8 -t CP932 >new.csv
	refused new.csv \
		"new.csv:3: name_ja of vendor 'c' has a '?', which may stand for what CP932 lacks; save the table as 'CSV UTF-8'"
	printf 'vendor,phone\na,3\nb,ｱ\n' | iconv -f UTF-8 -t CP932 >new.csv
	run -0 --separate-stderr diff_of new.csv
	assert_equal "${#lines[@]}" 2
}

@test "every fault of an edited table is told with its line, and nothing is printed" {
	a_ledger
	cat >new.csv <<-EOT
		vendor,name_ja,sate,state,email,state,fpr,domain
		takahashi,x,,registred,a@b@c,,ABC,com
		nami,x,,registered
		b"ad,x,,,,,,
		kana
		new one,x,,,psirt,,,
		neu,x,,,,,,"x
		neu,x,,,new@neu.example,,,
		neu,y,,,,,,
	EOT
	refused new.csv \
		"new.csv:1: unknown column 'sate'" \
		"new.csv:1: column 'state' is there twice" \
		"new.csv:2: field 'state' is not a known word" \
		"new.csv:2: email is no mail address" \
		"new.csv:2: field 'fpr' is not 40 upper-case hex digits" \
		"new.csv:2: domain[0] is no domain" \
		"new.csv:3: 4 cells under 8 columns" \
		"new.csv:4: a quote in the wrong place" \
		"new.csv:5: 1 cells under 8 columns" \
		"new.csv:6: column 'vendor' is no id of letters, digits and . _ + -" \
		"new.csv:6: email is no mail address" \
		"new.csv:7: a quoted cell is not closed" \
		"new.csv:9: vendor 'neu' is in line 8 already"
}

@test "an edited table that is no table is refused as a whole" {
	a_ledger
	printf 'name_ja,sate\nx\n' >new.csv
	refused new.csv "new.csv:1: unknown column 'sate'" \
		"new.csv:1: column 'vendor' is missing"
	printf '\n,,\n' >new.csv
	refused new.csv "new.csv: no row that names columns"
	printf '"vendor\nx\n' >new.csv
	refused new.csv "new.csv:1: a quoted cell is not closed"
	printf 'vendor,name_ja\na,\xe6\x97\xa5\nb,\xff\nc,\nd,\xff\xfe\n' >new.csv
	refused new.csv \
		"new.csv:3: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'" \
		"new.csv:5: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'"
	printf 'vendor,name_ja\na,\x93\xfa\nb,\x81\xad\nc,\xfc\n' >new.csv
	refused new.csv \
		"new.csv:3: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'" \
		"new.csv:4: neither UTF-8 nor CP932; save the table as 'CSV UTF-8'"
	printf 'vendor\na\0\nb\nc\0\n' >new.csv
	refused new.csv "new.csv:2: a NUL octet" "new.csv:4: a NUL octet"
	vc-roster -e utf-8 ledger | iconv -f UTF-8 -t UTF-16 >new.csv
	refused new.csv "new.csv:1: UTF-16, or 'Unicode text'; save the table as 'CSV UTF-8'"
	run -66 --separate-stderr diff_of nowhere.csv
	assert_equal "$stderr" "vc-roster: cannot open 'nowhere.csv': No such file or directory"
}

@test "what two rows would own is told with both lines" {
	local fpr=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
	a_ledger
	cat >new.csv <<-EOT
		vendor,email,contact_email,domain,mail,fpr
		a,x@y.example,,y.example,,$fpr
		b,x@Y.example,,,,
		c,,x@y.example,z.example|Y.example,,
		d,,,,legal x@y.example,$fpr
	EOT
	refused new.csv \
		"new.csv:3: email of vendor 'b' belongs to 'a' of line 2" \
		"new.csv:4: contact.email of vendor 'c' belongs to 'a' of line 2" \
		"new.csv:4: domain of vendor 'c' belongs to 'a' of line 2" \
		"new.csv:5: mail of vendor 'd' belongs to 'a' of line 2" \
		"new.csv:5: fpr of vendor 'd' belongs to 'a' of line 2" \
		"new.csv:5: d: 'key/$fpr' belongs to vendor 'a'"
}

@test "an address goes on only when who had it has let it go" {
	a_ledger
	printf 'vendor,email\nneu,psirt@nami.example\n' >new.csv
	refused new.csv "new.csv:2: email of vendor 'neu' is that of 'nami', which is not in this table"
	printf 'vendor,email\ntakahashi,psirt@nami.example\nnami,psirt@takahashi.example\n' >new.csv
	refused new.csv \
		"new.csv:3: email of vendor 'nami' is that of 'takahashi' until a change of it is confirmed" \
		"new.csv:2: email of vendor 'takahashi' is that of 'nami' until a change of it is confirmed"
	printf 'vendor,state,email\nnami,withdrawn,psirt@nami.example\nneu,,psirt@nami.example\n' >new.csv
	keep_edited new.csv
	run -0 bash -c 'vc-roster -j ledger | jq -r "[.vendor, .state, .email] | @tsv" | tail -n 3'
	assert_output $'nami\twithdrawn\tpsirt@nami.example
kana\tapplied\t
neu\tapplied\tpsirt@nami.example'
}

@test "keys, papers, the time of a mail and an empty state are not edited" {
	local fpr=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
	a_ledger
	cat >new.csv <<-EOT
		vendor,state,fpr,paper,heard_at
		takahashi,,$fpr,,
		nami,registered,,profile,2004-07-08T00:00:00Z
		kana,registered,,,
	EOT
	refused new.csv \
		"new.csv:2: state of vendor 'takahashi' is not edited: write 'suspended' or 'withdrawn'" \
		"new.csv:2: fpr of vendor 'takahashi' is not edited: a key comes in by 'vc-roster -a'" \
		"new.csv:3: paper of vendor 'nami' is not edited: papers come in by a 'step' record" \
		"new.csv:3: heard_at of vendor 'nami' is not edited: it is the time of a mail" \
		"new.csv:4: kana: state 'registered' needs the step 'papers-shown' first"
}

@test "of more than a hundred faults only the number is told" {
	a_ledger
	awk 'BEGIN { print "vendor,email"; for (i = 0; i < 300; i++) print "v" i ",x" }' >new.csv
	run -65 --separate-stderr diff_of new.csv
	assert_output ""
	assert_equal "${#stderr_lines[@]}" 101
	assert_equal "${stderr_lines[99]}" "vc-roster: new.csv:101: email is no mail address"
	assert_equal "${stderr_lines[100]}" "vc-roster: and 200 more faults"
}

@test "who edited is named, and what is compared is a list" {
	a_ledger
	run -64 --separate-stderr vc-roster -l ledger -i names.csv
	assert_equal "$stderr" "vc-roster: option '-i' needs '-b': who edited it; see vc-roster -h"
	run -64 --separate-stderr vc-roster -l ledger -b sato -e cp932 -i names.csv
	assert_equal "$stderr" "vc-roster: records are in UTF-8: leave out '-e'; see vc-roster -h"
	cp ledger before
	vc-roster -l ledger -b sato -i small.csv >/dev/null
	cmp ledger before
}

@test "the difference to a table is that to a ledger" {
	a_ledger
	vc-roster ledger >list.csv
	cells takahashi name_en T nami email n@nami.example kana state withdrawn <list.csv >new.csv
	diff_of new.csv >want
	run_out vc-roster -b sato -i new.csv -r list.csv
	assert_equal "$status" 0
	assert_equal "$stderr" ""
	cmp want out
	assert_equal "$(wc -l <out)" 3
}
