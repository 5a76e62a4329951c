load ../helper

# Two other implementations of CVSS, of people who do not know each other, and
# ours give thousands of random vectors of each version the same score.

@test "vectors of every version have the score that two others give them" {
	"$VC_TOP/test/world/npm"
	node "$VC_TOP/test/world/score.mjs" "$VC_TOP/build/world" 3000 >theirs
	cut -d' ' -f1 theirs | "$VC_PROBE/probe-score" >ours
	paste -d' ' theirs ours | awk '$2 != $3 || $2 != $5' >differ
	assert_equal "$(wc -l <theirs)" 12000
	assert_equal "$(wc -l <ours)" 12000
	run -0 head -n 20 differ
	assert_output ""
}
