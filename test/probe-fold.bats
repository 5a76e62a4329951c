load helper

# key WAY TEXT: its comparison key.
key() { printf '%s' "$2" | "$VC_PROBE/probe-fold" "$1"; }

@test "names of one organisation have one key" {
	local a
	for a in 株式会社さくらネット さくらネット株式会社 '(株)さくらネット' ㈱さくらネット \
		'さくらネット（株）' '株式会社　さくらネット' 'さくらネット㈱' '株式会社 さくらﾈｯﾄ' \
		'さくら・ネット 株式会社' 有限会社さくらネット '(有)さくらネット' ㈲さくらネット \
		合同会社さくらネット さくらネット合資会社 合名会社さくらネット '㍿さくらネット' \
		一般社団法人さくらネット '（一社）さくらネット'; do
		[ "$(key name "$a")" = さくらネット ] || fail "$a: $(key name "$a")"
	done
	for a in 'Sakura Net' 'Sakura Net, Inc.' 'SAKURA NET CO., LTD.' 'Sakura Net K.K.' \
		'Ｓａｋｕｒａ　Ｎｅｔ' 'sakura-net Co.,Ltd' 'Sakura Net Corporation' \
		'Sakura Net Kabushiki Kaisha' 'SakuraNet GmbH' 'K.K. Sakura Net' 'KK Sakura Net' \
		'Kabushiki Kaisha Sakura Net' 'Sakura Net Godo Kaisha' 'GK Sakura Net' \
		'Sakura Net GmbH & Co. KG' 'Sakura Net S.A.' 'Sakura Net B.V.' 'Sakura Net AG' \
		'Sakura Net A/S' 'Sakura Net Company, Limited' 'Sakura Net L.L.C.' \
		'ＳＡＫＵＲＡ　ＮＥＴ　ＩＮＣ．'; do
		[ "$(key name "$a")" = sakuranet ] || fail "$a: $(key name "$a")"
	done
}

@test "names of others have other keys" {
	local a
	for a in さくらネットワーク株式会社 さくら株式会社ネット 'Sakura Net Japan' 'Incsakura Net' \
		'Sakura' 'Ѕakura Net'; do
		case $(key name "$a") in
		sakuranet | さくらネット) fail "$a" ;;
		esac
	done
}

@test "names that are near each other are two" {
	local pair
	for pair in 日立製作所/日立システムズ Sony/'Sony Group Corporation' CO-OP/OP \
		'Sakura Godo'/Sakura 'Kaisha Net'/Net 'KKSakura'/Sakura さくら/さくら組合 \
		'Sakura Inc Labs'/'Sakura Labs' 富士通/富士通フロンテック; do
		[ "$(key name "${pair%/*}")" != "$(key name "${pair#*/}")" ] || fail "$pair"
	done
}

@test "a name that is nothing but a company form keeps it" {
	assert_equal "$(key name 株式会社)" 株式会社
	assert_equal "$(key name '(株)')" 株
	assert_equal "$(key name Company)" company
	assert_equal "$(key name 'Co., Ltd.')" co
}

@test "C, C++ and C# are three products" {
	assert_equal "$(key bare 'Ｃ＋＋')" c++
	assert_equal "$(key bare 'c #')" c#
	assert_equal "$(key bare ' C ')" c
	assert_equal "$(key bare 'Apache HTTP-Server 2.4')" apachehttpserver24
}

@test "width alone keeps case, words and what it cannot fold" {
	assert_equal "$(key width 'ＶＨ＠Ｓａｋｕｒａ．ｅｘａｍｐｌｅ')" VH@Sakura.example
	assert_equal "$(key width '０３−１２３４―５６７８　（代）')" '03-1234-5678 (代)'
	assert_equal "$(key width 'ｶﾞｷﾞﾊﾟ ①')" 'ガギパ 1'
	assert_equal "$(key width '〜～')" '~~'
	assert_equal "$(key key '  Team　　E－Mail	Address ')" 'team e-mail address'
}

@test "what is no UTF-8 or too long has no key" {
	assert_equal "$(printf 'a\xff' | "$VC_PROBE/probe-fold" bare)" ''
	assert_equal "$(head -c 65537 /dev/zero | tr '\0' a | "$VC_PROBE/probe-fold" bare)" ''
	assert_equal "$(head -c 65536 /dev/zero | tr '\0' a | "$VC_PROBE/probe-fold" bare | wc -c)" 65536
}
