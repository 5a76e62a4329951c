load ../helper
load peer
load mda

# What is maildrop's alone; the rest is in mda.bats.

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	mda_up
}

teardown_file() { mda_down; }

prepare() {
	programs
	plain >in
	FILTER=$SITE/maildrop/.mailfilter
	cp -p "$FILTER" filter
}

# The mail is the MTA's: nothing of it is here, and nobody has looked at it.
untouched() {
	program coordinate.sh "touch '$SITE/maildrop/vc/started'; cat >/dev/null"
	rm -f "$SITE/maildrop/vc/started"
	assert_equal "$1: $(fate maildrop)" "$1: queue"
	assert_file_not_exist "$SITE/maildrop/vc/started"
}

@test "a filter that cannot be read, or others can write, is 75" {
	echo 'if (' >>"$FILTER"
	untouched 'a wrong line'
	cp -p filter "$FILTER"
	chmod 666 "$FILTER"
	untouched 'others can write'
	rm "$FILTER"
	untouched 'no file'
	cp -p filter "$FILTER"
	chmod 600 "$FILTER"
	assert_equal "$(fate maildrop)" filed
}

@test "an archive that is missing is 75, and does not become a file" {
	local d
	program coordinate.sh "touch '$SITE/maildrop/vc/started'; cat >/dev/null"
	rm -f "$SITE/maildrop/vc/started"
	for d in archive archive/new archive/tmp; do
		empty maildrop
		rm -rf "$SITE/maildrop/mail/$d"
		status=0
		deliver maildrop >said 2>&1 || status=$?
		assert_equal "$d: $status" "$d: 75"
		run -0 find "$SITE/maildrop/mail" -type f
		assert_output ""
	done
	assert_file_not_exist "$SITE/maildrop/vc/started"
}

@test "a folder for a person that is missing is 75, and the archive has the mail" {
	program coordinate.sh 'cat >/dev/null; exit 65'
	empty maildrop
	rm -rf "$SITE/maildrop/mail/look"
	status=0
	deliver maildrop >said 2>&1 || status=$?
	assert_equal "$status $(in_folder maildrop archive)" "75 1"
	assert_file_not_exist "$SITE/maildrop/mail/look"
}

@test "a mail without the line that Postfix puts in front is the same mail" {
	empty maildrop
	stored | as_user maildrop "$FILTER"
	assert_equal "$(in_folder maildrop archive)" 1
	program coordinate.sh "cat >'$SITE/maildrop/vc/got'"
	assert_equal "$(fate maildrop)" filed
	stored | cmp - "$SITE/maildrop/vc/got"
}

@test "what programs say goes into the log, and not to the MTA" {
	program coordinate.sh 'cat >/dev/null; echo out; echo err >&2; exit 75'
	empty maildrop
	run -75 deliver maildrop
	assert_output ""
	run -0 cat "$SITE/maildrop/mail/maildrop.log"
	assert_output err
}

@test "called as an MTA calls it, with no file and no variable, it is the same" {
	needs_root
	mkdir -p "$SITE/plain/bin"
	cp "$VC_TOP/examples/maildrop" "$SITE/plain/.mailfilter"
	chmod 600 "$SITE/plain/.mailfilter"
	printf '#!/bin/bash\ncat >got; echo "$@" >>got\n' >"$SITE/plain/bin/coordinate.sh"
	chmod 755 "$SITE/plain/bin/coordinate.sh"
	mkdir -p "$SITE"/plain/mail/{archive,look}/{new,tmp,cur}
	chown -R nobody "$SITE/plain"
	# nobody has a home, for maildrop alone.
	sed "s,^\(nobody:.*\):[^:]*:[^:]*$,\1:$SITE/plain:/bin/false," \
		/etc/passwd >"$SITE/passwd"
	stored | unshare --mount bash -c '
		mount --bind "$SITE/passwd" /etc/passwd || exit 99
		cd / && exec setpriv --reuid nobody --regid nogroup \
			--clear-groups env -i /usr/bin/maildrop'
	cat "$SITE"/plain/mail/archive/new/* | cmp - <(stored)
	cmp "$SITE/plain/got" <(stored && echo status)
}
