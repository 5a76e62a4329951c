# shellcheck shell=bash
# A Postfix of our own: its configuration, queue, log and Maildirs are in a
# folder below /tmp, its port is free and on 127.0.0.1 alone. That of the
# machine, when there is one, is neither read nor touched.
#
#	setup_file() { postfix_up; }
#	teardown_file() { postfix_down; }
#
# POSTFIX is its folder; MAIL_CONFIG says to sendmail whose it is.

# free_port: a port of 127.0.0.1 that nobody listens on.
free_port() {
	python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# postfix_conf PORT: main.cf and master.cf.
postfix_conf() {
	local user=nobody v
	cat >"$POSTFIX/etc/main.cf" <<-EOF
		compatibility_level = 3.6
		queue_directory = $POSTFIX/queue
		data_directory = $POSTFIX/data
		maillog_file = $POSTFIX/log
		maillog_file_prefixes = $POSTFIX
		myhostname = mail.centre.example
		myorigin = centre.example
		mydestination = centre.example
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		mynetworks = 127.0.0.0/8
		smtpd_relay_restrictions = permit_mynetworks, reject
		default_transport = error:no mail leaves the test
		relay_transport = error:no mail leaves the test
		alias_database =
		alias_maps = inline:{ vuls=$user, office=$user }
		local_recipient_maps =
		mailbox_command = $POSTFIX/deliver
		virtual_mailbox_base = $POSTFIX/box
		virtual_mailbox_domains = $(for v; do printf '%s.example ' "$v"; done)
		virtual_mailbox_maps = inline:{ $(for v; do
			printf '{ psirt@%s.example = %s/ } ' "$v" "$v"
		done)}
		virtual_uid_maps = static:$(id -u "$user")
		virtual_gid_maps = static:$(id -g "$user")
		virtual_mailbox_limit = 0
		minimal_backoff_time = 1s
		queue_run_delay = 1s
	EOF
	cat >"$POSTFIX/etc/master.cf" <<-EOF
		127.0.0.1:$PORT inet n - n - - smtpd
		pickup unix n - n 1 1 pickup
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 1 1 qmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		flush unix n - n 1000? 0 flush
		proxymap unix - - n - - proxymap
		error unix - - n - - error
		retry unix - - n - - error
		showq unix n - n - - showq
		local unix - n n - - local
		virtual unix - n n - - virtual
		anvil unix - - n - 1 anvil
		postlog unix-dgram n - n - 1 postlogd
	EOF
}

# postfix_up VENDOR...: start it; it delivers to these vendors' Maildirs, and is
# as postfix_more makes it, when there is such a function.
postfix_up() {
	[ "$(id -u)" = 0 ] || return 0
	command -v postfix >/dev/null || {
		echo "no postfix: make deps-world" >&2
		return 1
	}
	POSTFIX=$(mktemp -d /tmp/vcXXXXXX)
	PORT=$(free_port)
	export POSTFIX PORT MAIL_CONFIG=$POSTFIX/etc
	mkdir "$POSTFIX/etc" "$POSTFIX/queue" "$POSTFIX/data" "$POSTFIX/box"
	chmod 755 "$POSTFIX" "$POSTFIX/etc" "$POSTFIX/queue"
	chown postfix "$POSTFIX/data"
	chown nobody "$POSTFIX/box"
	postfix_conf "$@"
	! declare -F postfix_more >/dev/null || postfix_more
	postfix -c "$POSTFIX/etc" start >"$POSTFIX/start" 2>&1 3>&- || {
		cat "$POSTFIX/start" >&2
		return 1
	}
}

# postfix_down: end it, and what it started with it.
postfix_down() {
	local pid
	[ -n "${POSTFIX:-}" ] || return 0
	pid=$(tr -d ' ' <"$POSTFIX/queue/pid/master.pid") || pid=
	postfix -c "$POSTFIX/etc" stop >/dev/null 2>&1 || true
	# stop waits for 5 seconds; then it is ended by its number.
	if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = master ]; then
		kill -9 "$pid" || true
	fi
	rm -rf "$POSTFIX"
}

# needs_postfix: at the head of a test; only root can start one.
needs_postfix() {
	[ "$(id -u)" = 0 ] || skip 'Postfix is started by root only'
	export MAIL_CONFIG=$POSTFIX/etc
}

# soon COMMAND...: the command comes true within 20 seconds.
soon() {
	local i
	for ((i = 0; i < 200; i++)); do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	tail -n 20 "$POSTFIX/log" >&2
	fail "not within 20 s: $*"
}
