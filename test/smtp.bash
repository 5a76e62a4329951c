# shellcheck shell=bash
# An SMTP server that goes wrong as it is told (smtpd.py), and certificates.
#
#	setup_file() { smtp_up; }
#	teardown_file() { smtp_down; }
#
# SMTP is its folder, SMTP_PORT its port on 127.0.0.1.

# smtp_up: start it; it takes all mail, in clear.
smtp_up() {
	SMTP=$(mktemp -d /tmp/vcXXXXXX)
	: >"$SMTP/script"
	/usr/bin/env python3 "$VC_TOP/test/smtpd.py" "$SMTP" \
		2>"$SMTP/err" >/dev/null 3>&- &
	SMTP_PID=$!
	until [ -s "$SMTP/port" ]; do
		kill -0 "$SMTP_PID" || {
			cat "$SMTP/err" >&2
			return 1
		}
		sleep 0.02
	done
	SMTP_PORT=$(cat "$SMTP/port")
	export SMTP SMTP_PID SMTP_PORT
}

smtp_down() {
	[ -n "${SMTP_PID:-}" ] || return 0
	kill "$SMTP_PID" || true
	cat "$SMTP/err" >&2
	rm -rf "$SMTP"
}

# smtp_says WORD...: what it does from its next connection on.
smtp_says() {
	printf '%s\n' "$@" >"$SMTP/script.new"
	mv "$SMTP/script.new" "$SMTP/script"
}

# smtp_forget: no mail was kept, and no command heard.
smtp_forget() {
	rm -f "$SMTP"/mail.*
	: >"$SMTP/log"
}

# smtp_kept: the files of the mails that it kept, in their order.
smtp_kept() { find "$SMTP" -name 'mail.*[0-9]' | sort -t . -k 2 -n; }

# smtp_heard [VERB]: the dialogue, "clear" or "tls" before each command; with
# VERB: such commands.
smtp_heard() { cut -d ' ' -f 3- "$SMTP/log" | grep -E "^(clear|tls) ${1:-[^(]}"; }

# smtp_good: the client did nothing that no client may do.
smtp_good() {
	run ! grep -E '^[^ ]+ [^ ]+ [^ ]+ !' "$SMTP/log"
	assert_output ""
}

# certificates FOLDER: two authorities, ca.pem and other.pem, and a file for the
# server each with certificate and key: good, wrong (another name), stranger (of
# other.pem), self (its own), expired, early (not yet valid), plain (no name but
# in the subject).
certificates() {
	local ca name at
	for ca in ca other; do
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
			-nodes -subj "/CN=$ca" -days 30 -keyout "$1/$ca.key" \
			-out "$1/$ca.pem" 2>/dev/null
	done
	for name in good wrong stranger self expired early plain; do
		at=$(date -u +%F) ca=ca
		case $name in
		stranger) ca=other ;;
		expired) at=2020-01-01 ;;
		early) at=2090-01-01 ;;
		esac
		certificate "$1" "$name" "$ca" "$at"
	done
}

# certificate FOLDER NAME CA DATE: one, valid for 30 days from DATE on.
certificate() {
	local host=localhost by=(-CA "$1/$3.pem" -CAkey "$1/$3.key")
	[ "$2" != wrong ] || host=mail.other.example
	[ "$2" != self ] || by=(-signkey "$1/$2.key")
	[ "$2" = plain ] || echo "subjectAltName=DNS:$host" >"$1/$2.ext"
	[ "$2" != plain ] || : >"$1/$2.ext"
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-subj "/CN=$host" -keyout "$1/$2.key" -out "$1/$2.csr" 2>/dev/null
	faketime "$4" openssl x509 -req -in "$1/$2.csr" "${by[@]}" -days 30 \
		-extfile "$1/$2.ext" -out "$1/$2.crt" 2>/dev/null
	cat "$1/$2.crt" "$1/$2.key" >"$1/$2.pem"
}
