load helper

# The scores that CVSS vectors stand for: lib/score and lib/macro. More judges
# are asked in test/world/score.bats.

# scores <VECTOR SCORE RATING ...: each vector has that score.
scores() {
	local vector want n=0
	while read -r vector want; do
		run -0 bash -c 'echo "$1" | "$VC_PROBE/probe-score"' - "$vector"
		[ "${output#* }" = "$want" ] || fail "$vector: $output, not $want"
		n=$((n + 1))
	done
	assert_equal "$n" "$1"
}

# wrong WHY <VECTOR ...: none of them is one, for WHY.
wrong() {
	local vector
	while read -r vector; do
		run -0 bash -c 'echo "$1" | "$VC_PROBE/probe-score"' - "$vector"
		[ "$output" = "65 $1" ] || fail "$vector: $output"
	done
}

@test "version 2 gives the scores of its guide and of known vulnerabilities" {
	# CVE-2002-0392, 2003-0818, 2003-0062 are those of the guide
	scores 13 <<-'EOF'
		AV:N/AC:L/Au:N/C:N/I:N/A:C 7.8 High
		AV:N/AC:L/Au:N/C:C/I:C/A:C 10.0 High
		AV:L/AC:H/Au:N/C:C/I:C/A:C 6.2 Medium
		AV:N/AC:M/Au:N/C:N/I:P/A:N 4.3 Medium
		AV:N/AC:L/Au:S/C:P/I:P/A:N 5.5 Medium
		AV:N/AC:L/Au:S/C:C/I:C/A:C 9.0 High
		AV:L/AC:L/Au:N/C:P/I:P/A:P 4.6 Medium
		AV:N/AC:M/Au:S/C:C/I:C/A:C 8.5 High
		AV:N/AC:M/Au:N/C:P/I:P/A:P 6.8 Medium
		AV:N/AC:L/Au:N/C:N/I:P/A:N 5.0 Medium
		AV:L/AC:H/Au:M/C:P/I:N/A:N 0.8 Low
		AV:N/AC:L/Au:N/C:N/I:N/A:N 0.0 Low
		AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H 7.8 High
	EOF
}

@test "version 3 gives the scores of its examples" {
	# CVE-2013-1937, 2013-0375, 2014-3566, 2012-1516, 2009-0783, 2012-0384,
	# 2015-1098, 2014-0160, 2014-6271, 2008-1447
	sed 'p; s/3\.1/3.0/' <<-'EOF' >in
		CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N 6.1 Medium
		CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N 6.4 Medium
		CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N 3.1 Low
		CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H 9.9 Critical
		CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L 4.2 Medium
		CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H 7.2 High
		CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H 7.8 High
		CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N 7.5 High
		CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H 9.8 Critical
		CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N 6.8 Medium
		CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H 10.0 Critical
		CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N 0.0 None
		CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N 1.6 Low
	EOF
	scores 26 <in
}

@test "metrics of version 3 stand in any order, and those of time and place beside them" {
	scores 3 <<-'EOF'
		CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N 9.8 Critical
		CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U 9.8 Critical
		CVSS:3.0/E:X/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:L/MAV:P/MA:X 9.8 Critical
	EOF
}

@test "version 4 gives the scores of its examples" {
	# CVE-2022-41741, 2020-3549, 2023-3089, 2021-44714, 2022-21830,
	# 2022-22186, 2023-21989, 2014-0160, 2021-44228, 2014-6271
	scores 12 <<-'EOF'
		CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N 7.3 High
		CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N 7.7 High
		CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N 8.3 High
		CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N 4.6 Medium
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N 5.1 Medium
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N 6.9 Medium
		CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N 5.9 Medium
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A 8.7 High
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A 10.0 Critical
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A 9.3 Critical
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N 0.0 None
		CVSS:4.0/AV:P/AC:H/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A/S:P/AU:Y/R:A/V:D/RE:L/U:Red 7.3 High
	EOF
}

@test "threat and environment count in version 4, and what is added does not" {
	local v=CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
	scores 9 <<-EOF
		$v 9.3 Critical
		$v/E:X 9.3 Critical
		$v/E:P 8.9 High
		$v/E:U 8.1 High
		$v/CR:L/IR:L/AR:L 8.9 High
		$v/MSI:S 10.0 Critical
		$v/MVC:N/MVI:N/MVA:N 0.0 None
		$v/S:P/AU:Y/R:I/V:C/RE:H/U:Amber 9.3 Critical
		$v/MAV:P/MAC:H/MAT:P/MPR:H/MUI:A 5.4 Medium
	EOF
}

@test "a vector without one of its base metrics is none" {
	local v name prefix
	for v in AV:N/AC:L/Au:N/C:N/I:N/A:C \
		CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H \
		CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H; do
		prefix=${v%%AV:*}
		for name in $(tr / '\n' <<<"${v#"$prefix"}" | cut -d: -f1); do
			[ "$prefix$name" != AV ] || continue
			wrong "has no metric '$name'" < <(tr / '\n' <<<"$v" |
				grep -v "^$name:" | paste -sd/)
		done
	done
}

@test "a metric stands once, in its place, with a value of its own" {
	local four=CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H
	local three=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H
	wrong "has the metric 'AC' twice" <<-EOF
		$four/SA:H/AC:L
		$three/A:H/AC:H
		AV:N/AC:L/AC:L/Au:N/C:N/I:N/A:C
	EOF
	wrong "has the metric 'E' twice" <<<"$four/SA:H/E:A/E:A"
	wrong "has the metric 'E' out of order" <<<"$four/SA:H/CR:H/E:A"
	wrong "has the metric 'AC' out of order" <<-'EOF'
		AV:N/Au:N/AC:L/C:N/I:N/A:C
		CVSS:4.0/AV:N/AT:N/AC:L/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H
	EOF
	wrong "has an unknown value of the metric 'SA'" <<-EOF
		$four/SA:S
		$four/SA:
		$four/SA:h
		$four/SA:HH
		$four/SA:H:H
		$four/SA:H L
	EOF
	wrong "has an unknown value of the metric 'A'" <<-EOF
		$three/A:X
		$three/A:C
		AV:N/AC:L/Au:N/C:N/I:N/A:H
	EOF
	wrong "has an unknown value of the metric 'MSC'" <<<"$four/SA:H/MSC:S"
	wrong "has a metric that CVSS 4.0 does not know" <<-EOF
		$four/SA:H/
		$four//SA:H
		$four/SA:H/RL:O
		$four/SA
		CVSS:4.0/
	EOF
	wrong "has a metric that CVSS 3.1 does not know" <<-EOF
		$three/A:H/AT:N
		$three/A:H/a:h
	EOF
	wrong "has a metric that CVSS 2.0 does not know" <<-'EOF'
		AV:N/AC:L/Au:N/C:N/I:N/A:C/PR:N
		AV:N/AC:L/AU:N/C:N/I:N/A:C
	EOF
}

@test "what is no vector of a known version is none" {
	wrong "is no CVSS vector such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" <<-EOF
		9.8
		CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
		CVSS:3.1
		cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
		(AV:N/AC:L/Au:N/C:N/I:N/A:C)
		$(printf 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H%0300d' 0)
	EOF
}
