# Completion of vc programs for bash: it asks the program (--complete).

_vc() {
	local cur=${COMP_WORDS[COMP_CWORD]} prog=${COMP_WORDS[0]} word
	COMPREPLY=()
	case $cur in
	-*)
		while IFS= read -r word; do
			COMPREPLY+=("$word")
		done < <(compgen -W "$("$prog" --complete 2>/dev/null |
			cut -f1,2 | tr '\t' '\n')" -- "$cur")
		;;
	*)
		while IFS= read -r word; do
			COMPREPLY+=("$word")
		done < <(compgen -f -- "$cur")
		;;
	esac
}

complete -o filenames -F _vc vc-case vc-encrypt vc-jvn-render vc-ledger \
	vc-mail vc-parse-poc vc-parse-status vc-roster vc-route vc-verify
