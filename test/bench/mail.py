#!/usr/bin/python3
"""Mails as Python's email package reads them, a JSON object a line.

mail.py [-n TIMES] [MAIL...]: these, or the one of stdin, TIMES times; then what
the last time gave."""
import email
import email.policy
import hashlib
import json
import sys


def read(raw):
    """What vc-verify claims of an unsigned mail."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    body = mail.get_body(('plain',))
    told = {'id': 'mail/' + hashlib.sha256(raw).hexdigest()[:32]}
    told['claimed'] = {
        'from': mail['From'],
        'from_address': mail['From'].addresses[0].addr_spec,
        'to': mail['To'],
        'subject': mail['Subject'],
        'date_at': mail['Date'].datetime.timestamp(),
        'message_id': mail['Message-ID'],
        'text': body.get_content(),
    }
    told['attachment'] = []
    for part in mail.iter_attachments():
        octets = part.get_payload(decode=True)
        told['attachment'].append({
            'name': part.get_filename(),
            'media_type': part.get_content_type(),
            'size_n': len(octets),
            'sha256': hashlib.sha256(octets).hexdigest(),
        })
    return json.dumps(told, ensure_ascii=False)


def main(words):
    """Read them all."""
    times = 0
    if words and words[0] == '-n':
        times, words = int(words[1]), words[2:]
    for name in words:
        with open(name, 'rb') as file:
            print(read(file.read()))
    if not words:
        raw = sys.stdin.buffer.read()
        for _ in range(times - 1):
            read(raw)
        print(read(raw))


main(sys.argv[1:])
