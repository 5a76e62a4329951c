# bats file_tags=nosan
load helper

# The rules of the house: share/doc/HACKING. A rule that is broken is named.

setup_file() {
	cd "$BATS_TEST_DIRNAME/.." || return 1
	make -s map >"$BATS_FILE_TMPDIR/map"
}

programs() {
	local f
	for f in "$VC_TOP"/bin/*.c; do basename "$f" .c; done
}

prepare() {
	cd "$VC_TOP" || return 1
}

@test "make help explains every target" {
	run -0 make -s help
	local t
	for t in help deps all check check-san fuzz lint demo bench deps-world \
		check-world install uninstall dist new clean; do
		assert_line --regexp "^$t +[a-z]"
	done
}

@test "every module of lib/ is on the map once, and the map names no other" {
	local f have
	have=$(for f in lib/*.c; do basename "$f" .c; done | sort)
	run -0 bash -c "cut -d' ' -f2- '$BATS_FILE_TMPDIR/map' | tr ' ' '\n' | sort"
	assert_output "$have"
}

# A line for each include in lib/: layer and name of who includes and of what.
includes() {
	awk 'NR == FNR { for (i = 2; i <= NF; i++) layer[$i] = NR; next }
		FNR == 1 { m = FILENAME; gsub(/.*\/|\.[ch]$/, "", m) }
		/^#include "/ {
			inc = $2
			gsub(/"|\.h/, "", inc)
			print layer[m], m, layer[inc], inc
		}' "$BATS_FILE_TMPDIR/map" lib/*.[ch]
}

@test "includes point down: domain, things, stream, ground" {
	includes >"$BATS_TEST_TMPDIR/in"
	assert [ "$(wc -l <"$BATS_TEST_TMPDIR/in")" -gt 300 ]
	run -0 awk 'NF != 4 || $3 > $1 { print $2 " includes " $4 }' "$BATS_TEST_TMPDIR/in"
	assert_output ""
}

@test "things do not know each other" {
	includes >"$BATS_TEST_TMPDIR/in"
	run -0 awk '$1 == 3 && $3 == 3 && $2 != $4 { print $2 " knows " $4 }' "$BATS_TEST_TMPDIR/in"
	assert_output ""
}

@test "a foreign header is included by its one module" {
	local rule h
	for rule in gmime/:second gpgme:gpg* csv:table iconv:charset \
		gcrypt:hash jansson:record glib:fold zlib:inflate bzlib:bunzip \
		mailutils/:dialog gnutls/:wire; do
		h=${rule%:*}
		run grep -lE "^#include <$h" lib/*.[ch] bin/*.c
		local l
		for l in "${lines[@]}"; do
			case $l in
			lib/${rule#*:}.[ch]) ;;
			*) fail "$l includes <$h...>" ;;
			esac
		done
	done
}

@test "only bin, stream, opt and process write to stderr or exit" {
	run grep -nE '\b(exit|_exit|abort|fprintf|dprintf|perror|warn|warnx|err|errx) ?\(|\bstderr\b' lib/*.c
	local l
	for l in "${lines[@]}"; do
		case $l in
		lib/stream.c:* | lib/opt.c:* | lib/process.c:*) ;;
		*) fail "$l" ;;
		esac
	done
}

@test "every header compiles alone and every .c includes its own first" {
	local h first flags
	flags=$(pkg-config --cflags gmime-3.0 gpgme jansson libgcrypt)
	for h in lib/*.h; do
		# shellcheck disable=SC2086
		gcc -std=c11 -D_GNU_SOURCE -Ilib $flags -fsyntax-only -x c "$h" ||
			fail "$h does not compile alone"
	done
	for h in lib/*.c; do
		first=$(grep -m1 '^#include' "$h")
		[ "$first" = "#include \"$(basename "$h" .c).h\"" ] ||
			fail "$h includes $first first"
	done
}

@test "files and functions keep their budgets" {
	local f n max
	for f in bin/*.c lib/*.c lib/*.h Makefile; do
		case $f in
		bin/*) max=150 ;;
		*.h) max=80 ;;
		Makefile) max=200 ;;
		*) max=400 ;;
		esac
		n=$(wc -l <"$f")
		[ "$n" -le "$max" ] || fail "$f: $n lines, at most $max"
	done
	run -0 awk '/^\{/ { at = FNR } /^\}/ { if (at && FNR - at + 3 > 80)
		print FILENAME ": a function of " FNR - at + 3 " lines"; at = 0 }' \
		bin/*.c lib/*.c
	assert_output ""
}

@test "no banned function is called" {
	run ! grep -nE '\b(strcpy|strcat|sprintf|strtok|gets|atoi|mktemp|tmpnam|alloca|ctime|localtime|gmtime|system|popen) ?\(' \
		bin/*.c lib/*.c
	assert_output ""
	run ! grep -nE '"/bin/(ba)?sh"|"sh", *"-c"' bin/*.c lib/*.c
	assert_output ""
}

@test "a program holds no name of a field" {
	run ! grep -nE 'json_object_get|record_str|record_need|record_set' bin/*.c
	assert_output ""
}

@test "program, man page, tests and fixtures come together" {
	local p f
	for p in $(programs); do
		assert_file_exist "man/$p.1"
		assert_file_exist "test/$p.bats"
		assert_dir_exist "test/fixture/$p"
		grep -q "fixture/$p\|FIXTURE/$p\|FIXTURE\"/$p" "test/$p.bats" ||
			fail "test/$p.bats uses nothing of test/fixture/$p"
	done
	for f in man/vc-*.1 test/vc-*.bats; do
		p=$(basename "${f%.*}")
		assert_file_exist "bin/$p.c"
	done
	for f in test/fixture/vc-*; do
		assert_file_exist "bin/$(basename "$f").c"
	done
}

@test "the first line of -h is the SYNOPSIS of the man page" {
	local p want
	for p in $(programs); do
		want=$(mandoc -O width=500 -T utf8 "man/$p.1" | col -b |
			sed -n '/^SYNOPSIS/{n;s/^ *//;s/\xc2\xad/-/g;p;}')
		run -0 "$VC_BIN/$p" -h
		assert_line --index 0 "usage: $want"
	done
}

@test "the second line of -h is what NAME says" {
	local p
	for p in $(programs); do
		run -0 "$VC_BIN/$p" -h
		assert_line --index 1 "$p: $(sed -n 's/^\.Nd //p' "man/$p.1")"
	done
}

@test "every option has its entry in the man page, and no other has" {
	local p
	for p in $(programs); do
		run -0 bash -c "'$VC_BIN/$p' --complete | cut -f1 | tr -d - | sort"
		assert_output "$(sed -n 's/^\.It Fl \(.\) , .*/\1/p' "man/$p.1" | sort)"
	done
}

@test "every variable of the options stands in ENVIRONMENT, and no other" {
	local p
	for p in $(programs); do
		run -0 bash -c "'$VC_BIN/$p' -h | sed -n 's/.*(\(VC_[A-Z]*\))\$/\1/p' | sort"
		assert_output "$(sed -n 's/^\.It Ev \(VC_[A-Z]*\)$/\1/p' "man/$p.1" |
			grep -v '^VC_SHARE$' | sort)"
	done
}

@test "vc(7) lists every program with what it takes and gives, and every letter" {
	local p line
	for p in $(programs); do
		line=$("$VC_BIN/$p" -h | tail -n 1)
		line=${line#takes: }
		run -0 grep -cxF ".It Xr $p 1 Ta ${line/; gives: / Ta }" man/vc.7
		assert_output 1
	done
	for p in $(programs); do "$VC_BIN/$p" --complete | cut -f1; done |
		sort -u | tr -d - >"$BATS_TEST_TMPDIR/letters"
	run -0 bash -c "sed -n 's/^\.It Fl \(.\).*/\1/p' man/vc.7 | sort -u"
	assert_output "$(cat "$BATS_TEST_TMPDIR/letters")"
}

@test "a letter means the same everywhere" {
	local p
	for p in $(programs); do "$VC_BIN/$p" --complete; done >"$BATS_TEST_TMPDIR/all"
	# -m is a number for vc-route alone, -f a format for vc-jvn-render.
	run bash -c "cut -f1,2 '$BATS_TEST_TMPDIR/all' | sort -u | cut -f1 | uniq -d |
		grep -vx -e -m -e -f"
	assert_output ""
	run -0 bash -c "grep -E '^-[gkNrtlqvhV]' '$BATS_TEST_TMPDIR/all' | sort -u | cut -f1 | uniq -d"
	assert_output ""
}

@test "every man page has EXIT STATUS and EXAMPLES" {
	local p
	for p in $(programs); do
		grep -q '^\.Sh EXIT STATUS' "man/$p.1" || fail "$p: no EXIT STATUS"
		grep -q '^\.Sh EXAMPLES' "man/$p.1" || fail "$p: no EXAMPLES"
	done
}

@test "mandoc finds nothing to say" {
	local f
	for f in man/*; do
		run mandoc -T lint -W style "$f"
		run grep -vE 'referenced manual not found|outdated mandoc.db' <<<"$output"
		assert_output ""
	done
}

@test "every referenced page of vc is there" {
	local f page
	for f in man/*; do
		sed -n 's/^\.Xr \(vc[a-z-]*\) \([157]\).*/\1.\2/p' "$f" |
			while read -r page; do
				[ -f "man/$page" ] || fail "$f names $page"
			done
	done
}

@test "an unknown option is 64 in every program" {
	local p
	for p in $(programs); do
		run -64 --separate-stderr "$VC_BIN/$p" -% </dev/null
		assert_output ""
		assert_equal "$stderr" "$p: option '-%' is unknown; see $p -h"
	done
}

@test "-V prints name and version" {
	local p
	for p in $(programs); do
		run -0 "$VC_BIN/$p" -V
		assert_output --regexp "^$p [0-9]+\.[0-9]+\.[0-9]+\$"
	done
}

@test "help that cannot be written is 74" {
	local p o
	for p in $(programs); do
		for o in -h -V --complete; do
			run -74 bash -c "'$VC_BIN/$p' $o >/dev/full"
		done
	done
}

@test "nothing is left undone without a name" {
	run ! grep -rnE '\b(TODO|FIXME|XXX)\b' bin lib share man examples
	assert_output ""
}
