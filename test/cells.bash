# shellcheck shell=bash
# Every cell of the Japanese sets through lib/charset, as a table: a line is the
# code in hex, a TAB and U+XXXX. Cells without a character are not in it.
#
# cells SET: jis0208 jis0212 (ISO-2022-JP), euc0208 euc0212 (EUC-JP), both with
# codes from 2121 to 7e7e; sjis (Shift_JIS, two octets), and single octets: kana
# (ISO-2022-JP behind ESC ( I), roman (behind ESC ( J), eight (as it is), euc1
# (EUC-JP), sjis1.

cells() {
	local label=iso-2022-jp
	case $1 in
	euc*) label=euc-jp ;;
	sjis*) label=shift_jis ;;
	esac
	cell_codes "$1" | cell_octets "$1" | "$VC_PROBE/probe-charset" "$label" \
		2>/dev/null >decoded
	cell_codes "$1" | paste - decoded | perl -ne '
		chomp; utf8::decode($_);
		($code, $c) = split /\t/, $_, 2;
		next if $c eq "" || $c =~ /\x{fffd}/;
		printf "%s\t%s\n", $code,
			join " ", map { sprintf "U+%04X", ord } split //, $c'
}

# The codes that there may be.
cell_codes() {
	perl -e '
		my ($h, $l) = $ARGV[0] =~ /020?8|0212/ ? ([0x21..0x7e], [0x21..0x7e]) :
			$ARGV[0] eq "sjis" ? ([0x81..0x9f, 0xe0..0xfc],
				[0x40..0x7e, 0x80..0xfc]) : (undef, [0x20..0xff]);
		for my $a ($h ? @$h : -1) {
			for my $b (@$l) {
				print $a < 0 ? "" : sprintf("%02x", $a), sprintf("%02x\n", $b);
			}
		}' "$1"
}

cell_octets() {
	perl -ne '
		BEGIN { $set = shift }
		chomp; $_ = pack "H*", $_;
		$_ |= "\x80\x80" if $set =~ /^euc0/;
		$_ = "\x8f$_" if $set eq "euc0212";
		$_ = "\e\$B$_\e(B" if $set eq "jis0208";
		$_ = "\e\$(D$_\e(B" if $set eq "jis0212";
		$_ = "\e(I$_\e(B" if $set eq "kana";
		$_ = "\e(J$_\e(B" if $set eq "roman";
		print "$_\n"' "$1"
}

# table SET COUNT SHA256: so many characters, and these.
table() {
	cells "$1" >"$1"
	assert_equal "$1 $(wc -l <"$1") $(sha256sum <"$1")" "$1 $2 $3  -"
}
