# shellcheck shell=bash
# Two machines with a wire between them, and nothing else: network namespaces.
# The second has processes, a /root, a /tmp and a /usr/local of its own and an
# sshd; nothing of the first is seen there. Needs `load keys`.
#
#	setup_file() { hosts_up; }
#	teardown_file() { hosts_down; }
#
# HOSTS is their folder: HOSTS/two/root is the second's /root, and so on.

hosts_up() {
	local p
	[ "$(id -u)" = 0 ] || return 0
	for p in sshd ssh ip parallel strace; do
		PATH=$PATH:/usr/sbin:/sbin command -v $p >/dev/null || {
			echo "no $p: make deps-world" >&2
			return 1
		}
	done
	HOSTS=$(mktemp -d /tmp/vcXXXXXX)
	export HOSTS
	mkdir -p "$HOSTS"/two/{root/.ssh,tmp,local,ssh}
	chmod 755 "$HOSTS"
	chmod 1777 "$HOSTS/two/tmp"
	chmod -R go-rwx "$HOSTS/two/root"
	hosts_wire
	hosts_ssh
	make -s -C "$VC_TOP" install DESTDIR="$HOSTS/two" PREFIX=/local >/dev/null
}

# hosts_wire: the namespaces HOSTS.1 and HOSTS.2 and what joins them.
hosts_wire() {
	local n net=${HOSTS##*/}
	for n in 1 2; do ip netns add "$net.$n"; done
	ip link add vc0 netns "$net.1" type veth peer name vc0 netns "$net.2"
	for n in 1 2; do
		ip -n "$net.$n" addr add "192.0.2.$n/24" dev vc0
		ip -n "$net.$n" link set vc0 up
		ip -n "$net.$n" link set lo up
	done
}

# hosts_ssh: keys and configurations; either side knows the other's key alone.
hosts_ssh() {
	local at=$HOSTS/two/ssh
	ssh-keygen -q -t ed25519 -N '' -f "$HOSTS/key"
	ssh-keygen -q -t ed25519 -N '' -f "$at/ssh_host_ed25519_key"
	cp "$HOSTS/key.pub" "$HOSTS/two/root/.ssh/authorized_keys"
	echo "192.0.2.2 $(cut -d ' ' -f 1,2 "$at/ssh_host_ed25519_key.pub")" \
		>"$HOSTS/known_hosts"
	printf '%s\n' 'ListenAddress 192.0.2.2' 'UsePAM no' 'PidFile none' \
		'HostKey /etc/ssh/ssh_host_ed25519_key' \
		'PasswordAuthentication no' 'KbdInteractiveAuthentication no' \
		'PermitRootLogin prohibit-password' >"$at/sshd_config"
	printf '%s\n' 'Host two' 'HostName 192.0.2.2' 'User root' \
		"IdentityFile $HOSTS/key" 'IdentitiesOnly yes' \
		"UserKnownHostsFile $HOSTS/known_hosts" \
		'GlobalKnownHostsFile /dev/null' 'StrictHostKeyChecking yes' \
		>"$HOSTS/ssh_config"
	# Where root has no password, none can be locked.
	echo 'root:*:20000::::::' >"$at/shadow"
}

# two_up [COMMAND...]: the second machine starts, its sshd under that command;
# two_down: it is gone, with all that ran.
two_up() {
	two_down
	ip netns exec "${HOSTS##*/}.2" unshare --mount --pid --fork --mount-proc \
		--kill-child env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -ec '
			cd "$1"
			shift
			mount -t tmpfs none /run
			mkdir /run/sshd
			mount --bind ssh/shadow /etc/shadow
			mount --bind ssh /etc/ssh
			mount --bind local /usr/local
			mount --bind root /root
			mount --bind tmp /tmp
			cd /
			exec "$@" /usr/sbin/sshd -D -E /etc/ssh/log' sh "$HOSTS/two" "$@" \
		>"$HOSTS/up" 2>&1 3>&- &
	echo $! >"$HOSTS/pid"
	two_answers
}

two_answers() {
	local i
	for ((i = 0; i < 200; i++)); do
		on_two true 2>/dev/null && return 0
		sleep 0.1
	done
	cat "$HOSTS/up" "$HOSTS/two/ssh/log" >&2
	return 1
}

two_down() {
	local pid first
	[ -s "$HOSTS/pid" ] || return 0
	pid=$(cat "$HOSTS/pid")
	rm "$HOSTS/pid"
	# With its first process all of them end; unshare waits for that.
	first=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null) || true
	# shellcheck disable=SC2086
	kill -KILL ${first:-$pid} 2>/dev/null || true
	wait "$pid" 2>/dev/null || true
}

hosts_down() {
	local n
	[ -n "${HOSTS:-}" ] || return 0
	two_down
	for n in 1 2; do ip netns del "${HOSTS##*/}.$n" || true; done
	rm -rf "$HOSTS"
}

# on_one COMMAND...: on the first machine. on_two COMMAND...: over the wire.
on_one() { ip netns exec "${HOSTS##*/}.1" "$@"; }
on_two() { on_one ssh -F "$HOSTS/ssh_config" two "$@"; }

needs_hosts() {
	[ "$(id -u)" = 0 ] || skip 'network namespaces are made by root only'
}
