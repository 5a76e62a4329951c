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
