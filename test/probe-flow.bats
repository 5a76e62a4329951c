load helper
load flow

# flow TEXT: as it is mailed.
flow() { printf '%s\0' "$1" | "$VC_PROBE/probe-flow" | tr -d '\0' >flowed; }

# seen TEXT WANT: its lines in the mail, with | for the end of each.
seen() {
	flow "$1"
	assert_equal "$(sed 's/\r$/|/' flowed)" "$2"
}

@test "short lines stay as they are, and blanks at their ends go" {
	seen $'one\n\n  \ntwo \nthree\t \n' $'one|\n|\n|\ntwo|\nthree|'
	seen $'no end' 'no end|'
	seen $'a\tb' $'a\tb|'
	seen '' ''
}

@test "what a reader takes for something else has one more blank in front" {
	seen $' x\n> y\n>\nFrom z\nFrom\nfrom z\n' $'  x|\n > y|\n >|\n From z|\nFrom|\nfrom z|'
}

@test "the signature line keeps its blank, and no other line becomes one" {
	seen $'-- \nme\n--  \n --  \n-- me' $'-- |\nme|\n--|\n  --|\n-- me|'
	seen "-- $(printf 'x%.0s' {1..90})" "-- $(printf 'x%.0s' {1..90})|"
}

@test "a long line is broken behind its blanks, and a long word is not" {
	local nine='nine char' word
	word=$(printf 'x%.0s' {1..90})
	seen "$(printf "$nine %.0s" {1..12})end" \
		"$(printf "$nine %.0s" {1..7})nine |
$(printf "char $nine %.0s" 1)$(printf "$nine %.0s" {1..3})end|"
	seen "a $word b" "a |
$word |
b|"
}

@test "a word that no line holds, other letters and controls are not flowed" {
	local text
	for text in "$(printf 'x%.0s' {1..998})" ">$(printf 'x%.0s' {1..996})"; do
		flow "$text"
		assert_equal "$(unflow <flowed)" "$text"
		seen "${text}x" '!'
	done
	seen 'é' '!'
	seen $'a\x80' '!'
	seen $'a\rb' '!'
	seen $'a\x7f' '!'
	seen $'a\fb' '!'
}

@test "500 random texts are the same to a reader of flowed text" {
	random_texts 500 >texts
	"$VC_PROBE/probe-flow" <texts >mails
	assert_equal "$(grep -cz '^!$' mails)" 0
	trimmed <texts >want
	unflow <mails >got
	assert_equal "$(tr -cd '\0' <got | wc -c)" 500
	cmp want got
	assert [ "$(grep -caE '^ (>|From )' mails)" -gt 300 ]
	assert [ "$(grep -ca ' .$' mails)" -gt 300 ]
}
