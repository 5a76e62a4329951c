load helper
load keys
load prompt

# What the pages say is true: the record types, and every example.

teardown_file() {
	stop_homes
}

# The table of record types in the source, a field a line:
# "type field form[, needed][, bulk][: words]".
types_in_source() {
	gcc -E -P -I"$VC_TOP/lib" "$VC_TOP/lib/types.c" | tr -s ' \n\t' ' ' |
		sed 's/" "//g
		s/static const struct types_field /\n&/g
		s/static const struct types all/\n&/' >"$BATS_TEST_TMPDIR/source"
	sed -n 's/^static const struct types all\[\] = //p' "$BATS_TEST_TMPDIR/source" |
		grep -oE '\{ "[a-z-]+", [a-z0-9]+, "[^"]*", f_[a-z]+ \}' |
		sed 's/[{}",]//g' | awk '{ print $1, $NF }' |
		while read -r type table; do
			sed -n "s/^static const struct types_field $table\[\] = //p" \
				"$BATS_TEST_TMPDIR/source" |
				grep -oE '\{ "[a-z0-9_]+", F_[^}]*\}' |
				sed "s/^{ \"\([a-z0-9_]*\)\", F_\([A-Z0-9]*\), /$type \1 \2 /"
		done | sed -E 's/\(\(void \*\)0\)//; s/ (0|NEED|BULK|GOES), ?"?/ \1: /
			s/ ?[,"]? ?\} *$//; s/: *$//; s/ 0(: |$)/\1/
			s/ NEED/, needed/; s/ BULK/, bulk/; s/ GOES//
			s/ TEXT/ text/; s/ TOKEN/ word/; s/ ID/ id/; s/ WHEN/ time/
			s/ FPR/ fingerprint/; s/ SHA256/ hash/; s/ B64/ octets/
			s/ COUNT/ number/; s/ BOOL/ truth/; s/ LIST/ array/
			s/ OBJECT/ object/; s/ +/ /g; s/ :/:/'
	grep -oE '\{ "torn"' "$BATS_TEST_TMPDIR/source" | sed 's/.*/torn/'
}

types_in_page() {
	awk '
	function put() {
		if (field != "") lines[type] = lines[type] field words "\n"
		field = words = ""
	}
	/^\.S[hs]/ { put(); type = "" }
	/^\.Sh/ { types = $2 == "TYPES" }
	/^\.Ss/ && types { type = $2; order[++n] = type }
	type == "" { next }
	/^The fields of a$/ { getline; lines[type] = lines[$2] }
	/^\.It Sy/ {
		put()
		field = $3
		sub(/^\.It Sy [a-z0-9_]* Pq/, "")
		field = field $0
	}
	/^\.El/ { put() }
	field != "" && /^\.Cm/ {
		sub(/^\.Cm/, "")
		words = words (words == "" ? ":" : "") $0
	}
	END {
		for (i = 1; i <= n; i++) {
			k = split(lines[order[i]], l, "\n")
			for (j = 1; j < k; j++) print order[i], l[j]
			if (k <= 1) print order[i]
		}
	}' "$VC_TOP/man/vc-record.5"
}

@test "vc-record(5) has every type and field of the source, and no other" {
	types_in_source | sort >source
	types_in_page | sort >page
	assert [ "$(grep -c . source)" -gt 100 ]
	run -0 diff source page
	assert_output ""
}

@test "vc-record(5) has every flag of a message, and no other" {
	grep -hoE 'flag\(flag, "[a-z-]+"|"malformed"' "$VC_TOP"/lib/intake.c \
		"$VC_TOP"/lib/{finding,protect}.c | cut -d '"' -f 2 | sort -u >flags
	run -0 bash -c "sed -n '/^.It Sy flag/,/^.El/s/^.It Ql //p' '$VC_TOP/man/vc-record.5'"
	assert_output "$(cat flags)"
}

@test "vc-record(5) names the types whose unknown fields are bulk" {
	run -0 bash -c "sed -n '/^Of\$/,/^records /s/^.Sy /.Sy /p' '$VC_TOP/man/vc-record.5' |
		sed 's/^.Sy //; s/ *,//g' | tr -s ' ' '\n' | sort"
	assert_output "$(gcc -E -P -I"$VC_TOP/lib" "$VC_TOP/lib/types.c" |
		tr -s ' \n\t' ' ' | sed 's/" "//g' |
		grep -oE '\{ "[a-z-]+", 1 ?,' | cut -d '"' -f 2 | sort)"
}

@test "vc(7) says of every program what the program says of itself" {
	local p
	for p in "$VC_TOP"/bin/*.c; do
		p=$(basename "$p" .c)
		run -0 sed -n "/^\.It Xr $p 1\$/{n;p;}" "$VC_TOP/man/vc.7"
		assert_output "$(sed -n 's/^\.Nd //p' "$VC_TOP/man/$p.1")"
	done
}

@test "vc(7) lists every variable that stands in for an option" {
	local p
	for p in "$VC_TOP"/bin/*.c; do
		"$VC_BIN/$(basename "$p" .c)" -h | sed -n 's/.*(\(VC_[A-Z]*\))$/\1/p'
	done | sort -u >variables
	run -0 bash -c "sed -n 's/^\.It Ev \(VC_[A-Z]*\)$/\1/p' '$VC_TOP/man/vc.7' |
		grep -v '^VC_SHARE$' | sort"
	assert_output "$(cat variables)"
}

# The literal blocks of EXAMPLES, as a shell reads them.
examples_of() {
	awk '/^\.Sh/ { on = $2 == "EXAMPLES" }
		/^\.Ed/ { block = 0 }
		on && block
		on && /^\.Bd -literal/ { block = 1 }' "$1" |
		sed 's/\\e/\\/g; s/\\(dq/"/g; s/\\-/-/g; s/\\&//g'
}

# What the examples find: the files of test/fixture/man, and a site whose
# vendors have the keys of the personas.
site() {
	cp "$VC_FIXTURE"/man/* .
	chmod go-w ./*
	key_store keys hitachi fujitsu yamaha
	export VC_KEYS=$PWD/keys VC_ROSTER=$PWD/roster.csv
	VC_HOME=$(key_home centre) VC_SIGNER=$(key_fpr centre)
	VC_FROM=$(key_address centre)
	export VC_HOME VC_SIGNER VC_FROM
}

@test "the examples of every page do what the page says" {
	local page count said='' i=0
	for page in "$VC_TOP"/man/*; do
		i=$((i + 1))
		# A short name: a GnuPG home below it must not have a long path.
		mkdir $i
		cd $i || return 1
		site
		examples_of "$page" >../examples
		prompt_run "$(basename "$page")" <../examples >../said
		said+=$(cat ../said)
		[ "$count" -gt 0 ] || fail "$page has no example"
		cd ..
	done
	assert_equal "$said" ""
}

# A new program

# Everything but what was committed, beside what was built.
clone() {
	mkdir tree
	cp -a "$VC_TOP"/Makefile "$VC_TOP"/README "$VC_TOP"/bin "$VC_TOP"/lib \
		"$VC_TOP"/man "$VC_TOP"/share "$VC_TOP"/test tree
	[ ! -d "$VC_TOP/build" ] || cp -a "$VC_TOP/build" tree
	cd tree || return 1
}

# bats test_tags=nosan
# bats test_tags=nosan
@test "make new starts a program that builds, passes its tests, and says what is missing" {
	clone
	run -0 make -s new P=vc-close
	assert_output "made:    bin/vc-close.c
made:    man/vc-close.1
made:    test/vc-close.bats
made:    test/fixture/vc-close/case.jsonl
missing: man/vc.7: the program, with what it does
missing: man/vc.7: what it takes and gives, as the last line of -h
missing: README: a line for it
missing: share/completion/vc.bash: its name
missing: share/completion/_vc: its name
missing: test/fixture/vc-close: records of its own
missing: bin/vc-close.c: what it does, takes and gives; its verb, in lib/
missing: man/vc-close.1: what it does, its options, its examples
missing: test/vc-close.bats: its own tests
then:    a new module goes on the map in Makefile; a new type of record
         into lib/types.c and man/vc-record.5; make DEV=1 && make check"
	run -0 make -s DEV=1 bin/vc-close
	assert_output "  vc-close"
	run -0 env -u BATS_RUN_TMPDIR VC_BUILD=build bats --tap test/vc-close.bats
	assert_line --partial 'ok 3 '
	run -0 env -u BATS_RUN_TMPDIR VC_BUILD=build bats --tap test/house.bats -f \
		'SYNOPSIS|NAME says|option has its|come together|mandoc finds|budgets'
	assert_line --partial 'ok 5 '
	# What is there stays.
	echo '/* mine */' >>bin/vc-close.c
	run -0 make -s new P=vc-close
	assert_line 'there:   bin/vc-close.c'
	run -0 tail -n 1 bin/vc-close.c
	assert_output '/* mine */'
}

@test "make new takes names of programs only" {
	local name
	for name in '' close vc- vc-Close vc-a/b '../vc-a' vc-a- 'vc-a b'; do
		run -64 --separate-stderr "$VC_TOP/share/skel/new" "$name"
		assert_output ""
		assert_equal "$stderr" \
			'new: a program is called vc-VERB: make new P=vc-close'
	done
}

# limit NAME: its value in the source, as a person writes it.
limit() {
	local n
	n=$(($(sed -nE "s/^	$1 = ([^,]*),.*/\1/p" "$VC_TOP"/lib/*.h)))
	if [ $((n % 1048576)) = 0 ]; then
		echo "$((n / 1048576)) MiB"
	elif [ $((n % 1024)) = 0 ]; then
		echo "$((n / 1024)) KiB"
	else
		echo "$n"
	fi
}

@test "LIMITS of vc(7) are those of the source" {
	run -0 sed -n '/^\.Sh LIMITS/,/^\.El/s/^\.It //p' "$VC_TOP/man/vc.7"
	assert_output "a mail Ta $(limit LIMIT_MAIL)
a header Ta $(limit LIMIT_HEADER), $(limit LIMIT_FIELDS) fields of $(limit LIMIT_FIELD)
a line of a mail Ta $(limit LIMIT_LINE) octets
parts of a mail Ta $(limit MIME_PARTS), $(limit MIME_DEPTH) inside each other
addresses in a field Ta $(limit LIMIT_ADDRESSES)
what comes out of encryption Ta $(limit LIMIT_DECODED)
a public key Ta $(limit KEYRING_FILE)
a table of vendors Ta $(limit TABLE_MAX), a row $(limit TABLE_ROW), a cell $(limit TABLE_FIELD)
a record Ta $(limit RECORD_MAX), see Xr vc-record 5"
}

# statuses PAGE: the numbers in EXIT STATUS, one a line.
statuses() {
	sed -n '/^\.Sh EXIT STATUS/,/^\.El/s/^\.It \([0-9 ,]*\)$/\1/p' "$1" |
		tr -d ' ' | tr , '\n' | sort -n
}

@test "a page lists what any program can end with, and vc(7) all that one can" {
	local page code
	for page in "$VC_TOP"/man/*.1; do
		for code in 0 64 65 66 73 74 75 78; do
			statuses "$page" | grep -qx $code || fail "$page lacks $code"
		done
		statuses "$page"
	done | sort -nu >of_pages
	run -0 statuses "$VC_TOP/man/vc.7"
	assert_output "$(sort -nu of_pages - <<<70)"
}
