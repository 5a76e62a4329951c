# shellcheck shell=bash
# Format=flowed by the words of RFC 3676, in another language than ours. A text
# is all there is, or ends in NUL and others follow.

# unflow <text with CRLF: what a reader sees, with LF. Fails when a line is no
# line of mail, is a quote, or is longer than it must be.
unflow() {
	perl -0 -ne '
		my ($out, $soft, $nul) = ("", 0, s/\0\z//);
		length == 0 or /\r\n\z/ or die "the last line does not end\n";
		while (/\G(.*?)\r\n/gs) {
			my $line = $1;
			die "no ASCII: $line\n" if $line =~ /[^\t -~]/;
			die "longer than 998\n" if length $line > 998;
			die "longer than 78: $line\n" if length $line > 78 and
				$line !~ /^ ?(-- )?[^ ]+ ?\z/;
			die "a quote: $line\n" if $line =~ /^>/;
			die "not stuffed: $line\n" if $line =~ /^From /;
			$line =~ s/^ //;                # 4.4, space-stuffing
			if ($line eq "-- ") {           # 4.3, signature
				die "a line flows into --\n" if $soft;
				$out .= "$line\n";
			} elsif ($line =~ / \z/) {      # 4.2, flowed
				($out, $soft) = ("$out$line", 1);
			} else {                        # 4.1, fixed
				($out, $soft) = ("$out$line\n", 0);
			}
		}
		die "the last line flows on\n" if $soft;
		print $out, $nul ? "\0" : "";
	'
}

# trimmed <text: what of it must come back: lines without blanks at their ends.
trimmed() {
	perl -0 -ne '
		my $nul = s/\0\z//;
		s/([^\n])\z/$1\n/;
		s/^(?!-- $)(.*?)[ \t]+$/$1/mg;
		print $_, $nul ? "\0" : "";
	'
}

# random_texts N: as many texts, each ended by a NUL; the same ones each time.
# Short lines and long ones, with what a reader may take for something else.
random_texts() {
	perl -e '
		srand 3676;
		my @bit = ("a", "word", "-", "--", "-- ", ">", "> ", ">>", "From ",
			"From", " ", " ", " ", "  ", "   ", "\t", "\n", "\n", "\n\n",
			".", "=", "=20", "--=_0", "x" x 60, "y" x 77, "z" x 78,
			"w" x 79, "v" x 200, " " x 90, "long " x 30);
		for (1 .. shift) {
			my $n = 1 + int rand 60;
			print map({ $bit[rand @bit] } 1 .. $n), "\0";
		}
	' "$1"
}
