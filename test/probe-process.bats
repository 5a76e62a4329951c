load helper

# The hygiene of a process: what a program may do once it has started.

prepare() {
	: >file
	mkdir kept
}

# bats test_tags=nosan
@test "a filter reads files, writes nothing but its ledger, starts nothing" {
	# Where the kernel has no Landlock, the last three are not held.
	local no=no
	run -0 "$VC_PROBE/probe-process"
	[ "${lines[0]}" = "landlock yes" ] || no=yes
	assert_output --partial "umask 077
dumpable 0
no new privileges 1
core 0
descriptors 256
LC_ALL C.UTF-8, TZ UTC0, PATH /usr/local/bin:/usr/bin:/bin
reads yes
writes $no
makes $no
keeps yes
starts $no"
}

# bats test_tags=nosan
@test "a program that starts others keeps what these need" {
	run -0 "$VC_PROBE/probe-process" may
	assert_output --partial "umask 077
dumpable 0
no new privileges 0
core 0
descriptors 256
LC_ALL C.UTF-8, TZ UTC0, PATH /usr/local/bin:/usr/bin:/bin
reads yes
writes yes
makes yes
keeps yes
starts yes"
}

@test "the limits that are there are never raised" {
	run -0 bash -c "ulimit -n 100; '$VC_PROBE/probe-process'"
	assert_line "descriptors 100"
}
