# shellcheck shell=bash
# The personas and their homes, for rows that sign.

# shellcheck source=/dev/null
. "$top/test/keys.bash"
# shellcheck source=/dev/null
. "$top/test/out.bash"
short_home() {
	local d
	d=$(mktemp -d "$work/homeXXXXXX")
	chmod 700 "$d"
	printf '%s\n' "$d"
}
