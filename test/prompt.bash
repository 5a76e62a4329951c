# shellcheck shell=bash
# Documentation that is run. A bats file that does says `load prompt`.

# prompt_run NAME <text: run each command that follows "$ ", in this shell; a
# line that ends in a backslash, or is followed by lines that begin with "> ",
# goes on there. What stands below is what it prints, on stdout and stderr
# together, without CR; a line "..." stands for any lines. Where nothing stands,
# it must end with 0. Prints what does not hold; $count is how many were run.
prompt_run() {
	local name=$1 line command='' want=''
	count=0
	while IFS= read -r line || [ -n "$line" ]; do
		case $command in
		*\\)
			command+=$'\n'$line
			continue
			;;
		esac
		case $line in
		'$ '*)
			prompt_check
			command=${line#'$ '} want=''
			;;
		'> '*) command+=$'\n'${line#'> '} ;;
		*) want+=$line$'\n' ;;
		esac
	done
	prompt_check
}

prompt_check() {
	local got code=0
	[ -n "$command" ] || return 0
	count=$((count + 1))
	eval "$command" >"$BATS_TEST_TMPDIR/got" 2>&1 3>&- </dev/null || code=$?
	got=$(tr -d '\r' <"$BATS_TEST_TMPDIR/got")
	while [ "${want%$'\n'}" != "$want" ]; do want=${want%$'\n'}; done
	if [ -z "$want" ]; then
		[ "$code" = 0 ] || printf '%s: $ %s\nends with %s and says:\n%s\n' \
			"$name" "$command" "$code" "$got"
		return 0
	fi
	# shellcheck disable=SC2053
	[[ $got == $(prompt_pattern <<<"$want") ]] ||
		printf '%s: $ %s\nprints:\n%s\nnot:\n%s\n' \
			"$name" "$command" "$got" "$want"
}

prompt_pattern() {
	sed 's/[][\\*?]/\\&/g; s/^\.\.\.$/*/'
}
