# shellcheck shell=bash
# A user who takes the centre's mail, three times: by procmail, by maildrop and
# by Sieve, each as examples/ says, in a home of its own. Their programs are those
# that a test puts into all of them.
#
#	setup_file() { mda_up; }
#	teardown_file() { mda_down; }
#
# SITE is the folder of the homes. Dovecot is started by root only; it is ours,
# with its folders in SITE and a socket instead of a port.

MDAS='procmail maildrop sieve'
SENDER=vh@hitachi.example
TO=vuls@centre.example

# as_user COMMAND...: not as root, when we are.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		(cd "$SITE" && exec setpriv --reuid nobody --regid nogroup \
			--clear-groups env -i PATH=/usr/bin:/bin "$@")
	else
		env -i PATH=/usr/bin:/bin "$@"
	fi
}

# mda_up: the homes, and a Dovecot.
mda_up() {
	local p
	for p in procmail maildrop dovecot sieve-filter python3; do
		PATH=$PATH:/usr/sbin command -v $p >/dev/null || {
			echo "no $p: make deps-world" >&2
			return 1
		}
	done
	SITE=$(mktemp -d /tmp/vcXXXXXX)
	export SITE
	chmod 755 "$SITE"
	for p in $MDAS; do mda_home "$p"; done
	[ "$(id -u)" = 0 ] || return 0
	chown -R nobody "$SITE"/*
	mkdir "$SITE/run" "$SITE/state"
	dovecot_conf >"$SITE/dovecot.conf"
	dovecot -c "$SITE/dovecot.conf" 3>&-
}

mda_down() {
	local p
	[ -n "${SITE:-}" ] || return 0
	[ ! -e "$SITE/run/master.pid" ] ||
		doveadm -c "$SITE/dovecot.conf" stop >/dev/null 2>&1 || true
	for p in $MDAS; do
		[ ! -d "$SITE/$p/vc/home" ] ||
			gpgconf --homedir "$SITE/$p/vc/home" --kill all 2>/dev/null ||
			true
	done
	rm -rf "$SITE"
}

# mda_home MDA: a home with the example in it.
mda_home() {
	local home=$SITE/$1 at=$VC_TOP/examples
	mkdir -p "$home/bin" "$home/mail" "$home/vc"
	cp -R "$VC_TOP/share" "$home"
	case $1 in
	procmail) cp "$at/procmailrc" "$home/.procmailrc" ;;
	maildrop)
		# It asks the system for HOME, and nobody has none.
		{
			echo "HOME='$home'"
			cat "$at/maildrop"
		} >"$home/.mailfilter"
		chmod 600 "$home/.mailfilter"
		;;
	sieve)
		cp "$at/sieve/coordinate.sieve" "$home"
		mkdir "$home/lib"
		cp "$at/sieve/deliver.sh" "$home/lib"
		;;
	esac
	chmod -R go-w "$home"
}

# dovecot_conf: the lines of the example, and what a machine has besides.
dovecot_conf() {
	cat "$VC_TOP/examples/sieve/dovecot.conf"
	cat <<-EOF
		base_dir = $SITE/run
		state_dir = $SITE/state
		log_path = $SITE/log
		protocols = lmtp
		ssl = no
		first_valid_uid = 1
		service lmtp {
		  unix_listener lmtp {
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
		  args = uid=nobody gid=nogroup home=$SITE/sieve allow_all_users=yes
		}
		passdb {
		  driver = static
		  args = nopassword=y
		}
		plugin {
		  sieve_execute_bin_dir = $SITE/sieve/lib
		}
	EOF
}

# program NAME BODY: a program of that name in every home.
program() {
	local mda
	for mda in $MDAS; do
		rm -f "$SITE/$mda/bin/$1"
		printf '#!/bin/bash\n%s\n' "$2" >"$SITE/$mda/bin/$1"
		chmod 755 "$SITE/$mda/bin/$1"
	done
}

# programs: those that the examples call are there, and all is well.
programs() {
	local mda
	for mda in $MDAS; do
		rm -rf "${SITE:?}/$mda/bin"/*
		cp "$VC_TOP/examples/coordinate.sh" "$SITE/$mda/bin"
	done
	program vc-verify cat
	program vc-parse-poc 'cat >/dev/null'
	program vc-parse-status 'cat >/dev/null'
}

# stored: what Postfix or Dovecot makes of the mail `in` before it is kept.
stored() {
	printf 'Return-Path: <%s>\nDelivered-To: %s\n' "$SENDER" "$TO"
	cat in
}

# empty MDA: no mail, and the folders that the example asks for.
empty() {
	local home=$SITE/$1 d
	rm -rf "$home/mail"
	mkdir "$home/mail"
	if [ "$1" = maildrop ]; then
		for d in archive look; do
			mkdir -p "$home/mail/$d/tmp" "$home/mail/$d/new" \
				"$home/mail/$d/cur"
		done
	fi
	[ "$(id -u)" != 0 ] || chown -R nobody "$home/mail"
}

# deliver MDA: the mail `in` comes. The status is what the MTA goes by.
deliver() {
	local home=$SITE/$1
	case $1 in
	procmail)
		(echo "From $SENDER Tue Jul  8 18:45:59 2008" && stored) |
			as_user procmail -t HOME="$home" ORGMAIL="$home/spool" \
				"$home/.procmailrc"
		;;
	maildrop)
		(echo "From $SENDER Tue Jul  8 18:45:59 2008" && stored) |
			as_user maildrop "$home/.mailfilter"
		;;
	sieve) "$WORLD/lmtp.py" "$SITE/run/lmtp" "$SENDER" "$TO" <in ;;
	esac
}

# folder MDA NAME: where that is; wait is what Sieve keeps to try again.
folder() {
	case $1.$2 in
	sieve.wait) echo "$SITE/sieve/mail" ;;
	sieve.*) echo "$SITE/sieve/mail/.$2" ;;
	*) echo "$SITE/$1/mail/$2" ;;
	esac
}

# in_folder MDA NAME: how many mails are in it, all of them octet for octet.
in_folder() {
	local f n=0
	for f in "$(folder "$1" "$2")"/{new,cur}/*; do
		[ -f "$f" ] || continue
		stored | cmp -s - "$f" || {
			echo changed
			return
		}
		n=$((n + 1))
	done
	echo $n
}

# fate MDA: the mail `in` comes, and what becomes of it in a word.
#	filed	it is archived
#	look	so it is, and there is a copy for a person
#	wait	it is kept here, and is tried again by the MTA or by cron
#	queue	it is not kept here, but by the MTA
fate() {
	local status=0 got
	empty "$1"
	deliver "$1" >said 2>&1 || status=$?
	got="$status $(in_folder "$1" archive) $(in_folder "$1" look) $(in_folder "$1" wait)"
	case "$1 $got" in
	*' 0 1 0 0') echo filed ;;
	*' 0 1 1 0') echo look ;;
	'procmail 75 1 0 0' | 'maildrop 75 1 0 0' | 'sieve 0 0 0 1') echo wait ;;
	*' 75 0 0 0') echo queue ;;
	*) echo "status, archive, look, wait: $got: $(cat said)" ;;
	esac
}

# fates WORD NAME: each MDA makes the same of it.
fates() {
	local mda
	for mda in $MDAS; do
		[ "$mda" != sieve ] || [ "$(id -u)" = 0 ] || continue
		assert_equal "$mda: $2: $(fate "$mda")" "$mda: $2: $1"
	done
}

# impatient: nobody waits for a program longer than a second; patient: again.
impatient() {
	sed -i.was 's/^TIMEOUT=.*/TIMEOUT=1/' "$SITE/procmail/.procmailrc"
	sed -i.was 's/timeout -k 10 240/timeout -k 10 1/' \
		"$SITE/maildrop/.mailfilter" "$SITE/sieve/lib/deliver.sh"
	[ "$(id -u)" != 0 ] || chown -R nobody "$SITE/maildrop/.mailfilter"
}
patient() {
	local f
	for f in procmail/.procmailrc maildrop/.mailfilter sieve/lib/deliver.sh; do
		mv "$SITE/$f.was" "$SITE/$f"
	done
}

needs_root() {
	[ "$(id -u)" = 0 ] || skip 'mounting a small disk needs root'
}

plain() {
	printf '%s\n' "From: $SENDER" "To: $TO" 'Subject: Re: JVNVU#800113' \
		'Message-ID: <1@hitachi.example>' '' 'From here on' '品名: JP1'
}
