# bats file_tags=nosan
load helper

# share/skel/deps, with a package manager, a sudo and a root that are not.

DEPS=$VC_TOP/share/skel/deps

fake() {
	mkdir -p bin
	printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

prepare() {
	local p
	export LOG=$PWD/log
	fake dpkg-query 'case " gcc make " in *" ${*: -1} "*) printf installed ;; *) exit 1 ;; esac'
	fake id 'echo 1000'
	# As sudo does: nothing of the environment but these.
	fake sudo 'exec env -i PATH="$PATH" LOG="$LOG" "$@"'
	fake apt-get 'echo "apt-get $* [$DEBIAN_FRONTEND]" >>"$LOG"'
	fake debconf-set-selections 'echo "debconf $(cat)" >>"$LOG"'
	for p in tee chmod rm; do
		fake $p "[ -t 0 ] || cat >/dev/null; echo \"$p \$*\" >>\"\$LOG\""
	done
	PATH=$PWD/bin:/usr/bin:/bin
}

# policy LINE...: those of the log that are about the services' policy.
policy() { grep -c policy-rc.d log || true; }

@test "deps with all packages there does nothing" {
	run -0 "$DEPS" gcc make </dev/null
	assert_output ""
	assert_file_not_exist log
}

@test "deps installs what is missing, and nobody is asked, under sudo too" {
	run -0 "$DEPS" gcc maildrop jq </dev/null
	assert_output "deps: installing maildrop jq"
	run -0 cat log
	assert_output "apt-get update -qq []
apt-get install -y -qq --no-install-recommends maildrop jq [noninteractive]"
}

@test "deps lets no server start, and leaves a policy of the machine alone" {
	local server want=3
	[ ! -e /usr/sbin/policy-rc.d ] || want=0
	for server in postfix dovecot-core openssh-server; do
		/usr/bin/rm -f log
		run -0 "$DEPS" "$server" </dev/null
		assert_equal "$server: $(policy)" "$server: $want"
		run -0 grep -c '^debconf postfix .* No configuration$\|^apt-get install' log
		[ "$server" = postfix ] && assert_output 2
		[ "$server" = postfix ] || assert_output 1
	done
}
