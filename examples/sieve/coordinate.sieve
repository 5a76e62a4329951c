# ~/coordinate.sieve of the user who takes the centre's mail, for Dovecot 2.3
# and Pigeonhole with the lines of dovecot.conf beside it.
#
# Sieve cannot ask the MTA to try again. So INBOX is what waits: a mail leaves it
# only when deliver.sh says what became of it.
#
#	filed	in the ledger: into archive
#	look	for a person: into archive and look
#	else	it stays in INBOX, and cron tries again: see crontab
#
# A program that fails, crashes, hangs or is not there, and an error in this
# file, are all answered by Sieve with a keep: INBOX. A folder that cannot be
# written, INBOX too, is answered by Dovecot with 451: the MTA tries again.
# So each mail is in archive, in INBOX or at the MTA, and none is bounced.

require ["fileinto", "mailbox", "variables", "vnd.dovecot.execute"];

# Which form? Forms of applicants go to office@, all else is an answer.
set "verb" "status";
if address :localpart ["To", "Cc", "Resent-To", "Resent-Cc"] "office" {
	set "verb" "poc";
}

# Verify, read, keep.
if execute :pipe :output "said" "deliver.sh" "${verb}" {
	if string "${said}" "filed" {
		fileinto :create "archive";
		stop;
	}
	if string "${said}" "look" {
		fileinto :create "archive";
		fileinto :create "look";
		stop;
	}
}
keep;
