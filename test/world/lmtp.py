#!/usr/bin/env python3
"""lmtp.py SOCKET FROM TO <mail: hand it over by LMTP, as an MTA does.

Ends with 0 when it was taken, with 75 when the MTA would try again, because of
a 4xx or a connection that broke, and with 69 when it would bounce.
"""
import os
import smtplib
import sys

socket, sender, to = sys.argv[1:]
mail = sys.stdin.buffer.read().replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')
try:
    with smtplib.LMTP(os.path.abspath(socket)) as server:
        server.sendmail(sender, [to], mail, mail_options=['BODY=8BITMIME'])
except smtplib.SMTPResponseException as e:
    print(e.smtp_code, e.smtp_error.decode(errors='replace'), file=sys.stderr)
    sys.exit(75 if e.smtp_code < 500 else 69)
except smtplib.SMTPRecipientsRefused as e:
    print(e.recipients, file=sys.stderr)
    sys.exit(69 if any(c >= 500 for c, _ in e.recipients.values()) else 75)
except (smtplib.SMTPException, OSError) as e:
    print(e, file=sys.stderr)
    sys.exit(75)
