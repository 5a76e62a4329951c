# shellcheck shell=bash
# Mail servers that take mails for vendors, each with its folder and Maildirs in
# MTA, a folder below /tmp, and on free ports of 127.0.0.1: Postfix, with Dovecot
# to log in and to read the mails by IMAP; Exim, OpenSMTPD, and smtp-sink. Needs
# `load postfix` and `load ../smtp`.
#
#	setup_file() { mta_up; }
#	teardown_file() { mta_down; }
#
# Debian installs one MTA at a time, so Exim and OpenSMTPD run from build/world
# (test/world/debs), each in namespaces where its users are known and its
# folders are ours, and which end with their first process.

MTA_USER=vuls
MTA_PASSWORD='Kaltes-Klavier+42'

# mta_port NAME: its port, chosen once.
mta_port() {
	[ -s "$MTA/port.$1" ] || free_port >"$MTA/port.$1"
	cat "$MTA/port.$1"
}

# mta_spaced NAME FOLDER=PLACE... -- COMMAND...: run it where each of these
# folders of MTA/NAME, or files, stands in that place of the machine.
mta_spaced() {
	local name=$1
	shift
	# shellcheck disable=SC2016
	unshare --mount --pid --fork --kill-child --mount-proc bash -c '
		cd "$1" || exit 1
		shift
		while [ "$1" != -- ]; do
			mount --bind "${1%%=*}" "${1#*=}" || exit 1
			shift
		done
		shift
		"$@"
		exit' - "$MTA/$name" "$@" >"$MTA/$name/out" 2>&1 3>&- &
	echo $! >>"$MTA/pids"
}

# mta_users NAME USER...: MTA/NAME/passwd and group, of the machine and these.
mta_users() {
	local at=$MTA/$1 user id=64990
	shift
	cp /etc/passwd /etc/group "$at"
	for user; do
		echo "$user:x:$id:$id::/:/usr/sbin/nologin" >>"$at/passwd"
		echo "$user:x:$id:" >>"$at/group"
		id=$((id + 1))
	done
	chmod 644 "$at/passwd" "$at/group"
}

# Exim takes mails in TLS, by STARTTLS or at once, from who logs in.
exim_up() {
	local at=$MTA/exim
	mkdir -p "$at/spool" "$at/box"
	mta_users exim Debian-exim
	chown 64990:64990 "$at/spool" "$at/box"
	cp "$MTA/certificates/good.pem" "$at/pem"
	chown 64990 "$at/pem"
	cat >"$at/conf" <<-EOF
		primary_hostname = exim.example
		spool_directory = $at/spool
		log_file_path = $at/spool/%slog
		pid_file_path = $at/spool/pid
		local_interfaces = 127.0.0.1.$(mta_port exim) : 127.0.0.1.$(mta_port exims)
		tls_on_connect_ports = $(mta_port exims)
		tls_advertise_hosts = *
		tls_certificate = $at/pem
		keep_environment =
		host_lookup =
		rfc1413_query_timeout = 0s
		smtp_accept_queue_per_connection = 0
		deliver_drop_privilege = true
		domainlist vendors = hitachi.example : nec.example
		acl_smtp_rcpt = rcpt
		begin acl
		rcpt:
		  accept encrypted = *
		         authenticated = *
		         domains = +vendors
		  deny message = nobody here
		begin routers
		box:
		  driver = accept
		  domains = +vendors
		  transport = box
		begin transports
		box:
		  driver = appendfile
		  directory = $at/box/\$domain_data
		  maildir_format
		begin authenticators
		plain:
		  driver = plaintext
		  public_name = PLAIN
		  server_prompts = :
		  server_condition = \${if and{{eq{\$auth2}{$MTA_USER}}{eq{\$auth3}{$MTA_PASSWORD}}}}
		  server_advertise_condition = \${if def:tls_in_cipher}
	EOF
	mta_spaced exim passwd=/etc/passwd group=/etc/group -- \
		"$VC_TOP/build/world/exim4-daemon-light/root/usr/sbin/exim4" \
		-C "$at/conf" -bdf
}

# OpenSMTPD takes mails in the clear: TLS of that of Debian 12 does not work
# with OpenSSL 3 (its issue 1171).
opensmtpd_up() {
	local at=$MTA/opensmtpd root=$VC_TOP/build/world/opensmtpd/root
	mkdir -p "$at/lib/opensmtpd/empty" "$at/spool/smtpd" "$at/run" "$at/box"
	mta_users opensmtpd opensmtpd opensmtpq
	chmod 711 "$at/spool/smtpd"
	chown nobody "$at/box"
	cp -R "$root/usr/libexec" "$at"
	cat >"$at/conf" <<-EOF
		listen on 127.0.0.1 port $(mta_port opensmtpd) hostname opensmtpd.example
		action "box" maildir "$at/box/%{dest.domain}" virtual { "@" = "nobody" }
		match from any for domain { "hitachi.example", "nec.example" } action "box"
		match from any for any reject
	EOF
	mta_spaced opensmtpd passwd=/etc/passwd group=/etc/group lib=/var/lib \
		spool=/var/spool run=/run libexec=/usr/libexec -- \
		"$root/usr/sbin/smtpd" -d -f "$at/conf"
}

# smtp-sink takes everything, a file for each transaction.
sink_up() {
	mkdir -p "$MTA/sink/box/new"
	chown nobody "$MTA/sink/box/new"
	(cd "$MTA/sink/box/new" && exec /usr/sbin/smtp-sink -u nobody -d mail. \
		"127.0.0.1:$(mta_port sink)" 16) >"$MTA/sink/out" 2>&1 3>&- &
	echo $! >>"$MTA/pids"
}

# Dovecot knows the vendors and our user, and takes mails for fujitsu by LMTP.
dovecot_up() {
	local at=$MTA/dovecot
	mkdir -p "$at/run" "$at/state" "$at/box"
	chown nobody "$at/box"
	cat >"$at/conf" <<-EOF
		base_dir = $at/run
		state_dir = $at/state
		log_path = $at/log
		protocols = imap lmtp
		listen = 127.0.0.1
		ssl = no
		disable_plaintext_auth = no
		first_valid_uid = 1
		mail_location = maildir:~
		service imap-login {
		  inet_listener imap {
		    port = $(mta_port imap)
		  }
		  inet_listener imaps {
		    port = 0
		  }
		}
		service lmtp {
		  unix_listener lmtp {
		    mode = 0666
		  }
		}
		service auth {
		  unix_listener postfix {
		    mode = 0666
		  }
		}
		service stats {
		  unix_listener stats-writer {
		    mode = 0666
		  }
		}
		userdb {
		  driver = static
		  args = uid=nobody gid=nogroup home=$POSTFIX/box/%d allow_all_users=yes
		}
		passdb {
		  driver = static
		  args = password=$MTA_PASSWORD
		}
	EOF
	dovecot -c "$at/conf" 3>&-
}

# What postfix_up has besides: TLS, users by Dovecot; nec's mails go to procmail,
# fujitsu's to Dovecot.
postfix_more() {
	sed -i -e '/^mydestination/s/$/ nec.example/' \
		-e '/^alias_maps/s/{/{ psirt=nobody,/' "$POSTFIX/etc/main.cf"
	cat >>"$POSTFIX/etc/main.cf" <<-EOF
		smtpd_tls_security_level = may
		smtpd_tls_cert_file = $MTA/certificates/good.crt
		smtpd_tls_key_file = $MTA/certificates/good.key
		smtpd_tls_auth_only = yes
		smtpd_sasl_auth_enable = yes
		smtpd_sasl_type = dovecot
		smtpd_sasl_path = $MTA/dovecot/run/postfix
		transport_maps = inline:{ fujitsu.example=lmtp:unix:$MTA/dovecot/run/lmtp }
	EOF
	cat >>"$POSTFIX/etc/master.cf" <<-EOF
		127.0.0.1:$(mta_port postfixs) inet n - n - - smtpd
		  -o smtpd_tls_wrappermode=yes
		  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
		127.0.0.1:$(mta_port submission) inet n - n - - smtpd
		  -o smtpd_tls_security_level=encrypt
		  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
		tlsmgr unix - - n 1000? 1 tlsmgr
		lmtp unix - - n - - lmtp
	EOF
	mkdir "$POSTFIX/home"
	chown nobody "$POSTFIX/home"
	printf '#!/bin/sh\nexec procmail -t DEFAULT=%s/home/nec/ /dev/null\n' \
		"$POSTFIX" >"$POSTFIX/deliver"
	chmod 755 "$POSTFIX/deliver"
}

mta_up() {
	local p
	[ "$(id -u)" = 0 ] || return 0
	for p in postfix dovecot /usr/lib/dovecot/imap smtp-sink procmail \
		"$VC_TOP/build/world/exim4-daemon-light" \
		"$VC_TOP/build/world/opensmtpd"; do
		PATH=$PATH:/usr/sbin command -v "$p" >/dev/null || [ -d "$p" ] || {
			echo "no $p: make deps-world" >&2
			return 1
		}
	done
	MTA=$(mktemp -d /tmp/vcXXXXXX)
	export MTA
	chmod 755 "$MTA"
	mkdir "$MTA/certificates"
	certificates "$MTA/certificates"
	postfix_up hitachi fujitsu && dovecot_up && exim_up && opensmtpd_up && sink_up
}

mta_down() {
	local pid
	postfix_down
	[ -n "${MTA:-}" ] || return 0
	[ ! -e "$MTA/dovecot/run/master.pid" ] ||
		doveadm -c "$MTA/dovecot/conf" stop >/dev/null 2>&1 || true
	while read -r pid; do kill -9 "$pid" || true; done <"$MTA/pids"
	wait
	rm -rf "$MTA"
}
