# shellcheck shell=bash
# A word that nobody else says in every field that is secret, and where it got.

# canary FIELD: the word of this field. No two tests say the same.
canary() { echo "zq${LEAK:?}$1"; }

# leaks FILE...: in which files a canary stands as it is, or as base64,
# quoted-printable, hexadecimal, of a URL, or escaped in JSON; and of which
# field. One line each.
leaks() {
	perl -MMIME::Base64 -e '
		my ($leak, @files) = @ARGV;
		my %form;
		# What stands in the middle of base64, wherever in it the word begins.
		sub base64 {
			my ($word, $at) = @_;
			my $b = encode_base64("x" x $at . $word, "");
			my $n = int(($at + length $word) * 8 / 6);
			return substr $b, (0, 2, 3)[$at], $n - (0, 2, 3)[$at];
		}
		open my $f, "<", shift @files or die;
		while (my $word = <$f>) {
			chomp $word;
			my $hex = unpack "H*", $word;
			my %as = (plain => $word, hex => $hex, HEX => uc $hex);
			$as{"base64-$_"} = base64($word, $_) for 0 .. 2;
			$as{quoted} = join "", map { sprintf "=%02X", ord } split //, $word;
			$as{url} = join "", map { sprintf "%%%02X", ord } split //, $word;
			$as{json} = join "", map { sprintf "\\u%04x", ord } split //, $word;
			$form{$as{$_}} = substr($word, 2 + length $leak) . " as $_" for keys %as;
		}
		my $any = join "|", map quotemeta, sort keys %form;
		for my $name (@files) {
			open my $g, "<", $name or next;
			local $/;
			my $text = <$g> // "";
			my %seen;
			(my $joined = $text) =~ s/=?\r?\n//g;
			for ($text, $joined) {
				$seen{$1}++ while /($any)/g;
			}
			print "$name: $_\n" for sort map { $form{$_} } keys %seen;
		}' "$LEAK" canaries "$@"
}

# traced NAME COMMAND...: its calls, and those of all that it starts, in
# trace.NAME.PID; its stderr in err.NAME.
traced() {
	local name=$1
	shift
	strace -qq -ff -y -v -xx -s 1000000 -o "trace.$name" -e \
		trace=execve,open,openat,creat,write,pwrite64,writev,sendto,sendmsg,rename,renameat,renameat2,link,linkat,symlink,mkdir,mkdirat,memfd_create \
		"$@" 2>"err.$name"
}

# told TRACE...: what the calls of a trace gave away: of execve the program, its
# words and its environment, of what is written all but what goes through a pipe
# or into a file NAME.notice, which stands for one, of files and folders that are
# made their names. Decoded, in said.TRACE.
told() {
	local file
	for file; do
		perl -ne '
			my ($to) = /^(?:write|pwrite64|writev)\([0-9]+<([^>]*)>/;
			next if ($to // "") =~ s/\\x(..)/chr hex $1/ger =~
				/^pipe:|\.notice$/;
			my @in = /"((?:\\x[0-9a-f]{2})*)"/g;
			print /^([a-z0-9]+)/, ": ", join(" ", map {
				s/\\x(..)/chr hex $1/ger } @in), "\n"' "$file" >"said.$file"
	done
}

# made TRACE...: the files that were opened to be written.
made() {
	perl -ne '
		next unless /^(?:openat|open|creat)\(/ && /O_WRONLY|O_RDWR|O_CREAT/;
		next if / = -1 /;
		next unless / = [0-9]+<([^>]*)>/;
		print $1 =~ s/\\x(..)/chr hex $1/ger, "\n"' "$@" | sort -u
}
