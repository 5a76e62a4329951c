# shellcheck shell=bash
# The personas and their homes, for rows that sign; servers, for rows that send.

# shellcheck source=/dev/null
. "$top/test/keys.bash"
# shellcheck source=/dev/null
. "$top/test/out.bash"
WORLD=$top/test/world
# shellcheck source=/dev/null
. "$WORLD/postfix.bash"
short_home() {
	local d
	d=$(mktemp -d "$work/homeXXXXXX")
	chmod 700 "$d"
	printf '%s\n' "$d"
}

# sink_up [OPTION...]: a server that takes mail and does nothing, at sink_port;
# none where there is no smtp-sink. sink_down.
sink_up() {
	local as=()
	sink_port=$(free_port)
	[ "$(id -u)" != 0 ] || as=(-u nobody)
	smtp-sink "${as[@]}" "$@" "127.0.0.1:$sink_port" 100 >/dev/null 2>&1 &
	sink=$!
	until (: <"/dev/tcp/127.0.0.1/$sink_port") 2>/dev/null; do
		kill -0 "$sink" 2>/dev/null || break
	done
}
sink_down() { kill "$sink" 2>/dev/null; }
