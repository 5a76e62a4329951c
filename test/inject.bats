load helper
load keys
load out

# Hostile words through every field of a notice that can reach a mail: the notice
# is refused, or the mail has the header of a harmless one, in both its layers.

HOSTILE=$VC_FIXTURE/vc-encrypt/hostile.jsonl

teardown_file() { stop_homes; }

prepare() { site hitachi; }

# A line: the name of a place, and how the word $s gets there.
places() {
	cat <<-'EOF'
		id	.id = $s
		id-end	.id = .case + "/hitachi/" + $s
		id-word	.id = .case + "/hitachi/reminder/" + $s
		case	.case = $s
		case-id	.case = $s | .id = $s + "/hitachi/1"
		vendor	.vendor = $s
		vendor-id	.vendor = $s | .id = .case + "/" + $s + "/1"
		to	.to = $s
		to-end	.to += $s
		fpr	.fpr = $s
		fpr-end	.fpr += $s
		tlp	.tlp = $s
		kind	.kind = $s
		language	.language = $s
		subject	.subject = $s
		subject-mid	.subject = "Hello " + $s + " world"
		texts	.subject = "[TLP:\(.tlp)]" + $s | .text = $s | if .attachment then .attachment[0].text = $s else . end
		name	.attachment[0].name = $s
		name-end	.attachment[0].name += $s
		media	.attachment[0].media_type = $s
		media-end	.attachment[0].media_type += $s
		sha256	.attachment[0] |= (del(.text) | .sha256 = $s)
	EOF
}

# through [PLACE]: the notice in `harmless`, then it with each word in each place
# (whose name matches), to `in`; what becomes of them to `out`, a line each; and
# to `place` which they are.
through() {
	local place change
	cp harmless in
	echo harmless >place
	places | grep -E "^(${1:-.*})	" | while IFS=$'\t' read -r place change; do
		jq -c --slurpfile n harmless '. as $s | $n[0] | '"$change" "$HOSTILE" >>in
		jq -r "\"$place \" + tojson" "$HOSTILE" >>place
	done
	status=0
	vc-encrypt -a "$PWD/files" in >out 2>err || status=$?
	assert_equal "$(wc -l <out)" "$(wc -l <in)"
}

# opened: the mail of line N of `out` in m.N, what its vendor reads in e.N.
opened() {
	jq -r 'if .type == "sealed" then .mail_b64 else "" end' out |
		perl -MMIME::Base64 -ne '
			sub put { open my $f, ">:raw", $_[0] or die; print $f $_[1] or die }
			chomp;
			my $mail = decode_base64($_);
			put("m.$.", $mail) if $mail ne "";
			put("e.$..asc", $1) if $mail =~
				/(-----BEGIN PGP MESSAGE.*-----END PGP MESSAGE-----)/s'
	gpg --homedir "$(key_home hitachi)" --batch --quiet --status-file gpg.status \
		--decrypt-files e.*.asc 2>gpg.err || true
	assert_equal "$(grep -c DECRYPTION_OKAY gpg.status)" "$(find . -name 'm.*' | wc -l)"
	assert_equal "$(grep -c ENC_TO gpg.status)" "$(find . -name 'm.*' | wc -l)"
}

# judged: what is wrong with any of these mails, by its place and word.
judged() {
	perl -MEncode -e '
		use strict;
		sub slurp { local $/; open my $f, "<:raw", $_[0] or die $_[0]; <$f> }
		sub fields {        # of a header: names and values, unfolded
			map {
				s/\r\n(?=[ \t])//g;
				/^([!-9;-~]+): ?([^\r\n]*)\z/ ? [$1, $2] : ["?", $_]
			} split /\r\n(?![ \t])/, $_[0];
		}
		sub octets {        # what no mail may have
			my ($all) = @_;
			my ($head) = $all =~ /\A(.*?\r\n)\r\n/s or return "no header";
			return "a bare CR or LF" if $all =~ /\r(?!\n)|(?<!\r)\n/;
			return "a line over 998" if $all =~ /[^\r\n]{999}/;
			return "8 bits or controls in a header" if $head =~ /[^\t\r\n -~]/;
			return ();
		}
		sub told {          # what its fields say
			my ($is, @f) = @_;
			my @to = map { $$_[1] } grep { $$_[0] =~ /^to$/i } @f;
			my ($s) = map { decode("MIME-Header", $$_[1]) } grep { $$_[0] eq "Subject" } @f;
			my @bad;
			push @bad, "it is to @to" if @to != 1 or $to[0] ne "psirt\@hitachi.example";
			push @bad, "controls in the subject" if $s =~
				/[\x00-\x1f\x7f-\x9f\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}]/;
			push @bad, "a subject that says too little" if $s !~
				($is eq "outside" ? qr/^(Encrypted notice [0-9a-f]{16}\z|\[TLP:CLEAR\] )/ :
				qr/^\[TLP:(AMBER|CLEAR)\] /);
			return @bad;
		}
		sub layer {         # its shape: names of fields, types of parts; what is wrong
			my ($is, $all) = @_;
			my ($head, $body) = $all =~ /\A(.*?)\r\n\r\n(.*)\z/s;
			my @f = fields($head);
			my @bad = map { "$is: $_" } octets($all), told($is, @f);
			my $shape = join " ", map { $$_[0] } @f;
			if ($head =~ /boundary="([^"]+)"/) {
				my (undef, @part) = split /^--\Q$1\E(?:--)?\r\n/m, $body;
				for (@part) {
					push @bad, map { "$is, part: $_" } octets($_);
					my ($h) = /\A(.*?)\r\n\r\n/s;
					$shape .= " | " . join " ", map { $$_[0] } fields($h);
				}
			}
			return ($shape, @bad);
		}
		my @place = split /\n/, slurp("place");
		my ($first, @shape) = 1;
		for my $n (sort { $a <=> $b } map { /(\d+)/ } glob "m.*") {
			my $mail = slurp("m.$n");
			my ($inner) = -e "e.$n" ? slurp("e.$n") : $mail =~
				/\r\n\r\n--=_\w+\r\n(.*?)\r\n--=_\w+\r\n/s;
			my ($out, @bad) = layer("outside", $mail);
			my ($in, @more) = layer("inside", $inner);
			@shape = ($out, $in) if $first;
			$first = 0;
			push @bad, "outside: $out" if $out ne $shape[0];
			push @bad, "inside: $in" if $in ne $shape[1];
			print "$place[$n - 1]: $_\n" for @bad, @more;
		}
	'
}

# became: how many of each place were sealed.
became() {
	jq -r .type out | paste -d' ' - place | sed -n 's/^sealed \([a-z0-9-]*\).*/\1/p' |
		sort | uniq -c | awk '{ print $2, $1 }'
}

@test "hostile words through every field: refused, or a mail with the header of any" {
	assert [ "$(jq -r 'select(length > 0) | tojson' "$HOSTILE" | sort -u | wc -l)" -ge 60 ]
	mkdir -m 700 files
	notice hitachi '.attachment[0].media_type = "text/plain"' >harmless
	through
	opened
	run -0 judged
	assert_output ""
	# Those that cannot name a file, a vendor or an address name none.
	run -0 became
	assert_output "case-id 31
harmless 1
media-end 1
name 15
name-end 18
subject 90
subject-mid 91
texts 90"
	assert_equal "$(jq -c 'select(.type == "sealed") | [.to, (.key_id | length)]' out |
		sort -u)" '["psirt@hitachi.example",1]'
}

@test "hostile words through a letter that is only signed" {
	sed -i 's/registered/applied/' roster.csv
	mkdir -m 700 files
	open_letter >harmless
	through '(id|id-end|id-word|vendor|vendor-id|to|to-end|tlp|kind|language|subject|texts)'
	jq -r 'if .type == "sealed" then .mail_b64 else "" end' out |
		perl -MMIME::Base64 -ne 'chomp; next if $_ eq ""; open my $f, ">:raw", "m.$." or die;
			print $f decode_base64($_)'
	run -0 judged
	assert_output ""
	run -0 became
	assert_output "harmless 1
subject 90
texts 90"
}

@test "octets that are no UTF-8 are no record" {
	local bad
	notice hitachi '.subject = "MARK"' >line
	for bad in '\xff' '\x80' '\xc0\x8d\xc0\x8a' '\xed\xa0\x80' '\xf4\x90\x80\x80' '\xe3\x81' '\x00'; do
		perl -pe "s/MARK/a${bad}Bcc: x/" line
	done >in
	run_out vc-encrypt in
	assert_equal "$status $(jq -r .type out | sort | uniq -c)" "65       7 reject"
}

@test "hostile words as the address of the centre or of a vendor" {
	local word notice fpr
	fpr=$(key_fpr hitachi)
	grep -v u0000 "$HOSTILE" >words
	perl -MJSON::PP -ne 'binmode STDOUT, ":utf8";
		print JSON::PP->new->utf8->allow_nonref->decode($_), "\0"' words >raw
	notice hitachi >harmless
	jq -c --slurpfile n harmless '. as $w | $n[0] | .to = $w' words >notices
	while IFS= read -r -d '' word <&3 && IFS= read -r notice <&4; do
		vc-encrypt -f "$word" <harmless >>out 2>>err || echo "from $?"
		[[ $word = *@* ]] || continue
		printf 'vendor,kind,state,email,fpr\nhitachi,general,registered,"%s",%s\n' \
			"${word//\"/\"\"}" "$fpr" >roster.csv
		vc-encrypt <<<"$notice" >>out 2>>err || echo "to $?"
	done 3<raw 4<notices >codes
	run ! grep -q '"type":"sealed"' out
	assert_equal "$(grep -c '^from 64$' codes)" 91
	assert_equal "$(grep -cE '^to (65|77|78)$' codes)" "$(grep -c @ words)"
}
