# shellcheck shell=bash
# A mailing list of Schleuder, for a row.

# schleuder_up DIR FINGERPRINT KEYS... <subscribers: make the list below DIR, see
# schleuder.rb; what it sends goes to sink_port.
schleuder_up() {
	local dir
	dir=$(cd "$1" && pwd)
	cat >"$dir/config.yml" <<-EOF
		lists_dir: $dir/lists
		listlogs_dir: $dir/logs
		superadmin: root@localhost
		keyserver: ""
		smtp_settings:
		  address: 127.0.0.1
		  port: $sink_port
		database:
		  production:
		    adapter: sqlite3
		    database: $dir/db.sqlite
	EOF
	sed 's/^send_encrypted_only:.*/send_encrypted_only: true/' \
		/etc/schleuder/list-defaults.yml >"$dir/defaults.yml"
	export SCHLEUDER_CONFIG=$dir/config.yml
	export SCHLEUDER_LIST_DEFAULTS=$dir/defaults.yml
	ruby "$top/test/bench/schleuder.rb" "${@:2}"
}
