load ../helper
load peer

# The completion of zsh, in a real zsh at a terminal.

# type KEYS: what stands in a zsh's window after these keys. zpty gives it a
# terminal; nothing of the user's is read.
typed() {
	cat >session.zsh <<-'EOF'
		zmodload zsh/zpty
		zpty shell zsh -f -i
		send() { zpty -w shell "$1"; }
		send "PS1='%% '; fpath=(${(q)FPATH_VC} \$fpath); autoload -U compinit"
		send 'compinit -D; LISTMAX=0; zstyle ":completion:*" list-colors ""'
		send 'print re""ady'
		zpty -r shell out '*ready*'
		zpty -w -n shell "$KEYS"$'\t'
		sleep 1
		zpty -w -n shell $'\x01print -r -- got: \x05\n'
		send 'print en""ded'
		zpty -r shell out '*ended*'
		print -r -- "$out"
		zpty -d shell
	EOF
	FPATH_VC=$VC_TOP/share/completion KEYS=$1 timeout 20 zsh -f session.zsh \
		3>&- </dev/null | tr -d '\r'
}

@test "zsh completes the long options of every program" {
	need zsh
	local p
	for p in "$VC_TOP"/bin/vc-*.c; do
		p=$(basename "$p" .c)
		run typed "$p --versi"
		assert_line --regexp "^got: $p --version *\$"
	done
}

@test "zsh shows what the options of vc-mail are for" {
	need zsh
	run typed 'vc-mail -'
	assert_output --partial '-- maildir:DIR, sendmail:[PATH] (the default), smtp://SERVER,'
	refute_output --partial 'invalid option'
}
