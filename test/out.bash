# shellcheck shell=bash
# What the tests of sealing and of handing over share: a roster, a key store,
# the centre's home, a notice a vendor. Needs `load keys`.

NOW=2024-06-01T12:00:00Z
CANARY=kanarienvogel

# site NAME...: these vendors, registered, in roster.csv and in the store
# `keys`; and what the environment says about the site.
site() {
	local name
	{
		echo vendor,name_en,kind,state,email,fpr
		for name; do
			echo "$name,$name,general,registered,$(key_address "$name"),$(key_fpr "$name")"
		done
	} >roster.csv
	chmod 600 roster.csv
	key_store keys "$@"
	VC_HOME=$(key_home centre)
	VC_SIGNER=$(key_fpr centre)
	export VC_HOME VC_SIGNER VC_FROM=vuls@centre.example
	export VC_KEYS=$PWD/keys VC_ROSTER=$PWD/roster.csv
}

# notice NAME [JQ]: the notice of the fixture for this vendor, changed by JQ.
notice() {
	jq -c --arg name "$1" --arg to "$(key_address "$1")" \
		--arg fpr "$(key_fpr "$1")" \
		'.id = "\(.case)/\($name)/1" | .vendor = $name | .to = $to |
		.fpr = $fpr | '"${2:-.}" "$VC_FIXTURE/vc-encrypt/notice.jsonl"
}

# noted NAME: the notice of the fixture with a file of a Japanese name, which the
# folder `files` has.
noted() {
	local sha
	mkdir -p -m 700 files
	printf '\0\r\n\377poc\n' >poc
	sha=$(sha256sum <poc | cut -c -64)
	cp poc "files/$sha"
	notice "$1" ".attachment += [{name: \"脆弱性の実証 (1).bin\",
		media_type: \"application/octet-stream\", sha256: \"$sha\"}]"
}

# seal NAME [JQ]: the notice, sealed.
seal() { notice "$@" | vc-encrypt -N "$NOW"; }

# copies N <sealed: N records of that mail, with ids and Message-IDs of their own:
# as many mails to hand over as one likes, where only their number matters.
copies() {
	perl -MMIME::Base64 -MDigest::SHA=sha256_hex -e '
		my $line = <STDIN>;
		my ($id, $as, $sha, $b64) = map { $line =~ /"$_":"([^"]*)"/ }
			qw(id message_id mail_sha256 mail_b64);
		for my $i (1 .. $ARGV[0]) {
			(my $own = $as) =~ s/^<[^@]*/sprintf "<%032d", $i/e;
			(my $mail = decode_base64($b64)) =~ s/\Q$as/$own/;
			(my $new = $id) =~ s/[0-9]*$/$i/;
			my %for = ($id => $new, $as => $own, $sha => sha256_hex($mail),
				$b64 => encode_base64($mail, ""));
			(my $copy = $line) =~ s/"([^"]*)"/\"@{[$for{$1} \/\/ $1]}\"/g;
			print $copy;
		}' "$1"
}

# open_letter [CHANGE]: a letter about no case, to who has no key yet.
open_letter() {
	jq -cn '{type: "notice", id: "vendor/hitachi/papers/2008-07-09",
		vendor: "hitachi", to: "psirt@hitachi.example", kind: "papers",
		tlp: "CLEAR", subject: "登録のご案内",
		text: "TLP:CLEAR\n（この情報の共有に制限はありません。）\n\nFrom here on:\n-- \nend \n"} |
		'"${1:-.}"
}

# mail_of <sealed: the mail. armor_of <sealed: its OpenPGP message.
mail_of() { jq -r .mail_b64 | base64 -d; }
armor_of() { mail_of | tr -d '\r' | sed -n '/^-----BEGIN/,/^-----END/p'; }

# open_as NAME <armor: what the vendor reads. Its home knows the centre's key,
# so the signature counts: gpg.status has the words of gpg.
open_as() {
	local home
	home=$(key_home "$1")
	gpg --homedir "$home" --batch --quiet --import "$KEY_DIR/centre.asc" \
		2>/dev/null
	gpg --homedir "$home" --batch --quiet --status-file gpg.status \
		--decrypt 2>gpg.err
}

# read_as NAME [OPTION...] <mail: the message that vc-verify makes of it at this
# vendor, who has the centre pinned.
read_as() {
	(
		[ -d keys.centre ] || key_store keys.centre centre
		roster_csv centre >roster.centre.csv
		chmod 600 roster.centre.csv
		export VC_KEYS=$PWD/keys.centre VC_ROSTER=$PWD/roster.centre.csv
		VC_HOME=$(key_home "$1")
		shift
		vc-verify "$@"
	)
}

# header <mail: its header, unfolded, LF. field NAME <mail: one value.
header() { tr -d '\r' | sed '/^$/,$d' | sed -e ':a' -e 'N;$!ba' -e 's/\n[ \t]/ /g'; }
field() { header | sed -n "s/^$1: //p"; }

# body <mail: what follows the header.
body() { tr -d '\r' | sed '1,/^$/d'; }
