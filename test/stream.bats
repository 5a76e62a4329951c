load helper

# The record contract (vc-record(5)), on a filter that takes sent, case and
# vendor and refuses notice.

prepare() {
	FILTER=$VC_PROBE/probe-stream
}

VENDOR='{"type":"vendor","id":"vendor/a","vendor":"a"}'
FOREIGN='{"type":"foreign", "x" : 1.50, "type":"odd"  }'

# bad LINE REASON: the line is refused with 65; a record before and one behind
# it pass; the refusal does not quote the line.
bad() {
	local sha
	printf '%s\n' "$VENDOR" >in
	printf '%b\n' "$1" >>in
	printf '%s\n' "$FOREIGN" >>in
	sha=$(printf '%b' "$1" | sha256sum | cut -c1-64)
	run_out "$FILTER" <in
	assert_equal "$status" 65
	assert_equal "$output" "$VENDOR
$(jq -nc --arg why "$2" --arg sha "$sha" \
		'{type:"reject",by:"probe-stream",code:65,why:$why,of:{line_n:2,line_sha256:$sha}}')
$FOREIGN"
	assert_equal "$stderr" "probe-stream: line 2: $2"
}

@test "no JSON is refused" {
	bad 'hello' 'a record must begin with {"type":"..."'
	bad '{"type":"vendor","id":}' 'no JSON: wrong at octet 23'
}

@test "a record without a type, or with its type behind, is refused" {
	bad '{"id":"x"}' 'a record must begin with {"type":"..."'
	bad '{"id":"x","type":"vendor"}' 'a record must begin with {"type":"..."'
	bad '{ "type":"vendor"}' 'a record must begin with {"type":"..."'
	bad '{"type":"Ven dor","id":"x"}' 'the type is no word of a-z, - and _'
	bad '{"type":"ven\\u0064or","id":"x"}' 'the type is no word of a-z, - and _'
	bad '{"type":"vendor"' 'the type is no word of a-z, - and _'
}

@test "a record without an id is refused" {
	bad '{"type":"vendor","vendor":"a"}' "field 'id' is missing"
}

@test "a key that stands twice is refused" {
	bad '{"type":"vendor","id":"a","vendor":"a","vendor":"b"}' \
		'a key stands twice in one object'
}

@test "NUL is refused, raw or escaped" {
	bad '{"type":"vendor","id":"a\\u0000b"}' 'a string holds NUL'
	bad '{"type":"vendor","id":"a\0000b"}' 'octet 25 is NUL'
}

@test "invalid UTF-8 is refused" {
	bad '{"type":"vendor","id":"a\xff"}' 'octet 25 is no UTF-8'
	bad '{"type":"vendor","id":"\xc0\xaf"}' 'octet 24 is no UTF-8'
	bad '{"type":"vendor","id":"\xed\xa0\x80"}' 'octet 24 is no UTF-8'
	bad '{"type":"vendor","id":"\xf4\x90\x80\x80"}' 'octet 24 is no UTF-8'
}

@test "fractions, null and too big numbers are refused" {
	bad '{"type":"vendor","id":"a","x":9.3}' \
		'a number has a fraction: records hold integers and strings'
	bad '{"type":"vendor","id":"a","x":null}' 'a value is null: leave the field out'
	bad '{"type":"vendor","id":"a","x":99999999999999999999}' 'a number is too big'
}

@test "too deep and too long keys are refused" {
	local deep long
	deep=$(printf '[%.0s' $(seq 16))1$(printf ']%.0s' $(seq 16))
	bad '{"type":"vendor","id":"a","x":'"$deep"'}' 'nested deeper than 16'
	long=$(printf 'k%.0s' $(seq 65))
	bad '{"type":"vendor","id":"a","'"$long"'":1}' 'a key is longer than 64 octets'
}

@test "a field of the wrong form is refused as a fact, without its bulk" {
	echo '{"type":"case","id":"JVN#1","state":"open","title":{"ja":"秘密"},"text":"secret","x":"secret"}' >in
	run_out "$FILTER" <in
	assert_equal "$status" 65
	assert_equal "$output" '{"type":"reject","by":"probe-stream","code":65,"why":"field '"'state'"' is not a known word","of":{"type":"case","id":"JVN#1","state":"open"}}'
	assert_equal "$stderr" "probe-stream: line 1: field 'state' is not a known word"
}

# bats test_tags=nosan
@test "a line over 16 MiB is refused, in bounded memory, and the next one read" {
	{
		printf '{"type":"vendor","id":"'
		head -c $((40 << 20)) /dev/zero | tr '\0' a
		printf '"}\n%s\n' "$VENDOR"
	} >in
	run_out bash -c 'ulimit -v 200000; exec "$0" <in' "$FILTER"
	assert_equal "$status" 65
	assert_equal "$output" '{"type":"reject","by":"probe-stream","code":65,"why":"longer than 16777216 octets","of":{"line_n":1}}
'"$VENDOR"
	assert_equal "$stderr" "probe-stream: line 1: longer than 16777216 octets"
}

@test "a foreign line of 16 MiB goes by" {
	{
		printf '{"type":"foreign","id":"'
		head -c $((16 << 20)) /dev/zero | tr '\0' a | head -c $(((16 << 20) - 26))
		printf '"}\n'
	} >in
	assert_equal "$(wc -c <in)" $(((16 << 20) + 1))
	"$FILTER" <in >out
	cmp in out
}

@test "a last line without LF is refused: truncation shows" {
	printf '%s\n%s' "$VENDOR" "$VENDOR" >in
	run_out "$FILTER" <in
	assert_equal "$status" 65
	assert_equal "$output" "$VENDOR"'
{"type":"reject","by":"probe-stream","code":65,"why":"no newline at the end: the input was cut off","of":{"line_n":2,"line_sha256":"'"$(printf %s "$VENDOR" | sha256sum | cut -c1-64)"'"}}'
	assert_equal "$stderr" "probe-stream: line 2: no newline at the end: the input was cut off"
}

@test "20,000 foreign records, odd ones among them, go by octet for octet" {
	awk 'BEGIN { for (i = 0; i < 20000; i++)
		printf "{\"type\":\"foreign\",\"x\":%d.50, \"dup\":1,\"dup\":2,\"bad\":\"\xff\"%s}\n", i, i % 3 ? "" : "  " }' >in
	"$FILTER" <in >out
	cmp in out
}

@test "records keep their order among foreign ones and rejects" {
	printf '%s\n' "$FOREIGN" "$VENDOR" bad "$FOREIGN" "$VENDOR" >in
	"$FILTER" <in >out 2>/dev/null || true
	run -0 cut -c1-16 out
	assert_output '{"type":"foreign
{"type":"vendor"
{"type":"reject"
{"type":"foreign
{"type":"vendor"'
}

@test "unknown fields of a known type are kept, and their order" {
	echo '{"type":"vendor","id":"vendor/a","zz":{"b":[1,true,false,-7],"a":"\"\\/\u0001\u00e9\t"},"vendor":"a"}' >in
	run_out "$FILTER" <in
	assert_equal "$status" 0
	assert_equal "$output" '{"type":"vendor","id":"vendor/a","zz":{"b":[1,true,false,-7],"a":"\"\\/\u0001é\t"},"vendor":"a"}'
}

@test "a type that is refused leaves as a reject with 77, and only its fact" {
	echo '{"type":"notice","id":"JVN#1/a/1","case":"JVN#1","vendor":"a","to":"a@a.example","subject":"secret","text":"secret","more":"secret"}' >in
	run_out "$FILTER" <in
	assert_equal "$status" 77
	assert_equal "$output" '{"type":"reject","by":"probe-stream","code":77,"why":"a notice is refused here: not sealed","of":{"type":"notice","id":"JVN#1/a/1","case":"JVN#1","vendor":"a","to":"a@a.example"}}'
	assert_equal "$stderr" "probe-stream: line 1: a notice is refused here: not sealed"
}

@test "a reject of an earlier program rides on and its code is the exit status" {
	echo '{"type":"reject","by":"vc-x","code":77,"why":"no","of":{"type":"y"}}' >in
	run_out "$FILTER" <in
	assert_equal "$status" 77
	assert_equal "$output" "$(cat in)"
	assert_equal "$stderr" ""
}

@test "of several codes 75 wins, else the highest" {
	printf '{"type":"reject","by":"x","code":%d,"why":"no"}\n' 77 75 78 >in
	run -75 "$FILTER" <in
	printf '{"type":"reject","by":"x","code":%d,"why":"no"}\n' 65 77 66 >in
	run -77 "$FILTER" <in
}

@test "the files named are read one after the other; a missing one is 66" {
	echo "$VENDOR" >a
	echo "$FOREIGN" >b
	run_out "$FILTER" a missing b
	assert_equal "$status" 66
	assert_equal "$output" "$VENDOR
$FOREIGN"
	assert_equal "$stderr" "probe-stream: cannot open 'missing': No such file or directory"
	mkdir d
	run_out "$FILTER" d a
	assert_equal "$status" 74
	assert_equal "$output" "$VENDOR"
	assert_equal "$stderr" "probe-stream: cannot read d: Is a directory"
}

@test "a full disk on stdout is 74" {
	echo "$VENDOR" >in
	run -74 --separate-stderr bash -c "'$FILTER' <in >/dev/full"
	assert_equal "$stderr" "probe-stream: cannot write to standard output: No space left on device"
}

@test "a reader that goes away ends the program quietly with 74" {
	awk -v v="$VENDOR" 'BEGIN { for (i = 0; i < 100000; i++) print v }' >in
	run -0 --separate-stderr bash -c "'$FILTER' <in | head -n 1 >/dev/null; echo \${PIPESTATUS[0]}"
	assert_output 74
	assert_equal "$stderr" ""
}

@test "a closed descriptor at the start is 74" {
	run -74 --separate-stderr bash -c "'$FILTER' <&-"
	assert_equal "$stderr" "probe-stream: standard input is closed"
	run -74 --separate-stderr bash -c "'$FILTER' </dev/null >&-"
	assert_equal "$stderr" "probe-stream: standard output is closed"
	run -74 bash -c "'$FILTER' </dev/null 2>&-"
}

@test "controls of strangers do not reach a terminal" {
	printf '\033[2J\n' >'a'
	run -65 --separate-stderr "$FILTER" a
	assert_equal "$stderr" 'probe-stream: a: line 1: a record must begin with {"type":"..."'
	run -66 --separate-stderr "$FILTER" $'x\033[2J\u202ey'
	assert_equal "$stderr" "probe-stream: cannot open 'x?[2J[U+202E]y': No such file or directory"
}

@test "with a ledger, the fact is kept before the record is passed on" {
	echo '{"type":"case","id":"JVN#1","state":"draft","title":{"en":"secret"}}' >in
	run_out "$FILTER" -l ledger <in
	assert_equal "$status" 0
	assert_equal "$output" "$(cat in)"
	assert_equal "$(cat ledger)" '{"type":"case","id":"JVN#1","state":"draft"}'
	# A stdout that cannot be written: kept all the same.
	run -74 bash -c "'$FILTER' -l ledger <in >/dev/full 2>/dev/null"
	assert_equal "$(wc -l <ledger)" 2
	assert_equal "$(stat -c %a ledger)" 600
}

@test "a ledger that is a folder, a link or open to others is 78" {
	mkdir dir
	run -78 --separate-stderr "$FILTER" -l dir </dev/null
	assert_equal "$stderr" "probe-stream: ledger 'dir' is no regular file"
	: >file
	ln -s file link
	run -78 --separate-stderr "$FILTER" -l link </dev/null
	assert_equal "$stderr" "probe-stream: ledger 'link' is no regular file"
	chmod 620 file
	run -78 --separate-stderr "$FILTER" -l file </dev/null
	assert_equal "$stderr" "probe-stream: 'file' can be written by others: chmod go-w"
}

@test "a ledger where none can be made is 73" {
	run -73 --separate-stderr "$FILTER" -l nowhere/ledger </dev/null
	assert_equal "$stderr" "probe-stream: cannot open the ledger 'nowhere/ledger': No such file or directory"
}

# bats test_tags=nosan
@test "out of memory is 75" {
	{
		printf '{"type":"foreign","id":"'
		head -c $((15 << 20)) /dev/zero | tr '\0' a
		printf '"}\n'
	} >in
	run -75 --separate-stderr bash -c "ulimit -v 24000; '$FILTER' <in >/dev/null"
	assert_equal "$stderr" "probe-stream: out of memory"
}

@test "the options of a program complete in bash" {
	# shellcheck source=/dev/null
	source "$VC_TOP/share/completion/vc.bash"
	COMP_WORDS=(vc-ledger --l)
	COMP_CWORD=1
	_vc
	assert_equal "${COMPREPLY[*]}" --ledger
}
