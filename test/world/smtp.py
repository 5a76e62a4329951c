#!/usr/bin/env python3
"""smtp.py PORT FROM TO <mail: hand it to the server on this port by SMTP."""
import smtplib
import sys

port, sender, to = sys.argv[1:]
mail = sys.stdin.buffer.read().replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')
with smtplib.SMTP('127.0.0.1', int(port), timeout=30) as server:
    server.sendmail(sender, [to], mail, mail_options=['BODY=8BITMIME'])
